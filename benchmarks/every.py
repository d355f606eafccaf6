"""Times every registered analysis beside its aim: 100 ms at 10M events on two cores. Prints seconds and processor time.

Those about scores, words and orders get a log of as many events that has them. Those that need a map get the demo shop
with its maps: that of 100,000 people, its buckets as often as makes so many touches.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from asked import GAP_DAYS, GOAL, NAMES, STEPS, WITHIN_DAYS
from data import events, orders, said_events

import klantreis
from klantreis.analyses import balance
from klantreis.analyses.fold import fold
from klantreis.demo import make
from klantreis.journeys.model import Journeys
from klantreis.map.path import Sequence, Visit
from klantreis.measure import plan

HERE = Path(__file__).resolve().parent
DAY = 86_400_000_000
AIM_MS = 100
AIM_AT = 10_000_000
RUNS = 5
OF_ORDERS = ("clv", "concentration", "rfm")
ANSWER, REFERRAL = "review_submitted", "referral_shared"
"""Which events carry a score and a comment, and which ask somebody else to come, in the log that tells more."""
NEED_A_MAP = ("audience", "balance", "effect", "experience", "kpis", "standing")
"""What only a map tells: segments, what is done in each phase, changes, surveys, KPIs."""
SHOP_PEOPLE = 100_000


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
    found = {name: least(work) for name, work in {**on_answers(said, size), **on_maps(said, size)}.items()}
    for plug in sorted(entry_points(group="klantreis.analysis"), key=lambda one: one.name):
        if plug.name in found or plug.name in NEED_A_MAP or (said.only and plug.name not in said.only.split(",")):
            continue
        found[plug.name] = timed(plug.load(), bought if plug.name in OF_ORDERS else touched)
    for name, (wall, cpu) in sorted(found.items(), key=lambda one: one[1]):
        print(f"| {name} | {wall:.3f} | {cpu:.3f} | {_verdict(wall, cpu, aim)} |")


def on_answers(said: argparse.Namespace, size: int) -> dict[str, Callable[[], object]]:
    """Returns the measures of what people say, ready to be timed, over a log of so many events that tells it."""
    work: dict[str, Callable[[Journeys], object]] = {
        "advocates": lambda log: klantreis.advocates(log, answers=ANSWER, orders=GOAL, referrals=REFERRAL),
        "emotion": lambda log: klantreis.emotion(log, answers=ANSWER, about=STEPS),
        "mood": lambda log: klantreis.mood(log, answers=ANSWER),
        "opinion": lambda log: klantreis.opinion(log, answers=ANSWER, orders=GOAL),
        "themes": lambda log: klantreis.themes(log, answers=ANSWER),
    }
    wanted = {name: ask for name, ask in work.items() if not said.only or name in said.only.split(",")}
    if not wanted:
        return {}
    log = klantreis.read(
        said_events(said.data, size), person="person", at="at", event="event", score="score", value="value",
        detail="comment",
    )  # fmt: skip
    return {name: partial(ask, log) for name, ask in wanted.items()}


def on_maps(said: argparse.Namespace, size: int) -> dict[str, Callable[[], object]]:
    """Returns what needs a map, ready to be timed: what the busiest map of the demo shop that has them asks.

    A quiet map would mostly tell the price of its buckets. Nothing is kept from one time to the next, and a bucket that
    comes back is another one to all that count.
    """
    wanted = [name for name in NEED_A_MAP if not said.only or name in said.only.split(",")]
    if not wanted:
        return {}
    shop = make(said.data / "shop", journeys=SHOP_PEOPLE, seed=1)
    shop.load()
    found: dict[str, Callable[[], object]] = {}
    every = [(map_, shop.journeys(map_)) for map_ in shop.maps()]
    for map_, placed in sorted(every, key=lambda one: -one[1].touches):
        often = -(-size // placed.touches)
        journeys = replace(placed, buckets=list(placed.buckets) * often, parts=None, earlier=None)
        planned = plan(map_)
        for name, analysis, options in (*planned.steps, *planned.further):
            if name in wanted:
                found.setdefault(name, partial(fold, analysis, journeys, options))
        if "balance" in wanted:  # no phase of these maps tells what is done in it; counting does not depend on that
            found.setdefault("balance", partial(fold, balance, journeys, balance.options_of(map_)))
    return found


def timed(analysis: Any, journeys: Journeys) -> tuple[float, float]:
    """Returns the least wall time and the least processor time of an analysis, after a first call."""
    options = analysis.Options(**asked().get(analysis.name, {}))
    return least(lambda: fold(analysis, journeys, options))


def least(work: Callable[[], object]) -> tuple[float, float]:
    """Returns the least wall time and the least processor time of a piece of work, after a first time."""
    first, _ = _once(work)
    spent = [_once(work) for _ in range(1 if first > RUNS else RUNS)]
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
