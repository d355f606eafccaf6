"""The relational pass on DuckDB, inside this process: no server, no file of its own, nothing fetched from elsewhere.

One engine holds one in-memory connection. What does not fit in memory goes to `scratch`. The session's time zone is
UTC, so a time without a zone never takes that of the machine.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from klantreis.engines.arriving import Broken, NotPlain, arrived
from klantreis.engines.base import PARQUET, Query, literal, quoted
from klantreis.errors import OptionError, QueryError
from klantreis.labels import Label

name = "duckdb"
MOST_THREADS = 1024
"""With many more the system gives no memory for them, and ends the whole program."""


class DuckDbEngine:
    """Runs queries on an in-memory DuckDB. One connection; not shared between threads."""

    def __init__(self, threads: int | None = None, memory: str | None = None, scratch: Path | None = None) -> None:
        """Opens the connection.

        Args:
            threads: how many cores it may use; None: all.
            memory: the most memory it may use, such as '1GB'; None: four fifths of the machine.
            scratch: the folder for what does not fit in memory; None: nothing is ever put on disk.

        Raises:
            OptionError: when DuckDB does not understand a setting.
        """
        self._connection = _ready(duckdb.connect(":memory:", config=_settings(threads, memory, scratch)))

    def beside(self) -> DuckDbEngine:
        """Returns an engine with the same settings and memory, and tables of its own, which go when it is closed.

        It takes a fiftieth of the time of a new one, and ends with this one.
        """
        other = object.__new__(DuckDbEngine)
        other._connection = _ready(self._connection.cursor())
        return other

    def run(self, query: Query) -> None:
        """Runs a statement whose rows nobody needs."""
        with self._named(query):
            self._execute(query).fetchall()

    def rows(self, query: Query) -> list[tuple[Any, ...]]:
        """Returns all rows as tuples, [] when there are none: for small answers only."""
        with self._named(query):
            return list(self._execute(query).fetchall())

    def arrays(self, query: Query) -> dict[str, NDArray[np.generic]]:
        """Returns each column of numbers, or of texts (objects), as one numpy array, of length 0 without any rows.

        They are filled while the rows arrive: at no time is a row held twice.

        Raises:
            QueryError: when the query fails, or a column holds anything else, or NULL: which value stands for nothing
                is for the query to decide.
        """
        with self._named(query):
            try:
                return arrived(self._connection.sql(query.sql(), params=dict(query.values) or None))
            except Broken as broken:
                raise _as_told(str(broken)) from broken
            except NotPlain as error:
                found = error
        held = Label("geen getallen of teksten", "no numbers or texts") if found.kind else Label("NULL", "NULL")
        raise QueryError(
            Label(
                f"Kolom {found.column!r} van stap {_last(query)!r} bevat {held.text('nl')}, en een rij kan dat niet.",
                f"Column {found.column!r} of step {_last(query)!r} holds {held.text('en')}, which an array cannot.",
            ),
            where=query.explain(),
            mend=Label("Vervang het in de query, met coalesce.", "Replace it in the query, with coalesce."),
        )

    def columns(self, query: Query) -> dict[str, str]:
        """Returns column name -> SQL type, without running the query."""
        with self._named(query):
            told = self._connection.execute(f"DESCRIBE {query.sql()}", dict(query.values) or None).fetchall()
        return {str(row[0]): str(row[1]) for row in told}

    def write(self, query: Query, path: Path, *, group: int | None = None) -> None:
        """Writes the rows to one Parquet file, in the order of the query; the folder must exist.

        `group`: rows that are read together, if any of them is; None: some hundred thousand.
        """
        size = "" if group is None else f", ROW_GROUP_SIZE {group}"
        with self._named(query):
            self._connection.execute(
                f"COPY ({query.sql()}) TO {literal(str(path))} ({PARQUET}{size})",
                dict(query.values) or None,
            ).fetchall()

    def copy(self, query: Query, path: Path, *, delimiter: str = ",") -> None:
        """Writes the rows to one file of the kind its ending names: .csv (with a header), .jsonl or .parquet."""
        kinds = {
            ".csv": f"FORMAT csv, HEADER, DELIMITER {literal(delimiter)}",
            ".jsonl": "FORMAT json",
            ".parquet": "FORMAT parquet, COMPRESSION zstd",
        }
        with self._named(query):
            self._connection.execute(
                f"COPY ({query.sql()}) TO {literal(str(path))} ({kinds[path.suffix]})", dict(query.values) or None
            ).fetchall()

    def offer(self, name: str, arrays: Any) -> None:
        """Lets queries select by `name` from arrays of one length, one column each, or from a data frame; no copies.

        Raises:
            OptionError: when it is neither.
        """
        try:
            self._connection.register(name, arrays)
        except duckdb.NotImplementedException as error:
            kind = str(error).partition("'")[2].partition("'")[0]
            raise OptionError(
                Label(f"Een kolom van type {kind} is niet te lezen.", f"A column of type {kind} cannot be read."),
                mend=Label("Maak er moment, getal of tekst van.", "Make moments, numbers or text of it."),
            ) from error
        except (duckdb.InvalidInputException, TypeError) as error:
            raise OptionError(
                Label(
                    f"Een {type(arrays).__name__} is niet te lezen als rijen met kolommen.",
                    f"A {type(arrays).__name__} cannot be read as rows of columns.",
                ),
                mend=Label(
                    "Geef het pad van een bestand, of een dataframe van pandas, polars of arrow.",
                    "Give the path of a file, or a data frame of pandas, polars or arrow.",
                ),
            ) from error

    def table(self, name: str, query: Query) -> Query:
        """Keeps the rows in memory under `name` (replacing what had it) and returns the query that reads them back."""
        with self._named(query):
            self._connection.execute(
                f"CREATE OR REPLACE TEMP TABLE {quoted(name)} AS {query.sql()}", dict(query.values) or None
            ).fetchall()
        return Query(((name, f"SELECT * FROM {quoted(name)}"),))

    def progress(self) -> float:
        """Returns which share of the query that runs now is done, 0 when none does; another thread may ask."""
        try:
            return max(0.0, float(self._connection.query_progress()) / 100)
        except duckdb.Error:
            return 0.0

    def close(self) -> None:
        """Gives everything back; closing twice is fine."""
        self._connection.close()

    def _execute(self, query: Query) -> Any:
        return self._connection.execute(query.sql(), dict(query.values) or None)

    @contextmanager
    def _named(self, query: Query) -> Iterator[None]:
        """Turns DuckDB's error into one that names the step and shows its SQL; Ctrl-C stays what it is."""
        try:
            yield
        except (duckdb.InterruptException, RuntimeError) as error:
            if "interrupt" not in str(error).lower():
                raise
            raise KeyboardInterrupt from error
        except duckdb.Error as error:
            step, sql = self._guilty(query)
            raise QueryError(
                Label(f"Stap {step!r} mislukte: {_short(error)}", f"Step {step!r} failed: {_short(error)}"),
                where=Label(f"stap {step!r}:\n{sql}", f"step {step!r}:\n{sql}"),
                mend=_mend(error),
            ) from error

    def _guilty(self, query: Query) -> tuple[str, str]:
        """Returns the first step that cannot even be prepared; else the last one, where the work was done."""
        if len(query.steps) > 1:
            for count in range(1, len(query.steps)):
                chain = Query(query.steps[:count])
                try:
                    self._connection.execute(f"DESCRIBE {chain.sql()}", _used(chain, query)).fetchall()
                except duckdb.Error:
                    return query.steps[count - 1]
        return query.steps[-1]


