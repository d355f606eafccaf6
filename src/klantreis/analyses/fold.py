"""The one way every measure is computed: measure each bucket, merge the parts, finish once.

An analysis is a module with `name`, `Options`, `measure(bucket, options) -> Part`, `merge(Part, Part) -> Part` and
`finish(part, options, about) -> Result`. `merge` is associative and commutative, so any split into buckets and any
order of merging give the same Result: threads, memory bounds, caches and clusters all follow from that.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial, reduce
from typing import Any, Protocol

from klantreis.journeys.model import About, Bucket, Journeys, Names
from klantreis.journeys.travel import Parcel, parcels
from klantreis.stats.exchange import NotExchanged


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
    on_bucket: Callable[[int, int], None] | None = None,
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
    are measured, as they were and as they are.
    """
    # The Result says what was asked, so that it can be asked again.
    journeys = replace(journeys, about=replace(journeys.about, asked=(analysis.name, options)))
    if hasattr(analysis, "aware"):
        options = analysis.aware(options, journeys.about)
    parts = parts or journeys.parts
    known = None if parts is None else parts.asked(analysis, _regarded(analysis, options))
    found = None if known is None else _kept(analysis, journeys, options, known)
    if found is None:
        found = _measured_all(analysis, journeys, options, (threads, on_bucket, known))
        if known is not None:
            known.keep(journeys.sign, found)
    elif on_bucket is not None:
        on_bucket(len(journeys.buckets), len(journeys.buckets))
    return analysis.finish(found, options, journeys.about)


def _regarded(analysis: Any, options: Any) -> Any:
    return analysis.regards(options) if hasattr(analysis, "regards") else options


def _kept(analysis: Any, journeys: Journeys, options: Any, known: Question) -> Any:
    """Returns the Part of all buckets when it is known, or follows from what was known of earlier; else None."""
    found, earlier = known.whole(journeys.sign), journeys.earlier
    if found is not None or earlier is None or not hasattr(analysis, "exchange"):
        return found
    before = known.whole(earlier.sign)
    if before is None:
        return None
    was, now = earlier.changed()
    try:
        found = analysis.exchange(before, analysis.measure(was, options), analysis.measure(now, options))
    except NotExchanged:
        return None
    known.keep(journeys.sign, found)
    return found


How = tuple[int | None, Callable[[int, int], None] | None, Question | None]


def _measured_all(analysis: Any, journeys: Journeys, options: Any, how: How) -> Any:
    """Returns the Part of all buckets, each measured here or by the workers, or known already."""
    threads, on_bucket, known = how
    buckets = journeys.buckets
    if journeys.workers is not None:
        found = _elsewhere(analysis, journeys, options, known)
        if on_bucket is not None:
            on_bucket(len(buckets), len(buckets))
        return found
    workers = max(1, min(threads or os.cpu_count() or 1, len(buckets)))
    generations = journeys.generations

    def measured(place: int) -> Any:
        if known is None:
            return analysis.measure(buckets[place], options)
        return known.part(generations[place], lambda: analysis.measure(buckets[place], options))

    gathered: list[tuple[int, Any]] = []
    with ThreadPoolExecutor(workers) as pool:
        for done, part in enumerate(pool.map(measured, range(len(buckets))), start=1):
            _add(gathered, part, analysis.merge)
            if on_bucket is not None:
                on_bucket(done, len(buckets))
    return reduce(analysis.merge, (part for _, part in reversed(gathered)))


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
