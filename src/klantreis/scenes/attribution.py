"""Attribution as a picture: per channel what the models give it, and how far they are apart."""

from __future__ import annotations

from collections.abc import Mapping

from klantreis.analyses.attribution import Attribution, Model
from klantreis.analyses.attribution.result import OBSERVATIONAL
from klantreis.filled import filled
from klantreis.labels import Label, Language
from klantreis.map.model import JourneyMap
from klantreis.scenes.frame import MARGIN, framed, nothing
from klantreis.scenes.model import Box, Element, Group, Line, Mark, Scene, Shape
from klantreis.scenes.names import channel_names, names_of
from klantreis.scenes.numbers import between, decimal, estimated, percent
from klantreis.scenes.pen import NOTE, STRONG, one_line, tall, words
from klantreis.scenes.table import Table, table
from klantreis.scenes.text import width as text_width
from klantreis.scenes.words import say

MOST = 14
TITLE = Label("Welke kanalen gaan vooraf aan een conversie?", "Which channels come before a conversion?")
UNDER = Label(
    "{attributed} conversies met een pad van kanalen (van {conversions}), {nulls} paden zonder conversie",
    "{attributed} conversions with a path of channels (of {conversions}), {nulls} paths without a conversion",
)
LOOK_BACK = Label("terugkijkvenster {days} dagen", "look-back {days} days")
RANGE = Label("laagste tot hoogste model", "lowest to highest model")
SPAN = Label("modellen: {low} tot {high}", "models: {low} to {high}")
THICK = Label("dikke lijn = 95%-interval", "thick line = 95% interval")
CHANNEL = Label("Kanaal", "Channel")
MORE = Label("{n} kleinere kanalen staan in de tabel", "{n} smaller channels stand in the table")
MODELS: Mapping[str, Label] = {
    "first": Label("eerste contact", "first touch"),
    "last": Label("laatste contact", "last touch"),
    "linear": Label("gelijk verdeeld", "linear"),
    "position": Label("positie", "position"),
    "time_decay": Label("verval in de tijd", "time decay"),
    "shapley": Label("Shapley", "Shapley"),
    "markov_1": Label("Markov, orde 1", "Markov, order 1"),
    "markov_2": Label("Markov, orde 2", "Markov, order 2"),
    "markov_3": Label("Markov, orde 3", "Markov, order 3"),
}
ONLY_CONVERTING = Label("{model}, alleen converterende paden", "{model}, converting paths only")
MARKS: Mapping[str, Shape] = {"first": "up", "last": "down", "linear": "square", "shapley": "diamond"}
LEADS = ("markov_1", "shapley", "linear")


def attribution_scene(
    result: Attribution, *, language: Language, map_: JourneyMap | None = None, width: float = 960
) -> Scene:
    """Returns a row per channel: the range over all models, four of them marked, the first-order chain with interval.

    Without conversions it says that nothing was measured.
    """
    names = names_in(result, map_, language)
    rows, title = _table(result, names, language), TITLE.text(language)
    lead = next((one for name in LEADS for one in result.models if one.model == name and one.credits), None)
    if lead is None:
        return nothing("attribution", title, say("nothing", language), width=width, table=rows, language=language)
    narrow = width < 560
    named, told = min(190.0, width * 0.3), 0.0 if narrow else min(200.0, width * 0.25)
    track = Box(MARGIN + named, 0, width - 2 * MARGIN - named - told, 26)
    spans = [result.spread(channel) or (0.0, 0.0) for channel in result.channels]
    most = max([*(high for _, high in spans), *(one.share.high or 0.0 for one in lead.credits)]) or 1.0
    body, y = _legend(lead, width, language)
    body += _ticks(track, most, y, language)
    y += 20
    for channel in result.channels[:MOST]:
        group, y = _row(result, (lead, channel), _Room(track, most, y, narrow), names.get(channel, channel), language)
        body.append(group)
    notes = [OBSERVATIONAL.text(language), (result.no_interval or THICK).text(language)]
    if len(result.channels) > MOST:
        notes.insert(0, filled(MORE.text(language), n=len(result.channels) - MOST))
    return framed(
        "attribution", title, _under(result, language), body, size=(width, y), table=rows, language=language,
        about=result.about, notes=[note for note in notes if note],
    )  # fmt: skip


def names_in(result: Attribution, map_: JourneyMap | None, language: Language) -> Mapping[str, str]:
    """Returns what its channels are called: those of the data, or those drawn and the touchpoints that have none."""
    channels = channel_names(map_, language)
    if result.by == "channel":
        return channels
    return {**names_of(map_, language), **(channels if dict(result.rules).get("called") else {})}


