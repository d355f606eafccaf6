"""Change points: planted ones are found where they are, and a series without one gives none 95 times in 100."""

import numpy as np
import pytest

from klantreis.stats.changes import changes_of_shares, changes_of_values

DRAWS = 400


def test_a_planted_shift_of_a_share_is_found_within_a_week_of_its_place():
    chance, hits = np.random.default_rng(7), 0
    for _ in range(100):
        of = chance.integers(250, 350, 26)
        found = changes_of_shares(chance.binomial(of, np.r_[np.full(15, 0.30), np.full(11, 0.40)]), of)
        hits += len(found) == 1 and abs(found[0].at - 15) <= 1
    assert hits >= 92


def test_two_planted_shifts_of_a_mean_are_both_found():
    chance = np.random.default_rng(8)
    level = np.r_[np.full(30, 5.0), np.full(30, 7.0), np.full(30, 4.0)]
    found = changes_of_values(chance.normal(level, 0.5), np.full(90, 0.5))
    assert [one.at for one in found] == [30, 60]
    assert found[0].gap.low < 2.0 < found[0].gap.high
    assert found[1].gap.low < -3.0 < found[1].gap.high


@pytest.mark.parametrize("between", [0.0, 0.03])
@pytest.mark.parametrize("moments", [12, 52])
def test_a_series_without_a_change_gives_one_at_most_five_times_in_a_hundred(between, moments):
    chance, wrong = np.random.default_rng(moments), 0
    for _ in range(DRAWS):
        of = chance.integers(100, 400, moments)
        share = np.clip(chance.normal(0.3, between, moments), 0.01, 0.99)
        wrong += bool(changes_of_shares(chance.binomial(of, share), of))
    assert wrong / DRAWS <= 0.05


def test_values_whose_errors_are_far_too_small_do_not_raise_changes():
    chance = np.random.default_rng(3)
    wrong = sum(bool(changes_of_values(chance.normal(5, 1, 26), np.full(26, 0.1))) for _ in range(DRAWS))
    assert wrong / DRAWS <= 0.05


def test_the_best_cut_is_that_of_a_search_over_all_single_cuts():
    chance = np.random.default_rng(5)
    y = chance.normal(np.r_[np.zeros(9), np.full(11, 3.0)], 1.0)
    cost = [y[:cut].var() * cut + y[cut:].var() * (20 - cut) for cut in range(2, 19)]
    (found,) = changes_of_values(y, np.ones(20))
    assert found.at == 2 + int(np.argmin(cost))
    assert found.before == pytest.approx(y[: found.at].mean())


def test_moments_without_a_number_are_passed_over_and_places_stay_those_of_the_series():
    of = [200] * 10 + [0] * 3 + [200] * 10
    found = changes_of_shares([40] * 10 + [0] * 3 + [120] * 10, of)
    assert [one.at for one in found] == [13]


@pytest.mark.parametrize(
    ("counts", "of"), [([], []), ([1] * 7, [9] * 7), ([0] * 20, [9] * 20), ([9] * 20, [9] * 20), ([0] * 9, [0] * 9)]
)
def test_too_short_or_all_alike_gives_none(counts, of):
    assert changes_of_shares(counts, of) == ()
