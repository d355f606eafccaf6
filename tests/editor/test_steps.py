"""A step that is added, moved or deleted stands in the file as a person would write it, and all the rest stays."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.documents.read import read_text
from klantreis.editor.acts import done
from klantreis.editor.change import Change
from klantreis.errors import OptionError
from klantreis.map.read import map_of

MAPS = Path(__file__).resolve().parents[2] / "examples/maps"
IKEA = read_text(MAPS / "ikea-stoel.reis.yaml")
SMALL = """klantreis: 1
id: klein
title: Klein
template: funnel-3
phases:
  oriënteren:
    label: Oriënteren

    # hoe zij ons vinden
    zoekt:
      do: Ik zoek
      feel: 1   # na het gesprek

    vindt: {do: Ik vind}

  kopen:
    label: Kopen
    steps:
      goal: {do: Ik betaal, touch: [kassa]}
touchpoints:
  kassa: {label: De kassa}
barriers:
  rij: {at: goal, label: Een rij}
scenarios:
  echt:
    kind: realistic
    path: [zoekt, [vindt, {exit: te duur}], {optional: goal}]
"""
SMALL = SMALL.replace("template: funnel-3\n", "")


def order(text: str) -> dict[str, list[str]]:
    return {phase.id: [step.id for step in phase.steps] for phase in map_of(text).phases}


def did(text: str, act: str, step: str = "", **given: str) -> str:
    return done(text, Change(step, given, act), "nl")[0]


def said(text: str, act: str, step: str = "", **given: str) -> str:
    return done(text, Change(step, given, act), "nl")[1].text("nl")


def difference(before: str, after: str) -> list[str]:
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in lines if line[0] in "+-" and line[1:].strip()]


def test_a_new_step_stands_where_it_was_put_in_the_manner_of_its_phase() -> None:
    new = did(SMALL, "before", "vindt", name=" Ik vraag  een vriend ")
    assert new == SMALL.replace(
        "    vindt: {", "    ik_vraag_een_vriend:\n      do: Ik vraag een vriend\n\n    vindt: {"
    )
    new = did(SMALL, "after", "vindt", name="Ik twijfel")
    assert order(new)["oriënteren"] == ["zoekt", "vindt", "ik_twijfel"]
    assert order(did(SMALL, "add", name="Ik twijfel", phase="kopen"))["kopen"] == ["goal", "ik_twijfel"]
    assert said(SMALL, "add", name="Ik twijfel", phase="kopen") == "“Ik twijfel” is een stap in Kopen."


def test_a_new_step_of_a_map_in_two_languages_says_its_language() -> None:
    assert difference(IKEA, did(IKEA, "after", "kassa", name="Ik pak in")) == [
        "+     ik_pak_in:", "+       do: {nl: Ik pak in}",
    ]  # fmt: skip


def test_a_phase_without_steps_and_one_that_is_only_in_the_template_get_their_first() -> None:
    new = did(IKEA, "add", name="Ik zet hem in elkaar", phase="gebruik")
    assert order(new)["gebruik"] == ["ik_zet_hem_in_elkaar"]
    empty = "klantreis: 1\nid: leeg\ntitle: Leeg\ntemplate: nl-5\n"
    new = did(did(empty, "add", name="Ik kijk", phase="afweging"), "add", name="Ik zoek", phase="orientatie")
    assert [ids for ids in order(new).values() if ids] == [["ik_zoek"], ["ik_kijk"]]


@pytest.mark.parametrize(
    "name", ["Label", "Goal", "Touch", "kassa", "zoekt", "null", "true", "2024", "Rij", "Ω", "{a: [", "# x"]
)
def test_whatever_a_step_is_called_it_is_a_step_of_its_own(name: str) -> None:
    new = did(SMALL, "add", name=name, phase="kopen")
    step = map_of(new).steps()[-1][1]
    assert step.label.text("nl") == name
    assert step.touchpoints == ()
    assert len(map_of(new).touchpoints) == len(map_of(SMALL).touchpoints)


def test_a_step_goes_one_place_at_a_time_and_into_the_phase_beside_it() -> None:
    assert order(did(SMALL, "later", "zoekt"))["oriënteren"] == ["vindt", "zoekt"]
    assert "    # hoe zij ons vinden\n    zoekt:\n      do: Ik zoek\n      feel: 1   # na het" in did(
        SMALL, "later", "zoekt"
    )
    assert did(did(SMALL, "later", "zoekt"), "earlier", "zoekt") == SMALL
    over = did(SMALL, "later", "vindt")
    assert order(over) == {"oriënteren": ["zoekt"], "kopen": ["vindt", "goal"]}
    assert order(did(over, "earlier", "vindt")) == order(SMALL)
    assert did(SMALL, "earlier", "zoekt") == SMALL
    assert did(SMALL, "later", "goal") == SMALL
    assert said(SMALL, "later", "vindt") == "'Ik vind' staat nu in Kopen, vooraan."
    assert said(SMALL, "later", "zoekt") == "'Ik zoek' staat nu in Oriënteren, na 'Ik vind'."


def test_a_step_goes_to_the_end_of_a_phase() -> None:
    assert order(did(SMALL, "to", "zoekt", phase="kopen")) == {"oriënteren": ["vindt"], "kopen": ["goal", "zoekt"]}
    over = did(SMALL, "later", "vindt")
    assert order(did(over, "to", "zoekt", phase="kopen")) == {"oriënteren": [], "kopen": ["vindt", "goal", "zoekt"]}
    assert order(did(IKEA, "to", "rondgang", phase="loyaliteit"))["loyaliteit"] == ["rondgang"]
    assert did(SMALL, "to", "zoekt", phase="oriënteren") == SMALL


def test_a_step_that_goes_is_taken_out_of_the_paths_and_its_barriers_go_along() -> None:
    new = did(SMALL, "delete", "vindt")
    assert difference(SMALL, new)[-2:] == [
        "-     path: [zoekt, [vindt, {exit: te duur}], {optional: goal}]",
        "+     path: [zoekt, {optional: goal}]",
    ]
    new = did(SMALL, "delete", "goal")
    assert "path: [zoekt, [vindt, {exit: te duur}]]\n" in new
    assert map_of(new).barriers == ()
    assert "kassa: {label: De kassa, phase: kopen}" in new
    assert said(SMALL, "delete", "goal") == "'Ik betaal' is verwijderd. Ook weg: Een rij."
    assert done(SMALL, Change("zoekt", {}, "delete"), "nl")[2] == "vindt"
    assert difference(SMALL, did(SMALL, "delete", "zoekt"))[:5] == [
        "-     # hoe zij ons vinden", "-     zoekt:", "-       do: Ik zoek", "-       feel: 1   # na het gesprek",
        "-     path: [zoekt, [vindt, {exit: te duur}], {optional: goal}]",
    ]  # fmt: skip


def test_a_step_that_goes_is_taken_out_of_a_path_of_one_line() -> None:
    line = SMALL.replace("[zoekt, [vindt, {exit: te duur}], {optional: goal}]", '"zoekt, vindt|!te duur, goal?"')
    assert '    path: "zoekt, goal?"\n' in did(line, "delete", "vindt")
    assert '    path: "vindt|!te duur, goal?"\n' in did(line, "delete", "zoekt")


def test_what_still_speaks_of_a_step_keeps_it_and_is_told_with_its_lines() -> None:
    with pytest.raises(OptionError) as caught:
        did(IKEA, "delete", "magazijn")
    told = caught.value.told("nl")
    assert "opportunities vak_op_telefoon (regel 132)" in told
    assert "kpis zoektijd (regel" in told
    assert "lanes achter_de_schermen (regel" in told


def test_what_cannot_be_done_is_told() -> None:
    for act, step, more in (
        ("add", "", {"name": "  ", "phase": "kopen"}), ("add", "", {"name": "x", "phase": "nee"}),
        ("after", "nee", {"name": "x"}), ("later", "nee", {}), ("delete", "nee", {}), ("nee", "zoekt", {}),
        ("to", "zoekt", {"phase": "nee"}), ("add", "", {"name": "x" * 2001, "phase": "kopen"}),
    ):  # fmt: skip
        with pytest.raises(OptionError):
            did(SMALL, act, step, **more)
    with pytest.raises(OptionError):  # 'goal' can only stand under steps, and those come first
        did(SMALL, "to", "goal", phase="oriënteren")
    alone = SMALL.replace("[zoekt, [vindt, {exit: te duur}], {optional: goal}]", "zoekt")
    with pytest.raises(OptionError, match="scenarios echt"):
        did(alone, "delete", "zoekt")


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_steps_can_be_moved_about_at_will_and_only_their_places_change(draw: st.DataObject) -> None:
    file = draw.draw(st.sampled_from(sorted(MAPS.glob("*.reis.yaml"))))
    text = before = read_text(file)
    for _ in range(3):
        step = draw.draw(st.sampled_from([step.id for _, step in map_of(text).steps()]))
        act = draw.draw(st.sampled_from(["earlier", "later", "to"]))
        phase = draw.draw(st.sampled_from([phase.id for phase in map_of(text).phases]))
        text = did(text, act, step, phase=phase)
    steps = [{step.id: step for _, step in map_of(one).steps()} for one in (before, text)]
    assert steps[0] == steps[1]
    assert sorted(filter(None, before.splitlines())) == sorted(filter(None, text.splitlines()))
