"""The proof of a change: each design, each verdict with its reason, by hand and on planted lifts; and the laws."""

import math
import os
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from klantreis.analyses import effect
from klantreis.analyses.effect.compare import Compared
from klantreis.analyses.effect.judge import Facts
from klantreis.analyses.effect.judge import judged as verdict_of
from klantreis.analyses.effect.options import trials
from klantreis.analyses.fold import fold
from klantreis.journeys.model import OPEN
from klantreis.labels import Label, plain
from klantreis.map.model import Kpi, Survey, Target
from klantreis.map.work import Arm, Change
from klantreis.stats.compare import difference
from klantreis.stats.contrast import Contrast
from klantreis.stats.intervals import Estimate
from klantreis.testing import Touch, Trip, journeys_of, split

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")

RUNS = int(os.environ.get("KLANTREIS_SEEDS", "20"))
RARE = 1e-4
DAY = 86_400.0
BEGIN = 20_600 * DAY
START = 60
STARTS = datetime.fromtimestamp(BEGIN + START * DAY, UTC).strftime("%Y-%m-%d")

BUYS = Kpi("koopt", plain("Koopt"), "conversion", start="kijkt", end="koopt", within="2d")
SPENDS = Kpi("besteedt", plain("Besteedt"), "value_mean", at="koopt")
TOTAL = Kpi("omzet", plain("Omzet"), "value_sum", at="koopt")
WAITS = Kpi("wacht", plain("Wacht"), "median_hours", start="kijkt", end="koopt", target=Target("<=", 5, "<= 5"))
RETURNS = Kpi(
    "retour", plain("Retour"), "conversion", start="kijkt", end="retour", within="2d", target=Target("<", 0.1, "")
)
HAPPY = Kpi("blij", plain("Blij"), "survey_mean", survey="vraag")
TOP = Kpi("top", plain("Top"), "survey_top2", survey="vraag")
SURVEY = Survey("vraag", plain("Vraag"), 1, 5)
SEEN = ("kijkt", "koopt", "retour")
BACK = Kpi("terug", plain("Terug"), "repeat_share", at="koopt", within="5d")
ONCE_MORE = Kpi("ooit", plain("Ooit"), "repeat_share", at="koopt")
CARD = Kpi("kaart", plain("Volle kaart"), "repeat_share", at="koopt", within="5d", least_times=3)
KPIS = (BUYS, SPENDS, TOTAL, WAITS, RETURNS, HAPPY, TOP, BACK, ONCE_MORE, CARD)
AB = {"design": "ab", "treated": Arm("nieuw"), "control": Arm("oud")}


def options(looks="once", **changed):
    change = Change(
        "knop", plain("Knop"), **{"starts": STARTS, "metric": "koopt", "window_seconds": 40 * DAY, **changed}
    )
    return effect.Options(changes=(change,), kpis=KPIS, surveys=(SURVEY,), looks=looks)


def judged(listed, *, looks="once", buckets=3, last=None, **changed):
    (found,) = fold(
        effect, journeys_of(listed, buckets=buckets, last=last, touchpoints=SEEN), options(looks, **changed)
    ).effects
    return found


def codes(found):
    return [reason.code for reason in found.reasons]


def person(number, day, *, arm="oud", buys=False, hours=1.0, value=None, **more):
    at = BEGIN + day * DAY
    touches = [Touch("kijkt", at)]
    if buys:
        touches.append(Touch("koopt", at + hours * 3600, value=value))
    if more.get("returns"):
        touches.append(Touch("retour", at + 9 * 3600))
    if "score" in more:
        touches.append(Touch("koopt", at + 7 * 3600, score=more["score"], survey="vraag"))
    return Trip(f"p{number}", tuple(touches), segments=(arm,))


