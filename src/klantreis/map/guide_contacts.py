"""Asks for the touchpoints of a map: a pasted list, with channel and phase when a line says so, or from the library."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from klantreis.labels import Label, Language
from klantreis.map.contact import Touchpoint
from klantreis.map.guide import GuideStep
from klantreis.map.guide_ask import Asker, Change, choice, slug
from klantreis.map.library import library, written
from klantreis.map.model import JourneyMap


def contacts(map_: JourneyMap, step: GuideStep, ask: Asker) -> Iterator[Change]:
    """Yields an edit for each line: 'name', 'name | channel' or 'name | channel | phase'; '?' lists the library.

    Lines that name no phase of the map go to one that is asked for, once.
    """
    lines = [_parts(line) for line in _asked(ask)]
    if not lines:
        return
    phases = _phases(map_)
    for unknown in dict.fromkeys(home for _, _, home in lines if home and home.casefold() not in phases):
        ask.say(Label(f"'{unknown}' is geen fase van deze kaart.", f"'{unknown}' is no phase of this map."))
    usual = ""
    if any(home.casefold() not in phases for name, _, home in lines if name):
        empty = next((gap.id for gap in step.missing if gap.id), map_.phases[0].id)
        names = {phase.id: phase.label for phase in map_.phases}
        usual = choice(ask, Label("In welke fase?", "In which phase?"), names, empty)
    taken = [touch.id for touch in map_.touchpoints] + [one.id for _, one in map_.steps()]
    taken += [phase.id for phase in map_.phases]
    for name, channel, home in lines:
        if name:
            id_ = slug(name, taken)
            taken.append(id_)
            known = _known(name)
            via = slug(channel) if channel else None
            ready = written(known) if known is not None else {"label": name}
            value = {**ready, "phase": phases.get(home.casefold(), usual), "channel": via or ready.get("channel")}
            yield ("touchpoints", id_), {key: part for key, part in value.items() if part}


def _asked(ask: Asker) -> Sequence[str]:
    """The lines; after a question mark alone, once more with the library before one's eyes."""
    question = Label(
        "Plak of typ de contactmomenten, één per regel; 'naam | kanaal | fase' mag ook. Met ? zie je een lijst.",
        "Paste or type the touchpoints, one a line; 'name | channel | phase' works too. With ? you see a list.",
    )
    lines = ask.many(question)
    if [line.strip() for line in lines] != ["?"]:
        return lines
    ask.say(Label(_listed("nl"), _listed("en")))
    return [line for line in ask.many(question) if line.strip() != "?"]


def _listed(language: Language) -> str:
    return "\n".join(f"{one.label.text(language)} | {one.channel}" for one in library())


def _parts(line: str) -> tuple[str, str, str]:
    """Name, channel and phase of a line; the name may hold a mark of a list."""
    name, channel, home, *_ = (*(part.strip() for part in line.strip(" \t-*•").split("|")), "", "")
    return name, channel, home


def _phases(map_: JourneyMap) -> Mapping[str, str]:
    """The id of each phase by its id and its names, in small letters."""
    found: dict[str, str] = {}
    for phase in map_.phases:
        for word in (phase.label.text("en"), phase.label.text("nl"), phase.id):
            if word:
                found[word.casefold()] = phase.id
    return found


def _known(name: str) -> Touchpoint | None:
    """The touchpoint of the library with this id or name; None when it has none."""
    words = {name.casefold(), slug(name)}
    return next((one for one in library() if words & {one.id, *(_folded(one.label))}), None)


def _folded(label: Label) -> tuple[str, str]:
    return label.text("nl").casefold(), label.text("en").casefold()
