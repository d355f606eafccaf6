"""What databases do differently: how a reading begins, how names are quoted, which tables there are, how many rows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from klantreis.log.model import POSTGRESQL, Database

LISTED = (
    "SELECT table_schema, table_name FROM information_schema.tables "
    "WHERE table_schema NOT IN ('information_schema', 'pg_catalog') ORDER BY 1, 2"
)


@dataclass(frozen=True, slots=True)
class Dialect:
    """One kind of database.

    `begin`: what opens a reading that changes nothing and sees one moment; {timeout} is in milliseconds. `text`: how a
    column ({}) is asked as text; '' takes it as it is. `tables`: the query of (schema, table). `count`: tells rows.
    """

    quote: str = '"'
    begin: tuple[str, ...] = ()
    text: str = ""
    tables: str = LISTED
    count: str = ""
    home: str = ""
    """The schema whose tables need no name before theirs."""
    exact: bool = False
    """Whether capitals in a quoted name count."""

    def quoted(self, name: str) -> str:
        """Returns a name as this database quotes it."""
        return self.quote + name.replace(self.quote, self.quote * 2) + self.quote

    def origin(self, database: Database) -> str:
        """Returns what rows are selected from: the table, each part of its name quoted, or the query."""
        if database.query:
            return f"({database.query.strip().rstrip(';')}\n) asked"
        return ".".join(self.quoted(part) for part in table_parts(database.table))


POSTGRES = Dialect(
    begin=(
        "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
        "SET LOCAL statement_timeout = {timeout}",
        "SET LOCAL TimeZone = 'UTC'",
        "SET LOCAL DateStyle = 'ISO, YMD'",
        "SET LOCAL extra_float_digits = 1",
        "SET LOCAL bytea_output = 'hex'",
        # Else a large table may begin anywhere, and equal moments stand in another order each time.
        "SET LOCAL synchronize_seqscans = off",
    ),
    text="{}::text",
    count="EXPLAIN (FORMAT JSON) SELECT * FROM {}",
    home="public",
    exact=True,
)
SQLITE = Dialect(
    begin=("BEGIN",),
    tables="SELECT 'main', name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name",
    count="SELECT count(*) FROM {}",
    home="main",
)
DUCKDB = Dialect(begin=("SET TimeZone = 'UTC'", "BEGIN"), count="SELECT count(*) FROM {}", home="main")
MYSQL = Dialect(
    quote="`",
    begin=(
        "SET time_zone = '+00:00'",
        # What a comment with a version holds is only for who it is for: MariaDB counts seconds, MySQL milliseconds.
        "SET @klantreis = 1 /*M!100103 , max_statement_time = {timeout} / 1000 */"
        "/*!50708 , max_execution_time = {timeout} */",
        "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY",
    ),
    tables=(
        "SELECT table_schema, table_name FROM information_schema.tables "
        "WHERE table_schema NOT IN ('information_schema', 'mysql', 'performance_schema', 'sys') "
        "ORDER BY table_schema <> coalesce(database(), ''), 1, 2"
    ),
)
SPARK = Dialect(quote="`", tables="")
OTHER = Dialect()
BACKTICKS = Dialect(quote="`")
DIALECTS: Mapping[str, Dialect] = {
    POSTGRESQL: POSTGRES,
    "sqlite3": SQLITE,
    "adbc_driver_sqlite": SQLITE,
    "duckdb": DUCKDB,
    "adbc_driver_duckdb": DUCKDB,
    "pymysql": MYSQL,
    "MySQLdb": MYSQL,
    "mariadb": MYSQL,
    "mysql.connector": MYSQL,
}


QUOTES = 'SELECT "klantreis"'
"""Refused where double quotes hold a name; a text where names stand in backticks: BigQuery, Databricks, Hive."""


def dialect_of(module: str) -> Dialect:
    """Returns how the database of a module is spoken to; OTHER where nobody knows, and it must be asked."""
    return DIALECTS.get(module, OTHER)


def table_parts(table: str) -> tuple[str, ...]:
    """Returns the parts of a table's name: `shop.orders` is ('shop', 'orders'); quotes keep a point inside."""
    found = re.findall(r'"((?:[^"]|"")+)"|([^."]+)', table)
    return tuple(quoted.replace('""', '"') or bare.strip() for quoted, bare in found)


def literal(value: Any) -> str:
    """Returns a moment, day, number or ISO text as PostgreSQL writes it; all signs in it are ours."""
    if isinstance(value, datetime):
        kind = "TIMESTAMP" if value.tzinfo is None else "TIMESTAMPTZ"
        return f"{kind} '{value.isoformat(sep=' ')}'"
    if isinstance(value, date):
        return f"DATE '{value.isoformat()}'"
    if isinstance(value, int):
        return str(value)
    return "'" + str(value).replace("'", "''") + "'"


def bound(style: str, before: str, after: str, value: Any) -> tuple[str, Any]:
    """Returns a statement with a value between two texts, and its parameters, in the `paramstyle` of a module."""
    mark, given = {
        "qmark": ("?", (value,)),
        "numeric": (":1", (value,)),
        "named": (":later", {"later": value}),
        "format": ("%s", (value,)),
        "pyformat": ("%(later)s", {"later": value}),
    }.get(style, ("?", (value,)))
    if "format" in style:
        before, after = before.replace("%", "%%"), after.replace("%", "%%")
    return f"{before}{mark}{after}", given
