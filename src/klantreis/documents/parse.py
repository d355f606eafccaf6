"""Text of a YAML 1.2 file to nodes, within limits: nothing is executed, nothing grows beyond its bounds.

Nodes are built from the stream of events, without recursion, so a hostile file is refused while it is read: too large,
too deep, too many values, or aliases that write out to more than that (the "billion laughs").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)
from ruamel.yaml.reader import ReaderError

from klantreis.documents import trouble, words
from klantreis.documents.nodes import Kind, Node, Spot
from klantreis.documents.reading import Reading
from klantreis.errors import DocumentError
from klantreis.labels import Label

_NULL = {"", "~", "null", "Null", "NULL"}
_TRUE, _FALSE = {"true", "True", "TRUE"}, {"false", "False", "FALSE"}
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_TEXT_TAGS = {"!", "tag:yaml.org,2002:str"}
_BLOCK_TAGS = {"!", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"}
Meaning = tuple[Kind, str | float | bool | None]


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a document may be: bytes, levels of nesting, and values (aliases written out)."""

    size: int = 4_000_000
    depth: int = 40
    values: int = 200_000


LIMITS = Limits()


class _Refused(Exception):
    """Reading stops here; the mistake has been noted."""


def read_text(file: Path, limits: Limits = LIMITS) -> str:
    """Returns the text of a UTF-8 file, a byte order mark taken away. Raises DocumentError when it is not one."""
    reading = Reading(str(file))
    try:
        with file.open("rb") as stream:
            data = stream.read(limits.size + 1)
    except OSError as error:
        reading.mistake_at(Spot(1, 1), trouble.unreadable(error, file))
        reading.finish()
        raise
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if len(data) > limits.size:
            return data.decode("utf-8-sig", errors="replace")
        before = data[: error.start].decode("utf-8-sig")
        reading.mistake_at(_after(before), trouble.not_utf8(data[error.start]))
        reading.finish()
        raise


def parsed(text: str, reading: Reading, limits: Limits = LIMITS) -> Node:
    """Returns the root node of a YAML text; small mistakes (a key twice, a strange tag) are noted in `reading`.

    An empty document gives a node of kind 'nothing'. Raises DocumentError, with what was found so far, when the text
    is not YAML or goes beyond the limits.
    """
    try:
        if len(text) > limits.size:
            raise _refused(reading, Spot(1, 1), trouble.too_large(limits.size))
        return _Builder(reading, limits).build(text)
    except _Refused:
        return _raise(reading)
    except MarkedYAMLError as error:
        open_quote = error.context_mark if "end of stream" in (error.problem or "") else None
        mark = open_quote or error.problem_mark or error.context_mark
        spot = Spot(mark.line + 1, mark.column + 1) if mark is not None else Spot(1, 1)
        reading.mistake_at(spot, trouble.syntax(error.problem or "", error.context or "", _line(text, spot.line)))
        return _raise(reading)
    except ReaderError as error:
        reading.mistake_at(
            _after(text[: error.position]), trouble.control_sign(text[error.position : error.position + 1])
        )
        return _raise(reading)
    except (ValueError, RecursionError, IndexError, AssertionError) as error:  # slips of the parser on broken text
        reading.mistake_at(Spot(1, 1), trouble.syntax(str(error), "", ""))
        return _raise(reading)


@dataclass(slots=True)
class _Frame:
    """A list or mapping that is still open."""

    start: CollectionStartEvent
    path: tuple[str, ...]
    key: Spot | None
    children: list[Node] = field(default_factory=list)
    waiting: Node | None = None
    entries: dict[str, tuple[Node, Node]] = field(default_factory=dict)
    size: int = 1

    @property
    def mapping(self) -> bool:
        return isinstance(self.start, MappingStartEvent)

    def next_path(self) -> tuple[str, ...]:
        if not self.mapping:
            return (*self.path, str(len(self.children)))
        return (*self.path, self.waiting.source) if self.waiting else self.path


