"""A change of a step comes in the file as a person would write it, and nothing else moves."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from klantreis.editor.change import Change, changed
from klantreis.errors import OptionError
from klantreis.map.read import map_of

IKEA = (Path(__file__).resolve().parents[2] / "examples/maps/ikea-stoel.reis.yaml").read_text(encoding="utf-8")
SMALL = """# mijn kaart
klantreis: 1
id: klein
title: Klein
touchpoints:
  los: {label: Los contact, phase: kopen}
phases:
  kopen:
    label: Kopen
    betalen:   # de kassa
      label: Ik betaal
      feel: {all: 1, anna: -2}
      provenance: confirmed
    goal_: {do: Ik kijk, feel: -0.5, provenance: imported}
personas: {anna: {label: Anna}}
"""


def difference(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in lines if line[0] in "+-" and line[:3] not in {"+++", "---"}]


def put(text: str, step: str, language: str = "nl", **given: str) -> list[str]:
    new, _ = changed(text, Change(step, given), language)  # type: ignore[arg-type]
    map_of(new)
    return difference(text, new)


def test_only_the_line_of_the_feeling_changes() -> None:
    assert put(IKEA, "kassa", feel="2") == ["-      feel: -1", "+      feel: 2"]


def test_a_word_changes_in_the_language_of_the_page_and_the_other_stays() -> None:
    assert put(IKEA, "kassa", word="blij")[1] == "+      word: {nl: blij, en: a pity about the money}"
    assert put(IKEA, "kassa", "en", word="fine")[1] == "+      word: {nl: jammer van het geld, en: fine}"


def test_a_first_text_of_a_map_in_two_languages_says_its_language() -> None:
    assert put(IKEA, "aankomst", think="Daar ben ik")[0] == "+      think: {nl: Daar ben ik}"
    assert put(SMALL, "betalen", think="Klaar") == ["+      think: Klaar"]


def test_what_was_observed_is_an_assumption_once_somebody_chooses_another_feeling() -> None:
    assert "+      provenance: {all: observed, think: assumed, feel: assumed}" in put(IKEA, "rondgang", feel="-2")
    new, _ = changed(SMALL, Change("betalen", {"feel": "0"}), "nl")
    step = {step.id: step for _, step in map_of(new).steps()}["betalen"]
    assert (step.feel, step.provenance, [(cell.name, cell.provenance) for cell in step.cells]) == (
        0, "confirmed", [("feel", "assumed")],
    )  # fmt: skip


def test_what_came_from_another_program_is_ours_once_somebody_changed_it() -> None:
    new, _ = changed(SMALL, Change("goal_", {"feel": "1"}), "nl")
    cell = map_of(new).steps()[1][1].cells[0]
    assert (cell.name, cell.provenance, cell.origin) == ("feel", "assumed", None)


def test_a_text_in_other_words_is_as_sure_as_it_was() -> None:
    english = "en: A shorter way for who knows what they want"
    assert put(IKEA, "rondgang", expect="Een kortere weg") == [
        f"-      expect: {{nl: Een kortere weg voor wie al weet wat hij wil, {english}}}",
        f"+      expect: {{nl: Een kortere weg, {english}}}",
    ]


def test_the_feeling_of_a_persona_stays() -> None:
    new, _ = changed(SMALL, Change("betalen", {"feel": "-1"}), "nl")
    step = map_of(new).steps()[0][1]
    assert (step.feel, step.feels[0].value) == (-1, -2)
    assert "feel: {all: -1, anna: -2}" in new


def test_a_step_that_has_a_label_keeps_that_key() -> None:
    assert put(SMALL, "betalen", do="Ik reken af") == ["-      label: Ik betaal", "+      label: Ik reken af"]


def test_a_touchpoint_that_no_step_uses_becomes_one() -> None:
    assert put(SMALL, "los", feel="1") == ["+    los: {do: Los contact, feel: 1}"]
    new, _ = changed(SMALL, Change("los", {"feel": "1"}), "nl")
    assert map_of(new).steps()[-1][1].touchpoints == ("los",)


def test_nothing_given_or_the_same_given_changes_nothing() -> None:
    for given in ({}, {"feel": "-1"}, {"word": "  jammer van het geld \r\n"}, {"do": "Ik betaal"}):
        new, what = changed(IKEA, Change("kassa", given), "nl")
        assert new == IKEA
        assert not what


def test_what_is_emptied_is_empty() -> None:
    new, what = changed(IKEA, Change("kassa", {"feel": "", "word": ""}), "nl")
    step = next(step for _, step in map_of(new).steps() if step.id == "kassa")
    assert (step.feel, step.word.nl, step.word.en) == (None, None, "a pity about the money")
    assert what.text("nl") == "Gevoel bij 'Ik betaal': leeg. Woord bij 'Ik betaal': leeg."


@pytest.mark.parametrize("text", ["ja: {nee}", "# niets", "- een\n- twee", '"', "*ster", "@", "é\u2028\x07", "null"])
def test_any_text_is_read_back_as_it_was_typed(text: str) -> None:
    new, _ = changed(IKEA, Change("kassa", {"think": text}), "nl")
    step = next(step for _, step in map_of(new).steps() if step.id == "kassa")
    assert step.think.nl == text


@pytest.mark.parametrize("value", ["3", "-3", "0.5", "nan", "warm", "1e0", "+1"])
def test_a_feeling_is_one_of_five(value: str) -> None:
    with pytest.raises(OptionError, match="is not a feeling"):
        changed(IKEA, Change("kassa", {"feel": value}), "nl")


def test_a_step_that_is_not_there_is_told_with_the_nearest() -> None:
    with pytest.raises(OptionError, match=r"(?s)'kasa' is not on the map.*'kassa'"):
        changed(IKEA, Change("kasa", {"feel": "1"}), "nl")


def test_line_ends_of_windows_stay() -> None:
    new, _ = changed(IKEA.replace("\n", "\r\n"), Change("kassa", {"think": "Zo"}), "nl")
    assert new.count("\n") == new.count("\r\n")


def test_a_form_that_sends_back_what_it_showed_changes_nothing() -> None:
    block = SMALL.replace(
        "      label: Ik betaal\n", "      label: |\n        Ik betaal\n        met iDEAL\n      word: >\n        zo\n"
    )
    sent = {"do": "Ik betaal\r\nmet iDEAL", "word": "zo", "think": "", "expect": "", "feel": "1"}
    assert put(block, "betalen", **sent) == []
    assert put(block, "betalen", **sent | {"feel": "2"})[0] == "-      feel: {all: 1, anna: -2}"


def test_a_step_that_is_written_elsewhere_is_refused_not_copied() -> None:
    twice = IKEA.replace("    kassa:\n", "    kassa: &kassa\n").replace(
        "    ijsje:\n      do", "    ijsje_: *kassa\n    ijsje:\n      do"
    )
    with pytest.raises(OptionError, match="cannot be changed here"):
        changed(twice, Change("ijsje_", {"feel": "2"}), "nl")


def test_a_text_has_its_bounds() -> None:
    with pytest.raises(OptionError, match="2,001 signs; 2,000"):
        changed(IKEA, Change("kassa", {"think": "x" * 2001}), "nl")
