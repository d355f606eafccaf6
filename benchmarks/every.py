"""Times every registered analysis beside its aim: 100 ms at 10M events on two cores. Prints seconds, processor time
and the peak of memory while each lasts, the log included; each kind of log has a process of its own.

Those about scores, words and orders get a log of as many events that has them. Those that need a map get the demo shop
with its maps: that of 100,000 people, its buckets as often as makes so many touches.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any

from asked import GAP_DAYS, GOAL, NAMES, STEPS, WITHIN_DAYS
from beside.watch import fresh, peak
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
SLOW = 5.0
"""Seconds: what takes longer the first time is repeated once."""
LOGS = ("answers", "maps", "orders", "touches")
OF_ANSWERS = ("advocates", "emotion", "mood", "opinion", "themes")
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
    """Makes the data, times each kind of log in a process of its own, and prints a row per analysis, slowest last."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--size", default="10M")
    words.add_argument("--only", default="", help="names of analyses: follows,clv")
    words.add_argument("--data", type=Path, default=HERE / ".data")
    words.add_argument("--runs", type=int, default=RUNS, help="how often each is repeated after a first time")
    words.add_argument("--log", choices=LOGS, help="one kind of log, told as JSON")
    said = words.parse_args()
    if said.log:
        print(json.dumps(on_one(said)))
        return
    aim = AIM_MS * max(1.0, _size(said) / AIM_AT) / 1000  # small logs pay for starting, not for events
    print(
        f"{said.size} events ({_size(said) // 20:,} orders for {', '.join(OF_ORDERS)}), {os.cpu_count()} cores; load "
        f"when begun: {os.getloadavg()[0]:.1f}; aim {aim * 1000:.0f} ms. Least of {said.runs}.\n\n"
        "| analysis | wall | CPU of all cores | peak MB | aim met |\n|---|---|---|---|---|"
    )
    found: dict[str, tuple[float, float, int]] = {}
    loads: list[str] = []
    for log in LOGS:
        done = subprocess.run([sys.executable, *sys.argv, "--log", log], stdout=subprocess.PIPE, text=True, check=True)
        told = json.loads(done.stdout.splitlines()[-1])
        found |= told["timed"]
        loads += [f"{log} {mb:,} MB" for mb in [told["mb"]] if told["timed"]]
    for name, (wall, cpu, mb) in sorted(found.items(), key=lambda one: one[1]):
        print(f"| {name} | {wall:.3f} | {cpu:.3f} | {mb:,} | {_verdict(wall, cpu, aim)} |")
    print(f"\nPeak of reading each kind of log: {', '.join(loads)}.")


def on_one(said: argparse.Namespace) -> dict[str, Any]:
    """Returns what each analysis of one kind of log took, and the peak of memory before the first of them."""
    work = {"answers": on_answers, "maps": on_maps, "orders": on_orders, "touches": on_touches}[said.log](said)
    before = peak()
    return {"mb": before, "timed": {name: least(do, said.runs) for name, do in work.items()}}


def on_touches(said: argparse.Namespace) -> dict[str, Callable[[], object]]:
    """Returns the analyses of a log that tells when and what, ready to be timed."""
    elsewhere = (*OF_ORDERS, *OF_ANSWERS, *NEED_A_MAP)
    plugs = [one for one in _plugs(said) if one.name not in elsewhere]
    if not plugs:
        return {}
    file = events(said.data, _size(said))
    return _folded(plugs, klantreis.read(file, person="person", at="at", event="event", channel="event"))


def on_orders(said: argparse.Namespace) -> dict[str, Callable[[], object]]:
    """Returns the analyses of a log of orders, ready to be timed: a twentieth of so many events."""
    plugs = [one for one in _plugs(said) if one.name in OF_ORDERS]
    if not plugs:
        return {}
    file = orders(said.data, _size(said) // 20)
    return _folded(plugs, klantreis.read(file, person="person", at="at", event="event", value="value"))


def on_answers(said: argparse.Namespace) -> dict[str, Callable[[], object]]:
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
        said_events(said.data, _size(said)), person="person", at="at", event="event", score="score", value="value",
        detail="comment",
    )  # fmt: skip
    return {name: partial(ask, log) for name, ask in wanted.items()}


def on_maps(said: argparse.Namespace) -> dict[str, Callable[[], object]]:
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
        often = -(-_size(said) // placed.touches)
        journeys = replace(placed, buckets=list(placed.buckets) * often, parts=None, earlier=None)
        planned = plan(map_)
        for name, analysis, options in (*planned.steps, *planned.further):
            if name in wanted:
                found.setdefault(name, partial(fold, analysis, journeys, options))
        if "balance" in wanted:  # no phase of these maps tells what is done in it; counting does not depend on that
            found.setdefault("balance", partial(fold, balance, journeys, balance.options_of(map_)))
    return found


def least(work: Callable[[], object], runs: int) -> tuple[float, float, int]:
    """Returns the least wall time and processor time of a piece of work after a first time, and its peak in MB."""
    fresh()
    first, _ = _once(work)
    mb = peak()
    spent = [_once(work) for _ in range(1 if first > SLOW else runs)]
    return min(wall for wall, _ in spent), min(cpu for _, cpu in spent), mb


def _size(said: argparse.Namespace) -> int:
    return int(said.size.removesuffix("M")) * 1_000_000


def _plugs(said: argparse.Namespace) -> list[EntryPoint]:
    """Returns the analyses that are asked for, by name."""
    every = sorted(entry_points(group="klantreis.analysis"), key=lambda one: one.name)
    return [one for one in every if not said.only or one.name in said.only.split(",")]


def _folded(plugs: list[EntryPoint], journeys: Journeys) -> dict[str, Callable[[], object]]:
    found: dict[str, Callable[[], object]] = {}
    for plug in plugs:
        analysis = plug.load()
        found[plug.name] = partial(fold, analysis, journeys, analysis.Options(**asked().get(plug.name, {})))
    return found


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
