"""Changes to a document that keep every sign of the rest: comments, quotes, blank lines and order.

The new text is put in where the old value stands, or on a line of its own behind the last key of its block. The
result is read again before it is given: it must hold exactly the old data with the one change.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from klantreis.documents.flow import flow, plain_data
from klantreis.documents.nodes import Node, plain
from klantreis.documents.parse import parsed
from klantreis.documents.reading import Reading
from klantreis.errors import DocumentError, OptionError
from klantreis.labels import Label


def edited(text: str, path: Sequence[str], value: object) -> str:
    """Returns the YAML `text` with the key at `path` set to `value`; all the rest stays as it was, sign for sign.

    `value` is plain data (dict, list, str, number, bool, None). Missing keys on the way are added. Within a list a part
    of the path is the number of an item, from 0; the number after the last adds an item. Raises DocumentError when the
    text is not YAML, OptionError when the path runs into a text or a number, or through an alias.
    """
    if not path:
        raise OptionError(
            Label(
                "Een wijziging heeft een pad van minstens één sleutel nodig.",
                "an edit needs a path of at least one key",
            )
        )
    root = root_of(text)
    value = plain_data(value)
    wanted = _with(plain(root), list(path), value)
    changed = _put(text, root, list(path), value)
    try:
        same = plain(root_of(changed)) == wanted
    except DocumentError:
        same = False
    if not same:
        raise stuck(path)
    return changed


def stuck(path: Sequence[str]) -> OptionError:
    """Returns the error of a key that cannot be changed without changing more."""
    return OptionError(
        Label(
            f"De sleutel {'.'.join(path)} is hier niet te veranderen zonder meer te veranderen.",
            f"the key {'.'.join(path)} cannot be changed here without changing more",
        ),
        mend=Label(
            "Hij staat achter een alias (*naam) of een eigen teken: pas het bestand met de hand aan.",
            "It stands behind an alias (*name) or a sign of its own: edit the file by hand.",
        ),
    )


def line_of(text: str, path: Sequence[str]) -> int | None:
    """Returns the line, from 1, where the key at `path` stands in a YAML text; None when it is not there."""
    node = node_at(text, path)
    return None if node is None else (node.key or node.spot).line


def node_at(text: str, path: Sequence[str]) -> Node | None:
    """Returns what stands at `path` in a YAML text; None when it is not there."""
    node: Node | None = root_of(text)
    for key in path:
        node = _child(node, key) if node is not None else None
    return node


@lru_cache(maxsize=4)
def root_of(text: str) -> Node:
    """Returns the root node of a YAML text. Raises DocumentError when it is not YAML."""
    reading = Reading()
    root = parsed(text, reading)
    reading.finish()
    return root


def _with(data: object, path: list[str], value: object) -> object:
    """The plain data with one change: what the edited text must read as."""
    if not path:
        return value
    key, rest = path[0], path[1:]
    if data is None:
        data = {}
    if isinstance(data, dict):
        return {**data, key: _with(data.get(key), rest, value)}
    if isinstance(data, list) and key.isdecimal() and int(key) <= len(data):
        old = data[int(key)] if int(key) < len(data) else None
        return [*data[: int(key)], _with(old, rest, value), *data[int(key) + 1 :]]
    what = f"there is no item {key!r} in the list" if isinstance(data, list) else f"{data!r} holds no keys"
    raise OptionError(
        Label(
            f"Het pad van deze wijziging past niet op het document: {what}",
            f"the path of this edit does not fit the document: {what}",
        ),
        where=key,
    )


def _put(text: str, node: Node, path: list[str], value: object) -> str:
    key, rest = path[0], path[1:]
    found = _child(node, key)
    if found is None:
        return _added(text, node, path, value)
    if rest and (found.items or found.entries):
        return _put(text, found, rest, value)
    new = flow(_nested(rest, value))
    if found.kind == "nothing" and found.start == found.stop:
        after = _after_key(text, node, key)
        return f"{text[:after]} {new}{text[after:]}"
    stop = found.start + len(text[found.start : last_sign(found)].rstrip("\r\n"))
    return text[: found.start] + new + text[stop:]


def _added(text: str, node: Node, path: list[str], value: object) -> str:
    entry = flow(_nested(path[1:], value)) if node.kind == "list" else f"{flow(path[0])}: "
    if node.flow:
        if node.kind != "list":
            entry += flow(_nested(path[1:], value))
        inside = text[: node.stop - 1].rstrip()
        comma = "" if not (node.entries or node.items) or inside.endswith(",") else ", "
        return inside + comma + entry + text[len(inside) :].lstrip(" ")
    indent = " " * (node.spot.column - 1 if node.entries or node.items else 0)
    lines = [f"{indent}- {entry}"] if node.kind == "list" else _lines(indent, path, value)
    return _below(text, last_sign(node) if node.entries or node.items else len(text), lines)


def _lines(indent: str, path: list[str], value: object) -> list[str]:
    """One line a key, the last one with the value behind it."""
    lines = [f"{indent}{'  ' * depth}{flow(key)}:" for depth, key in enumerate(path)]
    lines[-1] += f" {flow(value)}"
    return lines


def _below(text: str, spot: int, lines: list[str]) -> str:
    """The text with lines put in under the line that `spot` is on."""
    newline = "\r\n" if "\r\n" in text else "\n"
    if spot == 0 or text[spot - 1] == "\n":
        return text[:spot] + newline.join(lines) + newline + text[spot:]
    end = text.find("\n", spot)
    if end < 0:
        return text + newline + newline.join(lines) + newline
    return text[: end + 1] + newline.join(lines) + newline + text[end + 1 :]


def _child(node: Node, key: str) -> Node | None:
    if node.kind == "list":
        return node.items[int(key)] if key.isdecimal() and int(key) < len(node.items) else None
    return node.entry(key)


def last_sign(node: Node) -> int:
    """Returns where the last sign of a node ends; a block's own end mark lies past the blank lines behind it."""
    if node.flow or node.scalar:
        return node.stop
    if node.entries:
        name, value = node.entries[-1]
        return max(name.stop, last_sign(value))
    return last_sign(node.items[-1]) if node.items else node.stop


def _after_key(text: str, node: Node, key: str) -> int:
    name = next((name for name, _ in node.entries if name.source == key), None)
    return text.index(":", name.stop) + 1 if name is not None else node.stop


def _nested(path: list[str], value: object) -> object:
    for key in reversed(path):
        value = {key: value}
    return value
