"""Phases of a journey map with their counts, and the stream of journeys that thins from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from klantreis.analyses.funnel import FunnelStep
from klantreis.map.model import Phase
from klantreis.scenes.journey.grid import PAD, Grid, Span
from klantreis.scenes.journey.marked import BADGE, badge, framed, kinds_at, struck
from klantreis.scenes.journey.present import moment, present
from klantreis.scenes.journey.row import Row
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.model import Area, Box, Command, Element, Group, Path
from klantreis.scenes.numbers import between, cases, decimal, estimated, percent
from klantreis.scenes.pen import NOTE, NOTE_STRONG, SECTION, bounds, one_line, tall, words
from klantreis.scenes.text import width

_Stretch = tuple[Phase, Span, FunnelStep]

LEAD = 16.0
"""From one line about the people in a phase to the next."""
THICK, THIN = 34.0, 3.0
"""Height of the stream when all are there, and the least it has when anybody is, so that few stay visible."""


def phases(sheet: Sheet, grid: Grid) -> Row:
    """Returns the row of phase headers: name, journeys, share of all that entered."""
    steps = reached(sheet)
    names = [
        words(sheet.text(phase.label) or phase.id, span.x + PAD, 6, SECTION, room=span.width - 2 * PAD, most=3)
        for phase, span in grid.phases
    ]
    lines = max((tall(name) for name in names), default=19.0)
    changed = any(kinds_at(sheet, ("phase", phase.id)) for phase in sheet.map.phases)
    people = {phase.id: present(sheet, phase) for phase in sheet.map.phases}
    more = LEAD * max((len(said) for said in people.values()), default=0)
    high = lines + 12 + (17 if steps else 0) + more + (BADGE if changed else 0)
    groups: list[Element] = []
    for (phase, span), name in zip(grid.phases, names, strict=True):
        kinds = kinds_at(sheet, ("phase", phase.id))
        box = Box(span.x + 1.5, 0, span.width - 3, high, "phase")
        mark = badge(sheet, kinds, span.x + PAD, high - BADGE - 1, span.width - 2 * PAD)
        children: list[Element] = [framed(kinds, box), *struck(kinds, name), *([mark] if mark else [])]
        step = steps.get(phase.id)
        if step:
            children.append(
                one_line(_count(sheet, step, span), span.x + PAD, 6 + lines, NOTE, room=span.width - 2 * PAD)
            )
        top = 6 + lines + (17 if steps else 0)
        for number, one in enumerate(people[phase.id]):
            room = span.width - 2 * PAD
            ink = NOTE_STRONG.as_("ink") if number == 0 else NOTE
            children.append(one_line(one.fitting(room), span.x + PAD, top + LEAD * number, ink, room=room))
        told = ". ".join((_long(sheet, step), *(one.heard for one in people[phase.id])))
        said = sheet.say("heard-phase", phase=sheet.text(phase.label), count=told)
        groups.append(Group("phase", tuple(children), phase.id, said, focus=True, detail=sheet.text(phase.goal)))
    note = moment(sheet)
    return Row("phases", high, tuple(groups), sheet.say("phase") if note else "", note, rule=False)


def reached(sheet: Sheet) -> dict[str, FunnelStep]:
    """Returns the funnel's step per phase; empty when nothing was measured."""
    return {step.step: step for step in sheet.results.funnel.steps} if sheet.results else {}


def may_go_on(sheet: Sheet) -> int:
    """Returns how many journeys may still get further, when the map has no window; the shares are so far then."""
    return sheet.results.funnel.may_go_on if sheet.results else 0


def _long(sheet: Sheet, step: FunnelStep | None) -> str:
    if step is None:
        return sheet.say("unmeasured")
    return f"{sheet.say('journeys', n=decimal(step.people, sheet.language))}, {_share(sheet, step)}"


def _count(sheet: Sheet, step: FunnelStep, span: Span) -> str:
    """How many, in the words that fit: '9.120 reizen · 38%', else '9.120 · 38%'."""
    share = _share(sheet, step)
    n = decimal(step.people, sheet.language)
    counted = sheet.say("one-journey") if step.people == 1 else sheet.say("journeys", n=n)
    whole = f"{counted} · {share}" if share else counted
    return whole if width(whole, NOTE.style) <= span.width - 2 * PAD else f"{n} · {share}".rstrip(" ·")


def _share(sheet: Sheet, step: FunnelStep) -> str:
    return percent(step.share.value, sheet.language) if step.share.value is not None else ""


