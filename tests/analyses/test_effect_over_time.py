"""The proof of a change without groups of chance: a roll-out beside others, one series of days, before and after."""

import os
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from scipy.stats import binom

from klantreis.analyses.effect.compare import Compared
from klantreis.analyses.effect.judge import Facts
from klantreis.analyses.effect.judge import judged as verdict_of
from klantreis.analyses.effect.options import trials
from klantreis.labels import Label
from klantreis.stats.contrast import Contrast
from klantreis.stats.intervals import Estimate
from klantreis.testing import Touch, Trip

from .test_effect import AB, BEGIN, DAY, START, STARTS, codes, judged, options, person

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")

RUNS = int(os.environ.get("KLANTREIS_SEEDS", "20"))
RARE = 1e-4


def world(seed, *, lift=0.0, n=3000, days=120, drift=0.0, twice=0.0):
    chance = np.random.default_rng(seed)
    rows = []
    for k in range(n):
        arm = "nieuw" if chance.random() < 0.5 else "oud"
        for visit in range(1 + (chance.random() < twice)):
            day = chance.uniform(0, days)
            rate = 0.3 + drift * day / days + (lift if arm == "nieuw" and day >= START else 0)
            rows.append(person(k, day, arm=arm, buys=chance.random() < rate))
            del visit
    return rows


@pytest.mark.parametrize("design", ["ab", "rollout"])
def test_a_planted_lift_lies_in_the_interval(design):
    covering = 0
    for seed in range(RUNS):
        found = judged(world(seed, lift=0.1, n=800, twice=0.3), **{**AB, "design": design})
        assert found.gap.value is not None
        covering += found.gap.low <= 0.1 <= found.gap.high
    assert covering >= binom.ppf(RARE, RUNS, 0.95)


def test_a_rollout_is_judged_by_how_much_more_it_moved():
    found = judged(world(2, lift=0.6, n=6000), window_seconds=14 * DAY, **{**AB, "design": "rollout"})
    assert (found.rung, found.verdict, found.method) == ("B", "improved", "did")
    assert (codes(found), found.causal) == (["interval"], True)
    assert found.trend.low < 0 < found.trend.high
    assert found.gap.low < 0.6 < found.gap.high
    assert found.gone_on_lately.low < found.gone_on.low < found.gap.low
    assert found.seen == found.gone_on
    assert found.gone_on.value == found.gap.value


def test_a_rollout_looks_at_all_days_before_it_and_at_all_who_were_there_then():
    """With a window of 14 days there were 14 days before it, and earlier only those who came back."""
    rows = world(1, lift=0.6, n=6000)
    found = judged(rows, window_seconds=14 * DAY, **{**AB, "design": "rollout"})
    assert found.trend.n == START
    early = [trip for trip in rows if trip.touches[0].at < BEGIN + (START - 14) * DAY]
    late = [person(f"l{k}", 46 + k % 24, arm="nieuw" if k < 100 else "oud") for k in range(200)]
    loyal = [replace(trip, person=f"l{k}") for k, trip in enumerate(early[:150]) if "nieuw" in trip.segments]
    moved = judged([*loyal, *early, *late], window_seconds=14 * DAY, **{**AB, "design": "rollout"})
    assert moved.trend.n == START
    assert moved.n == (100, 100), "who is compared is who came since, and as long before"


def test_a_rollout_with_few_days_before_it_may_be_better_without_a_claim_of_cause():
    rows = [trip for trip in world(2, lift=0.4, drift=0.2, n=4000) if trip.touches[0].at > BEGIN + 25 * DAY]
    found = judged(rows, **{**AB, "design": "rollout"})
    assert (found.verdict, found.causal, codes(found)) == ("improved", False, ["interval", "lately"])
    assert found.gone_on.low > 0 > found.gone_on_lately.low
    unsure = judged(world(1, lift=0.15), **{**AB, "design": "rollout"})
    assert (unsure.verdict, codes(unsure)) == ("too_soon", ["mostly_trend"])
    assert unsure.gap.low > 0 > unsure.gone_on.low
    assert unsure.need > sum(unsure.n)


