"""The channel mix as a picture: per place the journeys that use each channel, drawn on the map or not."""

from __future__ import annotations

from collections.abc import Mapping

from klantreis.analyses.channel_mix import FIRST, WHOLE, ChannelMix, Spot, Used
from klantreis.filled import filled
from klantreis.labels import Label, Language
from klantreis.map.model import JourneyMap
from klantreis.scenes.frame import MARGIN, framed, nothing
from klantreis.scenes.model import Box, Element, Group, Line, Mark, Scene
from klantreis.scenes.names import channel_names, names_of
from klantreis.scenes.numbers import cases, decimal, estimated
from klantreis.scenes.pen import NOTE, SECTION, STRONG, one_line, tall, words
from klantreis.scenes.table import Table, table
from klantreis.scenes.words import say

MOST = 8
TITLE = Label("Welke kanalen gebruiken klanten echt?", "Which channels do customers really use?")
UNDER = Label(
    "Aandeel van de klantreizen dat een kanaal gebruikt, per plek", "Share of journeys that use a channel, by place"
)
PLACES: Mapping[str, Label] = {
    WHOLE: Label("Hele reis", "Whole journey"),
    FIRST: Label("Eerste contact", "First touch"),
}
VERDICTS: Mapping[str, Label] = {
    "seen_only": Label("niet getekend", "not drawn"),
    "drawn_only": Label("getekend, niet gezien", "drawn, not seen"),
    "unmeasured": Label("getekend, niet te zien", "drawn, cannot be seen"),
}
STRANGE = Label(
    "Geen van de kanalen op de kaart komt in de gegevens voor: die noemen iets anders een kanaal.",
    "None of the channels on the map occurs in the data: it calls something else a channel.",
)
NAMELESS = Label("{n} contacten hebben geen kanaal", "{n} touches have no channel")
MORE = Label("+ {n} meer, in de tabel", "+ {n} more, in the table")
HEADS = (
    Label("Plek", "Place"), Label("Segment", "Segment"), Label("Kanaal", "Channel"),
    Label("Reizen die het gebruiken", "Journeys that use it"), Label("Contacten", "Touches"),
    Label("Aandeel van de contacten", "Share of touches"), Label("Kaart", "Map"),
)  # fmt: skip
DRAWN = Label("getekend", "drawn")


def channels_scene(
    result: ChannelMix, *, language: Language, map_: JourneyMap | None = None, width: float = 960
) -> Scene:
    """Returns a block per place with a bar per channel; the pale end of a bar is its 95 % interval.

    Places without a touch are left out; without any it says that nothing was measured. Segments stand in the table.
    """
    names = _names(map_, language)
    rows, title = _table(result, names, language), TITLE.text(language)
    shown = [spot for spot in result.spots if spot.segment is None and spot.touches]
    if not shown:
        return nothing("channels", title, say("nothing", language), width=width, table=rows, language=language)
    mapped = any(one.drawn != "no" for spot in result.spots for one in spot.channels) and bool(result.recognised)
    body: list[Element] = []
    y = 0.0
    for spot in shown:
        block, y = _block(spot, y, (width, mapped), names, language)
        body.append(block)
    notes = [say("pale-is-interval", language)]
    if result.nameless:
        notes.append(filled(NAMELESS.text(language), n=decimal(result.nameless, language)))
    if not mapped and map_ is not None:
        notes.append(STRANGE.text(language))
    return framed(
        "channels", title, UNDER.text(language), body, size=(width, y), table=rows, language=language,
        about=result.about, notes=notes,
    )  # fmt: skip


def _names(map_: JourneyMap | None, language: Language) -> Mapping[str, str]:
    """Returns the words for places, segments and channels; a channel that is not on the map keeps the data's word."""
    found = {place: label.text(language) for place, label in PLACES.items()}
    if map_ is None:
        return found
    channels = {f"channel {id_}": word for id_, word in channel_names(map_, language).items()}
    return {**names_of(map_, language), **found, **channels}


def _block(
    spot: Spot, top: float, frame: tuple[float, bool], names: Mapping[str, str], language: Language
) -> tuple[Group, float]:
    width = frame[0]
    head = f"{names.get(spot.place, spot.place)} ({cases(spot.journeys, language)})"
    title = words(head, MARGIN, top, SECTION, room=width - 2 * MARGIN, most=2)
    parts: list[Element] = [title]
    y = top + tall(title) + 4
    for used in spot.channels[:MOST]:
        part, y = _bar(used, y, frame, names.get(f"channel {used.channel}", used.channel), language)
        parts.append(part)
    if len(spot.channels) > MOST:
        parts.append(one_line(filled(MORE.text(language), n=len(spot.channels) - MOST), MARGIN, y, NOTE))
        y += 18
    return Group("place", tuple(parts), spot.place, head), y + 14


def _bar(used: Used, top: float, frame: tuple[float, bool], name: str, language: Language) -> tuple[Group, float]:
    width, mapped = frame
    narrow = width < 560
    named, told = min(200.0, width * 0.32), 0.0 if narrow else min(330.0, width * 0.36)
    text = words(name, MARGIN, top + 2, STRONG, room=named - 12, most=2)
    x, long = MARGIN + named, width - 2 * MARGIN - named - told
    value, low, high = used.reach.value or 0.0, used.reach.low or 0.0, used.reach.high or 0.0
    parts: list[Element] = [text, Box(x, top + 3, long, 14, "panel")]
    if used.touches:
        parts += [Box(x, top + 3, long * high, 14, "band"), Box(x, top + 3, long * low, 14, "measured")]
        parts.append(Line(x + long * value, top + 2, x + long * value, top + 18, "ink", 1.4))
    verdict = VERDICTS[used.verdict].text(language) if mapped and used.verdict != "both" else ""
    shown = estimated(used.reach, "share", language) if used.touches else "–"
    where, right = (top + 20, x) if narrow else (top + 2, x + long + 12)
    if verdict:
        parts.append(Mark("cross" if used.verdict == "seen_only" else "dash", right + 5, where + 8, 9, "problem"))
    said = " · ".join(part for part in (shown, verdict) if part)
    parts.append(one_line(said, right + (15 if verdict else 0), where, NOTE, room=width - MARGIN - right - 15))
    heard = ". ".join(part for part in (f"{name}: {shown}", verdict) if part)
    return Group("bar", tuple(parts), used.channel, heard), top + max(tall(text) + 8, 40.0 if narrow else 25.0)


def _table(result: ChannelMix, names: Mapping[str, str], language: Language) -> Table:
    rows = [
        (
            names.get(spot.place, spot.place),
            names.get(spot.segment, spot.segment) if spot.segment else "",
            names.get(f"channel {one.channel}", one.channel),
            estimated(one.reach, "share", language),
            decimal(one.touches, language),
            estimated(one.share, "share", language),
            DRAWN.text(language) if one.verdict == "both" else VERDICTS[one.verdict].text(language),
        )
        for spot in result.spots
        for one in spot.channels
    ]
    return table(TITLE.text(language), [head.text(language) for head in HEADS], rows)
