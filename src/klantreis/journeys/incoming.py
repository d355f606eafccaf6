"""What workers do with the rows of a source that comes in: judge a piece of it, find what is new, store a bucket.

Rows move between workers as files in a folder of the store that this load alone has, sorted by where they belong, so
that each of the next workers reads only its stretch of every file:

    incoming/<load>/rows-<piece>-<attempt>.parquet    the good rows of a piece, by place (the top bits of the person)
                    keys-<piece>-<attempt>.parquet    their keys, by part (the top bits of the key's hash)
                    kept-<part>-<attempt>.parquet     those that are new, by place
    events/<generation>/0/bucket=<b>/<attempt>.parquet

A piece that is begun twice, because a worker was lost, is written twice; the answer names one.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from klantreis.engines.base import Query, quoted
from klantreis.engines.duckdb import DuckDbEngine
from klantreis.errors import SourceError
from klantreis.findings import Finding
from klantreis.journeys.append import again_of, content_of, key_of, reading
from klantreis.journeys.elsewhere import desk
from klantreis.journeys.fetch import PERSON
from klantreis.labels import Label
from klantreis.log.forgotten import without_forgotten
from klantreis.log.growth import Mark
from klantreis.log.identity import USUAL, Rules
from klantreis.log.look import Looked, looked
from klantreis.log.model import CheckedRows, Source
from klantreis.log.piece_look import look, look_inside
from klantreis.log.piece_read import read_piece
from klantreis.log.pieces import Piece, Pieces, Seen
from klantreis.log.quality import refused
from klantreis.log.read import judged
from klantreis.log.reading import Reading

TOP = 20
"""Top bits of a hash by which rows are sorted; buckets and parts are cut by fewer of them."""

GROUP = 20_480
"""Rows that are read together of a sorted file."""


@dataclass(frozen=True, slots=True)
class Load:
    """What all pieces of one load share. `folder`: the store; `target`: this load's own folder in it."""

    folder: Path
    target: Path
    hash_check: int
    source: Source
    forgotten: tuple[str, ...] = ()
    salt: str = ""
    rules: Rules = field(default=USUAL)
    unordered: bool = False
    """Rows of a table have no order: of equal moments the key decides, of equal keys what the rows say."""
    mark: Mark | None = None
    """How far a table that grows was read before; None: all of it is asked."""
    now: datetime | None = None


@dataclass(frozen=True, slots=True)
class Came:
    """What came of one piece. `good` and `bad`: rows the reader counted; `read` and `stored`: events, and good ones."""

    number: int
    good: int
    bad: int
    read: int
    stored: int
    refused: tuple[tuple[str, int], ...]
    listed: str
    lined: bool
    rows: str
    keys: str
    properties: tuple[str, ...]
    ids: tuple[str, ...]
    looks: tuple[Looked, ...]
    findings: tuple[Finding, ...]
    mark: Mark | None = None
    """How far a table that grows was read in this piece."""


@dataclass(frozen=True, slots=True)
class Kept:
    """New events of one part: how many, and the file that tells which."""

    path: str
    events: int


def seen(load: Load, cut: Pieces, piece: Piece) -> list[Seen]:
    """On a worker: takes a first look at a piece of text."""
    _there(piece)
    if cut.kind == "csv":
        return [look(piece)]
    with at_desk(load) as (engine, scratch):
        return [look_inside(engine, cut, piece, scratch)]


def came(load: Load, cut: Pieces, piece: Piece) -> list[Came]:
    """On a worker: judges the rows of a piece, and writes the good ones and the list of the others."""
    _there(piece)
    with at_desk(load) as (engine, scratch):
        return [came_from(engine, load, cut, (piece.number, read_piece(engine, cut, piece, scratch)), scratch)]


def known(load: Load, number: int, files: Sequence[Path]) -> str:
    """On a worker: writes the keys of stored events, sorted by part; returns the file."""
    with at_desk(load) as (engine, _):
        keys = reading(list(files)).then("keys", f"SELECT {_top('hash(key)')} AS part, key FROM events ORDER BY part")
        path = load.target / f"known-{number}-{attempt()}.parquet"
        engine.write(keys, path, group=GROUP)
        return str(path)


