"""Puts new events in a bucket that stands on a map already: only the persons they are of are matched and cut anew.

They are placed twice, without the new events and with them. What they are is written beside the bucket, which stays as
it is; and so is what they were: who measured the journeys before need only look at them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from klantreis.engines.base import Engine, Query, quoted
from klantreis.journeys.append import bucket_of, reading
from klantreis.journeys.aside import Aside, read_aside, write_aside
from klantreis.journeys.assemble import Columns
from klantreis.journeys.conditions import column as property_column
from klantreis.journeys.fetch import PERSON
from klantreis.journeys.manifest import EventFile, Manifest, Placed, Stored
from klantreis.journeys.match import matched, overlaps
from klantreis.journeys.model import Names
from klantreis.journeys.put import Laid, Matched, Spot, claims, coded_in, laid, written
from klantreis.journeys.woven import Arrays, Keys, of, woven
from klantreis.map.model import JourneyMap

MOST = 0.25
"""Where more than this share of the events is of persons with new ones, a bucket is placed as a whole."""

ASIDE = 0.125
"""Where more than this share of the touches stand beside a bucket, it is written anew with them in it."""

LOT = 1 << 24
"""So many events are looked through at once for those of the persons with new ones, or one bucket."""

FRESH, BUCKET = '"#fresh"', '"#bucket"'
PLAIN = {"person", "at", "event", "sequence", "source", "channel", "value", "score", "detail"}
"""Columns that every map needs; `key` besides, where nothing else tells which of two events comes first."""

Files = tuple[EventFile, ...]
Several = Mapping[int, tuple[Files, Files]]
"""Per bucket the files with the events that were placed, and with the new ones."""


@dataclass(frozen=True, slots=True)
class Changed:
    """The persons of a bucket with new events: their keys, their events as they were and as they are, and of the new
    ones those that two matchers claim.
    """

    people: Keys
    was: Columns
    now: Columns
    claimed: tuple[tuple[str, str, str, int], ...]


def lot_of(several: Several, bucket: int) -> Several:
    """Returns some buckets from this one on, together no more than can be looked through at once."""
    lot: dict[int, tuple[Files, Files]] = {}
    rows = 0
    for number in sorted(number for number in several if number >= bucket):
        rows += sum(event.rows for event in several[number][0])
        if lot and rows > LOT:
            break
        lot[number] = several[number]
    return lot


def changed(
    engine: Engine, folder: Path, manifest: Manifest, several: Several, given: tuple[JourneyMap, str]
) -> dict[int, Changed | None]:
    """Returns who has new events; None when they are so many that the whole bucket may as well be placed.

    `given`: the map and the time zone of its dates.
    """
    older, newer = (
        reading([folder / event.file.path for files in several.values() for event in files[which]], name=name)
        for which, name in enumerate(("older", "newer"))
    )
    people = engine.table("people", newer.then("people", f"SELECT DISTINCT {PERSON} AS key FROM newer"))
    columns = [*_asked(engine, older, given), f"{bucket_of(PERSON, manifest.bits)} AS {BUCKET}"]

    def theirs(*more: str) -> Query:
        asked = f"SELECT {', '.join([*columns, *more])} FROM older WHERE {PERSON} IN (SELECT key FROM people)"
        return engine.table("kept", Query((*people.steps, *older.steps), older.values).then("kept", asked))

    kept = theirs()
    if _tied(engine, kept, newer):
        kept = theirs("key")
    rows = dict(engine.rows(kept.then("counted", f"SELECT {BUCKET}, count(*) FROM kept GROUP BY ALL")))
    few = [bucket for bucket, (old, _) in several.items() if rows.get(bucket, 0) <= MOST * sum(e.rows for e in old)]
    found: dict[int, Changed | None] = dict.fromkeys(several)
    return found | (_of_few(engine, folder, manifest, (kept, newer, few), given) if few else {})


def _tied(engine: Engine, kept: Query, newer: Query) -> bool:
    """Says whether events of a person stand at one moment and one place of a source: then their keys decide.

    Keys take as long to read as all that is asked of the old events besides, and hardly ever decide anything.
    """
    told = f'{PERSON} AS key, "at", source, sequence'
    both = Query((*kept.steps, *newer.steps), newer.values).then(
        "places", f"SELECT {told} FROM kept UNION ALL SELECT {told} FROM newer"
    )
    ((tied,),) = engine.rows(both.then("tied", "SELECT count(*) > count(DISTINCT hash(places)) FROM places"))
    return bool(tied)


def _asked(engine: Engine, older: Query, given: tuple[JourneyMap, str]) -> list[str]:
    """Returns the columns that the map looks at: a column that nobody looks at need not be unpacked."""
    map_, time_zone = given
    columns = list(engine.columns(older))
    properties = [name.removeprefix("p.") for name in columns if name.startswith("p.")]
    text = matched(older, map_, properties, time_zone).sql()
    text += (map_.journey.by and property_column(map_.journey.by, properties)) or ""
    return [quoted(name) for name in columns if name in PLAIN or quoted(name) in text]


def _of_few(
    engine: Engine,
    folder: Path,
    manifest: Manifest,
    asked: tuple[Query, Query, list[int]],
    given: tuple[JourneyMap, str],
) -> dict[int, Changed]:
    """Returns who changed of these buckets: matched together, then each apart."""
    kept, newer, few = asked
    come = f"SELECT *, {bucket_of(PERSON, manifest.bits)} AS {BUCKET}, true AS {FRESH} FROM newer"
    both = Query((*kept.steps, *newer.steps), newer.values).then(
        "both",
        f"SELECT * FROM (SELECT *, false AS {FRESH} FROM kept UNION ALL BY NAME {come}) "
        f"WHERE list_contains($few, {BUCKET})",
        few=few,
    )
    more = {"#fresh": f"{FRESH}::UTINYINT", "#bucket": f"{BUCKET}::INTEGER"}
    coded = coded_in(engine, folder, manifest, both, given, more=more)
    fresh, bucket = (coded.columns.pop(name) for name in more)
    fresh_rows = coded.rows.then("fresh_rows", f"SELECT * FROM met WHERE {FRESH}")
    claimed: dict[int, list[Any]] = {}
    for *claim, number in claims(
        engine, overlaps(fresh_rows, given[0], coded.properties, given[1], per=BUCKET), given[0]
    ):
        claimed.setdefault(number, []).append(tuple(claim))
    found = {}
    for number in few:
        rows = np.flatnonzero(bucket == number)
        now, was = coded.columns_of(rows), coded.columns_of(rows[fresh[rows] == 0])
        found[number] = Changed(np.unique(now.key), was, now, tuple(claimed.get(number, ())))
    return found


def splice(
    found: Changed, names: Names, map_: JourneyMap, *, bits: int, spot: Spot, old: Placed, known: tuple[Aside, Aside]
) -> Placed:
    """Writes who changed of a bucket beside it, as they were and as they are; returns what was written.

    `old`: as it was placed. `known`: who stand beside it already, and what those were who changed before. Where many
    stand beside it, the bucket is written anew with them in it.
    """
    was, now = (laid(Matched(one, ()), names, map_, bits=bits) for one in (found.was, found.now))
    beside, past = known[0].changed(found.people, now.arrays), _past(found.people, was.arrays, known[1])
    outside, dropped = old.outside - was.outside + now.outside, old.dropped - was.dropped + now.dropped
    overlaps_ = _overlaps(old.overlaps, found.claimed)
    if beside.arrays["at"].nbytes > ASIDE * _size(old.arrays, "at"):
        made = written(Laid(beside.over(_read(spot.store, old.arrays)), outside, dropped, overlaps_), spot)
    else:
        files = write_aside(spot.store, spot.path / "beside.part", beside)
        made = Placed(spot.bucket, spot.made_from, old.arrays, outside, dropped, overlaps_, beside=files)
    return replace(made, was=write_aside(spot.store, spot.path / "was.part", past))


def put_together(old: Placed, spot: Spot) -> Placed:
    """Writes a bucket anew with the persons who stand beside it in it; returns what was written. What it is made from,
    and what persons were, stays. Raises OSError or ValueError when it cannot be read.
    """
    arrays = read_aside(spot.store, old.beside).over(_read(spot.store, old.arrays))
    made = written(Laid(arrays, old.outside, old.dropped, old.overlaps), spot)
    return replace(made, was=old.was)


def _past(people: Keys, was: Arrays, earlier: Aside) -> Aside:
    """Returns what persons were, those who changed longer ago as they were then."""
    fresh = of(was, np.setdiff1d(people, earlier.gone))
    return Aside(np.union1d(people, earlier.gone), woven([earlier.arrays, fresh]) if earlier else fresh)


def _size(files: tuple[Stored, ...], name: str) -> int:
    return sum(stored.size for stored in files if Path(stored.path).stem == name)


def _overlaps(*several: tuple[tuple[str, str, str, int], ...]) -> tuple[tuple[str, str, str, int], ...]:
    found: Counter[Any] = Counter()
    for *who, events in (claim for one in several for claim in one):
        found[tuple(who)] += events
    return tuple((*who, events) for who, events in sorted(found.items()))


def _read(store: Path, files: tuple[Stored, ...]) -> Arrays:
    return {Path(stored.path).stem: np.load(store / stored.path, allow_pickle=False) for stored in files}
