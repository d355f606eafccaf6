"""The feelings of a persona apart, in general or in one scenario: which can be chosen, and one that is put in the text.

Who has feelings by scenario has none in general, as the map format has it; which of the two is written in the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from klantreis.documents.edit import edited, node_at
from klantreis.documents.order import removed
from klantreis.editor.change import Change, assumed, called, home, score, spot_at, spots
from klantreis.editor.words import both, feeling
from klantreis.errors import OptionError
from klantreis.labels import LANGUAGES, Label, Language
from klantreis.map.model import JourneyMap, Step
from klantreis.map.read import map_of
from klantreis.map.read_feelings import EVERYONE


@dataclass(frozen=True, slots=True)
class Own:
    """One feeling apart that a step has or may have: of a persona, of everybody in a scenario, or of both."""

    persona: str
    scenario: str
    value: float | None

    def label(self, map_: JourneyMap) -> Label:
        """Returns whose it is: 'Lisa', 'Lisa in 'Zo gaat het echt''."""
        who = next((called(one) for one in map_.personas if one.id == self.persona), both("everybody"))
        way = next((called(one) for one in map_.scenarios if one.id == self.scenario), None)
        return who if way is None else both("in-way", who=who, way=way)


def owned(map_: JourneyMap, step: Step) -> tuple[Own, ...]:
    """Returns the feelings apart to choose at a step: those it has, and one for each persona that has none.

    A map of one persona, whose feelings are everybody's, has only those that are written.
    """
    return tuple(_owned(map_, step))


def _owned(map_: JourneyMap, step: Step) -> Iterator[Own]:
    for persona in (None, *(one.id for one in map_.personas)):
        said = [one for one in step.feels if one.persona == persona]
        yield from (Own(persona or EVERYONE, one.scenario or "", one.value) for one in said)
        if persona is not None and not said and len(map_.personas) > 1:
            yield Own(persona, "", None)


def felt(text: str, change: Change, language: Language) -> tuple[str, Label, str]:
    """Returns the text with a feeling of a persona, or without it when it is emptied; what changed, and the step.

    Raises OptionError for one that the step cannot hold, and for a score that is none of the five.
    """
    map_ = map_of(text)
    spot = spot_at(spots(map_), change.step)
    asked = change.given.get("persona", ""), change.given.get("scenario", "")
    own = next((one for one in owned(map_, spot.step) if (one.persona, one.scenario) == asked), None)
    if own is None or not spot.written:
        raise OptionError(both("no-own"), mend=both("no-own-how"))
    value = score(change.given.get("own", ""))
    if value == own.value:
        return text, Label(), change.step
    path = home(text, spot)
    inside = (*path, "feel", *filter(None, asked))
    if value is None:
        held = node_at(text, inside[:-1])
        alone = bool(asked[1]) and held is not None and len(held.entries) == 1
        new = removed(text, inside[:-1] if alone else inside)
    else:
        old = node_at(text, (*path, "feel"))
        if old is None or old.kind != "mapping":
            usual = {} if spot.step.feel is None else {EVERYONE: _number(spot.step.feel)}
            text = edited(text, (*path, "feel"), usual | {asked[0]: value})
        new = edited(text, inside, value)
    new = assumed(new, path, spot.step, "feel")
    map_of(new)
    said = Label(*(feeling(value, one) for one in LANGUAGES)) if value is not None else both("emptied")
    return new, both("felt", who=own.label(map_), step=called(spot.step), value=said), change.step


def _number(value: float) -> float:
    return int(value) if value == int(value) else value
