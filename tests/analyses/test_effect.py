"""The proof of a change: each design, each verdict with its reason, by hand and on planted lifts; and the laws."""

import math
import re
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.analyses import effect
from klantreis.analyses.fold import fold
from klantreis.journeys.model import OPEN
from klantreis.labels import Label, plain
from klantreis.map.model import Kpi, Survey, Target
from klantreis.map.work import Arm, Change
from klantreis.stats.compare import difference
from klantreis.testing import Touch, Trip, journeys_of, split

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")

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


def test_answers_that_are_all_alike_are_compared_and_nothing_breaks():
    rows = [
        person(f"{arm}{k}", 61, arm=arm, **({"score": 3} if k < 2 else {}))
        for arm in ("nieuw", "oud")
        for k in range(30)
    ]
    found = judged([*rows, person("eerst", 0, arm="x"), person("laatst", 119, arm="x")], metric="blij", **AB)
    assert (found.gap.value, found.verdict) == (0.0, "too_soon")
