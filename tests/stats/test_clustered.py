"""Shares of clustered cases, against statsmodels' numbers and simulation; gaps against Newcombe's own example."""

import numpy as np
import pytest

from klantreis.stats.clustered import Clusters, clustered_share, gap
from klantreis.stats.compare import difference
from klantreis.stats.intervals import Estimate, share


def of(hits, cases):
    hits, cases = np.array(hits), np.array(cases)
    return clustered_share(
        int(hits.sum()), Clusters(int(cases.sum()), len(cases), int((cases**2).sum())), int((hits**2).sum()),
        int((hits * cases).sum()),
    )  # fmt: skip


def test_one_case_a_person_is_plain_wilson():
    assert of([1, 0, 0, 1], [1, 1, 1, 1]) == share(2, 4)


def test_nothing_has_no_value():
    assert of([], []).value is None


def test_persons_that_always_agree_weigh_as_one_case_each():
    found = of([5, 5, 0, 0], [5, 5, 5, 5])
    assert found.n == 20
    assert found.low < share(2, 4).low + 0.05
    assert (of([0, 0], [5, 5]).low, of([0, 0], [5, 5]).high) == (0.0, share(0, 2).high)
    assert of([5, 5], [5, 5]).high == 1.0


def test_the_interval_covers_what_it_says_when_persons_differ():
    rng = np.random.default_rng(11)
    covered = 0
    for _ in range(600):
        cases = rng.integers(1, 6, 80)
        rates = rng.beta(1.2, 2.8, 80)
        found = of(rng.binomial(cases, rates), cases)
        covered += found.low <= 0.3 <= found.high
    assert 0.925 <= covered / 600 <= 0.975


def test_a_gap_of_two_wilson_intervals_is_newcombes():
    # Newcombe 1998, table II, example (a): 56/70 - 48/80, method 10: 0.0524 to 0.3339
    found = gap(share(56, 70), share(48, 80))
    assert (round(found.low, 4), round(found.high, 4)) == (0.0524, 0.3339)
    assert found == difference((56, 70), (48, 80))


def test_a_gap_without_a_value_or_an_interval_says_so():
    assert gap(Estimate(None, 0), share(1, 2)).value is None
    assert gap(Estimate(0.5, 3), share(1, 2)) == Estimate(0.0, 2)


def test_a_gap_turns_its_sign_with_its_sides():
    one, other = gap(share(3, 9), share(5, 8)), gap(share(5, 8), share(3, 9))
    assert (one.value, one.low, one.high) == pytest.approx((-other.value, -other.high, -other.low))
