"""Every field of every noun can be written: one document sets them all, and no key of it is read for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import jsonschema

from klantreis.documents import Node, parsed, plain
from klantreis.documents.reading import Reading
from klantreis.map.diff import differences
from klantreis.map.model import JourneyMap
from klantreis.map.read import MAP, map_of, schema
from klantreis.map.stages import Step

TEXT = (Path(__file__).parent / "full.reis.yaml").read_text(encoding="utf-8")
FULL = map_of(TEXT, file="full.reis.yaml")
DATA: Any = plain(parsed(TEXT, Reading()))


def nouns(value: object) -> Iterator[Any]:
    if is_dataclass(value):
        yield value
        for one in fields(value):
            yield from nouns(getattr(value, one.name))
    elif isinstance(value, tuple):
        for one in value:
            yield from nouns(one)


def default(one: Any) -> object:
    return one.default_factory() if one.default_factory is not MISSING else one.default


def test_every_field_of_every_noun_is_set_by_the_full_document() -> None:
    unset = {(type(noun).__name__, one.name) for noun in nouns(FULL) for one in fields(noun)}
    unset -= {
        (type(noun).__name__, one.name)
        for noun in nouns(FULL)
        for one in fields(noun)
        if getattr(noun, one.name) != default(one)
    }
    known = {("Repeat", "redo"), ("Label", "anyway"), ("JourneyMap", "seen_as")}
    assert unset - known == set()


def test_every_part_of_the_model_is_there() -> None:
    empty = [one.name for one in fields(JourneyMap) if getattr(FULL, one.name) in ((), None)]
    assert empty == []


def test_the_full_document_fits_the_schema_and_uses_every_key_of_it() -> None:
    jsonschema.Draft202012Validator(schema()).validate(DATA)
    known = {key for node in schema()["$defs"].values() for key in node.get("properties", {})}
    unused = known - set(keys(DATA)) - {"proof", "steps", "optional", "path", "back", "primary", "decide_after"}
    assert unused == set()


def keys(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield key
            yield from keys(value)
    elif isinstance(data, list):
        for value in data:
            yield from keys(value)


def paths(data: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield (*path, key)
            yield from paths(value, (*path, key))


SAID_TWICE = {("changes", "scan_live", "tests"), ("changes", "scan_live", "kind"), ("lanes", "achter", "kind")}
"""Keys that something else of the document says as well. A label may be the same as the one that an id gets."""


def lacking(node: Node, path: tuple[str, ...]) -> Node:
    """The document without one key."""
    if len(path) == 1:
        return replace(node, entries=tuple(entry for entry in node.entries if entry[0].source != path[0]))
    kept = ((name, lacking(value, path[1:]) if name.source == path[0] else value) for name, value in node.entries)
    return replace(node, entries=tuple(kept))


def read(node: Node) -> tuple[JourneyMap | None, int]:
    reading = Reading()
    noun = MAP.read(node, reading)
    reading.check_references()
    return noun, len(reading.findings)


def test_no_key_is_read_for_nothing() -> None:
    root = parsed(TEXT, Reading())
    whole = read(root)
    assert whole == (replace(FULL, file=None), 0)
    idle = {path for path in paths(DATA) if path[-1] != "label" and read(lacking(root, path)) == whole}
    assert idle - SAID_TWICE == set()


def test_the_full_document_differs_from_an_empty_one_in_every_part() -> None:
    empty = map_of("klantreis: 1\nid: alles\ntitle: {nl: Alles, en: Everything}\ntemplate: nl-5\n")
    found = {one.what for one in differences(empty, FULL)}
    assert {"persona", "step", "action", "lane", "asset", "change", "need", "offer", "claim", "comment"} <= found


def test_a_step_that_says_a_feeling_for_one_persona_keeps_the_rest() -> None:
    step = next(step for _, step in FULL.steps() if step.id == "rondgang")
    assert isinstance(step, Step)
    assert (step.feel, step.feeling("lisa", "echt"), step.feeling("lisa")) == (1, -2, 1)
