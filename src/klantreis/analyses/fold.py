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


class Analysis(Protocol):
    """What a module must offer to be folded."""

    name: str

    def measure(self, bucket: Bucket, options: Any) -> Any:
        """Returns the mergeable part of one bucket."""

    def merge(self, one: Any, other: Any) -> Any:
        """Returns two parts as one; associative and commutative."""

    def finish(self, part: Any, options: Any, about: About) -> Any:
        """Returns the Result from the one part that is left."""


class Parts(Protocol):
    """What knows the Parts of buckets that were measured before; see `journeys.parts`."""

    def asked(self, analysis: Any, options: Any) -> Callable[[str, Callable[[], Any]], Any]:
        """Returns what gives the Part of a bucket, by its generation and what measures it if it is not known."""


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
    `aware(options, about) -> Options`. `parts` gives the Parts that are known already, and keeps the others.
    """
    # The Result says what was asked, so that it can be asked again.
    journeys = replace(journeys, about=replace(journeys.about, asked=(analysis.name, options)))
    if hasattr(analysis, "aware"):
        options = analysis.aware(options, journeys.about)
    buckets = journeys.buckets
    if journeys.workers is not None:
        found = _elsewhere(analysis, journeys, options, parts)
        if on_bucket is not None:
            on_bucket(len(buckets), len(buckets))
        return analysis.finish(found, options, journeys.about)
    workers = max(1, min(threads or os.cpu_count() or 1, len(buckets)))
    known = None if parts is None else parts.asked(analysis, options)
    generations = journeys.generations

    def measured(place: int) -> Any:
        if known is None:
            return analysis.measure(buckets[place], options)
        return known(generations[place], lambda: analysis.measure(buckets[place], options))

    gathered: list[tuple[int, Any]] = []
    with ThreadPoolExecutor(workers) as pool:
        for done, part in enumerate(pool.map(measured, range(len(buckets))), start=1):
            _add(gathered, part, analysis.merge)
            if on_bucket is not None:
                on_bucket(done, len(buckets))
    return analysis.finish(reduce(analysis.merge, (part for _, part in reversed(gathered))), options, journeys.about)


class _Unknown(Exception):
    """The Part of a bucket is not kept."""


def _elsewhere(analysis: Any, journeys: Journeys, options: Any, parts: Parts | None) -> Any:
    """Returns the merged Part of all buckets, of which workers measure those that are not known.

    Workers that see the store keep what they measured; answers of others come merged, so there is nothing to keep.
    """
    names, workers = journeys.about.names, journeys.workers
    assert workers is not None
    sent = parcels(journeys, shared=workers.shared)
    if parts is None or not workers.shared:
        return workers.reduced(sent, partial(_measured, analysis, options, names), analysis.merge)
    known = parts.asked(analysis, options)
    with ThreadPoolExecutor() as pool:
        found = list(pool.map(partial(_known, known), journeys.generations))
    told = [one for one in found if one is not _UNKNOWN]
    asked = zip(journeys.generations, sent, found, strict=True)
    new = [(generation, parcel) for generation, parcel, one in asked if one is _UNKNOWN]
    if new:
        told.append(workers.reduced(new, partial(_kept, parts, (analysis, options, names)), analysis.merge))
    return reduce(analysis.merge, told)


_UNKNOWN = object()


def _known(known: Callable[[str, Callable[[], Any]], Any], generation: str) -> Any:
    """Returns the Part of a bucket that is kept, else `_UNKNOWN`."""
    try:
        return known(generation, _unknown)
    except _Unknown:
        return _UNKNOWN


def _unknown() -> Any:
    raise _Unknown


def _kept(parts: Parts, asked: tuple[Any, Any, Names], piece: tuple[str, Parcel]) -> Any:
    """On a worker: the part of one bucket, which is kept for the next time."""
    analysis, options, names = asked
    generation, sent = piece
    return parts.asked(analysis, options)(generation, partial(_measured, analysis, options, names, sent))


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
