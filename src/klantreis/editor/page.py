"""The page of the editor: the picture with its marks, a form for each step, and what stands in the way.

Everything works without a script: each form posts and a new page comes. The script only makes it quicker.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

from klantreis.editor.change import FIELDS, Spot, spots, texts
from klantreis.editor.curve import marks, quiet
from klantreis.editor.desk import Clash, Desk, version
from klantreis.editor.words import SCORES, feeling, say
from klantreis.errors import DocumentError, KlantreisError, OptionError
from klantreis.exporters.contract import View, scene_of
from klantreis.exporters.html.markup import Markup, Part, anchor, el, joined
from klantreis.exporters.html.pictures import MAP_WIDE, picture
from klantreis.exporters.html.reader import Reader, reader_of
from klantreis.labels import Label, Language, mentioned
from klantreis.map.model import Step
from klantreis.report import Report
from klantreis.scenes.journey.columns import Column, columns_of
from klantreis.scenes.words import say as pictured


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
        *([_alarm(shown, shown.error)] if shown.error else []),
        *([_clash(shown, shown.clash)] if shown.clash else []),
    ]
    named = el("span", id="version", data_version=version(shown.text), hidden=True)
    if shown.report is None:
        return [named, *trouble]
    reader = reader_of(shown.report, shown.language)
    columns = columns_of(shown.report.map, shown.report.results, ())
    return [named, *trouble, _map(reader, columns), _steps(shown, reader, columns), _next(shown), _text(shown)]


def _tools(shown: Shown) -> Markup:
    """Undo and redo, each a form of its own; what cannot be done is said so and does nothing."""
    ways = (("undo", shown.desk.done, "Control+Z"), ("redo", shown.desk.undone, "Control+Shift+Z"))
    buttons = [
        el("button", say(act, shown.language), name="act", value=act, id=act, aria_keyshortcuts=keys,
           aria_disabled=None if turns else "true",
           title=turns[-1].what.text(shown.language) if turns else None)
        for act, turns, keys in ways
    ]  # fmt: skip
    return el("form", _hidden(version=version(shown.text)), *buttons, method="post", action="/")


def _alarm(shown: Shown, error: KlantreisError) -> Markup:
    language = shown.language
    findings = error.findings if isinstance(error, DocumentError) else ()
    broken = shown.report is None
    parts: list[Part] = [el("h2", say("mistakes" if broken else "refused", language), id="alarm", tabindex="-1")]
    if not findings:
        parts.append(el("p", *_lines(error.told(language))))
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


def _lines(text: str) -> list[Part]:
    """Returns the lines of a text under each other."""
    parts: list[Part] = [part for line in text.split("\n") for part in (line.strip(), el("br"))]
    return parts[:-1]


def _clash(shown: Shown, clash: Clash) -> Markup:
    """What was refused, both texts, and the way on: my change on the file of now, or the file as it is."""
    language, theirs = shown.language, shown.text
    parts: list[Part] = [
        el("h2", say("clash", language), id="clash", tabindex="-1"),
        el(
            "p",
            say("clash-how", language, what=clash.what.text(language)) if clash.change else clash.what.text(language),
        ),
    ]
    if clash.change is not None and shown.report is not None:
        again = _hidden(version=version(theirs), act="save", step=clash.change.step, **clash.change.given)
        parts.append(el("form", again, el("button", say("anyway", language)), method="post", action="/"))
    parts.append(el("p", el("a", say("leave", language), href="/")))
    names = say("theirs", language), say("mine", language)
    lines = difflib.unified_diff(theirs.splitlines(), clash.mine.splitlines(), *names, lineterm="", n=1)
    parts.append(_folded(say("difference", language), "\n".join(lines), open_=True))
    parts += [_folded(names[0], theirs), _folded(names[1], clash.mine)]
    return el("section", *parts, class_="alarm", aria_labelledby="clash")


def _map(reader: Reader, columns: Sequence[Column]) -> Markup:
    language, title = reader.language, el("h2", say("map", reader.language), id="map-title")
    try:
        scene = scene_of(reader.report, View(language=language, width=MAP_WIDE))
    except OptionError as error:  # more steps than can be looked at: the list still has them
        told = el("p", *_lines(error.told(language)), class_="empty")
        return el("section", title, told, class_="chapter drawn", aria_labelledby="map-title")
    scene = replace(scene, elements=tuple(quiet(element) for element in scene.elements))
    names = {one.id: one.label.shown(language) or one.id for one in columns}
    over = marks(scene, columns, names, language)
    drawn = Markup(picture(reader, scene, kind="map-picture").replace("</svg>", f"{over}</svg>", 1))
    told = el("p", say("how" if over else "no-curve", language), class_="note wide")
    return el("section", title, told, drawn, class_="chapter drawn", aria_labelledby="map-title")


def _steps(shown: Shown, reader: Reader, columns: Sequence[Column]) -> Markup:
    language, map_ = shown.language, reader.report.map
    known, by_id = spots(map_), {one.id: one for one in columns}
    chapters: list[Part] = [el("h2", say("steps", language), id="steps", tabindex="-1")]
    ends = {"high": pictured("keen", language), "low": pictured("disappointed", language)}
    told = say("axis", language, **ends) if known else say("empty-map", language, file=shown.file)
    chapters.append(el("p", told, class_="note" if known else "empty"))
    for phase in map_.phases if known else ():
        own = [_step(shown, reader, spot, by_id.get(id_)) for id_, spot in known.items() if spot.phase == phase.id]
        inside = el("ol", *own, class_="cells") if own else el("p", say("no-steps", language), class_="note")
        chapters.append(joined([el("h3", reader.text(phase.label) or phase.id), inside]))
    return el("section", *chapters, class_="chapter", aria_labelledby="steps")


def _step(shown: Shown, reader: Reader, spot: Spot, column: Column | None) -> Markup:
    """One step: its feeling and word in sight, its other texts behind a summary, and what is worth knowing."""
    language, step = shown.language, spot.step
    name = step.label.shown(language) or step.id
    now = texts(step, language)
    fields = {field: _field(step, field, now[field], name, language) for field in FIELDS}
    rest = [fields[field] for field in FIELDS[2:]]
    folded = el(
        "summary", say("texts", language), el("span", " ", say("at", language, step=mentioned(name)), class_="heard")
    )
    form = el(
        "form",
        _hidden(version=version(shown.text), act="save", step=step.id),
        el("fieldset", el("legend", el("h4", reader.text(step.label) or step.id)), fields["feel"], fields["word"]),
        el("details", folded, *rest, id=anchor(f"texts-{step.id}")),
        el("button", say("save", language), el("span", " ", name, class_="heard"), class_="save"),
        method="post",
        action="/",
        class_="cell",
    )
    notes = [el("p", note, class_="note") for note in _notes(reader, step, column)]
    return el("li", form, *notes, id=anchor(f"step-{step.id}"))


def _field(step: Step, field: str, value: str, name: str, language: Language) -> Markup:
    id_ = anchor(f"{field}-{step.id}")
    label = el(
        "label",
        say(field, language),
        el("span", " ", say("at", language, step=mentioned(name)), class_="heard"),
        for_=id_,
    )
    if field == "feel":
        chosen = [(str(score), feeling(score, language)) for score in SCORES]
        known = {key for key, _ in chosen} | {""}
        extra = [] if value in known else [(value, feeling(step.feel, language))]
        options = [("", say("unsaid", language)), *extra, *chosen]
        shown = [el("option", text, value=key, selected=key == value) for key, text in options]
        return el("div", label, el("select", *shown, id=id_, name=field), class_=f"field {field}")
    if field == "word":
        box = el("input", type="text", id=id_, name=field, value=value, autocomplete="off", maxlength="2000")
    else:
        box = el("textarea", f"\n{value}", id=id_, name=field, rows="2", maxlength="2000")
    return el(
        "div", label, box, _other(getattr(step, "label" if field == "do" else field), language), class_=f"field {field}"
    )


def _other(label: Label, language: Language) -> Part:
    """The same text in the other language, which stays as it is."""
    tongue: Language = "en" if language == "nl" else "nl"
    text = label.en if tongue == "en" else label.nl
    if not text:
        return None
    said = say("other", language, tongue=say(tongue, language), text="\0").split("\0")
    return el("span", said[0], el("span", text, lang=tongue), said[1], class_="note")


def _notes(reader: Reader, step: Step, column: Column | None) -> list[str]:
    language, found = reader.language, []
    if column is not None and column.feeling is not None:
        found.append(say("measured", language, value=reader.estimated(column.feeling.feel, "score")))
    cell = next((cell for cell in step.cells if cell.name == "feel"), None)
    sure = cell.provenance if cell else step.provenance
    if sure != "assumed" and step.feel is not None:
        found.append(say("sure", language, sure=say(f"sure.{sure}", language)))
    if step.feels:
        found.append(say("apart", language))
    return found


def _next(shown: Shown) -> Markup:
    rows = [el("li", say(f"next.{key}", shown.language), " ", el("code", line)) for key, line in shown.next.items()]
    return el("section", el("h2", say("next", shown.language), id="next"), el("ul", *rows), class_="chapter")


def _text(shown: Shown) -> Markup:
    return _folded(say("text", shown.language), shown.text, id_="yaml")


def _folded(title: str, text: str, *, open_: bool = False, id_: str | None = None) -> Markup:
    inside = el("pre", el("code", text), tabindex="0", role="region", aria_label=title)
    return el("details", el("summary", title), inside, open=open_, id=id_)


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


def _hidden(**values: object) -> Markup:
    return joined(el("input", type="hidden", name=name, value=value) for name, value in values.items())


def spot_of(step: str) -> str:
    """Returns where a step stands on the page, to go on from."""
    return f"/#{quote(anchor(f'step-{step}'))}" if step else "/"
