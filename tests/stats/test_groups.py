"""Shares of cases that people give more than one of: Student's t against scipy, and few cases against Wilson."""

import numpy as np
import pytest
from scipy.stats import t

from klantreis.stats.groups import GROUPS, _freedom, _t95, grouped, ratio_moves
from klantreis.stats.intervals import share


def test_students_t_is_that_of_scipy():
    for freedom, near in ((2.0, 1e-2), (5.0, 1e-3), (10.0, 1e-4), (20.0, 1e-5), (31.0, 1e-6)):
        assert _t95(freedom) == pytest.approx(t.ppf(0.975, freedom), rel=near)


def test_a_few_groups_that_move_it_most_leave_fewer_degrees_of_freedom():
    alike = np.where(np.arange(GROUPS) % 2 == 0, 1.0, -1.0)
    assert _freedom(alike) == _freedom(np.zeros(GROUPS)) == GROUPS - 1
    one = np.zeros(GROUPS)
    one[3] = 2.0
    assert _freedom(one) == pytest.approx(2 * GROUPS / (GROUPS - 1))


def test_a_group_moves_a_share_as_much_as_leaving_it_out_does():
    """The jackknife of Wolter (2007), chapter 4: some groups hold half of all cases."""
    chance = np.random.default_rng(3)
    whole = chance.integers(1, 9, GROUPS) * np.where(np.arange(GROUPS) < 3, 40.0, 1.0)
    part = (whole * chance.random(GROUPS))[:, None]
    all_ = part.sum() / whole.sum()
    without = (part.sum() - part[:, 0]) / (whole.sum() - whole) - all_
    jackknife = (GROUPS - 1) / GROUPS * (without**2).sum()
    moves = ratio_moves(part, whole)[:, 0]
    assert GROUPS / (GROUPS - 1) * (moves**2).sum() == pytest.approx(jackknife, rel=1e-12)
    alike = ratio_moves(part, np.full(GROUPS, 500.0))[:, 0]
    assert alike == pytest.approx((part[:, 0] - part.mean()) / GROUPS / 500)


def test_a_share_of_few_cases_is_no_surer_than_wilson_says():
    # A channel that got a tenth of one conversion in one group: that group alone says between 0.02 and 2 %.
    part, whole = np.zeros((GROUPS, 1)), np.full(GROUPS, 49 / GROUPS)
    part[5] = 0.1
    few = grouped(0.1 / 49, 49, ratio_moves(part, whole)[:, 0])
    assert few.high > 0.07
    assert few.low < 1e-3
    assert grouped(0.0, 49, part[:, 0] * 0) == share(0, 49)


def test_intervals_hold_the_share_of_a_channel_that_hardly_anybody_meets():
    chance, held = np.random.default_rng(4), 0
    for _ in range(300):
        met = chance.random(50) < 0.02
        cases = np.bincount(chance.integers(0, GROUPS, 50), minlength=GROUPS).astype(float)
        part = np.zeros((GROUPS, 1))
        np.add.at(part[:, 0], chance.integers(0, GROUPS, int(met.sum())), 0.2)
        found = grouped(float(part.sum() / 50), 50, ratio_moves(part, cases)[:, 0])
        held += found.low <= 0.004 <= found.high
    assert held >= 0.94 * 300
