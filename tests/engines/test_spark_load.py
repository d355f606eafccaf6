"""A source loaded on a real Spark cluster gives the store that this machine makes, also when workers die half way.

They start a master and two workers on loopback, so they run when asked: `./klantreis test --spark`.
"""

from __future__ import annotations

import os
import shutil
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from klantreis.analyses.fold import fold
from klantreis.engines.base import Query
from klantreis.engines.duckdb import DuckDbEngine
from klantreis.engines.spark import SparkWorkers
from klantreis.journeys.arrive import arrive
from klantreis.journeys.manifest import read_manifest, write_manifest
from klantreis.journeys.store import Store
from klantreis.log.model import Database, Roles, Source
from klantreis.log.quality import refused
from klantreis.log.read import checked
from klantreis.workspace.folder import Workspace, open_workspace
from spark_every import every, told
from spark_session import spark

WEB = Roles(person="who", at="when", event="what", id="id")
SIZE = 20_000
"""Bytes in a piece: some six pieces of the file below."""


@contextmanager
def engine() -> Iterator[DuckDbEngine]:
    own = DuckDbEngine(threads=1)
    yield own
    own.close()


def web(folder: Path) -> Source:
    """A file with repeated rows, equal ids of different people, and rows that are refused for every kind of reason."""
    rows = [
        f"p{n % 97},2026-01-{1 + n % 28:02} 10:{n % 60:02},{'abc'[n % 3]},{'' if n % 5 else f'id{n % 400}'},{n % 11}"
        for n in range(3000)
    ]
    rows[700:700] = ["p1,x", "p1,2026-01-01,a,,1,2,3", ",2026-01-01,a,,", "p1,soon,a,,", "p1,2026-01-01,,,"]
    (folder / "web.csv").write_text("\n".join(["who,when,what,id,note", *rows, *rows[2000:]]), encoding="utf-8")
    return Source(name="web", path="web.csv", folder=folder, roles=WEB)


def stored(folder: Path, *, order: bool = True) -> list[tuple[Any, ...]]:
    """Every stored event with its bucket; without their places in the source when it has no order."""
    found: list[tuple[Any, ...]] = []
    with engine() as own:
        for event in read_manifest(folder).events:
            read = Query((("read", "SELECT * FROM read_parquet($file)"),), {"file": str(folder / event.file.path)})
            names = [name for name in sorted(own.columns(read)) if name != "bucket" and (order or name != "sequence")]
            listed = ", ".join(f'"{name}"' for name in names)
            rows = own.rows(read.then("listed", f"SELECT {listed} FROM read"))
            found += [(event.bucket, *zip(names, row, strict=True)) for row in rows]
    return sorted(found, key=repr)


@dataclass(frozen=True)
class Done:
    """What one machine made of a source."""

    store: Path
    load: Any
    refused: Any


def here(folder: Path, source: Source) -> Done:
    store = Store(folder / "here")
    with engine() as own:
        rows = checked(own, source, folder / "scratch")
        told = refused(own, rows)
        return Done(store.folder, store.append(own, rows, source), told)


@spark
def test_a_file_in_pieces_is_loaded_as_by_this_machine(cluster: SparkWorkers, tmp_path: Path) -> None:
    source = web(tmp_path)
    expected = here(tmp_path, source)
    with engine() as own:
        found = arrive(tmp_path / "there", own, source, cluster, size=SIZE)
        again = arrive(tmp_path / "there", own, source, cluster, size=SIZE)
    assert found is not None
    assert again is not None
    assert found.load == expected.load
    assert Store(tmp_path / "there").log().version == Store(expected.store).log().version
    assert found.refused == replace(expected.refused, counts=found.refused.counts)
    assert dict(found.refused.counts) == dict(expected.refused.counts)
    assert stored(tmp_path / "there") == stored(expected.store)
    assert (again.load.stored, again.load.duplicate) == (0, expected.load.stored + expected.load.duplicate)


@spark
def test_a_table_of_spark_is_loaded_as_the_same_rows_in_a_file(cluster: SparkWorkers, tmp_path: Path) -> None:
    rows = [f"p{n % 97},2026-01-{1 + n % 28:02} 10:{n % 60:02},{'abc'[n % 3]},{n % 11}" for n in range(900)]
    bad = ["p1,soon,a,1", ",2026-01-01,a,1"]
    (tmp_path / "web.csv").write_text("\n".join(["who,when,what,note", *rows, *bad, *rows[800:]]), encoding="utf-8")
    roles = Roles(person="who", at="when", event="what")
    file = Source(name="web", path="web.csv", folder=tmp_path, roles=roles)
    expected = here(tmp_path, file)
    frame = cluster.session().read.csv(str(tmp_path / "web.csv"), header=True)
    frame.repartition(3).createOrReplaceTempView("web_events")
    table = replace(file, path="", database=Database(table="web_events", module="spark"))
    with engine() as own:
        found = arrive(tmp_path / "there", own, table, cluster)
    assert found is not None
    assert found.load == expected.load
    assert dict(found.refused.counts) == dict(expected.refused.counts)
    assert stored(tmp_path / "there", order=False) == stored(expected.store, order=False)