def _ready(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET parquet_metadata_cache = true")  # many steps look into the same files
    # So that it can be asked; nothing is printed. A notebook without ipywidgets refuses it, and goes without.
    with suppress(duckdb.InvalidInputException):
        connection.execute("SET enable_progress_bar = true")
        connection.execute("SET enable_progress_bar_print = false")
    return connection


def modest() -> str:
    """Returns the memory that is enough for a log of any size: 1 GB and half a GB for each core; the rest goes to disk.

    35 million events were loaded and placed in 2.2 GB on two cores; without a limit the same took 10.5 GB.
    """
    return f"{1024 + 512 * (os.cpu_count() or 1)}MB"


def _settings(threads: int | None, memory: str | None, scratch: Path | None) -> dict[str, Any]:
    if threads is not None and not 1 <= threads <= MOST_THREADS:
        raise OptionError(
            Label(
                f"Een engine kan niet met {threads} threads werken.", f"An engine cannot work with {threads} threads."
            ),
            where="threads",
            mend=Label(f"Geef 1 tot {MOST_THREADS}, of laat het weg.", f"Give 1 to {MOST_THREADS}, or leave it out."),
        )
    settings: dict[str, Any] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "allow_community_extensions": "false",
        "allow_persistent_secrets": "false",
        "temp_directory": "" if scratch is None else str(scratch),
    }
    if threads is not None:
        settings["threads"] = str(threads)
    if memory is not None:
        settings["memory_limit"] = memory
    return settings


def _last(query: Query) -> str:
    return query.steps[-1][0]


def _used(chain: Query, query: Query) -> dict[str, object] | None:
    sql = chain.sql()
    return {name: value for name, value in query.values.items() if f"${name}" in sql} or None


def _short(error: Exception) -> str:
    """Returns DuckDB's message without its echo of the SQL, which is shown anyway."""
    return str(error).split("\n\nLINE ", 1)[0].strip()


def _as_told(text: str) -> duckdb.Error:
    """Returns the error of which a stream told the text only."""
    kinds = {
        "INTERRUPT Error": duckdb.InterruptException,
        "Out of Memory Error": duckdb.OutOfMemoryException,
        "IO Error": duckdb.IOException,
    }
    return kinds.get(text.split(":", 1)[0], duckdb.Error)(text)


def _mend(error: Exception) -> Label:
    if isinstance(error, duckdb.OutOfMemoryException):
        return Label(
            "Geef de engine meer geheugen, of een kladmap met ruimte.",
            "Give the engine more memory, or a scratch folder with room.",
        )
    if isinstance(error, duckdb.IOException) and "space" in str(error).lower():
        return Label(
            "Maak ruimte op de schijf en draai het opnieuw; wat al bewaard was, is nog heel.",
            "Make room on the disk and run it again; what was stored before is still whole.",
        )
    return Label()
