"""What may leave the house: a report in which nobody stands in a group so small that it could be somebody.

Everything that is written for others (report, slides, workbook, pictures) goes through `shared`, and only there. A row
about fewer than `least` people goes, and so does an estimate from fewer; pseudonyms of single journeys go. A row that
has its own place on the map (a phase, a touchpoint) stays, and its counts say '< 10'. What could be worked out by
taking one number from another goes with it: `secondary` says which. Findings stay that follow from what is left. One
remark says how much was left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any

from klantreis.analyses.emotion import Emotion
from klantreis.analyses.kpis import Kpis, KpiValue
from klantreis.analyses.results import Results
from klantreis.findings import Finding
from klantreis.journeys.model import About
from klantreis.labels import Label
from klantreis.map.model import JourneyMap
from klantreis.map.votes import shareable
from klantreis.report import Report
from klantreis.stats.intervals import Estimate
from klantreis.stats.untold import Untold
from klantreis.workspace.following import following
from klantreis.workspace.once_more import felt_told, funnel_told, kpis_of, steps_of_one, times_told
from klantreis.workspace.secondary import (
    ALONE,
    COUNTS,
    Cell,
    apart_tables,
    at_ends,
    beside_rows,
    between,
    cells,
    cells_of,
    holds_rows,
    inside_of,
    nearly_all,
    of_few,
    pairs_left,
    size_of,
)
from klantreis.workspace.since import NOTHING, Told, changed, ways_since, without
from klantreis.workspace.ways_told import Way, in_a_row, together, untold_everywhere

LEAST = 10
NONE = Estimate(None, 0)
PLACED = ("FunnelStep", "Seen", "Feeling")
"""Rows that stay, for they have their own place on the map; of the others nothing is missed."""
NAMED = ("examples", "per_journey")
"""Rows that name single journeys."""
PAIRS = {("Feeling", "counts"): True, ("Behaviour", "words"): False}
"""Rows that are pairs (a score and its answers, a word and its events), and whether they add up to a number told."""


@dataclass(slots=True)
class _Kept:
    """How much was left out so far."""

    least: int
    map: JourneyMap
    out: int = 0
    segments: list[str] = field(default_factory=list)
    beside: frozenset[Cell] = frozenset()
    """Cells of the segment at hand that would give away those of another."""
    ways: Mapping[str | None, set[Way]] = field(default_factory=dict)
    """Ways between touchpoints that would give a rare one away, per segment; None: of everybody."""
    segment: str | None = None
    """The segment at hand."""


def shared(report: Report, least: int = LEAST, *, everybody: Results | None = None, before: Told = NOTHING) -> Report:
    """Returns a report without anything about fewer than `least` people; 0 or 1: the report itself.

    `everybody`: of a report of one segment, the results of all, whose report may lie beside it. `before`: the numbers
    that were told earlier at the same place, of which no few people may be had by taking one from the other.
    """
    if report.votes:
        report = replace(report, votes=shareable(report.votes, least, before))
    if least <= 1 or report.results is None:
        return report
    kept, results = _Kept(least, report.map), report.results
    if everybody is not None:
        kept.segment = results.about.segment or ""
        everybody = replace(everybody, segments={**everybody.segments, kept.segment: results})
        kept.beside, results = _between(kept.segment, everybody, least), _alone(results, everybody, least)
    gone = changed(results, before, least)
    kept.ways = ways_since(results, gone, untold_everywhere(everybody or results, least), least)
    kept.out += len(gone)
    results, report = without(_results(results, kept), gone, least), replace(report, trail=None)
    findings = following(report, results, least)
    kept.out += len(report.findings) - len(findings)
    if not kept.out and not kept.segments:
        return replace(report, results=results, findings=findings)
    return replace(report, results=results, findings=(*findings, _told(report, kept)))


def _between(name: str, everybody: Results, least: int) -> frozenset[Cell]:
    """The cells of a segment that would tell of a few, taken from those of everybody, alone or with other segments."""
    parts = {segment: cells(part) for segment, part in everybody.segments.items()}
    return frozenset(cell for segment, cell in apart_tables(cells(everybody), parts, least) if segment == name)


def _alone(results: Results, everybody: Results, least: int) -> Results:
    """The results of a segment without KPIs that are about all but a few of everybody."""
    of_all = {value.kpi: value.estimate.n for value in everybody.kpis.values if value.segment is None}

    def one(value: KpiValue) -> KpiValue:
        rest = of_all.get(value.kpi, 0) - value.estimate.n if value.segment is None else 0
        return _unshared(value, least) if _few(rest, least) else value

    return replace(results, kpis=replace(results.kpis, values=tuple(map(one, results.kpis.values))))


def _results(results: Results, kept: _Kept) -> Results:
    parts: dict[str, Any] = {}
    beside = kept.beside
    rows, ways = in_a_row(results.paths, kept.least, kept.ways.get(kept.segment))
    kept.ways = {**kept.ways, kept.segment: ways}
    kept.beside = beside | nearly_all(results.funnel.steps, kept.least) | rows
    kept.beside |= steps_of_one(kept.map, results, kept.beside, kept.least)
    for one in fields(results):
        value = getattr(results, one.name)
        if one.name == "segments":
            parts[one.name] = _segments(results, kept)
        elif one.name in {"more", "fits"}:
            rows_stay = one.name == "more"
            parts[one.name] = {name: _thinned(found, kept, rows=not rows_stay) for name, found in value.items()}
        elif one.name == "kpis":
            parts[one.name] = _kpis(value, kept)
        elif one.name == "paths":
            edges = together(value.edges, kept.least, kept.ways.get(kept.segment))
            kept.out += len(value.edges) - len(edges)
            nodes = at_ends(value, edges, kept.least)
            parts[one.name] = _thinned(replace(value, edges=edges, nodes=nodes), kept)
        elif one.name == "emotion":
            parts[one.name] = _felt(value, kept)
        elif one.name == "funnel":
            parts[one.name] = funnel_told(_thinned(value, kept), kept.least)
        elif one.name == "times":
            parts[one.name] = _thinned(times_told(value, kept.beside, ways, kept.least), kept)
        elif is_dataclass(value) and not isinstance(value, About):
            parts[one.name] = _thinned(value, kept)
    kept.beside = beside
    return replace(results, **parts)


def _felt(emotion: Emotion, kept: _Kept) -> Emotion:
    """Returns the feelings without small rows, and without what else would tell of these."""
    told = felt_told(_thinned(emotion, kept), emotion, kept.least, segment=kept.segment is not None)
    kept.out += isinstance(told.answers, Untold) + len(emotion.unusable) - len(told.unusable)
    return told


def _segments(results: Results, kept: _Kept) -> Mapping[str, Results]:
    """Returns the segments that are large enough, as is everybody who is not in them; no cell gives another away."""
    everybody = results.paths.people
    sizes = {name: part.paths.people for name, part in results.segments.items()}
    gone = {name for name, people in sizes.items() if _few(people, kept.least)}
    told = {name: people for name, people in sizes.items() if name not in gone}
    gone |= between(everybody, told, kept.least)
    kept.segments += [name for name in sizes if name in gone]
    left = {name: part for name, part in results.segments.items() if name not in gone}
    hidden = apart_tables(cells(results), {name: cells(part) for name, part in left.items()}, kept.least)
    found, mine = {}, (kept.beside, kept.segment)
    for name, part in left.items():
        kept.beside, kept.segment = frozenset(cell for segment, cell in hidden if segment == name), name
        found[name] = _results(part, kept)
    kept.beside, kept.segment = mine
    return found


def _kpis(kpis: Kpis, kept: _Kept) -> Kpis:
    everybody = {value.kpi: value.estimate for value in kpis.values if value.segment is None}
    gone = kpis_of(kept.map, kept.beside)

    def one(value: KpiValue) -> KpiValue:
        whole = everybody.get(value.kpi, NONE) if value.segment is not None else value.estimate
        if value.kpi not in gone and not any(_few(count, kept.least) for count in _counts(value, whole)):
            return value
        kept.out += 1
        return _unshared(value, kept.least)

    return replace(kpis, values=tuple(one(value) for value in kpis.values))


def _counts(value: KpiValue, whole: Estimate) -> list[int]:
    """Returns the counts that a KPI tells, alone and beside that of everybody."""
    mine, rest = value.estimate, whole.n - value.estimate.n
    if value.unit != "share" or mine.value is None:
        return [mine.n, rest]
    did, all_did = round(mine.value * mine.n), round((whole.value or 0.0) * whole.n)
    return [mine.n, rest, did, mine.n - did, all_did - did, rest - (all_did - did)]


def _unshared(value: KpiValue, least: int) -> KpiValue:
    why = Label(f"Minder dan {least}: niet gedeeld.", f"Fewer than {least}: not shared.")
    return replace(value, estimate=NONE, verdict="unknown", why=why.text("en"), reason=why)


def _thinned(value: Any, kept: _Kept, *, rows: bool = True, name: str = "") -> Any:
    """Returns a value without small rows and estimates; `rows` False: rows stay, for their places may have meaning.

    `name`: the field that it stands in, which says whether an estimate is a share of people.
    """
    if isinstance(value, Estimate):
        few = _few(value.n, kept.least) or of_few(value, name, kept.least)
        kept.out += few
        return NONE if few else value
    if holds_rows(value):
        return tuple(_thinned(one, kept, rows=rows, name=name) for one in value)
    if not is_dataclass(value) or isinstance(value, type | About | Label):
        return value
    changed: dict[str, Any] = {}
    for one in fields(value):
        inside = getattr(value, one.name)
        if (kind := (type(value).__name__, one.name)) in PAIRS:
            gone = [what for what, _ in inside if kept.beside.intersection(_pair(value, what))]
            changed[one.name] = pairs_left(inside, kept.least, whole=PAIRS[kind], gone=gone)
            kept.out += len(inside) - len(changed[one.name])
        elif holds_rows(inside):
            changed[one.name] = () if one.name in NAMED else _rows(value, (one.name, inside), kept, rows=rows)
        elif is_dataclass(inside):
            changed[one.name] = _thinned(inside, kept, rows=rows, name=one.name)
        elif (one.name in ALONE or (not rows and one.name in COUNTS)) and _few_people(inside, kept.least):
            kept.out += 1
            changed[one.name] = Untold(kept.least)
    return replace(value, **changed) if changed else value


def _pair(row: Any, what: Any) -> list[Cell]:
    return [cell for cell in inside_of(row) if cell[1].endswith(f"={what}")]


def _rows(whole: Any, named: tuple[str, tuple[Any, ...]], kept: _Kept, *, rows: bool) -> tuple[Any, ...]:
    """Returns the rows of a result without those about too few, and without those that the total would give away."""
    name, rows_ = named
    found = []
    beside = {place for place, row in enumerate(rows_) if any(cell in kept.beside for cell in cells_of(row))}
    aside = beside | beside_rows(whole, rows_, beside, kept.least)
    for place, row in enumerate(rows_):
        small = _few(size_of(row), kept.least) or _few(getattr(row, "mature", 0), kept.least)
        if not small and place not in aside:
            found.append(_thinned(row, kept, rows=rows, name=name))
            continue
        kept.out += 1
        if not rows or type(row).__name__ in PLACED or (type(row).__name__ == "Node" and not small):
            found.append(_hidden(row, kept.least))
    return tuple(found)


def _hidden(row: Any, least: int) -> Any:
    """Returns a row that keeps its place and tells no number."""
    changed: dict[str, Any] = {}
    for one in fields(row):
        inside = getattr(row, one.name)
        if isinstance(inside, Estimate):
            changed[one.name] = NONE
        elif one.name in COUNTS and isinstance(inside, int) and inside > 0:
            changed[one.name] = Untold(least, "<" if inside < least else "≥")
        elif isinstance(inside, float) and one.name.endswith("_seconds"):
            changed[one.name] = None
        elif holds_rows(inside):
            bare = one.name in NAMED or (type(row).__name__, one.name) in PAIRS
            changed[one.name] = () if bare else tuple(_bare_row(part, least) for part in inside)
    return replace(row, **changed)


def _bare_row(value: Any, least: int) -> Any:
    plain = not is_dataclass(value) or isinstance(value, type | About | Label | Estimate)
    return value if plain else _hidden(value, least)


def _few_people(count: Any, least: int) -> bool:
    return isinstance(count, int) and not isinstance(count, bool) and _few(count, least)


def _few(count: int, least: int) -> bool:
    return 0 < count < least


def _told(report: Report, kept: _Kept) -> Finding:
    n, least, names = kept.out, kept.least, ", ".join(kept.segments)
    whole = Label(f" Segmenten die wegbleven: {names}.", f" Segments left out: {names}.") if names else Label("", "")
    return Finding(
        rule="privacy",
        level="hint",
        place=report.map.place(),
        title=Label(f"Groepen van minder dan {least} zijn weggelaten", f"Groups of fewer than {least} are left out"),
        detail=Label(
            f"{n} getallen gaan over minder dan {least} personen, of zouden zo'n groep verraden: wat je deelt noemt ze "
            f"niet, of zegt alleen < {least} of ≥ {least}.{whole.text('nl')}",
            f"{n} numbers are about fewer than {least} people, or would give such a group away: what you share leaves "
            f"them out, or only says < {least} or ≥ {least}.{whole.text('en')}",
        ),
        advice=Label(
            "In je eigen terminal zie je ze wel: klantreis measure.", "Your own terminal shows them: klantreis measure."
        ),
    )