def shop(treated, control, *, n=200, first=61, days=30, **more):
    """Returns `n` people per arm, of whom so many buy, evenly over days from `first` on; and two at the ends."""
    rows = []
    for arm, buyers in (("nieuw", treated), ("oud", control)):
        for k in range(n):
            rows.append(person(f"{arm}{k}", first + days * k / n, arm=arm, buys=k < buyers, **more))
    return [*rows, person("eerst", 0, arm="x"), person("laatst", 119, arm="x")]


def test_two_groups_of_chance_are_compared_as_shares():
    found = judged(shop(120, 60), **AB)
    expected = difference((120, 200), (60, 200))
    assert (found.treated, found.control) == (0.6, 0.3)
    assert (found.gap.value, found.gap.low, found.gap.high) == (expected.value, expected.low, expected.high)
    assert (found.rung, found.verdict, codes(found), found.method) == ("A", "improved", ["interval"], "newcombe")
    assert (found.n, found.days_left, found.causal, found.split.alarm) == ((200, 200), 0, True, False)
    assert found.smallest == pytest.approx(0.03)
    assert found.need == math.ceil(400 * (2.8015852 * math.sqrt(0.6 * 0.4 / 200 + 0.3 * 0.7 / 200) / 0.03) ** 2)


@pytest.mark.parametrize(("treated", "control", "found"), [(120, 98, "improved"), (98, 120, "worse")])
def test_what_is_only_just_found_may_be_smaller(treated, control, found):
    told = judged(shop(treated, control), **AB)
    assert (told.verdict, codes(told)) == (found, ["interval", "just_found"])
    assert "dichtst bij nul" in told.reasons[1].words.text("nl")


def test_fewer_of_what_is_wanted_is_worse_and_fewer_of_what_is_not_is_better():
    assert judged(shop(60, 120), **AB).verdict == "worse"
    slow, fast = shop(200, 0, hours=9), shop(200, 0, hours=3)
    mixed = [trip for trip in slow if "nieuw" in trip.segments] + [
        replace(trip, person=f"x{trip.person}", segments=("oud",)) for trip in fast if "nieuw" in trip.segments
    ]
    ends = [person("eerst", 0, arm="x"), person("laatst", 119, arm="x")]
    uneven = [
        replace(t, touches=(t.touches[0], replace(t.touches[1], at=t.touches[1].at + 60 * (k % 200))))
        for k, t in enumerate(mixed)
    ]
    found = judged([*uneven, *ends], metric="wacht", **AB)
    assert (found.unit, found.better, found.method, found.verdict) == ("seconds", "less", "mover", "worse")
    assert 5 * 3600 < found.gap.value < 7 * 3600


def test_no_difference_only_when_a_larger_one_is_ruled_out():
    close = judged(shop(1500, 1500, n=3000), **AB)
    assert (close.verdict, codes(close)) == ("no_difference", ["within_band"])
    assert close.gap.high < close.smallest
    unsure = judged(shop(105, 100), **AB)
    assert (unsure.verdict, codes(unsure)) == ("too_soon", ["need_more"])
    assert "n = 400" in unsure.reasons[0].words.text("en")
    wide = judged(shop(105, 100), min_lift=0.9, **AB)
    assert wide.verdict == "no_difference"


def test_a_test_that_was_large_enough_and_saw_nothing_sees_no_difference():
    # 2.80 standard errors are 4.0 points, just within a band of ±4.1; the interval, 2.1 ± 2.8, reaches beyond it.
    found = judged(shop(1038, 1000, n=2400), min_lift=0.097, **AB)
    assert found.gap.high > found.smallest > 2.8016 * found.gap.high / 10
    assert (found.verdict, codes(found)) == ("no_difference", ["enough_power"])


