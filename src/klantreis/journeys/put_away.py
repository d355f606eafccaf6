"""What workers do with the new events of a source: store those of some buckets, a file for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from klantreis.engines.base import Query, quoted
from klantreis.engines.duckdb import DuckDbEngine
from klantreis.journeys.append import WORDS
from klantreis.journeys.disk import settle
from klantreis.journeys.incoming import TOP, Load, at_desk, attempt
from klantreis.journeys.manifest import EventFile
from klantreis.journeys.signed import FIXED, ID, event_files


@dataclass(frozen=True, slots=True)
class Put:
    """Events that were stored: their files, the first and last moment, and the words in them."""

    files: tuple[EventFile, ...]
    first: int
    last: int
    words: dict[str, frozenset[str]]

    def __add__(self, other: Put) -> Put:
        """Returns both together."""
        words = {role: self.words[role] | other.words[role] for role in self.words}
        return Put((*self.files, *other.files), min(self.first, other.first), max(self.last, other.last), words)


@dataclass(frozen=True, slots=True)
class Away:
    """How new events are stored: in which folder, in how many buckets, from which files, with which columns."""

    folder: Path
    bits: int
    rows: tuple[str, ...]
    kept: tuple[str, ...]
    columns: tuple[str, ...]
    before: Mapping[int, int]


def put(load: Load, away: Away, buckets: range) -> list[Put]:
    """On a worker: stores the new events of these buckets, each in a file; [] when there are none."""
    shift = TOP - away.bits
    within = f"place BETWEEN {buckets.start << shift} AND {(buckets.stop << shift) - 1}"
    sequence = "0::BIGINT" if load.unordered else "sequence + base"
    query = Query(
        (
            ("before", "SELECT unnest($pieces::INTEGER[]) AS piece, unnest($bases::BIGINT[]) AS base"),
            ("kept", f"SELECT spot, key FROM read_parquet($kept) WHERE {within}"),
            (
                "fresh",
                f"SELECT rows.* EXCLUDE (sequence, piece), kept.key, {sequence} AS sequence, $source AS source "
                f"FROM (SELECT * FROM read_parquet($rows) WHERE {within}) AS rows "
                "JOIN kept USING (spot) JOIN before USING (piece)",
            ),
            ("stored", f"SELECT {', '.join(away.columns)}, place >> {shift} AS bucket FROM fresh"),
        ),
        {
            "pieces": list(away.before),
            "bases": list(away.before.values()),
            "kept": list(away.kept),
            "rows": list(away.rows),
            "source": load.source.name,
        },
    )
    with at_desk(load) as (engine, _):
        rows = engine.table("fresh_rows", query)
        found = engine.rows(rows.then("found", "SELECT DISTINCT bucket FROM fresh_rows ORDER BY 1"))
        if not found:
            return []
        paths = [_stored(engine, away, int(bucket)) for (bucket,) in found]
        files = event_files(engine, load.folder, paths, load.source.name)
        ((first, last),) = engine.rows(rows.then("span", 'SELECT min("at"), max("at") FROM fresh_rows'))
        return [Put(files, int(first), int(last), {role: _words(engine, word) for role, word in WORDS.items()})]


def _stored(engine: DuckDbEngine, away: Away, bucket: int) -> Path:
    folder = away.folder / f"bucket={bucket}"
    folder.mkdir(exist_ok=True)
    path = folder / f"{attempt()}.parquet"
    engine.write(Query((("of_bucket", f"SELECT * EXCLUDE (bucket) FROM fresh_rows WHERE bucket = {bucket}"),)), path)
    settle(path)
    settle(folder)
    return path


def _words(engine: DuckDbEngine, column: str) -> frozenset[str]:
    asked = f"SELECT DISTINCT {quoted(column)} FROM fresh_rows WHERE {quoted(column)} IS NOT NULL"
    return frozenset(str(word) for (word,) in engine.rows(Query((("words", asked),))))


def columns_of(ids: Sequence[str], properties: Sequence[str]) -> tuple[str, ...]:
    """Returns the columns of stored events, as SQL names them."""
    return (
        *FIXED,
        *(quoted(name) for name in ids if ID.fullmatch(name)),
        *(quoted(f"p.{name}") for name in properties),
    )
