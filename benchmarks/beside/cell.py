"""Times one tool: its load, and what it is then asked, each with the peak of memory while it lasts.

Prints a JSON line for the load and one for each measure; `why` tells what stopped it instead. An alarm ends what takes
longer than the limit, also inside machine code; what holds more memory than allowed is ended too. Of several measures
each is taken in a copy of the process that loaded, so that none leaves anything to the next.
"""

from __future__ import annotations

import importlib
import json
import signal
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from beside.watch import fresh, peak, watched

RUNS = 3
WORTH_REPEATING = 10.0
"""Seconds that all runs of a measure together may take before the last of them begins."""


def main() -> None:
    """Works in a process that is watched, and says what it took, or what stopped it."""
    tool, asked, file, seconds, gigabytes = sys.argv[1:]
    limits = int(seconds), int(gigabytes)
    why = watched(partial(_work, tool, asked.split(","), file, limits), limits)
    if why:
        _say(why=why)


def _work(tool: str, asked: list[str], file: str, limits: tuple[int, int]) -> None:
    side = importlib.import_module(f"beside.in_{tool}")
    signal.alarm(limits[0])
    fresh()
    (took, cpu), data = _once(lambda: side.load(file))
    signal.alarm(0)
    _say(what="load", seconds=took, cpu=cpu, mb=peak(), told=side.loaded(data) if "load" in asked else {})
    measures = [one for one in asked if one != "load"]
    for measure in measures:
        work = partial(_measure, measure, side.MEASURES[measure.replace("_", " ")], data, limits)
        if len(measures) == 1:
            work()
        elif why := watched(work, limits):
            _say(what=measure, why=why)


def _measure(measure: str, how: tuple[Callable[..., Any], Callable[..., Any]], data: Any, limits: Any) -> None:
    ask, tell = how
    signal.alarm(limits[0])
    fresh()
    first, answer = _once(lambda: ask(data))
    signal.alarm(0)
    mb, told, spent = peak(), tell(answer), [first]
    while len(spent) <= RUNS and sum(wall for wall, _ in spent) < WORTH_REPEATING:
        spent.append(_once(lambda: ask(data))[0])
    seconds, cpu = (statistics.median(column) for column in zip(*(spent[1:] or spent), strict=True))
    _say(what=measure, seconds=seconds, cpu=cpu, first=first[0], mb=mb, told=told)


def _once(work: Callable[[], Any]) -> tuple[tuple[float, float], Any]:
    """Returns the wall time and the processor time of a piece of work, and its answer."""
    wall, cpu = time.perf_counter(), time.process_time()
    answer = work()
    return (time.perf_counter() - wall, time.process_time() - cpu), answer


def _say(**words: object) -> None:
    print("\n" + json.dumps(words, default=int), flush=True)


if __name__ == "__main__":
    main()
