"""What may leave the house: a report in which nobody stands in a group so small that it could be somebody.

Everything that is written for others (report, slides, workbook, pictures) goes through `shared`, and only there. A row
about fewer than `least` people goes, and so does an estimate from fewer; pseudonyms of single journeys go. A group that
could be worked out by taking one number from another goes with it: a segment is left out when it, or everybody else,
is too small. One remark says how much was left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any

from klantreis.analyses.kpis import Kpis, KpiValue
from klantreis.analyses.results import Results
from klantreis.findings import Finding
from klantreis.journeys.model import About
from klantreis.labels import Label
from klantreis.report import Report
from klantreis.stats.intervals import Estimate

LEAST = 10
SIZES = ("people", "journeys", "count", "n")
"""Which number of a row says how many it is about: the first that it has."""
NAMED = ("examples", "per_journey")
"""Rows that name single journeys."""


@dataclass(slots=True)
class _Kept:
    """How much was left out so far."""

    least: int
    out: int = 0
    segments: list[str] = field(default_factory=list)


def shared(report: Report, least: int = LEAST) -> Report:
    """Returns a report without anything about fewer than `least` people; 0 or 1: the report itself."""
    if least <= 1 or report.results is None:
        return report
    kept = _Kept(least)
    results = _results(report.results, kept)
    findings = tuple(_bare(one) for one in report.findings if not 0 < (one.people or one.journeys) < least)
    kept.out += len(report.findings) - len(findings)
    if not kept.out and not kept.segments:
        return replace(report, results=results, findings=findings)
    return replace(report, results=results, findings=(*findings, _told(report, kept)))


def _results(results: Results, kept: _Kept) -> Results:
    parts: dict[str, Any] = {}
    for one in fields(results):
        value = getattr(results, one.name)
        if one.name == "segments":
            parts[one.name] = _segments(results, kept)
        elif one.name == "more":
            parts[one.name] = {name: _thinned(found, kept, rows=False) for name, found in value.items()}
        elif one.name == "fits":
            parts[one.name] = {name: _thinned(found, kept) for name, found in value.items()}
        elif one.name == "kpis":
            parts[one.name] = _kpis(value, kept)
        elif is_dataclass(value) and not isinstance(value, About):
            parts[one.name] = _thinned(value, kept)
    return replace(results, **parts)


def _segments(results: Results, kept: _Kept) -> Mapping[str, Results]:
    """Returns the segments that are large enough, as is everybody who is not in them."""
    everybody, found = results.paths.people, {}
    for name, part in results.segments.items():
        people = part.paths.people
        if _few(people, kept.least) or _few(everybody - people, kept.least):
            kept.segments.append(name)
        else:
            found[name] = _results(part, kept)
    return found


def _kpis(kpis: Kpis, kept: _Kept) -> Kpis:
    everybody = {value.kpi: value.estimate.n for value in kpis.values if value.segment is None}

    def one(value: KpiValue) -> KpiValue:
        rest = everybody.get(value.kpi, 0) - value.estimate.n if value.segment is not None else 0
        if not _few(value.estimate.n, kept.least) and not _few(rest, kept.least):
            return value
        kept.out += 1
        why = Label(f"Minder dan {kept.least}: niet gedeeld.", f"Fewer than {kept.least}: not shared.")
        return replace(value, estimate=Estimate(None, 0), verdict="unknown", why=why.text("en"), reason=why)

    return replace(kpis, values=tuple(one(value) for value in kpis.values))


def _thinned(value: Any, kept: _Kept, *, rows: bool = True) -> Any:
    """Returns a value without small rows and estimates; `rows` False: rows stay, for their places may have meaning."""
    if isinstance(value, Estimate):
        kept.out += _few(value.n, kept.least)
        return Estimate(None, 0) if _few(value.n, kept.least) else value
    if isinstance(value, tuple):
        large = [one for one in value if not (rows and _small(one, kept.least))]
        kept.out += len(value) - len(large)
        return tuple(_thinned(one, kept, rows=rows) for one in large)
    if not is_dataclass(value) or isinstance(value, type | About | Label):
        return value
    changed = {
        one.name: () if one.name in NAMED else _thinned(getattr(value, one.name), kept, rows=rows)
        for one in fields(value)
        if isinstance(getattr(value, one.name), tuple) or is_dataclass(getattr(value, one.name))
    }
    return replace(value, **changed) if changed else value


def _small(row: Any, least: int) -> bool:
    """Returns whether a row is about too few."""
    if not is_dataclass(row) or isinstance(row, Estimate):
        return False
    size = next((getattr(row, name) for name in SIZES if isinstance(getattr(row, name, None), int)), 0)
    return _few(size, least)


def _few(count: int, least: int) -> bool:
    return 0 < count < least


def _bare(finding: Finding) -> Finding:
    return replace(finding, examples=()) if getattr(finding, "examples", ()) else finding


def _told(report: Report, kept: _Kept) -> Finding:
    n, least, names = kept.out, kept.least, ", ".join(kept.segments)
    whole = Label(f" Segmenten die wegbleven: {names}.", f" Segments left out: {names}.") if names else Label("", "")
    return Finding(
        rule="privacy",
        level="hint",
        place=report.map.place(),
        title=Label(f"Groepen van minder dan {least} zijn weggelaten", f"Groups of fewer than {least} are left out"),
        detail=Label(
            f"{n} getallen gaan over minder dan {least} personen en staan niet in wat je deelt.{whole.text('nl')}",
            f"{n} numbers are about fewer than {least} people and are not in what you share.{whole.text('en')}",
        ),
        advice=Label(
            "In je eigen terminal zie je ze wel: klantreis measure.", "Your own terminal shows them: klantreis measure."
        ),
    )
