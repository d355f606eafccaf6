"""Times one tool at one measure, in the process it was started in: its load, its answer, and its peak memory.

Prints a JSON line when the data are loaded and one when the measure is done. An alarm ends the process when either
takes longer than the limit, also inside machine code.
"""

from __future__ import annotations

import importlib
import json
import resource
import signal
import statistics
import sys
import time

RUNS = 3
WORTH_REPEATING = 20.0
"""Seconds a first call may take to be repeated."""


def main() -> None:
    """Loads, measures, and says what it took."""
    tool, measure, file, limit = sys.argv[1:]
    side = importlib.import_module(f"beside.in_{tool}")
    signal.alarm(int(limit))
    began = time.perf_counter()
    data = side.load(file)
    took = time.perf_counter() - began
    signal.alarm(0)
    _say(seconds=took, mb=_peak(), told=side.loaded(data) if measure == "load" else {})
    if measure == "load":
        return
    ask, tell = side.MEASURES[measure]
    signal.alarm(int(limit))
    began = time.perf_counter()
    answer = ask(data)
    first = time.perf_counter() - began
    signal.alarm(0)
    peak, told, spent = _peak(), tell(answer), []
    while first < WORTH_REPEATING and len(spent) < RUNS:
        began = time.perf_counter()
        ask(data)
        spent.append(time.perf_counter() - began)
    _say(seconds=statistics.median(spent or [first]), mb=peak, told=told)


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _say(**words: object) -> None:
    print("\n" + json.dumps(words, default=int), flush=True)


if __name__ == "__main__":
    main()
