"""The one way every measure is computed: measure each bucket, merge the parts, finish once.

An analysis is a module with `name`, `Options`, `measure(bucket, options) -> Part`, `merge(Part, Part) -> Part` and
`finish(part, options, about) -> Result`. `merge` is associative and commutative, so any split into buckets and any
order of merging give the same Result: threads, memory bounds, caches and clusters all follow from that.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial, reduce
from typing import Any, Protocol

from klantreis.analyses.recipe import check_words
from klantreis.engines.base import Crew, Heard
from klantreis.journeys.model import About, Bucket, Earlier, Journeys, Names
from klantreis.journeys.travel import Parcel, parcels
from klantreis.stats.exchange import NotExchanged

Ask = tuple[Any, Journeys, Any]
"""An analysis, the journeys it is asked of, and its options."""
SHARES = 1000
"""In so many parts it is told how far workers are."""


class Analysis(Protocol):
    """What a module must offer to be folded."""

    name: str

    def measure(self, bucket: Bucket, options: Any) -> Any:
        """Returns the mergeable part of one bucket."""

    def merge(self, one: Any, other: Any) -> Any:
        """Returns two parts as one; associative and commutative."""

    def finish(self, part: Any, options: Any, about: About) -> Any:
        """Returns the Result from the one part that is left."""


class Question(Protocol):
    """What knows the Parts of one analysis with its options."""

    def part(self, generation: str, make: Callable[[], Any]) -> Any:
        """Returns the Part of a bucket, by its generation and what measures it if it is not known."""

    def whole(self, sign: str) -> Any:
        """Returns the Part of all buckets together, by the sign of the journeys; None when it is not known."""

    def read(self, generation: str) -> Any:
        """Returns the Part of a bucket; None when it is not known."""

    def keep(self, generation: str, found: Any) -> None:
        """Keeps the Part of all buckets together."""


class Parts(Protocol):
    """What knows the Parts that were measured before; see `journeys.parts`."""

    def asked(self, analysis: Any, options: Any) -> Question:
        """Returns what knows the Parts of an analysis with these options."""


def fold(
    analysis: Any,
    journeys: Journeys,
    options: Any,
    *,
    threads: int | None = None,
    on_bucket: Heard | None = None,
    parts: Parts | None = None,
) -> Any:
    """Returns the Result of an analysis over all buckets.

    `threads` defaults to the machine's cores; `on_bucket(done, all)` is called after each bucket, for progress.
    When the journeys have `workers`, those measure and merge, and `threads` says nothing; the Result is the same.
    A log without journeys is one empty bucket, so that every analysis has one answer for "nothing". An analysis that
    must know of all data before it can read one bucket (where the data ends, its time zone) has
    `aware(options, about) -> Options`; when its Parts depend on some of that only, `regards(options) -> Options` tells
    what. `parts` (else those of the journeys) gives the Parts that are known already, and keeps the others. When some
    persons changed since the whole was measured, and the analysis has `exchange(whole, was, now) -> Part`, only they
    are measured, as they were and as they are. Where the end of the data says whether a time after a touch is over,
    `ripens(then, now) -> windows | None` tells of the options then and now how long (microseconds) these times are;
    None: more changed than that, so all is measured. `settled(part) -> Part` may make the Part of all buckets smaller.
    """
    return together([(analysis, journeys, options)], threads=threads, on_bucket=on_bucket, parts=parts)[0]


def together(
    asks: Sequence[Ask],
    *,
    threads: int | None = None,
    on_bucket: Heard | None = None,
    parts: Parts | None = None,
) -> list[Any]:
    """Returns the Results of several analyses of the same buckets, as `fold` does; all of a bucket are made at once.

    So buckets that are cut when they are looked at are cut once, and let go.
    """
    asked = [_asked(*ask, parts) for ask in asks]
    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as pool:  # reading and writing Parts, adding up arrays
        found = list(pool.map(_kept, asked))
    places = [place for place, part in enumerate(found) if part is None]
    if places:
        made = _measured_all([asked[place] for place in places], threads, on_bucket)
        for place, part in zip(places, made, strict=True):
            found[place] = _settled(asked[place].analysis, part)
            if (known := asked[place].known) is not None:
                known.keep(asked[place].journeys.sign, found[place])
    elif on_bucket is not None and asked:
        on_bucket(*[len(asked[0].journeys.buckets)] * 2)
    told = zip(asked, found, strict=True)
    return [one.analysis.finish(part, one.options, one.journeys.about) for one, part in told]


@dataclass(frozen=True, slots=True)
class _Asked:
    """One analysis of journeys, with its options as they are measured, and what knows its Parts."""

    analysis: Any
    journeys: Journeys
    options: Any
    known: Question | None
    then: tuple[Any, Question | None] | None = None
    """The same two as they were when the journeys were `earlier`; None when nothing is known of that."""

    def measure(self, bucket: Bucket) -> Any:
        return self.analysis.measure(bucket, self.options)

    def part(self, place: int) -> Any:
        """Returns the Part of one bucket, measured or known already."""
        journeys = self.journeys
        if self.known is None:
            return self.measure(journeys.buckets[place])
        return self.known.part(journeys.generations[place], lambda: self.measure(journeys.buckets[place]))


def _asked(analysis: Any, journeys: Journeys, options: Any, parts: Parts | None) -> _Asked:
    # The Result says what was asked, so that it can be asked again.
    journeys = replace(journeys, about=replace(journeys.about, asked=(analysis.name, options)))
    parts, earlier, then = parts or journeys.parts, journeys.earlier, None
    if parts is not None and earlier is not None and hasattr(analysis, "exchange"):
        then = _told(analysis, options, replace(journeys.about, last=earlier.last), parts)
    told = _told(analysis, options, journeys.about, parts)
    check_words(options)
    return _Asked(analysis, journeys, *told, then)


def _told(analysis: Any, options: Any, about: About, parts: Parts | None) -> tuple[Any, Question | None]:
    """Returns the options as they are measured, and what knows the Parts of the question."""
    if hasattr(analysis, "aware"):
        options = analysis.aware(options, about)
    regarded = analysis.regards(options) if hasattr(analysis, "regards") else options
    return options, None if parts is None else parts.asked(analysis, regarded)


def _kept(asked: _Asked) -> Any:
    """Returns the Part of all buckets when it is known, or follows from what was known of earlier; else None."""
    journeys, known = asked.journeys, asked.known
    if known is None:
        return None
    found = known.whole(journeys.sign)
    if found is None and journeys.earlier is not None and asked.then is not None:
        found = _exchanged(asked, journeys.earlier, *asked.then)
        if found is not None:
            known.keep(journeys.sign, found)
    return found


def _exchanged(asked: _Asked, earlier: Earlier, then: Any, known: Question | None) -> Any:
    """Returns the Part of all as it follows from what it was, and who changed since; None when it does not."""
    analysis = asked.analysis
    windows = analysis.ripens(then, asked.options) if hasattr(analysis, "ripens") else ()
    before = None if known is None or windows is None else known.whole(earlier.sign)
    if before is None:
        return None
    was, now = earlier.changed(windows)
    try:
        return _settled(analysis, analysis.exchange(before, analysis.measure(was, then), asked.measure(now)))
    except NotExchanged:
        return None


def _settled(analysis: Any, part: Any) -> Any:
    return analysis.settled(part) if hasattr(analysis, "settled") else part


def _measured_all(asked: Sequence[_Asked], threads: int | None, on_bucket: Heard | None) -> list[Any]:
    """Returns the Part of all buckets for each that is asked, measured here or by the workers, or known already."""
    journeys = asked[0].journeys
    count = len(journeys.buckets)
    if journeys.workers is not None:
        return _measured_elsewhere(asked, on_bucket)
    workers = max(1, min(threads or os.cpu_count() or 1, count))
    gathered: list[list[tuple[int, Any]]] = [[] for _ in asked]
    for done, parts in enumerate(_in_turn(lambda place: [one.part(place) for one in asked], count, workers), start=1):
        for own, part, one in zip(gathered, parts, asked, strict=True):
            _add(own, part, one.analysis.merge)
        if on_bucket is not None:
            on_bucket(done, count)
    return [_as_one(own, one.analysis.merge) for own, one in zip(gathered, asked, strict=True)]


def _measured_elsewhere(asked: Sequence[_Asked], on_bucket: Heard | None) -> list[Any]:
    """Returns what the workers measured, one question after another."""
    workers, many = asked[0].journeys.workers, len(asked)
    assert workers is not None
    crew = Crew(workers, None if on_bucket is None else lambda share: on_bucket(round(share * SHARES), SHARES))
    found = []
    for place, one in enumerate(asked):
        journeys = replace(one.journeys, workers=crew.at((place / many, (place + 1) / many)))
        found.append(_elsewhere(one.analysis, journeys, one.options, one.known))
    if on_bucket is not None:
        on_bucket(SHARES, SHARES)
    return found


def _as_one(parts: list[tuple[int, Any]], merge: Callable[[Any, Any], Any]) -> Any:
    """Returns all parts merged, the smallest first, each let go when it is in."""
    _, found = parts.pop()
    while parts:
        found = merge(found, parts.pop()[1])
    return found


def _in_turn(work: Callable[[int], Any], count: int, workers: int) -> Iterator[Any]:
    """Yields what `work` makes of 0, 1, 2 ...; made by several threads, of which none is far ahead of the slowest."""
    waiting: deque[Future[Any]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        for place in range(count):
            waiting.append(pool.submit(work, place))
            if len(waiting) == 2 * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _elsewhere(analysis: Any, journeys: Journeys, options: Any, known: Question | None) -> Any:
    """Returns the merged Part of all buckets, of which workers measure those that are not known.

    Workers that see the store keep what they measured; answers of others come merged.
    """
    workers = journeys.workers
    assert workers is not None
    sent = parcels(journeys, shared=workers.shared)
    measure = partial(_measured, analysis, options, journeys.about.names)
    if known is None or not workers.shared:
        return workers.reduced(sent, measure, analysis.merge)
    with ThreadPoolExecutor() as pool:
        found = list(pool.map(known.read, journeys.generations))
    told = [one for one in found if one is not None]
    asked = zip(journeys.generations, sent, found, strict=True)
    new = [(generation, parcel) for generation, parcel, one in asked if one is None]
    if new:
        told.append(workers.reduced(new, partial(_kept_there, known, measure), analysis.merge))
    return reduce(analysis.merge, told)


def _kept_there(known: Question, measure: Callable[[Parcel], Any], piece: tuple[str, Parcel]) -> Any:
    """On a worker: the part of one bucket, which is kept for the next time."""
    generation, sent = piece
    return known.part(generation, partial(measure, sent))


def _measured(analysis: Any, options: Any, names: Names, sent: Parcel) -> Any:
    """On a worker: the part of one bucket."""
    return analysis.measure(sent.bucket(names), options)


def _add(parts: list[tuple[int, Any]], part: Any, merge: Callable[[Any, Any], Any]) -> None:
    """Merges equals with equals while buckets are still being measured, as a counter carries its ones.

    So each value is copied as often as the number of buckets has bits, and few parts wait.
    """
    size = 1
    while parts and parts[-1][0] == size:
        part, size = merge(parts.pop()[1], part), size * 2
    parts.append((size, part))
