"""The lane of touchpoints: which, by which channel, how many people met them, and which are not measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from klantreis.map.channels import channel as known
from klantreis.map.exits import exits
from klantreis.map.model import Touchpoint
from klantreis.scenes.journey.columns import Column
from klantreis.scenes.journey.grid import GAP, PAD, Grid, Span
from klantreis.scenes.journey.ground import seen_people
from klantreis.scenes.journey.marked import BADGE, kinds_at
from klantreis.scenes.journey.marked import badge as marked
from klantreis.scenes.journey.row import Row
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.marks import SHAPES
from klantreis.scenes.model import Element, Group, Mark, Role, Shape, Words
from klantreis.scenes.numbers import decimal
from klantreis.scenes.pen import BODY, NOTE, NOTE_STRONG, one_line, pill, pill_width, tall, words
from klantreis.scenes.words import named
from klantreis.stats.untold import Untold

_UNITS = {86_400.0: "day", 604_800.0: "week", 2_592_000.0: "month", 31_536_000.0: "year"}
MOST = 3
"""How many touchpoints of one column stand apart; the rest are named together."""

_BY_WORD: tuple[tuple[str, Shape], ...] = (
    ("mail", "mail"), ("nieuwsbrief", "mail"), ("letter", "post"), ("brief", "post"), ("post", "post"),
    ("search", "search"), ("zoek", "search"), ("google", "search"), ("phone", "phone"), ("telefoon", "phone"),
    ("sms", "phone"), ("app", "phone"), ("bel", "phone"), ("chat", "chat"), ("whatsapp", "chat"), ("review", "chat"),
    ("social", "social"), ("instagram", "social"), ("facebook", "social"), ("tiktok", "social"), ("ad", "advert"),
    ("adv", "advert"), ("krant", "advert"), ("shop", "shop"), ("store", "shop"), ("winkel", "shop"),
    ("deliver", "box"), ("bezorg", "box"), ("pakket", "box"), ("unbox", "box"), ("pay", "card"), ("betaal", "card"),
    ("qr", "code"), ("code", "code"), ("person", "person"), ("aanbeveling", "person"), ("web", "web"), ("site", "web"),
)  # fmt: skip
_BY_ICON: dict[str | None, Shape] = {
    "email": "mail", "app": "phone", "ads": "advert", "store": "shop", "person": "person", "post": "box",
    "print": "advert", "video": "web", "event": "event", "tools": "shop", "web": "web",
}  # fmt: skip
"""What is drawn for the usual icon of a channel."""

_BY_SETTING: dict[str, Shape] = {"digital": "web", "physical": "shop", "phone": "phone", "post": "post"}


def contact(sheet: Sheet, grid: Grid) -> Row | None:
    """Returns the lane of touchpoints, with where customers leave the map; None when no column has any."""
    ways, last = leaving_at(sheet), seen_last_at(sheet)
    if not ways and not any(column.touchpoints or column.proposed for column in sheet.columns):
        return None
    seen = seen_people(sheet)
    groups: list[Element] = []
    high = 0.0
    for number, (column, span) in enumerate(zip(sheet.columns, grid.columns, strict=True)):
        y = 9.0
        for touch in column.touchpoints[:MOST]:
            group, y = _touch(sheet, _At(span, y, _name(sheet, column, touch)), touch, seen)
            groups.append(group)
        rest = column.touchpoints[MOST:]
        if rest:
            further = _rest(sheet, rest, span, y)
            groups.append(further)
            y += tall(further)
        if column.proposed is not None:
            groups.append(_proposed(sheet, column, span))
            y += 20
        if number in ways:
            count = [last[number]] if number in last else []
            text = "\n".join([*(f"→ {way}" for way in ways[number]), *count])
            told = words(text, span.x + GAP + PAD, y, NOTE, room=span.width - 2 * (GAP + PAD) + 6, most=8)
            heard = f"{sheet.say('leaving')}: {'; '.join([*ways[number], *count])}"
            groups.append(Group("leaving", (told,), f"{column.id}-leaving", heard, link=_opened(sheet, column)))
            y += tall(told) + 3
        high = max(high, y)
    return Row("contact", high + 8, tuple(groups), sheet.say("contact"), _note(sheet, seen))


def _rest(sheet: Sheet, rest: Sequence[Touchpoint], span: Span, top: float) -> Words:
    """The names of further touchpoints; how many there are when their names take over four lines."""
    x, room = span.x + GAP + PAD, span.width - 2 * (GAP + PAD) + 6
    text = "+ " + ", ".join(sheet.text(touch.label) or touch.id for touch in rest)
    named = words(text, x, top, NOTE, room=room, most=5)
    return named if len(named.lines) < 5 else one_line(sheet.say("more", n=str(len(rest))), x, top, NOTE)


def leaving_at(sheet: Sheet) -> dict[int, list[str]]:
    """Returns by column the reasons that scenarios give to leave there, and the map that its step opens."""
    found: dict[int, list[str]] = {}
    for at, (reasons, _) in _exits(sheet).items():
        found[at] = list(reasons)
    for number, column in enumerate(sheet.columns):
        if column.step and column.step.opens:
            other = sheet.around.get(column.step.opens)
            name = sheet.text(other.title) if other else ""
            found.setdefault(number, []).append(sheet.say("opens-map", map=name or column.step.opens))
    return found


def seen_last_at(sheet: Sheet) -> dict[int, str]:
    """Returns by column where scenarios leave how many journeys were seen last there, whatever their reason.

    Of how many is told of one touchpoint only: who was at two of them would count twice.
    """
    nodes = {node.id: node for node in sheet.results.paths.nodes} if sheet.results else {}
    found: dict[int, str] = {}
    for at, (_, lasts) in _exits(sheet).items():
        here = [nodes[id_] for id_ in lasts if id_ in nodes]
        ends, met = _added([node.ends for node in here]), _added([node.journeys for node in here])
        if met and ends is not None:
            counts = {"n": decimal(ends, sheet.language), "all": decimal(met, sheet.language)}
            found[at] = sheet.say("leaving-count" if len(here) == 1 else "leaving-ends", **counts)
    return found


def _added(counts: Sequence[int]) -> int | None:
    """The sum; of one count itself, which may be a bound ('< 10'); None when a bound is among more."""
    if len(counts) == 1:
        return counts[0]
    return None if any(isinstance(count, Untold) for count in counts) else sum(counts)


def _exits(sheet: Sheet) -> dict[int, tuple[dict[str, None], set[str]]]:
    """By column the reasons to leave there, and the touchpoints after which that is."""
    found: dict[int, tuple[dict[str, None], set[str]]] = {}
    for scenario in sheet.map.scenarios:
        for last, reason in exits(scenario.path):
            at = sheet.column_with(last) if last else 0
            if at is None or not sheet.columns:
                continue
            reasons, lasts = found.setdefault(at, ({}, set()))
            reasons[sheet.text(reason) or sheet.say("leaving-unsaid")] = None
            lasts |= {last} if last else set()
    return found


def _opened(sheet: Sheet, column: Column) -> str | None:
    """Where the map is drawn that a column's step opens; None when it was not drawn together with this one."""
    other = sheet.around.get(column.step.opens) if column.step and column.step.opens else None
    return other.file if other else None


