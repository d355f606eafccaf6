"""`Journeys`: the log placed on the map, compact and sorted.

A *touch* is one event of one person; when the map knows it, it is at a touchpoint, else it is unmapped. Touches are
cut into *journeys*: one person's trip, from start to end. Whole persons live together in a *bucket* of flat arrays,
memory-mapped from disk or held in memory; analyses fold over buckets and never see more than one at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from klantreis.engines.base import Workers
from klantreis.log.identity import Recognised

OPEN, ENDED, TIMED_OUT = 0, 1, 2
"""States of a journey: still going at the end of the data, finished by an end touch, closed by silence."""

FAILED = 1
"""Bit of `Bucket.flags`: the touchpoint was reached but the event says it went wrong."""

VALUE_UNIT = 10_000
"""`Bucket.value` counts ten-thousandths of the currency unit, so sums are exact whatever the order."""

SCORE_UNIT = 1_000
"""`Bucket.score` counts thousandths of a score point as asked; `NO_SCORE` marks no score."""

NO_SCORE = np.iinfo(np.int32).min
NO_VALUE = np.iinfo(np.int64).min
FEW_CODES = 8


@dataclass(frozen=True, slots=True)
class Names:
    """What the codes in the arrays mean: code i is the i-th name. -1 always means none."""

    touchpoints: tuple[str, ...]
    events: tuple[str, ...]
    channels: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    surveys: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bucket:
    """Whole persons' journeys as arrays; touches are sorted by (person, journey, at, sequence).

    Per touch (n): `at` int64 microseconds since 1970 UTC; `touch` int32 touchpoint code or -1 (unmapped);
    `event` int32 event code. Optional, None when the log has none: `channel` int32, `detail` int32 (words that tell
    which one: a search query, a topic), `value` int64 in VALUE_UNIT or NO_VALUE, `score` int32 in SCORE_UNIT or
    NO_SCORE, `survey` int32 code of the survey this touch answers or -1, `flags` uint8.

    Per journey (j): `start` int64[j+1] offsets into the touches; `person` int64[j] number of the person within the
    bucket, never falling; `state` int8; `segments` uint64 bits (bit i: segment i). Every journey has >= 1 touch.

    Per person: `keys` uint64, the stable hash that pseudonymous names are made from; `ids` the ids as in the
    source (object array), None where they are not loaded.
    """

    names: Names
    at: NDArray[np.int64]
    touch: NDArray[np.int32]
    event: NDArray[np.int32]
    start: NDArray[np.int64]
    person: NDArray[np.int64]
    state: NDArray[np.int8]
    segments: NDArray[np.uint64]
    keys: NDArray[np.uint64]
    channel: NDArray[np.int32] | None = None
    detail: NDArray[np.int32] | None = None
    value: NDArray[np.int64] | None = None
    score: NDArray[np.int32] | None = None
    survey: NDArray[np.int32] | None = None
    flags: NDArray[np.uint8] | None = None
    ids: NDArray[np.object_] | None = None
    generation: str = ""
    """Hash of all that the bucket says, names included: '<its events>-<the rest>+<words of details>/<slice>'; '': not
    known. Equal generations hold the same, so what was made of one holds for the other.
    """

    def __repr__(self) -> str:
        return f"Bucket: {self.journeys:,} journeys, {self.touches:,} touches"

    @property
    def touches(self) -> int:
        """How many touches (events) the bucket holds."""
        return len(self.at)

    @property
    def journeys(self) -> int:
        """How many journeys the bucket holds."""
        return len(self.person)

    def journey_name(self, journey: int) -> str:
        """Returns a pseudonymous name for a journey, stable between runs: 'p3f9c2a1b-2' (person, which trip)."""
        person = int(self.person[journey])
        first = int(np.searchsorted(self.person, person))
        return f"p{int(self.keys[person]) & 0xFFFFFFFF:08x}-{journey - first + 1}"


@dataclass(frozen=True, slots=True)
class About:
    """What a result speaks of: which data, which people, which period. Every result carries it."""

    names: Names
    first: int = 0
    """Microseconds UTC of the first event in the data."""
    last: int = 0
    """Microseconds UTC of the last event in the data; entries whose window runs past it are immature."""
    grain: str = "person"
    """What one journey is: 'person', or the column that names it."""
    map: str | None = None
    segment: str | None = None
    since: int | None = None
    until: int | None = None
    version: str = ""
    """Hash of the data and map this was computed from."""
    time_zone: str = "UTC"
    currency: str = "EUR"
    identity: Recognised | None = None
    """How many of all stored events have a person, and how they came by it; None: each event names its own."""
    asked: tuple[str, Any] | None = field(default=None, compare=False, repr=False)
    """The analysis and the options that were asked, which a recipe is made of; None: nothing was asked yet."""
    answers: tuple[str, ...] | None = field(default=None, compare=False, repr=False)
    """Which events answer the one question of a column of scores, (): any with one; None: the surveys of a map do."""

    @property
    def days(self) -> str:
        """The first and the last day with events, on the clock of the data: '2026-01-01 to 2026-03-31'; '': none."""
        if self.first == 0 == self.last:
            return ""
        zone = ZoneInfo(self.time_zone)
        first, last = (str(datetime.fromtimestamp(micros / 1e6, zone).date()) for micros in (self.first, self.last))
        return f"{first} to {last}"


@dataclass(frozen=True, slots=True)
class Earlier:
    """Journeys as they were when they were measured before. `sign`: their `Journeys.sign`; `last`: where data ended.

    `changed(windows)` gives two buckets of the persons who differ: as they were then, and as they are now. `windows`
    (microseconds): those count too of whom such a time after a touch was not over then, and is now.
    """

    sign: str
    last: int
    changed: Callable[[tuple[int, ...]], tuple[Bucket, Bucket]]


@dataclass(frozen=True, slots=True)
class Journeys:
    """All buckets of one map (or of one bare file), with what they speak of."""

    buckets: Sequence[Bucket]
    about: About
    overlaps: tuple[tuple[str, str, str, int], ...] = ()
    """(event, touchpoint taken, touchpoint passed over, events): events that two matchers claimed."""
    outside: int = 0
    """Events of known persons that fell outside every journey (before a start touch)."""
    counts: dict[str, int] = field(default_factory=dict)
    """read, stored, duplicate, rejected: rows or events of the sources; they add up."""
    workers: Workers | None = None
    """Who measures the buckets; None: this process."""
    sign: str = ""
    """Hash of all that the buckets say together, in the form of `Bucket.generation`; '': not known."""
    earlier: Earlier | None = None
    """What they were before, when it is known who changed since."""
    parts: Any = None
    """Who keeps what analyses made of these journeys (see `parts.Parts`); None: nobody."""

    def __repr__(self) -> str:
        told = [
            f"{self.journeys:,} journeys of {self.people:,} people",
            f"{self.touches:,} events",
            *([self.about.days] if self.about.days else []),
        ]
        return f"Journeys: {', '.join(told)}"

    @property
    def generations(self) -> tuple[str, ...]:
        """The generation of each bucket; asking for them cuts no slice."""
        told: tuple[str, ...] | None = getattr(self.buckets, "generations", None)
        return tuple(bucket.generation for bucket in self.buckets) if told is None else told

    @property
    def touches(self) -> int:
        """How many touches all buckets hold."""
        return sum(bucket.touches for bucket in self.buckets)

    @property
    def journeys(self) -> int:
        """How many journeys all buckets hold."""
        return sum(bucket.journeys for bucket in self.buckets)

    @property
    def people(self) -> int:
        """How many distinct persons have a journey."""
        return sum(int(np.count_nonzero(np.diff(bucket.person, prepend=-1))) for bucket in self.buckets)


def holding(column: NDArray[np.int32], codes: Sequence[int]) -> NDArray[np.bool_]:
    """Returns which rows of a column hold one of the codes; no codes: none.

    To compare a column with one code takes a tenth of looking each of its rows up.
    """
    if len(codes) > FEW_CODES:
        return np.isin(column, codes)
    found = np.zeros(len(column), np.bool_)
    for code in codes:
        found |= column == code
    return found
