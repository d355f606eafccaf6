"""Feelings and durations that differ: `feel: {all: 1, lisa: {echt: -2}}`, `expected: {usual: 3 days, urgency: ...}`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import get_args

from klantreis.documents import SPAN, Either, Mapped, Node, Reader, Reading, Record, fits
from klantreis.documents.forms import Choice, Defs, Form, Number, Schema
from klantreis.map.kinds import Urgency
from klantreis.map.stages import Expected, Feeling

EVERYONE = "all"
SCORE = Number(-2, 2)


@dataclass(frozen=True, slots=True)
class Feel:
    """The feeling of everyone, and those of a persona or scenario apart."""

    usual: float | None = None
    apart: tuple[Feeling, ...] = ()


@dataclass(frozen=True, slots=True)
class FeelForm:
    """A number, or a block: by persona (`all` for everyone), and below that by scenario."""

    def read(self, node: Node, reading: Reading) -> Feel | None:
        """Returns the feelings."""
        if node.kind != "mapping":
            value = SCORE.read(node, reading)
            return None if value is None else Feel(value)
        told = [_of_persona(key, value, reading) for key, value in node.entries]
        every = [one for several in told for one in several]
        usual = next((one.value for one in every if not one.persona and not one.scenario), None)
        return Feel(usual, tuple(one for one in every if one.persona or one.scenario))

    def schema(self, defs: Defs) -> Schema:
        """A number, or an object of numbers or of objects of numbers."""
        number = SCORE.schema(defs)
        inner: Schema = {"type": "object", "additionalProperties": number}
        return {"anyOf": [number, {"type": "object", "additionalProperties": {"anyOf": [number, inner]}}]}


def _of_persona(key: Node, value: Node, reading: Reading) -> list[Feeling]:
    who = None if key.source == EVERYONE else key.source
    if who is not None:
        reading.refer(("persona",), key, who)
    if value.kind != "mapping":
        score = SCORE.read(value, reading)
        return [] if score is None else [Feeling(who, None, score)]
    found = []
    for name, one in value.entries:
        reading.refer(("scenario",), name, name.source)
        score = SCORE.read(one, reading)
        if score is not None:
            found.append(Feeling(who, name.source, score))
    return found


@dataclass(frozen=True, slots=True)
class Duration:
    """How long a phase is expected to take: as a rule, and by urgency or price band."""

    usual: float | None = None
    apart: tuple[Expected, ...] = ()


@dataclass(frozen=True, slots=True)
class _Spans:
    """A block of spans; its keys are urgencies or price bands."""

    by: str

    def read(self, node: Node, reading: Reading) -> tuple[Expected, ...] | None:
        if not fits(node, reading, "mapping"):
            return None
        return tuple(found for key, value in node.entries for found in self._one(key, value, reading))

    def schema(self, defs: Defs) -> Schema:
        inner = SPAN.schema(defs)
        if self.by == "urgency":
            known: Schema = dict.fromkeys(get_args(Urgency), inner)
            return {"type": "object", "properties": known, "additionalProperties": False}
        return {"type": "object", "additionalProperties": inner}

    def _one(self, key: Node, value: Node, reading: Reading) -> tuple[Expected, ...]:
        if self.by == "urgency":
            Choice(get_args(Urgency)).read(replace(key, path=(*value.path[:-1],)), reading)
        else:
            reading.refer(("price_band",), key, key.source)
        seconds = SPAN.read(value, reading)
        if seconds is None:
            return ()
        return (Expected("urgency" if self.by == "urgency" else "price_band", key.source, seconds),)


def _duration(reader: Reader) -> Duration:
    urgency, price = reader.get("urgency", _Spans("urgency"), ()), reader.get("price_band", _Spans("price_band"), ())
    return Duration(reader.seconds("usual"), (*urgency, *price))


FEEL: Form[Feel] = FeelForm()
DURATION: Form[Duration] = Either(
    (("text", Mapped(SPAN, Duration)), ("number", Mapped(SPAN, Duration)), ("mapping", Record("expected", _duration)))
)
