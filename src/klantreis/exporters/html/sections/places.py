"""What is told of one place on the map, wherever it stands on the page: who came there, and what is in the way."""

from __future__ import annotations

from klantreis.analyses.coverage import Seen
from klantreis.exporters.html.markup import Markup, el, joined
from klantreis.exporters.html.reader import Reader, spaced
from klantreis.map.model import Touchpoint


def people(reader: Reader, touch: Touchpoint) -> Markup:
    """Returns how many met a touchpoint and how often, or why that is not known; '' for a map without data."""
    if touch.planned:
        return reader.say("contact-planned")
    if touch.matcher is None:
        return reader.say("contact-blind")
    if reader.results is None:
        return Markup("")
    seen = next((one for one in reader.results.coverage.touchpoints if one.touchpoint == touch.id), None)
    return _times(reader, seen) if seen is not None and seen.events else reader.say("contact-unseen")


def problems(reader: Reader, place: str) -> list[Markup]:
    """Returns the barriers at a place as terms with what they are, each with the opportunities that solve it."""
    found = []
    for barrier in reader.report.map.barriers:
        if barrier.at != place:
            continue
        kind = reader.say(
            "barrier-at", kind=reader.word("barrier", barrier.kind), severity=reader.word("severity", barrier.severity)
        )
        quote = el("q", reader.text(barrier.quote)) if barrier.quote else None
        found.append(joined([el("dt", kind), el("dd", spaced([reader.name("barrier", barrier.id), quote or ""]))]))
        found += _answers(reader, barrier.id)
    return found


def _times(reader: Reader, seen: Seen) -> Markup:
    return reader.say("contact-people", people=reader.number(seen.people), times=reader.number(seen.events))


def _answers(reader: Reader, barrier: str) -> list[Markup]:
    return [
        joined(
            [
                el("dt", reader.say("opportunity-for", status=reader.word("status", one.status))),
                el("dd", reader.name("opportunity", one.id)),
            ]
        )
        for one in reader.report.map.opportunities
        if barrier in one.solves
    ]
