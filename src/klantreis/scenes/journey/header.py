"""The head of a journey map: its name, for whom and when, how much of it is known, and where to look first."""

from __future__ import annotations

from klantreis.findings import Finding
from klantreis.map.beside import above
from klantreis.map.certainty import unconfirmed
from klantreis.scenes.journey.grid import MARGIN
from klantreis.scenes.journey.ground import Ground, ground_of
from klantreis.scenes.journey.guess import Guess, guesses
from klantreis.scenes.journey.personas import personas
from klantreis.scenes.journey.row import Row
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.model import Box, Element, Group, Role
from klantreis.scenes.numbers import decimal, local, measured, money, percent, period
from klantreis.scenes.pen import BODY, NOTE, NOTE_STRONG, SECTION, STRONG, TITLE, Ink, bounds, one_line, tall, words
from klantreis.scenes.text import width
from klantreis.scenes.words import named

SUBTITLE = Ink(13, 400, "muted", leading=19)
TOP = 22.0
LEAST_BESIDE = 150.0
"""Where less room than this is left beside the bar of the evidence, its words stand under it."""


def header(sheet: Sheet, wide: float) -> Row:
    """Returns the head of a sheet `wide` pixels wide."""
    panel_width = min(660.0, max(420.0, wide * 0.4))
    room = wide - 2 * MARGIN - panel_width - 32
    title = words(sheet.text(sheet.map.title) or sheet.say("no-title"), MARGIN, TOP - 6, TITLE, room=room, most=2)
    below = TOP - 6 + tall(title) + 2
    who = _persona(sheet)
    told = [part for part in subtitle(sheet) if part != who or not sheet.density.cards]
    under = words("  ·  ".join(told), MARGIN, below, SUBTITLE, room=room, most=3)
    back = _back(sheet, below + tall(under), room)
    cards, low = personas(sheet, below + tall(under) + 8 + (19 if back else 0), room)
    bar_top = low + (12 if cards else 0)
    bar = _ground(sheet, bar_top, room)
    panel, panel_bottom = _first(sheet, wide - MARGIN - panel_width, panel_width)
    bottom = max(bar_top + 18, panel_bottom, *(bounds(element).bottom for element in bar))
    return Row("header", bottom + 14, (title, under, *back, *cards, *bar, *panel), rule=False)


def _back(sheet: Sheet, top: float, room: float) -> tuple[Group, ...]:
    """The map and step that open this one, as a way back; () when none does."""
    found = above(sheet.map, sheet.around)
    if found is None:
        return ()
    id_, other = found
    name = " › ".join(filter(None, (sheet.text(other.title) or id_, sheet.text(other.said))))
    text = sheet.say("part-of", map=name)
    told = one_line(text, MARGIN, top, SUBTITLE.as_("good" if other.file else "muted"), room=room)
    return (Group("back", (told,), id_, text, link=other.file),)


def subtitle(sheet: Sheet) -> list[str]:
    """Returns the parts of the line under the title: persona, type, state, period, how many."""
    parts = [_persona(sheet), named("type", sheet.map.type, sheet.language)]
    parts.append(named("state", sheet.map.state, sheet.language))
    parts += _scope(sheet)
    parts += [sheet.text(one) for one in (sheet.map.seen_as, *sheet.shown)]
    results = sheet.results
    if results is None:
        return [*filter(None, parts), sheet.say("not-measured-yet")]
    about = results.about
    if about.segment:
        names = {segment.id: sheet.text(segment.label) for segment in sheet.map.segments}
        parts.append(sheet.say("segment", name=names.get(about.segment) or about.segment))
    first, last = (
        (about.first if about.since is None else about.since),
        (about.last if about.until is None else about.until),
    )
    if last > 0:
        parts.append(period(local(first, about.time_zone), local(last, about.time_zone), sheet.language))
    return [*filter(None, parts), many(sheet, results.coverage.journeys, results.coverage.people)]


def _scope(sheet: Sheet) -> list[str]:
    """What the journey begins with and ends with, as far as the map says."""
    scope = sheet.map.scope
    ends = (("scope-from", sheet.text(scope.start)), ("scope-to", sheet.text(scope.end)))
    return [sheet.say(key, what=said) for key, said in ends if said]


def many(sheet: Sheet, journeys: int, people: int) -> str:
    """Returns how many journeys of how many persons."""
    one = sheet.say("one-journey") if journeys == 1 else sheet.say("journeys", n=decimal(journeys, sheet.language))
    who = sheet.say("one-person") if people == 1 else sheet.say("people", n=decimal(people, sheet.language))
    return f"{one}, {who}"


def _persona(sheet: Sheet) -> str:
    known = {persona.id: persona for persona in sheet.map.personas}
    chosen = known.get(sheet.persona or "") or (sheet.map.personas[0] if len(known) == 1 else None)
    if chosen is None:
        return ""
    goal = sheet.text(chosen.goal)
    name = sheet.text(chosen.label) or chosen.id
    return f"{name} – {goal[0].lower()}{goal[1:]}" if goal else name