def _note(sheet: Sheet, seen: dict[str, int]) -> str:
    if sheet.results is None:
        return ""
    touches = [touch for column in sheet.columns for touch in column.touchpoints]
    done = sum(bool(seen.get(touch.id)) for touch in touches)
    return f"{sheet.say('contact-note')} · {sheet.say('measured-of', done=str(done), all=str(len(touches)))}"


@dataclass(frozen=True, slots=True)
class _At:
    span: Span
    top: float
    name: str


def _touch(sheet: Sheet, at: _At, touch: Touchpoint, seen: dict[str, int]) -> tuple[Group, float]:
    x, room, top, name = at.span.x + GAP + PAD, at.span.width - 2 * (GAP + PAD) + 6, at.top, at.name
    count, badge = _status(sheet, touch, seen)
    drawing = Mark(icon(sheet, touch), x + 6.5, top + 8.5, 13, None, "muted", 1.3)
    children: list[Element] = [] if badge and pill_width(badge) > room - 20 else [drawing]
    y = top + 19
    if badge:
        role: Role = "problem" if badge == sheet.say("dead") else "assumed"
        if pill_width(badge) <= room + 4:
            children.append(pill(badge, x + 20 * len(children) - 1, top, fill=None, role=role, stroke=role))
        else:
            told = words(badge, x, top + 1, NOTE_STRONG.as_(role), room=room, most=2)
            children.append(told)
            y = max(y, top + 4 + tall(told))
    elif count:
        ink = BODY if sheet.results is not None else NOTE
        children.append(one_line(count, x + 20, top, ink, room=room - 20))
    if name:
        text = words(name, x, y, NOTE_STRONG.as_("ink"), room=room, most=3)
        children.append(text)
        y += tall(text)
    limits = bounded(sheet, touch)
    way = counted(sheet, touch, seen) if count else ""
    for line in filter(None, (way, limits)):
        told = words(line, x, y, NOTE, room=room, most=2)
        children.append(told)
        y += tall(told)
    mark = marked(sheet, kinds_at(sheet, ("touchpoint", touch.id)), x, y, room)
    if mark:
        children.append(mark)
        y += BADGE
    met = sheet.say("people", n=count) if count and sheet.results is not None else count or badge
    label = f"{sheet.text(touch.label) or touch.id}: " + ". ".join(filter(None, (met, way, limits)))
    return Group("touchpoint", tuple(children), touch.id, label, link=sheet.links.get(touch.id)), y + 5


