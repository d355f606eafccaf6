"""The head of the report and its contents: what this is about, on which data, and the answer of every chapter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

from klantreis import __version__
from klantreis.exporters.html.markup import Markup, Part, anchor, el, joined, link
from klantreis.exporters.html.reader import Reader, spaced
from klantreis.exporters.html.shapes import Section, again
from klantreis.map.beside import above
from klantreis.scenes import numbers


def head(reader: Reader) -> Markup:
    """Returns the title with the facts a reader needs before any number."""
    map_ = reader.report.map
    kind = spaced([
        reader.say("kind"), reader.word("type", map_.type), reader.word("state", map_.state),
        reader.word("status", map_.status),
    ])  # fmt: skip
    facts = [el("div", el("dt", reader.say(f"fact.{key}")), el("dd", value)) for key, value in _facts(reader) if value]
    lead = [] if reader.results else [el("p", reader.say("unmeasured-lead")), el("p", reader.say("unmeasured-next"))]
    return el(
        "header",
        el("p", kind, class_="kind"),
        el("h1", title(reader)),
        _back(reader),
        el("dl", *facts, class_="facts"),
        again(reader, ("measure",)),
        el("div", *lead, class_="empty") if lead else None,
        class_="head",
    )


def _back(reader: Reader) -> Part:
    """The map and step that open this journey, as a way back where that report was written beside this one."""
    found = above(reader.report.map, reader.report.beside)
    if found is None:
        return None
    id_, other = found
    name = joined([reader.text(other.title) if other.title else id_, reader.text(other.said)], " › ")
    spot = f"#{quote(anchor(f'step-{other.step}'))}" if other.step else ""
    shown = el("a", name, href=f"{quote(other.file)}{spot}") if other.file else name
    return el("p", reader.say("part-of"), " ", shown, class_="note")


def title(reader: Reader) -> Markup:
    """Returns the title of the map, or that it has none."""
    return reader.text(reader.report.map.title) or reader.say("untitled")


def _facts(reader: Reader) -> list[tuple[str, Part]]:
    report = reader.report
    personas = joined((reader.text(persona.label) for persona in report.map.personas), ", ")
    measured: list[tuple[str, Part]] = []
    if reader.results is not None:
        about, paths = reader.results.about, reader.results.paths
        measured = [
            ("period", reader.period()),
            ("journeys", reader.number(paths.journeys)),
            ("people", reader.number(paths.people)),
            ("touches", reader.number(paths.events)),
            ("segment", reader.name("segment", about.segment) if about.segment else None),
            ("version", el("code", about.version) if about.version else None),
        ]
    rest: list[tuple[str, Part]] = [
        ("model", reader.text(report.map.seen_as)),
        ("scope", _scope(reader)),
        ("owner", report.map.owner),
        ("reviewed", _reviewed(reader)),
        ("minutes", reader.say("minutes", n=str(report.map.minutes)) if report.map.minutes else None),
        ("tags", ", ".join(report.map.tags)),
        ("made", _made(reader)),
        ("workspace", report.workspace),
    ]
    return [("persona", personas), *measured, *rest]


def _scope(reader: Reader) -> Markup:
    """What the journey begins with and ends with; '' when the map does not say."""
    scope = reader.report.map.scope
    return joined([reader.text(one) for one in (scope.start, scope.end) if one], " → ")


def _reviewed(reader: Reader) -> str:
    """The date somebody last looked the map over, in words; '' when nobody did."""
    said = reader.report.map.reviewed
    if not said:
        return ""
    try:
        return numbers.day(datetime.fromisoformat(said), reader.language)
    except ValueError:  # a month or a year
        return said


def _made(reader: Reader) -> Markup:
    """The moment as the reader's clock shows it; one without a zone is taken as it is."""
    moment = reader.report.made
    if moment.tzinfo is not None:
        moment = numbers.local(round(moment.timestamp() * 1e6), reader.report.time_zone)
    return reader.say("made-at", day=numbers.day(moment, reader.language), time=f"{moment:%H:%M}")


def contents(reader: Reader, sections: Sequence[Section]) -> Markup:
    """Returns the list of chapters, each with its answer in one line."""
    items = (
        el("li", link(one.id, el("span", str(number), class_="rank"), el("strong", one.title), el("span", one.gist)))
        for number, one in enumerate(sections, 1)
    )
    return el(
        "nav",
        el("h2", reader.say("contents"), id="contents-title"),
        el("ol", *items),
        id="contents",
        aria_labelledby="contents-title",
    )


def foot(reader: Reader) -> Markup:
    """Returns the last line: what made this."""
    return el("footer", el("p", reader.say("footer", version=__version__)))
