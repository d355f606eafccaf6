"""Prints one table: klantreis beside DuckDB, polars, retentioneering and pm4py, each asked the same of the same events.

Every cell is a process of its own with limits; where two tools compute the same, their answers must be equal. A second
table tells from file to answer: the load and the first call.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from beside.rooms import cache, python_for
from data import events

HERE = Path(__file__).resolve().parent
OURS = "klantreis"
TOOLS = {
    "klantreis": "load directly-follows variants funnel sessions fit cohorts attribution step_matrix",
    "duckdb": "load directly-follows variants funnel sessions cohorts attribution step_matrix",
    "polars": "load directly-follows variants funnel sessions cohorts attribution step_matrix",
    "retentioneering": "load directly-follows funnel sessions step_matrix",
    "pm4py": "load directly-follows variants fit",
}
"""What each tool offers; what is missing it does not compute, or not as the same thing."""

LOADED_ONCE = ("klantreis", "retentioneering", "pm4py")
"""Those that may be copied once they have loaded: what they hold are arrays, and no threads wait for work."""


@dataclass(frozen=True)
class Cell:
    """What one tool took for one measure: wall and processor seconds, peak `mb`, its `first` call and what it `told`.

    Without seconds `why` says what stopped it.
    """

    seconds: float | None = None
    cpu: float = 0
    mb: int = 0
    first: float = 0
    told: dict[str, Any] = field(default_factory=dict)
    why: str = "not offered"


Row = dict[str, Cell]


def main() -> None:
    """Makes the data and the environments, times every cell, holds the answers side by side, and prints the tables."""
    asked = _asked()
    tools, named = asked.tools.split(","), asked.measures.split(",")
    wanted = [one for one in TOOLS[OURS].split() if not asked.measures or one in named]
    pythons = {tool: python_for(tool, asked.rooms) for tool in tools}
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; load when begun: "
        f"{os.getloadavg()[0]:.1f}. Seconds (median of 3 after a first call; of what is slow the first) and times as "
        f"long as klantreis, CPU of all cores, peak MB; =: the answer is equal. Limits of a load and of a measure: "
        f"{asked.limit} s, {asked.memory} GB.\n"
    )
    apart: list[str] = []
    for word in asked.sizes.split(","):
        file = events(asked.data, int(word.removesuffix("M")) * 1_000_000)
        found = {tool: cells(pythons[tool], tool, wanted, (file, asked.limit, asked.memory)) for tool in tools}
        _show(word, wanted, found)
        apart += [line for measure in wanted for line in differences(measure, _row(found, measure))]
    if apart:
        raise SystemExit("\n".join(["Not the same answer:", *apart]))


def cells(python: Path, tool: str, wanted: list[str], data: tuple[Path, int, int]) -> Row:
    """Returns what one tool took for each measure of a file, within so many seconds and gigabytes.

    Once it cannot load the file it is not asked again.
    """
    measures = [one for one in wanted if one in TOOLS[tool].split()]
    found: Row = {}
    for asked in [measures] if tool in LOADED_ONCE else [[one] for one in measures]:
        if "load" in found and found["load"].seconds is None:
            found |= dict.fromkeys(asked, Cell(why=f"load {found['load'].why}"))
            continue
        said = _said([str(python), "-m", "beside.cell", tool, ",".join(asked), *map(str, data)])
        for what, one in said.items():
            took = one.why if one.seconds is None else f"{one.seconds:.3f} s, CPU {one.cpu:.3f}, {one.mb:,} MB"
            print(f"{tool}: {what} {took}", file=sys.stderr, flush=True)
        loaded = said.get("load", Cell(why="failed"))
        found.setdefault("load", loaded)
        missing = Cell(why="failed" if loaded.seconds is not None else f"load {loaded.why}")
        found |= {one: said.get(one, missing) for one in asked if one != "load"}
    return found


def _said(command: list[str]) -> Row:
    """Returns what a process said of each thing it was asked; what it was at when it was stopped is told with why."""
    done = subprocess.run(command, capture_output=True, text=True, cwd=HERE, check=False, env=_alone())
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith(('{"what"', '{"why"'))]
    asked, found = ["load", *(one for one in command[4].split(",") if one != "load")], {}
    for line in lines:
        what = line.pop("what", None) or next((one for one in asked if one not in found), "load")
        found[what] = Cell(**line)
    if any(one.why == "failed" for one in found.values() if one.seconds is None):
        print(done.stderr[-2000:], file=sys.stderr)
    return found


def differences(measure: str, row: Row) -> list[str]:
    """Returns in which numbers the tools do not agree with the first of them, a line for each tool."""
    told = [(tool, one.told) for tool, one in row.items() if one.told]
    lines = []
    for tool, other in told[1:]:
        first, ours = told[0]
        apart = sorted(key for key in ours.keys() | other.keys() if ours.get(key) != other.get(key))
        if apart:
            few = {key: (ours.get(key), other.get(key)) for key in apart[:5]}
            lines.append(f"{measure}: {first} and {tool}: {few}")
    return lines


def _row(found: dict[str, Row], measure: str) -> Row:
    return {tool: row.get(measure, Cell()) for tool, row in found.items()}


def _show(word: str, wanted: list[str], found: dict[str, Row]) -> None:
    head = f"| events | what | {' | '.join(found)} |\n|---|---{'|---' * len(found)}|"
    print(head)
    for measure in wanted:
        row = _row(found, measure)
        print(f"| {word} | {measure.replace('_', ' ')} | {' | '.join(_shown(row, tool) for tool in row)} |")
    loads = _row(found, "load")
    print(f"\nFrom file to answer, {word}: the load and the first call.\n\n{head}")
    for measure in (one for one in wanted if one != "load"):
        row = {
            tool: Cell(one.seconds and one.first + (loads[tool].seconds or 0), why=one.why)
            for tool, one in _row(found, measure).items()
        }
        print(f"| {word} | {measure.replace('_', ' ')} | {' | '.join(_whole(row, tool) for tool in row)} |")
    print(flush=True)


def _shown(row: Row, tool: str) -> str:
    one, ours = row[tool], row.get(OURS, Cell())
    if one.seconds is None:
        return one.why
    if tool == OURS or not ours.seconds:
        return f"{one.seconds:.3f}, CPU {one.cpu:.3f}, {one.mb:,} MB"
    same = "= " if one.told and one.told == ours.told else ""
    cpu = f"CPU {one.cpu:.3f} ({one.cpu / max(ours.cpu, 1e-9):.1f}x)"
    return f"{same}{one.seconds:.3f} ({one.seconds / ours.seconds:.1f}x), {cpu}, {one.mb:,} MB"


def _whole(row: Row, tool: str) -> str:
    one, ours = row[tool], row.get(OURS, Cell())
    if one.seconds is None:
        return one.why
    ratio = f" ({one.seconds / ours.seconds:.1f}x)" if tool != OURS and ours.seconds else ""
    return f"{one.seconds:.2f}{ratio}"


def _alone() -> dict[str, str]:
    """Returns the environment for a cell: nothing is told to anybody."""
    return {**os.environ, "RETENTIONEERING_NO_TRACK": "1"}


def _asked() -> argparse.Namespace:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--sizes", default="1M,10M", help="1M,10M,50M")
    words.add_argument("--tools", default=",".join(TOOLS))
    words.add_argument("--measures", default="", help="all, unless named: load,funnel,step_matrix")
    words.add_argument("--limit", type=int, default=1200, help="seconds that one load, or one measure, may take")
    words.add_argument("--memory", type=int, default=16, help="gigabytes that a process may hold")
    words.add_argument("--data", type=Path, default=HERE / ".data")
    words.add_argument("--rooms", type=Path, default=cache(), help="where the environments of the other tools stand")
    return words.parse_args()


if __name__ == "__main__":
    main()