def _ground(sheet: Sheet, top: float, room: float) -> tuple[Element, ...]:
    """The bar that says which part of the map is measured, observed or assumed."""
    ground = ground_of(sheet)
    if not ground.cells:
        return ()
    name = one_line(sheet.say("ground"), MARGIN, top, NOTE_STRONG)
    x = MARGIN + width(sheet.say("ground"), NOTE_STRONG.style) + 10
    parts: list[Element] = []
    shares: tuple[tuple[int, Role, str], ...] = (
        (ground.measured, "measured", "plain"),
        (ground.observed, "observed", "plain"),
        (ground.assumed, "assumed", "hatch"),
    )
    start, long = x, 180.0 if room > 560 else 90.0
    for count, role, pattern in shares:
        wide = long * count / ground.cells
        if count:
            hatch = pattern == "hatch"
            parts.append(
                Box(x, top + 2, wide, 10, None if hatch else role, "strong" if hatch else None, pattern="hatch")
                if hatch
                else Box(x, top + 2, wide, 10, role)
            )
        x += wide
    said, beside = _said(sheet, ground), room - (start + long + 12 - MARGIN)
    if beside < LEAST_BESIDE:
        text = words(said, MARGIN, top + 18, NOTE, room=room)
    else:
        text = words(said, start + long + 12, top, NOTE, room=beside)
    return (Group("ground", (name, *parts, text), id="ground", label=f"{sheet.say('ground')}: {said}"),)


def _said(sheet: Sheet, ground: Ground) -> str:
    def share(count: int) -> str:
        return percent(count / ground.cells, sheet.language)

    shares = sheet.say(
        "ground-shares",
        measured=share(ground.measured),
        observed=share(ground.observed),
        assumed=share(ground.assumed),
        n=decimal(ground.cells, sheet.language),
    )
    left = unconfirmed(sheet.map)
    return f"{shares} · {sheet.say('ground-left', share=percent(left, sheet.language))}" if left else shares


def _first(sheet: Sheet, x: float, wide: float) -> tuple[tuple[Element, ...], float]:
    """The panel with the three findings to look at first, and where it ends."""
    top = TOP - 4
    title = one_line(sheet.say("first"), x + 16, top + 10, SECTION)
    children: list[Element] = [title]
    y = top + 34
    for number, finding in enumerate(sheet.first, start=1):
        group, y = _entry(sheet, finding, number, Box(x + 16, y, wide - 32, 0))
        children.append(group)
    told = guesses(sheet) if sheet.results is None else ()
    for number, guess in enumerate(told, start=1):
        group, y = _guess(sheet, guess, number, Box(x + 16, y, wide - 32, 0))
        children.append(group)
    if told:
        children.append(one_line(sheet.say("first-guess"), x + 16, y + 1, NOTE, room=wide - 32))
        y += 18
    elif not sheet.first:
        empty = sheet.say("first-empty" if sheet.results is None else "first-none")
        note = words(empty, x + 16, y, BODY.as_("muted"), room=wide - 32)
        children.append(note)
        y += tall(note) + 4
    panel = Box(x, top, wide, y + 8 - top, "panel", radius=8)
    return (Group("first", (panel, *children), id="first", label=sheet.say("first")),), panel.y + panel.height


def _entry(sheet: Sheet, finding: Finding, number: int, at: Box) -> tuple[Element, float]:
    title = sheet.text(finding.title)
    value = headline(sheet, finding)
    badge = number_badge(number, at.x + 9, at.y + 9)
    beside = width(title, STRONG.style) + width(value, NOTE.style) + 26 + 18 <= at.width
    name = one_line(title, at.x + 26, at.y, STRONG, room=at.width - 26)
    if beside:
        note = one_line(value, at.x + at.width, at.y + 0.5, NOTE, anchor="end")
    else:
        note = words(value, at.x + 26, at.y + 16, NOTE, room=at.width - 26, most=2)
    label = sheet.say("heard-first", number=str(number), title=title)
    group = Group(
        "finding", (badge, name, note), finding.id, label, focus=True, link=sheet.links.get(finding.id), detail=value
    )
    return group, at.y + (22 if beside else 16 + tall(note) + 5)


def _guess(sheet: Sheet, guess: Guess, number: int, at: Box) -> tuple[Element, float]:
    """One thing that the map itself would look at first: an open circle, as nothing of it was measured."""
    disc = Box(at.x + 0.5, at.y + 0.5, 17, 17, "paper", "assumed", 1.2, radius=8.5)
    figure = one_line(str(number), at.x + 9, at.y + 1.5, NOTE_STRONG, anchor="middle")
    name = one_line(guess.title, at.x + 26, at.y, STRONG, room=at.width - 26)
    note = words(guess.why, at.x + 26, at.y + 16, NOTE, room=at.width - 26, most=1)
    label = sheet.say("heard-guess", number=str(number), title=guess.title)
    group = Group(
        "guess",
        (disc, figure, name, note),
        guess.id,
        label,
        focus=True,
        link=sheet.links.get(guess.id),
        detail=guess.why,
    )
    return group, at.y + 16 + tall(note) + 5


def number_badge(number: int, x: float, y: float) -> Group:
    """Returns the number of a first finding in a filled circle centred on (x, y); it returns on its column."""
    disc = Box(x - 8.5, y - 8.5, 17, 17, "problem", radius=8.5)
    return Group("badge", (disc, one_line(str(number), x, y - 7.5, NOTE_STRONG.as_("on-strong"), anchor="middle")))


def headline(sheet: Sheet, finding: Finding) -> str:
    """Returns a finding's first number with interval and n, how many it touches and what is at stake."""
    parts = []
    for number in finding.evidence[:1]:
        parts.append(f"{sheet.text(number.name)}: {measured(number, sheet.language, sheet.currency)}".lstrip(": "))
    if finding.people:
        parts.append(sheet.say("people", n=decimal(finding.people, sheet.language)))
    elif finding.journeys:
        parts.append(sheet.say("journeys", n=decimal(finding.journeys, sheet.language)))
    if finding.money is not None:
        parts.append(money(finding.money, sheet.currency, sheet.language))
    return "  ·  ".join(parts) or sheet.text(finding.detail)