def test_before_the_window_is_over_it_is_too_soon_whatever_it_shows():
    found = judged(shop(190, 10, first=60, days=20), last=BEGIN + 90 * DAY, **AB)
    assert (found.verdict, codes(found)[0], found.days_left) == ("too_soon", "running", 29 - 17)
    early = judged(shop(190, 10, first=60, days=20), last=BEGIN + 90 * DAY, looks="any", **AB)
    assert (early.verdict, codes(early)) == ("improved", ["sequence"])
    unsure = judged(shop(105, 100, first=60, days=20), last=BEGIN + 90 * DAY, looks="any", **AB)
    assert unsure.verdict == "too_soon"


def test_a_window_is_over_when_its_last_entry_had_its_time():
    rows = shop(120, 60)
    assert judged(rows, last=BEGIN + 101 * DAY, **AB).days_left == 1
    assert judged(rows, last=BEGIN + 102 * DAY, **AB).days_left == 0


def test_late_entries_do_not_count_before_their_window_has_passed():
    rows = shop(120, 60)
    late = [person(f"l{k}", 99.5, arm="nieuw", buys=True) for k in range(50)]
    known = judged([*rows, *late], last=BEGIN + 119 * DAY, **AB)
    young = judged([*rows, *late], last=BEGIN + 100 * DAY, **AB)
    assert (known.treated, young.treated) == (170 / 250, 120 / 200)


def test_groups_that_are_not_divided_as_planned_are_trusted_with_nothing():
    rows = [trip for trip in shop(150, 60) if trip.person not in {f"poud{k}" for k in range(80)}]
    found = judged(rows, **AB)
    assert (found.verdict, codes(found), found.split.counts) == ("too_soon", ["split_alarm"], (200, 120))
    assert "62,5% / 37,5%" in found.reasons[0].words.text("nl")
    assert judged(rows, **AB, split=0.625).verdict == "improved"


def test_a_holdout_is_a_tenth_unless_the_map_says_otherwise():
    rows = [*shop(120, 60), *(person(f"m{k}", 70, arm="nieuw", buys=k % 2 == 0) for k in range(1600))]
    assert judged(rows, **{**AB, "design": "holdout"}).split.planned == (0.9, pytest.approx(0.1))
    assert judged(rows, **{**AB, "design": "holdout"}).split.alarm is False


def test_a_guardrail_that_breaks_makes_it_worse():
    rows = shop(120, 60)
    broken = [
        replace(t, touches=(*t.touches, Touch("retour", t.touches[0].at + 9000))) if "nieuw" in t.segments else t
        for t in rows
    ]
    found = judged(broken, guardrail="retour", **AB)
    assert (found.verdict, codes(found), found.guard.broken) == ("worse", ["guard_broken"], True)
    assert judged(rows, guardrail="retour", **AB).verdict == "improved"


def test_better_without_a_guardrail_that_can_be_measured_is_not_called_improved():
    found = judged(shop(120, 60), guardrail="tevredenheid", **AB)
    assert (found.verdict, codes(found), found.guard.broken) == ("too_soon", ["guard_unknown"], None)
    assert judged(shop(60, 120), guardrail="tevredenheid", **AB).verdict == "worse"


def test_too_few_people_are_too_few():
    found = judged(shop(20, 2, n=25), **AB)
    assert (found.verdict, codes(found)) == ("too_soon", ["few"])
    assert found.reasons[0].words.text("nl") == "Te weinig mensen (n = 25, nodig 30)."


def test_who_was_in_both_groups_stays_where_they_came_first():
    rows = shop(120, 60)
    both = [Trip("pnieuw0", (Touch("kijkt", BEGIN + 95 * DAY),), segments=("oud",))]
    found = judged([*rows, *both], **AB)
    assert (found.both, found.n) == (1, (200, 200))
    assert found.treated == pytest.approx(120 / 201), "her second visit counts where she was first"
    undecided = Trip("p?", (Touch("kijkt", BEGIN + 70 * DAY),), segments=("nieuw", "oud"))
    assert judged([*rows, undecided], **AB).n == (200, 200)


