"""Feelings of a persona apart: chosen, changed and emptied, the rest of the step as it was."""

from __future__ import annotations

import pytest

from klantreis.editor.acts import done
from klantreis.editor.change import Change
from klantreis.editor.own import owned
from klantreis.errors import OptionError
from klantreis.map.read import map_of

TEXT = """klantreis: 1
id: klein
title: Klein
personas: {lisa: {label: Lisa}, bram: {label: Bram}}
scenarios: {echt: {label: Zo gaat het echt, kind: realistic, path: [betalen]}}
phases:
  kopen:
    label: Kopen
    kijken: {do: Ik kijk, feel: 1}   # eerst
    betalen:
      do: Ik betaal
      feel: {all: 1, lisa: {echt: -2}}   # de rij
      provenance: observed
    weg: {do: Ik ga}
"""


def did(step: str, persona: str, own: str, scenario: str = "", text: str = TEXT) -> tuple[str, str]:
    given = {"persona": persona, "scenario": scenario, "own": own}
    new, what, _ = done(text, Change(step, given, "felt"), "nl")
    return new, what.text("nl")


def test_a_feeling_of_a_persona_stands_beside_that_of_everybody() -> None:
    new, what = did("kijken", "bram", "-1")
    assert "    kijken: {do: Ik kijk, feel: {all: 1, bram: -1}}   # eerst\n" in new
    assert what == "Gevoel van Bram bij 'Ik kijk': −1 negatief."
    assert "    weg: {do: Ik ga, feel: {lisa: 2}}\n" in did("weg", "lisa", "2")[0]
    step = map_of(did("betalen", "bram", "0")[0]).steps()[1][1]
    assert (step.feel, step.feeling("bram"), step.feeling("lisa", "echt")) == (1, 0, -2)
    assert [(cell.name, cell.provenance) for cell in step.cells] == [("feel", "assumed")]


def test_one_in_a_scenario_is_changed_and_emptied_where_it_stands() -> None:
    new, what = did("betalen", "lisa", "0", "echt")
    assert "      feel: {all: 1, lisa: {echt: 0}}   # de rij\n" in new
    assert what == "Gevoel van Lisa in 'Zo gaat het echt' bij 'Ik betaal': 0 neutraal."
    new, what = did("betalen", "lisa", "", "echt")
    assert map_of(new).steps()[1][1].feels == ()
    assert what.endswith(": leeg.")
    block = TEXT.replace("{all: 1, lisa: {echt: -2}}   #", "\n        all: 1\n        lisa:\n          echt: -2   #")
    new, _ = did("betalen", "lisa", "", "echt", text=block)
    assert "      feel: \n        all: 1\n      provenance" in new
    new, _ = did("kijken", "bram", "", text=did("kijken", "bram", "-1")[0])
    assert "feel: {all: 1}}   # eerst" in new
    assert did("kijken", "bram", "") == (TEXT, "")


def test_what_can_be_chosen_is_what_the_map_can_hold() -> None:
    map_ = map_of(TEXT)
    assert [(one.persona, one.scenario, one.value) for one in owned(map_, map_.steps()[1][1])] == [
        ("lisa", "echt", -2), ("bram", "", None),
    ]  # fmt: skip
    alone = map_of(TEXT.replace(", bram: {label: Bram}", ""))
    assert owned(alone, alone.steps()[0][1]) == ()
    for step, persona, own, scenario in (
        ("betalen", "lisa", "1", ""), ("kijken", "nee", "1", ""), ("nee", "lisa", "1", ""), ("kijken", "lisa", "7", ""),
    ):  # fmt: skip
        with pytest.raises(OptionError):
            did(step, persona, own, scenario)
