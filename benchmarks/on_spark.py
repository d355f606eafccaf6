"""What our fold costs on Spark, beside Spark's own SQL for the same question, on the same two cores.

    python benchmarks/on_spark.py --sizes 1M,10M        # in an environment with Spark, and Java 17

Ours: the pass (read, judge, make unique, store, place on a map of twenty touchpoints) and two measures over the store.
Theirs: the same file read, made unique, dealt over the persons, sorted and written as Parquet; then a funnel and what
follows what by windows over it, once as written in SQL over those files and once over a cached table. The answers are
held equal. CPU is that of this process and all that it started: Spark, and the Python of its workers.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from asked import NAMES, STEPS, WITHIN_DAYS
from data import events

from klantreis.analyses import follows, funnel
from klantreis.analyses.fold import fold
from klantreis.engines.duckdb import DuckDbEngine
from klantreis.engines.spark import SparkWorkers
from klantreis.journeys.arrive import arrive
from klantreis.journeys.store import Store
from klantreis.labels import plain
from klantreis.log.model import Roles, Source
from klantreis.map.model import JourneyMap, Matcher, Touchpoint

HERE = Path(__file__).resolve().parent
CORES = 2
DAY = 86_400_000_000
MAP = JourneyMap(
    "web", plain("web"), touchpoints=tuple(Touchpoint(name, plain(name), "p", matcher=Matcher(name)) for name in NAMES)
)
Timed = tuple[float, float]
Row = tuple[Timed | None, ...]


def main() -> None:
    """Prints a table of seconds and CPU seconds for each size."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--sizes", default="1M")
    words.add_argument("--data", type=Path, default=HERE / ".data")
    words.add_argument("--runs", type=int, default=3)
    asked = words.parse_args()
    workers = SparkWorkers(f"local[{CORES}]", settings=(("spark.driver.memory", "4g"),))
    print(f"{os.cpu_count()} cores, load when begun: {os.getloadavg()[0]:.1f}\n")
    print("| events | what | ours: s | CPU s | Spark SQL on files: s | CPU s | cached: s | CPU s |")
    print("|---|---|---|---|---|---|---|---|")
    for word in asked.sizes.split(","):
        size = int(float(word.removesuffix("M")) * 1_000_000)
        with tempfile.TemporaryDirectory(dir=asked.data) as room:
            for row in compared(workers, events(asked.data, size), Path(room), asked.runs):
                show(word, *row)


def compared(workers: SparkWorkers, file: Path, room: Path, runs: int) -> Iterator[tuple[str, Row]]:
    """Yields for each stage: ours, Spark's SQL over files, and over a cached table."""
    session = workers.session()
    session.conf.set("spark.sql.shuffle.partitions", str(4 * CORES))
    workers.reduced(range(2 * CORES), abs, max)  # what begins once is not counted
    yield "pass", (timed(lambda: our_pass(workers, file, room)), timed(lambda: their_pass(session, file, room)), None)
    journeys = Store(room / "store").open_journeys(MAP)
    away = replace(journeys, workers=workers, parts=None)  # nothing is kept: each run measures
    steps = funnel.Options(steps=tuple((step, (step,)) for step in STEPS), within=WITHIN_DAYS * DAY)
    ours = {
        "funnel": lambda: [step.people for step in fold(funnel, away, steps).steps],
        "what follows what": lambda: direct(fold(follows, away, follows.Options())),
    }
    session.read.parquet(str(room / "sorted")).createOrReplaceTempView("events")
    theirs = {"funnel": lambda: their_funnel(session), "what follows what": lambda: their_follows(session)}
    files: dict[str, Timed] = {}
    for name, ask in ours.items():
        assert ask() == theirs[name](), name
        files[name] = least(theirs[name], runs)
    session.sql("CACHE TABLE events")
    for name, ask in ours.items():
        yield name, (least(ask, runs), files[name], least(theirs[name], runs))
    session.sql("UNCACHE TABLE events")


def direct(found: Any) -> dict[tuple[str, str], int]:
    """How often one touchpoint comes directly after another."""
    return {(pair.source, pair.target): pair.direct for pair in found.pairs if pair.direct}


