"""Puts one bucket of stored events on a map: matched in SQL, sorted and cut in arrays, written as plain numpy files."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.engines.base import Engine, Query
from klantreis.errors import StoreError
from klantreis.journeys.append import reading
from klantreis.journeys.assemble import Columns, Sorted, Taking, assembled, in_order
from klantreis.journeys.behaviour import settled
from klantreis.journeys.conditions import column as property_column
from klantreis.journeys.cut import Cuts, Rule, by_name, by_rule, coded, last_moments
from klantreis.journeys.disk import checksum
from klantreis.journeys.fetch import AMOUNTS, fetch
from klantreis.journeys.manifest import EventFile, Manifest, Placed, Stored
from klantreis.journeys.match import matched, overlaps
from klantreis.journeys.model import NO_SCORE, NO_VALUE, Names
from klantreis.journeys.woven import LAST, Arrays
from klantreis.labels import Label
from klantreis.map.arms import groups
from klantreis.map.model import JourneyMap

REQUIRED = ("at", "touch", "event", "start", "person", "state", "segments", "keys")
OPTIONAL = ("channel", "detail", "value", "score", "survey", "flags")
LONG_AGO = -(1 << 62)


@dataclass(frozen=True, slots=True)
class Matched:
    """One bucket's events with their codes, and the events that two matchers claimed."""

    columns: Columns
    overlaps: tuple[tuple[str, str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a bucket is written: the store's folder, the bucket's folder in it, its number and what it is made from."""

    store: Path
    path: Path
    bucket: int
    made_from: str


@dataclass(frozen=True, slots=True)
class Laid:
    """Events cut into journeys, as arrays, and what is told of those that are in none (see `Placed`)."""

    arrays: Arrays
    outside: int
    dropped: int
    overlaps: tuple[tuple[str, str, str, int], ...]


def decides(map_: JourneyMap, time_zone: str) -> str:
    """Returns a hash of all that decides where events are put: other words or phases in a map change nothing."""
    told = [(touch.id, touch.matcher, touch.failed_when, touch.survey) for touch in map_.touchpoints]
    steps = [(step.touchpoints, step.survey) for _, step in map_.steps() if step.survey is not None]
    surveys = [(survey.id, survey.matcher) for survey in map_.surveys]
    segments = [(segment.id, segment.any_of) for segment in groups(map_)]
    rule = (map_.journey.start, map_.journey.end, map_.journey.timeout_seconds, map_.journey.by)
    return hashlib.blake2b(repr((told, steps, surveys, segments, rule, time_zone)).encode(), digest_size=8).hexdigest()


def names_of(manifest: Manifest, map_: JourneyMap) -> Names:
    """Returns what the codes mean on this map."""
    return Names(
        touchpoints=tuple(touch.id for touch in map_.touchpoints),
        events=manifest.names.get("events", ()),
        channels=manifest.names.get("channels", ()),
        details=manifest.names.get("details", ()),
        surveys=tuple(survey.id for survey in map_.surveys),
        segments=tuple(segment.id for segment in groups(map_)),
    )


def met(
    engine: Engine, folder: Path, manifest: Manifest, files: tuple[EventFile, ...], given: tuple[JourneyMap, str]
) -> Matched:
    """Returns the events of one bucket, matched with a map, in the order that decides ties.

    `given`: the map and the time zone of its dates. Ties follow the order of the sources, then the place in them.
    """
    return met_in(engine, folder, manifest, reading([folder / event.file.path for event in files]), given)


def met_in(engine: Engine, folder: Path, manifest: Manifest, events: Query, given: tuple[JourneyMap, str]) -> Matched:
    """Returns the same of some events of a bucket, of whole persons."""
    coded_ = coded_in(engine, folder, manifest, events, given)
    claimed = overlaps(coded_.rows, given[0], coded_.properties, given[1])
    return Matched(coded_.columns_of(), claims(engine, claimed, given[0]))


def claims(engine: Engine, claimed: Query | None, map_: JourneyMap) -> tuple[Any, ...]:
    """Returns (event, touchpoint taken, touchpoint passed over, events, ...) of what `match.overlaps` asks."""
    names = [touch.id for touch in map_.touchpoints]
    found = [] if claimed is None else engine.rows(claimed)
    return tuple((event, names[taken], names[other], *rest) for event, taken, other, *rest in found)


@dataclass(frozen=True, slots=True)
class Coded:
    """Events matched with a map, in the order that decides ties; `rows` reads them, with all their columns."""

    columns: dict[str, NDArray[Any]]
    rows: Query
    properties: tuple[str, ...]

    def columns_of(self, places: Any = slice(None)) -> Columns:
        """Returns the events at these places, without columns that say nothing of them."""
        return _needed({name: column[places] for name, column in self.columns.items()})


def coded_in(
    engine: Engine,
    folder: Path,
    manifest: Manifest,
    events: Query,
    given: tuple[JourneyMap, str],
    *,
    more: Mapping[str, str] | None = None,
) -> Coded:
    """Returns some events, of whole persons, matched with a map; `more`: further numbers to fetch, name -> SQL."""
    map_, time_zone = given
    properties = tuple(name.removeprefix("p.") for name in engine.columns(events) if name.startswith("p."))
    rows = engine.table("met", matched(events, map_, properties, time_zone))
    ranks = [load.source for load in sorted(manifest.loads, key=lambda load: (load.order, load.source))]
    in_turn = rows.then(
        "in_turn", "SELECT * FROM met ORDER BY list_position($ranks, source), sequence, key", ranks=ranks
    )
    others = {"touch": "touch", "survey": "survey", "flags": "flags", "segments": "segments", **AMOUNTS, **(more or {})}
    if map_.journey.by is not None:
        name = property_column(map_.journey.by, properties) or "NULL"
        others["name"] = f"CASE WHEN {name} IS NULL THEN 0::UBIGINT ELSE hash({name}) END"
    words = {"event": "event", "channel": "channel", "detail": "detail"}
    known = {role: manifest.names.get(f"{role}s", ()) for role in words}
    fetched = fetch(engine, in_turn, words=words, others=others, known=known, unordered=rows)
    _apart(engine, rows, fetched.columns["key"], folder)
    return Coded(fetched.columns, rows, properties)


def put(met_: Matched, names: Names, map_: JourneyMap, *, bits: int, spot: Spot) -> Placed:
    """Cuts a bucket into journeys and writes its arrays; returns what was written."""
    return written(laid(met_, names, map_, bits=bits), spot)


def laid(met_: Matched, names: Names, map_: JourneyMap, *, bits: int) -> Laid:
    """Cuts the events of whole persons into journeys."""
    ready = in_order(met_.columns, bits)
    # No journey has timed out here yet: that depends on the end of the data, which moves; see `opened`.
    cuts = _cut(ready, coded(map_.journey, names.touchpoints, LONG_AGO))
    bucket, outside = assembled(ready, cuts, names, taking=_taking(map_))
    bucket = settled(bucket, map_)
    arrays = {name: getattr(bucket, name) for name in (*REQUIRED, *OPTIONAL)}
    arrays[LAST] = last_moments(cuts.number, ready.columns.at, len(cuts.state))
    found = {name: array for name, array in arrays.items() if array is not None}
    return Laid(found, outside, len(ready.person) - outside - bucket.touches, met_.overlaps)


def written(laid_: Laid, spot: Spot) -> Placed:
    """Writes the arrays of a bucket in a new folder, one file each; returns what was written."""
    spot.path.mkdir(parents=True)
    arrays = tuple(_save(spot, spot.path / f"{name}.npy", array) for name, array in laid_.arrays.items())
    return Placed(spot.bucket, spot.made_from, arrays, laid_.outside, laid_.dropped, laid_.overlaps)


def _cut(ready: Sorted, rule: Rule) -> Cuts:
    columns = ready.columns
    if columns.name is not None:
        return by_name(ready.person, columns.at, columns.touch, columns.name, rule)
    return by_rule(ready.person, columns.at, columns.touch, rule)


def _taking(map_: JourneyMap) -> Taking | None:
    """Returns what says which touches count, for touchpoints that take the first or the last of a journey only."""
    takes = np.array([*((touch.matcher.take if touch.matcher else "any") for touch in map_.touchpoints), "any"])
    if np.all(takes == "any"):
        return None

    def taken(ready: Sorted, number: NDArray[np.int64]) -> NDArray[np.bool_]:
        touch = ready.columns.touch
        kept = np.ones(len(touch), dtype=np.bool_)
        for which, order in (("first", slice(None)), ("last", slice(None, None, -1))):
            rows = np.flatnonzero(takes[touch] == which)[order]
            _, first = np.unique(number[rows] * len(takes) + touch[rows], return_index=True)
            kept[rows] = False
            kept[rows[first]] = True
        return kept

    return taken


def _needed(found: dict[str, Any]) -> Columns:
    """Returns the columns without those that say nothing in this bucket."""
    empty = {"channel": -1, "detail": -1, "survey": -1, "flags": 0, "value": NO_VALUE, "score": NO_SCORE}
    return Columns(
        **{name: array for name, array in found.items() if name not in empty or bool(np.any(array != empty[name]))}
    )


def _apart(engine: Engine, rows: Query, keys: NDArray[np.generic], folder: Path) -> None:
    """Raises StoreError when two persons have one hash: once in millions of shops of a million people."""
    ((people,),) = engine.rows(rows.then("people", "SELECT count(DISTINCT person) FROM met"))
    if people == len(np.unique(keys)):
        return
    shared = "SELECT string_agg(DISTINCT person, ', ') FROM met GROUP BY hash(person) HAVING count(DISTINCT person) > 1"
    ((who,), *_) = engine.rows(rows.then("shared", shared))
    raise StoreError(
        Label(
            f"Twee personen zijn aan hun code niet uit elkaar te houden: {who}.",
            f"Two persons cannot be told apart by their hash: {who}.",
        ),
        where=str(folder),
        mend=Label("Geef een van de twee een andere id.", "Give one of them another id."),
    )


def _save(spot: Spot, path: Path, array: NDArray[np.generic]) -> Stored:
    np.save(path, array)
    return Stored(path.relative_to(spot.store).as_posix(), path.stat().st_size, checksum(path))
