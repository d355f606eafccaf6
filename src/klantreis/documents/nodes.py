"""A document as plain nodes that know where they stand: text, number, flag, nothing, list or mapping."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "number", "flag", "nothing", "list", "mapping"]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file: line and column, both counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a document.

    `value` is what a scalar means (text, number, flag), `source` how it was written. A list has `items`, a mapping has
    `entries` (key, value). `path` are the keys from the root; `key` is where its own key stands. `size` counts this
    node and all below it, aliases written out. `start` and `stop` are its first sign in the text and the one after its
    last; `flow` says that it is written between brackets.
    """

    kind: Kind
    spot: Spot
    path: tuple[str, ...] = ()
    key: Spot | None = None
    value: str | float | bool | None = None
    source: str = ""
    quoted: bool = False
    items: tuple[Node, ...] = ()
    entries: tuple[tuple[Node, Node], ...] = ()
    size: int = 1
    start: int = 0
    stop: int = 0
    flow: bool = False

    @property
    def name(self) -> str:
        """The last key of the path: the id of an entity in a mapping of entities."""
        return self.path[-1] if self.path else ""

    @property
    def called(self) -> str:
        """What a person calls it: the last key of the path that is no place in a list."""
        return next((key for key in reversed(self.path) if not key.isdecimal()), self.name)

    @property
    def scalar(self) -> bool:
        """Says whether this is one text, number or flag."""
        return self.kind in {"text", "number", "flag"}

    def entry(self, key: str) -> Node | None:
        """Returns the value under `key`; None when it is not there."""
        return next((value for name, value in self.entries if name.source == key), None)


def plain(node: Node) -> object:
    """Returns the node as plain Python data: dict, list, str, number, bool or None."""
    if node.kind == "mapping":
        return {name.source: plain(value) for name, value in node.entries}
    if node.kind == "list":
        return [plain(item) for item in node.items]
    return node.value
