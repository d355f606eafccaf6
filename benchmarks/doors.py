"""What a person at the terminal waits for: a small file asked for the first time, and a shop loaded and reported."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
from asked import NAMES, STEPS

RUNS = 3
ASKED = {
    "funnel": ("--steps", ",".join(STEPS), "--within", "7d"),
    "paths": (),
    "fit": ("--path", ",".join(STEPS)),
    "times": (),
}
SHOP = """
import json, resource, sys, time
from pathlib import Path
from klantreis.demo import make
shop = make(Path(sys.argv[1]), journeys=int(sys.argv[2]), seed=1)
seconds = {}
for verb in ("load", "report"):
    began = time.perf_counter()
    getattr(shop, verb)()
    seconds[verb] = time.perf_counter() - began
mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps({"events": shop.counts()["read"], **seconds, "mb": mb}))
"""


def small(rows: int) -> dict[str, tuple[float, float]]:
    """Returns verb -> (wall, CPU) seconds of a whole `klantreis VERB FILE` on a CSV file; the quickest of three."""
    with tempfile.TemporaryDirectory() as folder:
        path = _written(Path(folder) / "events.csv", rows)
        return {verb: min(_asked(verb, path, options) for _ in range(RUNS)) for verb, options in ASKED.items()}


def shop(journeys: int) -> dict[str, float]:
    """Returns the seconds that loading and reporting a demo shop take, how many events it has, and peak memory (MB)."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", SHOP, str(Path(folder) / "shop"), str(journeys)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return dict(json.loads(done.stdout.splitlines()[-1]))


def _written(path: Path, rows: int) -> Path:
    names = ", ".join(f"'{name}'" for name in NAMES)
    duckdb.sql(
        f"""COPY (SELECT printf('k%05d', hash(i) % {max(rows // 50, 1)}) AS person,
                make_timestamp(1767225600000000 + (hash(i + 7) % 15552000000000)::BIGINT) AS "at",
                [{names}][1 + (hash(i + 13) % {len(NAMES)})::INT] AS event
                FROM range({rows}) t(i)) TO '{path}' (HEADER)"""
    )
    return path


def _asked(verb: str, path: Path, options: tuple[str, ...]) -> tuple[float, float]:
    columns = ("--person", "person", "--at", "at", "--event", "event", "--json")
    before, began = os.times(), time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "klantreis", verb, str(path), *columns, *options], stdout=subprocess.DEVNULL, check=True
    )
    wall, after = time.perf_counter() - began, os.times()
    return wall, after.children_user + after.children_system - before.children_user - before.children_system
