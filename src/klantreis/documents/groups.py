"""Forms made of other forms: lists, blocks of entities by id, and one of several."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from klantreis.documents import words
from klantreis.documents.forms import ID, Defs, Form, Schema, fits
from klantreis.documents.nodes import Kind, Node
from klantreis.documents.reading import Reading

S = TypeVar("S")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Many(Generic[T]):
    """A list; one value may stand without brackets."""

    form: Form[T]
    single: bool = True

    def read(self, node: Node, reading: Reading) -> tuple[T, ...] | None:
        """Returns the values that could be read."""
        if node.kind == "list":
            read = [self.form.read(item, reading) for item in node.items]
            return tuple(value for value in read if value is not None)
        if not self.single:
            fits(node, reading, "list")
            return None
        value = self.form.read(node, reading)
        return None if value is None else (value,)

    def schema(self, defs: Defs) -> Schema:
        """An array, or one item."""
        item = self.form.schema(defs)
        array: Schema = {"type": "array", "items": item}
        return {"anyOf": [item, array]} if self.single else array


@dataclass(frozen=True, slots=True)
class Keyed(Generic[T]):
    """A block of entities by id: `{lisa: {...}, tom: {...}}`. The form finds the id as `node.name`.

    `defines` is the kind that references look for. An id that stands there with nothing behind it is read as an empty
    block.
    """

    form: Form[T]
    defines: str | None = None

    def read(self, node: Node, reading: Reading) -> tuple[T, ...] | None:
        """Returns the entities in the order of the document."""
        if not fits(node, reading, "mapping", "nothing"):
            return None
        read = [self.one(key, value, reading) for key, value in node.entries]
        return tuple(value for value in read if value is not None)

    def one(self, key: Node, value: Node, reading: Reading) -> T | None:
        """Returns one entity, its id checked and noted."""
        if not ID.fullmatch(key.source):
            reading.mistake_at(key.spot, words.bad_id(key.source), value.path)
        if self.defines:
            reading.define(self.defines, key.source, value)
        return self.form.read(value, reading)

    def schema(self, defs: Defs) -> Schema:
        """An object of entities."""
        entity = self.form.schema(defs)
        if _may_be_empty(entity, defs):
            entity = {"anyOf": [entity, {"type": "null"}]}
        return {"type": ["object", "null"], "propertyNames": {"maxLength": 80}, "additionalProperties": entity}


@dataclass(frozen=True, slots=True)
class Either(Generic[T]):
    """One of several forms, told apart by the kind of the node; a number or flag counts as text when text is known."""

    forms: tuple[tuple[Kind, Form[T]], ...]

    def read(self, node: Node, reading: Reading) -> T | None:
        """Returns what the form of this kind reads."""
        known = dict(self.forms)
        kind: Kind = "text" if node.scalar and node.kind not in known else node.kind
        if kind == "nothing":
            kind = "mapping"
        if kind in known:
            return known[kind].read(node, reading)
        reading.mistake(node, words.wrong_kind(node, known))
        return None

    def schema(self, defs: Defs) -> Schema:
        """Any of the forms."""
        return {"anyOf": [form.schema(defs) for _, form in self.forms]}


@dataclass(frozen=True, slots=True)
class Mapped(Generic[S, T]):
    """What another form reads, made into something else by `function`."""

    form: Form[S]
    function: Callable[[S], T]

    def read(self, node: Node, reading: Reading) -> T | None:
        """Returns what the function makes of it."""
        value = self.form.read(node, reading)
        return None if value is None else self.function(value)

    def schema(self, defs: Defs) -> Schema:
        """The schema of the other form."""
        return self.form.schema(defs)


def _may_be_empty(schema: Schema, defs: Defs) -> bool:
    """Says whether an empty block fits a schema."""
    while "$ref" in schema:
        schema = defs[schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        return any(_may_be_empty(one, defs) for one in schema["anyOf"])
    return schema.get("type") == "object" and "required" not in schema
