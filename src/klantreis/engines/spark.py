"""Work spread over a Spark cluster: workers measure the pieces and merge their answers in a tree.

The extra `spark` brings the library; Java 17 or later must be on the machine. Every worker needs this very
Klantreis in its Python. A worker that dies changes nothing: Spark gives its pieces to another, and since merging is
associative and commutative the answer is the same, whoever measured what.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial, reduce
from itertools import chain
from pathlib import Path
from typing import Any

import klantreis
from klantreis.engines.base import Heard
from klantreis.engines.own_code import own_code
from klantreis.engines.spark_begin import BATCH, begun
from klantreis.engines.spark_faults import another, faults
from klantreis.engines.spark_watch import OfCluster, OfConnect, followed
from klantreis.errors import KlantreisError

name = "spark"

ROUNDS = 4
"""So many tasks for each core: enough to even out slow ones, and few enough not to spend the time on starting."""

TASKS = 32
"""At least so many tasks when there are as many pieces: before its first work a cluster does not know its cores."""

ARITY = 8
"""So many answers are merged by one worker, and so few come back to be merged here."""

ROWS = "50000"
"""So many rows of a table reach a worker at a time."""

ANSWER = "answer binary, fault binary"


@dataclass(frozen=True, slots=True)
class SparkWorkers:
    """Where to find Spark.

    `master`: 'local[2]' (this machine), 'spark://host:7077', or 'sc://host' for Spark Connect. `shared`: whether the
    workers see the files of this machine under the same paths, so that a path need only be told. `python`: the Python
    of the workers; None: the one that runs this. `settings`: Spark's own, such as ('spark.executor.memory', '4g').
    """

    master: str = "local[*]"
    shared: bool = True
    python: str | None = None
    settings: tuple[tuple[str, str], ...] = ()

    tell: Heard | None = field(default=None, compare=False, repr=False)

    def heard(self, tell: Heard) -> SparkWorkers:
        """Returns them telling how far they are with each question, in tasks."""
        return replace(self, tell=tell)

    def reduced(self, pieces: Sequence[Any], measure: Callable[[Any], Any], merge: Callable[[Any, Any], Any]) -> Any:
        """Returns `measure` of every piece, merged to one; `pieces` is not empty.

        Pieces and answers travel pickled; `measure` and `merge` must be found by name on the workers, and `merge` must
        be associative and commutative. What a worker refuses is raised here as if it had happened here.

        Raises:
            MissingPart: there is no Java, or the workers have no Klantreis.
            QueryError: Spark cannot be reached, or gave up, or nobody was left to work.
        """
        with faults(self.master):
            session = self.session()
            import pyarrow as pa

            tasks = min(len(pieces), max(TASKS, ROUNDS * self._cores(session)))

            def ask() -> list[Any]:
                told = pa.table({"piece": pa.array([pickle.dumps(piece, 5) for piece in pieces], pa.binary())})
                frame = session.createDataFrame(told).repartition(tasks)
                frame = frame.mapInArrow(partial(_measure, own_code(), measure, merge), ANSWER)
                left = tasks
                while left > ARITY:
                    left = -(-left // ARITY)
                    frame = frame.repartition(left).mapInArrow(partial(_merge, merge), ANSWER)
                found: list[Any] = frame.collect()
                return found

            rows = self._followed(session, ask, tasks)
        return _merged(rows, merge)

    def over_table(
        self, table: str, query: str, measure: Callable[[int, Any], Any], merge: Callable[[Any, Any], Any]
    ) -> Any:
        """Returns `measure` of each part of a table that Spark knows ('catalog.schema.table'), or of a query.

        Spark reads the rows, cut as it cuts them; `measure` gets the number of the part and an Arrow reader of it.
        The answers are merged to one; None when there are no rows. Raises as `reduced` does.
        """
        with faults(self.master):
            session = self.session()

            def ask() -> list[Any]:
                frame = session.sql(query) if query else session.table(table)
                held = session.conf.get(BATCH)
                # What is measured travels a bucket at a time, but rows of a table do not.
                session.conf.set(BATCH, ROWS)
                try:
                    found: list[Any] = frame.mapInArrow(partial(_of_table, own_code(), measure), ANSWER).collect()
                finally:
                    session.conf.set(BATCH, held)
                return found

            rows = self._followed(session, ask, None)
        return _merged(rows, merge) if rows else None

    def session(self) -> Any:
        """Returns the session with this cluster, begun when there is none; it ends with this process."""
        return begun(self.master, self.python, self.settings)

    def _followed(self, session: Any, ask: Callable[[], list[Any]], tasks: int | None) -> list[Any]:
        watch = OfConnect(session, self.master) if self._connect else OfCluster(session, self.master)
        return followed(ask, watch, tasks, self.tell)

    @property
    def _connect(self) -> bool:
        return self.master.startswith("sc://")

    def _cores(self, session: Any) -> int:
        """Returns how many cores the cluster is known to have; 0 through Spark Connect, which does not tell."""
        return 0 if self._connect else int(session.sparkContext.defaultParallelism)


def _measure(
    here: str, measure: Callable[[Any], Any], merge: Callable[[Any, Any], Any], batches: Iterable[Any]
) -> Iterator[Any]:
    """On a worker: measures the pieces of one task and gives one answer; nothing for a task without pieces.

    `here` is the Klantreis that asks; a worker with another one refuses.
    """
    if own_code() != here:
        return iter([_another(here)])
    pieces = (_read(cell.as_py()) for batch in batches for cell in batch.column("piece"))
    return _answered(measure, merge, pieces)


def _of_table(here: str, measure: Callable[[int, Any], Any], batches: Iterable[Any]) -> Iterator[Any]:
    """On a worker: measures the rows of one task; nothing for a task without rows."""
    import pyarrow as pa
    from pyspark import TaskContext

    if own_code() != here:
        yield _another(here)
        return
    filled = (batch for batch in batches if batch.num_rows)
    first = next(filled, None)
    context = TaskContext.get()
    if first is not None and context is not None:
        ask = partial(measure, context.partitionId())
        reader = pa.RecordBatchReader.from_batches(first.schema, chain([first], filled))
        yield from _answered(ask, _as_it_is, iter([reader]))


def _another(here: str) -> Any:
    return _row(None, pickle.dumps(another(here, own_code(), str(Path(klantreis.__file__).parent))))


def _merge(merge: Callable[[Any, Any], Any], batches: Iterable[Any]) -> Iterator[Any]:
    """On a worker: merges answers to one; a fault among them goes on instead."""
    for batch in (held := list(batches)):
        for fault in batch.column("fault"):
            if fault.is_valid:
                yield _row(None, fault.as_py())
                return
    answers = (_read(cell.as_py()) for batch in held for cell in batch.column("answer"))
    yield from _answered(_as_it_is, merge, answers)


def _merged(rows: Sequence[Any], merge: Callable[[Any, Any], Any]) -> Any:
    """Returns the answers of the last workers merged to one; raises what any worker refused."""
    for row in rows:
        if row.fault is not None:
            raise _read(row.fault)
    return reduce(merge, (_read(row.answer) for row in rows))


def _answered(measure: Callable[[Any], Any], merge: Callable[[Any, Any], Any], pieces: Iterator[Any]) -> Iterator[Any]:
    first = next(pieces, None)
    if first is None:
        return
    try:
        answer = reduce(merge, map(measure, pieces), measure(first))
    except KlantreisError as error:
        yield _row(None, pickle.dumps(error))
    else:
        yield _row(pickle.dumps(answer, 5), None)


def _read(written: bytes) -> Any:
    return pickle.loads(written)  # noqa: S301 - written by this program, on a machine of this cluster


def _as_it_is(*answer: Any) -> Any:
    return answer[0]


def _row(answer: bytes | None, fault: bytes | None) -> Any:
    import pyarrow as pa

    cells = [pa.array([answer], pa.binary()), pa.array([fault], pa.binary())]
    return pa.RecordBatch.from_arrays(cells, names=["answer", "fault"])
