"""Times every registered analysis beside its aim: 100 ms at 10M events on two cores. Prints seconds and processor time.

Those that need what generated events do not have (a survey, text, a map with a change) are named, not timed.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from asked import GAP_DAYS, GOAL, NAMES, STEPS, WITHIN_DAYS
from data import events, orders

import klantreis
from klantreis.analyses.fold import fold
from klantreis.journeys.model import Journeys
from klantreis.map.path import Sequence, Visit

HERE = Path(__file__).resolve().parent
DAY = 86_400_000_000
AIM_MS = 100
AIM_AT = 10_000_000
RUNS = 5
OF_ORDERS = ("clv", "concentration", "rfm")
NEEDS = {
    "advocates": "answers to a survey",
    "balance": "what a map says of effort",
    "effect": "a map with a change",
    "emotion": "answers to a survey",
    "experience": "answers to a survey",
    "kpis": "a map with KPIs",
    "mood": "answers to a survey",
    "themes": "comments",
}


def asked() -> dict[str, dict[str, Any]]:
    """Returns what each analysis is asked beside its defaults."""
    halves = tuple((name, "first" if place < len(NAMES) // 2 else "last") for place, name in enumerate(NAMES))
    return {
        "attribution": {"conversions": (GOAL,), "by": "event", "order": 1},
        "channel_mix": {"phases": halves},
        "contacts": {"contacts": ("support_chat",), "within": GAP_DAYS * DAY},
        "coverage": {"outcome": (GOAL,)},
        "drivers": {"outcome": (GOAL,)},
        "fit": {"path": Sequence(tuple(Visit(step) for step in STEPS)), "only": STEPS},
        "funnel": {"steps": tuple((step, (step,)) for step in STEPS), "within": WITHIN_DAYS * DAY},
        "sankey": {"shown": STEPS},
    }


def main() -> None:
    """Makes the data and prints one row per analysis, the slowest last."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--size", default="10M")
    words.add_argument("--only", default="", help="names of analyses: follows,clv")
    words.add_argument("--data", type=Path, default=HERE / ".data")
    said = words.parse_args()
    size = int(said.size.removesuffix("M")) * 1_000_000
    touched = klantreis.read(events(said.data, size), person="person", at="at", event="event", channel="event")
    bought = klantreis.read(orders(said.data, size // 20), person="person", at="at", event="event", value="value")
    aim = AIM_MS * max(1.0, size / AIM_AT) / 1000  # small logs pay for starting, not for events
    print(
        f"{said.size} events ({bought.touches:,} orders for {', '.join(OF_ORDERS)}), {os.cpu_count()} cores; load when "
        f"begun: {os.getloadavg()[0]:.1f}; aim {aim * 1000:.0f} ms. Least of {RUNS}.\n\n"
        "| analysis | wall | CPU of all cores | aim met |\n|---|---|---|---|"
    )
    found = {}
    for plug in sorted(entry_points(group="klantreis.analysis"), key=lambda one: one.name):
        if plug.name in NEEDS or (said.only and plug.name not in said.only.split(",")):
            continue
        found[plug.name] = timed(plug.load(), bought if plug.name in OF_ORDERS else touched)
    for name, (wall, cpu) in sorted(found.items(), key=lambda one: one[1]):
        print(f"| {name} | {wall:.3f} | {cpu:.3f} | {_verdict(wall, cpu, aim)} |")
    print("\nNot timed here: " + "; ".join(f"{name} ({why})" for name, why in NEEDS.items()))


def timed(analysis: Any, journeys: Journeys) -> tuple[float, float]:
    """Returns the least wall time and the least processor time of an analysis, after a first call."""
    options = analysis.Options(**asked().get(analysis.name, {}))
    began = time.perf_counter()
    fold(analysis, journeys, options)
    runs = 1 if time.perf_counter() - began > RUNS else RUNS
    spent = [_once(lambda: fold(analysis, journeys, options)) for _ in range(runs)]
    return min(wall for wall, _ in spent), min(cpu for _, cpu in spent)


def _once(work: Callable[[], object]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def _verdict(wall: float, cpu: float, aim: float) -> str:
    """Says whether the aim is met; on a busy machine the wall time may hide that it would be with the cores free."""
    best = cpu / (os.cpu_count() or 1) / aim
    if wall <= aim:
        return "yes"
    return "would be, on free cores" if best <= 1 else f"no: {wall / aim:.1f}x, and {best:.1f}x on free cores"


if __name__ == "__main__":
    main()
