"""Remarks (what stands behind a '#') of two edits put together: what one of them wrote is never lost.

Lines that clash are written as one of the two has them, and a block may be written anew; a remark that went with the
lines is put back at the key it stood with: above it, or behind its value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from klantreis.documents import Node, Reading, parsed, plain
from klantreis.errors import DocumentError

Path = tuple[str, ...]
_LINE = re.compile(r"[ \t]*(#.*)")
_BESIDE = re.compile(r"[,\]}]*[ \t]+(#.*)")


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark and the key it stands with: above it or beside it; `path` () is the end of the document."""

    path: Path
    above: bool
    text: str


def with_remarks(text: str, base: str, *edits: str) -> str:
    """Returns `text` with each remark that an edit of `base` added and that `text` lost; its data stay the same."""
    old = set(_remarks(base))
    there = {one.text for one in _remarks(text)}
    for edit in edits:
        for remark in _remarks(edit):
            if remark not in old and remark.text not in there:
                text = _put(text, remark)
                there.add(remark.text)
    return text


def _remarks(text: str) -> Iterator[Remark]:
    """Every remark of a text, from the top."""
    root = _root(text)
    keys, inside = _keys(text, root), _inside(root)
    lines = _starts(text)
    waiting: list[str] = []
    for start in lines:
        line = text[start:].split("\n", 1)[0].rstrip("\r")
        found = _LINE.fullmatch(line)
        if found and not any(low < start + found.start(1) < high for low, high in inside):
            waiting.append(found[1])
        elif start in keys:
            path, value = keys[start]
            yield from (Remark(path, True, one) for one in waiting)
            waiting = []
            if beside := _behind(text, value, start):
                yield Remark(path, False, beside[1])
    yield from (Remark((), True, one) for one in waiting)


def _put(text: str, remark: Remark) -> str:
    """The text with a remark at its key, at the nearest key above it that is still there, or else at the end."""
    keys = {path: (start, value) for start, (path, value) in _keys(text, _root(text)).items()}
    path = remark.path
    while path and path not in keys:
        path = path[:-1]
    new = f"{text}{'' if text.endswith(chr(10)) or not text else chr(10)}{remark.text}\n"
    if path:
        start, value = keys[path]
        end = text.find("\n", start)
        line = text[start : end if end >= 0 else len(text)].rstrip("\r")
        if (
            not remark.above
            and path == remark.path
            and not _behind(text, value, start)
            and _ends_here(text, start, value)
        ):
            new = f"{text[: start + len(line)]}  {remark.text}{text[start + len(line) :]}"
        else:
            indent = line[: len(line) - len(line.lstrip())]
            new = f"{text[:start]}{indent}{remark.text}\n{text[start:]}"
    return new if _same(new, text) else text


def _ends_here(text: str, start: int, value: Node) -> bool:
    """Whether a value ends on the line its key stands on."""
    end = text.find("\n", start)
    return value.kind == "nothing" or value.start == value.stop or value.stop <= (end if end >= 0 else len(text))


def _behind(text: str, value: Node, start: int) -> re.Match[str] | None:
    """The remark behind a value, or behind the key of a block."""
    end = text.find("\n", start)
    stop = end if end >= 0 else len(text)
    if value.flow or value.scalar:
        return _BESIDE.match(text, value.stop, stop) if value.stop <= stop else None
    return re.compile(r".*?:[ \t]+(#.*)").fullmatch(text[start:stop].rstrip("\r"))  # a block, or nothing yet


def _keys(text: str, root: Node) -> dict[int, tuple[Path, Node]]:
    """Where the line of each key begins -> its path and its value; of keys on one line the first."""
    found: dict[int, tuple[Path, Node]] = {}
    waiting: list[tuple[Path, Node]] = [((), root)]
    while waiting:
        above, node = waiting.pop()
        for name, value in node.entries:
            path = (*above, name.source)
            start = text.rfind("\n", 0, name.start) + 1
            if not text[start : name.start].strip(" \t-"):
                found.setdefault(start, (path, value))
            waiting.append((path, value))
        waiting += [((*above, str(number)), item) for number, item in enumerate(node.items)]
    return found


def _inside(root: Node) -> list[tuple[int, int]]:
    """Where texts of more than one line stand: a '#' in them is no remark."""
    found, waiting = [], [root]
    while waiting:
        node = waiting.pop()
        if node.scalar:
            found.append((node.start, node.stop))
        waiting += [*node.items, *(value for _, value in node.entries)]
    return found


def _starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", text))]


def _same(one: str, other: str) -> bool:
    try:
        return plain(_root(one)) == plain(_root(other))
    except DocumentError:
        return False


def _root(text: str) -> Node:
    reading = Reading()
    root = parsed(text, reading)
    reading.finish()
    return root
