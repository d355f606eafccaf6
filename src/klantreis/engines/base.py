"""What an engine is: something that runs a chain of named SQL steps and gives back arrays, rows or files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Heard = Callable[[int, int], None]
"""(done, all): how far a piece of work is."""
Share = Callable[[float], None]
"""Which share of a piece of work is done, from 0 to 1."""
PARQUET = "FORMAT parquet, PARQUET_VERSION v2, COMPRESSION lz4_raw"
"""How the store's own files are written: they are read in 60 % of the time of zstd in version 1, for 10 % more room."""


@dataclass(frozen=True, slots=True)
class Query:
    """A chain of named steps that reads as a story; each step may select from those before it by name.

    Values are bound by name (`$name`), never written into the SQL.
    """

    steps: tuple[tuple[str, str], ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)

    def then(self, step: str, sql: str, **values: object) -> Query:
        """Returns the query with one more step; its last step is what it yields."""
        return Query((*self.steps, (step, sql)), {**self.values, **values})

    def sql(self) -> str:
        """Returns the chain as one statement."""
        if len(self.steps) == 1:
            return self.steps[0][1]
        chain = ",\n".join(f'"{step}" AS (\n{sql}\n)' for step, sql in self.steps)
        return f'WITH {chain}\nSELECT * FROM "{self.steps[-1][0]}"'

    def explain(self) -> str:
        """Returns the chain for a person to read, step by step, with the bound values."""
        shown = "\n\n".join(f"-- {step}\n{sql}" for step, sql in self.steps)
        return f"{shown}\n\n-- values: {dict(self.values)}" if self.values else shown


class Engine(Protocol):
    """Runs queries. One connection; not shared between threads."""

    def run(self, query: Query) -> None:
        """Runs a statement whose rows nobody needs."""

    def rows(self, query: Query) -> list[tuple[Any, ...]]:
        """Returns all rows as tuples: for small answers only."""

    def arrays(self, query: Query) -> dict[str, NDArray[np.generic]]:
        """Returns each column as one numpy array, of numbers or texts; NULL must have been replaced in the query."""

    def columns(self, query: Query) -> dict[str, str]:
        """Returns column name -> SQL type, without running the query."""

    def write(self, query: Query, path: Path) -> None:
        """Writes the rows to one Parquet file."""

    def offer(self, name: str, arrays: Any) -> None:
        """Lets queries select by `name` from arrays of one length, one column each."""

    def table(self, name: str, query: Query) -> Query:
        """Keeps the rows at hand under `name` until the engine closes; returns the query that reads them back."""

    def close(self) -> None:
        """Gives everything back."""


class Workers(Protocol):
    """Other processes, mostly on other machines, that share one piece of work."""

    @property
    def shared(self) -> bool:
        """Whether they see the files of this machine under the same paths."""

    def heard(self, tell: Heard) -> Workers:
        """Returns them as they are, telling how far they are with each question, in any unit that adds up."""

    def reduced(self, pieces: Sequence[Any], measure: Callable[[Any], Any], merge: Callable[[Any, Any], Any]) -> Any:
        """Returns `measure` of every piece, merged to one in any order; `pieces` is not empty."""

    def over_table(
        self, table: str, query: str, measure: Callable[[int, Any], Any], merge: Callable[[Any, Any], Any]
    ) -> Any:
        """Returns `measure` of each part of a table that they know, or of a query, merged to one; None for no rows.

        `measure` gets the number of the part and its rows, as an Arrow reader.
        """


@dataclass(frozen=True, slots=True)
class Crew:
    """Workers for a piece of work of several questions, and who hears which share of it is done; None: nobody."""

    workers: Workers
    tell: Share | None = None

    def at(self, part: tuple[float, float]) -> Workers:
        """Returns the workers for a question that is this part of the work, (0.0, 0.5) for the first half."""
        if self.tell is None:
            return self.workers
        tell, (low, high) = self.tell, part
        return self.workers.heard(lambda done, all_: tell(low + (high - low) * done / all_))


def quoted(name: str) -> str:
    """Returns a column or table name quoted for SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Returns text quoted as an SQL value, for the places where SQL does not take a bound value (a file name)."""
    return "'" + text.replace("'", "''") + "'"
