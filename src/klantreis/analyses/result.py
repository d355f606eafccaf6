"""What every Result can do: speak as a dictionary, as a table, and in a notebook."""

from __future__ import annotations

import html
import importlib
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from itertools import accumulate
from typing import Any, TypeVar, cast

from klantreis.analyses.recipe import asked_dict
from klantreis.errors import KlantreisError, MissingPart, OptionError, did_you_mean
from klantreis.journeys.model import About
from klantreis.labels import Label
from klantreis.plugins import install_line

Row = TypeVar("Row")
ROWS, WIDTH, WIDEST = 10, 118, 40
"""What is printed of a table: rows, signs on a line, signs in a cell."""
TABLED = 50
"""So many rows of a table stand in a notebook."""
FRAMES = ("pandas", "polars", "arrow")
"""The libraries that `to_frame` gives a data frame of."""


@dataclass(frozen=True, slots=True)
class Result(ABC):
    """What one analysis learned, small and typed."""

    about: About

    def __init_subclass__(cls) -> None:
        # A dataclass writes a repr of its own, of every field, unless its class has one already.
        if "__repr__" not in cls.__dict__:
            cls.__repr__ = Result.__repr__  # type: ignore[method-assign]

    def __repr__(self) -> str:
        """Returns what it is, of which days, and its table as far as it fits on a screen."""
        rows = self.rows()
        days = self.about.days
        head = f"{type(self).__name__}{f', {days}' if days else ''}: {len(rows):,} row{'' if len(rows) == 1 else 's'}"
        return "\n".join([head, *(printed(rows) if rows else ["Nothing measured."])])

    @abstractmethod
    def to_dict(self) -> dict[str, Any]:
        """Returns the result as plain values, in the published shape of `schemas/<name>.json`."""

    @abstractmethod
    def rows(self) -> list[dict[str, Any]]:
        """Returns the main table, one dictionary per row, every row with the same keys."""

    @property
    def silent(self) -> bool:
        """Says whether there is nothing to tell, so that a report may leave it out."""
        return False

    @property
    def recipe(self) -> dict[str, Any] | None:
        """What was asked, of which data, as plain values, so that `klantreis.again` gives the same answer.

        Analysis, options, data. None when nothing was asked of journeys, as for paths that were counted elsewhere.
        """
        asked, about = asked_dict(self.about), about_dict(self.about)
        data = ("version", "map", "grain", "segment", "since", "until")
        return None if asked is None else {**asked, "data": {word: about[word] for word in data}}

    def to_frame(self, kind: str = "pandas") -> Any:
        """Returns `rows()` as a data frame: kind 'pandas', 'polars' or 'arrow'. Raises OptionError for another word."""
        return framed(self.rows(), kind)

    def _repr_html_(self) -> str:
        # The picture stands floors above this one, so it is asked for by name; a Result without one is its table.
        try:
            shown: str = importlib.import_module("klantreis").picture(self)._repr_html_()
        except KlantreisError:
            return tabled(self.rows())
        return shown


def framed(rows: list[dict[str, Any]], kind: str = "pandas") -> Any:
    """Returns rows as a data frame: kind 'pandas', 'polars' or 'arrow'. Raises OptionError for another word."""
    if kind not in FRAMES:
        raise OptionError(
            Label(f"Een dataframe van {kind!r} is er niet.", f"There is no data frame of {kind!r}."),
            where="kind",
            mend=did_you_mean(kind, FRAMES),
        )
    try:
        if kind == "polars":
            import polars

            return polars.DataFrame(rows, infer_schema_length=None)  # a column may begin with many empty cells
        if kind == "arrow":
            import pyarrow

            return pyarrow.Table.from_pylist(rows)
        import pandas

        return pandas.DataFrame(rows)
    except ImportError as missing:
        raise MissingPart(
            Label(
                f"{missing.name} is niet geïnstalleerd, dus is er geen dataframe te geven.",
                f"{missing.name} is not installed, so there is no frame to give.",
            ),
            mend=install_line("frames"),
        ) from missing


def tabled(rows: list[dict[str, Any]]) -> str:
    """Returns rows as a table of HTML: the first ones, and below it how many there are."""
    if not rows:
        return "<p>Nothing measured.</p>"
    head = "".join(f"<th scope='col'>{html.escape(str(key))}</th>" for key in rows[0])
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(_shown(v))}</td>" for v in row.values()) + "</tr>" for row in rows[:TABLED]
    )
    left = f"<p>{TABLED} of {len(rows):,} rows: to_frame() has all.</p>" if len(rows) > TABLED else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{left}"


def printed(rows: list[dict[str, Any]]) -> list[str]:
    """Returns a table as lines of text: the first rows, and the columns that fit, with what stayed out."""
    table = [[str(key) for key in rows[0]], *([_cut(_shown(value)) for value in row.values()] for row in rows[:ROWS])]
    columns = list(zip(*table, strict=True))
    widths = [max(map(len, column)) for column in columns]
    fits = max(1, sum(used <= WIDTH for used in accumulate(width + 2 for width in widths)))
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row[:fits], widths, strict=False)).rstrip() for row in table
    ]
    left = [(len(rows) - ROWS, "row"), (len(widths) - fits, "column")]
    out = " and ".join(f"{count:,} more {what}{'' if count == 1 else 's'}" for count, what in left if count > 0)
    return [*lines, *([f"… {out}: to_frame() has all"] if out else [])]


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= WIDEST else f"{line[: WIDEST - 1]}…"


def made(kind: type[Row], size: int, columns: Iterable[Iterable[Any]]) -> tuple[Row, ...]:
    """Returns so many of a frozen dataclass, from a column for each of its fields.

    What such a class does when it is called takes thrice as long as setting its fields one column after the other, and
    a graph may have ten thousand variants.
    """
    found = [object.__new__(kind) for _ in range(size)]
    for field, column in zip(fields(cast(Any, kind)), columns, strict=True):
        deque(map(getattr(kind, field.name).__set__, found, column), maxlen=0)
    return tuple(found)


def about_dict(about: About) -> dict[str, Any]:
    """Returns what a result speaks of, as every `to_dict` carries it under 'about'; no events: no first or last."""
    nothing = about.first == 0 == about.last
    return {
        "map": about.map,
        "grain": about.grain,
        "segment": about.segment,
        "first_event": None if nothing else _iso(about.first),
        "last_event": None if nothing else _iso(about.last),
        "since": None if about.since is None else _iso(about.since),
        "until": None if about.until is None else _iso(about.until),
        "version": about.version,
        "recipe": asked_dict(about),
        **({} if about.identity is None else {"identity": about.identity.to_dict()}),
    }


def _iso(micros: int) -> str:
    return datetime.fromtimestamp(micros / 1e6, UTC).isoformat().replace("+00:00", "Z")


def _shown(value: object) -> str:
    if value is None:
        return "–"
    if not isinstance(value, float):
        return str(value)
    return f"{value:.0f}" if abs(value) >= 1000 else f"{value:.4g}"  # an exponent is no number to read
