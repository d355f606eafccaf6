"""Signs the files of events that were written: a sign tells which events these are, whoever wrote them in what order.

A sign is a sum over the events of a hash of all that is stored of each, its place in the source included: that decides
ties. So a source has one sign, read here or by workers, whole or in pieces, in one file or in many. The hash is that of
the engine, as it is for buckets: see `append.with_room`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from klantreis.engines.base import Engine, Query, literal, quoted
from klantreis.journeys.disk import checksum
from klantreis.journeys.manifest import EventFile, Stored, with_sign

ID = re.compile(r"device|i\..+")
"""Columns that tell who it may be, besides the person."""

FIXED = ("person", '"at"', "event", "key", "sequence", "source", "channel", "session", "value", "score", "detail")
"""Columns that every file of events has."""


def event_files(engine: Engine, folder: Path, paths: Sequence[Path], source: str) -> tuple[EventFile, ...]:
    """Returns files of a source as they were just written to folders `bucket=<number>`, each with its rows and sign."""
    files = Query(
        (
            (
                "written",
                "SELECT * FROM read_parquet($files, union_by_name=true, hive_partitioning=false, filename=true)",
            ),
        ),
        {"files": [str(path) for path in paths]},
    )
    said = f"hash({', '.join([*FIXED, _others(engine.columns(files))])})"
    summed = files.then("said", f"SELECT filename, key, {said} AS said FROM written").then(
        "summed",
        "SELECT filename, count(*), sum(said)::VARCHAR, sum(hash(key, said))::VARCHAR FROM said GROUP BY filename",
    )
    told = {Path(name): (int(rows), int(one), int(other)) for name, rows, one, other in engine.rows(summed)}
    return tuple(_event_file(folder, path, source, told[path]) for path in paths)


def _others(columns: Iterable[str]) -> str:
    """Returns SQL for what the columns say that not every file has; an empty one says the same as none."""
    names = sorted(name for name in columns if ID.fullmatch(name) or name.startswith("p."))
    said = "0::UBIGINT"
    for name in names:
        cell = quoted(name)
        said = f"xor({said}, CASE WHEN {cell} IS NULL THEN 0::UBIGINT ELSE hash({literal(name)}, {cell}) END)"
    return said


def _event_file(folder: Path, path: Path, source: str, told: tuple[int, int, int]) -> EventFile:
    rows, one, other = told
    stored = Stored(path.relative_to(folder).as_posix(), path.stat().st_size, checksum(path))
    bucket = int(path.parent.name.removeprefix("bucket="))
    return EventFile(stored, bucket, source, rows, with_sign(stored, (one << 64) + other))
