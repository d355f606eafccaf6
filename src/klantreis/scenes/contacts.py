"""Contacts as a picture: per touchpoint the share of people who call, chat or write after it."""

from __future__ import annotations

from collections.abc import Mapping

from klantreis.analyses.contacts import Cause, Contacts
from klantreis.filled import filled
from klantreis.labels import Label, Language
from klantreis.map.model import JourneyMap
from klantreis.scenes.frame import MARGIN, framed, nothing
from klantreis.scenes.model import Box, Element, Group, Line, Scene
from klantreis.scenes.names import names_of
from klantreis.scenes.numbers import decimal, duration, estimated, percent
from klantreis.scenes.pen import NOTE, STRONG, one_line, tall, words
from klantreis.scenes.table import Table, table
from klantreis.scenes.words import say

MOST = 15
TITLE = Label("Waarna nemen klanten contact op?", "After what do customers make contact?")
UNDER = Label(
    "Aandeel dat binnen {within} contact opneemt, zonder iets anders ertussen; gewoonlijk {usual}",
    "Share that makes contact within {within}, with nothing else in between; usual is {usual}",
)
USUAL = Label("streep = wat gewoonlijk is", "stroke = what is usual")
AGAIN = Label("opnieuw contact binnen {time}: {share}", "contact again within {time}: {share}")
CHARGED = Label("{n} van {all} contacten hebben zo'n aanleiding", "{n} of {all} contacts have such an occasion")
ALONE = Label("Geen contact volgt ergens op.", "No contact follows anything.")
MORE = Label("+ {n} meer, in de tabel", "+ {n} more, in the table")
HEADS = (
    Label("Na", "After"), Label("Neemt contact op", "Make contact"), Label("Contacten", "Contacts"),
    Label("Welk contact", "Which contact"), Label("Minder halen het doel", "Fewer reach the goal"),
)  # fmt: skip


def contacts_scene(
    result: Contacts, *, language: Language, map_: JourneyMap | None = None, width: float = 960
) -> Scene:
    """Returns a bar per touchpoint, most people first; the pale end of a bar is its 95 % interval.

    No contact, or none that follows anything: it says so.
    """
    names = {} if map_ is None else names_of(map_, language)
    rows, title = _table(result, names, language), TITLE.text(language)
    shown = [one for one in result.causes if one.share.value is not None][:MOST]
    if not shown:
        why = result.why.text(language) or ALONE.text(language)
        return nothing("contacts", title, why, width=width, table=rows, language=language)
    top = max(one.share.high or 0 for one in shown)
    body: list[Element] = []
    y = 0.0
    for one in shown:
        bar, y = _bar(one, y, (width, top, result.usual or 0.0), names, language)
        body.append(bar)
    notes = [say("pale-is-interval", language), USUAL.text(language)]
    n, all_ = decimal(result.charged, language), decimal(result.contacts, language)
    notes.append(filled(CHARGED.text(language), n=n, all=all_))
    if result.again.value is not None:
        time = duration(result.again_seconds, language)
        notes.append(AGAIN.text(language).format(time=time, share=estimated(result.again, "share", language)))
    if len(result.causes) > MOST:
        notes.append(filled(MORE.text(language), n=len(result.causes) - MOST))
    within, usual = duration(result.within_seconds, language), percent(result.usual or 0, language, 1)
    return framed(
        "contacts", title, UNDER.text(language).format(within=within, usual=usual), body, size=(width, y), table=rows,
        language=language, about=result.about, notes=notes,
    )  # fmt: skip


def _bar(
    one: Cause, top: float, frame: tuple[float, float, float], names: Mapping[str, str], language: Language
) -> tuple[Group, float]:
    width, most, usual = frame
    narrow = width < 560
    named, told = (0.0, 0.0) if narrow else (min(240.0, width * 0.3), min(240.0, width * 0.28))
    name = names.get(one.name, one.name)
    text = words(name, MARGIN, top + 2, STRONG, room=width - 2 * MARGIN if narrow else named - 12, most=2)
    x, long = MARGIN + named, width - 2 * MARGIN - named - told
    y = top + tall(text) + 5 if narrow else top + 3
    value, low, high = (long * (end or 0.0) / most for end in (one.share.value, one.share.low, one.share.high))
    more = (one.share.low or 0.0) > usual
    parts: list[Element] = [text, Box(x, y, long, 14, "panel"), Box(x, y, high, 14, "band")]
    parts += [
        Box(x, y, low, 14, "problem" if more else "measured"),
        Line(x + value, y - 1, x + value, y + 15, "ink", 1.4),
    ]
    at = x + min(long, long * usual / most)
    parts.append(Line(at, y - 3, at, y + 17, "muted", 1.2, "dashed"))
    said = estimated(one.share, "share", language)
    spot = (MARGIN, y + 18) if narrow else (x + long + 12, top + 2)
    parts.append(one_line(said, *spot, NOTE, room=width - MARGIN - spot[0]))
    after = spot[1] + 24 if narrow else top + max(tall(text) + 8, 25.0)
    return Group("cause", tuple(parts), f"{one.kind} {one.name}", f"{name}: {said}"), after


def _table(result: Contacts, names: Mapping[str, str], language: Language) -> Table:
    rows = [
        (
            names.get(one.name, one.name),
            estimated(one.share, "share", language),
            decimal(one.contacts, language),
            ", ".join(f"{names.get(to, to)} ({decimal(count, language)})" for to, count in one.to),
            estimated(one.lost, "share", language),
        )
        for one in result.causes
    ]
    return table(TITLE.text(language), [head.text(language) for head in HEADS], rows)
