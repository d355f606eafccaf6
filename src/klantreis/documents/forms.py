"""Forms: what one value of a document may look like. A form reads a node, and says the same as JSON Schema.

Each form has `read(node, reading)`, which returns the value or notes a mistake and returns None, and `schema(defs)`,
which returns a JSON Schema (2020-12) and puts shared parts into `defs`. `Record`, for a block of keys, is in `reader`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from klantreis.documents import words
from klantreis.documents.nodes import Kind, Node, plain
from klantreis.documents.reading import Reading
from klantreis.documents.words import Words
from klantreis.labels import Label
from klantreis.spans import span_seconds

S = TypeVar("S")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Schema = dict[str, Any]
Defs = dict[str, Schema]

ID = re.compile(r"[^\W_][\w.\-]{0,79}|_[\w.\-]{0,79}")
ID_SCHEMA: Schema = {"type": ["string", "integer"], "minLength": 1, "maxLength": 80}
TEXT_SCHEMA: Schema = {"type": ["string", "number", "boolean"]}


class Form(Protocol[T_co]):
    """What one value may look like."""

    def read(self, node: Node, reading: Reading) -> T_co | None:
        """Returns the value, or notes the mistake and returns None."""

    def schema(self, defs: Defs) -> Schema:
        """Returns the same as JSON Schema."""


class Misread(Exception):
    """A text that a `Parsed` form cannot read; carries what to say of it."""

    def __init__(self, said: Words) -> None:
        super().__init__(said.title.text("en"))
        self.said = said


@dataclass(frozen=True, slots=True)
class Text:
    """One text; numbers and flags are taken as they were written."""

    def read(self, node: Node, reading: Reading) -> str | None:
        """Returns the text as written."""
        return node.source if fits(node, reading, "text", "number", "flag") else None

    def schema(self, defs: Defs) -> Schema:
        """Any scalar."""
        return TEXT_SCHEMA


@dataclass(frozen=True, slots=True)
class Parsed(Generic[T]):
    """One text with a meaning of its own: `function` returns it, or raises `Misread`."""

    function: Callable[[str], T]
    examples: tuple[str, ...] = ()

    def read(self, node: Node, reading: Reading) -> T | None:
        """Returns what the text means."""
        if not fits(node, reading, "text", "number", "flag"):
            return None
        try:
            return self.function(node.source)
        except Misread as error:
            reading.mistake(node, error.said)
            return None

    def schema(self, defs: Defs) -> Schema:
        """Any scalar, with examples."""
        return {**TEXT_SCHEMA, "examples": list(self.examples)} if self.examples else TEXT_SCHEMA


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label: a text, or `{nl: ..., en: ...}`."""

    def read(self, node: Node, reading: Reading) -> Label | None:
        """Returns the label."""
        if not fits(node, reading, "text", "number", "flag", "mapping"):
            return None
        if node.kind != "mapping":
            return Label(anyway=node.source)
        texts: dict[str, str] = {}
        for key, value in node.entries:
            if key.source not in {"nl", "en"}:
                reading.mistake_at(
                    key.spot, words.unknown_key(key.source, ("nl", "en"), loose=loose(node, value)), value.path
                )
            elif value.kind != "nothing" and fits(value, reading, "text", "number", "flag"):
                texts[key.source] = value.source
        return Label(nl=texts.get("nl"), en=texts.get("en"))

    def schema(self, defs: Defs) -> Schema:
        """A text or a block with nl and en."""
        inner: Schema = {"type": [*TEXT_SCHEMA["type"], "null"]}
        both: Schema = {"type": "object", "properties": {"nl": inner, "en": inner}, "additionalProperties": False}
        defs["label"] = {"anyOf": [TEXT_SCHEMA, both], "description": "A text, or one per language."}
        return {"$ref": "#/$defs/label"}


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false."""

    def read(self, node: Node, reading: Reading) -> bool | None:
        """Returns the flag."""
        return bool(node.value) if fits(node, reading, "flag") else None

    def schema(self, defs: Defs) -> Schema:
        """A boolean."""
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Number:
    """A number within bounds, both included; `whole` refuses fractions."""

    low: float | None = None
    high: float | None = None
    whole: bool = False

    def read(self, node: Node, reading: Reading) -> float | None:
        """Returns the number."""
        value = node.value
        good = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        if good and self._within(float(value or 0)):
            return float(value or 0)
        reading.mistake(node, words.not_a_number(node.called, self.low, self.high))
        return None

    def schema(self, defs: Defs) -> Schema:
        """A number with its bounds."""
        bounds = {"minimum": self.low, "maximum": self.high}
        kind = "integer" if self.whole else "number"
        return {"type": kind, **{name: bound for name, bound in bounds.items() if bound is not None}}

    def _within(self, value: float) -> bool:
        low = self.low is None or value >= self.low
        return low and (self.high is None or value <= self.high) and (not self.whole or value == int(value))


@dataclass(frozen=True, slots=True)
class Choice(Generic[T]):
    """One of a closed list of words."""

    options: Sequence[T]

    def read(self, node: Node, reading: Reading) -> T | None:
        """Returns the word chosen."""
        if not fits(node, reading, "text", "number", "flag"):
            return None
        for option in self.options:
            if str(option) == node.source:
                return option
        reading.mistake(node, words.not_allowed(node.called, node.source, map(str, self.options)))
        return None

    def schema(self, defs: Defs) -> Schema:
        """An enum; numbers among the words may be written bare."""
        bare = [int(str(option)) for option in self.options if str(option).isdecimal()]
        return {"enum": [*map(str, self.options), *bare]}


@dataclass(frozen=True, slots=True)
class Span:
    """A span of time, in seconds."""

    def read(self, node: Node, reading: Reading) -> float | None:
        """Returns the seconds."""
        if not fits(node, reading, "text", "number"):
            return None
        try:
            return span_seconds(node.source)
        except ValueError:
            reading.mistake(node, words.not_a_span(node.source))
            return None

    def schema(self, defs: Defs) -> Schema:
        """A text, with examples."""
        return {"type": "string", "examples": ["30 min", "14 days", "2 weken"]}


@dataclass(frozen=True, slots=True)
class Ref:
    """The id of something of one of these kinds, defined anywhere in the document."""

    kinds: tuple[str, ...]

    def read(self, node: Node, reading: Reading) -> str | None:
        """Returns the id; whether it exists is checked when the document is finished."""
        if not fits(node, reading, "text", "number"):
            return None
        reading.refer(self.kinds, node, node.source)
        return node.source

    def schema(self, defs: Defs) -> Schema:
        """An id."""
        return ID_SCHEMA


@dataclass(frozen=True, slots=True)
class Anything:
    """Whatever stands there, as plain data: for parts that a later version reads."""

    def read(self, node: Node, reading: Reading) -> object:
        """Returns the plain data."""
        return plain(node)

    def schema(self, defs: Defs) -> Schema:
        """Anything."""
        return {}


def loose(node: Node, value: Node) -> bool:
    """Says whether a key of a block between brackets has no value: it is most likely the rest of a text."""
    return node.flow and value.kind == "nothing"


def fits(node: Node, reading: Reading, *kinds: Kind) -> bool:
    """Says whether a node is of one of these kinds; if not, that is noted as a mistake."""
    if node.kind in kinds:
        return True
    wanted: tuple[Kind, ...] = tuple(kind for kind in kinds if kind != "nothing")
    if "text" in wanted:
        wanted = tuple(kind for kind in wanted if kind not in {"number", "flag"})
    reading.mistake(node, words.wrong_kind(node, wanted))
    return False
