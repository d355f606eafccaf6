"""A table that Spark knows and that says how it grows is asked for what may be new only."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import reduce
from pathlib import Path
from typing import Any

import duckdb
import pytest

from klantreis.engines.duckdb import DuckDbEngine
from klantreis.errors import SourceError
from klantreis.journeys.arrive import Arrived, arrive
from klantreis.journeys.tables import newer
from klantreis.log.growth import Mark
from klantreis.log.model import Database, Roles, Source

NOW = datetime(2026, 11, 22, tzinfo=UTC)
TABLE = Database(table="lake.shop.clicks", module="spark", grows_by="made", overlap_seconds=3600)


class Cluster:
    """Workers in this process, for whom a table is one of DuckDB; `asked`: what was asked of it."""

    shared = True

    def __init__(self) -> None:
        self.lake = duckdb.connect()
        self.asked: list[str] = []

    def reduced(self, pieces: Any, measure: Any, merge: Any) -> Any:
        return reduce(merge, map(measure, pieces))

    def over_table(self, table: str, query: str, measure: Any, merge: Any) -> Any:
        asked = query.replace("`", '"').replace("TIMESTAMP_NTZ", "TIMESTAMP") or f"SELECT * FROM {table}"
        self.asked.append(asked)
        rows = self.lake.sql(asked).to_arrow_table()
        return measure(0, rows.to_reader()) if rows.num_rows else None


@pytest.fixture
def cluster() -> Cluster:
    found = Cluster()
    found.lake.execute("CREATE TABLE clicks (who VARCHAR, made TIMESTAMP, what VARCHAR)")
    found.lake.execute(
        "INSERT INTO clicks SELECT 'p' || i, '2026-01-01'::TIMESTAMP + i * INTERVAL 1 HOUR, 'view' FROM range(9) r(i)"
    )
    return found


def load(cluster: Cluster, folder: Path, mark: Mark | None, **more: Any) -> Arrived:
    database = Database(**{"table": "clicks", "module": "spark", "grows_by": "made", "overlap_seconds": 3600, **more})
    source = Source("web", "", folder, Roles("who", "made", "what"), database=database)
    engine = DuckDbEngine(threads=1)
    try:
        found = arrive(folder / "store", engine, source, cluster, since=(mark, NOW))
    finally:
        engine.close()
    assert found is not None
    return found


def test_a_next_load_asks_only_what_may_be_new(cluster: Cluster, tmp_path: Path) -> None:
    first = load(cluster, tmp_path, None)
    assert (first.load.read, first.load.stored, first.mark) == (9, 9, Mark("clock", "2026-01-01T08:00:00"))
    cluster.lake.execute(
        "INSERT INTO clicks VALUES ('p1', '2026-01-02', 'buy'), ('p2', NULL, 'buy'), ('p3', '9999-01-01', 'x')"
    )
    second = load(cluster, tmp_path, first.mark)
    assert (second.load.read, second.load.stored, second.load.duplicate, second.load.rejected) == (5, 1, 2, 2)
    assert second.mark == Mark("clock", "2026-01-02T00:00:00")
    assert cluster.asked[-1].endswith('WHERE "made" >= TIMESTAMP \'2026-01-01 07:00:00\' OR "made" IS NULL')


def test_nothing_new_keeps_the_mark(cluster: Cluster, tmp_path: Path) -> None:
    first = load(cluster, tmp_path, None, overlap_seconds=0)
    assert first.mark is not None
    cluster.lake.execute("DELETE FROM clicks")
    again = load(cluster, tmp_path, first.mark, overlap_seconds=0)
    assert (again.load.read, again.load.stored, again.mark) == (0, 0, first.mark)


def test_a_table_that_does_not_say_how_it_grows_has_no_mark(cluster: Cluster, tmp_path: Path) -> None:
    assert load(cluster, tmp_path, None, grows_by="").mark is None
    assert load(cluster, tmp_path, None, grows_by="who").mark is None, "no moments"


def test_a_column_that_is_not_there_is_named_with_the_nearest(cluster: Cluster, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"grows_by: 'maed' is no column. Did you mean 'made'"):
        load(cluster, tmp_path, None, grows_by="maed")


@pytest.mark.parametrize(
    ("mark", "least"),
    [
        (Mark("moment", "2026-06-09T10:00:00+00:00"), "TIMESTAMP '2026-06-09 09:00:00+00:00'"),
        (Mark("clock", "2026-06-09T10:00:00"), "TIMESTAMP_NTZ '2026-06-09 09:00:00'"),
        (Mark("day", "2026-06-09"), "DATE '2026-06-09'"),
        (Mark("number", "1780308100"), "1780304500"),
        (Mark("text", "2026-06-09 10:00"), "'2026-06-09 09:00'"),
    ],
)
def test_spark_is_asked_in_its_own_words(mark: Mark, least: str) -> None:
    asked = newer(TABLE, mark)
    assert (asked.table, asked.query) == (
        "", f"SELECT * FROM `lake`.`shop`.`clicks` WHERE `made` >= {least} OR `made` IS NULL"
    )  # fmt: skip
    query = newer(Database(query="SELECT 1 AS made -- all;", module="spark", grows_by="made"), mark).query
    assert query.startswith("SELECT * FROM (SELECT 1 AS made -- all\n) asked WHERE `made` >= ")
