"""Keys and items of a document put in at a place, moved and taken out, with the comments that are theirs.

A comment right above a key, and one right below it that stands further in, go where the key goes; blank lines stay
between. The result is read again before it is given: it must hold exactly the wanted data, in the wanted order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from klantreis.documents.edit import edited, last_sign, node_at, root_of, stuck
from klantreis.documents.flow import flow, plain_data
from klantreis.documents.nodes import Node, plain
from klantreis.errors import DocumentError


@dataclass(frozen=True, slots=True)
class _Span:
    """One key or item with what is its own: its first sign and the one behind its last."""

    key: str
    start: int
    stop: int


def removed(text: str, path: Sequence[str]) -> str:
    """Returns the YAML `text` without the key or item at `path`; a block that is empty then holds nothing.

    Raises OptionError when there is nothing there, or when it cannot go alone (an alias points at it).
    """
    node = node_at(text, path[:-1])
    spans = () if node is None else _spans(text, node)
    at = next((number for number, one in enumerate(spans) if one.key == path[-1]), None)
    if node is None or at is None:
        raise stuck(path)
    return _checked(_cut(text, spans, at, flat=node.flow), _without(plain(root_of(text)), list(path)), path)


def inserted(text: str, path: Sequence[str], value: object, before: str | None = None) -> str:
    """Returns the YAML `text` with a new key at `path`, before the key `before` of its block; None: behind the last.

    `value` is plain data, a dict is written with a line for each of its keys. Blocks on the way that are missing are
    made. Raises OptionError when the key is there already, or when it cannot stand there.
    """
    data = plain_data(value)
    lines = [f"{flow(path[-1])}: {flow(data)}"]
    if isinstance(data, dict) and data:
        lines = [f"{flow(path[-1])}:", *(f"  {flow(key)}: {flow(inner)}" for key, inner in data.items())]
    return _put(text, path, data, lines, before)


def moved(text: str, path: Sequence[str], into: Sequence[str], before: str | None = None) -> str:
    """Returns the YAML `text` with the key at `path` put in the block at `into`, before a key of it (None: last).

    All that stands in it goes along, with its comments. Raises OptionError when it cannot be moved alone.
    """
    node, home = node_at(text, path), node_at(text, path[:-1])
    if node is None or home is None:
        raise stuck(path)
    span = next(one for one in _spans(text, home) if one.key == path[-1])
    own = text[span.start : span.stop]
    lines = [f"{flow(path[-1])}: {flow(plain(node))}"]
    if not home.flow:
        target = node_at(text, into)
        if target is not None and target.flow and "#" in own:
            raise stuck(path)  # a comment has no place between brackets
        lines = own.splitlines()
        inset = min(len(line) - len(line.lstrip()) for line in lines if line.strip())
        lines = [line[inset:] if not line[:inset].strip() else line.lstrip() for line in lines]
    return _put(removed(text, path), (*into, path[-1]), plain(node), lines, before)


def _put(text: str, path: Sequence[str], value: object, lines: Sequence[str], before: str | None) -> str:
    """The text with a key put in: as these lines in a block, as data between brackets."""
    into, key, node = path[:-1], path[-1], node_at(text, path[:-1])
    spans = () if node is None else _spans(text, node)
    if any(one.key == key for one in spans):
        raise stuck(path)
    wanted = _within(plain(root_of(text)), list(into), key, value, before)
    newline = "\r\n" if "\r\n" in text else "\n"
    spot = next((one for one in spans if one.key == before), None)
    if node is None or not spans:
        made = edited(text, path, None)
        home = node_at(made, into)
        own = next((one for one in _spans(made, home) if one.key == key), None) if home is not None else None
        if home is None or own is None:
            raise stuck(path)
        inside = f"{flow(key)}: {flow(value)}" if home.flow else _block(lines, made, own.start, newline)
        return _checked(made[: own.start] + inside + made[own.stop :], wanted, path)
    if node.flow:
        entry = f"{flow(key)}: {flow(value)}"
        at, entry = (spot.start, f"{entry}, ") if spot else (spans[-1].stop, f", {entry}")
        return _checked(text[:at] + entry + text[at:], wanted, path)
    gap = _gap(text, spans)
    block = _block(lines, text, node.start, newline)
    if spot:
        return _checked(text[: spot.start] + block + gap + text[spot.start :], wanted, path)
    at = spans[-1].stop
    between = "" if text[:at].endswith("\n") else newline
    return _checked(text[:at] + between + gap + block + text[at:], wanted, path)


def _block(lines: Sequence[str], text: str, at: int, newline: str) -> str:
    """Lines as far in as what stands at a spot of the text."""
    begin = text.rfind("\n", 0, at) + 1
    line = text[begin:].partition("\n")[0]
    inset = " " * (at - begin if text[begin:at].strip() == "" and at > begin else len(line) - len(line.lstrip()))
    return "".join(f"{inset}{line}{newline}" if line.strip() else newline for line in lines)


def _cut(text: str, spans: Sequence[_Span], at: int, *, flat: bool) -> str:
    """The text without one of its spans, and without the blank lines, or the comma, that stood beside it."""
    own = spans[at]
    if at + 1 < len(spans):
        after = text[own.stop : spans[at + 1].start]
        stop = spans[at + 1].start if flat else own.stop + _blank(after)
        return text[: own.start] + text[stop:]
    if at == 0:
        return text[: own.start] + text[own.stop :]
    before = text[spans[at - 1].stop : own.start]
    start = spans[at - 1].stop if flat or not before.strip() else own.start
    return text[:start] + text[own.stop :]


def _spans(text: str, node: Node) -> tuple[_Span, ...]:
    """The keys of a block, or the items of a list, each with what is its own."""
    children = [(name.source, name, value) for name, value in node.entries]
    children += [(str(number), item, item) for number, item in enumerate(node.items)]
    if node.flow:
        return tuple(_Span(key, name.start, max(name.stop, last_sign(value))) for key, name, value in children)
    found: list[_Span] = []
    floor = node.start
    for key, name, value in children:
        inset = name.spot.column - 1
        line = text.rfind("\n", 0, name.start) + 1
        start = _up(text, line, text.rfind("\n", 0, floor) + 1 if not found else found[-1].stop)
        found.append(_Span(key, start, _down(text, _end(text, name, value), inset)))
        floor = found[-1].stop
    return tuple(found)


def _end(text: str, name: Node, value: Node) -> int:
    """Where the last line of a key ends, its line end included."""
    last = max(name.stop, last_sign(value))
    last = name.start + len(text[name.start : last].rstrip())
    end = text.find("\n", last)
    return len(text) if end < 0 else end + 1


def _up(text: str, line: int, floor: int) -> int:
    """Where the comments begin that stand right above a line."""
    while line > floor:
        above = text.rfind("\n", 0, line - 1) + 1
        if above < floor or not text[above:line].lstrip().startswith("#"):
            break
        line = above
    return line


def _down(text: str, stop: int, inset: int) -> int:
    """Where the comments end that stand right below and further in."""
    while stop < len(text):
        end = text.find("\n", stop)
        line = text[stop : end + 1 if end >= 0 else len(text)]
        if not line.lstrip().startswith("#") or len(line) - len(line.lstrip()) <= inset:
            break
        stop += len(line)
    return stop


def _blank(text: str) -> int:
    """How many signs of blank lines a text begins with."""
    lines = text.splitlines(keepends=True)
    return sum(map(len, lines[: next((at for at, line in enumerate(lines) if line.strip()), len(lines))]))


def _gap(text: str, spans: Sequence[_Span]) -> str:
    """The blank lines that stand between the last two keys of a block."""
    between = text[spans[-2].stop : spans[-1].start] if len(spans) > 1 else ""
    return between if not between.strip() else ""


def _without(data: object, path: list[str]) -> object:
    key, rest = path[0], path[1:]
    if isinstance(data, list):
        at = int(key)
        own = [_without(data[at], rest)] if rest else []
        return ([*data[:at], *own, *data[at + 1 :]]) or None
    held = data if isinstance(data, dict) else {}
    if rest:
        return {name: _without(value, rest) if name == key else value for name, value in held.items()}
    return {name: value for name, value in held.items() if name != key} or None


def _within(data: object, into: list[str], key: str, value: object, before: str | None) -> object:
    held = data if isinstance(data, dict) else {}
    if into:
        return {**held, into[0]: _within(held.get(into[0]), into[1:], key, value, before)}
    if before not in held:
        return {**held, key: value}
    at = list(held).index(str(before))
    pairs = list(held.items())
    return dict([*pairs[:at], (key, value), *pairs[at:]])


def _checked(text: str, wanted: object, path: Sequence[str]) -> str:
    """The text, when it reads as what was wanted, its order included; what is empty may be nothing."""
    try:
        read = plain(root_of(text))
    except DocumentError:
        raise stuck(path) from None
    if repr(_bare(read)) != repr(_bare(wanted)):
        raise stuck(path)
    return text


def _bare(data: object) -> object:
    """The same data with nothing for an empty block or list."""
    if isinstance(data, dict):
        return {key: _bare(value) for key, value in data.items()} or None
    return ([_bare(item) for item in data] or None) if isinstance(data, list) else data
