"""Reads paths that were counted elsewhere: one row per path, with how often it converted."""

from __future__ import annotations

import csv
import gzip
import io
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from klantreis.analyses.attribution import PathCount
from klantreis.errors import SourceError, did_you_mean
from klantreis.labels import Label


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column is what, and the sign between the channels of a path."""

    path: str
    conversions: str
    value: str | None
    nulls: str | None
    separator: str


def path_rows(data: Any, columns: Columns) -> list[PathCount]:
    """Returns the paths of a CSV file (.gz allowed) or of a data frame (pandas, polars, arrow).

    Raises SourceError for a file that cannot be read, a column that is not there, and a number that is none.
    """
    if isinstance(data, str | Path):
        return list(_of_file(Path(data), columns))
    names = list(getattr(data, "column_names", None) or data.columns)
    used = _used(names, columns, "the frame")
    lists = {name: list(data[name].to_pylist() if hasattr(data[name], "to_pylist") else data[name]) for name in used}
    rows = ({name: values[spot] for name, values in lists.items()} for spot in range(len(lists[columns.path])))
    return [_row(row, columns, f"row {number}") for number, row in enumerate(rows, start=1)]


def _of_file(file: Path, columns: Columns) -> Iterator[PathCount]:
    try:
        text = (gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()).decode("utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise SourceError(
            Label(f"{file.name} is niet te lezen: {error}.", f"{file.name} cannot be read: {error}."),
            where=str(file),
            mend=Label("Geef een CSV-bestand.", "Give a CSV file."),
        ) from error
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    _used(list(reader.fieldnames or ()), columns, str(file))
    for row in reader:
        yield _row(row, columns, f"{file}:{reader.line_num}")


def _used(names: list[str], columns: Columns, where: str) -> list[str]:
    """Returns the columns that are read; value and nulls may be missing under their usual names only."""
    usual = Columns("path", "total_conversions", "total_conversion_value", "total_null", ">")
    used = []
    for role in ("path", "conversions", "value", "nulls"):
        name = getattr(columns, role)
        if name is None or (name not in names and role in {"value", "nulls"} and name == getattr(usual, role)):
            continue
        if name not in names:
            raise SourceError(
                Label(f"De kolom {name!r}, met {role}, is er niet.", f"There is no column {name!r} with the {role}."),
                where=where,
                mend=did_you_mean(name, names),
            )
        used.append(name)
    return used


def _row(row: Mapping[str, Any], columns: Columns, where: str) -> PathCount:
    text = row[columns.path]
    channels = tuple(part.strip() for part in str(text or "").split(columns.separator.strip() or " "))
    value = row.get(columns.value) if columns.value else None
    return PathCount(
        channels=tuple(part for part in channels if part),
        conversions=_count(row[columns.conversions], columns.conversions, where),
        nulls=_count(row[columns.nulls], columns.nulls, where) if columns.nulls and columns.nulls in row else 0,
        value=None if value is None or value == "" else _number(value, columns.value or "", where),
    )


def _count(value: Any, name: str, where: str) -> int:
    found = _number(0 if value is None or value == "" else value, name, where)
    if found < 0 or found != int(found):
        raise SourceError(
            Label(
                f"{name} is {value!r}, en moet een heel getal van 0 of meer zijn.",
                f"{name} is {value!r}, and must be a whole number of 0 or more.",
            ),
            where=where,
        )
    return int(found)


def _number(value: Any, name: str, where: str) -> float:
    try:
        found = float(value)
    except (TypeError, ValueError):
        found = math.nan
    if not math.isfinite(found):
        raise SourceError(
            Label(f"{name} is {value!r}, en dat is geen getal.", f"{name} is {value!r}, which is no number."),
            where=where,
            mend=Label("Schrijf het als 1234.5.", "Write it as 1234.5."),
        )
    return found