def test_an_arm_may_be_a_touchpoint_that_shows_who_was_exposed():
    def exposed(trip):
        touch = Touch("met" if "nieuw" in trip.segments else "zonder", trip.touches[0].at - 60)
        return replace(trip, touches=(touch, *trip.touches), segments=())

    rows = [exposed(trip) if trip.segments != ("x",) else trip for trip in shop(120, 60)]
    found = judged(rows, design="ab", treated=Arm("met"), control=Arm("zonder"))
    assert (found.treated, found.control, found.verdict) == (0.6, 0.3, "improved")
    assert codes(judged(rows, design="ab", treated=Arm("met"))) == ["no_control"]


def test_an_entry_that_could_still_go_either_way_at_exposure_counts_and_one_that_was_settled_does_not():
    def rescued(number, arm, hours):
        touches = [Touch("kijkt", BEGIN + 70 * DAY), Touch(arm, BEGIN + 70 * DAY + 2 * 3600)]
        if hours:
            touches.append(Touch("koopt", BEGIN + 70 * DAY + hours * 3600))
        return Trip(f"{arm}{number}", tuple(touches))

    rows = [rescued(k, "met", 5 if k < 60 else 0) for k in range(100)]
    rows += [rescued(k, "zonder", 5 if k < 30 else 0) for k in range(100)]
    rows += [rescued(k, arm, 1) for arm in ("met", "zonder") for k in range(100, 150)]
    found = judged(rows, design="ab", treated=Arm("met"), control=Arm("zonder"), last=BEGIN + 119 * DAY)
    assert (found.treated, found.control) == (0.6, 0.3)
    assert found.split.counts == (150, 150)


def test_who_is_not_in_the_treated_segment_is_the_control_when_none_is_named():
    rows = [replace(trip, segments=()) if "oud" in trip.segments else trip for trip in shop(120, 60)][:-2]
    found = judged(rows, design="ab", treated=Arm("nieuw"), last=BEGIN + 119 * DAY)
    assert (found.control, found.n) == (0.3, (200, 200))


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"starts": "2030-01-01"}, "not_started"),
        ({"starts": "2030-02"}, "not_started"),
        ({"metric": None}, "no_metric"),
        ({"metric": "onbekend"}, "no_metric"),
        ({"window_seconds": None}, "no_window"),
        ({"design": "ab"}, "no_groups"),
        ({**AB, "treated": Arm("niemand")}, "unknown_group"),
    ],
)
def test_what_was_not_agreed_beforehand_cannot_be_judged(changed, code):
    found = judged(shop(120, 60), **changed)
    assert (found.verdict, codes(found)) == ("too_soon", [code])
    assert found.reasons[0].words.text("nl") != found.reasons[0].words.text("en")


def test_values_scores_and_totals_are_compared_in_their_own_unit():
    rows = [
        person(
            k, 61 + k / 20, arm="nieuw" if k % 2 else "oud", buys=True, value=20 + k % 7 + 5 * (k % 2), score=3 + k % 2
        )
        for k in range(400)
    ]
    rows += [person("eerst", 0, arm="x"), person("laatst", 119, arm="x")]
    money = judged(rows, metric="besteedt", **AB)
    values = [[20 + k % 7 + 5 * (k % 2) for k in range(400) if k % 2 == side] for side in (1, 0)]
    assert money.treated == pytest.approx(np.mean(values[0]))
    assert money.gap.value == pytest.approx(np.mean(values[0]) - np.mean(values[1]))
    assert (money.unit, money.verdict, money.method) == ("money", "improved", "welch")
    total = judged(rows, metric="omzet", **AB)
    assert total.gap.value == pytest.approx(money.gap.value), "everybody bought once"
    assert judged(rows, metric="blij", **AB).gap.value == pytest.approx(1)
    assert judged(rows, metric="top", **AB).gap.value == pytest.approx(1)


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


