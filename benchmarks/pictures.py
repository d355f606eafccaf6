"""Times the pictures of the largest map a sheet should hold: 9 phases of 12 steps. Prints processor milliseconds."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from klantreis.exporters.svg import svg
from klantreis.map.model import JourneyMap
from klantreis.map.read import map_of
from klantreis.scenes.journey import journey_scene
from klantreis.scenes.journey.blueprint import blueprint_scene

RUNS = 7


def main() -> None:
    """Prints one row per picture: the median of RUNS after a first one."""
    map_ = giant()
    scene = journey_scene(map_, None, (), language="nl")
    asked: dict[str, Callable[[], object]] = {
        "map": lambda: journey_scene(map_, None, (), language="nl"),
        "map, print": lambda: journey_scene(map_, None, (), language="nl", density="print"),
        "blueprint": lambda: blueprint_scene(map_, None, (), language="nl"),
        "svg of the map": lambda: svg(scene),
    }
    print("| picture | ms of processor time |\n|---|---|")
    for name, draw in asked.items():
        print(f"| {name} | {1000 * statistics.median(_spent(draw) for _ in range(RUNS + 1)):.0f} |")


def giant() -> JourneyMap:
    """Returns a map of 9 phases of 12 steps, each with long Dutch words."""
    lines = ["klantreis: 1", "id: reus", "title: De grootste kaart", "phases:"]
    for phase in range(9):
        lines += [f"  fase{phase}:", f"    label: Bewustwordingsfase {phase}", "    class: BU", "    steps:"]
        lines += [
            f'      s{phase}_{step}: {{do: Ik vul het klanttevredenheidsonderzoek, feel: {step % 5 - 2}, think: "Zo?"}}'
            for step in range(12)
        ]
    return map_of("\n".join(lines) + "\n")


def _spent(draw: Callable[[], object]) -> float:
    began = time.process_time()
    draw()
    return time.process_time() - began


if __name__ == "__main__":
    main()
