"""A data frame as a file that is read like any other, and what is wrong with it said of the frame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from klantreis.engines.base import Query
from klantreis.engines.duckdb import DuckDbEngine
from klantreis.errors import OptionError, SourceError
from klantreis.log.guess import guess_roles

FILE, SHOWN = "frame.parquet", "the data frame"
WHICH = "Which column of"
"""How the question begins which column plays a part."""


def filed(frame: Any, folder: Path) -> Path:
    """Writes a data frame (pandas, polars, arrow) to a file in a folder, and returns the file."""
    engine, path = DuckDbEngine(), folder / FILE
    try:
        engine.offer("frame", frame)
        engine.write(Query((("rows", "SELECT * FROM frame"),)), path)
    finally:
        engine.close()
    return path


@contextmanager
def told_of(data: Any) -> Iterator[None]:
    """Lets what is wrong with a data frame be said of the frame and its columns; of a path nothing changes."""
    try:
        yield
    except (OptionError, SourceError) as error:
        if isinstance(data, str | Path):
            raise
        what, mend = error.what.replace(FILE, SHOWN), error.mend
        if what.startswith(WHICH):
            columns = _columns(data)
            role = what.rpartition(" ")[2].rstrip("?")
            mend = f"Name it: {_guessed(role, columns)} The columns are: {', '.join(columns)}."
        raise type(error)(what, where=SHOWN if FILE in error.where else error.where, mend=mend) from None


def _columns(frame: Any) -> list[str]:
    """Returns the names of the columns of a data frame of any of the libraries."""
    names = getattr(frame, "column_names", None)  # arrow; elsewhere that could only be a column
    return [str(name) for name in (names if isinstance(names, list) else getattr(frame, "columns", ()))]


def _guessed(role: str, columns: Sequence[str]) -> str:
    """Returns how to name the column of a role, with the one that it probably is."""
    guess = guess_roles(columns).found.get(role)
    return f"{role}=..." if guess is None else f"{role}={guess!r}?"
