"""Prints one table: the pass and each analysis, ours beside DuckDB and pandas, with peak memory and the first call."""

from __future__ import annotations

import argparse
import json
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from data import events

HERE = Path(__file__).resolve().parent
RUNS = 3
ANALYSES = ("funnel", "paths", "fit", "times", "coverage")


def main() -> None:
    """Makes the data, times every cell in a process of its own, and prints the table."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--sizes", default="1M,10M")
    words.add_argument("--without-pandas", action="store_true")
    words.add_argument("--data", type=Path, default=HERE / ".data")
    words.add_argument("--cell", nargs=2)
    asked = words.parse_args()
    if asked.cell:
        print(json.dumps(cell(*asked.cell)))
        return
    sides = ("ours", "duckdb") if asked.without_pandas else ("ours", "duckdb", "pandas")
    print(
        f"{platform.machine()}, {platform.python_version()}, medians of {RUNS} after a first; seconds; MB = peak memory\n"
    )
    for word in asked.sizes.split(","):
        size = int(word.removesuffix("M")) * 1_000_000
        path = events(asked.data, size)
        timed = {side: _in_a_process(side, path) for side in sides}
        _show(word, timed)


def cell(side: str, file: str) -> dict[str, object]:
    """Times one side: its pass and its analyses; returns seconds, first calls, and peak memory in MB."""
    path = Path(file)
    if side == "ours":
        import ours

        first = _once(lambda: ours.read(path))
        passed = _median(lambda: ours.read(path))
        journeys = ours.read(path)
        after_pass = _peak()
        work = ours.analyses(journeys)
    else:
        import theirs

        first = _once(lambda: theirs.read_and_sort(path))
        passed = _median(lambda: theirs.read_and_sort(path)) if side == "duckdb" else None
        after_pass = _peak()
        work = theirs.in_duckdb(path) if side == "duckdb" else theirs.in_pandas(path)
    firsts = {name: _once(do) for name, do in work.items()}
    slow = side == "pandas"
    medians = {name: firsts[name] if slow else _median(do) for name, do in work.items()}
    return {
        "pass": passed,
        "first_pass": first,
        "first": firsts,
        "median": medians,
        "pass_mb": after_pass,
        "mb": _peak(),
    }


def _in_a_process(side: str, path: Path) -> dict[str, object]:
    command = [sys.executable, str(HERE / "run.py"), "--cell", side, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=HERE)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _once(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _median(work: Callable[[], object]) -> float:
    return statistics.median(_once(work) for _ in range(RUNS))


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _show(word: str, timed: dict[str, dict[str, object]]) -> None:
    ours, duckdb = timed["ours"], timed["duckdb"]
    print(
        f"## {word} events\n\n| what | ours | first call | DuckDB | ratio | pandas | ratio |\n|---|---|---|---|---|---|---|"
    )
    print(_row("pass (read, check, code, sort)", ours["pass"], ours["first_pass"], duckdb["pass"], None))
    for name in ANALYSES:
        others = [timed[side]["median"].get(name) if side in timed else None for side in ("duckdb", "pandas")]
        print(_row(name, ours["median"][name], ours["first"][name], *others))
    memory = ", ".join(f"{side} {values['mb']} MB" for side, values in timed.items())
    print(f"\nPeak memory: {memory}; ours after the pass: {ours['pass_mb']} MB\n")


def _row(what: str, ours: float, first: float, duckdb: float | None, pandas: float | None) -> str:
    cells = [what, f"{ours:.3f}", f"{first:.2f}"]
    for other in (duckdb, pandas):
        cells += ["–", "–"] if other is None else [f"{other:.3f}", f"{other / ours:.1f}x"]
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    main()
