"""The phase models T1-T14, as `requirements.md` lists them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from klantreis.errors import OptionError
from klantreis.map import templates as room
from klantreis.map.templates import ORDER, template, templates

CLASSES = {
    "nl-5": "OR CO BU US LO",
    "funnel-3": "AW+OR CO DE+BU",
    "journey-7": "AW CO DE BU US LO AD",
    "actie-5": "AW CO DE+BU SE LO",
    "stdc": "AW CO DE+BU LO",
    "aida": "AW OR CO BU",
    "race": "AW OR BU LO",
    "cdj": "OR CO BU US",
    "lv-3": "AW+OR+CO DE+BU US+SE+LO+AD",
    "lifecycle": "AW OR CO CO DE BU+US AD",
    "klacht": "SE SE SE SE SE SE",
    "klantenservice": "SE SE SE SE SE",
    "reparatie": "SE SE SE SE SE US",
    "retour": "SE SE SE SE SE CO",
}


def test_every_model_has_its_classes() -> None:
    assert {one.id: " ".join("+".join(phase.classes) for phase in one.phases) for one in templates()} == CLASSES


def test_every_phase_has_a_name_and_a_goal_in_both_languages() -> None:
    for one in templates():
        assert one.label.nl
        assert one.label.en
        for phase in one.phases:
            assert all([phase.label.nl, phase.label.en, phase.goal.nl, phase.goal.en]), (one.id, phase.id)


def test_the_names_are_those_of_the_requirements(shared: Path) -> None:
    table = (shared / "design" / "requirements.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| T\d+ (\S+) \|[^|]*\| ([^|]+) \| ([^|]+) \|", table, re.MULTILINE)
    assert [key for key, _, _ in rows] == list(ORDER)
    for key, dutch, english in rows:
        phases = template(key).phases
        if key in {"stdc", "lv-3", "race", "cdj", "funnel-3"}:  # the table adds remarks or shortens these
            continue
        assert [phase.label.nl for phase in phases] == [name.strip() for name in dutch.split(",")]
        assert [phase.label.en for phase in phases] == [name.strip() for name in english.split(",")]


def test_every_file_is_in_the_list() -> None:
    files = {file.stem for file in Path(room.__file__ or "").parent.glob("*.yaml")}
    assert files == set(ORDER)


def test_an_unknown_template_names_the_nearest() -> None:
    with pytest.raises(OptionError, match="Did you mean 'journey-7'"):
        template("journy-7")
    with pytest.raises(OptionError, match="nl-5"):
        template("../model")
