"""A map as tables: a heading in both languages over every field, and nothing that only a program can read."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from pathlib import Path

import pytest

from klantreis.labels import Language
from klantreis.map.model import JourneyMap
from klantreis.map.read import read_map
from klantreis.map.read_rows import head_of as row_with_steps
from klantreis.map.sheets import KINDS, about, head_of, tables

FULL = read_map(Path(__file__).resolve().parent / "full.reis.yaml")
SAME = {"id", "status", "impact", "kpi", "media", "segment"}
"""Headings that are one word in both languages."""


def test_every_field_of_the_full_map_has_a_heading_in_dutch_and_in_english() -> None:
    written = {field for _, names, _ in tables(FULL, "nl") for field in names} | {key for key, _ in about(FULL, "nl")}
    written -= {key for key, _ in FULL.context}
    assert len(written) > 90
    bare = {field for field in written if head_of(field).nl == field.replace("_", " ") and field not in SAME}
    assert not {field for field in bare if head_of(field).nl == head_of(field).en} - {"context"}
    assert not [field for field in written if "_" in (head_of(field).nl or "") + (head_of(field).en or "")]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_two_columns_of_a_table_have_one_heading(language: Language) -> None:
    for kind, names, _ in tables(FULL, language):
        heads = [head_of(field).text(language) for field in names]
        assert len(set(heads)) == len(heads), kind


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_other_table_is_taken_for_the_one_of_steps(language: Language) -> None:
    for kind, names, _ in tables(FULL, language):
        assert row_with_steps([[head_of(field).text(language) for field in names]]) is None, kind


def test_every_kind_of_thing_on_the_map_has_a_table() -> None:
    assert [kind for kind, _, _ in tables(FULL, "nl")] == list(KINDS)
    held = {one.name for one in fields(JourneyMap) if isinstance(getattr(FULL, one.name), tuple)}
    assert held - set(KINDS) <= {"context", "languages", "channels", "lanes", "tags", "extra", "spots"}
    assert not list(tables(replace(JourneyMap("leeg", FULL.title), phases=()), "nl"))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_values_are_read_by_people_and_not_the_inside_of_a_program(language: Language) -> None:
    cells = [str(cell) for _, _, rows in tables(FULL, language) for row in rows for cell in row if cell is not None]
    cells += [str(value) for _, value in about(FULL, language)]
    assert not [cell for cell in cells if re.search(r"\w+\(|None|True|False|e\+\d|\b7200\b", cell)]


def test_a_path_a_span_and_who_is_in_a_test_read_as_they_are_written() -> None:
    found = {kind: dict(zip(names, rows[0], strict=True)) for kind, names, rows in tables(FULL, "nl")}
    assert str(found["scenarios"]["path"]).startswith("krant|site, kassa?")
    assert (found["phases"]["expected_seconds"], found["touchpoints"]["cap"]) == ("2 dagen", "1 per month")
    assert (found["actions"]["phase"], found["surveys"]["reverse"]) == ("orientatie", "ja")
    assert found["alternatives"]["scores"] == "prijs: 2"
    assert "2 uur" in str(found["phases"]["expected_by"])
