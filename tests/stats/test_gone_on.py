"""What is left of a difference however two groups would have gone on: by hand, against polyfit, and on hard cases."""

import os

import numpy as np
import pytest
from scipy.stats import binom

from klantreis.stats.gone_on import GoneOn, gone_on, multiplied, widest
from klantreis.stats.intervals import Estimate

RUNS = int(os.environ.get("KLANTREIS_SEEDS", "20"))
RARE = 1e-4
AHEAD, LENGTH = 60, 40
DAY = np.arange(AHEAD + LENGTH, dtype=float)
LATE, LATER = np.maximum(0, DAY - AHEAD / 2), np.maximum(0, DAY - AHEAD * 2 / 3)
DRIFTS = {
    "none": 0 * DAY, "a line that is hardly seen": 0.01 * DAY, "a line": 0.03 * DAY,
    "from halfway": 0.04 * LATE, "from halfway, steep": 0.08 * LATE, "from two thirds": 0.05 * LATER,
    "from two thirds, steep": 0.1 * LATER, "ever faster": 0.02 * DAY**2 / 60,
    "ever faster and faster": 1.2 * (DAY / AHEAD) ** 3, "doubling": 0.2 * np.exp(2 * DAY / AHEAD),
    "a dip that ends by itself": -1.5 * ((DAY >= AHEAD - 14) & (DAY < AHEAD)),
    "a lower month that ends by itself": -0.7 * ((DAY >= AHEAD - 28) & (DAY < AHEAD)),
    "a step long before": 1.5 * (DAY >= AHEAD / 2),
}  # fmt: skip
"""Drifts of the difference between two groups, in the spread that one day has by chance; no change has any effect."""


def wandering(chance, kind):
    if kind == "a season of its own":
        return np.sin(2 * np.pi * (DAY / 90 + chance.random()))
    if kind == "a slow season":
        return 2 * np.sin(2 * np.pi * (DAY / 200 + chance.random()))
    if kind == "a walk":
        return 0.3 * np.cumsum(chance.normal(size=DAY.size))
    errors = chance.normal(size=DAY.size)
    for place in range(1, DAY.size):
        errors[place] = 0.95 * errors[place - 1] + 0.31 * errors[place]
    return errors


def claims(apart):
    """Returns what a rollout would say: (in differences alone, whatever the line, whatever began late)."""
    before, after = apart[AHEAD - LENGTH : AHEAD], apart[AHEAD:]
    gap, half = after.mean() - before.mean(), 1.96 * np.sqrt(1 / len(before) + 1 / len(after))
    plain = Estimate(gap, len(after), gap - half, gap + half)
    left = gone_on(apart, DAY, AHEAD)
    steady = widest((plain, *left.steady))
    return [one.low > 0 or one.high < 0 for one in (plain, steady, widest((steady, *left.lately)))]


def many(kind, lift=0.0):
    chance = np.random.default_rng(11)
    found = np.zeros(3, int)
    for _ in range(RUNS):
        drift = DRIFTS[kind] if kind in DRIFTS else wandering(chance, kind)
        found += claims(chance.normal(size=DAY.size) + drift + lift * (DAY >= AHEAD))
    print(
        f"{kind}, lift {lift}: plainly {found[0] / RUNS:.1%}, steady {found[1] / RUNS:.1%}, all {found[2] / RUNS:.1%}"
    )
    return found


@pytest.mark.parametrize("kind", [*DRIFTS, "a season of its own", "a slow season", "a walk", "carried over"])
def test_a_drift_makes_no_claim_of_cause(kind):
    found = many(kind)
    assert found[2] <= binom.ppf(1 - RARE, RUNS, 0.05)
    if kind.startswith(("none", "a line", "a dip", "a lower", "a step")):
        assert found[1] <= binom.ppf(1 - RARE, RUNS, 0.05), "neither a line nor a dip makes any claim"


def test_a_planted_lift_is_still_found():
    found = many("none", lift=3.0)
    assert found[1] == RUNS
    assert found[2] >= binom.ppf(RARE, RUNS, 0.55), "more than half of them may be called an effect"


def test_each_way_is_that_of_numpy():
    chance = np.random.default_rng(3)
    day = np.sort(chance.choice(120, 50, replace=False)).astype(float)
    apart, cut = chance.normal(size=50), 31
    found = gone_on(apart, day, cut)
    after = apart[cut:].mean()
    heights = [after - apart[first:last].mean() for first, last in ((0, 10), (10, 21), (21, 31))]
    assert [one.value for one in found.steady[:3]] == pytest.approx(heights)
    for one, first in zip((found.steady[3], *found.lately[:2]), (0, 15, 21), strict=True):
        line = np.polyfit(day[first:cut], apart[first:cut], 1)
        assert one.value == pytest.approx(after - np.polyval(line, day[cut:]).mean())
        assert one.low < one.value < one.high
    bent = np.polyfit(day[:cut], apart[:cut], 2)
    assert found.lately[2].value == pytest.approx(after - np.polyval(bent, day[cut:]).mean())
    twice = gone_on(apart, day, cut, times=2.0)
    assert [one.high for one in twice.lately] == pytest.approx([2 * one.high for one in found.lately])


def test_too_few_days_tell_nothing():
    assert gone_on(np.zeros(20), DAY[:20], 7) == gone_on(np.zeros(20), DAY[:20], 20) == GoneOn((), ())
    assert len(gone_on(DAY[:9], DAY[:9], 8).lately) == 3


def test_groups_that_never_differ_leave_nothing_in_doubt():
    found = gone_on(np.where(DAY >= AHEAD, 2.0, 0.0), DAY, AHEAD)
    ends = [end for one in (*found.steady, *found.lately) for end in (one.low, one.high)]
    assert ends == pytest.approx([2.0] * 14)


def test_the_widest_holds_all_and_is_unknown_when_one_is():
    found = widest((Estimate(1.0, 5, 0.5, 1.5), Estimate(2.0, 5, -0.5, 1.2)))
    assert found == Estimate(1.0, 5, -0.5, 1.5)
    assert widest((Estimate(1.0, 5, 0.5, 1.5), Estimate(2.0, 5))).value is None
    assert widest(()).value is None


def test_what_grows_by_a_part_of_itself_is_drawn_on_as_polyfit_does():
    chance, cut = np.random.default_rng(2), 30
    series = np.exp(0.1 * DAY[:45] + chance.normal(scale=0.05, size=45))
    found = multiplied(series, DAY[:45], cut)
    assert len(found) == 3
    for one, first in zip(found, (0, 15, 20), strict=True):
        line = np.polyfit(DAY[first:cut], np.log(series[first:cut]), 1)
        foretold = np.exp(np.polyval(line, DAY[cut:45]).mean())
        assert one.value == pytest.approx(np.exp(np.log(series[cut:]).mean()) - foretold)
        assert one.low < 0 < one.high, "it goes on as it went"
    (left,) = gone_on(series, DAY[:45], cut).steady[3:]
    assert left.low > 0, "and a line would believe it"
    doubled = multiplied(np.where(DAY[:45] >= cut, 2 * series, series), DAY[:45], cut)
    assert all(one.low > 0 for one in doubled)


def test_days_at_nothing_have_no_logarithm_and_are_left_out():
    series = np.ones(40)
    series[3] = 0
    assert len(multiplied(series, DAY[:40], 30)) == 2
    assert multiplied(np.where(DAY[:40] == 35, 0.0, 1.0), DAY[:40], 30) == ()
    assert multiplied(np.ones(9), DAY[:9], 5) == multiplied(np.ones(30), DAY[:30], 30) == ()
