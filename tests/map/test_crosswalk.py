"""A map in another phase model: steps keep their place, and several maps add up by class."""

from __future__ import annotations

from pathlib import Path

import pytest

from klantreis.errors import OptionError
from klantreis.map.crosswalk import by_class, shown_as
from klantreis.map.model import JourneyMap
from klantreis.map.read import map_of, read_map
from klantreis.map.templates import ORDER, template

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples" / "maps").glob("*.reis.yaml"))
HEAD = "klantreis: 1\nid: x\ntitle: X\n"


def columns(map_: JourneyMap) -> dict[str, list[str]]:
    return {phase.id: [step.id for step in phase.steps] for phase in map_.phases if phase.steps}


@pytest.mark.parametrize("model", ORDER)
@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.name)
def test_no_step_is_lost_and_every_touchpoint_has_a_phase(file: Path, model: str) -> None:
    before = read_map(file)
    after = shown_as(before, model)
    assert sorted(step.id for _, step in after.steps()) == sorted(step.id for _, step in before.steps())
    phases = {phase.id for phase in after.phases}
    assert {touch.phase for touch in after.touchpoints} <= phases
    assert {kpi.phase for kpi in after.kpis if kpi.phase} <= phases
    assert [phase.id for phase in after.phases] == [phase.id for phase in template(model).phases]


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.name)
def test_a_map_in_its_own_model_keeps_every_step_in_its_phase(file: Path) -> None:
    before = read_map(file)
    if len({klass for phase in before.phases for klass in phase.classes}) == len(before.phases):
        assert columns(shown_as(before, before.template or "")) == columns(before)


def test_the_chair_of_five_phases_in_the_seven_of_another_model() -> None:
    chair = next(read_map(file) for file in EXAMPLES if file.name.startswith("ikea"))
    assert list(columns(shown_as(chair, "journey-7")))[:3] == ["bewustwording", "overweging", "aankoop"]
    assert list(columns(shown_as(chair, "funnel-3"))) == ["orientatie", "overweging", "beslissing"]
    assert [step.id for _, step in shown_as(chair, "stdc").steps()] == [step.id for _, step in chair.steps()]


def test_after_the_purchase_never_lands_before_it_when_the_model_has_an_after() -> None:
    # Use belongs to Care in See-Think-Do-Care, not to Do.
    map_ = map_of(HEAD + "template: nl-5\nphases: {gebruik: {thuis: {do: Ik zet hem in elkaar}}}\n")
    assert columns(shown_as(map_, "stdc")) == {"zorgen": ["thuis"]}


def test_a_step_with_a_class_of_its_own_goes_by_that() -> None:
    text = "template: funnel-3\nphases: {beslissing: {kiezen: {class: DE}, betalen: {class: BU, match: paid}}}\n"
    seven = shown_as(map_of(HEAD + text + "kpis: {k: {phase: beslissing, metric: people}}\n"), "journey-7")
    assert columns(seven) == {"besluit": ["kiezen"], "aankoop": ["betalen"]}
    assert [touch.phase for touch in seven.touchpoints] == ["aankoop"]
    assert [kpi.phase for kpi in seven.kpis] == ["besluit"]


def test_a_phase_without_class_keeps_its_own_column() -> None:
    map_ = map_of(HEAD + "phases: {wachten: {label: Wachten, s: {}}, kopen: {class: BU, k: {}}}\n")
    assert columns(shown_as(map_, "nl-5")) == {"aankoop": ["k"], "wachten": ["s"]}


def test_an_unknown_model_is_answered_with_the_nearest() -> None:
    with pytest.raises(OptionError, match="nl-5"):
        shown_as(map_of(HEAD + "template: nl-5\n"), "nl5")


def test_a_mixed_portfolio_adds_up_by_class() -> None:
    one = map_of(
        HEAD + "template: nl-5\nphases: {aankoop: {kassa: {feel: -1, barrier: {kind: time}}, ijs: {feel: 2}}}\n"
        "opportunities: {o: {solves: kassa_time}}\nkpis: {k: {phase: aankoop, metric: people}}\n"
    )
    two = map_of(HEAD.replace("x", "y") + "template: actie-5\nphases: {actie: {betalen: {feel: 0}, kiezen: {}}}\n")
    row = next(row for row in by_class([one, two]) if row.klass == "BU")
    assert row.phases == (("x", "aankoop"), ("y", "actie"))
    assert (row.steps, row.n_feel, row.feel_mean, row.feel_low, row.feel_high) == (4, 3, 1 / 3, -1, 2)
    assert (row.barriers, row.opportunities, row.kpis) == (1, 1, 1)
    assert by_class([]) == ()
