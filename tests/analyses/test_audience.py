"""Audience: cases to check by eye, nothing at all, what a map asks, and the laws of a fold."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.analyses import audience
from klantreis.analyses.fold import fold
from klantreis.map.read import map_of
from klantreis.testing import Touch, Trip, journeys_of, split

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")


def trip(person, at, *segments):
    return Trip(person, (Touch("visit", at),), segments=segments)


def test_only_the_first_journey_of_each_person_counts():
    log = [trip("a", 5, "near"), trip("a", 1), trip("b", 1, "near"), trip("b", 9), trip("c", 2, "far")]
    found = fold(audience, journeys_of(log), audience.Options(("near", "far")))
    assert [(one.segment, one.people) for one in found.segments] == [("near", 1), ("far", 1)]
    assert (found.fit.value, found.fit.n) == (2 / 3, 3)


def test_who_is_in_two_segments_counts_once_in_the_whole():
    found = fold(audience, journeys_of([trip("a", 1, "near", "far")]), audience.Options(("near", "far")))
    assert (found.fit.value, found.fit.n) == (1.0, 1)


def test_the_interval_is_that_of_wilson():
    # statsmodels 0.14: proportion_confint(3, 10, method="wilson")
    log = [trip(str(n), 1, *(["near"] if n < 3 else ["far"])) for n in range(10)]
    found = fold(audience, journeys_of(log), audience.Options(("near",))).fit
    assert (found.low, found.high) == pytest.approx((0.1077912674, 0.6032218525), abs=1e-9)


def test_a_segment_that_the_data_does_not_know_is_named_and_gives_no_share():
    found = fold(audience, journeys_of([trip("a", 1, "near")]), audience.Options(("nowhere",)))
    assert (found.unknown, found.fit.value, found.fit.n, found.segments) == (("nowhere",), None, 1, ())


def test_nobody_came_is_said():
    found = fold(audience, journeys_of([]), audience.Options(("near",)))
    assert found.fit.value is None
    assert found.why.text("nl")
    json.dumps(found.to_dict())


def test_a_map_aims_at_the_segments_of_its_personas_but_not_at_those_it_does_not_want():
    map_ = map_of(
        """
        klantreis: 1
        id: shop
        title: Shop
        languages: [en]
        segments: {near: region = near, far: region = far, other: region = x}
        personas:
          ann: {label: Ann, segment: near}
          bob: {label: Bob, segment: near, kind: edge}
          cas: {label: Cas, segment: far, kind: anti}
          dee: {label: Dee}
        phases: {one: {a: {match: a}}}
        """
    )
    assert audience.asked_by(map_) == audience.Options(("near",))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("pqr"), st.integers(0, 3), st.sampled_from([(), ("s",), ("s", "t")])), max_size=8
    ),
    st.integers(1, 4),
    st.randoms(),
)
def test_any_split_and_any_order_give_the_same_audience(listed, buckets, chance):
    log = [trip("z", 0, "s", "t"), *(trip(person, at, *segments) for person, at, segments in listed)]
    options, whole = audience.Options(("s", "t")), journeys_of(log)
    parts = [audience.measure(bucket, options) for bucket in split(whole, log, buckets).buckets]
    while len(parts) > 1:
        chance.shuffle(parts)
        parts.append(audience.merge(parts.pop(), parts.pop()))
    assert audience.finish(parts[0], options, whole.about) == fold(audience, whole, options)
