"""What is said when Spark fails: its last words, what to do, and where its own log is."""

from __future__ import annotations

import atexit
import logging
import os
import re
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from klantreis.engines.masters import named
from klantreis.errors import KlantreisError, MissingPart, OptionError, QueryError, warn
from klantreis.labels import Label, paragraph

WHOLE = Label(
    "Wat al bewaard was, is nog heel. Doe het nog eens als de master weer draait.",
    "What was stored before is still whole. Do it again when the master runs.",
)
SAME = Label(
    "Zet op elke computer dezelfde: hetzelfde pakket, of dezelfde kopie van het project (git pull). Bij Spark Connect: "
    "start daarna de server opnieuw.",
    "Put the same one on every machine: the same package, or the same copy of the project (git pull). With Spark "
    "Connect: then start its server again.",
)
ENDED = ("stopped SparkContext", "SparkContext was shut down")
GONE = (
    "Answer from Java side is empty",
    "while trying to connect to the Java server",
    "Error while sending or receiving",
)


def logged() -> Path:
    """Returns the file in which the Java of this process tells what it does; it goes with the process, unless named."""
    path = _log()
    if not path.exists():
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        atexit.register(_forget)
    return path


def _log() -> Path:
    return Path(tempfile.gettempdir()) / f"klantreis-spark-{os.getpid()}.log"


def _forget() -> None:
    with suppress(OSError):
        _log().unlink()


def _in_the_log() -> Label:
    """Returns where more is told; the log of this process is kept from now on."""
    path = _log()
    if not path.exists():
        return Label("Kijk in het eigen log van Spark voor meer.", "Look in Spark's own log for more.")
    atexit.unregister(_forget)
    return Label(f"Het log van Spark: {path}", f"Spark's own log: {path}")


@contextmanager
def faults(master: str) -> Iterator[None]:
    """Turns Spark's error into one of ours, with its last words."""
    try:
        with warnings.catch_warnings():
            # Said at every call of a Spark that knows pandas 3 only in part; none of it is used here.
            warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
            # Said when Spark Connect is gone, which is told in our words.
            warnings.filterwarnings("ignore", r"\[RETRIES_EXCEEDED\]")
            # Said as a line of JSON with all of Java's stack, besides the error that is raised.
            for logger in ("SQLQueryContextLogger", "DataFrameQueryContextLogger"):
                logging.getLogger(logger).setLevel(logging.CRITICAL + 1)
            yield
    except KlantreisError:
        raise
    except Exception as error:
        if not type(error).__module__.startswith(("pyspark", "py4j", "grpc")):
            raise
        raise fault(str(error), named(master)) from error


def nobody_left(master: str, seconds: float, silent: str) -> QueryError:
    """Returns what is wrong when nobody of a cluster has been at work for so long; `silent`: why it does not answer."""
    told = paragraph(
        Label("Het Spark-cluster viel halverwege weg.", "The Spark cluster went away half way."),
        Label(f"Het antwoordt niet: {silent}.", f"It does not answer: {silent}.")
        if silent
        else Label(
            f"Al {seconds:.0f} seconden is er geen enkele worker meer.",
            f"For {seconds:.0f} seconds there has not been a single worker.",
        ),
    )
    mend = Label(
        "Start de master en de workers weer, of herstel het netwerk, en doe het nog eens. Wat al bewaard was, is nog "
        "heel.",
        "Start the master and the workers again, or mend the network, and do it again. What was stored before is still "
        "whole.",
    )
    return QueryError(told, where=named(master), mend=mend)


def nobody_yet(master: str, seconds: float) -> None:
    """Tells that a cluster has given nobody to work yet; it may be busy, so that is no error."""
    warn(
        Label(
            f"{named(master)} gaf in {seconds:.0f} seconden nog geen worker. Draait er een, met genoeg kernen "
            "en geheugen (spark.executor.memory)? Er wordt gewacht; Ctrl-C stopt.",
            f"{named(master)} has given no worker in {seconds:.0f} seconds. Does one run, with enough free cores "
            "and memory (spark.executor.memory)? Waiting goes on; Ctrl-C stops it.",
        )
    )


