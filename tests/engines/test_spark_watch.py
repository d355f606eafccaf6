"""Whoever waits for a cluster hears how far it is, is told when nobody is left, and can stop it at any moment."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from klantreis.engines import spark_faults, spark_watch
from klantreis.engines.spark_faults import fault, logged
from klantreis.engines.spark_watch import OfCluster, OfConnect, far, followed
from klantreis.errors import MissingPart, QueryError, Remark
from servers import free_port


class Asked:
    """A watch that does what a test says at each look."""

    def __init__(self, look: Callable[[], None] = lambda: None) -> None:
        self.look, self.marked, self.ended = look, threading.Event(), threading.Event()

    def begin(self) -> None:
        self.marked.set()

    def stages(self) -> list[tuple[int, int, int, bool]]:
        return [(1, 4, 4, True), (2, 4, 3, True)]

    def stop(self) -> None:
        self.ended.set()

    def over(self) -> None:
        self.marked.clear()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spark_watch, "OFTEN", 0.01)
    monkeypatch.setattr(spark_watch, "GRACE", 0.1)


def test_an_answer_comes_back_and_what_went_wrong_is_raised_here() -> None:
    watch = Asked()
    assert followed(lambda: 7, watch, 4, None) == 7
    assert not watch.marked.is_set()
    with pytest.raises(ZeroDivisionError):
        followed(lambda: 1 // 0, watch, 4, None)


def test_it_is_told_how_far_the_work_is() -> None:
    done, heard = threading.Event(), []

    def tell(part: int, all_: int) -> None:
        heard.append((part, all_))
        done.set()

    followed(lambda: done.wait(5), Asked(), 4, tell)
    assert heard[0] == (3, 4)


def test_the_stage_that_deals_out_the_work_is_no_work() -> None:
    assert far([], 4) == (0, 4)
    assert far([(1, 4, 4, True)], 4) == (0, 4)
    assert far([(1, 4, 4, True), (2, 4, 0, False)], 4) == (0, 4)
    assert far([(2, 40, 9, True), (1, 40, 40, True), (3, 5, 0, False)], 40) == (9, 40)
    assert far([], None) == (0, 1)
    assert far([(1, 10, 4, True), (2, 10, 0, False)], None) == (4, 20)


@pytest.mark.parametrize("why", [KeyboardInterrupt(), spark_faults.nobody_left("a", 1, "")])
def test_what_was_begun_is_ended_when_it_is_stopped(why: BaseException) -> None:
    def look() -> None:
        raise why

    watch, forever = Asked(look), threading.Event()
    with pytest.raises(type(why)):
        followed(forever.wait, watch, 4, None)
    assert watch.ended.is_set()
    forever.set()


HERE = SimpleNamespace(id=lambda: "driver", hostPort=lambda: "a:9")


class Java:
    """What the Java side tells: which executors there are, and how many there ever were (this process included)."""

    def __init__(self, now: int, ever: int) -> None:
        self.now, self.ever, self.ended = now, ever, False

    def sc(self) -> Java:
        return self

    def statusTracker(self) -> Any:
        return SimpleNamespace(getExecutorInfos=lambda: [None] * self.now)

    def statusStore(self) -> Any:
        return SimpleNamespace(executorList=lambda active: [HERE] * self.ever)


class Listed(list[Any]):
    def size(self) -> int:
        return len(self)

    def apply(self, place: int) -> Any:
        return self[place]


def cluster(master: str, now: int, ever: int) -> OfCluster:
    java = Java(now, ever)
    java.statusStore = lambda: SimpleNamespace(executorList=lambda active: Listed([HERE] * ever))  # type: ignore[method-assign]
    return OfCluster(SimpleNamespace(sparkContext=SimpleNamespace(_jsc=java)), master)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    now = [100.0]
    monkeypatch.setattr(spark_watch, "time", SimpleNamespace(monotonic=lambda: now[0]))
    return now


def looked(watch: OfCluster | OfConnect, clock: list[float]) -> None:
    watch.look()
    clock[0] += spark_watch.PATIENCE - 1
    watch.look()
    clock[0] += 2
    watch.look()


def test_a_master_that_is_gone_with_all_its_workers_is_told(clock: list[float]) -> None:
    master = f"spark://127.0.0.1:{free_port()}"
    with pytest.raises(QueryError) as gone:
        looked(cluster(master, 1, 3), clock)
    assert clock[0] == 100 + spark_watch.PATIENCE + 1, "not before"
    told = str(gone.value)
    assert "went away half way" in told
    assert master in told
    assert "do it again" in told


def test_workers_that_are_gone_are_told_also_when_the_master_lives(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spark_watch, "unreached", lambda master: "")
    with pytest.raises(QueryError, match="not been a single worker"):
        looked(cluster("spark://a:1", 1, 3), clock)


def test_a_cluster_that_is_busy_is_waited_for_with_one_word(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spark_watch, "unreached", lambda master: "")
    waiting = cluster("spark://a:1", 1, 1)
    with pytest.warns(Remark, match="has given no worker in 20 seconds") as said:
        looked(waiting, clock)
    assert len(said) == 1
    looked(waiting, clock)  # a second word would fail this test


def called(monkeypatch: pytest.MonkeyPatch, words: Iterator[str]) -> OfCluster:
    """A cluster of two machines of which the network says these words, one at each call."""
    ids = (("driver", "a:9"), ("0", "b:1"), ("1", "[fd00::1]:2"), ("2", "c"))
    told = Listed(SimpleNamespace(id=lambda one=one: one, hostPort=lambda at=at: at) for one, at in ids)
    watch = cluster("spark://a:1", 3, 3)
    watch.context._jsc.statusStore = lambda: SimpleNamespace(executorList=lambda active: told)

    def silent(places: dict[str, int]) -> str:
        assert places == {"b": 1, "fd00::1": 2}, "this process is not called"
        return next(words)

    monkeypatch.setattr(spark_watch, "silent", silent)
    return watch


def test_a_network_that_falls_silent_is_told(clock: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    watch = called(monkeypatch, iter(["", *["b:1: Connection timed out"] * 9]))
    watch.look()
    clock[0] += spark_watch.CALLS
    with pytest.raises(QueryError, match="does not answer: b:1: Connection timed out") as gone:
        looked(watch, clock)
    assert clock[0] == 100 + spark_watch.CALLS + spark_watch.PATIENCE + 1, "not before"
    assert "mend the network" in str(gone.value)


def test_a_silence_that_passes_or_was_always_there_is_no_fault(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    passing = called(monkeypatch, iter(["", "b:1: Connection timed out", *[""] * 9]))
    passing.look()
    clock[0] += spark_watch.CALLS
    looked(passing, clock)
    closed = called(monkeypatch, iter(["b:1: Connection timed out"] * 9))
    looked(closed, clock)
    looked(closed, clock)


def test_one_worker_that_lives_is_enough_and_one_machine_has_none(clock: list[float]) -> None:
    looked(cluster("spark://a:1", 2, 3), clock)
    looked(cluster("local[2]", 1, 1), clock)


def test_a_spark_connect_that_no_longer_answers_is_told(clock: list[float]) -> None:
    port = free_port()
    watch = OfConnect(None, f"sc://127.0.0.1:{port}/;token=geheim-5")
    with pytest.raises(QueryError) as gone:
        looked(watch, clock)
    assert f"127.0.0.1:{port}: " in str(gone.value)
    assert "geheim-5" not in str(gone.value)


def test_spark_connect_tells_how_far_it_is() -> None:
    watch = OfConnect(None, "sc://a")
    for done in (1, 2):
        stage = SimpleNamespace(stage_id=5, num_tasks=9, num_completed_tasks=done, done=False)
        watch.hear([stage], inflight_tasks=1, operation_id="x", done=False)
    watch.hear([object()], done=False)
    assert watch.stages() == [(5, 9, 2, True)], "a word that is not understood is no fault"


def test_a_query_that_spark_does_not_understand_is_told_by_its_first_line(capsys: Any) -> None:
    said = "[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column with name `who` cannot be resolved.\n'Project\n+- Relation [a]"
    assert "Spark gave up: [UNRESOLVED_COLUMN.WITH_SUGGESTION] A column with name `who`" in str(fault(said, "local[2]"))
    from_afar = (
        f"{said}\n\nJVM stacktrace:\norg.apache.spark.AnalysisException\n\tat o.a.s.withInternalError(Q.scala:927)"
    )
    assert str(fault(from_afar, "a")) == str(fault(said, "a"))
    with spark_faults.faults("local[2]"):
        logging.getLogger("SQLQueryContextLogger").error("the whole stack of Java")
    assert capsys.readouterr().err == ""


def test_a_package_that_spark_lacks_is_named_with_how_to_get_it() -> None:
    lacking = fault("[PACKAGE_NOT_INSTALLED] grpcio >= 1.76.0 must be installed; however, it was not found.", "sc://a")
    assert isinstance(lacking, MissingPart)
    assert "Spark needs grpcio." in str(lacking)
    assert "pip install 'pyspark[connect]'" in str(lacking)


def test_the_log_of_spark_is_named_when_it_fails(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spark_faults.tempfile, "gettempdir", lambda: str(tmp_path))
    assert "Spark's own log for more" in str(fault("Boom", "local[2]"))
    log = logged()
    log.write_text("at a.b.c\nUnsupportedClassVersionError: version 61.0\n", encoding="utf-8")
    told = str(fault("[JAVA_GATEWAY_EXITED] Java gateway process exited", "local[2]"))
    assert "UnsupportedClassVersionError: version 61.0" in told
    assert str(log) in told
    assert "often there was too little memory" in str(fault("Answer from Java side is empty", "local[2]"))
