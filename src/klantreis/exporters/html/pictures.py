"""Pictures on the page: each scrolls in a region of its own, is described in words, and has a table beside it."""

from __future__ import annotations

from dataclasses import replace

from klantreis.analyses.funnel import Funnel
from klantreis.analyses.paths import Paths
from klantreis.analyses.results import Results
from klantreis.analyses.times import Times
from klantreis.exporters.html.markup import Markup, anchor, el, escaped
from klantreis.exporters.html.reader import Reader
from klantreis.exporters.html.shapes import Row, Table, table
from klantreis.exporters.svg import svg
from klantreis.scenes.curve import curve_scene
from klantreis.scenes.funnel import funnel_scene
from klantreis.scenes.journey import journey_scene
from klantreis.scenes.model import Element, Group, Scene, Words, walk
from klantreis.scenes.paths import paths_scene
from klantreis.scenes.times import times_scene
from klantreis.scenes.variants import variants_scene

MAP_WIDE, WIDE = 1376, 960
"""Pixels: a map that fills a laptop's screen without scrolling, when its words allow; and the other pictures."""


def map_picture(reader: Reader) -> Markup:
    """Returns the journey map; '' for a map without phases."""
    report = reader.report
    if not report.map.phases:
        return Markup("")
    persona = report.map.personas[0].id if report.map.personas else None
    scene = journey_scene(
        report.map, report.results, report.findings, language=reader.language, width=MAP_WIDE, persona=persona,
        made=report.made, time_zone=report.time_zone, currency=report.currency, links=_links(reader),
        images=report.images, around=report.beside, votes=report.votes,
    )  # fmt: skip
    scene = replace(scene, elements=tuple(_linked(element) for element in scene.elements))
    return picture(reader, scene, kind="map-picture")


def _linked(element: Element) -> Element:
    """The same element with links only at steps, findings and other maps, once each, named as read (WCAG 2.5.3)."""
    if not isinstance(element, Group):
        return element
    inner = tuple(_linked(child) for child in element.children)
    link_ = element.link if element.kind in {"step", "finding", "leaving", "back"} else None
    seen = " ".join(line for one in walk(inner) if isinstance(one, Words) for line in one.lines)
    label = element.label if not link_ or seen in element.label else f"{element.label}. {seen}"
    return replace(element, children=inner, link=link_, label=label)


def funnel_picture(reader: Reader, funnel: Funnel) -> Markup:
    """Returns the funnel, a bar per phase."""
    unit = "people" if funnel.grain == "person" else "journeys"
    scene = funnel_scene(funnel, language=reader.language, map_=reader.report.map, width=WIDE, unit=unit)
    return picture(reader, scene, twin=False)


def paths_picture(reader: Reader, paths: Paths) -> Markup:
    """Returns the graph of what follows what."""
    return picture(reader, paths_scene(paths, language=reader.language, map_=reader.report.map, width=WIDE), twin=False)


def variants_picture(reader: Reader, paths: Paths) -> Markup:
    """Returns the routes as rows of stops."""
    scene = variants_scene(paths, language=reader.language, map_=reader.report.map, width=WIDE)
    return picture(reader, scene, twin=False)


def times_picture(reader: Reader, times: Times) -> Markup:
    """Returns the times as bars on one scale."""
    return picture(reader, times_scene(times, language=reader.language, map_=reader.report.map, width=WIDE), twin=False)


def feeling_picture(reader: Reader, results: Results) -> Markup:
    """Returns the measured curves of everybody and of each segment, on one scale."""
    return picture(reader, curve_scene(reader.report.map, results, language=reader.language, width=WIDE))


def picture(reader: Reader, scene: Scene, *, kind: str = "", twin: bool = True) -> Markup:
    """Returns a scene as a figure with its description, and, with `twin`, its own table behind a summary."""
    drawn = Markup(svg(scene, theme="auto", embed_font=False, embed_style=False, id_prefix=f"picture-{scene.name}"))
    said = reader.say("scrolls", title=scene.title)
    region = el("div", drawn, class_="scroll drawing", role="region", tabindex="0", aria_label=said)
    described = el("figcaption", scene.description, class_="heard") if scene.description else None
    rows = [Row(tuple(row)) for row in scene.table.rows]
    beside = table(
        reader, Table(f"{anchor(scene.name)}-table", scene.table.caption, scene.table.header, rows, most=400)
    )
    summary = el("summary", reader.say("as-table"), el("span", ": ", escaped(scene.title), class_="heard"))
    return el(
        "figure", region, described, el("details", summary, beside) if twin and rows else None, class_=kind or None
    )


def _links(reader: Reader) -> dict[str, str]:
    """Where ids lead on this page: findings to their card, parts of the map to their spot in the list."""
    map_ = reader.report.map
    found = {touch.id: f"#{anchor(f'touchpoint-{touch.id}')}" for touch in map_.touchpoints}
    found |= {step.id: f"#{anchor(f'step-{step.id}')}" for _, step in map_.steps()}
    return found | {one.id: f"#{reader.anchor_of(one)}" for one in reader.report.findings}
