"""The published JSON Schema is what the reader reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from klantreis.documents import edited, parsed, plain
from klantreis.documents.reading import Reading
from klantreis.errors import DocumentError
from klantreis.map.init import new_map
from klantreis.map.read import map_of, schema
from klantreis.map.schema import FILE, schema_text
from klantreis.map.templates import ORDER

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples" / "maps").glob("*.reis.yaml"))
SCHEMA = schema()
CHECKER = jsonschema.Draft202012Validator(SCHEMA)
CUT = {"label", "path_part"}


def data(text: str) -> Any:
    return plain(parsed(text, Reading()))


def test_the_published_schema_is_up_to_date() -> None:
    assert FILE.read_text(encoding="utf-8") == schema_text(), "run: python -m klantreis.map.schema"


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(FILE.read_text(encoding="utf-8")))


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.name)
def test_every_example_fits_the_schema(file: Path) -> None:
    CHECKER.validate(data(file.read_text(encoding="utf-8")))


@pytest.mark.parametrize("key", ORDER)
def test_every_new_map_fits_the_schema(key: str) -> None:
    CHECKER.validate(data(new_map(key, "x", "nl")))


def follow(node: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node:
        node = SCHEMA["$defs"][node["$ref"].rpartition("/")[2]]
    return node


@st.composite
def fitting(draw: DrawFn, node: dict[str, Any], depth: int = 0) -> Any:
    """Any data that the schema allows, one key at a time so that a wrong one shows."""
    node = follow(node)
    if "anyOf" in node:
        return draw(fitting(draw(st.sampled_from(node["anyOf"])), depth))
    if "enum" in node:
        return draw(st.sampled_from(node["enum"]))
    kind = node.get("type", "string")
    kind = draw(st.sampled_from(kind)) if isinstance(kind, list) else kind
    if kind == "object":
        return draw(block(node, depth))
    if kind == "array":
        return draw(st.lists(fitting(node["items"], depth + 1), max_size=0 if depth > 4 else 2))
    if "examples" in node:
        return draw(st.sampled_from(node["examples"]))
    low, high = node.get("minimum", -3), node.get("maximum", 3)
    scalars: dict[str, st.SearchStrategy[Any]] = {
        "string": st.sampled_from(["a", "b", "c.d", "1..5"]),
        "integer": st.integers(int(low), int(high)),
        "number": st.floats(low, high).map(lambda number: max(low, round(number, 2))),
        "boolean": st.booleans(),
        "null": st.none(),
    }
    return draw(scalars[kind])


@st.composite
def block(draw: DrawFn, node: dict[str, Any], depth: int) -> dict[str, Any]:
    known, required = node.get("properties", {}), node.get("required", [])
    most = node.get("maxProperties", 4 if depth < 3 else 1)
    keys = set(draw(st.lists(st.sampled_from(sorted(known)), max_size=most, unique=True))) if known else set()
    if node.get("minProperties") and not keys:
        keys = {draw(st.sampled_from(sorted(known)))}
    found = {key: draw(fitting(known[key], depth + 1)) for key in sorted(keys | set(required))}
    others = node.get("additionalProperties")
    if isinstance(others, dict) and depth < 6:
        found |= {f"id_{depth}": draw(fitting(others, depth + 1))}
    return found


STRANGE = ("Unknown key", "should be", "is not a value of", "is not a usable number", "is missing")


@settings(max_examples=60, deadline=None)
@given(fitting(SCHEMA))
def test_what_the_schema_allows_the_reader_understands(document: dict[str, Any]) -> None:
    # Ids that refer to nothing, and texts with a grammar of their own, the schema cannot judge; shapes and keys it can.
    CHECKER.validate(document)
    text = ""
    for key, value in document.items():
        text = edited(text, [key], value)
    said: list[str] = []
    try:
        map_of(text)
    except DocumentError as error:
        said = [found.title.text("en") for found in error.findings]
    assert [title for title in said if any(words in title for words in STRANGE)] == []


@pytest.mark.parametrize("name", sorted(set(SCHEMA["$defs"]) - CUT))
def test_what_the_reader_does_not_know_the_schema_refuses(name: str) -> None:
    node = SCHEMA["$defs"][name]
    if node.get("additionalProperties") is False:
        checker = jsonschema.Draft202012Validator({**SCHEMA, "$ref": f"#/$defs/{name}"})
        errors = [error.validator for error in checker.iter_errors({"zzz": 1})]
        assert "additionalProperties" in errors
