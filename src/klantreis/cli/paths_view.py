"""Ways and routes, as a person reads them in a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from klantreis.analyses.paths import Paths
from klantreis.cli import figures, speak
from klantreis.cli.ways_words import WAYS
from klantreis.cli.words import text
from klantreis.labels import Language
from klantreis.stats.intervals import Estimate

FEW, MOST = 10, 20
HEAD, TAIL = 7, 3
Names = Mapping[str, str]


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


def _some(key: str, shown: int, of: int, said: Language) -> str:
    return text(key, said, figures.number(shown, said), figures.number(of, said))
