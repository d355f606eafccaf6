"""The trail of one journey: each touch in order, with its moment, found by the pseudonym that examples carry."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from klantreis.errors import OptionError
from klantreis.journeys.model import ENDED, FAILED, OPEN, Bucket, Journeys
from klantreis.labels import Label

NAME = re.compile(r"p([0-9a-f]{8})-([1-9]\d{0,9})")


@dataclass(frozen=True, slots=True)
class Stop:
    """One touch: the touchpoint (None: the map does not know the event), the event, the moment in microseconds UTC."""

    touchpoint: str | None
    event: str
    at: int
    channel: str | None = None
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Trail:
    """The stops of a journey in order. `name` is its pseudonym, `state` 'open', 'ended' or 'timed_out'.

    `alike`: how many journeys carry this name; more than one is rare, and then this is the first of them.
    """

    name: str
    stops: tuple[Stop, ...] = ()
    state: str = "ended"
    time_zone: str = "UTC"
    alike: int = field(default=1)

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row per stop: number, touchpoint, event, moment and seconds since the stop before it."""
        before = [None, *(stop.at for stop in self.stops)]
        return [
            {
                "number": number,
                "touchpoint": stop.touchpoint,
                "event": stop.event,
                "channel": stop.channel,
                "at": stop.at,
                "wait_seconds": None if last is None else (stop.at - last) / 1e6,
                "failed": stop.failed,
            }
            for number, (stop, last) in enumerate(zip(self.stops, before, strict=False), start=1)
        ]


def trail_of(journeys: Journeys, name: str) -> Trail:
    """Returns the trail of the journey with this pseudonym ('p3f9c2a1b-2': the person, and which trip of theirs).

    It never tells who the person is. Raises OptionError for what is no such name, and when no journey carries it.
    """
    known = NAME.fullmatch(name.strip())
    if known is None:
        raise OptionError(
            Label(f"{name!r} is geen naam van een reis.", f"{name!r} is no name of a journey."),
            where="--journey",
            mend=Label(
                "Namen zien eruit als p3f9c2a1b-2: klantreis find noemt er een paar bij wat het vindt.",
                "Names look like p3f9c2a1b-2: klantreis find tells some under what it finds.",
            ),
        )
    key, trip = int(known[1], 16), int(known[2])
    found = [(bucket, spot) for bucket in journeys.buckets for spot in _spots(bucket, key, trip)]
    if not found:
        raise OptionError(
            Label(f"De reis {name!r} is hier niet.", f"There is no journey {name!r} here."),
            where=Label(f"kaart {journeys.about.map}", f"map {journeys.about.map}"),
            mend=Label(
                "Een naam hoort bij één kaart: neem --map van de bevinding. klantreis find noemt de namen van nu.",
                "A name belongs to one map: take --map of the finding. klantreis find tells the names of today.",
            ),
        )
    bucket, spot = found[0]
    return Trail(name.strip(), _stops(bucket, spot), _state(bucket, spot), journeys.about.time_zone, len(found))


def trails_of(journeys: Journeys, keys: Collection[int]) -> tuple[Trail, ...]:
    """Returns all journeys of whoever has one of these keys (the stable hash of a person), from first to last."""
    found: list[Trail] = []
    for bucket in journeys.buckets:
        people = np.flatnonzero(np.isin(bucket.keys, np.array(sorted(keys), np.uint64)))
        for spot in np.flatnonzero(np.isin(bucket.person, people)).tolist():
            stops = _stops(bucket, spot)
            found.append(Trail(bucket.journey_name(spot), stops, _state(bucket, spot), journeys.about.time_zone))
    return tuple(sorted(found, key=lambda trail: trail.stops[0].at))


def _spots(bucket: Bucket, key: int, trip: int) -> list[int]:
    """The journeys in a bucket that are trip `trip` of a person whose pseudonym has this key."""
    people = np.flatnonzero((bucket.keys & np.uint64(0xFFFFFFFF)) == np.uint64(key))
    first = np.searchsorted(bucket.person, people)
    ends = np.searchsorted(bucket.person, people, side="right")
    return [int(begin) + trip - 1 for begin, end in zip(first, ends, strict=True) if begin + trip <= end]


def _state(bucket: Bucket, spot: int) -> str:
    state = int(bucket.state[spot])
    return "open" if state == OPEN else "ended" if state == ENDED else "timed_out"


def _stops(bucket: Bucket, spot: int) -> tuple[Stop, ...]:
    names = bucket.names
    return tuple(
        Stop(
            touchpoint=names.touchpoints[bucket.touch[row]] if bucket.touch[row] >= 0 else None,
            event=names.events[bucket.event[row]],
            at=int(bucket.at[row]),
            channel=None if bucket.channel is None or bucket.channel[row] < 0 else names.channels[bucket.channel[row]],
            failed=bucket.flags is not None and bool(bucket.flags[row] & FAILED),
        )
        for row in range(int(bucket.start[spot]), int(bucket.start[spot + 1]))
    )
