"""KPIs: the value of each KPI on the map, against its target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from klantreis.analyses.result import Result
from klantreis.map.model import Kpi, Survey
from klantreis.stats.intervals import Estimate

name = "kpis"


@dataclass(frozen=True, slots=True)
class Options:
    """The KPIs and surveys of the map, and (touchpoint, phase) pairs."""

    kpis: tuple[Kpi, ...] = ()
    surveys: tuple[Survey, ...] = ()
    phases: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class KpiValue:
    """One KPI now. `unit` as in findings.Measured (share, seconds, score, count, money). `verdict`: 'met' or 'missed'
    when the whole interval lies on one side of the target, 'unsure' when the target lies inside it, 'unknown' when
    there is no value, 'no_target'. `segment` None: everybody.
    """

    kpi: str
    estimate: Estimate
    unit: str
    verdict: Literal["met", "missed", "unsure", "unknown", "no_target"]
    target: float | None = None
    comparison: str | None = None
    segment: str | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Kpis(Result):
    """One row per KPI, in the order of the map."""

    values: tuple[KpiValue, ...] = ()
