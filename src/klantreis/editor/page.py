"""The page of the editor: the picture with its marks, a form for each step, and what stands in the way.

Everything works without a script: each form posts and a new page comes. The script only makes it quicker.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from klantreis.editor.cards import steps
from klantreis.editor.curve import marks, quiet
from klantreis.editor.desk import version
from klantreis.editor.parts import Shown, folded, hidden, lines
from klantreis.editor.trouble import alarm, clashed
from klantreis.editor.words import say
from klantreis.errors import OptionError
from klantreis.exporters.contract import View, scene_of
from klantreis.exporters.html.markup import Markup, Part, anchor, el
from klantreis.exporters.html.pictures import MAP_WIDE, picture
from klantreis.exporters.html.reader import Reader, reader_of
from klantreis.labels import Language
from klantreis.scenes.journey.columns import Column, columns_of


def page(shown: Shown) -> str:
    """Returns the whole page."""
    language, report = shown.language, shown.report
    title = report.map.title.shown(language) if report else Path(shown.file).name
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content="light dark"),
        el("title", f"{title} · {say('kind', language)}"),
        el("link", rel="icon", href="data:,"),
        el("link", rel="stylesheet", href="/look.css"),
        el("script", type="module", src="/editor.js"),
    )
    top = el("header", el("p", say("kind", language), class_="kind"), el("h1", title, id="title"), class_="head")
    wrong = "clash" if shown.clash else "" if not shown.error else "refused" if report else "mistakes"
    said = say(wrong, language) if wrong else shown.desk.said.text(language) or say("ready", language, file=shown.file)
    status = el("p", said, id="said", role="status")
    bar = el("div", el("div", el("div", _tools(shown), id="tools"), status, class_="within"), class_="bar")
    main = el("main", el("div", *_parts(shown), id="editor"), id="content", tabindex="-1")
    skip = el("a", say("skip", language), href="#steps" if report else "#content", class_="skip")
    body = el(
        "body", skip, top, bar, main, _asking(language),
        data_stopped=say("stopped", language), data_elsewhere=say("elsewhere", language),
    )  # fmt: skip
    return f"<!doctype html>\n{el('html', head, body, lang=language)}\n"


def closed(language: Language) -> str:
    """Returns the page for who has no key."""
    title = say("closed", language)
    head = el("head", el("meta", charset="utf-8"), el("title", title))
    body = el("body", el("main", el("h1", title), el("p", say("closed-how", language))))
    return f"<!doctype html>\n{el('html', head, body, lang=language)}\n"


def _parts(shown: Shown) -> list[Part]:
    trouble = [
        *([alarm(shown, shown.error)] if shown.error else []),
        *([clashed(shown, shown.clash)] if shown.clash else []),
    ]
    named = el(
        "span",
        id="version",
        data_version=version(shown.text),
        data_at=anchor(f"step-{shown.desk.at}") if shown.desk.at else None,
        hidden=True,
    )
    if shown.report is None:
        return [named, *trouble]
    reader = reader_of(shown.report, shown.language)
    columns = columns_of(shown.report.map, shown.report.results, ())
    return [named, *trouble, _map(reader, columns), steps(shown, reader, columns), _next(shown), _text(shown)]


def _tools(shown: Shown) -> Markup:
    """Undo and redo, each a form of its own; what cannot be done is said so and does nothing."""
    ways = (("undo", shown.desk.done, "Control+Z"), ("redo", shown.desk.undone, "Control+Shift+Z"))
    buttons = [
        el("button", say(act, shown.language), name="act", value=act, id=act, aria_keyshortcuts=keys,
           aria_disabled=None if turns else "true",
           title=turns[-1].what.text(shown.language) if turns else None)
        for act, turns, keys in ways
    ]  # fmt: skip
    return el("form", hidden(version=version(shown.text)), *buttons, method="post", action="/")


def _map(reader: Reader, columns: Sequence[Column]) -> Markup:
    language, title = reader.language, el("h2", say("map", reader.language), id="map-title")
    try:
        scene = scene_of(reader.report, View(language=language, width=MAP_WIDE))
    except OptionError as error:  # more steps than can be looked at: the list still has them
        told = el("p", *lines(error.told(language)), class_="empty")
        return el("section", title, told, class_="chapter drawn", aria_labelledby="map-title")
    scene = replace(scene, elements=tuple(quiet(element) for element in scene.elements))
    names = {one.id: one.label.shown(language) or one.id for one in columns}
    over = marks(scene, columns, names, language)
    drawn = Markup(picture(reader, scene, kind="map-picture").replace("</svg>", f"{over}</svg>", 1))
    told = el("p", say("how" if over else "no-curve", language), class_="note wide")
    return el("section", title, told, drawn, class_="chapter drawn", aria_labelledby="map-title")


def _next(shown: Shown) -> Markup:
    rows = [el("li", say(f"next.{key}", shown.language), " ", el("code", line)) for key, line in shown.next.items()]
    return el("section", el("h2", say("next", shown.language), id="next"), el("ul", *rows), class_="chapter")


def _text(shown: Shown) -> Markup:
    return folded(say("text", shown.language), shown.text, id_="yaml")


def _asking(language: Language) -> Markup:
    """Asks for a word beside a mark; the script opens it."""
    form = el(
        "form",
        el("label", say("word", language), for_="new-word", id="new-word-name"),
        el("input", type="text", id="new-word", autocomplete="off", maxlength="2000"),
        el("button", say("save", language), value="save"),
        el("button", say("cancel", language), value="cancel", formnovalidate=True),
        method="dialog",
    )
    return el("dialog", form, id="ask", aria_labelledby="new-word-name")