class _Room:
    """Where a row stands: its track, the share at the track's end, its top, and whether words go under it."""

    def __init__(self, track: Box, most: float, top: float, narrow: bool) -> None:
        self.track, self.most, self.top, self.narrow = track, most, top, narrow

    def at(self, share: float) -> float:
        """Returns the x of a share."""
        return self.track.x + self.track.width * share / self.most


def _under(result: Attribution, language: Language) -> str:
    counts = {name: decimal(getattr(result, name), language) for name in ("attributed", "conversions", "nulls")}
    parts = [filled(UNDER.text(language), **counts)]
    seconds = dict(result.rules).get("within_seconds")
    if seconds is not None:
        days = seconds / 86_400
        parts.append(filled(LOOK_BACK.text(language), days=decimal(days, language, 0 if days == int(days) else 1)))
    return "  ·  ".join(parts)


def _legend(lead: Model, width: float, language: Language) -> tuple[list[Element], float]:
    listed = [(lead.model, "filled-circle"), *((name, shape) for name, shape in MARKS.items() if name != lead.model)]
    found: list[Element] = []
    x, y = MARGIN, 0.0
    for name, shape in [*listed, ("range", "")]:
        word = RANGE.text(language) if name == "range" else MODELS[name].text(language)
        wide = 18 + text_width(word, NOTE.style) + 16
        if x + wide > width - MARGIN and x > MARGIN:
            x, y = MARGIN, y + 17
        sign = Box(x, y + 3, 14, 9, "stream", radius=2) if name == "range" else _mark(shape, x + 6, y + 7.5)
        found += [sign, one_line(word, x + 18, y, NOTE)]
        x += wide
    return found, y + 26


def _mark(shape: str, x: float, y: float) -> Mark:
    if shape == "filled-circle":
        return Mark("circle", x, y, 10, "measured")
    return Mark(shape, x, y, 10, "paper", "ink")  # type: ignore[arg-type]


def _ticks(track: Box, most: float, top: float, language: Language) -> list[Element]:
    step = next(one for one in (0.01, 0.02, 0.05, 0.1, 0.2, 0.25) if most / one <= 6 or one == 0.25)
    found: list[Element] = []
    for number in range(int(most / step) + 1):
        x = track.x + track.width * number * step / most
        found.append(one_line(percent(number * step, language), x, top, NOTE, anchor="middle" if number else "start"))
    return found


def _row(
    result: Attribution, what: tuple[Model, str], room: _Room, name: str, language: Language
) -> tuple[Group, float]:
    lead, channel = what
    share, (low, high) = lead.share(channel), result.spread(channel) or (0.0, 0.0)
    middle = room.top + 12
    text = words(name, MARGIN, room.top + 3, STRONG, room=room.track.x - MARGIN - 12, most=2)
    parts: list[Element] = [
        text,
        Line(room.track.x, middle, room.track.x + room.track.width, middle, "hairline"),
        Box(room.at(low), middle - 7, max(2.0, room.at(high) - room.at(low)), 14, "stream", radius=3),
    ]
    if share.low is not None and share.high is not None:
        parts.append(Line(room.at(share.low), middle, room.at(share.high), middle, "measured", 3))
    for model, shape in MARKS.items():
        value = next((one for one in result.models if one.model == model), lead).share(channel).value
        if value is not None and model != lead.model:
            parts.append(_mark(shape, room.at(value), middle))
    parts.append(_mark("filled-circle", room.at(share.value or 0.0), middle))
    middle_value = percent(share.value or 0.0, language)
    inside = between(share.low, share.high, "share", language)
    shown = f"{middle_value} ({inside})" if inside else middle_value
    apart = SPAN.text(language).format(low=percent(low, language), high=percent(high, language))
    if room.narrow:
        lines = ((shown, room.top + 22), (apart, room.top + 36))
        told = [one_line(line, room.track.x, top, NOTE, room=room.track.width) for line, top in lines]
    else:
        right = room.track.x + room.track.width + 14
        told = [one_line(shown, right, room.top - 1, STRONG), one_line(apart, right, room.top + 14, NOTE)]
    heard = f"{name}: {MODELS[lead.model].text(language)} {estimated(share, 'share', language)}. {apart}"
    high_ = max(tall(text) + 10, 58.0 if room.narrow else 36.0)
    return Group("channel", (*parts, *told), channel, heard, focus=True), room.top + high_


def _table(result: Attribution, names: Mapping[str, str], language: Language) -> Table:
    used = [one for one in result.models if one.credits]
    heads = [CHANNEL.text(language), *(_name(one, language) for one in used)]
    rows = [
        (names.get(channel, channel), *(estimated(one.share(channel), "share", language) for one in used))
        for channel in (result.channels if used else ())
    ]
    return table(TITLE.text(language), heads, rows)


def _name(model: Model, language: Language) -> str:
    word = MODELS[model.model.removesuffix("_no_null")].text(language)
    return ONLY_CONVERTING.text(language).format(model=word) if model.nulls is False else word
