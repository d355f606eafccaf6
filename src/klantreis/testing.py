"""Small logs placed on a map, in memory: for our own tests and for yours."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from klantreis.journeys.model import (
    ENDED,
    NO_SCORE,
    NO_VALUE,
    SCORE_UNIT,
    VALUE_UNIT,
    About,
    Bucket,
    Journeys,
    Names,
)

SECOND = 1_000_000


@dataclass(frozen=True, slots=True)
class Touch:
    """One event in a hand-made log. `at` in seconds. `event` defaults to the touchpoint; touchpoint None = unmapped."""

    touchpoint: str | None
    at: float
    event: str | None = None
    value: float | None = None
    score: float | None = None
    survey: str | None = None
    detail: str | None = None
    channel: str | None = None
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Trip:
    """One journey of one person; its touches are sorted by time, file order within a tie."""

    person: str
    touches: tuple[Touch, ...]
    state: int = ENDED
    segments: tuple[str, ...] = ()


def trips(log: Mapping[str, Sequence[tuple[str, float]]]) -> list[Trip]:
    """Returns one journey per person from `{person: [(touchpoint, seconds), ...]}`."""
    return [Trip(person, tuple(Touch(name, at) for name, at in rows)) for person, rows in log.items()]


def journeys_of(
    journeys: Iterable[Trip], *, buckets: int = 1, touchpoints: Sequence[str] = (), last: float | None = None
) -> Journeys:
    """Returns hand-made journeys, persons spread over `buckets` by a stable hash.

    `touchpoints` fixes the codes (else: in order of appearance). `last` is the end of the data in seconds (else: the
    last touch).
    """
    listed = list(journeys)
    names = _names(listed, touchpoints)
    times = [touch.at for trip in listed for touch in trip.touches]
    end = last if last is not None else max(times, default=0.0)
    about = About(names=names, first=int(min(times, default=0.0) * SECOND), last=int(end * SECOND), version="hand-made")
    return Journeys(_spread(listed, names, buckets), about)


def split(journeys: Journeys, listed: Iterable[Trip], buckets: int) -> Journeys:
    """Returns the same journeys cut into another number of buckets, same codes and span."""
    return replace(journeys, buckets=_spread(list(listed), journeys.about.names, buckets))


def _spread(listed: Sequence[Trip], names: Names, buckets: int) -> tuple[Bucket, ...]:
    people: list[dict[str, list[Trip]]] = [{} for _ in range(buckets)]
    for trip in listed:
        people[_key(trip.person) % buckets].setdefault(trip.person, []).append(trip)
    return tuple(_bucket(names, one) for one in people)


def _names(listed: Sequence[Trip], touchpoints: Sequence[str]) -> Names:
    def seen(values: Iterable[str | None], first: Sequence[str] = ()) -> tuple[str, ...]:
        return tuple(dict.fromkeys([*first, *(value for value in values if value is not None)]))

    rows = [touch for trip in listed for touch in trip.touches]
    return Names(
        touchpoints=seen((row.touchpoint for row in rows), touchpoints),
        events=seen((row.event or row.touchpoint for row in rows), touchpoints),
        channels=seen(row.channel for row in rows),
        details=seen(row.detail for row in rows),
        surveys=seen(row.survey for row in rows),
        segments=seen(name for trip in listed for name in trip.segments),
    )


def _bucket(names: Names, people: Mapping[str, Sequence[Trip]]) -> Bucket:
    journeys = [(number, trip) for number, person in enumerate(people) for trip in people[person]]
    rows = [row for _, trip in journeys for row in sorted(trip.touches, key=lambda touch: touch.at)]

    def codes(known: tuple[str, ...], values: Iterable[str | None]) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
        code = {name: number for number, name in enumerate(known)}
        return np.array([-1 if value is None else code[value] for value in values], dtype=np.int32)

    bits = {name: 1 << number for number, name in enumerate(names.segments)}
    return Bucket(
        names=names,
        at=np.array([round(row.at * SECOND) for row in rows], dtype=np.int64),
        touch=codes(names.touchpoints, (row.touchpoint for row in rows)),
        event=codes(names.events, (row.event or row.touchpoint for row in rows)),
        start=np.cumsum([0, *(len(trip.touches) for _, trip in journeys)], dtype=np.int64),
        person=np.array([number for number, _ in journeys], dtype=np.int64),
        state=np.array([trip.state for _, trip in journeys], dtype=np.int8),
        segments=np.array([sum(bits[name] for name in trip.segments) for _, trip in journeys], dtype=np.uint64),
        keys=np.array([_key(person) for person in people], dtype=np.uint64),
        channel=codes(names.channels, (row.channel for row in rows)),
        detail=codes(names.details, (row.detail for row in rows)),
        value=np.array(
            [NO_VALUE if row.value is None else round(row.value * VALUE_UNIT) for row in rows], dtype=np.int64
        ),
        score=np.array(
            [NO_SCORE if row.score is None else round(row.score * SCORE_UNIT) for row in rows], dtype=np.int32
        ),
        survey=codes(names.surveys, (row.survey for row in rows)),
        flags=np.array([int(row.failed) for row in rows], dtype=np.uint8),
        ids=np.array(list(people), dtype=object),
    )


def _key(person: str) -> int:
    return int.from_bytes(hashlib.blake2b(person.encode(), digest_size=8).digest(), "little")
