"""While Spark is at work: how far it is, and whether anybody is left to do it.

Spark itself waits without end for workers that are gone, and tries for ten minutes to reach a Spark Connect that is.
So the question is asked in a thread of its own, and this one looks on: it can be stopped by Ctrl-C at any moment.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable, Iterable
from concurrent.futures import Future, wait
from contextlib import suppress
from typing import Any, Protocol, TypeVar

from klantreis.engines.base import Heard
from klantreis.engines.masters import silent, unreached
from klantreis.engines.spark_faults import nobody_left, nobody_yet

OFTEN = 0.5
"""Seconds between two looks."""
PATIENCE = 20.0
"""Seconds without anybody to work before it is said: a cluster that can, replaces who was lost within a few."""
CALLS = 3.0
"""Seconds between two calls to the machines of a cluster."""
MANY = 200
"""So many machines of one cluster are not called: when all of them are silent, Spark tells."""
GRACE = 3.0
"""Seconds that what was begun gets to end."""

Answer = TypeVar("Answer")
Stage = tuple[int, int, int, bool]
"""The number of a stage, its tasks, those that are done, and whether it has begun."""


class Watch(Protocol):
    """One question to one cluster."""

    def begin(self) -> None:
        """Marks what this thread asks from now on, so that it can be told apart."""

    def stages(self) -> Iterable[Stage]:
        """Returns the stages of the question that are known by now."""

    def look(self) -> None:
        """Raises QueryError when nobody has been at work for too long."""

    def stop(self) -> None:
        """Ends what was begun."""

    def over(self) -> None:
        """Takes away what `begin` marked."""


def followed(ask: Callable[[], Answer], watch: Watch, tasks: int | None, tell: Heard | None) -> Answer:
    """Returns the answer to a question of a cluster; ends it when it is stopped by hand, or nobody is left.

    Args:
        ask: what asks; it is called in another thread.
        watch: who looks at the cluster.
        tasks: in how many tasks the work is done, after one stage that deals it out; None: not known.
        tell: is told (done, all) tasks while they are done.
    """
    answer: Future[Answer] = Future()

    def work() -> None:
        try:
            watch.begin()
            found = ask()
            with suppress(Exception):
                watch.over()
        except BaseException as error:  # noqa: BLE001 - whoever waits raises it
            answer.set_exception(error)
        else:
            answer.set_result(found)

    _aside(work)
    try:
        while not wait([answer], OFTEN).done:
            if tell is not None:
                tell(*far(watch.stages(), tasks))
            watch.look()
    except BaseException:
        _aside(watch.stop).join(GRACE)
        wait([answer], GRACE)
        raise
    return answer.result()


def _aside(work: Callable[[], object]) -> threading.Thread:
    """Begins something in a thread that nobody has to wait for."""
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def far(stages: Iterable[Stage], tasks: int | None) -> tuple[int, int]:
    """Returns how many tasks are done, of how many; (0, 1) when nothing is known yet.

    With `tasks` the first stage is not counted: it deals out the work.
    """
    known = sorted(set(stages))
    if tasks is None:
        return sum(stage[2] for stage in known), max(1, sum(stage[1] for stage in known))
    own = [done for _, all_, done, begun in known[1:] if all_ == tasks and begun]
    return (own[-1] if own else 0), tasks


class OfCluster:
    """Looks at the executors of a session that has its cluster itself."""

    def __init__(self, session: Any, master: str) -> None:
        self.context, self.master = session.sparkContext, master
        self.group = f"klantreis-{uuid.uuid4().hex[:12]}"
        self.since: float | None = None
        self.said = False
        self.called = _Called()

    def begin(self) -> None:
        """Marks the jobs of this thread."""
        self.context.setJobGroup(self.group, "klantreis", True)

    def stages(self) -> list[Stage]:
        """Returns the stages of the jobs so far."""
        tracker = self.context.statusTracker()
        jobs = [tracker.getJobInfo(job) for job in tracker.getJobIdsForGroup(self.group)]
        found = [tracker.getStageInfo(stage) for job in jobs if job is not None for stage in job.stageIds]
        return [
            (one.stageId, one.numTasks, one.numCompletedTasks, one.numActiveTasks + one.numCompletedTasks > 0)
            for one in found
            if one is not None
        ]

    def look(self) -> None:
        """Counts the executors; the cluster of one machine has none, and is there as long as this process is."""
        if self.master.startswith("local"):
            return
        here = self.context._jsc.sc()  # Python's side does not tell of executors
        there = len(here.statusTracker().getExecutorInfos()) > 1  # this process is among them
        now = time.monotonic()
        silence = self.called.silence(here, now) if there else ""
        if there and not silence:
            self.since = None
            return
        self.since = self.since or now
        if now - self.since < PATIENCE or self.said:
            return
        ever = here.statusStore().executorList(False).size() > 1
        why = silence or unreached(self.master)
        if why or (ever and self.master.startswith("spark://")):
            raise nobody_left(self.master, PATIENCE, why)
        self.said = True
        nobody_yet(self.master, PATIENCE)

    def stop(self) -> None:
        """Ends the jobs; a session that nobody works for is put away, so that the next question begins another."""
        with suppress(Exception):
            if self.since is None:
                self.context.cancelJobGroup(self.group)
            else:
                self.context.stop()

    def over(self) -> None:
        """Marks nothing any more."""
        self.context.setLocalProperty("spark.jobGroup.id", None)


class _Called:
    """Whether the machines of the executors still say anything: for one that does not Spark waits a minute or two.

    Only a network that let calls through before is believed to be silent: another may let nobody in.
    """

    def __init__(self) -> None:
        self.answered, self.said, self.next = False, "", 0.0

    def silence(self, here: Any, now: float) -> str:
        """Returns what the network said of them when they were last called, '' when one of them answered."""
        if now < self.next:
            return self.said
        listed = here.statusStore().executorList(True)
        found = [listed.apply(place) for place in range(listed.size())]
        told = [(one.hostPort() or "").rpartition(":") for one in found if one.id() != "driver"]
        # One that has only just begun has no port yet.
        places = {host.strip("[]"): int(port) for host, _, port in told if port.isdecimal()}
        if not places or len(places) > MANY:
            return ""
        said = silent(places)
        self.answered = self.answered or not said
        self.said, self.next = said if self.answered else "", time.monotonic() + CALLS
        return self.said


class OfConnect:
    """Looks whether Spark Connect still answers, for a session that others have."""

    def __init__(self, session: Any, master: str) -> None:
        self.session, self.master = session, master
        self.tag = f"klantreis-{uuid.uuid4().hex[:12]}"
        self.since: float | None = None
        self.seen: dict[int, Stage] = {}

    def begin(self) -> None:
        """Marks what this thread asks, and hears how far it is."""
        self.session.addTag(self.tag)
        self.session.registerProgressHandler(self.hear)

    def hear(self, stages: Iterable[Any] | None = None, **more: Any) -> None:
        """Takes in what Spark Connect tells of the stages."""
        del more
        with suppress(AttributeError):  # how far it is, is no reason to fail
            for one in stages or ():
                self.seen[one.stage_id] = one.stage_id, one.num_tasks, one.num_completed_tasks, True

    def stages(self) -> list[Stage]:
        """Returns the stages that were told."""
        return list(self.seen.values())

    def look(self) -> None:
        """Calls at the door."""
        silent = unreached(self.master)
        if not silent:
            self.since = None
            return
        now = time.monotonic()
        self.since = self.since or now
        if now - self.since >= PATIENCE:
            raise nobody_left(self.master, PATIENCE, silent)

    def stop(self) -> None:
        """Ends what was asked; a door that is closed is not knocked at for ten minutes."""
        with suppress(Exception):
            if self.since is None:
                self.session.interruptTag(self.tag)
                return
            from pyspark.sql.connect.client.retries import DefaultPolicy

            self.session.client.set_retry_policies([DefaultPolicy(max_retries=0)])
            self.session.stop()

    def over(self) -> None:
        """Marks nothing any more."""
        self.session.removeProgressHandler(self.hear)
        self.session.removeTag(self.tag)
