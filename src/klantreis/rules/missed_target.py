"""Missed target: a KPI that surely does not reach its target, for everybody or for one group of customers.

A value just below a target may be chance. Only when the whole interval lies on the wrong side is a target called
missed. A KPI with a target that cannot be measured gets a hint that says why.

Options: none.

Fires: of 4,000 journeys 41 % go from Productpagina to Winkelmandje (39 to 43 %), the target is >= 50%.
Does not fire: 49 % of 300 journeys do (43 to 55 %): that is unsure, not missed.

How many: for a share, how many journeys (or people) more had to make it; for a time, the half of the journeys that
took longer than the median. A score tells of answers, which are not counted as people. Money: for a
conversion to the goal of the map, that shortfall x the mean value of a success.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from klantreis.analyses.kpis import KpiValue
from klantreis.analyses.results import Results
from klantreis.findings import Finding, Measured
from klantreis.labels import Label
from klantreis.map.goal import goal
from klantreis.map.model import JourneyMap, Kpi
from klantreis.rules.contract import Number, Word, counted, estimated, fill, plain_label, spot

name = "missed_target"


@dataclass(frozen=True, slots=True)
class Options:
    """Nothing to set: the interval and the target decide."""


TITLE = Label(
    nl="{kpi}: {value}, doel {target} niet gehaald",
    en="{kpi}: {value}, target {target} missed",
)
TITLE_SEGMENT = Label(
    nl="{kpi} bij {segment}: {value}, doel {target} niet gehaald",
    en="{kpi} for {segment}: {value}, target {target} missed",
)
DETAIL = Label(
    nl="Gemeten op n = {n}: {value}, met 95% zekerheid tussen {low} en {high}. Dat ligt helemaal aan de verkeerde "
    "kant van het doel ({target}).",
    en="Measured on n = {n}: {value}, with 95% certainty between {low} and {high}. All of that lies on the wrong "
    "side of the target ({target}).",
)
DETAIL_COUNT = Label(nl="Geteld: {value}. Het doel is {target}.", en="Counted: {value}. The target is {target}.")
ADVICE = Label(
    nl="Bespreek met {owner} welk contactmoment hier het meest aan doet, en of het doel nog klopt.",
    en="Discuss with {owner} which touchpoint matters most here, and whether the target still holds.",
)
NOBODY = Label(nl="de eigenaar van deze KPI", en="the owner of this KPI")
UNKNOWN = Label(nl="{kpi} is nog niet te meten", en="{kpi} cannot be measured yet")
VALUE = Label(nl="gemeten waarde", en="measured value")
AIM = Label(nl="doel", en="target")
SHORT = Label(nl="verschil met het doel", en="gap to the target")
SLOWER = Label(nl="klantreizen die langer duren", en="journeys that take longer")


def check(map_: JourneyMap, results: Results, options: Options = Options()) -> Iterator[Finding]:
    """Yields one finding per KPI that misses its target, for everybody or else for its worst segment."""
    del options
    for kpi in map_.kpis:
        values = [value for value in results.kpis.values if value.kpi == kpi.id and kpi.target is not None]
        missed = [value for value in values if value.verdict == "missed" and not _unseen(kpi, value, results)]
        if missed:
            yield _finding(
                map_, results, kpi, min(missed, key=lambda value: (value.segment is not None, -value.estimate.n))
            )
        elif values and values[0].verdict == "unknown":
            yield _unknown(map_, kpi, values[0])


def _unseen(kpi: Kpi, value: KpiValue, results: Results) -> bool:
    """Says whether nobody is counted because no event is recognised: `dead_matcher` tells that, and 0 is no answer."""
    nobody = {one.touchpoint for one in results.coverage.touchpoints if not one.people}
    return value.estimate.value == 0 and bool(nobody & {kpi.end, kpi.at})


def _finding(map_: JourneyMap, results: Results, kpi: Kpi, value: KpiValue) -> Finding:
    estimate, segment = value.estimate, next((s for s in map_.segments if s.id == value.segment), None)
    words: dict[str, Word] = {
        "kpi": plain_label(kpi.label, kpi.id),
        "segment": plain_label(segment.label if segment else Label(), value.segment or ""),
        "value": _number(kpi, value, estimate.value, results),
        "low": _number(kpi, value, estimate.low, results),
        "high": _number(kpi, value, estimate.high, results),
        "n": Number(estimate.n),
        "target": _target(kpi, value, results),
        "owner": kpi.owner or NOBODY,
    }
    counts, short = _counts(kpi, value), _shortfall(kpi, value)
    per_success = results.values.get("per_success")
    leads_to_goal = kpi.metric == "conversion" and kpi.end in goal(map_) and value.comparison in {">", ">="}
    unit = "mean" if value.unit == "score" else value.unit
    return Finding(
        rule=name,
        level="warning",
        place=spot(map_, kpi.id),
        title=fill(TITLE if value.segment is None else TITLE_SEGMENT, **words),
        detail=fill(DETAIL_COUNT if estimate.low is None else DETAIL, **words),
        advice=fill(ADVICE, **words),
        people=short if counts == "people" else 0,
        journeys=short if counts == "journeys" else 0,
        money=short * per_success if leads_to_goal and per_success is not None else None,
        evidence=(
            estimated(VALUE, estimate, unit),
            Measured(AIM, value.target, unit, estimate.n),
            *([counted(SLOWER if unit == "seconds" else SHORT, short, counts)] if short else []),
        ),
    )


def _unknown(map_: JourneyMap, kpi: Kpi, value: KpiValue) -> Finding:
    return Finding(
        rule=name,
        level="hint",
        place=spot(map_, kpi.id),
        title=fill(UNKNOWN, kpi=plain_label(kpi.label, kpi.id)),
        detail=value.reason,
        evidence=(Measured(VALUE, None, value.unit, value.estimate.n, why=value.reason),),
    )


def _counts(kpi: Kpi, value: KpiValue) -> str:
    """Returns what the cases of a KPI are: 'people', 'journeys', or 'count' for answers."""
    if kpi.metric == "repeat_share" or value.unit == "people":
        return "people"
    return "count" if kpi.metric.startswith(("survey", "nps")) else "journeys"


def _shortfall(kpi: Kpi, value: KpiValue) -> int:
    """Returns how many cases lie between a value and its target; half the cases of a median time; 0 for others."""
    if value.unit in {"people", "journeys"} and value.target is not None:
        return round(abs(value.target - (value.estimate.value or 0)))
    if value.unit == "share" and value.target is not None and value.estimate.value is not None:
        return round(abs(value.target - value.estimate.value) * value.estimate.n)
    return value.estimate.n // 2 if value.unit == "seconds" and kpi.metric.startswith("median") else 0


def _target(kpi: Kpi, value: KpiValue, results: Results) -> Label:
    """Returns the target with its sign and unit: '≥ 50%', '≤ 3 min'."""
    sign = {">=": "≥ ", "<=": "≤ ", "=": ""}.get(value.comparison or "", f"{value.comparison} ")
    aim = _number(kpi, value, value.target, results)
    return Label(nl=sign + aim.text("nl").replace(",0%", "%"), en=sign + aim.text("en").replace(".0%", "%"))


def _number(kpi: Kpi, value: KpiValue, number: float | None, results: Results) -> Number:
    if kpi.metric == "nps":
        return Number(number or 0, "nps")
    unit = "points" if value.unit == "score" else value.unit
    return Number(number or 0, unit, results.about.currency)
