"""What stands in the way of a change: mistakes in the file, a refusal, a file that changed elsewhere."""

from __future__ import annotations

import difflib

from klantreis.editor.desk import Clash, version
from klantreis.editor.parts import Shown, folded, hidden, lines
from klantreis.editor.words import say
from klantreis.errors import DocumentError, KlantreisError
from klantreis.exporters.html.markup import Markup, Part, el


def alarm(shown: Shown, error: KlantreisError) -> Markup:
    """Returns what is wrong with the file, each mistake with its line, or why a change was refused."""
    language = shown.language
    findings = error.findings if isinstance(error, DocumentError) else ()
    broken = shown.report is None
    parts: list[Part] = [el("h2", say("mistakes" if broken else "refused", language), id="alarm", tabindex="-1")]
    if not findings:
        parts.append(el("p", *lines(error.told(language))))
    rows = []
    for one in findings:
        at = say("line", language, line=one.place.line or 1, column=one.place.column or 1)
        more = [text.text(language) for text in (one.detail, one.advice) if text]
        rows.append(el("li", el("strong", one.title.text(language)), f" ({at}) ", " ".join(more)))
    parts.append(el("ul", *rows) if rows else None)
    if broken:
        parts += [
            el("p", say("mend", language, file=shown.file)),
            el("p", el("a", say("look-again", language), href="/")),
        ]
    return el("section", *parts, class_="alarm", aria_labelledby="alarm")


def clashed(shown: Shown, clash: Clash) -> Markup:
    """Returns what was refused, both texts, and the way on: my change on the file of now, or the file as it is."""
    language, theirs = shown.language, shown.text
    parts: list[Part] = [
        el("h2", say("clash", language), id="clash", tabindex="-1"),
        el(
            "p",
            say("clash-how", language, what=clash.what.text(language)) if clash.change else clash.what.text(language),
        ),
    ]
    if clash.change is not None and shown.report is not None:
        again = hidden(version=version(theirs), act=clash.change.act, step=clash.change.step, **clash.change.given)
        parts.append(el("form", again, el("button", say("anyway", language)), method="post", action="/"))
    parts.append(el("p", el("a", say("leave", language), href="/")))
    names = say("theirs", language), say("mine", language)
    both = difflib.unified_diff(theirs.splitlines(), clash.mine.splitlines(), *names, lineterm="", n=1)
    parts.append(folded(say("difference", language), "\n".join(both), open_=True))
    parts += [folded(names[0], theirs), folded(names[1], clash.mine)]
    return el("section", *parts, class_="alarm", aria_labelledby="clash")
