"""A small Spark cluster on this machine, for tests: a master and two workers on loopback, from the pyspark package."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PATIENCE_SECONDS = 60
DEPLOY = "org.apache.spark.deploy"


@dataclass(frozen=True)
class Standalone:
    """A running cluster: where its master is, and each worker's process (the leader of its own group)."""

    url: str
    workers: tuple[subprocess.Popen[bytes], ...]
    folder: Path

    def kill(self, worker: int) -> None:
        """Kills a worker with the executors it started, as a power cut does."""
        os.killpg(self.workers[worker].pid, signal.SIGKILL)
        self.workers[worker].wait()


@contextmanager
def standalone(folder: Path, workers: int = 2) -> Iterator[Standalone]:
    """Starts a cluster, gives it, and ends every process of it."""
    started: list[subprocess.Popen[bytes]] = []
    try:
        started.append(_start(folder, "master", f"{DEPLOY}.master.Master", "--host", "127.0.0.1", "--port", "0"))
        url = _said(folder / "master.log", r"(spark://127\.0\.0\.1:\d+)")
        for number in range(workers):
            room = (
                "--cores",
                "1",
                "--memory",
                "1g",
                "--host",
                "127.0.0.1",
                "--work-dir",
                str(folder / f"work{number}"),
            )
            started.append(_start(folder, f"worker{number}", f"{DEPLOY}.worker.Worker", *room, url))
        for number in range(workers):
            _said(folder / f"worker{number}.log", r"(Successfully registered with master)")
        yield Standalone(url, tuple(started[1:]), folder)
    finally:
        for process in reversed(started):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
        for process in started:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)


def _start(folder: Path, name: str, *words: str) -> subprocess.Popen[bytes]:
    import pyspark

    home = Path(pyspark.__file__).parent
    environ = {
        **os.environ,
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_DAEMON_MEMORY": "256m",
        "PYSPARK_PYTHON": sys.executable,
    }
    command = [str(home / "bin" / "spark-class"), words[0], "--webui-port", "0", *words[1:]]
    with (folder / f"{name}.log").open("wb") as log:
        return subprocess.Popen(
            command, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env=environ, start_new_session=True
        )


def _said(log: Path, pattern: str) -> str:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        found = re.search(pattern, log.read_text(encoding="utf-8", errors="replace"))
        if found:
            return found.group(1)
        time.sleep(0.1)
    raise TimeoutError(f"Not said within {PATIENCE_SECONDS} s: {pattern}\n{log.read_text(errors='replace')[-2000:]}")
