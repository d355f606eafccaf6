"""KPIs against their targets, as a person reads them in a terminal."""

from __future__ import annotations

from collections.abc import Mapping

from klantreis.analyses.kpis import Kpis, KpiValue
from klantreis.cli import figures, speak
from klantreis.cli.words import TEXTS, VERDICTS
from klantreis.labels import Language

Names = Mapping[str, str]


def kpis(result: Kpis, said: Language, names: Names) -> None:
    """Prints each KPI against its target."""
    speak.table((_kpi(value, said, names) for value in result.values), said, title=TEXTS["kpis"].text(said))


def _kpi(value: KpiValue, said: Language, names: Names) -> dict[str, object]:
    part = f" ({names.get(value.segment, value.segment)})" if value.segment else ""
    sign = {">=": "≥", "<=": "≤"}.get(value.comparison or "", value.comparison)
    target = None if value.target is None else f"{sign} {figures.plain(value.target, value.unit, said)}"
    return {
        "kpi": names.get(value.kpi, value.kpi) + part,
        "value": figures.measured(value.estimate, value.unit, said),
        "n": value.estimate.n,
        "target": target,
        "verdict": VERDICTS[value.verdict].text(said),
    }
