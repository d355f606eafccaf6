"""Opens the journeys of a map from the store: arrays mapped into memory, states settled at the end of the data."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from klantreis.errors import StoreError
from klantreis.journeys.cut import Rule, coded, settled
from klantreis.journeys.manifest import Manifest, Placed, PlacedMap, content, read_manifest
from klantreis.journeys.model import About, Bucket, Journeys, Names
from klantreis.journeys.put import LAST, decides, names_of
from klantreis.map.model import JourneyMap

TRIES = 3
HEADER = 128
"""Bytes before the numbers in a numpy file; a file of just that has none, and cannot be mapped."""


def open_journeys(folder: Path, map_: JourneyMap, *, time_zone: str = "UTC", currency: str = "EUR") -> Journeys:
    """Returns the journeys of a map as they were last placed; the arrays are read when they are looked at.

    `counts` are those of all loads (read = stored + duplicate + rejected), and `dropped`: events left out because
    their matcher takes the first or last of a journey only. Nothing stored: one empty bucket.
    Raises StoreError when the map was not placed yet, or was changed since, or files are missing.
    """
    for turn in range(TRIES):
        manifest = read_manifest(folder)
        placed = manifest.placed(map_.id)
        if placed is None or placed.made_from != decides(map_, time_zone):
            raise StoreError(
                f"The journeys of map {map_.id!r} are not made yet, or the map changed since.",
                where=str(folder),
                mend="Run: klantreis load",
            )
        try:
            return _opened(folder, manifest, placed, (map_, time_zone, currency))
        except (OSError, ValueError, TypeError) as error:
            # A writer may have replaced the files between our two looks; the next look names the new ones.
            if turn == TRIES - 1:
                raise StoreError(
                    f"The journeys of map {map_.id!r} cannot be opened: {error}.",
                    where=str(folder / "journeys"),
                    mend="Run: klantreis doctor. The journeys may be removed and made again; the events are apart.",
                ) from error
    raise AssertionError("the last turn returns or raises")


def counts(manifest: Manifest) -> dict[str, int]:
    """Returns read, stored, duplicate and rejected over all loads of all sources."""
    return {
        role: sum(getattr(load, role) for load in manifest.loads)
        for role in ("read", "stored", "duplicate", "rejected")
    }


def version(manifest: Manifest, rules: str = "") -> str:
    """Returns a hash of which events the store holds, and of the map's rules when given."""
    whose = [manifest.identity.made_from] if manifest.identity.kinds else []
    told = content(manifest.events), whose, rules
    return hashlib.blake2b(repr(told).encode(), digest_size=8).hexdigest()


def _opened(folder: Path, manifest: Manifest, placed: PlacedMap, given: tuple[JourneyMap, str, str]) -> Journeys:
    map_, time_zone, currency = given
    names = names_of(manifest, map_)
    rule = coded(map_.journey, names.touchpoints, manifest.last)
    overlaps: Counter[tuple[str, str, str]] = Counter()
    for bucket in placed.buckets:
        for event, taken, other, events in bucket.overlaps:
            overlaps[event, taken, other] += events
    about = About(
        names=names,
        first=manifest.first,
        last=manifest.last,
        grain=map_.journey.by or "person",
        map=map_.id,
        version=version(manifest, placed.made_from),
        time_zone=time_zone,
        currency=currency,
        identity=manifest.identity.recognised if manifest.identity.kinds else None,
    )
    words = _hash(placed.made_from, replace(names, details=())), _hash(names.details)
    buckets = tuple(_bucket(folder, bucket, (names, *words), rule) for bucket in placed.buckets)
    return Journeys(
        buckets or (empty(names),),
        about,
        overlaps=tuple((*who, events) for who, events in sorted(overlaps.items())),
        outside=sum(bucket.outside for bucket in placed.buckets),
        counts={**counts(manifest), "dropped": sum(bucket.dropped for bucket in placed.buckets)},
    )


def _bucket(folder: Path, placed: Placed, told: tuple[Names, str, str], rule: Rule) -> Bucket:
    names, rules, words = told
    found = {Path(stored.path).stem: _array(folder / stored.path) for stored in placed.arrays}
    last = cast(NDArray[np.int64], found.pop(LAST))
    state = settled(cast(NDArray[np.int8], found.pop("state")), last, rule)
    # A journey times out because the end of the data moves on: then its bucket says something else than it did.
    content = hashlib.blake2b(f"{rules} {placed.made_from}".encode() + state.tobytes(), digest_size=8).hexdigest()
    generation = f"{placed.made_from}-{content}" + ("" if "detail" not in found else f"+{words}")
    return Bucket(names=names, state=state, generation=generation, **cast(dict[str, Any], found))


def _hash(*told: object) -> str:
    return hashlib.blake2b(repr(told).encode(), digest_size=8).hexdigest()


def empty(names: Names) -> Bucket:
    """Returns a bucket of nobody, so that every analysis has one answer for nothing."""
    none = np.empty(0, dtype=np.int64)
    return Bucket(
        names=names,
        at=none,
        touch=none.astype(np.int32),
        event=none.astype(np.int32),
        start=np.zeros(1, dtype=np.int64),
        person=none,
        state=none.astype(np.int8),
        segments=none.astype(np.uint64),
        keys=none.astype(np.uint64),
    )


def _array(path: Path) -> NDArray[np.generic]:
    # Copy-on-write rather than read-only: a kernel compiled for one kind of array then serves files and memory alike.
    mapped = path.stat().st_size > HEADER
    return np.asarray(np.load(path, mmap_mode="c" if mapped else None, allow_pickle=False))
