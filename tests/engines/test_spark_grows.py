"""A table of a real Spark cluster that says how it grows is read once, and then only from where it was."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from klantreis.engines.spark import SparkWorkers
from klantreis.journeys.store import Store
from klantreis.log.model import Database, Roles, Source
from klantreis.workspace.load import load
from spark_session import spark

ROWS = "SELECT concat('p', id) AS who, 'view' AS what, {} AS made FROM range({})"
KINDS = {
    "moment": "timestamp'2026-01-01 00:00:00+00:00' + make_interval(0, 0, 0, 0, id)",
    "clock": "timestamp_ntz'2026-01-01 00:00:00' + make_interval(0, 0, 0, 0, id)",
    "day": "date'2026-01-01' + cast(id / 24 as int)",
    "number": "1767225600 + id * 3600",
    "text": "date_format(timestamp_ntz'2026-01-01 00:00:00' + make_interval(0, 0, 0, 0, id), 'yyyy-MM-dd HH:mm')",
}


@spark
@pytest.mark.parametrize("kind", KINDS)
def test_a_table_that_grew_is_read_from_where_it_was(cluster: SparkWorkers, tmp_path: Path, kind: str) -> None:
    database = Database(table="grows", module="spark", grows_by="made", overlap_seconds=7200)
    source = Source("web", "", tmp_path, Roles("who", "made", "what"), database=database)
    store, session, counts = Store(tmp_path / "store"), cluster.session(), []
    for rows in (240, 264, 264):
        session.sql(ROWS.format(KINDS[kind], rows)).createOrReplaceTempView("grows")
        (done,) = load(store, (source,), workers=cluster).sources
        counts.append((done.read, done.stored))
    again = 24 if kind == "day" else 3  # the day of the mark, or the hours from two before it on
    assert counts == [(240, 240), (24 + again, 24), (again, 0)]
    assert store.log().stored == 264


def test_the_extra_brings_what_spark_itself_asks_for_tables() -> None:
    pytest.importorskip("pyspark")

    def names(package: str, extra: str) -> set[str]:
        asked = metadata.requires(package) or []
        own = [one for one in asked if "extra ==" not in one or re.search(rf"extra == ['\"]{extra}['\"]", one)]
        return {re.split(r"[^\w.-]", one, maxsplit=1)[0].lower() for one in own}

    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    brought = {*project["dependencies"], *project["optional-dependencies"]["spark"]}
    assert names("pyspark", "sql") - {"py4j"} <= {re.split(r"[^\w.-]", one, maxsplit=1)[0].lower() for one in brought}
