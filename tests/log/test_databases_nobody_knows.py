"""A database of a kind that nobody knows is asked how it writes a name, and names are found capitals aside."""

import re
import sqlite3
import sys
from types import ModuleType
from typing import Any

import pytest

from klantreis.errors import SourceError
from klantreis.log.model import Database, Roles, Source
from klantreis.log.read import checked
from klantreis.log.reading import Asked

ROLES = Roles("who", "at", "what")
ROWS = [("a", "2026-01-01", "view"), ("b", "2026-01-03", "paid")]


class Backticks:
    """A database as BigQuery and Databricks are: a text stands in double quotes, a name in backticks."""

    def __init__(self, *, table: str = "ORDERS") -> None:
        self.asked: list[str] = []
        self._held = sqlite3.connect(":memory:")
        self._held.execute(f"CREATE TABLE {table} (WHO, AT, WHAT)")
        self._held.executemany(f"INSERT INTO {table} VALUES (?, ?, ?)", ROWS)

    def cursor(self) -> Any:
        return _Cursor(self, self._held.cursor())

    def said(self, sql: str) -> str:
        return re.sub(r'"([^"]*)"', r"'\1'", sql)

    def rollback(self) -> None:
        pass

    def close(self) -> None:
        pass


class Capitals(Backticks):
    """A database as Snowflake and Oracle are: capitals of a quoted name count; and after a refusal only a rollback."""

    broken = False
    lists = True

    def said(self, sql: str) -> str:
        names = {"ORDERS", "WHO", "AT", "WHAT", "#grows", "MAIN", "main"}
        listing = "information_schema" in sql
        if self.broken or (not self.lists if listing else not names.issuperset(re.findall(r'"([^"]*)"', sql))):
            self.broken = True
            raise sqlite3.OperationalError("no such name, or the transaction was ended by an error before")
        listed = "SELECT 'main' AS table_schema, name AS table_name FROM sqlite_master"
        return sql.replace("information_schema.tables", f"({listed})")

    def rollback(self) -> None:
        self.broken = False


class _Cursor:
    def __init__(self, database: Backticks, held: sqlite3.Cursor) -> None:
        self._database, self._held = database, held

    def execute(self, sql: str, *given: Any) -> None:
        self._database.asked.append(sql)
        self._held.execute(self._database.said(sql), *given)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._held, name)


def known(monkeypatch: pytest.MonkeyPatch, database: Backticks) -> None:
    module = ModuleType("a_database")
    vars(module).update(connect=lambda: database, Error=sqlite3.Error, paramstyle="qmark")
    monkeypatch.setitem(sys.modules, "a_database", module)


def read(desk: Any, asked: Asked | None = None, **more: Any) -> Any:
    source = Source("web", "", desk.folder, ROLES, database=Database(module="a_database", **more))
    return checked(desk.engine, source, desk.folder / "scratch", asked or Asked())


@pytest.mark.parametrize("asked", [{"table": "orders"}, {"query": "SELECT * FROM ORDERS"}])
@pytest.mark.parametrize(("database", "quote"), [(Backticks, "`"), (Capitals, '"')])
def test_names_are_quoted_as_the_database_does_and_spelt_as_it_spells_them(
    desk, monkeypatch, database, quote, asked
) -> None:
    there = database()
    known(monkeypatch, there)
    first = read(desk, **asked, grows_by="at")
    assert desk.select(first, "person, event") == [("a", "view"), ("b", "paid")]
    assert f"{quote}WHO{quote}" in there.asked[-1]
    again = read(desk, Asked(mark=first.mark), **asked, grows_by="at", overlap_seconds=3600)
    assert desk.select(again, "person") == [("b",)]


@pytest.mark.parametrize("written", ["orders", "main.Orders"])
def test_without_a_list_of_tables_a_name_is_tried_as_it_may_be_spelt(desk, monkeypatch, written) -> None:
    there = Capitals()
    there.lists = False
    known(monkeypatch, there)
    assert desk.select(read(desk, table=written), "person") == [("a",), ("b",)]
    for other in ("order", '"orders"'):
        with pytest.raises(SourceError, match="no such name"):
            read(desk, table=other)


def test_a_table_that_is_not_there_is_told_with_the_nearest(desk, monkeypatch) -> None:
    known(monkeypatch, Capitals())
    with pytest.raises(SourceError, match="There is no table 'order'") as refused:
        read(desk, table="order")
    assert "Did you mean 'main.ORDERS'" in str(refused.value)


def test_a_name_that_two_tables_share_capitals_aside_is_the_one_that_is_written(desk, monkeypatch) -> None:
    there = Backticks(table='"orders"')
    there.said = lambda sql: sql.replace("information_schema.tables", "listed")  # type: ignore[method-assign]
    there.cursor()._held.execute("CREATE TABLE listed (table_schema, table_name)")
    there.cursor()._held.execute("INSERT INTO listed VALUES ('main', 'ORDERS'), ('main', 'orders')")
    known(monkeypatch, there)
    read(desk, table="orders")
    assert "`orders`" in there.asked[-1]
