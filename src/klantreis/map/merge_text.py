"""Changes a YAML text, key by key, until it reads as given data; the rest stays as it was, sign for sign."""

from __future__ import annotations

import re

from klantreis.documents import Node, Reading, edited, parsed, plain
from klantreis.documents.flow import flow
from klantreis.errors import KlantreisError

Steps = tuple[str, ...]
_GONE = object()


def towards(text: str, wanted: object) -> str:
    """Returns `text` changed so that it reads as `wanted` (plain data). Order of keys is kept as far as it can be."""
    for path, value in _different(_data(text), wanted, ()):
        text = _without(text, path) if value is _GONE else _with(text, path, value, wanted)
    if _data(text) != wanted:
        return "".join(f"{flow(key)}: {flow(value)}\n" for key, value in _keys(wanted))
    return text


def _with(text: str, path: Steps, value: object, wanted: object) -> str:
    """The text with one value put in; where only that cannot be done, its whole block is written again."""
    for depth in range(len(path), 0, -1):
        try:
            return edited(text, path[:depth], value if depth == len(path) else _at(wanted, path[:depth]))
        except KlantreisError:
            continue
    return text


def _different(now: object, wanted: object, path: Steps) -> list[tuple[Steps, object]]:
    """Each place where the text must change, and what must stand there; what must go comes first."""
    if not (isinstance(now, dict) and isinstance(wanted, dict)):
        return [] if type(now) is type(wanted) and now == wanted else [(path, wanted)]
    if not wanted and now and path:
        return [(path, wanted)]
    gone = [((*path, key), _GONE) for key in now if key not in wanted]
    new = [((*path, key), value) for key, value in wanted.items() if key not in now]
    both = [one for key in now if key in wanted for one in _different(now[key], wanted[key], (*path, key))]
    return [*gone, *both, *new]


def _without(text: str, path: Steps) -> str:
    """The text without the key at `path`: its line or lines, or its part between brackets."""
    node = _root(text)
    for step in path[:-1]:
        node = node.entry(step) or node
    name, value = next(entry for entry in node.entries if entry[0].source == path[-1])
    if not node.flow:
        start = text.rfind("\n", 0, name.start) + 1
        stop = text.find("\n", max(_end(value), name.stop))
        return text[:start] + ("" if stop < 0 else text[stop + 1 :])
    before, after = text[: name.start], text[max(value.stop, name.stop) :]
    behind = re.match(r"\s*,\s*", after)
    if behind:
        return before + after[behind.end() :]
    return re.sub(r"\s*,\s*$", "", before) + after


def _end(node: Node) -> int:
    """Where the last sign of a value stands, the blank lines behind a block left out."""
    if node.flow or node.scalar or not (node.entries or node.items):
        return node.stop
    return _end(node.entries[-1][1] if node.entries else node.items[-1]) or node.stop


def _at(data: object, path: Steps) -> object:
    for step in path:
        data = data.get(step) if isinstance(data, dict) else None
    return data


def _keys(data: object) -> list[tuple[str, object]]:
    return list(data.items()) if isinstance(data, dict) else []


def _data(text: str) -> object:
    return plain(_root(text))


def _root(text: str) -> Node:
    reading = Reading()
    root = parsed(text, reading)
    reading.finish()
    return root
