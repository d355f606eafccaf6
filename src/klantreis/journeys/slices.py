"""Takes a part of the journeys: one segment, one period. Whole journeys only, so that every measure still holds."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, partial
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from klantreis.errors import OptionError, did_you_mean
from klantreis.journeys.model import About, Bucket, Earlier, Journeys
from klantreis.labels import Label

HELD = max(8, 2 * (os.cpu_count() or 1))
"""So many cut buckets are kept: those that threads are busy with."""
PER_TOUCH = ("at", "touch", "event", "channel", "detail", "value", "score", "survey", "flags")


def sliced(
    journeys: Journeys,
    *,
    segment: str | None = None,
    without: str | None = None,
    since: int | None = None,
    until: int | None = None,
) -> Journeys:
    """Returns only the journeys of a segment that began from `since` and before `until` (microseconds UTC).

    `without`: only those that are not in this segment; the result does not tell so by itself.
    The same journeys come back, untouched, when nothing is asked. A bucket without such journeys stays, empty. The end
    of the data stays what it is, so that an entry is as mature as it was. Raises OptionError for an unknown segment.
    """
    if segment is None and without is None and since is None and until is None:
        return journeys
    inside, outside = (None if name is None else _bit(journeys.about, name) for name in (segment, without))
    place = f"/{segment}/{since}/{until}" + (f"/not {without}" if without is not None else "")
    cut = partial(_cut, bits=(inside, outside), since=since, until=until, place=place)
    buckets = Later(journeys.buckets, cut, tuple(told and told + place for told in journeys.generations))
    about = replace(
        journeys.about,
        segment=segment if segment is not None else journeys.about.segment,
        since=since if since is not None else journeys.about.since,
        until=until if until is not None else journeys.about.until,
    )
    sign, earlier = journeys.sign and journeys.sign + place, _earlier(journeys.earlier, cut, lambda told: told + place)
    return replace(journeys, buckets=buckets, about=about, sign=sign, earlier=earlier)


def _earlier(earlier: Earlier | None, change: Callable[[Bucket], Bucket], mark: Callable[[str], str]) -> Earlier | None:
    """Returns what a part of the journeys was earlier."""
    if earlier is None:
        return None
    made = earlier.changed

    @cache
    def changed(windows: tuple[int, ...]) -> tuple[Bucket, Bucket]:
        was, now = made(windows)
        return change(was), change(now)

    return Earlier(mark(earlier.sign), earlier.last, changed)


class Later(Sequence[Bucket]):
    """Buckets that are made of others when they are looked at; `generations` are known before.

    `source` are the others and `change` is what makes a bucket of one of them, so that it can be made elsewhere too.
    The last few are kept, and no more: a slice of a log is too large for memory when the log is.
    """

    def __init__(
        self, source: Sequence[Bucket], change: Callable[[Bucket], Bucket], generations: tuple[str, ...]
    ) -> None:
        """Takes what the buckets are made of and how; `change` must be found by name in another process."""
        self.source = source
        self.change = change
        self.generations = generations
        self._made: tuple[tuple[int, Bucket], ...] = ()

    def changing(self, place: int) -> Callable[[Bucket], Bucket]:
        """Returns what makes the bucket at this place of the other one there."""
        return self.change

    def __len__(self) -> int:
        """Returns how many buckets there are."""
        return len(self.generations)

    @overload
    def __getitem__(self, place: int) -> Bucket: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Bucket, ...]: ...

    def __getitem__(self, place: int | slice) -> Bucket | tuple[Bucket, ...]:
        """Returns one bucket, or those of a slice."""
        if isinstance(place, slice):
            return tuple(self[number] for number in range(*place.indices(len(self))))
        place = range(len(self))[place]
        for known, made in self._made:
            if known == place:
                return made
        made = self.changing(place)(self.source[place])
        # Threads that do so at once may forget what the other made: then it is made again.
        self._made = (*self._made[1 - HELD :], (place, made))
        return made


def wordless(journeys: Journeys) -> Journeys:
    """Returns the journeys without details, for measures that do not look at them: new words change nothing."""
    buckets = Later(journeys.buckets, _wordless, tuple(map(_bare, journeys.generations)))
    earlier = _earlier(journeys.earlier, _wordless, _bare)
    return replace(journeys, buckets=buckets, sign=_bare(journeys.sign), earlier=earlier)


def _wordless(bucket: Bucket) -> Bucket:
    names = replace(bucket.names, details=())
    return replace(bucket, names=names, detail=None, generation=_bare(bucket.generation))


def _cut(
    bucket: Bucket,
    *,
    bits: tuple[np.uint64 | None, np.uint64 | None],
    since: int | None,
    until: int | None,
    place: str,
) -> Bucket:
    inside, outside = bits
    return kept(bucket, _asked(bucket, inside, since, until) & _apart(bucket, outside), place)


def _bare(generation: str) -> str:
    return re.sub(r"\+[0-9a-f]*", "", generation, count=1)


def _bit(about: About, segment: str) -> np.uint64:
    known = about.names.segments
    if segment not in known:
        raise OptionError(
            Label(f"Het segment {segment!r} is er niet.", f"There is no segment {segment!r}."),
            where=Label(f"kaart {about.map}", f"map {about.map}"),
            mend=did_you_mean(segment, known),
        )
    return np.uint64(1 << known.index(segment))


def _apart(bucket: Bucket, bit: np.uint64 | None) -> NDArray[np.bool_]:
    if bit is None:
        return np.ones(bucket.journeys, dtype=np.bool_)
    apart: NDArray[np.bool_] = (bucket.segments & bit) == 0
    return apart


def _asked(bucket: Bucket, bit: np.uint64 | None, since: int | None, until: int | None) -> NDArray[np.bool_]:
    asked = np.ones(bucket.journeys, dtype=np.bool_)
    if bit is not None:
        asked &= (bucket.segments & bit) != 0
    first = bucket.at[bucket.start[:-1]]
    if since is not None:
        asked &= first >= since
    if until is not None:
        asked &= first < until
    return asked


def kept(bucket: Bucket, asked: NDArray[np.bool_], place: str = "") -> Bucket:
    """Returns a bucket of only the journeys that are `asked` for; untouched when all are.

    `place` says which these are, as a mark on the bucket's generation; '': what is left has none.
    """
    generation = bucket.generation + place if bucket.generation and place else ""
    if asked.all():
        return replace(bucket, generation=generation) if place else bucket
    lengths = np.diff(bucket.start)[asked]
    start = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    touches = np.arange(start[-1]) + np.repeat(bucket.start[:-1][asked] - start[:-1], lengths)
    of_person = bucket.person[asked]
    new = np.diff(of_person, prepend=-1) != 0
    people = of_person[new]
    changed: dict[str, Any] = {
        name: column[touches] for name in PER_TOUCH if (column := getattr(bucket, name)) is not None
    }
    if bucket.touch is bucket.event:
        changed["touch"] = changed["event"]
    return replace(
        bucket,
        **changed,
        generation=generation,
        start=start,
        person=(np.cumsum(new) - 1).astype(np.int64),
        state=bucket.state[asked],
        segments=bucket.segments[asked],
        keys=bucket.keys[people],
        ids=None if bucket.ids is None else bucket.ids[people],
    )
