"""The alarm of a control chart, and the distance of two mixes: what they promise, by simulation and by hand."""

import math

import numpy as np
import pytest

from klantreis.stats.control import alarms, control, share_errors
from klantreis.stats.mix import by_chance, total_variation

DRAWS = 1_000


@pytest.mark.parametrize("between", [0.0, 0.04])
@pytest.mark.parametrize("moments", [9, 26])
def test_a_series_without_a_change_raises_the_alarm_at_most_five_times_in_a_hundred(between, moments):
    chance, wrong = np.random.default_rng(moments + 1), 0
    for _ in range(DRAWS):
        of = chance.integers(300, 500, moments)
        counts = chance.binomial(of, np.clip(chance.normal(0.3, between, moments), 0.01, 0.99))
        found = control(counts / of, share_errors(counts, of))
        wrong += found is not None and found.p <= 0.05
    assert wrong / DRAWS <= 0.05 + 2 * math.sqrt(0.05 * 0.95 / DRAWS)


def test_a_fall_by_a_third_in_the_newest_week_raises_the_alarm():
    found = control([0.30, 0.31, 0.29, 0.30, 0.32, 0.28, 0.20], share_errors([300] * 6 + [200], [1000] * 7))
    assert found is not None
    assert found.p < 0.01
    assert found.low < 0.30 < found.high
    assert found.low > 0.20


def test_five_moments_before_the_newest_are_needed_and_an_unknown_newest_gives_none():
    assert control([0.3] * 5, [0.01] * 5) is None
    assert control([0.3] * 6, [0.01] * 6) is not None
    assert control([0.3] * 6 + [math.nan], [0.01] * 7) is None
    assert control([], []) is None


def test_holm_raises_the_first_only_when_it_outdoes_all():
    # Worked by hand: 0.01 <= 0.05 / 3, 0.03 > 0.05 / 2.
    assert alarms([0.03, 0.01, 0.04]) == [False, True, False]
    assert alarms([]) == []


def test_the_distance_of_two_mixes_by_hand():
    found = total_variation([50, 50, 0], [20, 50, 30])
    assert found.value == pytest.approx(0.3)
    assert found.n == 100
    assert total_variation([], []).value is None
    assert total_variation([0, 0], [1, 2]).value is None


@pytest.mark.parametrize(("kinds", "n", "same"), [(5, 200, True), (20, 300, True), (5, 200, False), (2, 2000, False)])
def test_the_interval_of_the_distance_holds_the_truth(kinds, n, same):
    chance, held = np.random.default_rng(kinds), 0
    for _ in range(DRAWS):
        one = chance.dirichlet(np.ones(kinds))
        other = one if same else chance.dirichlet(np.ones(kinds))
        found = total_variation(chance.multinomial(n, one), chance.multinomial(n, other))
        held += found.low <= np.abs(one - other).sum() / 2 <= found.high
    assert held / DRAWS >= 0.95


def test_the_distance_by_chance_is_the_mean_of_what_chance_gives():
    chance, mix = np.random.default_rng(4), np.array([0.5, 0.3, 0.2])
    drawn = [(chance.multinomial(400, mix), chance.multinomial(600, mix)) for _ in range(DRAWS)]
    seen = np.mean([total_variation(*two).value for two in drawn])
    told = np.mean([by_chance(*two) for two in drawn])
    assert told == pytest.approx(seen, rel=0.05)
