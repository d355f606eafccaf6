"""Times the pictures of the largest map a sheet should hold: 9 phases of 12 steps, 14 lanes and more, long Dutch words.

Prints processor milliseconds, and how many lanes the map has.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime

from klantreis.exporters import pdf, png
from klantreis.exporters.svg import svg
from klantreis.map.model import JourneyMap
from klantreis.map.read import map_of
from klantreis.report import Report
from klantreis.scenes.journey import journey_scene
from klantreis.scenes.journey.blueprint import blueprint_scene
from klantreis.scenes.model import Element, Group, Scene

RUNS = 7
MADE = datetime(2026, 11, 1, tzinfo=UTC)


def main() -> None:
    """Prints one row per picture: the median of RUNS after a first one."""
    map_ = giant()
    scene = journey_scene(map_, None, (), language="nl")
    report = Report(map_, None, (), MADE)
    asked: dict[str, Callable[[], object]] = {
        "map": lambda: journey_scene(map_, None, (), language="nl"),
        "map, print": lambda: journey_scene(map_, None, (), language="nl", density="print"),
        "blueprint": lambda: blueprint_scene(map_, None, (), language="nl"),
        "svg of the map": lambda: svg(scene),
        "pdf on A3, from the document on": lambda: pdf.export(report, pdf.Options(language="nl")),
        "png, from the document on": lambda: png.export(report, png.Options(language="nl")),
    }
    print(f"{len(lanes(scene))} lanes: {', '.join(lanes(scene))}\n")
    print("| picture | ms of processor time |\n|---|---|")
    for name, draw in asked.items():
        print(f"| {name} | {1000 * statistics.median(_spent(draw) for _ in range(RUNS + 1)):.0f} |")


def lanes(scene: Scene) -> list[str]:
    """Returns the kinds of the rows of a map."""
    return sorted(set(_kinds(scene.elements)))


def giant() -> JourneyMap:
    """Returns a map of 9 phases of 12 steps with long Dutch words, which says something in every lane."""
    lines = ["klantreis: 1", "id: reus", "title: De grootste kaart", "phases:"]
    for phase in range(9):
        lines += [
            f"  fase{phase}:",
            f"    label: Bewustwordingsfase {phase}",
            "    class: BU",
            "    goal: De klant weet wat de verkoopvoorwaarden zijn",
            "    problem: De bezorgmogelijkheden zijn onduidelijk",
            "    strategy: Keuzehulp en klantenservice vooraan",
            "    expected: 3 days",
            "    means: [Keuzehulp, Nieuwsbriefaanmelding]",
            "    levers: [offering, fit]",
            "    actions:",
            f"      actie{phase}: {{do: Vergelijkingspagina verbeteren, owner: Marketingafdeling, hours: 4}}",
            "    steps:",
            *(_step(phase, number) for number in range(12)),
        ]
    lines += [
        "kpis:",
        *(
            f"  kpi{phase}: {{label: Doorstroompercentage, phase: fase{phase}, metric: share, target: '>= 30%'}}"
            for phase in range(9)
        ),
        "offers:",
        *(f"  aanbod{phase}: {{label: Seizoensaanbieding, at: s{phase}_1}}" for phase in range(9)),
        "opportunities:",
        *(
            f"  kans{phase}: {{label: Bezorgmoment, solves: [s{phase}_4_price], impact: 4, effort: 2, confidence: 3}}"
            for phase in range(9)
        ),
    ]
    return map_of("\n".join(lines) + "\n")


def _step(phase: int, number: int) -> str:
    told = (
        "do: Ik vul het klanttevredenheidsonderzoek in",
        'think: "Duurt dit nog lang?"',
        "expect: Een antwoord binnen een werkdag",
        f"feel: {number % 5 - 2}",
        "word: teleurgesteld",
        "need: Wat kost de thuisbezorging?",
        "barrier: {label: Verzendkosten pas aan het einde, kind: price}" if number % 4 == 0 else "influence: shared",
        "mot: confirmed" if number == 5 else "owner: Webwinkelteam",
        "touch: {label: Bestelbevestigingspagina, channel: website, kind: action, setting: digital}",
    )
    return f"      s{phase}_{number}: {{{', '.join(told)}}}"


def _kinds(elements: tuple[Element, ...]) -> list[str]:
    groups = [part for part in elements if isinstance(part, Group)]
    return [kind for part in groups for kind in (part.kind, *_kinds(part.children))]


def _spent(draw: Callable[[], object]) -> float:
    began = time.process_time()
    draw()
    return time.process_time() - began


if __name__ == "__main__":
    main()
