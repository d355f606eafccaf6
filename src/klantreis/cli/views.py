"""Results as a person reads them in a terminal: one table each, numbers with their n and interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from klantreis.analyses.coverage import Coverage
from klantreis.analyses.fit import Deviation, Fit
from klantreis.analyses.funnel import Funnel
from klantreis.analyses.kpis import Kpis, KpiValue
from klantreis.analyses.paths import Paths
from klantreis.analyses.times import Duration, Times
from klantreis.cli import figures, speak
from klantreis.cli.ways_words import WAYS
from klantreis.cli.words import KINDS, TEXTS, VERDICTS, text
from klantreis.labels import Language
from klantreis.stats.intervals import Estimate

FEW, MOST = 10, 20
HEAD, TAIL = 7, 3
Names = Mapping[str, str]
"""Id -> what a person calls it; ids that are not in it are shown as they are."""


def funnel(result: Funnel, said: Language, names: Names | None = None, counted: str = "people") -> None:
    """Prints a funnel; `counted`: what its numbers are, 'people' or 'journeys'."""
    known = names or {}
    speak.table(
        (
            {
                "step": known.get(step.step, step.step),
                counted: step.people,
                "from_previous": figures.percent(step.from_previous, said),
                "of_entrants": figures.percent(step.share, said) if place else "100%",
                "n": step.mature,
                "median": figures.duration(step.median_seconds, said),
            }
            for place, step in enumerate(result.steps)
        ),
        said,
    )
    open_ = figures.number(result.open_entries, said)
    speak.say(
        TEXTS["brackets"].text(said) + (f" {text('open', said, open_)}" if result.open_entries else ""), style="dim"
    )


def paths(result: Paths, said: Language, names: Names | None = None) -> None:
    """Prints the busiest ways and routes."""
    size = (figures.number(count, said) for count in (result.journeys, result.people, result.events))
    speak.say(text("size", said, *size))
    own = {result.start: WAYS["start"].text(said), result.end: WAYS["end"].text(said)}
    known = {**(names or {}), **own}
    edges, variants = result.edges[:MOST], result.variants[:FEW]
    speak.table(
        (
            {
                "from": known.get(edge.source, edge.source),
                "to": known.get(edge.target, edge.target),
                "times": edge.count,
                "people": edge.people,
                "share": figures.percent(Estimate(edge.share, edge.count), said),
                "median_wait": figures.duration(edge.median_seconds, said),
            }
            for edge in edges
        ),
        said,
        title=_some("ways", len(edges), len(result.edges), said),
    )
    speak.table(
        (
            {
                "journeys": one.count,
                "share": figures.percent(one.share, said),
                "route": route([known.get(stop, stop) for stop in one.path], said),
            }
            for one in variants
        ),
        said,
        title=_some("routes", len(variants), result.variants_all, said),
    )


def route(stops: Sequence[str], said: Language) -> str:
    """Returns a route as text; of a long one its begin and its end."""
    if len(stops) <= HEAD + TAIL + 1:
        return " > ".join(stops)
    gap = text("more_stops", said, figures.number(len(stops) - HEAD - TAIL, said))
    return " > ".join([*stops[:HEAD], gap, *stops[-TAIL:]])


def fit(result: Fit, said: Language, names: Names | None = None, skips: Mapping[str, Estimate] | None = None) -> None:
    """Prints fit and deviations; `skips`: per touchpoint the least share, of who got further, that does without it."""
    if not result.computed:
        speak.say(text("uncomputed", said, result.why))
        return
    known = names or {}
    size = (figures.number(count, said) for count in (result.conforming, result.journeys))
    mean = figures.number(result.mean_fitness, said, 4)
    speak.say(text("follow", said, *size, figures.percent(result.share, said), mean))
    phased = any(one.phase for one in result.deviations)
    speak.table(
        (
            {"deviation": KINDS[one.kind].text(said), "at": known.get(one.touchpoint, one.touchpoint)}
            | ({"phase": known.get(one.phase or "", one.phase)} if phased else {})
            | {"journeys": one.journeys, "people": one.people, "share": figures.percent(one.share, said)}
            | ({} if skips is None else {"skip": _skip(one, skips, said)})
            for one in result.deviations[:MOST]
        ),
        said,
    )


def _skip(one: Deviation, skips: Mapping[str, Estimate], said: Language) -> str:
    part = skips.get(one.touchpoint)
    if one.kind != "missing" or part is None or not part.value:
        return figures.NONE
    return f"≥ {figures.percent(part, said)}"


def times(result: Times, said: Language, names: Names | None = None) -> None:
    """Prints durations."""
    known = names or {}
    speak.table((_time(one, said, known) for one in [result.journey, *result.phases, *result.between[:MOST]]), said)


def _time(one: Duration, said: Language, known: Names) -> dict[str, object]:
    ends = [known.get(id_, id_) for id_ in (one.source, one.target) if id_ is not None]
    spot = TEXTS["whole"].text(said) if one.kind == "journey" else " → ".join(ends)
    quantiles = {"q25": one.q25, "median": one.median, "q75": one.q75, "p90": one.p90}
    return {"what": spot, "n": one.n} | {key: figures.duration(value, said) for key, value in quantiles.items()}


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


def coverage(result: Coverage, said: Language, names: Names) -> None:
    """Prints what people do that the map does not know."""
    speak.table(
        (
            {
                "event": found.event,
                "people": found.people,
                "share": figures.percent(found.share, said),
                "after": names.get(found.after or "", found.after),
                "before": names.get(found.before or "", found.before),
                "with": ", ".join(word for word, _ in found.words[:3]),
            }
            for found in result.behaviours[:MOST]
        ),
        said,
        title=TEXTS["coverage"].text(said),
    )


def _some(key: str, shown: int, of: int, said: Language) -> str:
    return text(key, said, figures.number(shown, said), figures.number(of, said))
