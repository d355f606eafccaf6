"""Dead matcher: a touchpoint looks for an event that never comes, or that has stopped coming.

A touchpoint with a matcher that meets nothing makes a whole map look wrong: everybody seems to skip it. Usually the
event is spelled differently, or its conditions never hold. The nearest event name in the data is given.

Options: `silent_days` without a hit while other touchpoints are still met (30), `expected` hits that the usual pace
would have given in that time (10).

Fires: the map asks for `product_veiw`, the data has `product_view`; or 500 hits in half a year and then none for 45
days, while other touchpoints go on.
Does not fire: a touchpoint that is `planned`; one that is met once a month; all touchpoints silent, because then the
data stopped; or no journeys at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from klantreis.analyses.coverage import Seen
from klantreis.analyses.results import Results
from klantreis.errors import nearest
from klantreis.findings import Finding
from klantreis.labels import Label
from klantreis.map.model import JourneyMap, Touchpoint
from klantreis.rules.contract import Number, called, counted, fill, spot

name = "dead_matcher"
DAY = 86_400_000_000


@dataclass(frozen=True, slots=True)
class Options:
    """`silent_days` without a hit while others are met; `expected` hits the usual pace would have given by then."""

    silent_days: int = 30
    expected: float = 10


NEVER = Label(nl="{place} ziet niets: '{event}' komt niet voor", en="{place} sees nothing: '{event}' does not occur")
WHERE = Label(
    nl="{place} ziet niets: de voorwaarden bij '{event}' kloppen nooit",
    en="{place} sees nothing: the conditions on '{event}' never hold",
)
TAKEN = Label(
    nl="{place} ziet niets: '{event}' gaat steeds naar een ander contactmoment",
    en="{place} sees nothing: every '{event}' goes to another touchpoint",
)
SILENT = Label(nl="{place} ziet al {days} dagen niets meer", en="{place} has seen nothing for {days} days")
DETAIL = Label(
    nl="De herkenner van dit contactmoment vond in al deze gegevens geen enkele gebeurtenis.",
    en="The matcher of this touchpoint found no event at all in these data.",
)
SILENT_DETAIL = Label(
    nl="De herkenner vond eerder {events} gebeurtenissen, maar daarna niets meer, terwijl andere "
    "contactmomenten doorgaan.",
    en="The matcher found {events} events before and then none, while other touchpoints go on.",
)
NEAR = Label(nl="Bedoel je '{near}'? Pas `match` aan.", en="Did you mean '{near}'? Change `match`.")
LOOK = Label(
    nl="Kijk hoe deze gebeurtenis in je gegevens heet, en of ze nog wordt verstuurd.",
    en="See what this event is called in your data, and whether it is still being sent.",
)
LOOK_WHERE = Label(
    nl="Kijk welke waarden deze eigenschappen in je gegevens hebben, en pas `where` aan.",
    en="See which values these properties have in your data, and change `where`.",
)
HITS = Label(nl="gebeurtenissen gevonden", en="events found")


def check(map_: JourneyMap, results: Results, options: Options = Options()) -> Iterator[Finding]:
    """Yields a finding per touchpoint whose matcher met nothing, or nothing any more.

    Nothing for one segment or period: that a part of the customers did not do it says nothing of the matcher.
    """
    about = results.about
    if not results.coverage.journeys or about.segment or about.since is not None or about.until is not None:
        return
    seen = {touch.touchpoint: touch for touch in results.coverage.touchpoints}
    for touch in map_.touchpoints:
        hits = seen.get(touch.id)
        if touch.matcher is None or touch.planned:
            continue
        if hits is None or hits.events == 0:
            yield _dead(map_, results, touch, touch.matcher.event)
        else:
            yield from _silent(map_, results, touch, hits, options)


def _silent(map_: JourneyMap, results: Results, touch: Touchpoint, hits: Seen, options: Options) -> Iterator[Finding]:
    newest = max((seen.last for seen in results.coverage.touchpoints if seen.last is not None), default=0)
    if hits.last is None or newest - hits.last < options.silent_days * DAY:
        return
    days, active = (newest - hits.last) // DAY, max(DAY, hits.last - results.about.first)
    if hits.events * (newest - hits.last) / active < options.expected:
        return
    title = fill(SILENT, place=called(map_, touch.id), days=Number(days))
    yield _finding(map_, touch, title, (fill(SILENT_DETAIL, events=Number(hits.events)), LOOK), hits.events)


def _dead(map_: JourneyMap, results: Results, touch: Touchpoint, event: str) -> Finding:
    names = results.about.names
    place, known = called(map_, touch.id), [name for name in names.events if name != touch.id]
    if event in names.events:
        title = WHERE if touch.matcher is not None and touch.matcher.where else TAKEN
        return _finding(map_, touch, fill(title, place=place, event=event), (DETAIL, LOOK_WHERE), 0)
    near = nearest(event, known)
    advice = LOOK if near is None else fill(NEAR, near=near)
    return _finding(map_, touch, fill(NEVER, place=place, event=event), (DETAIL, advice), 0)


def _finding(map_: JourneyMap, touch: Touchpoint, title: Label, said: tuple[Label, Label], hits: int) -> Finding:
    detail, advice = said
    return Finding(
        rule=name,
        level="warning",
        place=spot(map_, touch.id),
        title=title,
        detail=detail,
        advice=advice,
        evidence=(counted(HITS, hits, "times"),),
    )
