"""Prints one table: klantreis beside DuckDB, polars, retentioneering and pm4py, each asked the same of the same events.

Every cell is a process of its own with a limit; where two tools compute the same, their answers must be equal.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
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


@dataclass(frozen=True)
class Cell:
    """What one tool took for one measure: `seconds` and peak `mb`, and what it `told`; else `why` there is nothing."""

    seconds: float | None = None
    mb: int | None = None
    told: dict[str, Any] = field(default_factory=dict)
    why: str = "–"


def main() -> None:
    """Makes the data and the environments, times every cell, holds the answers side by side, and prints the table."""
    asked = _asked()
    tools = asked.tools.split(",")
    pythons = {tool: python_for(tool, asked.rooms) for tool in tools}
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; load when begun: "
        f"{os.getloadavg()[0]:.1f}. Seconds (median of 3 after a first call), times as long as klantreis, peak MB.\n\n"
        f"| events | what | {' | '.join(tools)} |\n|---|---{'|---' * len(tools)}|"
    )
    for word in asked.sizes.split(","):
        file = events(asked.data, int(word.removesuffix("M")) * 1_000_000)
        for measure in TOOLS[OURS].split():
            if asked.measures and measure not in asked.measures.split(","):
                continue
            row = {tool: cell(pythons[tool], tool, measure, (file, asked.limit)) for tool in tools}
            agree(measure, row)
            print(
                f"| {word} | {measure.replace('_', ' ')} | {' | '.join(_shown(row, tool) for tool in tools)} |",
                flush=True,
            )


def cell(python: Path, tool: str, measure: str, data: tuple[Path, int]) -> Cell:
    """Returns what one tool took for one measure of a file, with so many seconds as the limit of load and measure."""
    file, limit = data
    if measure not in TOOLS[tool].split():
        return Cell()
    command = [str(python), "-m", "beside.cell", tool, measure.replace("_", " "), str(file), str(limit)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=HERE, check=False, env=_alone())
    said = [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{"seconds"')]
    if done.returncode == -signal.SIGALRM:
        return Cell(why=f"> {limit} s" if said else f"> {limit} s (load)")
    if done.returncode == -signal.SIGKILL:
        return Cell(why="out of memory")
    if done.returncode:
        print(done.stderr[-2000:], file=sys.stderr)
        return Cell(why="failed")
    return Cell(**said[-1])


def agree(measure: str, row: dict[str, Cell]) -> None:
    """Raises SystemExit when two tools tell different numbers of one thing."""
    told = [(tool, one.told) for tool, one in row.items() if one.told]
    for tool, other in told[1:]:
        first, ours = told[0]
        apart = sorted(key for key in ours.keys() | other.keys() if ours.get(key) != other.get(key))
        if apart:
            few = {key: (ours.get(key), other.get(key)) for key in apart[:5]}
            raise SystemExit(f"{measure}: {first} and {tool} do not agree: {few}")


def _shown(row: dict[str, Cell], tool: str) -> str:
    one, ours = row[tool], row.get(OURS, Cell())
    if one.seconds is None:
        return one.why
    ratio = f"{one.seconds / ours.seconds:.1f}x, " if tool != OURS and ours.seconds else ""
    return f"{one.seconds:.3f} ({ratio}{one.mb:,} MB)"


def _alone() -> dict[str, str]:
    """Returns the environment for a cell: nothing is told to anybody."""
    return {**os.environ, "RETENTIONEERING_NO_TRACK": "1"}


def _asked() -> argparse.Namespace:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--sizes", default="1M,10M", help="1M,10M,50M")
    words.add_argument("--tools", default=",".join(TOOLS))
    words.add_argument("--measures", default="", help="all, unless named: load,funnel,step_matrix")
    words.add_argument("--limit", type=int, default=120, help="seconds that one load, or one measure, may take")
    words.add_argument("--data", type=Path, default=HERE / ".data")
    words.add_argument("--rooms", type=Path, default=cache(), help="where the environments of the other tools stand")
    return words.parse_args()


if __name__ == "__main__":
    main()