def counted(sheet: Sheet, touch: Touchpoint, seen: Mapping[str, int]) -> str:
    """Returns how a contact with a plan was measured, or is going to be: 'measured: QR code'; '' without a plan."""
    if touch.plan is None or touch.plan.how == "none" or sheet.results is None:
        return ""
    word = "plan-done" if seen.get(touch.id) else "plan-open"
    return sheet.say(word, how=named("plan", touch.plan.how, sheet.language))


def bounded(sheet: Sheet, touch: Touchpoint) -> str:
    """Returns how often a touchpoint may come, whether people agree first, and for whom it is; '' when nobody said."""
    parts = []
    if touch.cap is not None:
        unit = _UNITS.get(touch.cap.seconds)
        known = sheet.say("cap", n=str(touch.cap.times), unit=named("per", unit, sheet.language)) if unit else ""
        parts.append(known or sheet.say("cap-other", text=touch.cap.text))
    if touch.consent:
        parts.append(sheet.say("consent"))
    if touch.personas:
        names = {one.id: sheet.text(one.label) or one.id for one in sheet.map.personas}
        parts.append(sheet.say("only-for", who=", ".join(names.get(id_, id_) for id_ in touch.personas)))
    return " · ".join(parts)


def _name(sheet: Sheet, column: Column, touch: Touchpoint) -> str:
    """The touchpoint's name, or its channel when the step box above already says the name of one that is there."""
    name = sheet.text(touch.label) or touch.id
    if touch.planned or name != (sheet.text(column.label) or column.id):
        return name
    channels = {channel.id: sheet.text(channel.label) or channel.id for channel in sheet.map.channels}
    return channels.get(touch.channel or "", touch.channel or "").replace("_", " ")


def _status(sheet: Sheet, touch: Touchpoint, seen: dict[str, int]) -> tuple[str, str]:
    """(text, badge), one of them filled: how many people, how it will be measured, or that it is not."""
    if sheet.results is None and not touch.planned:
        how = "event" if touch.matcher and touch.measurement == "none" else touch.measurement
        return ("", sheet.say("unmeasured")) if how == "none" else (named("measurement", how, sheet.language), "")
    if touch.id in seen and (touch.matcher is not None or seen[touch.id]):
        people = seen[touch.id]
        if people or not touch.planned:
            return (decimal(people, sheet.language), "") if people else ("", sheet.say("dead"))
    return "", sheet.say("planned") if touch.planned else counted(sheet, touch, seen) or sheet.say("unmeasured")


def _proposed(sheet: Sheet, column: Column, span: Span) -> Group:
    assert column.proposed is not None
    x = span.x + GAP + PAD
    people = decimal(column.proposed.people, sheet.language) if column.proposed.people else "–"
    mark = Mark(
        "search" if "zoek" in column.id or "search" in column.id else "event", x + 6.5, 17.5, 13, None, "decision", 1.3
    )
    return Group("touchpoint", (mark, one_line(people, x + 20, 9, BODY)), column.id, sheet.say("people", n=people))


def icon(sheet: Sheet, touch: Touchpoint) -> Shape:
    """Returns the drawing for a touchpoint: its channel's, else by the words it uses, else by its setting.

    On a website that has no icon of its own the words say more: there one pays, searches or writes a review.
    """
    channel = next((channel for channel in sheet.map.channels if channel.id == touch.channel), None)
    if channel is not None and (channel.icon or "") in SHAPES:
        return SHAPES[channel.icon or ""]
    usual = known(touch.channel).icon if touch.channel else None
    if usual in _BY_ICON and usual != "web":
        return _BY_ICON[usual]
    said = f"{touch.channel or ''} {touch.id}".casefold()
    for word, shape in _BY_WORD:
        if any(part.startswith(word) for part in said.replace("_", " ").replace("-", " ").split()):
            return shape
    if usual in _BY_ICON:
        return _BY_ICON[usual]
    return _BY_SETTING.get(touch.setting or "", "web" if touch.matcher else "event")
