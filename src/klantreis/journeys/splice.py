"""Puts new events in a bucket that stands on a map already: only the persons they are of are matched and cut anew.

They are placed twice, without the new events and with them. So it is known what they were, which is kept beside the
bucket: who measured the journeys before need only look at them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np

from klantreis.engines.base import Engine, Query
from klantreis.journeys.append import reading
from klantreis.journeys.fetch import PERSON
from klantreis.journeys.manifest import EventFile, Manifest, Placed, Stored
from klantreis.journeys.model import Names
from klantreis.journeys.put import Laid, Matched, Spot, laid, met_in, written
from klantreis.journeys.woven import NOBODY, TOUCHED, Arrays, Keys, of, woven
from klantreis.map.model import JourneyMap

MOST = 0.25
"""Where more than this share of the events is of persons with new ones, a bucket is placed as a whole."""

Files = tuple[EventFile, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """The persons of a bucket with new events: their keys, and their events as they were and as they are."""

    people: Keys
    was: Matched
    now: Matched


def changed(
    engine: Engine, folder: Path, manifest: Manifest, files: tuple[Files, Files], given: tuple[JourneyMap, str]
) -> Changed | None:
    """Returns who has new events; None when they are so many that the whole bucket may as well be placed.

    `files`: with the events that were placed, and with the new ones; `given`: the map and the time zone of its dates.
    """
    older, newer = (
        reading([folder / event.file.path for event in some], name=name)
        for some, name in zip(files, ("older", "newer"), strict=True)
    )
    people = engine.table("people", newer.then("people", f"SELECT DISTINCT {PERSON} AS key FROM newer"))
    theirs = Query((*people.steps, *older.steps), older.values)
    kept = engine.table("kept", theirs.then("kept", f"SELECT * FROM older WHERE {PERSON} IN (SELECT key FROM people)"))
    ((rows,),) = engine.rows(kept.then("counted", "SELECT count(*) FROM kept"))
    if rows > MOST * sum(event.rows for event in files[0]):
        return None
    both = Query((*kept.steps, *newer.steps), newer.values)
    both = engine.table("both", both.then("both", "SELECT * FROM kept UNION ALL BY NAME SELECT * FROM newer"))
    keys = engine.arrays(people)["key"]
    return Changed(
        np.sort(cast(Keys, keys)),
        met_in(engine, folder, manifest, kept, given),
        met_in(engine, folder, manifest, both, given),
    )


def splice(found: Changed, names: Names, map_: JourneyMap, *, bits: int, spot: Spot, old: Placed, base: bool) -> Placed:
    """Writes a bucket anew with some persons as they are now; returns what was written.

    `old`: as it was placed. `base`: what it was is to be told since `old`; False: since what `old` itself tells of.
    """
    was, now = (laid(one, names, map_, bits=bits) for one in (found.was, found.now))
    arrays = _read(spot.store, old.arrays)
    whole = Laid(
        woven([of(arrays, found.people, inside=False), now.arrays]),
        old.outside - was.outside + now.outside,
        old.dropped - was.dropped + now.dropped,
        _overlaps(old.overlaps, was.overlaps, now.overlaps),
    )
    return written(whole, spot, _past(found.people, was.arrays, {} if base else _read(spot.store, old.was)))


def _past(people: Keys, was: Arrays, longer_ago: Arrays) -> Arrays:
    """Returns what persons were, those who changed longer ago as they were then."""
    earlier = longer_ago.pop(TOUCHED, NOBODY)
    fresh = of(was, np.setdiff1d(people, earlier))
    return woven([longer_ago, fresh] if longer_ago else [fresh]) | {TOUCHED: np.union1d(people, earlier)}


def _overlaps(*three: tuple[tuple[str, str, str, int], ...]) -> tuple[tuple[str, str, str, int], ...]:
    old, was, now = (Counter({tuple(who): events for *who, events in one}) for one in three)
    old.subtract(was)
    old.update(now)
    return tuple(cast(Any, (*who, events)) for who, events in sorted(old.items()) if events)


def _read(store: Path, files: tuple[Stored, ...]) -> Arrays:
    return {Path(stored.path).stem: np.load(store / stored.path, allow_pickle=False) for stored in files}
