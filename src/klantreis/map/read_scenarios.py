"""Scenarios and their paths: a list is a sequence, a list inside it means any of, and a few words do the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from klantreis.documents import LABEL, Node, Reader, Reading, Record, Words, suggestion
from klantreis.documents.forms import Defs, Form, Schema
from klantreis.documents.words import short, wrong_kind
from klantreis.errors import OptionError
from klantreis.labels import Label
from klantreis.map.naming import titled
from klantreis.map.options import allowed
from klantreis.map.path import AnyOrder, Choice, Exit, Maybe, Path, Repeat, Sequence, Visit, touchpoints
from klantreis.map.path_text import parse
from klantreis.map.stages import Scenario

MEETING = ("touchpoint", "step")
WORDS = ("exit", "back", "optional", "any_order", "repeat", "path")


@dataclass(frozen=True, slots=True)
class PathForm:
    """A path: a list of parts, or one line of text (`"social|search, filter?, product"`)."""

    def read(self, node: Node, reading: Reading) -> Path | None:
        """Returns the path; parts that cannot be read are left out and noted."""
        if node.kind == "list":
            return _sequence(node, reading)
        if node.scalar:
            return _line(node, reading)
        reading.mistake(node, wrong_kind(node, ("list", "text")))
        return None

    def schema(self, defs: Defs) -> Schema:
        """A list of parts, each of them a text, a list or a block with one word."""
        part: Schema = {"$ref": "#/$defs/path_part"}
        words: Schema = dict.fromkeys(("optional", "repeat"), part)
        texts: Schema = {"exit": LABEL.schema(defs), "back": {"type": ["string", "number"]}}
        lists: Schema = {word: {"type": "array", "items": part} for word in ("any_order", "path")}
        block: Schema = {"type": "object", "properties": {**texts, **words, **lists}, "additionalProperties": False}
        block |= {"minProperties": 1, "maxProperties": 1}
        several: Schema = {"type": "array", "items": part}
        defs["path_part"] = {"anyOf": [{"type": ["string", "number"]}, several, block]}
        return {"anyOf": [several, {"type": "string"}]}


PATH: Form[Path] = PathForm()


def _scenario(reader: Reader) -> Scenario:
    personas = reader.refs("persona", "persona")
    return Scenario(
        id=reader.id,
        label=reader.label("label", titled(reader.id)),
        kind=reader.choice("kind", allowed(Scenario, "kind"), "ideal", required=True),
        path=reader.get("path", PATH, Sequence(()), required=True),
        persona=personas[0] if personas else None,
        trigger=reader.label("trigger"),
        provenance=reader.choice("provenance", allowed(Scenario, "provenance"), "assumed"),
        evidence=reader.refs("evidence", "evidence"),
        personas=personas,
        goal=reader.label("goal"),
        urgency=reader.choice("urgency", allowed(Scenario, "urgency"), None),
    )


def _sequence(node: Node, reading: Reading) -> Path:
    parts: list[Path] = []
    for item in node.items:
        if parts and isinstance(parts[-1], Exit):
            reading.mistake(item, _after_exit())
            break
        word = item.entries[0] if item.kind == "mapping" and len(item.entries) == 1 else None
        if word is not None and word[0].source == "back":
            parts = _back(parts, word[1], reading)
        else:
            parts.extend(_part(item, reading))
    return Sequence(tuple(parts))


def _part(node: Node, reading: Reading) -> tuple[Path, ...]:
    """The part of a path that a node writes; nothing when it cannot be read."""
    if node.scalar:
        return (_visit(node, reading),)
    if node.kind == "list":
        options = tuple(part for item in node.items for part in _part(item, reading))
        return (Choice(options),) if len(options) > 1 else options
    if node.kind == "mapping" and len(node.entries) == 1 and node.entries[0][0].source in _PARTS:
        word, value = node.entries[0]
        return _PARTS[word.source](value, reading)
    reading.mistake(node, _no_part(node))
    return ()


def _visit(node: Node, reading: Reading) -> Path:
    name = node.source.strip()
    bare = name[:-1].strip() if name[-1:] in {"?", "+"} else name
    reading.refer(MEETING, node, bare)
    visit = Visit(bare)
    return Maybe(visit) if name.endswith("?") else Repeat(visit) if name.endswith("+") else visit


def _exit(node: Node, reading: Reading) -> tuple[Path, ...]:
    if node.kind != "mapping":
        if not node.scalar:
            reading.mistake(node, wrong_kind(node, ("text", "mapping")))
        return (Exit(node.source),)
    label = LABEL.read(node, reading) or Label()
    return (Exit(label.text("nl"), label),)


def _optional(node: Node, reading: Reading) -> tuple[Path, ...]:
    return tuple(Maybe(part) for part in _part(node, reading))


def _repeat(node: Node, reading: Reading) -> tuple[Path, ...]:
    return tuple(Repeat(part) for part in _part(node, reading))


def _any_order(node: Node, reading: Reading) -> tuple[Path, ...]:
    if node.kind != "list":
        reading.mistake(node, wrong_kind(node, ("list",)))
        return ()
    return (AnyOrder(tuple(part for item in node.items for part in _part(item, reading))),)


def _inner(node: Node, reading: Reading) -> tuple[Path, ...]:
    if node.kind != "list":
        reading.mistake(node, wrong_kind(node, ("list",)))
        return ()
    return (_sequence(node, reading),)


def _lost_back(node: Node, reading: Reading) -> tuple[Path, ...]:
    reading.mistake(node, _back_alone())
    return ()


_PARTS: dict[str, Callable[[Node, Reading], tuple[Path, ...]]] = {
    "exit": _exit,
    "optional": _optional,
    "any_order": _any_order,
    "repeat": _repeat,
    "path": _inner,
    "back": _lost_back,
}


def _back(parts: list[Path], node: Node, reading: Reading) -> list[Path]:
    """Wraps everything from the step named to the end in one repeat."""
    met = [number for number, part in enumerate(parts) if node.source in touchpoints(part)]
    if not met:
        reading.mistake(node, _nothing_to_go_back_to(node.source, touchpoints(Sequence(tuple(parts)))))
        return parts
    start = met[-1]
    inner = tuple(parts[start:])
    return [*parts[:start], Repeat(inner[0] if len(inner) == 1 else Sequence(inner))]


def _line(node: Node, reading: Reading) -> Path | None:
    try:
        path = parse(node.source)
    except OptionError as error:
        reading.mistake(node, _bad_line(str(error)))
        return None
    for name in touchpoints(path):
        reading.refer(MEETING, node, name)
    return path


def _no_part(node: Node) -> Words:
    keys = [key.source for key, _ in node.entries]
    return Words(
        Label("Dit is geen deel van een pad", "This is no part of a path"),
        Label(
            f"Er staat: {short(', '.join(keys))}." if keys else "",
            f"It says: {short(', '.join(keys))}." if keys else "",
        ),
        suggestion(keys[0], WORDS) if len(keys) == 1 else Label("Eén woord per blok.", "One word a block."),
    )


def _after_exit() -> Words:
    return Words(
        Label("Na een exit kan niets meer komen", "Nothing can follow an exit"),
        advice=Label("Zet de exit in een lijst met wat er anders gebeurt.", "Put it in a list with what happens else."),
    )


def _back_alone() -> Words:
    return Words(
        Label("'back' kan hier niet staan", "'back' cannot stand here"),
        advice=Label("Zet het in de lijst zelf, na de stappen die terugkomen.", "Put it in the list, after the steps."),
    )


def _nothing_to_go_back_to(word: str, known: tuple[str, ...]) -> Words:
    return Words(
        Label(f"'{short(word)}' komt hiervoor niet voor", f"'{short(word)}' does not come before this"),
        advice=suggestion(word, known),
    )


def _bad_line(why: str) -> Words:
    return Words(
        Label("Dit pad is niet te lezen", "This path cannot be read"),
        Label(f"De lezer meldt: {why}", f"The reader says: {why}"),
    )


SCENARIO = Record("scenario", _scenario)