def test_what_the_same_people_did_before_sharpens_and_knows_nothing_of_after():
    chance = np.random.default_rng(5)
    rows = []
    for k in range(1500):
        arm, eager = ("nieuw" if k % 2 else "oud"), chance.random() < 0.5
        for day in (chance.uniform(25, 58), chance.uniform(61, 95)):
            rows.append(person(k, day, arm=arm, buys=chance.random() < (0.9 if eager else 0.1)))
    rows += [person("eerst", 0, arm="x"), person("laatst", 119, arm="x")]
    sharp = judged(rows, **AB)
    plainly = fold(effect, journeys_of(rows), replace(options(**AB), cuped=False)).effects[0]
    assert (sharp.method, plainly.method) == ("cuped", "newcombe")
    assert sharp.kept < 0.7
    assert sharp.gap.high - sharp.gap.low < 0.85 * (plainly.gap.high - plainly.gap.low)
    # An entry before the start that succeeds after it was no success by then.
    told = [
        judged([*rows, *(person(k, 59.99, arm="nieuw", buys=buys, hours=5) for k in range(1, 1500, 2))], **AB)
        for buys in (True, False)
    ]
    assert told[0].gap == told[1].gap != sharp.gap


def test_nothing_at_all_is_too_soon():
    found = judged([], **AB)
    assert (found.verdict, codes(found)) == ("too_soon", ["not_started"])
    assert re.fullmatch(r"De verandering begint pas op \d+ [a-z]+ 20\d\d\.", found.reasons[0].words.text("nl"))
    alone = judged([person(1, 61, arm="nieuw", buys=True), person(2, 119, arm="oud")], **AB)
    assert alone.verdict == "too_soon"
    assert fold(effect, journeys_of([]), effect.Options()).rows() == []


def test_open_journeys_count_by_their_window_alone():
    rows = shop(120, 60)
    opened = [replace(trip, state=OPEN) for trip in rows]
    assert judged(opened, **AB).gap == judged(rows, **AB).gap


def test_a_day_begins_when_the_clock_of_the_shop_says_so():
    rows = [Trip(f"p{k}", (Touch("kijkt", BEGIN + START * DAY - 3600),), segments=("nieuw",)) for k in range(40)]
    whole = journeys_of([*rows, *shop(50, 40, n=100)])
    utc, here = (
        fold(effect, replace(whole, about=replace(whole.about, time_zone=zone)), options(**AB)).effects[0]
        for zone in ("UTC", "Europe/Amsterdam")
    )
    assert (utc.n[0], here.n[0]) == (100, 140)


moments = st.integers(50, 110)
visits = st.lists(st.tuples(moments, st.booleans(), st.integers(1, 60), st.integers(-9, 99)), min_size=1, max_size=3)
people = st.lists(st.tuples(st.sampled_from(["nieuw", "oud", "x"]), visits), min_size=1, max_size=14)
designs = st.sampled_from(["ab", "rollout", "before_after"])
metrics = st.sampled_from(["koopt", "besteedt", "omzet", "wacht"])


@settings(max_examples=50, deadline=None)
@given(people, designs, metrics, st.integers(1, 4), st.randoms())
def test_any_split_and_any_order_give_the_same_effect(listed, design, metric, buckets, chance):
    made = [
        person(k, day, arm=arm, buys=buys, hours=float(hours), value=float(value))
        for k, (arm, visited) in enumerate(listed)
        for day, buys, hours, value in visited
    ]
    whole = journeys_of(made, last=BEGIN + 119 * DAY)
    asked = options(**{**AB, "design": design, "metric": metric, "guardrail": "retour"})
    known = effect.aware(asked, whole.about)
    parts = [effect.measure(bucket, known) for bucket in split(whole, made, buckets).buckets]
    while len(parts) > 1:
        chance.shuffle(parts)
        parts.append(effect.merge(parts.pop(), parts.pop()))
    found = fold(effect, whole, asked)
    assert effect.finish(parts[0], known, found.about) == found


