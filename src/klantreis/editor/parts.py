"""What the parts of the editor's page are made of: what is shown, and small pieces of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from klantreis.editor.desk import Clash, Desk
from klantreis.editor.words import say
from klantreis.errors import KlantreisError
from klantreis.exporters.html.markup import Markup, Part, anchor, el, joined
from klantreis.labels import Language, mentioned
from klantreis.report import Report


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows: the text of the file, its report (None: it cannot be read), and the desk.

    `file` is what the file is called, `steps` the commands that come next, by the key of their words.
    """

    text: str
    report: Report | None
    desk: Desk
    language: Language
    file: str
    next: Mapping[str, str]
    error: KlantreisError | None = None
    clash: Clash | None = None


def lines(text: str) -> list[Part]:
    """Returns the lines of a text under each other."""
    parts: list[Part] = [part for line in text.split("\n") for part in (line.strip(), el("br"))]
    return parts[:-1]


def folded(title: str, text: str, *, open_: bool = False, id_: str | None = None) -> Markup:
    """Returns a text behind a summary."""
    inside = el("pre", el("code", text), tabindex="0", role="region", aria_label=title)
    return el("details", el("summary", title), inside, open=open_, id=id_)


def hidden(**values: object) -> Markup:
    """Returns values that a form sends without showing them."""
    return joined(el("input", type="hidden", name=name, value=value) for name, value in values.items())


def named(key: str, language: Language, about: str, **gaps: object) -> list[Part]:
    """Returns a word, and for who only hears it what it is about: 'Feeling at Checkout'."""
    return [say(key, language, **gaps), el("span", " ", say("at", language, step=mentioned(about)), class_="heard")]


def chosen(id_: str, name: str, options: Sequence[tuple[str, str]], value: str) -> Markup:
    """Returns a menu of values with their words."""
    shown = [el("option", text, value=key, selected=key == value) for key, text in options]
    return el("select", *shown, id=id_, name=name)


def typed(id_: str, name: str, value: str = "") -> Markup:
    """Returns a box for a text of one line."""
    return el("input", type="text", id=id_, name=name, value=value, autocomplete="off", maxlength="2000")


def spot_of(step: str) -> str:
    """Returns where a step stands on the page, to go on from."""
    return f"/#{quote(anchor(f'step-{step}'))}" if step else "/"
