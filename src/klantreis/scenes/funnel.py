"""The funnel as a picture: one bar per step, what is lost in between, with interval, n and time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from klantreis.analyses.funnel import Funnel, FunnelStep
from klantreis.labels import Language
from klantreis.map.model import JourneyMap
from klantreis.scenes import funnel_waits
from klantreis.scenes.frame import MARGIN, framed, nothing
from klantreis.scenes.model import Box, Element, Group, Line, Scene
from klantreis.scenes.names import names_of
from klantreis.scenes.numbers import between, cases, decimal, duration, estimated, percent
from klantreis.scenes.pen import NOTE, STRONG, one_line, tall, words
from klantreis.scenes.table import Table, table
from klantreis.scenes.words import say

HIGH = 62.0
UNITS = {"person": "people", "session": "sessions"}
ONE = {"journeys": "one-journey", "sessions": "one-session", "people": "one-person"}


def funnel_scene(
    funnel: Funnel, *, language: Language, map_: JourneyMap | None = None, width: float = 960, unit: str | None = None
) -> Scene:
    """Returns the funnel, a bar per step; `unit`: what is counted, 'journeys', 'sessions', 'people' (None: its grain).

    The dark bar is the share of the first step's mature entries that came this far, its pale end the 95 % interval.
    Under the name of a phase of the map stands what is done there: its actions.
    Split by something: under it how long each group took to the last step.
    A funnel without steps says that nothing was measured.
    """
    unit = unit or UNITS.get(funnel.grain, "journeys")
    names = names_of(map_, language)
    done = _actions(map_, language)
    rows = _table(funnel, names, language, unit, done)
    title = say("funnel", language)
    if not funnel.steps:
        return nothing("funnel", title, say("nothing", language), width=width, table=rows, language=language)
    named = min(250.0, width * 0.26)
    told = min(230.0, width * 0.25)
    track = Box(MARGIN + named, 0, width - 2 * MARGIN - named - told, 30)
    body: list[Element] = []
    told_in = _Words(language, unit, done, funnel.may_go_on > 0)
    body += [_step(step, number, names, track, told_in) for number, step in enumerate(funnel.steps)]
    notes = (say("intervals-wilson", language), say("pale-is-interval", language))
    low, waits = HIGH * len(funnel.steps), funnel_waits.waits_of(funnel, names, language)
    if waits:
        parts, low = funnel_waits.drawn(funnel, waits, low, width, language)
        body += parts
    size = (width, low)
    return framed(
        "funnel", title, _under(funnel, language, unit), body, size=size, table=rows, language=language,
        about=funnel.about, notes=notes,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Words:
    """The language, the unit, what is done in each phase, and whether shares are so far, carried together."""

    language: Language
    unit: str
    done: Mapping[str, str] = field(default_factory=dict)
    so_far: bool = False

    def count(self, n: int) -> str:
        """How many, with the word for what is counted."""
        if n == 1:
            return say(ONE[self.unit], self.language)
        return say(self.unit, self.language, n=decimal(n, self.language))


def _actions(map_: JourneyMap | None, language: Language) -> dict[str, str]:
    """What is done in each phase of a map that has actions, in words."""
    found = {}
    for phase in map_.phases if map_ is not None else ():
        told = "; ".join(action.label.shown(language) or action.id for action in phase.actions)
        if told:
            found[phase.id] = told
    return found


def _under(funnel: Funnel, language: Language, unit: str) -> str:
    first, last = funnel.steps[0], funnel.steps[-1]
    parts = [
        say(
            "funnel-under",
            language,
            first=_Words(language, unit).count(first.people),
            last=decimal(last.people, language),
        )
    ]
    if last.share.value is not None and len(funnel.steps) > 1:
        key = "funnel-so-far" if funnel.may_go_on else "share-of-start" if funnel.within is None else "funnel-share"
        parts.append(say(key, language, share=estimated(last.share, "share", language)))
    if funnel.within is not None:
        parts.append(say("within", language, time=duration(funnel.within / 1e6, language)))
    if funnel.median_seconds is not None:
        parts.append(say("median", language, time=duration(funnel.median_seconds, language)))
    if funnel.may_go_on:
        parts.append(say("may-go-on", language, n=decimal(funnel.may_go_on, language)))
    elif funnel.open_entries and funnel.within is not None:
        parts.append(say("open-entries", language, n=decimal(funnel.open_entries, language)))
    if funnel.excluded:
        parts.append(say("excluded", language, n=decimal(funnel.excluded, language)))
    return "  ·  ".join(parts)


def _step(step: FunnelStep, number: int, names: Mapping[str, str], track: Box, w: _Words) -> Group:
    top = number * HIGH
    name = words(names.get(step.step, step.step), MARGIN, top + 7, STRONG, room=track.x - MARGIN - 16, most=2)
    done = w.done.get(step.step, "")
    under = top + 8 + tall(name)
    more = (words(done, MARGIN, under, NOTE, room=track.x - MARGIN - 16, most=3 - len(name.lines)),) if done else ()
    value = step.share.value or 0.0
    low, high = step.share.low or value, step.share.high or value
    bars: list[Element] = [
        Box(track.x, top + 4, track.width, 30, "panel"),
        Box(track.x, top + 4, track.width * high, 30, "band"),
        Box(track.x, top + 4, track.width * low, 30, "measured"),
    ]
    if step.people:
        bars.append(Line(track.x + 1, top + 4, track.x + 1, top + 34, "measured", 2))
    right = track.x + track.width + 14
    room = 230.0
    shared = percent(value, w.language) if step.share.value is not None else "–"
    big = one_line(f"{w.count(step.people)} · {shared}", right, top + 3, STRONG, room=room)
    within = between(step.share.low, step.share.high, "share", w.language) if number else ""
    told = " · ".join(filter(None, (within, cases(step.share.n, w.language)))) if step.share.n else ""
    note = one_line(told, right, top + 19, NOTE, room=room)
    on = _onward(step, w) if number else ""
    link = (one_line(on, track.x, top - 19, NOTE, room=track.width),) if on else ()
    heard = f"{names.get(step.step, step.step)}: {w.count(step.people)}, {estimated(step.share, 'share', w.language)}"
    heard += f". {say('action', w.language)}: {done}" if done else ""
    return Group("bar", (name, *more, *bars, big, note, *link), step.step, f"{heard}. {on}".strip(), focus=True)


def _onward(step: FunnelStep, w: _Words) -> str:
    """What happens between the step before and this one: who goes on, how long it takes."""
    parts = []
    if step.optional and step.from_previous.value is not None:
        parts.append(say("met-optional", w.language, share=estimated(step.from_previous, "share", w.language)))
    elif step.from_previous.value is not None:
        lost = 1 - step.from_previous.value
        parts.append("↓ " + say("onward", w.language, share=estimated(step.from_previous, "share", w.language)))
        if lost > 0:
            parts.append(say("lost-so-far" if w.so_far else "lost", w.language, share=percent(lost, w.language)))
    if step.median_seconds is not None:
        parts.append(say("median", w.language, time=duration(step.median_seconds, w.language)))
    return "  ·  ".join(parts)


def _table(funnel: Funnel, names: Mapping[str, str], language: Language, unit: str, done: Mapping[str, str]) -> Table:
    over = "journeys-over" if funnel.within is None and funnel.open_entries else "mature"
    keys = ("step", f"{unit}-head", over, "of-first", "of-previous", "time-head", "p90-head")
    header = [say(key, language) for key in keys]
    rows = _rows(funnel.steps, names, language)
    if not funnel.groups and done:
        header.append(say("action", language))
        rows = [(*row, done.get(step.step, "")) for row, step in zip(rows, funnel.steps, strict=True)]
    if not funnel.groups:
        return table(say("funnel", language), header, rows)
    # The steps of a group are a table, not a picture: bars within bars tell nobody which is larger.
    header = [say("group", language), *header, *(head.text(language) for head in funnel_waits.HEADS)]
    whole = [funnel_waits.cells(funnel.to_convert, language) if row is rows[-1] else ("", "") for row in rows]
    grouped = [("", *row, *took) for row, took in zip(rows, whole, strict=True)]
    for group in funnel.groups:
        called = funnel_waits.called(group.value, group.kind, names, language)
        listed = _rows(group.steps, names, language)
        grouped += [(called, *row, "", "") for row in listed[:-1]]
        grouped += [(called, *row, *funnel_waits.cells(group.to_convert, language)) for row in listed[-1:]]
    return table(say("funnel", language), header, grouped)


def _rows(steps: Sequence[FunnelStep], names: Mapping[str, str], language: Language) -> list[tuple[str, ...]]:
    return [
        (
            names.get(step.step, step.step),
            decimal(step.people, language),
            decimal(step.mature, language),
            estimated(step.share, "share", language),
            estimated(step.from_previous, "share", language) if number else "",
            duration(step.median_seconds, language) if step.median_seconds is not None and number else "",
            duration(step.p90_seconds, language) if step.p90_seconds is not None and number else "",
        )
        for number, step in enumerate(steps)
    ]