def stream(sheet: Sheet, grid: Grid) -> Row | None:
    """Returns the stream with the share that goes on at each border; None when nothing was measured or one phase."""
    steps = reached(sheet)
    known = [(phase, span, steps[phase.id]) for phase, span in grid.phases if phase.id in steps]
    most = max((step.people for _, _, step in known), default=0)
    if len(known) < 2 or most == 0:
        return None
    middle = 8 + THICK / 2
    shapes: list[Element] = []
    labels: list[Element] = []
    heights = [_height(step.people, most) for _, _, step in known]
    for spot, ((one, other), (high, next_high)) in enumerate(zip(pairwise(known), pairwise(heights), strict=True)):
        if next_high < high:
            shapes.append(Area(_leaving(other[1], high, next_high, middle), "left"))
        shapes.append(Area(_flow(one[1], middle, high, next_high), "stream"))
        labels.append(_onward(sheet, other[1].x, other[2], _room(known, spot), _names(sheet, one[0], other[0])))
    last = known[-1][1]
    shapes.append(Box(last.x, middle - heights[-1] / 2, last.width, heights[-1], "stream" if heights[-1] else None))
    low = max((bounds(label).bottom for label in labels), default=0.0)
    going = may_go_on(sheet)
    note = sheet.say("stream-note-so-far", n=decimal(going, sheet.language)) if going else sheet.say("stream-note")
    return Row("stream", low + 4, (*shapes, *labels), sheet.say("stream"), note, rule=False)


def _height(people: int, most: int) -> float:
    return max(THIN, THICK * people / most) if people else 0.0


def _flow(span: Span, middle: float, high: float, next_high: float) -> Path:
    """One phase's part of the stream, that narrows (or widens) to the next one's just before the border."""
    bend = min(26.0, span.width / 3)
    start, end = span.right - bend, span.right
    up, down, up2, down2 = middle - high / 2, middle + high / 2, middle - next_high / 2, middle + next_high / 2
    half = (start + end) / 2
    return (
        ("M", (span.x, up)),
        ("L", (start, up)),
        ("C", (half, up, half, up2, end, up2)),
        ("L", (end, down2)),
        ("C", (half, down2, half, down, start, down)),
        ("L", (span.x, down)),
        ("Z", ()),
    )


def _leaving(span: Span, high: float, next_high: float, middle: float) -> Path:
    """Those who leave at a border: a pale wedge on both sides of the stream that runs out in the next phase."""
    reach = span.x + min(46.0, span.width / 2)
    back = span.x - 26
    path: list[tuple[Command, tuple[float, ...]]] = []
    for side in (-1, 1):
        outer, inner = middle + side * high / 2, middle + side * next_high / 2
        path += [
            ("M", (back, outer)),
            ("L", (span.x, outer)),
            ("C", ((span.x + reach) / 2, outer, (span.x + reach) / 2, inner, reach, inner)),
            ("L", (back, inner)),
            ("Z", ()),
        ]
    return tuple(path)


def _room(known: Sequence[_Stretch], spot: int) -> float:
    """How wide a label centred on border `spot` may be: half of each neighbour, all of it at the ends."""
    before, after = known[spot][1].width, known[spot + 1][1].width
    left = before if spot == 0 else before / 2
    right = after if spot + 2 == len(known) else after / 2
    return 2 * min(left, right) - 8


def _names(sheet: Sheet, one: Phase, other: Phase) -> tuple[str, str]:
    return sheet.text(one.label) or one.id, sheet.text(other.label) or other.id


def _onward(sheet: Sheet, x: float, step: FunnelStep, room: float, names: tuple[str, str]) -> Group:
    """The share that goes on, with interval and n, centred on the border, in as many lines as there is room for."""
    share = step.from_previous
    top = 8 + THICK + 5
    if share.value is None:
        return Group("onward", (one_line("–", x, top, NOTE_STRONG, anchor="middle"),))
    first = sheet.say("onward-so-far" if may_go_on(sheet) else "onward", share=percent(share.value, sheet.language))
    if width(first, NOTE_STRONG.style) > room:
        first = percent(share.value, sheet.language)
    within, n = between(share.low, share.high, "share", sheet.language), cases(share.n, sheet.language)
    both = f"{within} · {n}".lstrip(" ·")
    lines = (both,) if width(both, NOTE.style) <= room else (within, n)
    value = estimated(share, "share", sheet.language, sheet.currency)
    value = sheet.say("funnel-so-far", share=value) if may_go_on(sheet) else value
    heard = sheet.say("heard-onward", one=names[0], other=names[1], value=value)
    texts = [one_line(first, x, top, NOTE_STRONG.as_("ink"), room=room, anchor="middle")]
    texts += [
        one_line(line, x, top + 14 * row, NOTE, room=room, anchor="middle") for row, line in enumerate(lines, start=1)
    ]
    return Group("onward", tuple(texts), step.step, heard)