def test_a_count_is_followed_per_person_of_its_group():
    def order(number, arm, day):
        return Trip(f"{arm}{number}", (Touch("koopt", BEGIN + day * DAY, value=100.0),), segments=(arm,))

    # Both groups have 200 people; from day 60 on each of the new ones buys twice in a day where it was once.
    rows = [order(k % 200, arm, k / 10) for arm in ("nieuw", "oud") for k in range(1100)]
    rows += [order(k % 200, "nieuw", 60 + k / 10) for k in range(500)]
    found = judged(rows, metric="omzet", last=BEGIN + 119 * DAY, **{**AB, "design": "rollout"})
    assert found.trend.value == pytest.approx(0, abs=1e-9), "ten of hundred a day in both, before"
    assert found.gap.value == pytest.approx(200, rel=0.02), "400 more orders of 100 over 200 people"
    assert found.gone_on.low <= found.gap.value <= found.gone_on.high
    risen = [*rows, *(order(k % 200, "nieuw", (k / 900) ** 0.5 * 60) for k in range(900))]
    assert judged(risen, metric="omzet", last=BEGIN + 119 * DAY, **{**AB, "design": "rollout"}).verdict == "too_soon"


def test_groups_that_moved_apart_before_prove_nothing():
    rows = [
        person(k, (k // 2) % 100, arm="oud" if k % 2 else "nieuw", buys=k // 200 < ((k // 2) % 100 if k % 2 else 50))
        for k in range(20_000)
    ]
    found = judged([*rows, person("laatst", 119, arm="x")], **{**AB, "design": "rollout"})
    assert (found.verdict, codes(found)) == ("too_soon", ["moved_apart"])
    assert found.trend.value == pytest.approx(-0.01), "the control rises a point a day"


def rising(seed, slope, people=3000):
    chance, rows = np.random.default_rng(seed), []
    for k in range(people):
        day, arm = k % 100 + 10, ("oud", "nieuw")[k // 100 % 2]
        rows.append(person(k, day, arm=arm, buys=chance.random() < 0.3 + slope * (day - 10) * (arm == "nieuw")))
    return [*rows, person("eerst", 0, arm="x"), person("laatst", 119, arm="x")]


def test_a_trend_that_is_no_proof_itself_does_not_become_an_effect_either():
    found = [judged(rising(seed, 0.003), **{**AB, "design": "rollout"}) for seed in range(20)]
    told = [codes(one)[0] for one in found]
    assert sum(one.gap.low > 0 for one in found) >= 15, "the difference in differences alone would believe these"
    assert told.count("mostly_trend") + told.count("moved_apart") >= 15
    assert sum(one.verdict == "improved" for one in found) <= binom.ppf(1 - RARE, 20, 0.05)


def test_a_rollout_without_days_before_it_proves_nothing():
    rows = [trip for trip in world(2, lift=0.15) if trip.touches[0].at > BEGIN + (START - 5) * DAY]
    found = judged(rows, **{**AB, "design": "rollout"})
    assert codes(found) == ["trend_unknown"]


def test_a_series_that_jumps_is_seen_against_placebo_dates():
    chance = np.random.default_rng(7)
    rows = [person(k, k % 110 + 0.5, buys=chance.random() < (0.6 if k % 110 >= START else 0.3)) for k in range(11_000)]
    found = judged([*rows, person("laatst", 119)], design="before_after")
    assert (found.rung, found.verdict, found.method, found.causal) == ("C", "improved", "interrupted_series", False)
    assert found.gap.low < 0.3 < found.gap.high
    assert found.placebos[0] == 0
    assert found.placebos[1] >= 10
    after = [day for day in found.days if day.low is not None]
    assert len(after) == 40
    assert after[0].day == STARTS
    young = judged(rows, design="before_after", last=BEGIN + 90 * DAY)
    assert young.days[-1].day == (datetime.fromtimestamp(BEGIN, UTC) + timedelta(days=87)).strftime("%Y-%m-%d")


def series_of(share):
    """Returns what is said of one series whose share of buyers is this on each day, of a hundred people."""
    days = enumerate(np.clip(share, 0, 1))
    rows = [person(f"{day}-{k}", day + 0.5, buys=(k + 0.5) / 100 < one) for day, one in days for k in range(100)]
    return judged([*rows, person("laatst", 119)], design="before_after")


DAYS = np.arange(110)


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (np.where(DAYS >= START, 0.7, 0.3), ["interval"]),
        (0.1 + 0.7 * (DAYS / 110) ** 4, ["interval", "bent", "growing"]),
        (0.3 + 0.4 * np.expm1(np.maximum(0, DAYS - START) / 25) / np.expm1(2), ["interval", "growing"]),
    ],
)
def test_a_verdict_of_one_series_says_when_a_drift_could_be_it(share, expected):
    """A step of 0.4 outlives every way in which the days may go on; a bend, and what explodes then, does not."""
    chance = np.random.default_rng(3).normal(scale=0.02, size=DAYS.size)
    found = series_of(share + chance)
    assert (found.rung, found.verdict, codes(found)) == ("C", "improved", expected)


@pytest.mark.parametrize("seed", [5, 14])
def test_a_series_of_which_a_day_is_mostly_the_day_before_proves_nothing(seed):
    """Walks on which nothing happens: the interval lies beside nothing, and no placebo date shows as much."""
    found = series_of(0.5 + np.cumsum(np.random.default_rng(seed).normal(scale=0.02, size=DAYS.size)))
    assert (found.rung, found.verdict, codes(found)) == ("C", "too_soon", ["carried_over"])
    assert found.gap.low > 0 or found.gap.high < 0
    assert re.search(r"zo'n (7[5-9]|[89]\d)%", found.reasons[0].words.text("nl"))


@pytest.mark.parametrize(("as_much", "verdict", "code"), [(2, "too_soon", "placebo"), (1, "improved", "interval")])
def test_more_than_one_in_twenty_placebo_dates_takes_the_claim_away(as_much, verdict, code):
    contrast = Contrast(0.6, 0.3, Estimate(0.3, 40, 0.2, 0.4), 0.05, 1e-6, Estimate(1.0, 40), "interrupted_series")
    facts = Facts(
        trial=trials(options(design="before_after"), ())[0],
        found=Compared("C", contrast, (900, 900), placebos=(as_much, 20)),
        sign=1, smallest=0.03, days_left=0, per_day=50.0, split=None, guard=None, guard_label=Label(), any_time=False,
    )  # fmt: skip
    found, reasons = verdict_of(facts)
    assert (found, reasons[0].code) == (verdict, code)


def test_a_series_that_always_jumps_proves_nothing():
    rows = [person(k, k % 110 + 0.5, buys=(k * 37) % 100 < (30 + 25 * ((k % 110) // 12 % 2))) for k in range(11_000)]
    found = judged([*rows, person("laatst", 119)], design="before_after")
    assert found.rung == "C"
    assert found.verdict == "too_soon"


def test_a_few_days_give_only_before_and_after_without_a_claim():
    rows = [person(k, 55 + k % 10 + 0.5, buys=k % 10 < (6 if k % 10 >= 5 else 2)) for k in range(1000)]
    rows += [person(f"n{k}", 55 + k % 10 + 0.5, buys=k % 10 >= 5) for k in range(1000)]
    found = judged(rows, design="before_after", window_seconds=5 * DAY, last=BEGIN + 119 * DAY)
    assert (found.rung, found.verdict, found.causal) == ("D", "improved", False)
    assert "no_claim" in codes(found)
    assert "zegt niet dat de verandering het deed" in found.reasons[-1].words.text("nl")


def test_when_everybody_buys_every_day_nothing_got_worse():
    rows = [person(f"{day}-{k}", day + k / 9, buys=True) for day in range(100) for k in range(5)]
    sure = judged([*rows, person("laatst", 119)], design="before_after", metric="koopt", guardrail="koopt")
    assert (sure.rung, sure.gap.value, sure.guard.broken, sure.verdict) == ("C", 0.0, False, "no_difference")
