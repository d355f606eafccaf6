"""What drivers go with in feeling: hand cases, scipy and statsmodels beside it, and the laws of a fold."""

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import false_discovery_control, ttest_ind

from klantreis.analyses import drivers
from klantreis.analyses.fold import fold
from klantreis.journeys.questions import Question
from klantreis.labels import plain
from klantreis.map.model import JourneyMap, Phase, Survey, Touchpoint
from klantreis.testing import Touch, Trip, journeys_of, split

SCHEMA = Path(__file__).resolve().parents[2] / "src/klantreis/schemas/drivers.schema.json"
ASKED = drivers.Options(outcome=("paid",), questions=(Question("q"),), n_min=2, share_min=0)


def answer(at, score, survey="q"):
    return Touch(None, at, event="survey", score=score, survey=survey)


def scored(scores, *touches, name="p"):
    return [Trip(f"{name}{n}", (*touches, answer(100, score))) for n, score in enumerate(scores)]


def found(trips, options=ASKED):
    return fold(drivers, journeys_of(trips), options)


def test_a_gap_in_feeling_is_welch_as_scipy_has_it():
    chance = np.random.default_rng(1)
    late, fine = chance.integers(1, 4, 40), chance.integers(2, 6, 60)
    trips = scored(late.tolist(), Touch("look", 0), Touch("late", 5)) + scored(
        fine.tolist(), Touch("look", 0), Touch("chat", 5), name="f"
    )
    one = found(trips).feels("touchpoint", "late")
    test = ttest_ind(late, fine, equal_var=False)
    low, high = test.confidence_interval()
    assert (one.with_it.value, one.with_it.n, one.without_it.n) == (pytest.approx(late.mean() - 3), 40, 60)
    assert (one.gap.value, one.gap.low, one.gap.high) == pytest.approx((late.mean() - fine.mean(), low, high))
    assert one.verdict == "lower"
    assert found(trips).answered == 100


def test_q_is_adjusted_for_all_that_were_compared():
    trips = [
        Trip(f"p{n}", (*(Touch(name, at) for at, name in enumerate("abc") if n % (2 + at)), answer(9, 1 + (n * 7) % 5)))
        for n in range(60)
    ]
    listed = found(trips).feel
    p = []
    for one in listed:
        sides = [
            [t.touches[-1].score for t in trips if (one.name in {x.touchpoint for x in t.touches}) is with_it]
            for with_it in (True, False)
        ]
        p.append(ttest_ind(*sides, equal_var=False).pvalue)
    assert len(listed) == 3
    assert [one.q for one in listed] == pytest.approx(list(false_discovery_control(p)))


def test_what_comes_after_the_last_answer_does_not_count():
    before = [Trip(f"b{n}", (Touch("late", 1), answer(5, 1 + n % 2))) for n in range(20)]
    after = [Trip(f"a{n}", (Touch("look", 1), answer(5, 4 + n % 2), Touch("late", 9))) for n in range(20)]
    one = found(before + after).feels("touchpoint", "late")
    assert (one.with_it.n, one.without_it.n) == (20, 20)
    assert one.gap.value == pytest.approx(-3)


def test_the_last_answer_of_a_person_counts_over_all_journeys():
    trips = []
    for n in range(20):
        trips += [Trip(f"p{n}", (answer(5, 5),)), Trip(f"p{n}", (Touch("late", 90), answer(95, 1 + n % 2)))]
    trips += scored([4, 5] * 10, Touch("look", 0), name="x")
    answered = found(trips)
    assert answered.answered == 40
    assert answered.feels("touchpoint", "late").with_it.value == pytest.approx(-1.5)
    apart = found(trips, replace(ASKED, unit="journey"))
    assert apart.answered == 60


def test_who_is_asked_at_a_touchpoint_has_met_it_and_a_failure_there():
    trips = [Trip(f"p{n}", (Touch("till", 5, score=1 + n % 2, survey="q", failed=n < 20),)) for n in range(30)]
    trips += scored([4, 5] * 10, Touch("look", 0), name="x")
    answered = found(trips)
    assert answered.feels("touchpoint", "till").with_it.n == 30
    assert answered.feels("failed", "till").with_it.n == 20


def test_scales_are_feelings_turned_round_when_low_is_good_and_answers_off_the_scale_do_not_count():
    asked = replace(ASKED, questions=(Question("q", 1, 7, reverse=True),))
    trips = scored([7, 6, 9], Touch("late", 0)) + scored([1, 2, 0], Touch("look", 0), name="f")
    one = found(trips, asked).feels("touchpoint", "late")
    assert (one.with_it.value, one.without_it.value) == pytest.approx((-2 + 1 / 3, 2 - 1 / 3))
    assert (one.with_it.n, one.without_it.n) == (2, 2)


def test_a_gap_that_is_gone_at_like_length_is_length():
    long = [Touch("look", n) for n in range(8)]
    trips = scored([1, 2] * 30, *long, Touch("late", 50)) + scored([1, 2] * 30, *long, Touch("look", 50), name="b")
    trips += scored([4, 5] * 100, Touch("look", 0), name="c")
    one = found(trips).feels("touchpoint", "late")
    assert one.gap.high < 0
    assert one.alike.value == pytest.approx(0)
    assert one.verdict == "length"


