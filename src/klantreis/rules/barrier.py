"""Barrier: what was drawn as being in the customer's way, with how many people really stop there.

A barrier on the map is a claim: here people get stuck. This rule holds it against the data: of the journeys that meet
the barrier's touchpoint, how many never get any further, and is that more than at the other touchpoints before the
goal? It cannot see that the barrier is *why* they stop; it says that stopping goes together with this place.

Options: `n_min` journeys that must have met the touchpoint (30).

Fires: of 800 journeys that see Productpagina 500 end there (63 %, 59 to 66 %); elsewhere 20 % end.
Does not fire: 15 % end there and 20 % elsewhere; 12 journeys met it; the barrier stands after the goal, where a
journey that ends is a journey that is done; or it stands at the last touchpoint that is measured: nothing can follow.

Money: (journeys that stop - what would have stopped at the rate of the other touchpoints) x the share of those who
get further that reaches the goal x the mean value of a success.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from klantreis.analyses.paths import Node
from klantreis.analyses.results import Results
from klantreis.findings import Finding
from klantreis.labels import Label
from klantreis.map.goal import goal
from klantreis.map.kinds import GRAVEST_FIRST
from klantreis.map.model import Barrier, JourneyMap
from klantreis.rules.contract import Number, called, counted, estimated, fill, gap_of, percent, spot, worth
from klantreis.stats.compare import difference
from klantreis.stats.intervals import share

name = "barrier"


@dataclass(frozen=True, slots=True)
class Options:
    """`n_min` journeys that must have met the touchpoint."""

    n_min: int = 30


KINDS = {
    "time": Label(nl="Wachten", en="Waiting"),
    "effort": Label(nl="Moeite", en="Effort"),
    "doubt": Label(nl="Twijfel", en="Doubt"),
    "price": Label(nl="De prijs", en="Price"),
    "trust": Label(nl="Te weinig vertrouwen", en="Lack of trust"),
    "findability": Label(nl="Niet kunnen vinden", en="Not finding it"),
    "availability": Label(nl="Niet beschikbaar", en="Not available"),
    "usability": Label(nl="Lastig te gebruiken", en="Hard to use"),
    "other": Label(nl="Een barrière", en="A barrier"),
}
TITLE = Label(nl="{kind} bij {place}: {share} komt niet verder", en="{kind} at {place}: {share} get no further")
DETAIL = Label(
    nl="Je tekende hier: {barriers}. Van de {n} klantreizen bij {place} stopt {share} ({low} tot {high}). Bij de "
    "andere contactmomenten vóór het doel is dat {elsewhere}: een verschil van {gap} procentpunt "
    "({gap_low} tot {gap_high}). "
    "De barrière hangt samen met afhaken; dit bewijst niet dat zij de oorzaak is.",
    en="You drew here: {barriers}. Of the {n} journeys at {place}, {share} ({low} to {high}) stop. At the other "
    "touchpoints before the goal it is {elsewhere}: a difference of {gap} percentage points ({gap_low} to {gap_high}). "
    "The barrier goes with leaving; this does not prove that it is the cause.",
)
ADVICE = Label(
    nl="Neem de barrière weg bij een deel van je klanten en vergelijk: stoppen er minder? Kansen op je kaart: {ideas}.",
    en="Take the barrier away for some of your customers and compare: do fewer stop? "
    "Opportunities on your map: {ideas}.",
)
ADVICE_ALONE = Label(
    nl="Bedenk wat de barrière wegneemt, probeer het bij een deel van je klanten en vergelijk: stoppen er minder?",
    en="Think of what takes the barrier away, try it with some of your customers and compare: do fewer stop?",
)
STOP = Label(nl="komt niet verder", en="get no further")
MORE = Label(nl="meer dan elders", en="more than elsewhere")
STOPPED = Label(nl="klantreizen die hier stoppen", en="journeys that stop here")


def check(map_: JourneyMap, results: Results, options: Options = Options()) -> Iterator[Finding]:
    """Yields one finding per touchpoint with drawn barriers where more journeys stop than elsewhere, with certainty."""
    nodes = {node.id: node for node in results.paths.nodes}
    before = [nodes[id_] for id_ in _before_goal(map_) if id_ in nodes]
    last = next((id_ for id_ in reversed(_in_order(map_)) if id_ in nodes), None)
    for node in before:
        drawn = _drawn(map_, node.id)
        others = [other for other in before if other is not node]
        if not drawn or node.id == last or node.journeys < options.n_min:
            continue
        elsewhere = (sum(other.ends for other in others), sum(other.journeys for other in others))
        gap = difference((node.ends, node.journeys), elsewhere)
        if gap.low is not None and gap.low > 0:
            yield _finding(map_, results, node, drawn, elsewhere)


def _finding(
    map_: JourneyMap, results: Results, node: Node, drawn: list[Barrier], elsewhere: tuple[int, int]
) -> Finding:
    stop, usual = share(node.ends, node.journeys), share(*elsewhere)
    gap = difference((node.ends, node.journeys), elsewhere)
    place, touch = called(map_, node.id), map_.touchpoint(node.id)
    ideas = [idea.label for idea in map_.opportunities if {barrier.id for barrier in drawn} & set(idea.solves)]
    return Finding(
        rule=name,
        level="warning",
        place=spot(map_, drawn[0].id),
        title=fill(TITLE, kind=KINDS[drawn[0].kind], place=place, share=percent(stop.value)),
        detail=fill(
            DETAIL,
            barriers=_listed([barrier.label for barrier in drawn]),
            place=place,
            n=Number(node.journeys),
            share=percent(stop.value),
            low=percent(stop.low),
            high=percent(stop.high),
            elsewhere=percent(usual.value),
            gap=gap_of(gap.value),
            gap_low=gap_of(gap.low),
            gap_high=gap_of(gap.high),
        ),
        advice=fill(ADVICE, ideas=_listed(ideas)) if ideas else ADVICE_ALONE,
        journeys=node.ends,
        money=None if touch is None else worth(map_, results, (gap.value or 0) * node.journeys, touch.phase),
        evidence=(
            estimated(STOP, stop, "share"),
            estimated(MORE, gap, "share"),
            counted(STOPPED, node.ends, "journeys"),
        ),
    )


def _drawn(map_: JourneyMap, touchpoint: str) -> list[Barrier]:
    """Returns the barriers at a touchpoint, or at a step that uses it, the most severe first."""
    steps = {step.id for _, step in map_.steps() if touchpoint in step.touchpoints}
    here = [barrier for barrier in map_.barriers if barrier.at == touchpoint or barrier.at in steps]
    return sorted(here, key=lambda barrier: GRAVEST_FIRST.index(barrier.severity))


def _before_goal(map_: JourneyMap) -> list[str]:
    """Returns the touchpoints that come before the goal, in the order of the phases; all when the map has no goal.

    Within the goal's own phase those that are drawn before it count too.
    """
    ids, aims = _in_order(map_), goal(map_)
    ends = [number for number, id_ in enumerate(ids) if id_ in aims]
    return ids[: min(ends)] if ends else ids


def _in_order(map_: JourneyMap) -> list[str]:
    """Returns all touchpoints in the order of the phases, within a phase as they are drawn."""
    order = {phase.id: number for number, phase in enumerate(map_.phases)}
    placed = sorted(enumerate(map_.touchpoints), key=lambda item: (order.get(item[1].phase, 0), item[0]))
    return [touch.id for _, touch in placed]


def _listed(labels: list[Label]) -> Label:
    return Label(nl=", ".join(label.text("nl") for label in labels), en=", ".join(label.text("en") for label in labels))
