from contextlib import closing
from functools import reduce
from pathlib import Path
from typing import Any

import pytest

from klantreis.engines.base import Query
from klantreis.engines.duckdb import DuckDbEngine
from klantreis.engines.spark import SparkWorkers
from klantreis.errors import DocumentError, OptionError
from klantreis.findings import finding_dict
from klantreis.journeys.manifest import read_manifest
from klantreis.journeys.store import Store
from klantreis.labels import plain
from klantreis.log import pieces
from klantreis.log.model import Database, Roles, Source
from klantreis.map.model import JourneyMap, Matcher, Touchpoint
from klantreis.workspace.load import load
from klantreis.workspace.settings import Settings, read_settings
from klantreis.workspace.workers import workers_of


def settings(folder: Path, *lines: str) -> Settings:
    file = folder / "klantreis.yaml"
    file.write_text("\n".join(["klantreis: 1", "name: shop", *lines]), encoding="utf-8")
    return read_settings(file)


def workers(folder: Path, *lines: str) -> object:
    told = settings(folder, *lines)
    return workers_of(told.engine, told.spark)


def test_a_workspace_is_measured_by_this_process_unless_it_says_otherwise(tmp_path: Path) -> None:
    assert workers(tmp_path) is None
    assert workers(tmp_path, "engine: duckdb", "spark: {master: 'spark://there:7077'}") is None


def test_spark_without_more_is_this_machine_which_sees_its_own_files(tmp_path: Path) -> None:
    assert workers(tmp_path, "engine: spark") == SparkWorkers("local[*]", shared=True)


def test_other_machines_are_sent_what_they_measure_unless_they_share_the_disk(tmp_path: Path) -> None:
    there = "master: 'spark://there:7077'"
    assert workers(tmp_path, "engine: spark", f"spark: {{{there}}}") == SparkWorkers("spark://there:7077", shared=False)
    found = workers(tmp_path, "engine: spark", f"spark: {{{there}, files: shared, python: /opt/python3}}")
    assert found == SparkWorkers("spark://there:7077", shared=True, python="/opt/python3")


def test_settings_of_spark_itself_are_handed_on(tmp_path: Path) -> None:
    told = settings(tmp_path, "engine: spark", "spark: {settings: [spark.executor.memory=4g, spark.cores.max = 8]}")
    assert told.spark.settings == (("spark.executor.memory", "4g"), ("spark.cores.max", "8"))


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["engine: sparc"], "sparc"),
        (["engine: spark", "spark: {master: there}"], "“there” names no Spark"),
        (["engine: spark", "spark: {settings: [memory=4g]}"], "“memory=4g” is no setting of Spark"),
        (["engine: spark", "spark: {files: both}"], "both"),
        (["engine: spark", "spark: {mastr: local}"], "mastr"),
    ],
)
def test_a_wrong_word_is_told_with_what_to_write(tmp_path: Path, lines: list[str], title: str) -> None:
    with pytest.raises(DocumentError) as refused:
        settings(tmp_path, *lines)
    (finding,) = refused.value.findings
    assert title in finding.title.en
    assert finding.advice.en


class Here:
    """Workers that are this process."""

    shared = True

    def __init__(self) -> None:
        self.asked = 0

    def reduced(self, pieces: Any, measure: Any, merge: Any) -> Any:
        self.asked += 1
        return reduce(merge, map(measure, reversed(pieces)))


class Telling(Here):
    """Workers who tell when half of a question is done, and when all of it is."""

    def __init__(self, tell: Any = None) -> None:
        super().__init__()
        self.tell = tell

    def heard(self, tell: Any) -> Here:
        return Telling(tell)

    def reduced(self, pieces: Any, measure: Any, merge: Any) -> Any:
        found = super().reduced(pieces, measure, merge)
        self.tell(1, 2)
        self.tell(2, 2)
        return found


class Apart(Here):
    """Workers that do not see the files of this machine."""

    shared = False


def source(folder: Path, name: str = "web.csv", **more: Any) -> Source:
    return Source(name="web", path=name, folder=folder, roles=Roles(person="who", at="when", event="what"), **more)


def rows(folder: Path, count: int, name: str = "web.csv") -> None:
    lines = ["who,when,what", *(f"p{n % 7},2026-01-01 10:{n % 60:02},a{n}" for n in range(count)), "p1,soon,a"]
    (folder / name).write_text("\n".join(lines), encoding="utf-8")