def test_a_barrier_carries_both_severities_and_may_be_one_of_feeling_only():
    worse = [
        Trip(f"w{n}", (Touch("call", 0), *([Touch("paid", 9)] * (n < 10)), answer(99, 1 + n % 2))) for n in range(50)
    ]
    fine = [
        Trip(f"f{n}", (Touch("look", 0), *([Touch("paid", 9)] * (n < 40)), answer(99, 4 + n % 2))) for n in range(50)
    ]
    late = [
        Trip(f"l{n}", (Touch("look", 0), Touch("paid", 9), Touch("late", 20), answer(99, 1 + n % 2))) for n in range(40)
    ]
    listed = found(worse + fine + late).barriers
    call = next(one for one in listed if one.at == "call")
    assert call.severity.value == pytest.approx(80 / 90 - 0.2)
    assert call.severity_feel.value == pytest.approx((50 * 1.5 - 40 * 1.5) / 90 + 1.5)
    assert call.severity_feel.low > 0
    after = next(one for one in listed if one.at == "late")
    assert (after.people, after.reach.n, after.severity.value, after.at_most) == (40, 140, None, None)
    assert after.severity_feel.low > 0
    assert (len(after.examples), after.status) == (5, "unknown")


def test_nobody_asked_and_few_answers_have_no_feeling():
    trips = scored([1, 2, 3], Touch("late", 0)) + scored([4, 5], Touch("look", 0), name="f")
    assert found(trips, replace(ASKED, n_min=3)).feel == ()
    assert found([], ASKED).answered == 0
    bare = found(trips, replace(ASKED, questions=()))
    assert (bare.feel, bare.answered, bare.surveys) == ((), 0, ())
    jsonschema.validate(json.loads(json.dumps(found(trips).to_dict())), json.loads(SCHEMA.read_text("utf-8")))
    same = found(scored([3] * 9, Touch("late", 0)) + scored([3] * 9, Touch("look", 0), name="f"))
    assert {one.verdict for one in same.feel} == {"unclear"}


def test_a_row_holds_both_and_what_only_feels_has_no_shares():
    trips = scored([1, 2, 1], Touch("late", 0)) + scored([4, 5], Touch("look", 0), name="f")
    rows = found(trips).rows()
    assert {row["name"]: (row["n"], row["feel_n"]) for row in rows} == {"late": (None, 3), "look": (None, 2)}
    assert len({tuple(row) for row in rows}) == 1


def test_a_map_asks_the_kind_that_is_asked_at_most_touchpoints():
    touches = tuple(Touchpoint(name, plain(name), "p") for name in "abc")
    surveys = (
        Survey("nps", plain("NPS"), kind="NPS", about=("a", "b", "c")),
        Survey("ces", plain("CES"), kind="CES", low=1, high=7, about=("a",)),
        Survey("csat", plain("CSAT"), about=("b", "c")),
    )
    map_ = JourneyMap(
        id="m", title=plain("M"), phases=(Phase("p", plain("P"), ("CO",)),), touchpoints=touches, surveys=surveys
    )
    assert [one.survey for one in drivers.felt(map_)] == ["csat"]
    assert drivers.felt(replace(map_, surveys=surveys[:1])) == ()


touches = st.builds(
    Touch, st.sampled_from(["a", "b", "paid", None]), st.integers(0, 40), st.just("e"),
    channel=st.sampled_from(["web", "app", None]), failed=st.booleans(), score=st.sampled_from([1, 2, 5, 7, None]),
    survey=st.sampled_from(["q", "r", None]),
)  # fmt: skip
logs = st.lists(
    st.builds(Trip, st.sampled_from("pqrst"), st.lists(touches, min_size=1, max_size=6).map(tuple)), max_size=12
)


@settings(max_examples=60, deadline=None)
@given(logs, st.integers(1, 4), st.randoms(), st.sampled_from(["person", "journey"]))
def test_any_split_and_any_order_give_the_same_feelings(trips, buckets, chance, unit):
    whole = journeys_of(trips)
    asked = replace(ASKED, n_min=1, unit=unit, expected=(("b", 3.0),), questions=(Question("q"), Question("r", 1, 7)))
    parts = [drivers.measure(bucket, asked) for bucket in split(whole, trips, buckets).buckets]
    while len(parts) > 1:
        chance.shuffle(parts)
        parts.append(drivers.merge(parts.pop(), parts.pop()))
    assert drivers.finish(parts[0], asked, whole.about).feel == fold(drivers, whole, asked).feel


@settings(max_examples=60, deadline=None)
@given(logs)
def test_everybody_who_answered_is_on_one_side_of_each_touchpoint(trips):
    answered = found(trips)
    for one in answered.feel:
        if one.kind in {"touchpoint", "event", "channel"}:
            assert one.with_it.n + one.without_it.n == answered.answered