def test_a_reason_has_a_label_in_both_languages():
    found = judged(shop(120, 60), guardrail="retour", **AB)
    assert isinstance(found.reasons[0].words, Label)
    told = found.to_dict()
    assert told["verdict"] == "improved"
    assert told["n"] == {"treated": 200, "control": 200}
    assert told["guard"]["kpi"] == "retour"


def test_coming_back_in_time_is_a_metric_of_its_own_per_meeting():
    def buyer(number, arm, *days):
        return [Trip(f"p{number}", (Touch("koopt", BEGIN + (START + day) * DAY),), segments=(arm,)) for day in days]

    log = [trip for n in range(400) for trip in buyer(n, "nieuw", *((1, 3) if n % 2 else (1,)))]
    log += [trip for n in range(400, 800) for trip in buyer(n, "oud", *((1, 3) if n % 5 == 0 else (1, 9)))]
    found = judged(log, metric="terug", last=BEGIN + (START + 60) * DAY, **AB)
    # 200 of 600 meetings with it were followed within five days; 80 of the 800 without it.
    assert found.verdict == "improved"
    assert (found.treated, found.control) == (pytest.approx(200 / 600), pytest.approx(80 / 800))


def test_coming_back_without_a_time_says_what_is_missing():
    found = judged([person(1, START + 1)], metric="ooit", **AB)
    assert found.verdict == "too_soon"
    assert "within" in found.reasons[0].words.en


def test_a_full_card_in_time_takes_as_many_meetings_as_the_kpi_says():
    def buyer(number, arm, *days):
        return [Trip(f"p{number}", (Touch("koopt", BEGIN + (START + day) * DAY),), segments=(arm,)) for day in days]

    log = [trip for n in range(400) for trip in buyer(n, "nieuw", *((1, 3, 5) if n % 2 else (1, 3)))]
    log += [trip for n in range(400, 800) for trip in buyer(n, "oud", *((1, 3, 5) if n % 5 == 0 else (1, 3, 9)))]
    found = judged(log, metric="kaart", last=BEGIN + (START + 60) * DAY, **AB)
    # 200 of the 1,000 meetings with it began a card of three within five days; 80 of the 1,200 without it.
    assert (found.treated, found.control) == (pytest.approx(200 / 1000), pytest.approx(80 / 1200))


def test_a_time_counts_within_the_window_of_its_kpi():
    rows = [
        person(f"{arm}{k}", 61, arm=arm, buys=True, hours=1 + k % 3 if k < 40 else 90)
        for arm in ("nieuw", "oud")
        for k in range(60)
    ]
    rows += [person("eerst", 0, arm="x"), person("laatst", 119, arm="x")]
    soon = replace(WAITS, within="2d")
    asked = replace(options(metric="wacht", **AB), kpis=(soon,), within=365 * int(DAY) * 1_000_000)
    (found,) = fold(effect, journeys_of(rows, touchpoints=SEEN), asked).effects
    assert (found.treated, found.control) == (2 * 3600, 2 * 3600)


def test_when_everybody_buys_every_day_nothing_got_worse():
    rows = [person(f"{day}-{k}", day + k / 9, buys=True) for day in range(100) for k in range(5)]
    sure = judged([*rows, person("laatst", 119)], design="before_after", metric="koopt", guardrail="koopt")
    assert (sure.rung, sure.gap.value, sure.guard.broken, sure.verdict) == ("C", 0.0, False, "no_difference")


def test_answers_that_are_all_alike_are_compared_and_nothing_breaks():
    rows = [
        person(f"{arm}{k}", 61, arm=arm, **({"score": 3} if k < 2 else {}))
        for arm in ("nieuw", "oud")
        for k in range(30)
    ]
    found = judged([*rows, person("eerst", 0, arm="x"), person("laatst", 119, arm="x")], metric="blij", **AB)
    assert (found.gap.value, found.verdict) == (0.0, "too_soon")