def another(here: str, there: str, where: str) -> OptionError:
    """Returns what is wrong when a worker has another Klantreis, in the folder `where`; both as `own_code` tells."""
    one, other = (told.partition("+")[0] for told in (here, there))
    if one != other:
        what = Label(
            f"Een worker heeft Klantreis {other}; dit is {one}.", f"A worker has Klantreis {other}; this is {one}."
        )
    else:
        what = Label(
            f"Een worker heeft een ander Klantreis {one} dan deze computer: de bestanden verschillen.",
            f"A worker has another Klantreis {one} than this machine: its files differ.",
        )
    return OptionError(what, where=where, mend=SAME)


def fault(said: str, master: str) -> KlantreisError:
    """Returns Spark's words as an error of ours; `master` without a token."""
    if "No module named 'klantreis." in said or re.search(r"Can't get attribute .* on <module 'klantreis\b", said):
        return OptionError(
            Label("Een worker heeft een ander Klantreis.", "A worker has another Klantreis."), where=master, mend=SAME
        )
    if "No module named 'klantreis" in said:
        return MissingPart(
            Label("De workers van het cluster hebben geen Klantreis.", "The workers of the cluster have no Klantreis."),
            where=master,
            mend=Label(
                "Installeer 'klantreis[spark]' in de Python van elke worker, en noem die: spark: {python: ...}",
                "Install 'klantreis[spark]' in the Python of every worker, and name it: spark: {python: ...}",
            ),
        )
    if lacking := re.search(r"\[PACKAGE_NOT_INSTALLED\] ([\w.-]+)", said):
        return MissingPart(
            Label(f"Spark heeft {lacking[1]} nodig.", f"Spark needs {lacking[1]}."),
            where=master,
            mend=Label(
                "pip install 'klantreis[spark]'; voor Spark Connect ook: pip install 'pyspark[connect]'",
                "pip install 'klantreis[spark]'; for Spark Connect also: pip install 'pyspark[connect]'",
            ),
        )
    if "PYTHON_VERSION_MISMATCH" in said:
        return OptionError(
            Label(
                f"De workers draaien een andere Python dan {sys.version_info.major}.{sys.version_info.minor}.",
                f"The workers run another Python than {sys.version_info.major}.{sys.version_info.minor}.",
            ),
            where=master,
            mend=Label(
                "Noem de juiste: spark: {python: /pad/naar/python}",
                "Name the right one: spark: {python: /path/to/python}",
            ),
        )
    if any(word in said for word in ENDED):
        return QueryError(
            Label("Het Spark-cluster viel halverwege weg.", "The Spark cluster went away half way."),
            where=master,
            mend=paragraph(WHOLE, _in_the_log()),
        )
    if any(word in said for word in GONE):
        return QueryError(
            Label(
                "Het Java waarin Spark hier draait, is gestopt; vaak was er te weinig geheugen.",
                "The Java that Spark runs in here has ended; often there was too little memory.",
            ),
            where=master,
            mend=paragraph(
                Label(
                    "Meer: spark: {settings: [spark.driver.memory=2g]}. Wat al bewaard was, is nog heel.",
                    "More: spark: {settings: [spark.driver.memory=2g]}. What was stored before is still whole.",
                ),
                _in_the_log(),
            ),
        )
    told = _telling(said)
    return QueryError(Label(f"Spark gaf het op: {told}", f"Spark gave up: {told}"), where=master, mend=_in_the_log())


def _telling(said: str) -> str:
    """Returns the line that tells most; of a Java that did not even begin, the last one of its log."""
    if "JAVA_GATEWAY_EXITED" in said:
        with suppress(OSError):
            said = _log().read_text(encoding="utf-8", errors="replace") or said
    said = said.partition("JVM stacktrace:")[0] or said  # of Spark Connect
    lines = [line.strip() for line in said.strip().splitlines() if line.strip()]
    telling = [line for line in lines if "Error" in line or "Exception" in line]
    # What is wrong with a query comes first, with its name in capitals; below it stands the query as Spark sees it.
    classed = [line for line in lines if re.match(r"\[[A-Z][A-Z0-9_.]+\] ", line)]
    return (telling[-1:] or classed[:1] or lines[-1:] or ["no word of why"])[0][:300]
