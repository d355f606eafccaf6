"""`Sketch`: what most formats can hold of a map: its phases and, for each step, what stands in the lanes.

Exporters write a sketch of a map, importers read one, so that there and back again is one and the same thing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from klantreis.labels import Label, Language
from klantreis.map.model import JourneyMap, Step, Touchpoint

_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A barrier of a step: what it is called, its kind and severity in the words of the map format."""

    label: str
    kind: str = "other"
    severity: str = "workaround"


@dataclass(frozen=True, slots=True)
class Contact:
    """A touchpoint of a step: what it is called, and its channel's id ('' when unknown)."""

    label: str
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """One step, all texts in one language; '' and None where nobody said anything. `feel` runs from -2 to +2."""

    phase: str
    id: str
    label: str
    think: str = ""
    expect: str = ""
    feel: float | None = None
    word: str = ""
    need: str = ""
    contacts: tuple[Contact, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
    delight: bool = False
    mot: str = "none"
    influence: str = "own"
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Sketch:
    """The title, the phases (id and name) in order, the steps in order, and the names of the personas."""

    title: str
    phases: tuple[tuple[str, str], ...] = ()
    stops: tuple[Stop, ...] = ()
    personas: tuple[str, ...] = ()

    def steps_of(self, phase: str) -> tuple[Stop, ...]:
        """Returns the steps of a phase, by its id."""
        return tuple(stop for stop in self.stops if stop.phase == phase)


def sketch_of(map_: JourneyMap, language: Language) -> Sketch:
    """Returns what a simple format can hold of a map, in one language.

    A text that is only there in the other language begins with its sign: '[en] Find a size'. A map without phases
    gives a sketch without phases.
    """
    touchpoints = {touch.id: touch for touch in map_.touchpoints}

    def contacts(step: Step) -> tuple[Contact, ...]:
        found = [touchpoints[name] for name in step.touchpoints if name in touchpoints]
        return tuple(Contact(said(touch.label, language) or touch.id, touch.channel or "") for touch in found)

    def obstacles(step: Step) -> tuple[Obstacle, ...]:
        here = [barrier for barrier in map_.barriers if barrier.at == step.id]
        return tuple(Obstacle(said(one.label, language) or one.id, one.kind, one.severity) for one in here)

    def stop(phase: str, step: Step) -> Stop:
        return Stop(
            phase, step.id, said(step.label, language) or step.id, said(step.think, language),
            said(step.expect, language), step.feel, said(step.word, language), said(step.need, language),
            contacts(step), obstacles(step), step.delight, step.mot, step.influence, harmless(step.owner or ""),
        )  # fmt: skip

    stops = tuple(stop(phase.id, _step(one)) for phase, one in map_.stops())
    return Sketch(
        said(map_.title, language),
        tuple((phase.id, said(phase.label, language) or phase.id) for phase in map_.phases),
        stops,
        tuple(said(persona.label, language) or persona.id for persona in map_.personas),
    )


def _step(one: Step | Touchpoint) -> Step:
    """A touchpoint that no step uses as a step, as the picture draws it."""
    return one if isinstance(one, Step) else Step(one.id, one.label, touchpoints=(one.id,), delight=one.delight)


def said(label: Label, language: Language) -> str:
    """Returns a label's text for a file: marked when it is in the other language, without signs that do harm."""
    return harmless(label.shown(language))


def harmless(text: str) -> str:
    """Returns text without control signs, lone surrogates and direction overrides; tabs and line ends are spaces."""
    flat = re.sub(r"\s*[\r\n\t\v\f\u2028\u2029]+\s*", " ", text)
    return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", flat).strip()
