"""A slice holds exactly the journeys that were asked for, with everything that belongs to them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.analyses import paths, times
from klantreis.analyses.fold import _in_turn, fold, together
from klantreis.errors import OptionError
from klantreis.journeys import slices
from klantreis.journeys.slices import PER_TOUCH, sliced
from klantreis.testing import SECOND, Touch, Trip, journeys_of

TRIPS = [
    Trip("u", (Touch("a", 0, value=1, score=4, survey="s"), Touch("b", 5)), segments=("new",)),
    Trip("u", (Touch("a", 10, detail="ring", channel="web"),)),
    Trip("v", (Touch("b", 3), Touch(None, 4, event="x")), segments=("new", "cheap")),
    Trip("w", (Touch("a", 20, failed=True),), segments=("cheap",)),
]


def begins(journeys):
    return sorted(
        (int(bucket.keys[bucket.person[trip]]), int(bucket.at[bucket.start[trip]]) // SECOND)
        for bucket in journeys.buckets
        for trip in range(bucket.journeys)
    )


def same(one, other):
    for a, b in zip(one.buckets, other.buckets, strict=True):
        for name in ("start", "person", "state", "segments", "keys", *PER_TOUCH):
            assert np.array_equal(getattr(a, name), getattr(b, name)), name


@pytest.mark.parametrize("buckets", [1, 2, 5])
def test_a_slice_equals_the_same_journeys_made_by_hand(buckets):
    every = journeys_of(TRIPS, buckets=buckets)
    names = every.about.names

    def made(chosen):
        by_hand = journeys_of(chosen, buckets=buckets, touchpoints=names.touchpoints)
        return begins(by_hand)

    assert begins(sliced(every, segment="new")) == made([TRIPS[0], TRIPS[2]])
    assert begins(sliced(every, segment="cheap")) == made([TRIPS[2], TRIPS[3]])
    assert begins(sliced(every, since=3 * SECOND)) == made(TRIPS[1:])
    assert begins(sliced(every, until=10 * SECOND)) == made([TRIPS[0], TRIPS[2]])
    assert begins(sliced(every, segment="new", since=1 * SECOND, until=4 * SECOND)) == made([TRIPS[2]])


def test_nothing_asked_is_the_same_object():
    every = journeys_of(TRIPS)
    assert sliced(every) is every


def test_a_slice_of_everything_changes_no_array():
    every = journeys_of(TRIPS, buckets=2)
    same(sliced(every, since=0), every)


def test_a_slice_says_what_it_is_of_and_keeps_the_end_of_the_data():
    part = sliced(journeys_of(TRIPS, last=99), segment="new", until=7 * SECOND)
    assert (part.about.segment, part.about.since, part.about.until) == ("new", None, 7 * SECOND)
    assert part.about.last == 99 * SECOND


def test_nobody_is_an_answer_too():
    part = sliced(journeys_of(TRIPS, buckets=2), since=10**9 * SECOND)
    assert (part.journeys, part.touches, part.people) == (0, 0, 0)
    assert len(part.buckets) == 2


def test_an_unknown_segment_names_the_nearest():
    with pytest.raises(OptionError, match="cheep") as caught:
        sliced(journeys_of(TRIPS), segment="cheep")
    assert "'cheap'" in caught.value.mend


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 25), st.integers(0, 25))
def test_before_and_after_a_moment_are_everything(moment, buckets):
    every = journeys_of(TRIPS, buckets=1 + buckets % 4)
    before, after = sliced(every, until=moment * SECOND), sliced(every, since=moment * SECOND)
    assert sorted(begins(before) + begins(after)) == begins(every)
    assert before.touches + after.touches == every.touches


def test_touchpoints_and_events_that_are_one_array_stay_one():
    bucket = journeys_of(TRIPS[:2]).buckets[0]
    every = replace(journeys_of(TRIPS[:2]), buckets=(replace(bucket, touch=bucket.event),))
    part = sliced(every, since=1).buckets[0]
    assert part.touch is part.event


def test_of_a_cut_log_only_the_last_few_buckets_are_held(monkeypatch):
    monkeypatch.setattr(slices, "HELD", 2)
    every, cut = journeys_of(TRIPS, buckets=7), []
    later = slices.Later(every.buckets, lambda bucket: cut.append(1) or replace(bucket), every.generations)

    first = [id(bucket) for bucket in (later[0], later[0], later[1], later[0])]
    assert len(set(first)) == 2
    for bucket in later:
        assert bucket.journeys >= 0
    assert len(cut) == 7
    assert len(later._made) == 2
    assert later[6] is later[-1]


def test_questions_asked_together_are_answered_as_apart_and_cut_once(monkeypatch):
    monkeypatch.setattr(slices, "HELD", 1)
    every, cut = journeys_of(TRIPS, buckets=5), []
    part = sliced(every, segment="new")
    change = part.buckets.change
    part.buckets.change = lambda bucket: cut.append(1) or change(bucket)
    asks = [(paths, part, paths.Options()), (times, part, times.Options()), (paths, part, paths.Options(collapse=True))]

    found = together(asks, threads=1)

    assert len(cut) == 5
    assert [one.to_dict() for one in found] == [fold(*ask, threads=2).to_dict() for ask in asks]


def test_no_thread_is_far_ahead_of_the_slowest():
    begun, seen = [], []
    for one in _in_turn(lambda place: begun.append(place) or place, 20, 2):
        seen.append(one)
        assert len(begun) <= len(seen) + 4
    assert seen == list(range(20))
