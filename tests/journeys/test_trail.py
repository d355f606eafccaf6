"""One journey by its pseudonym: the right touches in order, never who it is, and clear words when there is none."""

import dataclasses

import pytest

from klantreis.errors import OptionError
from klantreis.journeys.model import ENDED, OPEN
from klantreis.journeys.trail import trail_of
from klantreis.testing import SECOND, Touch, Trip, journeys_of

LOG = [
    Trip(
        "zoef-1", (Touch("look", 1), Touch(None, 5, event="search"), Touch("pay", 9, failed=True, channel="web")), ENDED
    ),
    Trip("zoef-1", (Touch("look", 100),), OPEN),
    Trip("bob", (Touch("pay", 3),)),
]


def names(journeys):
    return {
        bucket.journey_name(number): (bucket, number)
        for bucket in journeys.buckets
        for number in range(bucket.journeys)
    }


@pytest.mark.parametrize("buckets", [1, 3])
def test_every_journey_is_found_by_its_own_name(buckets):
    journeys = journeys_of(LOG, buckets=buckets)
    for name, (bucket, number) in names(journeys).items():
        found = trail_of(journeys, name)
        begin, end = int(bucket.start[number]), int(bucket.start[number + 1])
        assert [stop.at for stop in found.stops] == bucket.at[begin:end].tolist()
        assert (found.name, found.alike) == (name, 1)


def test_it_tells_touch_event_moment_wait_and_what_went_wrong():
    journeys = journeys_of(LOG)
    name = next(name for name, (bucket, number) in names(journeys).items() if bucket.start[number + 1] > 2)
    found = trail_of(journeys, f" {name} ")
    assert [(stop.touchpoint, stop.event, stop.failed) for stop in found.stops] == [
        ("look", "look", False), (None, "search", False), ("pay", "pay", True),
    ]  # fmt: skip
    assert [row["wait_seconds"] for row in found.rows()] == [None, 4.0, 4.0]
    assert (found.stops[2].channel, found.stops[0].at, found.state) == ("web", SECOND, "ended")


def test_the_second_trip_of_a_person_is_their_second():
    journeys = journeys_of(LOG)
    second = next(name for name in names(journeys) if name.endswith("-2"))
    assert trail_of(journeys, second).state == "open"
    with pytest.raises(OptionError, match="no journey"):
        trail_of(journeys, second.replace("-2", "-3"))


def test_who_it_is_stands_nowhere():
    journeys = journeys_of(LOG)
    for name in names(journeys):
        assert "zoef-1" not in str(dataclasses.asdict(trail_of(journeys, name)))


def test_two_persons_of_one_name_are_told():
    journeys = journeys_of(LOG)
    (bucket,) = journeys.buckets
    twins = dataclasses.replace(bucket, keys=bucket.keys * 0 + 7)
    found = trail_of(dataclasses.replace(journeys, buckets=(twins,)), "p00000007-1")
    assert found.alike == 2
    assert trail_of(dataclasses.replace(journeys, buckets=(twins,)), "p00000007-2").alike == 1


@pytest.mark.parametrize("name", ["", "p12", "p00000000", "P00000000-1", "p00000000-0", "x; rm", "p00000000-1\n2"])
def test_what_is_no_name_is_refused_with_what_one_looks_like(name):
    with pytest.raises(OptionError) as wrong:
        trail_of(journeys_of(LOG), name)
    assert "p3f9c2a1b-2" in wrong.value.mend


@pytest.mark.parametrize("log", [LOG, []])
def test_a_name_that_nobody_carries_is_said(log):
    with pytest.raises(OptionError, match="There is no journey"):
        trail_of(journeys_of(log), "p00000000-1")
