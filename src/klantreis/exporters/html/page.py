"""The whole page: a strict head, the contents, the chapters, everything inside one file."""

from __future__ import annotations

import base64
import hashlib
from importlib import resources

from klantreis.exporters.html.markup import Markup, el, joined, link
from klantreis.exporters.html.preview import BARE, Preview
from klantreis.exporters.html.reader import Reader
from klantreis.exporters.html.sections import (
    contents,
    coverage,
    feeling,
    first,
    fit,
    funnel,
    further,
    journey,
    kpis,
    method,
    paths,
    quality,
    times,
    votes,
)  # fmt: skip
from klantreis.exporters.html.shapes import Section, again
from klantreis.exporters.svg import font_faces, stylesheet

CHAPTERS = (first, journey, funnel, paths, fit, times, feeling, kpis, coverage, further, quality, method)
SHEETS = ("look.css", "shapes.css", "walk.css", "print.css")


def page(reader: Reader, shown: Preview = BARE) -> str:
    """Returns the report as one HTML document that asks nothing of the network; unless it asks for votes, no script.

    `shown` is what the preview of a link to it names.
    """
    told = (chapter.section(reader) for chapter in CHAPTERS)
    sections = [one for one in told if one is not None]
    main = el(
        "main",
        contents.contents(reader, sections),
        *(_chapter(reader, one, number) for number, one in enumerate(sections, 1)),
        id="content",
        tabindex="-1",
    )
    skip = el("a", reader.say("skip"), href="#content", class_="skip")
    body = el("body", skip, contents.head(reader), main, contents.foot(reader), id="top")
    return document(reader, body, shown)


def document(reader: Reader, body: Markup, shown: Preview) -> str:
    """Returns a page with the strict head of every page about a map."""
    title = reader.report.map.title.shown(reader.language) or reader.say("untitled")
    asks = reader.ask is not None and 'id="votes"' in body
    script = votes.script() if asks else Markup("")
    form = "mailto:" if reader.ask is not None and reader.ask.reply_to else "'none'"
    tags = shown.tags(reader, title)
    head = page_head(joined([title, reader.say("kind")], " · "), *tags, script=script, form=form)
    return f"<!doctype html>\n{el('html', head, body, lang=reader.language)}\n"


def page_head(title: Markup, *more: Markup, script: str = "", form: str = "'none'") -> Markup:
    """Returns the strict head of a page: nothing from elsewhere, no script but this one, no trace; `more` stands in it
    too, and a form may go to `form`.
    """
    style = page_style()
    return el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=policy(style, script, form)),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content="light dark"),
        el("meta", name="referrer", content="no-referrer"),
        el("meta", name="generator", content="Klantreis"),
        *more,
        el("title", title),
        el("style", style),
        el("script", Markup(script), type="module") if script else None,
    )


def _chapter(reader: Reader, one: Section, number: int) -> Markup:
    heading = el("h2", el("span", str(number), class_="rank"), one.title, id=f"{one.id}-title")
    return el(
        "section",
        heading,
        el("p", one.question, class_="question"),
        one.body,
        again(reader, one.verbs),
        el("p", link("contents", reader.say("back")), class_="back"),
        id=one.id,
        class_="chapter",
        aria_labelledby=f"{one.id}-title",
    )


def policy(style: str, script: str = "", form: str = "'none'") -> str:
    """Returns what a page may do: show its own style, pictures and fonts, run this one script, and nothing else."""
    own = f"script-src '{_hash(script)}'; " if script else ""
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; {own}img-src data:; font-src data:; base-uri 'none'; "
        f"form-action {form}"
    )


def page_style() -> Markup:
    """Returns all style of a page; it is ours alone, so nothing in it needs escaping."""
    folder = resources.files("klantreis.exporters.html")
    sheets = [(folder / sheet).read_text(encoding="utf-8") for sheet in SHEETS]
    return Markup("\n".join([font_faces(), stylesheet(), *sheets]))


def _hash(style: str) -> str:
    """How a browser knows that this style or script is ours: any other one, smuggled in, is not applied."""
    return f"sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}"
