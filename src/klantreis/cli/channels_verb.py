"""`klantreis channels`: which channels people use, beside the ones that the map draws."""

from __future__ import annotations

from collections.abc import Mapping

from klantreis.analyses.channel_mix import FIRST, WHOLE, ChannelMix, Spot
from klantreis.cli import figures, speak
from klantreis.cli.asking import Answer, Asked, asks
from klantreis.labels import Label, Language
from klantreis.scenes.names import channel_names
from klantreis.verbs.channels import channels

PLACES: Mapping[str, Label] = {
    WHOLE: Label("Hele reis", "Whole journey"),
    FIRST: Label("Eerste contact", "First touch"),
}
HEADS: Mapping[str, Label] = {
    "channel": Label("kanaal", "channel"),
    "touches": Label("contacten", "touches"),
    "share": Label("aandeel", "share"),
    "reach": Label("reizen die het gebruiken", "journeys that use it"),
    "map": Label("kaart", "map"),
}
VERDICTS: Mapping[str, Label] = {
    "both": Label("getekend", "drawn"),
    "drawn_only": Label("getekend, niet gezien", "drawn, not seen"),
    "seen_only": Label("niet getekend", "not drawn"),
    "unmeasured": Label("getekend, niet te zien", "drawn, cannot be seen"),
}
STRANGE = Label(
    "Geen van de kanalen op de kaart komt in de gegevens voor: die noemen iets anders een kanaal.",
    "None of the channels on the map occurs in the data: it calls something else a channel.",
)
NAMELESS = Label("{} contacten hebben geen kanaal in de gegevens.", "{} touches have no channel in the data.")


@asks
def run(asked: Asked) -> Answer:
    """Which channels people use, per phase and segment, beside the ones that the map draws.

    Example: klantreis channels --map ring-kopen
    """

    def shown(result: ChannelMix, said: Language, names: Mapping[str, str]) -> None:
        show(result, said, names, channel_names(asked.map, said))

    return Answer(channels(asked.data, map_=asked.map), shown)


def show(result: ChannelMix, said: Language, names: Mapping[str, str], called: Mapping[str, str] | None = None) -> None:
    """Prints a table per place, then the whole journey of each segment; `called`: the words of channels."""
    mapped = any(one.drawn != "no" for spot in result.spots for one in spot.channels)
    for spot in result.spots:
        if spot.segment is None or spot.place == WHOLE:
            speak.table(_rows(spot, said, mapped, called or {}), said, title=_title(spot, said, names))
    notes = [NAMELESS.text(said).format(figures.number(result.nameless, said))] if result.nameless else []
    if mapped and not result.recognised:
        notes.append(STRANGE.text(said))
    speak.say(" ".join(notes), style="dim")


def _title(spot: Spot, said: Language, names: Mapping[str, str]) -> str:
    place = PLACES[spot.place].text(said) if spot.place in PLACES else names.get(spot.place, spot.place)
    whose = f" · {names.get(spot.segment, spot.segment)}" if spot.segment else ""
    return f"{place}{whose} (n = {figures.number(spot.journeys, said)})"


def _rows(spot: Spot, said: Language, mapped: bool, called: Mapping[str, str]) -> list[dict[str, object]]:
    rows = []
    for one in spot.channels:
        row: dict[str, object] = {
            HEADS["channel"].text(said): called.get(one.channel, one.channel),
            HEADS["touches"].text(said): one.touches,
            HEADS["share"].text(said): figures.percent(one.share, said),
            HEADS["reach"].text(said): figures.percent(one.reach, said),
        }
        rows.append(row | ({HEADS["map"].text(said): VERDICTS[one.verdict].text(said)} if mapped else {}))
    return rows
