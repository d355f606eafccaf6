"""`EventLog`: events with named roles, and the sources they come from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from klantreis.engines.base import Query
from klantreis.findings import Finding
from klantreis.log.growth import Mark


@dataclass(frozen=True, slots=True)
class Roles:
    """Which column plays which part. Only `person` is always needed, unless a `device` or other ids say who it may be.

    Narrow tables name `at` and `event`. Wide tables leave both out and give the source `events` instead. `id` makes a
    repeated row a duplicate even when other columns differ. `detail` holds words that tell which one (a search query).
    """

    person: str
    at: str | None = None
    event: str | None = None
    id: str | None = None
    channel: str | None = None
    session: str | None = None
    value: str | None = None
    score: str | None = None
    detail: str | None = None
    device: str | None = None


@dataclass(frozen=True, slots=True)
class Lookup:
    """Another file whose columns are added by a key both have: `on` here equals `key` there (default: same name)."""

    path: str
    on: str
    key: str | None = None
    delimiter: str | None = None
    encoding: str | None = None


POSTGRESQL = "postgresql"
"""The module of a database when none is named: ours, which the extra `postgres` brings."""


@dataclass(frozen=True, slots=True)
class Database:
    """A table or a query of a database. No password stands here: at most the names of variables that hold one.

    Where it is: one of `env` (the environment variable with its address), `url` (an address without a password),
    `service` (of libpq) and `file` (relative to the source's folder); none: what the module takes by itself. `module`:
    'postgresql', an ADBC module ('adbc_driver_sqlite') or any module with the Python database interface ('sqlite3').
    `options` and `secrets` go to its `connect`: (name, value) and (name, environment variable). `grows_by`: the column
    of moments by which rows are added, so that a next load asks only what is later, `overlap_seconds` less.
    """

    table: str = ""
    query: str = ""
    module: str = POSTGRESQL
    env: str = ""
    url: str = ""
    service: str = ""
    file: str = ""
    options: tuple[tuple[str, object], ...] = ()
    secrets: tuple[tuple[str, str], ...] = ()
    grows_by: str = ""
    overlap_seconds: float = 172_800.0
    timeout_seconds: float = 3_600.0


@dataclass(frozen=True, slots=True)
class Storage:
    """Where objects of an `s3://` path are, when not at AWS: the address of the service, and its region."""

    endpoint: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class WideEvent:
    """One timestamp column of a wide table that becomes an event, when it is filled.

    `clock`: the column with its time of day, where the one of `at` holds the date only.
    """

    event: str
    at: str
    clock: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One source as `klantreis.yaml` names it. Paths are relative to `folder` or begin with s3://; globs are allowed.

    With a `database` the path is '' and its table or query is read. `storage`: where s3:// is.

    `format`: csv, parquet, jsonl, xes; None: by the file's ending (.gz allowed). `dates`: strptime format(s) tried in
    order; None: ISO 8601, then the common Dutch ones (31-12-2026 23:59). `time_zone`: for times that name no zone.
    `event`: a fixed event name for tables where every row is the same event. `order`: place among the sources; ties in
    time follow it. `duplicates`: 'drop' rows whose id (or whole content) was seen; 'keep' them all.
    """

    name: str
    path: str
    folder: Path
    roles: Roles
    order: int = 0
    format: Literal["csv", "parquet", "jsonl", "xes"] | None = None
    delimiter: str | None = None
    encoding: str | None = None
    decimal: Literal[".", ","] = "."
    header: bool = True
    columns: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    time_zone: str = "UTC"
    event: str | None = None
    events: tuple[WideEvent, ...] = ()
    lookups: tuple[Lookup, ...] = ()
    ids: tuple[tuple[str, str], ...] = ()
    """(kind, column): other ids of the person, such as an e-mail address."""
    rename: tuple[tuple[str, str], ...] = ()
    properties: tuple[str, ...] | None = None
    duplicates: Literal["drop", "keep"] = "drop"
    database: Database | None = None
    storage: Storage = field(default=Storage())
    clock: str | None = None
    """The column with the time of day, where the one of `roles.at` holds the date only."""

    @property
    def shown(self) -> str:
        """What is read, in words for a message: the path, or the table of the database."""
        if self.database is None:
            return self.path
        return f"table {self.database.table}" if self.database.table else "the query"


@dataclass(frozen=True, slots=True)
class CheckedRows:
    """A source made into events, each row judged. `query` yields one row per event (wide: per filled time column):

    `person` VARCHAR, `at` BIGINT (microseconds UTC), `event` VARCHAR, `id` VARCHAR (NULL: none), `sequence` BIGINT (the
    order in the source), `channel`, `session`, `detail` VARCHAR, `value` DECIMAL(18,4), `score` DECIMAL(9,3) (all NULL
    when absent), one VARCHAR column `p.<property>` for each property in `properties`, `record` BIGINT (1-based record
    in the file), `file` VARCHAR, `reason` VARCHAR (NULL: the row is good; else a code of `quality.REASONS`) and
    `seen` VARCHAR (the value that was not understood). A source with a device or other ids has a VARCHAR column more
    for each of `ids` ('device', 'i.email'); there `person` may be NULL in a good row.
    """

    query: Query
    properties: tuple[str, ...]
    files: tuple[Path, ...]
    source: str = ""
    findings: tuple[Finding, ...] = ()
    """What the look at the files taught: an order of day and month that had to be chosen, a key that is double."""
    raw: Query = field(default_factory=Query)
    """One row per record as it came: "#file", "#record" and `raw_columns`."""
    raw_columns: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    mark: Mark | None = None
    """How far a table that grows was read; None: it does not, or nothing tells."""
    lines: Callable[[str, Collection[int]], Mapping[int, int]] | None = None
    """(file, records) -> the line each record starts on; None: the files have no lines."""


@dataclass(frozen=True, slots=True)
class EventLog:
    """The durable log: which Parquet files hold the events, per bucket, and how many rows came in and went where."""

    files: tuple[tuple[int, Path], ...] = ()
    buckets: int = 1
    properties: tuple[str, ...] = ()
    read: int = 0
    stored: int = 0
    duplicate: int = 0
    rejected: int = 0
    version: str = ""
    sources: tuple[tuple[str, int, int, int, int], ...] = field(default=())
    """(source, read, stored, duplicate, rejected)."""
