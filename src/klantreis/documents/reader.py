"""`Reader`: asks a block of keys for its values, one by one, and knows at the end which keys nobody asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from klantreis.documents import forms, words
from klantreis.documents.forms import Defs, Form, Schema
from klantreis.documents.groups import Keyed, Many
from klantreis.documents.nodes import Node, Spot
from klantreis.documents.reading import Reading
from klantreis.labels import Label

T = TypeVar("T")

TEXT, LABEL, FLAG, SPAN = forms.Text(), forms.Labelled(), forms.Flag(), forms.Span()
NUMBER = forms.Number()


@dataclass(frozen=True, slots=True)
class Asked:
    """One key that a reader asked for."""

    form: Form[Any]
    required: bool


class Reader:
    """A block of keys being read. Every asking is remembered, so `close` can name the keys that mean nothing.

    A value that is wrong is noted once and replaced by the default, so that reading goes on and finds the rest.
    A key with nothing behind it counts as not there.
    """

    def __init__(self, node: Node, reading: Reading) -> None:
        self.node, self.reading = node, reading
        self.asked: dict[str, Asked] = {}
        self.others: Keyed[Any] | None = None

    @property
    def id(self) -> str:
        """The id of what is read: the key this block stands under."""
        return self.node.name

    def get(self, key: str, form: Form[T], default: T, *, required: bool = False) -> T:
        """Returns the value under `key` as `form` reads it; `default` when it is absent or wrong."""
        self.asked[key] = Asked(form, required)
        node = self.at(key)
        if node is not None:
            value = form.read(node, self.reading)
            return default if value is None else value
        if required:
            self.reading.mistake(self.node, words.missing_key(key), at_key=True)
        return default

    def maybe(self, key: str, form: Form[T]) -> T | None:
        """Returns the value under `key` as `form` reads it; None when it is absent or wrong."""
        return self.get(key, _Optional(form), None)

    def at(self, key: str) -> Node | None:
        """Returns the node under `key`; None when the key is absent or has nothing behind it."""
        node = self.node.entry(key)
        return None if node is None or node.kind == "nothing" else node

    def text(self, key: str, default: str = "", *, required: bool = False) -> str:
        """Returns a text."""
        return self.get(key, TEXT, default, required=required)

    def label(self, key: str, default: Label | None = None, *, required: bool = False) -> Label:
        """Returns a label: a text, or `{nl, en}`. Without a default: the empty label."""
        return self.get(key, LABEL, default or Label(), required=required)

    def flag(self, key: str, default: bool = False) -> bool:
        """Returns true or false."""
        return self.get(key, FLAG, default)

    def number(self, key: str, low: float | None = None, high: float | None = None) -> float | None:
        """Returns a number between `low` and `high`, both included; None when absent."""
        return self.maybe(key, forms.Number(low, high))

    def whole(self, key: str, low: float | None = None, high: float | None = None) -> int | None:
        """Returns a whole number between `low` and `high`, both included; None when absent."""
        found = self.maybe(key, forms.Number(low, high, whole=True))
        return None if found is None else int(found)

    def choice(self, key: str, options: Sequence[T], default: T, *, required: bool = False) -> T:
        """Returns one of `options`."""
        return self.get(key, forms.Choice(options), default, required=required)

    def seconds(self, key: str) -> float | None:
        """Returns a span of time ('14 days') in seconds; None when absent."""
        return self.maybe(key, SPAN)

    def texts(self, key: str) -> tuple[str, ...]:
        """Returns a list of texts; one text may stand without brackets."""
        return self.get(key, Many(TEXT), ())

    def ref(self, key: str, *kinds: str) -> str | None:
        """Returns the id of something of one of these kinds; None when absent."""
        return self.maybe(key, forms.Ref(kinds))

    def refs(self, key: str, *kinds: str) -> tuple[str, ...]:
        """Returns a list of ids; one id may stand without brackets."""
        return self.get(key, Many(forms.Ref(kinds)), ())

    def many(self, key: str, form: Form[T]) -> tuple[T, ...]:
        """Returns a list of what `form` reads; one may stand without brackets."""
        return self.get(key, Many(form), ())

    def mapping(self, key: str, form: Form[T], defines: str | None = None) -> tuple[T, ...]:
        """Returns the entities of a block by id (`{lisa: {...}}`), noted under the kind `defines`."""
        return self.get(key, Keyed(form, defines), ())

    def rest(self, form: Form[T], defines: str | None = None) -> tuple[T, ...]:
        """Returns every key that was not asked for, as an entity by id. Ask for all fixed keys first."""
        self.others = Keyed(form, defines)
        entries = [(key, value) for key, value in self.node.entries if key.source not in self.asked]
        read = [self.others.one(key, value, self.reading) for key, value in entries]
        return tuple(value for value in read if value is not None)

    def close(self) -> None:
        """Notes a mistake for every key that was not asked for."""
        if self.others is not None:
            return
        for key, value in self.node.entries:
            if key.source not in self.asked:
                said = words.unknown_key(key.source, self.asked, loose=forms.loose(self.node, value))
                self.reading.mistake_at(key.spot, said, value.path[:-1])


@dataclass(frozen=True, slots=True)
class Record(Generic[T]):
    """A block of fixed keys: `function` asks a `Reader` for them and returns the noun.

    `name` is its name in the JSON Schema. The function must give a noun even from an empty block: that is how the
    schema learns which keys there are.
    """

    name: str
    function: Callable[[Reader], T]

    def read(self, node: Node, reading: Reading) -> T | None:
        """Returns the noun; None when the node is no block at all."""
        if not forms.fits(node, reading, "mapping", "nothing"):
            return None
        reader = Reader(node, reading)
        noun = self.function(reader)
        reader.close()
        return noun

    def schema(self, defs: Defs) -> Schema:
        """A reference to the object in `$defs`, made by reading an empty block."""
        if self.name not in defs:
            defs[self.name] = {}
            defs[self.name] = self._object(defs)
        return {"$ref": f"#/$defs/{self.name}"}

    def asked(self) -> Reader:
        """Returns a reader that has been asked everything, from an empty block."""
        reader = Reader(Node("mapping", Spot(1, 1)), Reading())
        self.function(reader)
        return reader

    def _object(self, defs: Defs) -> Schema:
        reader = self.asked()
        properties = {key: _or_nothing(asked, defs) for key, asked in reader.asked.items()}
        required = [key for key, asked in reader.asked.items() if asked.required]
        others: Schema | bool = False
        if reader.others is not None:
            others = reader.others.schema(defs)["additionalProperties"]
        found: Schema = {"type": "object", "properties": properties, "additionalProperties": others}
        return {**found, "required": required} if required else found


@dataclass(frozen=True, slots=True)
class _Optional(Generic[T]):
    form: Form[T]

    def read(self, node: Node, reading: Reading) -> T | None:
        return self.form.read(node, reading)

    def schema(self, defs: Defs) -> Schema:
        return self.form.schema(defs)


def _or_nothing(asked: Asked, defs: Defs) -> Schema:
    schema = asked.form.schema(defs)
    return schema if asked.required or not schema else {"anyOf": [schema, {"type": "null"}]}


def schema_of(record: Record[Any], title: str) -> Schema:
    """Returns the whole JSON Schema (2020-12) of a document whose root is `record`."""
    defs: Defs = {}
    root = record.schema(defs)
    ordered = dict(sorted(defs.items()))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **root, "$defs": ordered}
