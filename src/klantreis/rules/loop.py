"""Loop: customers keep coming back to the same place, or go back to an earlier phase.

Coming back may be fun (looking again at something beautiful) or a sign that people cannot get further. Loops that you
drew yourself (`{back: ...}` in a scenario) are not reported.

Options: `n_min` journeys that met the place (100), `share` of them that at least comes back, at the low end of the
interval (0.30); `back` share of all steps from a touchpoint that at least leads to an earlier phase (0.20).

Fires: 420 of 1,000 journeys that see Productpagina see it again later.
Does not fire: 100 of 1,000 do; or the scenario has a loop there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from klantreis.analyses.paths import Edge, Node
from klantreis.analyses.results import Results
from klantreis.findings import Finding
from klantreis.labels import Label
from klantreis.map.model import JourneyMap
from klantreis.map.path import AnyOrder, Choice, Exit, Maybe, Path, Repeat, Sequence, Visit, touchpoints
from klantreis.rules.contract import Number, Word, called, counted, estimated, fill, percent, spot
from klantreis.stats.intervals import share

name = "loop"


@dataclass(frozen=True, slots=True)
class Options:
    """`n_min` journeys at the place; `share` that comes back; `back` share of steps to an earlier phase."""

    n_min: int = 100
    share: float = 0.30
    back: float = 0.20


AGAIN = Label(nl="{share} komt terug bij {place}", en="{share} come back to {place}")
AGAIN_DETAIL = Label(
    nl="Van de {n} klantreizen langs {place} komt {share} ({low} tot {high}) er later nog eens.",
    en="Of the {n} journeys past {place}, {share} ({low} to {high}) come there again later.",
)
BACK = Label(nl="Van {place} gaat {share} terug naar {target}", en="From {place}, {share} go back to {target}")
BACK_DETAIL = Label(
    nl="Na {place} is de volgende stap {count} keer {target}, een eerdere fase ({share} van alle vervolgstappen, {low} "
    "tot {high}).",
    en="After {place} the next step is {target}, an earlier phase, {count} times ({share} of all next steps, {low} to "
    "{high}).",
)
ADVICE = Label(
    nl="Kijk wat klanten bij {place} komen halen. Vinden ze het niet, zet het daar dan neer. Hoort de lus erbij, teken "
    "hem dan op je kaart.",
    en="Look at what people come to {place} for. If they do not find it, put it there. If the loop is fine, draw it on "
    "your map.",
)
SHARE = Label(nl="komt terug", en="come back")
STEPS = Label(nl="vervolgstappen terug", en="next steps that go back")
PEOPLE = Label(nl="personen", en="people")


def check(map_: JourneyMap, results: Results, options: Options = Options()) -> Iterator[Finding]:
    """Yields a finding per touchpoint that many come back to, and one per step back to an earlier phase."""
    drawn = {id_ for scenario in map_.scenarios for id_ in _loops(scenario.path)}
    nodes = {node.id: node for node in results.paths.nodes}
    for node in results.paths.nodes:
        if node.id not in drawn and node.journeys >= options.n_min and map_.touchpoint(node.id):
            yield from _again(map_, node, options)
    for edge in results.paths.edges:
        source = nodes.get(edge.source)
        if source is not None and source.count >= options.n_min and edge.source not in drawn and _back(map_, edge):
            yield from _backwards(map_, edge, source, options)


def _again(map_: JourneyMap, node: Node, options: Options) -> Iterator[Finding]:
    part = share(node.repeats, node.journeys)
    if part.low is None or part.low < options.share:
        return
    place = called(map_, node.id)
    people = round(node.people * (part.value or 0))
    yield Finding(
        rule=name,
        level="insight",
        place=spot(map_, node.id),
        title=fill(AGAIN, share=percent(part.value), place=place),
        detail=fill(
            AGAIN_DETAIL,
            n=Number(node.journeys),
            place=place,
            share=percent(part.value),
            low=percent(part.low),
            high=percent(part.high),
        ),
        advice=fill(ADVICE, place=place),
        people=people,
        evidence=(estimated(SHARE, part, "share"), counted(PEOPLE, people, "people")),
    )


def _backwards(map_: JourneyMap, edge: Edge, source: Node, options: Options) -> Iterator[Finding]:
    part = share(edge.count, source.count)
    if part.low is None or part.low < options.back:
        return
    place, target = called(map_, edge.source), called(map_, edge.target)
    words: dict[str, Word] = {"place": place, "target": target, "share": percent(part.value)}
    yield Finding(
        rule=name,
        level="insight",
        place=spot(map_, edge.source),
        title=fill(BACK, **words),
        detail=fill(BACK_DETAIL, count=Number(edge.count), low=percent(part.low), high=percent(part.high), **words),
        advice=fill(ADVICE, place=target),
        people=edge.people,
        evidence=(estimated(STEPS, part, "share"), counted(PEOPLE, edge.people, "people")),
    )


def _back(map_: JourneyMap, edge: Edge) -> bool:
    order = {phase.id: number for number, phase in enumerate(map_.phases)}
    source, target = map_.touchpoint(edge.source), map_.touchpoint(edge.target)
    if source is None or target is None or source.phase not in order or target.phase not in order:
        return False
    return order[target.phase] < order[source.phase]


def _loops(path: Path) -> tuple[str, ...]:
    """Returns the touchpoints inside the loops of a path."""
    match path:
        case Repeat(part):
            return touchpoints(part)
        case Maybe(part):
            return _loops(part)
        case Sequence(parts) | AnyOrder(parts):
            return tuple(id_ for part in parts for id_ in _loops(part))
        case Choice(options):
            return tuple(id_ for part in options for id_ in _loops(part))
        case Visit() | Exit():
            return ()
