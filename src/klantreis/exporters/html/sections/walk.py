"""The journey as a walk: one step at a time over the page, which needs no script.

A popover holds a row of radio buttons, each with its step behind it; the style shows only the step that is chosen. So
the browser itself gives the arrow keys, Escape, and the focus back at the button. Where a browser knows no popover
there is no button, and the list below it tells the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from klantreis.exporters.html.markup import Markup, el, escaped, joined
from klantreis.exporters.html.reader import Reader, spaced
from klantreis.exporters.html.sections import votes
from klantreis.exporters.html.sections.places import people, problems
from klantreis.scenes.feeling import Felt
from klantreis.scenes.journey.columns import Column, columns_of
from klantreis.scenes.journey.feel import summary
from klantreis.scenes.journey.sheet import Sheet


def walk(reader: Reader) -> Markup:
    """Returns the button and the steps behind it, in the order of the map's picture; '' for a map of fewer than two.

    A touchpoint that no step uses is walked past as well, as it has a place on the curve, unless it is only planned.
    """
    report = reader.report
    persona = report.map.personas[0].id if report.map.personas else None
    drawn = columns_of(report.map, report.results, (), persona=persona)
    columns = tuple(one for one in drawn if one.step or not one.planned)
    if len(columns) < 2:
        return Markup("")
    felt = tuple(
        Felt(one.id, 0, spot, one.feeling.feel if one.feeling else None, one.feel) for spot, one in enumerate(columns)
    )
    places = _places(felt)
    told = summary(Sheet(report.map, report.results, (), (), columns, reader.language), felt)
    steps = [
        _step(reader, columns, spot, places.get(one.id, ()), told if spot == len(columns) else "")
        for spot, one in enumerate(columns, 1)
    ]
    sending = votes.sending(reader, len(columns) + 1)
    close = el("button", reader.say("walk-close"), type="button", popovertarget="walk", popovertargetaction="hide")
    shown = el(
        "div",
        el("h3", reader.say("walk"), id="walk-title"),
        votes.known(reader),
        el("fieldset", el("legend", reader.say("walk-keys"), class_="note"), *steps, sending, aria_live="polite"),
        close,
        id="walk",
        class_="walk",
        popover="auto",
        role="dialog",
        aria_labelledby="walk-title",
    )
    button = el("button", reader.say("walk"), type="button", popovertarget="walk", class_="walk-open")
    return joined([votes.asked(reader), button, shown])


def _places(felt: Sequence[Felt]) -> Mapping[str, list[str]]:
    """What the curve calls its points; a curve that is level has no lowest or highest one."""
    known = [(one.value, one.id) for one in felt if one.value is not None]
    if len(known) < 2:
        return {}
    low, high = min(known, key=lambda one: one[0]), max(known, key=lambda one: one[0])
    marked = [("walk-start", known[0])]
    marked += [("walk-lowest", low), ("walk-highest", high)] if low[0] < high[0] else []
    marked += [("walk-end", known[-1])]
    return {id_: [key for key, (_, at) in marked if at == id_] for _, id_ in known}


def _step(reader: Reader, columns: Sequence[Column], spot: int, places: Sequence[str], told: str) -> Markup:
    """A radio button, named by the heading of its step, and that step, shown when it is chosen."""
    column = columns[spot - 1]
    said = "walk-at" if all(one.step for one in columns) else "walk-at.loose"
    at = reader.say(said, n=reader.number(spot), all=reader.number(len(columns)))
    count = el("span", spaced([at, reader.name("phase", column.phase)]), class_="note")
    called = reader.text(column.label) or escaped(column.id)
    name = el("h4", count, " ", el("span", called), id=f"walk-{spot}-name")
    marks = [*(reader.say(place) for place in places), *_marks(reader, column)]
    thought = column.step.think if column.step else None
    parts = [
        _ways(reader, spot, len(columns) + (reader.ask is not None)),
        name,
        el("p", el("q", reader.text(thought)), class_="thought") if thought else None,
        el("p", joined((el("span", mark, class_="badge") for mark in marks), " ")) if marks else None,
        el("dl", *_facts(reader, column)),
        el("p", el("strong", reader.say("walk-whole"), ": "), told) if told else None,
        votes.question(reader, column.id, called, spot),
    ]
    button = el(
        "input", type="radio", name="walk", id=f"walk-{spot}", aria_labelledby=f"walk-{spot}-name",
        autocomplete="off", checked=spot == 1, autofocus=spot == 1,
    )  # fmt: skip
    return joined([button, el("div", *parts, class_="walk-step")])


def _facts(reader: Reader, column: Column) -> list[Markup]:
    """How it feels, what was expected, who came there and what is in the way."""
    facts = [el("dt", reader.say("feels")), *(el("dd", told, class_=kind) for kind, told in _feels(reader, column))]
    if column.step and column.step.expect:
        facts += [el("dt", reader.say("expects")), el("dd", reader.text(column.step.expect))]
    for touch in column.touchpoints:
        told: list[Markup | str] = [reader.name("touchpoint", touch.id), people(reader, touch)]
        facts += [el("dt", reader.say("contact")), el("dd", spaced(told))]
    facts += votes.said(reader, column.id)
    for place in dict.fromkeys((column.id, *(touch.id for touch in column.touchpoints))):
        facts += problems(reader, place)
    return facts


def _feels(reader: Reader, column: Column) -> list[tuple[str | None, Markup]]:
    """The measured feeling, the assumed one and the customer's word, each with its kind: a full or an open mark."""
    said: list[tuple[str | None, Markup]] = []
    if column.feeling:
        value = reader.say("feels-measured", value=reader.estimated(column.feeling.feel, "score"))
        said.append(("measured", joined([_sign(column.feeling.feel.value, "▲●▼"), value])))
    elif column.few:
        said.append((None, _few(reader, column)))
    if column.feel is not None:
        value = reader.say("feels-assumed", value=reader.assumed(column.feel))
        said.append(("assumed", joined([_sign(column.feel, "△○▽"), value])))
    if column.step and column.step.word:
        said.append((None, reader.text(column.step.word)))
    return said or [(None, reader.say("walk-unknown"))]


