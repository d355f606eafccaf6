"""Rows that come from a database in batches, written to Parquet as they come: Arrow with its types, tuples as text."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np

from klantreis.engines.base import Engine, Query, quoted
from klantreis.log.growth import Mark, latest
from klantreis.log.reading import LONGEST, Asked

GROWS = "#grows"
"""The column by which a table grows, as the database has it, beside its text."""


@dataclass(frozen=True, slots=True)
class Copy:
    """Where the rows stand now: Parquet files with "#record" (from 1) and the columns; how far the table was read."""

    files: tuple[Path, ...]
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class Desk:
    """What writing needs: the folder, how far the table was read before, and who is told how many rows there are."""

    folder: Path
    asked: Asked
    tell: Callable[[int], None]


def of_arrow(batches: Iterator[Any], desk: Desk) -> Copy:
    """Writes a schema and the Arrow batches after it to one Parquet file, with their types."""
    import pyarrow as pa
    from pyarrow import parquet

    kept = pa.schema([("#record", pa.int64()), *((f.name, _stored(f.type)) for f in next(batches) if f.name != GROWS)])
    rows, mark, path = 0, desk.asked.mark, desk.folder / "rows.parquet"
    with parquet.ParquetWriter(path, kept, compression="zstd") as out:
        for batch in batches:
            if GROWS in batch.schema.names:
                mark = latest(_extremes(batch.column(GROWS), desk.asked), mark, _now(desk.asked))
            cells = [pa.array(range(rows + 1, rows + 1 + batch.num_rows), pa.int64())]
            cells += [_plain(batch.column(field.name)).cast(field.type) for field in kept if field.name != "#record"]
            out.write_batch(pa.record_batch(cells, schema=kept))
            rows += batch.num_rows
            desk.tell(rows)
    return Copy((path,) if rows else (), mark)


def _stored(kind: Any) -> Any:
    """Returns the type a column is stored as: what a database wraps around a plain type comes off."""
    import pyarrow as pa

    kind = kind.storage_type if isinstance(kind, pa.BaseExtensionType) else kind
    return pa.string() if pa.types.is_null(kind) or pa.types.is_interval(kind) else kind


def _plain(array: Any) -> Any:
    """Returns an array as it can be stored: without what is wrapped around it, a span of time as ISO 8601 text."""
    import pyarrow as pa

    plain = getattr(array, "storage", array)
    return pa.array(map(_span, plain.to_pylist()), pa.string()) if pa.types.is_interval(plain.type) else plain


def _span(value: Any) -> str | None:
    """Returns (months, days, nanoseconds) as text: P1M2DT3.5S."""
    return None if value is None else f"P{value[0]}M{value[1]}DT{value[2] / 1e9:.12g}S"


def mark_in(file: Path, column: str, now: datetime) -> Mark | None:
    """Returns how far a column of a Parquet file goes; None: nothing in it tells."""
    from pyarrow import parquet

    asked = Asked(now=now)
    chunks = parquet.read_table(file, columns=[column]).column(0).chunks
    return latest((value for chunk in chunks for value in _extremes(chunk, asked)), None, now)


def _extremes(array: Any, asked: Asked) -> list[Any]:
    """Returns values of a column of which the latest that is not after now is one: mostly just the largest."""
    from pyarrow import compute, types

    plain = _plain(array)
    if types.is_timestamp(plain.type) and plain.type.unit == "ns":
        plain = plain.cast(f"timestamp[us{f', tz={plain.type.tz}' if plain.type.tz else ''}]", safe=False)
    if not (types.is_temporal(plain.type) or types.is_integer(plain.type) or types.is_floating(plain.type)):
        return list(plain.to_pylist())
    top = None
    with suppress(ValueError, OverflowError):
        top = compute.max(plain).as_py()
        if top is None or latest([top], None, _now(asked)) is not None:
            return [top]
    return [value for value in map(_python, plain) if value is not None]


def _python(value: Any) -> Any:
    """Returns an Arrow value as Python has it; None for 'infinity', which Python has not."""
    with suppress(ValueError, OverflowError):
        return value.as_py()
    return None


def of_tuples(engine: Engine, batches: Iterator[Any], columns: Sequence[str], desk: Desk) -> Copy:
    """Writes lists of tuples to a Parquet file each, every value as text."""
    rows, mark, files = 0, desk.asked.mark, list[Path]()
    shown = ", ".join(f"CAST({quoted(column)} AS VARCHAR) AS {quoted(column)}" for column in columns)
    for batch in batches:
        across = list(zip(*batch, strict=True))
        if len(across) > len(columns):
            mark = latest(across[-1], mark, _now(desk.asked))
        arrays: dict[str, Any] = {"#record": np.arange(rows + 1, rows + 1 + len(batch))}
        for column, values in zip(columns, across, strict=False):
            arrays[column] = np.array([_text(value) for value in values], dtype=object)
        engine.offer("arrived", arrays)
        files.append(desk.folder / f"{len(files):06}.parquet")
        engine.write(Query((("arrived", f'SELECT "#record", {shown} FROM arrived'),)), files[-1])
        rows += len(batch)
        desk.tell(rows)
    return Copy(tuple(files), mark)


def _now(asked: Asked) -> datetime:
    return asked.now or datetime.now(UTC)


def _text(value: Any) -> str | None:
    """Returns a value as a file would hold it; None for nothing. What is too long for any field is cut just above."""
    if value is None or isinstance(value, str):
        return value if value is None or len(value) <= LONGEST else value[: LONGEST + 1]
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, Decimal):
        return None if value.is_nan() else format(value, "f")
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | bytearray | memoryview):
        return _bytes(bytes(value))
    return json.dumps(value, default=str) if isinstance(value, dict | list) else str(value)


def _number(value: float) -> str | None:
    if not math.isfinite(value):
        return None
    return str(int(value)) if value == math.trunc(value) and abs(value) < 1e15 else repr(value)


def _bytes(value: bytes) -> str:
    try:
        return value.decode()[: LONGEST + 1]
    except UnicodeDecodeError:
        return f"\\x{value.hex()}"[: LONGEST + 1]