@spark
def test_the_stored_events_are_a_partitioned_table_to_spark(cluster: SparkWorkers, tmp_path: Path) -> None:
    source = web(tmp_path)
    with engine() as own, pytest.MonkeyPatch.context() as patch:
        patch.setattr("klantreis.journeys.append.bucket_bits", lambda touches: 2)
        found = arrive(tmp_path / "there", own, source, cluster, size=SIZE)
    assert found is not None
    (table,) = {Path(event.file.path).parents[1] for event in read_manifest(tmp_path / "there").events}
    # Spark reads no UUID, so the columns that are asked are named, without the key.
    frame = cluster.session().read.schema("person string, at bigint, event string, bucket int")
    rows = frame.parquet(str(tmp_path / "there" / table)).groupBy("bucket").count().collect()
    held: dict[int, int] = {}
    for event in read_manifest(tmp_path / "there").events:
        held[event.bucket] = held.get(event.bucket, 0) + event.rows
    assert {row["bucket"]: row["count"] for row in rows} == held
    assert sum(held.values()) == found.load.stored


class Struck:
    """Workers of whom one is killed, as by a power cut, while it is at its second piece of a question."""

    shared = True

    def __init__(self, workers: SparkWorkers, folder: Path, asked: Callable[[Any], bool]) -> None:
        self.workers, self.folder, self.asked, self.struck = workers, folder, asked, 0

    def reduced(self, pieces: Any, measure: Any, merge: Any) -> Any:
        if len(pieces) < 3 or not self.asked(measure):
            return self.workers.reduced(pieces, measure, merge)
        begun = self.folder / f"begun-{time.monotonic_ns()}"
        begun.mkdir(parents=True)
        killer = threading.Thread(target=self._strike, args=(begun,))
        killer.start()
        found = self.workers.reduced(pieces, partial(slowly, str(begun), measure), merge)
        killer.join()
        assert len(list(begun.iterdir())) > len(pieces), "what it had begun was begun again"
        return found

    def over_table(self, table: str, query: str, measure: Any, merge: Any) -> Any:
        return self.workers.over_table(table, query, measure, merge)

    def _strike(self, begun: Path) -> None:
        until = time.monotonic() + 60
        at_second: list[int] = []
        while time.monotonic() < until and not at_second:
            time.sleep(0.02)
            told = Counter(int(file.name.split("-")[0]) for file in begun.iterdir())
            at_second = [executor for executor, pieces in told.items() if pieces > 1]
        os.kill(at_second[0], signal.SIGKILL)
        self.struck += 1
        Path(f"{begun}-struck").touch()


def slowly(begun: str, measure: Callable[[Any], Any], piece: Any) -> Any:
    """On a worker: tells which executor it is of; at its second piece it waits to be struck, or for the other."""
    executor = Path(f"/proc/{os.getppid()}/stat").read_text().rsplit(")", 1)[1].split()[1]
    Path(begun, f"{executor}-{time.monotonic_ns()}").touch()
    until = time.monotonic() + 60
    if len(list(Path(begun).glob(f"{executor}-*"))) > 1:
        while time.monotonic() < until and not Path(f"{begun}-struck").exists():
            time.sleep(0.02)
    return measure(piece)


def of(*names: str) -> Callable[[Any], bool]:
    """Says of a question whether it is one of these functions."""
    return lambda measure: getattr(measure, "func", measure).__name__ in names


@spark
def test_an_executor_killed_at_each_question_of_the_pass_changes_nothing(
    cluster: SparkWorkers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("klantreis.journeys.append.bucket_bits", lambda touches: 3)
    monkeypatch.setattr("klantreis.journeys.arrive.KEYS_AT_ONCE", 500)
    monkeypatch.setattr("klantreis.journeys.arrive.EVENTS_AT_ONCE", 100)
    source = web(tmp_path)
    expected = here(tmp_path, source)
    struck = Struck(cluster, tmp_path / "struck", of("seen", "came", "kept", "put"))
    with engine() as own:
        found = arrive(tmp_path / "there", own, source, struck, size=SIZE)
    assert struck.struck == 4
    assert found is not None
    assert found.load == expected.load
    assert found.refused.rows == expected.refused.rows
    assert stored(tmp_path / "there") == stored(expected.store)
    store = Store(tmp_path / "there")
    assert store.verify() == ()
    named = {store.folder / file.path for file in read_manifest(store.folder).files()}
    assert set((store.folder / "events").rglob("*.parquet")) == named, "nothing half is left in the table"


@spark
def test_an_executor_killed_while_placing_and_while_measuring_changes_nothing(
    cluster: SparkWorkers, shop: Workspace, tmp_path: Path
) -> None:
    folder = tmp_path / "shop"
    shutil.copytree(shop.folder, folder, ignore=shutil.ignore_patterns("parts"))
    manifest = read_manifest(folder / ".klantreis")
    write_manifest(folder / ".klantreis", replace(manifest, maps=()))
    there, map_ = open_workspace(folder), shop.map()
    zone = shop.settings.time_zone
    placing = Struck(cluster, tmp_path / "placing", of("_put"))
    with engine() as own:
        assert there.store.place(own, map_, time_zone=zone, workers=placing) == 8
    assert placing.struck == 1
    assert there.store.verify() == ()
    journeys = replace(there.store.open_journeys(map_, time_zone=zone, currency=shop.settings.currency), parts=None)
    measuring = Struck(cluster, tmp_path / "measuring", of("_measured"))
    ours = replace(shop.store.open_journeys(map_, time_zone=zone, currency=shop.settings.currency), parts=None)
    seen, expected = (fold(every(ours, {}), one, None) for one in (replace(journeys, workers=measuring), ours))
    assert {name: told(one) for name, one in seen.items()} == {name: told(one) for name, one in expected.items()}
    assert measuring.struck == 1
