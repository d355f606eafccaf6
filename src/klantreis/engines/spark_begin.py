"""How a session with Spark begins. What Java says goes to a file, which is named when something goes wrong."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from klantreis.engines.masters import reached
from klantreis.engines.spark_faults import logged
from klantreis.errors import MissingPart
from klantreis.labels import Label

BATCH = "spark.sql.execution.arrow.maxRecordsPerBatch"
QUIET = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={Path(__file__).with_name('spark_log.properties')}",
    # One piece is one bucket of some tens of megabytes: a worker holds one at a time.
    BATCH: "1",
}


def begun(master: str, python: str | None, settings: Iterable[tuple[str, str]]) -> Any:
    """Returns the session with a cluster, begun when this process has none; it ends with this process.

    Args:
        master: as `SparkWorkers.master`.
        python: the Python of the workers; None: the one that runs this.
        settings: Spark's own, as (name, value).

    Raises MissingPart when Spark, Java or the cluster is not there.
    """
    try:
        from pyspark.sql import SparkSession
    except ModuleNotFoundError as error:
        raise MissingPart(
            Label(
                f"De engine 'spark' heeft {error.name!r} nodig, en dat is niet geïnstalleerd.",
                f"The engine 'spark' needs {error.name!r}, which is not installed.",
            ),
            mend=Label(
                "pip install 'klantreis[spark]' (in een kopie van het project: pip install -e '.[spark]')",
                "pip install 'klantreis[spark]' (in a copy of the project: pip install -e '.[spark]')",
            ),
        ) from error
    # Spark hears of the workers' Python this way only; what was set from outside holds unless we were told another.
    os.environ["PYSPARK_PYTHON"] = python or os.environ.get("PYSPARK_PYTHON") or sys.executable
    builder: Any = SparkSession.builder
    if master.startswith("sc://"):
        reached(master)
        builder = builder.remote(master)
        for key, value in settings:
            builder = builder.config(key, value)
        return builder.getOrCreate()
    options = {"spark.app.name": "klantreis", **QUIET, **dict(settings), "spark.master": master}
    if not _there():
        _java()
        reached(master)
        with _own_interrupt():
            _context(options)
        options = {BATCH: options[BATCH]}
    for key, value in options.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


def _there() -> bool:
    """Says whether this process has a session that lives; one that Spark itself ended is put away."""
    from pyspark import SparkContext

    context: Any = SparkContext._active_spark_context  # asked without beginning one
    if context is not None and context._jsc.sc().isStopped():  # Python's side does not know
        context.stop()
        return False
    return context is not None


def _java() -> None:
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        raise MissingPart(
            Label(
                "Spark heeft Java nodig, en dat staat niet op deze computer.",
                "Spark needs Java, which is not on this machine.",
            ),
            mend=Label(
                "Installeer Java 17 of later: apt-get install openjdk-17-jre-headless",
                "Install Java 17 or later: apt-get install openjdk-17-jre-headless",
            ),
        )


def _context(options: dict[str, str]) -> None:
    """Begins Spark in a Java of its own, unless this process has one already."""
    from pyspark import SparkConf, SparkContext, java_gateway

    if SparkContext._gateway is not None:  # one that ended leaves its Java
        SparkContext(conf=SparkConf().setAll(list(options.items())))
        return
    conf = SparkConf(loadDefaults=False).setAll(list(options.items()))
    begin: Any = java_gateway.launch_gateway  # it tells no types, and is not there for who checks them without Spark
    with logged().open("ab") as log:
        gateway = begin(conf, {"stdout": log, "stderr": log})
    SparkContext(conf=conf, gateway=gateway)


@contextmanager
def _own_interrupt() -> Iterator[None]:
    """Keeps what Ctrl-C does as it was: Spark's own way asks Java first, which may not answer."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGINT)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
