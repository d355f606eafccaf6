"""Opinion: cases to check by eye, the time that must have passed, too few, what a map asks, and the laws of a fold."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.analyses import opinion
from klantreis.analyses.fold import fold
from klantreis.errors import OptionError
from klantreis.map.read import map_of
from klantreis.testing import SECOND, Touch, Trip, journeys_of, split

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")
OPTIONS = opinion.Options("review", orders=("pay",), least=1)


def trip(person, *told):
    """'pay@1' is an order, '5@2' an answer of 5."""
    found = []
    for word, at in (one.split("@") for one in told):
        score = None if word.isalpha() else float(word)
        found.append(
            Touch(None if score is not None else word, float(at), event="review" if score else word, score=score)
        )
    return Trip(person, tuple(found))


def of(*log, options=OPTIONS, **more):
    return fold(opinion, journeys_of(log, touchpoints=("pay",), **more), options)


def test_who_scored_high_and_bought_later_bought_again():
    found = of(trip("a", "pay@1", "5@2", "pay@3"), trip("b", "pay@1", "4@2"), trip("c", "pay@1", "3@2", "pay@4"))
    assert (found.content.value, found.content.n) == (0.5, 2)
    assert (found.others.value, found.others.n) == (1.0, 1)
    assert (found.gap.value, found.gap.n) == (-0.5, 1)


def test_an_order_before_the_opinion_is_not_bought_again():
    assert of(trip("a", "pay@1", "pay@2", "5@3"), trip("b", "pay@1", "5@1")).content.value == 0.0


def test_an_answer_before_the_first_order_does_not_count_and_the_next_one_does():
    found = of(trip("a", "1@0", "pay@1", "5@2", "2@3", "pay@4"))
    assert (found.content.n, found.others.n, found.content.value) == (1, 0, 1.0)


def test_an_answer_off_the_scale_an_order_that_failed_and_a_refund_do_not_count():
    gone = Trip("b", (Touch("pay", 1), Touch(None, 2, event="review", score=5), Touch("pay", 3, failed=True)))
    back = Trip("c", (Touch("pay", 1, value=9), Touch(None, 2, event="review", score=5), Touch("pay", 3, value=-9)))
    found = of(trip("a", "pay@1", "9@2", "pay@3"), gone, back)
    assert (found.content.n, found.content.value) == (2, 0.0)


def test_orders_and_answers_of_two_journeys_are_of_one_customer():
    assert of(trip("a", "pay@1"), trip("a", "5@2"), trip("a", "pay@3")).content.value == 1.0


def test_on_a_scale_that_is_reversed_a_low_score_is_the_good_one():
    assert of(trip("a", "pay@1", "1@2"), options=replace(OPTIONS, reverse=True)).content.n == 1


def test_within_counts_only_who_had_the_time_and_only_orders_in_it():
    within = replace(OPTIONS, within=10 * SECOND)
    found = of(
        trip("a", "pay@1", "5@2", "pay@12"), trip("b", "pay@1", "5@2", "pay@13"), trip("c", "pay@1", "5@95"),
        options=within, last=100,
    )  # fmt: skip
    assert (found.content.value, found.content.n, found.young) == (0.5, 2, 1)


def test_too_few_is_an_answer_with_its_n():
    found = of(trip("a", "pay@1", "5@2"), trip("b", "pay@1", "1@2"), options=replace(OPTIONS, least=25))
    assert (found.gap.value, found.gap.n, found.verdict) == (None, 1, "few")
    assert "n = 1" in found.why.text("nl")
    assert "need 25" in found.why.text("en")


def test_the_difference_has_the_interval_of_newcombe():
    # Newcombe 1998, Statistics in Medicine 17:873-890, table II, (a): 56/70 - 48/80, method 10.
    log = [trip(f"h{n}", "pay@1", "5@2", *(["pay@3"] if n < 56 else [])) for n in range(70)]
    log += [trip(f"l{n}", "pay@1", "1@2", *(["pay@3"] if n < 48 else [])) for n in range(80)]
    found = of(*log)
    assert (found.gap.low, found.gap.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert found.verdict == "stronger"


def test_nothing_at_all_is_too_few():
    found = fold(opinion, journeys_of([]), OPTIONS)
    assert (found.content.value, found.gap.value, found.verdict) == (None, None, "few")
    json.dumps(found.to_dict())
    assert found.to_dict()["causal"] is False


def test_less_than_no_time_is_refused():
    with pytest.raises(OptionError):
        of(trip("a", "pay@1"), options=replace(OPTIONS, within=-1))


MAP = """
    klantreis: 1
    id: shop
    title: Shop
    languages: [en]
    type: purchase
    template: journey-7
    journey: {{goal: [pay]}}
    phases: {{aankoop: {{pay: {{match: pay}}}}, ervaring: {{box: {{match: box}}}}}}
    surveys: {{{surveys}}}
"""


@pytest.mark.parametrize(
    ("surveys", "chosen"),
    [
        ("a: {question: Happy, scale: 1..5, about: [box]}, b: {question: Tell, scale: 0..10, kind: NPS}", "b"),
        ("a: {question: Easy, scale: 1..5, about: [pay]}, b: {question: Happy, scale: 1..7, about: [box]}", "b"),
        ("a: {question: Easy, scale: 1..5, about: [pay]}", None),
    ],
)
def test_a_map_asks_its_recommendation_else_what_they_think_after_the_purchase(surveys, chosen):
    asked = opinion.asked_by(map_of(MAP.format(surveys=surveys)))
    assert (asked.survey if asked else None) == chosen
    assert asked is None or asked.orders == ("pay",)


events = st.lists(st.tuples(st.sampled_from(["pay", "1", "4", "5"]), st.integers(0, 4)), min_size=1, max_size=6)


@settings(max_examples=150, deadline=None)
@given(st.lists(events, max_size=5), st.integers(1, 4), st.sampled_from([None, 2]), st.randoms())
def test_it_equals_looking_at_everybody_and_any_split_gives_the_same(people, buckets, within, chance):
    log = [trip(str(n), *(f"{word}@{at}" for word, at in told)) for n, told in enumerate(people)]
    options = replace(OPTIONS, within=None if within is None else within * SECOND)
    counted = {True: [0, 0], False: [0, 0]}
    for told in people:
        orders = sorted(at for word, at in told if word == "pay")
        ranked = sorted(enumerate(told), key=lambda one: (one[1][1], one[0]))
        said = [(at, int(word)) for _, (word, at) in ranked if word != "pay" and orders and at >= orders[0]]
        if said and (within is None or said[0][0] + within <= 4):
            at, score = said[0]
            ahead = [order for order in orders if order > at and (within is None or order <= at + within)]
            counted[score >= 4][0] += bool(ahead)
            counted[score >= 4][1] += 1
    whole = journeys_of(log, touchpoints=("pay",), last=4)
    found = fold(opinion, whole, options)
    for group, estimate in ((True, found.content), (False, found.others)):
        again, n = counted[group]
        assert (estimate.n, estimate.value) == (n, again / n if n else None)
    known = opinion.aware(options, whole.about)
    parts = [opinion.measure(bucket, known) for bucket in split(whole, log, buckets).buckets]
    while len(parts) > 1:
        chance.shuffle(parts)
        parts.append(opinion.merge(parts.pop(), parts.pop()))
    assert opinion.finish(parts[0], known, whole.about) == found
