"""KPIs against their targets, as a person reads them in a terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from klantreis.analyses.kpis import Kpis, KpiValue
from klantreis.cli import figures, speak
from klantreis.cli.words import TEXTS, VERDICTS
from klantreis.labels import Label, Language
from klantreis.map.aims import without_target
from klantreis.map.model import JourneyMap

Names = Mapping[str, str]


def kpis_of(map_: JourneyMap | None) -> Callable[[Kpis, Language, Names], None]:
    """Returns what prints each KPI against its target, called as the map calls it."""

    def show(result: Kpis, said: Language, names: Names) -> None:
        called = {} if map_ is None else {kpi.id: kpi.label.shown(said) or kpi.id for kpi in map_.kpis}
        rows = (_kpi(value, said, called, names) for value in result.values)
        speak.table(rows, said, title=TEXTS["kpis"].text(said))
        if map_ is not None and map_.phases:
            speak.say(_complete(map_).text(said))

    return show


def _complete(map_: JourneyMap) -> Label:
    """Whether every phase has a KPI with a target, and else which phases have none."""
    left, every = without_target(map_), len(map_.phases)
    if not left:
        return Label("Compleet: elke fase heeft een KPI met een doel.", "Complete: each phase has a KPI with a target.")
    nl, en = (", ".join(phase.label.text(said) or phase.id for phase in left) for said in ("nl", "en"))
    return Label(
        f"Nog niet compleet: {every - len(left)} van {every} fasen met een KPI met doel. Zonder: {nl}.",
        f"Not complete yet: {every - len(left)} of {every} phases with a KPI with a target. Without: {en}.",
    )


def _kpi(value: KpiValue, said: Language, called: Names, names: Names) -> dict[str, object]:
    part = f" ({names.get(value.segment, value.segment)})" if value.segment else ""
    sign = {">=": "≥", "<=": "≤"}.get(value.comparison or "", value.comparison)
    target = None if value.target is None else f"{sign} {figures.plain(value.target, value.unit, said)}"
    return {
        "kpi": called.get(value.kpi, value.kpi) + part,
        "value": figures.measured(value.estimate, value.unit, said),
        "n": value.estimate.n,
        "target": target,
        "verdict": VERDICTS[value.verdict].text(said),
    }