def kept(load: Load, keys: Sequence[str], stored: Sequence[str], before: Mapping[int, int], part: range) -> list[Kept]:
    """On a worker: finds which events of a part are new, the first one of each key; `before`: sequence before a piece.

    Of rows that are kept though they are equal, the second, third, ... get a key of their own.
    """
    within = f"part BETWEEN {part.start} AND {part.stop - 1}"
    query = Query(
        (
            ("before", "SELECT unnest($pieces::INTEGER[]) AS piece, unnest($bases::BIGINT[]) AS base"),
            (
                "coming",
                "SELECT key, spot, place, sequence + base AS turn FROM read_parquet($keys) JOIN before USING (piece) "
                f"WHERE {within}",
            ),
        ),
        {"keys": list(keys), "pieces": list(before), "bases": list(before.values())},
    )
    if load.source.duplicates == "keep":
        again = "row_number() OVER (PARTITION BY key ORDER BY turn, spot)"
        each = f"CASE WHEN {again} = 1 THEN key ELSE {again_of('key', again)} END AS key"
        query = query.then("coming_again", f"SELECT * REPLACE ({each}) FROM coming")
    first = "SELECT key, min((turn, spot, place)) AS one FROM "
    query = query.then("first", f"{first}{query.steps[-1][0]} GROUP BY key")
    if stored:
        query = query.then("stored", f"SELECT key FROM read_parquet($stored) WHERE {within}", stored=list(stored))
        query = query.then("unseen", "SELECT * FROM first ANTI JOIN stored USING (key)")
    query = query.then("kept", f"SELECT one[2] AS spot, one[3] AS place, key FROM {query.steps[-1][0]} ORDER BY place")
    with at_desk(load) as (engine, _):
        path = load.target / f"kept-{part.start}-{attempt()}.parquet"
        engine.write(query, path, group=GROUP)
        ((events,),) = engine.rows(Query((("all", "SELECT count(*) FROM read_parquet($kept)"),), {"kept": str(path)}))
        return [Kept(str(path), int(events))]


def placed_by(ids: Sequence[str]) -> str:
    """Returns SQL for the hash by which an event finds its bucket: of its person, else of the first other id it has."""
    return f"hash(coalesce(person, {', '.join(map(quoted, ids))}))" if ids else PERSON


def came_from(engine: DuckDbEngine, load: Load, cut: Pieces, given: tuple[int, Reading], scratch: Path) -> Came:
    """On a worker: judges what was read of a piece, `given` with its number."""
    number, found = given
    # What arrives is looked at several times, and is no larger than a piece: it is read once.
    found = replace(found, query=engine.table("arrived", found.query))
    rows, wanted, table = judged(engine, load.source, found, scratch, kind=cut.kind, files=cut.files)
    rows = without_forgotten(rows, load.forgotten, load.salt, load.rules)
    rows = replace(rows, query=engine.table("judged_rows", rows.query))
    told = refused(engine, rows)
    listed = load.target / f"refused-{number}-{attempt()}.jsonl"
    if told.rows:
        listed.write_text("".join(f"{json.dumps(row)}\n" for row in told.rows), encoding="utf-8")
    paths, stored = _good(engine, load, rows, number)
    good, bad = next(iter(found.counted.values()), (0, 0))
    return Came(
        number=number,
        good=good,
        bad=bad,
        read=stored + sum(count for _, count in told.counts),
        stored=stored,
        refused=told.counts,
        listed=str(listed) if told.rows else "",
        lined=told.lined,
        rows=str(paths[0]),
        keys=str(paths[1]),
        properties=rows.properties,
        ids=rows.ids,
        looks=looked(engine, wanted, table, thorough=True),
        findings=rows.findings,
    )


def _good(engine: DuckDbEngine, load: Load, rows: CheckedRows, number: int) -> tuple[tuple[Path, Path], int]:
    """Writes the good rows of a piece by place, and their keys by part; returns both files, and how many there are."""
    query = rows.query.then(
        "good", "SELECT * EXCLUDE (reason, seen, record, file) FROM judged_rows WHERE reason IS NULL"
    )
    if load.unordered:
        told = f"(md5_number({content_of(rows, load.source)}) >> 66)::BIGINT"
        query = query.then("said", f"SELECT * REPLACE ({told} AS sequence) FROM good")
    keyed = f"{key_of(rows, load.source)} AS key, {_top(placed_by(rows.ids))} AS place, {number}::INTEGER AS piece"
    spot = f"({number}::BIGINT << 40) + row_number() OVER () AS spot"
    good = engine.table("keyed_rows", query.then("keyed", f"SELECT *, {keyed}, {spot} FROM {query.steps[-1][0]}"))
    own = attempt()
    paths = (load.target / f"rows-{number}-{own}.parquet", load.target / f"keys-{number}-{own}.parquet")
    engine.write(good.then("by_place", "SELECT * EXCLUDE (key) FROM keyed_rows ORDER BY place"), paths[0], group=GROUP)
    part = f"SELECT {_top('hash(key)')} AS part, key, sequence, spot, piece, place FROM keyed_rows ORDER BY part"
    engine.write(good.then("by_part", part), paths[1], group=GROUP)
    ((stored,),) = engine.rows(good.then("counted", "SELECT count(*) FROM keyed_rows"))
    return paths, int(stored)


def _there(piece: Piece) -> None:
    if not piece.file.is_file():
        raise SourceError(
            Label("Een worker ziet een bestand van de bron niet.", "A worker does not see a file of the source."),
            where=str(piece.file),
            mend=Label(
                "Zet het op een schijf die alle computers delen, onder hetzelfde pad.",
                "Put it on a disk that all machines share, under the same path.",
            ),
        )


def _top(hashed: str) -> str:
    return f"({hashed} >> {64 - TOP})::INTEGER"


def attempt() -> str:
    """Returns a name that no other attempt at the same piece has."""
    return uuid.uuid4().hex[:12]


def at_desk(load: Load) -> AbstractContextManager[tuple[DuckDbEngine, Path]]:
    """Gives a worker what it needs for a piece; see `elsewhere.desk`."""
    return desk(load.folder, load.target, load.hash_check)