def test_workers_load_what_is_more_than_one_piece(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "SIZE", 400)
    rows(tmp_path, 60)
    expected = load(Store(tmp_path / "here"), [source(tmp_path)])
    asked = Here()
    found = load(Store(tmp_path / "there"), [source(tmp_path)], workers=asked)
    assert asked.asked > 2
    (ours,), (theirs,) = expected.sources, found.sources
    assert (theirs.read, theirs.stored, theirs.duplicate, theirs.rejected) == (61, 60, 0, 1)
    assert theirs.rejected_file is not None
    assert ours.rejected_file is not None
    assert theirs.rejected_file.read_text() == ours.rejected_file.read_text()
    assert theirs.rejected_file.name == ours.rejected_file.name
    assert [finding_dict(one) for one in found.findings] == [finding_dict(one) for one in expected.findings]


def test_it_is_told_how_far_workers_are_with_a_source_and_with_a_map(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "SIZE", 400)
    rows(tmp_path, 60)
    told: list[float] = []
    store = Store(tmp_path / "there")
    load(store, [source(tmp_path)], workers=Telling(), tell=lambda done, all_, word: told.append(round(done / all_, 3)))
    assert told == sorted(told)
    assert told == [0, 0.05, 0.1, 0.35, 0.6, 0.675, 0.75, 0.875, 1, 1]
    told.clear()
    map_ = JourneyMap("web", plain("web"), touchpoints=(Touchpoint("a1", plain("a"), "p", matcher=Matcher("a1")),))
    with closing(DuckDbEngine()) as own:
        store.place(own, map_, workers=Telling(), tell=lambda done, all_: told.append(done / all_))
    assert told == [0.5, 1]


def test_workers_read_only_the_files_that_are_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "SIZE", 400)
    both = []
    for place, asked in (("here", None), ("there", Here())):
        store = Store(tmp_path / place)
        (tmp_path / "data").mkdir(exist_ok=True)
        for old in (tmp_path / "data").glob("*"):
            old.unlink()
        rows(tmp_path / "data", 40, "a.csv")
        told = [load(store, [source(tmp_path, "data/*.csv")], workers=asked).sources[0].read]
        rows(tmp_path / "data", 90, "b.csv")
        told.append(load(store, [source(tmp_path, "data/*.csv")], workers=asked).sources[0].read)
        files = [str(store.folder / event.file.path) for event in read_manifest(store.folder).events]
        with closing(DuckDbEngine()) as own:
            query = Query((("all", "SELECT sequence, event FROM read_parquet($files) ORDER BY ALL"),), {"files": files})
            both.append((told, own.rows(query)))
    assert both[0] == both[1]
    assert both[0][0] == [41, 91]


def test_a_small_file_is_read_here_without_a_word(tmp_path: Path) -> None:
    rows(tmp_path, 60)
    asked = Here()
    found = load(Store(tmp_path / "there"), [source(tmp_path)], workers=asked)
    assert asked.asked == 0
    assert [one.rule for one in found.findings] == ["rejected-rows"]


def test_what_cannot_be_shared_out_is_read_here_and_said(tmp_path: Path) -> None:
    event = (
        '<event><string key="concept:name" value="a"/><date key="time:timestamp" value="2026-01-01T10:00:00Z"/></event>'
    )
    case = f'<trace><string key="concept:name" value="c1"/>{event}</trace>'
    (tmp_path / "web.xes").write_text(f'<?xml version="1.0"?><log>{case}</log>', encoding="utf-8")
    log = Source(name="web", path="web.xes", folder=tmp_path, roles=Roles(person=""))
    found = load(Store(tmp_path / "there"), [log], workers=Here())
    assert found.sources[0].stored == 1
    (said,) = found.findings
    assert (said.rule, said.level) == ("read-here", "hint")
    assert "CSV" in said.detail.en


def test_workers_that_do_not_see_the_store_read_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "SIZE", 400)
    rows(tmp_path, 60)
    asked = Apart()
    assert load(Store(tmp_path / "there"), [source(tmp_path)], workers=asked).sources[0].stored == 60
    assert asked.asked == 0


@pytest.mark.parametrize("asked", [None, Apart()])
def test_a_table_of_spark_needs_a_cluster_that_sees_the_store(tmp_path: Path, asked: Any) -> None:
    table = source(tmp_path, "", database=Database(table="shop.web.events", module="spark"))
    with pytest.raises(OptionError, match="A table that Spark knows") as refused:
        load(Store(tmp_path / "there"), [table], workers=asked)
    assert "engine: spark" in refused.value.mend
