"""Prints one table: the pass and each analysis, ours beside DuckDB and pandas, with peak memory and the first call."""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import doors
from data import events

HERE = Path(__file__).resolve().parent
RUNS = 3
WORTH_REPEATING = 10.0
"""Seconds a first call may take to be repeated."""
PANDAS_UP_TO = 10_000_000
"""Events: beyond it pandas takes minutes for one row of the table, and more memory than most machines have."""
ANALYSES = ("funnel", "paths", "fit", "times", "coverage")


def main() -> None:
    """Makes the data, times every cell in a process of its own, and prints the table."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--sizes", default="1M,10M")
    words.add_argument("--without-pandas", action="store_true")
    words.add_argument("--data", type=Path, default=HERE / ".data")
    words.add_argument("--without-doors", action="store_true")
    words.add_argument("--without-every", action="store_true")
    words.add_argument("--cell", nargs=2)
    asked = words.parse_args()
    if asked.cell:
        print(json.dumps(cell(*asked.cell)))
        return
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; seconds, medians of {RUNS} "
        f"after a first call; load when begun: {os.getloadavg()[0]:.1f}\n"
    )
    for word in asked.sizes.split(","):
        size = int(word.removesuffix("M")) * 1_000_000
        path = events(asked.data, size)
        without = asked.without_pandas or size > PANDAS_UP_TO
        sides = ("ours", "duckdb") if without else ("ours", "duckdb", "pandas")
        timed = {side: _in_a_process(side, path) for side in sides}
        _show(word, timed)
        if not asked.without_every:
            _show_every(word, asked.data)
    if not asked.without_doors:
        _show_doors()


def cell(side: str, file: str) -> dict[str, object]:
    """Times one side: its pass and its analyses; returns seconds, first calls, and peak memory in MB."""
    path = Path(file)
    if side == "ours":
        import ours  # noqa: PLC0415 - only one side is in the memory that is measured

        first = _once(lambda: ours.read(path))
        passed = _median(lambda: ours.read(path))
        after_pass = _peak()
        journeys = ours.read(path)
        work = ours.analyses(journeys)
    else:
        import theirs  # noqa: PLC0415 - the same

        first = _once(lambda: theirs.read_and_sort(path))
        passed = _median(lambda: theirs.read_and_sort(path), first) if side == "duckdb" else None
        after_pass = _peak()
        work = theirs.in_duckdb(path) if side == "duckdb" else theirs.in_pandas(path)
    firsts = {name: _once(do) for name, do in work.items()}
    once = side == "pandas"
    medians = {name: firsts[name] if once else _median(do, firsts[name]) for name, do in work.items()}
    cpu = {name: _median(do, clock=time.process_time) for name, do in work.items()} if side == "ours" else {}
    return {
        "cpu": cpu,
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


def _once(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    began = clock()
    work()
    return clock() - began


def _median(work: Callable[[], object], first: float = 0.0, clock: Callable[[], float] = time.perf_counter) -> float:
    if first > WORTH_REPEATING:
        return first
    return statistics.median(_once(work, clock) for _ in range(RUNS))


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _show(word: str, timed: dict[str, dict[str, object]]) -> None:
    ours, duckdb = timed["ours"], timed["duckdb"]
    print(
        f"## {word} events\n\n| what | ours | CPU of all cores | first call | DuckDB | ratio | pandas | ratio |\n"
        "|---|---|---|---|---|---|---|---|"
    )
    print(_row("pass (read, check, code, sort)", (ours["pass"], None, ours["first_pass"]), duckdb["pass"], None))
    for name in ANALYSES:
        others = [timed[side]["median"].get(name) if side in timed else None for side in ("duckdb", "pandas")]
        print(_row(name, (ours["median"][name], ours["cpu"][name], ours["first"][name]), *others))
    memory = ", ".join(f"{side} {values['mb']} MB" for side, values in timed.items())
    print(f"\nPeak memory: {memory}; ours after the pass: {ours['pass_mb']} MB\n")


def _show_every(word: str, folder: Path) -> None:
    command = [sys.executable, str(HERE / "every.py"), "--size", word, "--data", str(folder)]
    print(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=HERE).stdout)


def _row(what: str, mine: tuple[float, float | None, float], duckdb: float | None, pandas: float | None) -> str:
    ours, cpu, first = mine
    cells = [what, f"{ours:.3f}", "–" if cpu is None else f"{cpu:.3f}", f"{first:.2f}"]
    for other in (duckdb, pandas):
        cells += ["–", "–"] if other is None else [f"{other:.3f}", f"{other / ours:.1f}x"]
    return "| " + " | ".join(cells) + " |"


def _show_doors() -> None:
    print("## A small CSV file, a whole command from start to end\n\n| verb | rows | wall | CPU |\n|---|---|---|---|")
    for rows in (50, 30_000):
        for verb, (wall, cpu) in doors.small(rows).items():
            print(f"| {verb} | {rows:,} | {wall:.2f} | {cpu:.2f} |")
    shop = doors.shop(100_000)
    rate = shop["events"] / shop["load"]
    print(
        f"\nThe demo shop with 100,000 people ({shop['events']:,.0f} events): load {shop['load']:.1f} s "
        f"({rate:,.0f} events a second), report {shop['report']:.1f} s, peak {shop['mb']:.0f} MB"
    )


if __name__ == "__main__":
    main()
