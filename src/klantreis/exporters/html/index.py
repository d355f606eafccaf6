"""The page of a workspace's segments: which reports there are, side by side, each with a way to its chapters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from klantreis import __version__
from klantreis.exporters.html.markup import Markup, Part, el, joined
from klantreis.exporters.html.page import page_head
from klantreis.exporters.html.words import WORDS
from klantreis.filled import filled
from klantreis.labels import Label, Language
from klantreis.scenes.numbers import decimal, estimated
from klantreis.stats.intervals import Estimate

CHAPTERS = (
    ("index.customer", "map"), ("index.channels", "further-channel_mix"), ("index.behaviour", "paths"),
    ("index.experience", "feeling"),
)  # fmt: skip
"""The four standard reports of a journey, and the chapter of a report that each is."""


@dataclass(frozen=True, slots=True)
class Line:
    """One report of the page: of which map and segment ('': everybody), in which file; or `why` there is none.

    `last` is the share of journeys that came to the phase of their goal; `channels`: the report has a chapter on them.
    """

    map: str
    segment: str
    people: int = 0
    journeys: int = 0
    last: Estimate | None = None
    file: str | None = None
    channels: bool = False
    why: Label | None = None


def index(lines: Sequence[Line], *, language: Language, workspace: str = "") -> str:
    """Returns the page: a table per map, a row per segment, everybody first."""
    title = say("index.title", language)
    maps = list(dict.fromkeys(line.map for line in lines))
    tables = (_map(name, [line for line in lines if line.map == name], language) for name in maps)
    head = el("header", el("p", workspace, class_="kind"), el("h1", title), class_="head")
    main = el("main", el("p", say("index.what", language)), *tables, id="content", tabindex="-1")
    foot = el("footer", el("p", say("index.footer", language, version=__version__)))
    skip = el("a", say("skip", language), href="#content", class_="skip")
    page = el(
        "html",
        page_head(joined([title, say("kind", language)], " · ")),
        el("body", skip, head, main, foot, id="top"),
        lang=language,
    )
    return f"<!doctype html>\n{page}\n"


def say(key: str, language: Language, **gaps: str) -> str:
    """Returns one of the report's own texts with its gaps filled."""
    return filled(WORDS[key].text(language), **gaps)


def _map(name: str, lines: Sequence[Line], language: Language) -> Markup:
    heads = ("index.segment", "fact.people", "fact.journeys", "index.last")
    numbers = {"fact.people", "fact.journeys", "index.last"}
    row = el(
        "tr", *(el("th", say(key, language), scope="col", class_="number" if key in numbers else None) for key in heads)
    )
    body = el("tbody", *(_row(line, language) for line in lines))
    table = el("table", el("caption", name, class_="heard"), el("thead", row), body)
    region = el("div", table, class_="scroll", role="region", tabindex="0", aria_label=name)
    return el("section", el("h2", name), region, class_="chapter")


def _row(line: Line, language: Language) -> Markup:
    name = line.segment or say("index.everybody", language)
    if line.file is None:
        why = line.why.text(language) if line.why else ""
        told = el("td", say("index.unshared", language, why=why), colspan="3", class_="note")
        return el("tr", el("th", name, scope="row"), told)
    href = quote(line.file)
    links: list[Part] = [
        el("a", say(key, language), href=f"{href}#{anchor}", aria_label=f"{name}: {say(key, language)}")
        for key, anchor in CHAPTERS
        if key != "index.channels" or line.channels
    ]
    last = estimated(line.last, "share", language) if line.last else "–"
    return el(
        "tr",
        el("th", el("a", name, href=href), el("div", joined(links, " · "), class_="note"), scope="row"),
        el("td", decimal(line.people, language), class_="number"),
        el("td", decimal(line.journeys, language), class_="number"),
        el("td", last, class_="number"),
    )