def _few(reader: Reader, column: Column) -> Markup:
    known = reader.results.emotion.feelings if reader.results else ()
    need = next((one.n_min for one in known if one.touchpoint in column.ids and one.feel.n == column.few), 0)
    return reader.say("feels-few", n=reader.number(column.few), need=reader.number(need))


def _sign(value: float | None, signs: str) -> Markup:
    """Better than neutral, neutral or worse, as the marks in the picture."""
    sign = signs[0 if (value or 0) > 0 else 1 if not value else 2]
    return el("span", f"{sign} ", aria_hidden="true")


def _marks(reader: Reader, column: Column) -> list[Markup]:
    truth = {"confirmed": "truth", "suggested": "truth-suggested"}.get(column.step.mot if column.step else "none")
    delight = any(touch.delight for touch in column.touchpoints) or bool(column.step and column.step.delight)
    return [
        *([joined(["★ ", reader.say(truth)])] if truth else []),
        *([reader.say("delight")] if delight else []),
    ]


def _ways(reader: Reader, spot: int, last: int) -> Markup:
    """Back and on, as labels of the radio buttons there: a press chooses that step, and the keys go on from it."""
    back = el("label", "← ", reader.say("walk-back"), for_=f"walk-{spot - 1}") if spot > 1 else None
    on = ("walk-on", spot + 1) if spot < last else ("walk-again", 1)
    forth = el("label", reader.say(on[0]), " →" if spot < last else None, for_=f"walk-{on[1]}", class_="on")
    return el("p", back, forth, class_="walk-ways", aria_live="off")
