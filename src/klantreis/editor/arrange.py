"""The forms that add, move and delete a step, and those of its barriers; each a button, nothing needs a drag."""

from __future__ import annotations

from klantreis.editor.barriers import barriers_of, words
from klantreis.editor.change import Spot
from klantreis.editor.desk import version
from klantreis.editor.parts import Shown, chosen, hidden, named, typed
from klantreis.editor.words import SEVERITIES, say, severity
from klantreis.exporters.html.markup import Markup, Part, anchor, el
from klantreis.labels import Language, mentioned
from klantreis.map.model import Barrier, JourneyMap, Phase, Step


def adding(shown: Shown, phase: Phase) -> Markup:
    """Returns the form for a new step, last in a phase."""
    language, id_ = shown.language, anchor(f"new-in-{phase.id}")
    name = phase.label.shown(language) or phase.id
    label = el("label", say("new-step", language), " ", say("in-phase", language, phase=mentioned(name)), for_=id_)
    sent = hidden(version=version(shown.text), act="add", phase=phase.id)
    button = el("button", *named("add", language, name), id=anchor(f"add-{phase.id}"))
    return el(
        "form", sent, el("div", label, typed(id_, "name"), class_="field"), button, method="post", class_="adding"
    )


def arranging(shown: Shown, map_: JourneyMap, spot: Spot, name: str) -> Markup:
    """Returns what can be done with the place of a step: a new one beside it, earlier, later, elsewhere, or away."""
    language, step = shown.language, spot.step
    new, into = anchor(f"new-at-{step.id}"), anchor(f"phase-of-{step.id}")
    phases = [(one.id, one.label.shown(language) or one.id) for one in map_.phases]
    form = el(
        "form",
        hidden(version=version(shown.text), step=step.id),
        el("div", el("label", *named("new-step", language, name), for_=new), typed(new, "name"), class_="field"),
        _buttons(("after", "before"), step.id, name, language),
        _buttons(("earlier", "later"), step.id, name, language),
        el(
            "div",
            el("label", *named("phase", language, name), for_=into),
            chosen(into, "phase", phases, spot.phase),
            class_="field",
        ),
        _buttons(("to", "delete"), step.id, name, language),
        method="post",
    )
    summary = el("summary", *named("arrange", language, name))
    return el("details", summary, form, id=anchor(f"arrange-{step.id}"), class_="more")


def barring(shown: Shown, map_: JourneyMap, step: Step, name: str) -> Markup:
    """Returns the barriers at a step, each to be changed or deleted, and a form for a new one."""
    language, here = shown.language, barriers_of(map_, step)
    label, weight = anchor(f"new-barrier-{step.id}"), anchor(f"new-severity-{step.id}")
    new = el(
        "form",
        hidden(version=version(shown.text), act="barrier", step=step.id),
        el("div", el("label", *named("new-barrier", language, name), for_=label), typed(label, "label"),
           class_="field"),
        el("div", el("label", *named("severity", language, name), for_=weight), _weights(weight, "", language),
           class_="field"),
        el("button", *named("add", language, name), id=anchor(f"bar-{step.id}")),
        method="post",
    )  # fmt: skip
    count = f" ({len(here)})" if here else ""
    known = [_barrier(shown, step, one) for one in here]
    summary = el("summary", say("barriers", language), count, *named("barriers", language, name)[1:])
    return el("details", summary, *known, new, id=anchor(f"barriers-{step.id}"), class_="more")


def _barrier(shown: Shown, step: Step, barrier: Barrier) -> Markup:
    language, called = shown.language, barrier.label.shown(shown.language) or barrier.id
    label, weight = anchor(f"barrier-{barrier.id}"), anchor(f"severity-{barrier.id}")
    told = words(barrier, language)
    return el(
        "form",
        hidden(version=version(shown.text), act="weigh", step=step.id, barrier=barrier.id),
        el("div", el("label", say("barrier", language), for_=label), typed(label, "label", told), class_="field"),
        el("div", el("label", *named("severity", language, called), for_=weight),
           _weights(weight, barrier.severity, language), class_="field"),
        el("button", say("save", language), el("span", " ", called, class_="heard"), class_="save"),
        el("button", say("clear", language), el("span", " ", called, class_="heard"), name="act", value="clear",
           id=anchor(f"clear-{barrier.id}")),
        method="post", class_="cell",
    )  # fmt: skip


def _weights(id_: str, value: str, language: Language) -> Markup:
    return chosen(id_, "severity", [(one, severity(one).text(language)) for one in SEVERITIES], value or "workaround")


def _buttons(acts: tuple[str, ...], step: str, name: str, language: Language) -> Markup:
    row: list[Part] = [
        el("button", *named(act, language, name), name="act", value=act, id=anchor(f"{act}-{step}")) for act in acts
    ]
    return el("div", *row, class_="row")
