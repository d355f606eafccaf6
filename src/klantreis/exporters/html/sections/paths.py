"""What follows what, and which whole routes people take."""

from __future__ import annotations

from klantreis.analyses.paths import Edge, Paths, Variant
from klantreis.exporters.html.markup import Markup, Part, el, joined
from klantreis.exporters.html.pictures import paths_picture, variants_picture
from klantreis.exporters.html.reader import Reader
from klantreis.exporters.html.shapes import Row, Section, Table, bar, empty, table, what

EDGES, ROUTES = 25, 15


def section(reader: Reader) -> Section:
    """Returns the chapter on paths and routes."""
    gist, body = reader.say("gist.none"), empty(reader, "unmeasured")
    if reader.results is not None:
        gist, body = _measured(reader, reader.results.paths)
    return Section("paths", reader.say("title.paths"), reader.say("question.paths"), gist, body, ("paths",))


def _measured(reader: Reader, paths: Paths) -> tuple[Markup, Markup]:
    if not paths.journeys:
        return Markup("–"), joined([what(reader, "paths"), empty(reader, "paths")])
    gist = reader.say("gist.paths", n=reader.number(paths.variants_all), journeys=reader.number(paths.journeys))
    collapsed = reader.say("collapsed", n=reader.number(paths.collapsed)) if paths.collapsed else None
    parts = [
        what(reader, "paths"),
        el("p", collapsed, class_="note") if collapsed else None,
        el("h3", reader.say("edges")),
        paths_picture(reader, paths),
        _edges(reader, paths),
        el("h3", reader.say("variants")),
        variants_picture(reader, paths),
        _variants(reader, paths),
    ]
    return gist, joined(parts)


def _edges(reader: Reader, paths: Paths) -> Markup:
    header = tuple(reader.say(f"col.{key}") for key in ("from", "to", "times", "people", "share-out", "median", "p90"))
    rows = [Row(_edge(reader, edge)) for edge in paths.edges]
    caption = reader.say("edges-caption", period=reader.period())
    return table(reader, Table("edges", caption, header, rows, (2, 3, 4, 5, 6), most=EDGES))


def _edge(reader: Reader, edge: Edge) -> tuple[Part, ...]:
    return (
        reader.touch(edge.source), reader.touch(edge.target), reader.number(edge.count), reader.number(edge.people),
        reader.shown(edge.share, "share"), reader.shown(edge.median_seconds, "seconds"),
        reader.shown(edge.p90_seconds, "seconds"),
    )  # fmt: skip


def _variants(reader: Reader, paths: Paths) -> Markup:
    shown = paths.variants[:ROUTES]
    keys = ("rank", "route", "journeys", "share-journeys", "interval", "what-bar", "covered")
    rows = [Row(_variant(reader, one, number)) for number, one in enumerate(shown, 1)]
    caption = reader.say(
        "variants-caption",
        period=reader.period(),
        shown=reader.number(len(shown)),
        all=reader.number(paths.variants_all),
    )
    header = tuple(reader.say(f"col.{key}") for key in keys)
    return table(reader, Table("variants", caption, header, rows, (2, 3, 4, 6)))


def _variant(reader: Reader, one: Variant, number: int) -> tuple[Part, ...]:
    return (
        reader.number(number), route(reader, one.path), reader.number(one.count),
        reader.value(one.share, "share"), reader.between(one.share, "share"), bar(one.share),
        reader.shown(one.coverage, "share"),
    )  # fmt: skip


def route(reader: Reader, path: tuple[str, ...]) -> Markup:
    """Returns a route as names with arrows in between; a touchpoint met several times in a row stands once, with ×."""
    runs: list[tuple[str, int]] = []
    for name in path:
        if runs and runs[-1][0] == name:
            runs[-1] = (name, runs[-1][1] + 1)
        else:
            runs.append((name, 1))
    named = [
        joined([reader.name("touchpoint", name), f"\u00a0×{often}" if often > 1 else None]) for name, often in runs
    ]
    return el("span", joined(named, Markup(' <span class="arrow">→</span> ')), class_="route")
