"""The steps below the picture: for each a form with its feeling and texts, its barriers, and its place."""

from __future__ import annotations

from collections.abc import Sequence

from klantreis.editor.arrange import adding, arranging, barring
from klantreis.editor.change import FIELDS, Spot, spots, texts
from klantreis.editor.desk import version
from klantreis.editor.own import owned
from klantreis.editor.parts import Shown, chosen, hidden, named, typed
from klantreis.editor.words import SCORES, feeling, say
from klantreis.exporters.html.markup import Markup, Part, anchor, el, joined
from klantreis.exporters.html.reader import Reader
from klantreis.labels import Label, Language, mentioned
from klantreis.map.model import JourneyMap, Step
from klantreis.scenes.journey.columns import Column
from klantreis.scenes.words import say as pictured


def steps(shown: Shown, reader: Reader, columns: Sequence[Column]) -> Markup:
    """Returns the chapter of the steps, phase by phase, each phase with a form for a new one."""
    language, map_ = shown.language, reader.report.map
    known, by_id = spots(map_), {one.id: one for one in columns}
    chapters: list[Part] = [el("h2", say("steps", language), id="steps", tabindex="-1")]
    ends = {"high": pictured("keen", language), "low": pictured("disappointed", language)}
    told = say("axis", language, **ends) if known else say("empty-map", language)
    chapters.append(el("p", told, class_="note" if known else "empty"))
    for phase in map_.phases:
        own = [_step(shown, reader, spot, by_id.get(id_)) for id_, spot in known.items() if spot.phase == phase.id]
        inside = el("ol", *own, class_="cells") if own else el("p", say("no-steps", language), class_="note")
        chapters.append(joined([el("h3", reader.text(phase.label) or phase.id), inside, adding(shown, phase)]))
    return el("section", *chapters, class_="chapter", aria_labelledby="steps")


def _step(shown: Shown, reader: Reader, spot: Spot, column: Column | None) -> Markup:
    """One step: its feeling and word in sight, its other texts behind a summary, and what is worth knowing."""
    language, step, map_ = shown.language, spot.step, reader.report.map
    name = step.label.shown(language) or step.id
    now = texts(step, language)
    fields = {field: _field(step, field, now[field], name, language) for field in FIELDS}
    rest = [fields[field] for field in FIELDS[2:]]
    summary = el("summary", *named("texts", language, name))
    form = el(
        "form",
        hidden(version=version(shown.text), act="save", step=step.id),
        el("fieldset", el("legend", el("h4", reader.text(step.label) or step.id)), fields["feel"], fields["word"]),
        el("details", summary, *rest, id=anchor(f"texts-{step.id}")),
        el("button", say("save", language), el("span", " ", name, class_="heard"), class_="save"),
        method="post",
        action="/",
        class_="cell",
    )
    notes = [el("p", note, class_="note") for note in _notes(reader, step, column)]
    placed = arranging(shown, map_, spot, name) if spot.written else None
    apart = _apart(shown, map_, step, name) if spot.written else None
    return el("li", form, *notes, apart, barring(shown, map_, step, name), placed, id=anchor(f"step-{step.id}"))


def _field(step: Step, field: str, value: str, name: str, language: Language) -> Markup:
    id_ = anchor(f"{field}-{step.id}")
    label = el("label", *named(field, language, name), for_=id_)
    if field == "feel":
        scores = [(str(score), feeling(score, language)) for score in SCORES]
        known = {key for key, _ in scores} | {""}
        extra = [] if value in known else [(value, feeling(step.feel, language))]
        options = [("", say("unsaid", language)), *extra, *scores]
        return el("div", label, chosen(id_, field, options, value), class_=f"field {field}")
    if field == "word":
        box = typed(id_, field, value)
    else:
        box = el("textarea", f"\n{value}", id=id_, name=field, rows="2", maxlength="2000")
    return el(
        "div", label, box, _other(getattr(step, "label" if field == "do" else field), language), class_=f"field {field}"
    )


def _apart(shown: Shown, map_: JourneyMap, step: Step, name: str) -> Markup | None:
    """A menu for each persona, and for each feeling in a scenario; None when there is nothing to tell apart."""
    language, forms = shown.language, []
    for one in owned(map_, step):
        who, id_ = one.label(map_).text(language), anchor(f"own-{step.id}-{one.persona}-{one.scenario}")
        value = "" if one.value is None else f"{one.value:g}"
        scores = [(str(score), feeling(score, language)) for score in SCORES]
        extra = [] if value in {"", *(key for key, _ in scores)} else [(value, feeling(one.value, language))]
        options = [("", say("as-all", language)), *extra, *scores]
        label = el("label", who, el("span", " ", say("at", language, step=mentioned(name)), class_="heard"), for_=id_)
        forms.append(
            el(
                "form",
                hidden(
                    version=version(shown.text), act="felt", step=step.id, persona=one.persona, scenario=one.scenario
                ),
                el("div", label, chosen(id_, "own", options, value), class_="field"),
                el("button", say("save", language), el("span", " ", who, class_="heard"), class_="save"),
                method="post",
                class_="cell",
            )
        )
    summary = el("summary", *named("apart", language, name))
    return el("details", summary, *forms, id=anchor(f"apart-{step.id}"), class_="more") if forms else None


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
    return found
