"""Edit distances against a plain table of them, their triangle law, and groups against every choice there is."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.stats.sequences import distances, edits, medoids, silhouettes

rows = st.lists(st.lists(st.integers(0, 3), max_size=6), min_size=1, max_size=6)


def plain(one, other):
    line = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        new = [i]
        for j, b in enumerate(other, start=1):
            new.append(min(new[-1] + 1, line[j] + 1, line[j - 1] + (a != b)))
        line = new
    return line[-1]


@settings(max_examples=80, deadline=None)
@given(rows)
def test_edits_equal_the_textbook(listed):
    assert edits(listed).tolist() == [[plain(one, other) for other in listed] for one in listed]


@settings(max_examples=80, deadline=None)
@given(rows)
def test_distances_keep_the_triangle_and_stay_between_0_and_1(listed):
    apart = distances(listed)
    assert ((apart >= 0) & (apart <= 1)).all()
    assert (apart[:, :, None] <= apart[:, None, :] + apart.T[None, :, :] + 1e-12).all()


def test_the_distance_of_known_words():
    # kitten, sitting: 3 edits (Levenshtein); 2 * 3 / (6 + 7 + 3)
    apart = distances([[ord(c) for c in word] for word in ("kitten", "sitting", "kitten")])
    assert apart[0].tolist() == [0, 6 / 16, 0]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 2), min_size=1, max_size=4), min_size=1, max_size=7), st.integers(1, 3))
def test_groups_come_near_the_best_of_every_choice(listed, groups):
    apart, weight = distances(listed), np.arange(1, len(listed) + 1)
    found = medoids(apart, weight, groups)
    wanted = min(groups, len(listed))
    best = min(
        (apart[:, list(chosen)].min(axis=1) * weight).sum() for chosen in combinations(range(len(listed)), wanted)
    )
    assert len(found.medoids) == wanted
    assert found.cost * weight.sum() >= best - 1e-9
    assert found.cost * weight.sum() <= 1.25 * best + 1e-9


def test_silhouettes_count_a_row_as_often_as_its_weight():
    # the same points written out one by one
    points = np.array([0.0, 0.0, 1.0, 5.0, 6.0, 6.0])
    single = silhouettes(abs(points[:, None] - points), np.ones(6, int), np.array([0, 0, 0, 1, 1, 1]), 2)
    few = np.array([0.0, 1.0, 5.0, 6.0])
    heavy = silhouettes(abs(few[:, None] - few), np.array([2, 1, 1, 2]), np.array([0, 0, 1, 1]), 2)
    assert heavy.tolist() == pytest.approx([single[0], single[2], single[3], single[4]])


def test_no_rows_make_no_groups():
    assert medoids(distances([]), np.empty(0, np.int64), 3).medoids == ()