def our_pass(workers: SparkWorkers, file: Path, room: Path) -> None:
    """Reads, judges, makes unique, stores and places, on the workers."""
    source = Source(name="web", path=str(file), folder=file.parent, roles=Roles("person", at="at", event="event"))
    with tempfile.TemporaryDirectory() as scratch:
        engine = DuckDbEngine(scratch=Path(scratch), memory="2GB")
        try:
            store = Store(room / "store")
            assert arrive(store.folder, engine, source, workers) is not None
            store.place(engine, MAP, workers=workers)
        finally:
            engine.close()


def their_pass(session: Any, file: Path, room: Path) -> None:
    """Spark reads, makes unique, deals over persons, sorts and writes."""
    target = room / "sorted"
    shutil.rmtree(target, ignore_errors=True)
    frame = session.read.parquet(str(file)).dropDuplicates(["person", "at", "event"])
    frame = frame.where("person IS NOT NULL AND at IS NOT NULL AND event IS NOT NULL")
    frame.repartition("person").sortWithinPartitions("person", "at").write.parquet(str(target))


def their_funnel(session: Any) -> list[int]:
    """People at each step: the latest entry that still allows a step, looked back for at each event."""
    before = "PARTITION BY person ORDER BY unix_micros(at) RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING"
    chain = f"SELECT person, at, event, CASE WHEN event = '{STEPS[0]}' THEN unix_micros(at) END AS e0 FROM events"
    for number, step in enumerate(STEPS[1:], start=1):
        chain = f"SELECT *, max(e{number - 1}) OVER ({before}) AS p{number} FROM ({chain})"
        reached = f"event = '{step}' AND unix_micros(at) - p{number} <= {WITHIN_DAYS * DAY}"
        chain = f"SELECT *, CASE WHEN {reached} THEN p{number} END AS e{number} FROM ({chain})"
    people = ", ".join(f"count(DISTINCT CASE WHEN e{n} IS NOT NULL THEN person END)" for n in range(len(STEPS)))
    return [int(count) for count in session.sql(f"SELECT {people} FROM ({chain})").collect()[0]]


def their_follows(session: Any) -> dict[tuple[str, str], int]:
    """How often one event comes directly after another."""
    after = "SELECT event, lead(event) OVER (PARTITION BY person ORDER BY at) AS next FROM events"
    rows = session.sql(f"SELECT event, next, count(*) AS n FROM ({after}) WHERE next IS NOT NULL GROUP BY event, next")
    return {(row["event"], row["next"]): int(row["n"]) for row in rows.collect()}


def least(asked: Callable[[], object], runs: int) -> Timed:
    """Returns the run that took the least CPU."""
    return min((timed(asked) for _ in range(runs)), key=lambda told: told[1])


def timed(asked: Callable[[], object]) -> Timed:
    """Returns seconds and CPU seconds of this process and all it started, looked at each fifth of a second."""
    seen, done = spent(), threading.Event()
    before = dict(seen)

    def look() -> None:
        while not done.wait(0.2):
            seen.update(spent())

    watcher = threading.Thread(target=look)
    watcher.start()
    began = time.monotonic()
    asked()
    took = time.monotonic() - began
    done.set()
    watcher.join()
    # Python that Spark ended in between is gone from the system's books: what it had taken is remembered.
    seen.update(spent())
    return took, sum(seconds - before.get(number, 0.0) for number, seconds in seen.items())


def spent() -> dict[int, float]:
    """Returns the CPU seconds of this process and of each living descendant, by its number."""
    told: dict[int, tuple[int, int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            cells = path.read_text(errors="replace").rsplit(")", 1)[1].split()
        except OSError:
            continue
        told[int(path.parent.name)] = int(cells[1]), sum(map(int, cells[11:13]))
    ours, found = {os.getpid()}, True
    while found:
        new = {number for number, (parent, _) in told.items() if parent in ours} - ours
        ours, found = ours | new, bool(new)
    return {number: told[number][1] / os.sysconf("SC_CLK_TCK") for number in ours if number in told}


def show(word: str, name: str, cells: Row) -> None:
    """Prints a row."""
    shown = " | ".join("– | –" if one is None else f"{one[0]:.1f} | {one[1]:.1f}" for one in cells)
    print(f"| {word} | {name} | {shown} |", flush=True)


if __name__ == "__main__":
    main()
