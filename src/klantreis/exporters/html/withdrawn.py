"""The small page, in Dutch and English, that stands where a share link led once, and one that says nothing at all."""

from __future__ import annotations

from datetime import date

from klantreis.exporters.html.markup import Markup, el
from klantreis.exporters.html.page import policy
from klantreis.exporters.html.preview import UNLISTED
from klantreis.labels import LANGUAGES, Label
from klantreis.spans import dated

STYLE = Markup(
    ":root{color-scheme:light dark}body{font:1.125rem/1.6 system-ui,sans-serif;max-width:34rem;margin:12vh auto;"
    "padding:0 1.25rem;overflow-wrap:anywhere}h1{font-size:1.5rem;line-height:1.25}"
    "section+section{margin-top:2.5rem;padding-top:1.5rem;border-top:1px solid}"
)
NEW = Label(
    "Wil je de klantreis nog zien? Vraag een nieuwe link aan wie hem met je deelde.",
    "Still want to see the journey? Ask whoever shared it with you for a new link.",
)
WITHDRAWN = Label("Deze deellink is ingetrokken", "This share link was withdrawn")
ENDED = Label("Deze deellink is afgelopen", "This share link has ended")
HERE = Label("Hier staan deellinks", "Share links stand here")
ONLY = Label(
    "Elke link heeft een eigen adres. Vraag het aan wie hem met je deelde.",
    "Each link has an address of its own. Ask whoever shared it with you.",
)


def withdrawn_page(day: date, *, ended: bool = False) -> str:
    """Returns the page of a link that was withdrawn on a day; `ended`: that stopped by itself on that day."""
    told = {
        "nl": f"Dat was op {dated(day, 'nl')}. Wat hier stond is weg.",
        "en": f"That was on {dated(day, 'en')}. What stood here is gone.",
    }
    return _page(ENDED if ended else WITHDRAWN, Label(told["nl"], told["en"]), NEW)


def folder_page() -> str:
    """Returns the page of a folder with share links, which names none of them."""
    return _page(HERE, ONLY)


def _page(title: Label, *paragraphs: Label) -> str:
    told = [
        el("section", el("h1", title.text(said)), *(el("p", one.text(said)) for one in paragraphs), lang=said)
        for said in LANGUAGES
    ]
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=policy(STYLE)),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="referrer", content="no-referrer"),
        el("meta", name="generator", content="Klantreis"),
        UNLISTED,
        el("title", f"{title.text('nl')} · {title.text('en')}"),
        el("style", STYLE),
    )
    return f"<!doctype html>\n{el('html', head, el('body', el('main', *told)), lang='nl')}\n"