class _Builder:
    """Builds nodes from events with a stack of open lists and mappings."""

    def __init__(self, reading: Reading, limits: Limits) -> None:
        self.reading, self.limits = reading, limits
        self.stack: list[_Frame] = []
        self.anchors: dict[str, Node | None] = {}
        self.root: Node | None = None

    def build(self, text: str) -> Node:
        documents = 0
        for event in _events(text):
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _refused(self.reading, _spot(event), trouble.second_document())
            else:
                self._take(event)
        return self.root or Node("nothing", Spot(1, 1))

    def _take(self, event: Event) -> None:
        match event:
            case ScalarEvent():
                self._place(self._scalar(event), event.anchor)
            case AliasEvent():
                self._place(self._alias(event), None)
            case CollectionStartEvent():
                self._open(event)
            case MappingEndEvent() | SequenceEndEvent():
                frame = self.stack.pop()
                self._place(_closed(frame, event), frame.start.anchor)

    def _open(self, event: CollectionStartEvent) -> None:
        if len(self.stack) >= self.limits.depth:
            raise _refused(self.reading, _spot(event), trouble.too_deep(self.limits.depth))
        if event.anchor:
            self.anchors[event.anchor] = None
        if event.tag and str(event.tag) not in _BLOCK_TAGS:
            self.reading.mistake_at(_spot(event), trouble.tag(str(event.tag), ""), self._path())
        above = self.stack[-1] if self.stack else None
        key = above.waiting.spot if above and above.waiting else None
        self.stack.append(_Frame(event, self._path(), key))

    def _scalar(self, event: ScalarEvent) -> Node:
        spot, path, source = _spot(event), self._path(), str(event.value)
        tag = str(event.tag) if event.tag else ""
        if tag and tag not in _TEXT_TAGS:
            self.reading.mistake_at(spot, trouble.tag(tag, source), path)
        if not event.implicit[0] or tag:
            kind, value = _text(source)
        else:
            kind, value = meaning(source)
        start, stop = event.start_mark.index, event.end_mark.index
        quoted = not event.implicit[0]
        return Node(kind, spot, path, value=value, source=source, quoted=quoted, start=start, stop=stop)

    def _alias(self, event: AliasEvent) -> Node:
        name = str(event.anchor)
        found = self.anchors.get(name)
        if found is not None:
            return found
        said = trouble.alias_inside_itself(name) if name in self.anchors else trouble.unknown_alias(name, self.anchors)
        raise _refused(self.reading, _spot(event), said)

    def _place(self, node: Node, anchor: str | None) -> None:
        if anchor:
            self.anchors[anchor] = node
        above = self.stack[-1] if self.stack else None
        if above is None:
            self.root = node
            return
        above.size += node.size
        if above.size > self.limits.values:
            raise _refused(self.reading, node.spot, trouble.too_many(self.limits.values))
        self._attach(above, node)

    def _attach(self, above: _Frame, node: Node) -> None:
        if not above.mapping:
            above.children.append(replace(node, path=self._path()))
        elif above.waiting is None:
            if not (node.scalar or node.kind == "nothing"):
                self.reading.mistake(node, trouble.strange_key())
                node = Node("text", node.spot, source=f"<{len(above.entries)}>")
            above.waiting = node
        else:
            name, above.waiting = above.waiting, None
            if name.source in above.entries:
                first = above.entries[name.source][0].spot.line
                self.reading.mistake_at(name.spot, words.duplicate_key(name.source, first), node.path)
            else:
                path = (*above.path, name.source)
                above.entries[name.source] = (name, replace(node, path=path, key=name.spot))

    def _path(self) -> tuple[str, ...]:
        return self.stack[-1].next_path() if self.stack else ()


def _closed(frame: _Frame, end: Event) -> Node:
    kind: Kind = "mapping" if frame.mapping else "list"
    return Node(
        kind,
        _spot(frame.start),
        frame.path,
        frame.key,
        items=tuple(frame.children),
        entries=tuple(frame.entries.values()),
        size=frame.size,
        start=frame.start.start_mark.index,
        stop=end.end_mark.index,
        flow=bool(frame.start.flow_style),
    )


def _events(text: str) -> Iterator[Event]:
    return iter(YAML(typ="safe", pure=True).parse(text))


def meaning(source: str) -> Meaning:
    """Returns kind and value of a bare scalar by the core schema of YAML 1.2: `no` and `on` are texts."""
    if source in _NULL:
        return "nothing", None
    if source in _TRUE or source in _FALSE:
        return "flag", source in _TRUE
    if _INTEGER.fullmatch(source):
        return ("number", int(source, 0 if source[:2] in {"0o", "0x"} else 10)) if len(source) < 300 else _text(source)
    if _FLOAT.fullmatch(source):
        return "number", float(re.sub(r"\.(inf|nan)", r"\1", source, flags=re.IGNORECASE))
    return _text(source)


def _text(source: str) -> Meaning:
    return "text", source


def _spot(event: Event) -> Spot:
    mark = event.start_mark
    return Spot(mark.line + 1, mark.column + 1)


def _after(before: str) -> Spot:
    return Spot(before.count("\n") + 1, len(before) - before.rfind("\n"))


def _line(text: str, number: int) -> str:
    lines = text.split("\n", number)
    return lines[number - 1] if number <= len(lines) else ""


def _refused(reading: Reading, spot: Spot, said: words.Words) -> _Refused:
    reading.mistake_at(spot, said)
    return _Refused()


def _raise(reading: Reading) -> Node:
    reading.finish()
    raise DocumentError(
        Label("Het document is niet te lezen.", "the document cannot be read"), where=reading.file or ""
    )
