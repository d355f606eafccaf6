"""Rows C5, E4 and E15: the work of one team, and only where we have influence."""

from __future__ import annotations

from pathlib import Path

import pytest

from klantreis.errors import OptionError
from klantreis.findings import Finding
from klantreis.labels import Label
from klantreis.map.focus import Focus, owner_called, owners, within_reach, work_of
from klantreis.map.influence import beyond_us
from klantreis.map.model import JourneyMap
from klantreis.map.read import map_of, read_map
from klantreis.scenes.journey import journey_scene
from klantreis.scenes.model import Group, Words, walk

MAPS = Path(__file__).resolve().parents[2] / "examples" / "maps"

SHOP = """\
klantreis: 1
id: winkel
title: {nl: Een keuken kopen, en: Buying a kitchen}
actors: {verkoop: {label: {nl: Verkoop, en: Sales}}}
phases:
  orientatie:
    actions: {beurs: {do: Op de beurs staan, owner: marketing}}
    kijken: {do: Ik kijk rond, match: page_view}
    regen: {do: Het regent, influence: none, match: rain, barrier: {id: nat, kind: other, severity: abandon}}
  aankoop:
    actions: {bellen: {do: Binnen een dag bellen, owner: verkoop}}
    offerte: {do: Ik vraag een offerte, owner: verkoop, match: quote_requested}
    wachten: {do: Ik wacht, match: waited, barrier: {id: stilte, kind: time, severity: abandon}}
    betalen: {do: Ik betaal, owner: administratie, match: order_paid}
  gebruik:
    montage: {do: De monteur komt, owner: montage, match: mounted}
lanes:
  achter: {label: Achter de schermen, cells: {montage: Busje laden}}
  voor: {label: Wie, cells: {offerte..montage: Een vast gezicht}}
opportunities:
  bericht: {solves: stilte, impact: 4, effort: 1, confidence: 3, owner: verkoop}
  paraplu: {solves: nat, impact: 5, effort: 1, confidence: 5}
kpis:
  snel: {phase: aankoop, metric: median_days, from: offerte, to: betalen, target: "<= 7", owner: verkoop}
  blij: {phase: gebruik, metric: people, owner: montage}
"""


def shop() -> JourneyMap:
    return map_of(SHOP)


def steps(map_: JourneyMap) -> list[str]:
    return [step.id for _, step in map_.steps()]


def test_owners_are_all_who_own_work_on_the_map() -> None:
    assert set(owners(shop())) == {"marketing", "verkoop", "administratie", "montage"}


def test_sales_sees_its_steps_and_those_nobody_owns_where_it_acts_in_every_phase() -> None:
    seen = work_of(shop(), "verkoop")
    assert [phase.id for phase in seen.phases] == ["orientatie", "aankoop", "gebruik"]
    assert steps(seen) == ["offerte", "wachten", "betalen"]  # betalen: its KPI ends there
    assert [action.id for phase in seen.phases for action in phase.actions] == ["bellen"]
    assert [kpi.id for kpi in seen.kpis] == ["snel"]
    assert [idea.id for idea in seen.opportunities] == ["bericht"]
    assert [barrier.id for barrier in seen.barriers] == ["stilte"]
    assert {touch.id for touch in seen.touchpoints} == {"offerte", "wachten", "betalen"}


def test_a_lane_is_drawn_in_to_the_steps_that_are_left() -> None:
    front = next(lane for lane in work_of(shop(), "verkoop").lanes if lane.id == "voor")
    assert [(cell.start, cell.end) for cell in front.cells] == [("offerte", "betalen")]
    back = next(lane for lane in work_of(shop(), "verkoop").lanes if lane.id == "achter")
    assert back.cells == ()


@pytest.mark.parametrize("word", ["verkoop", "VERKOOP", "Sales", "Verkoop"])
def test_a_team_is_found_by_id_and_by_name(word: str) -> None:
    assert owner_called(shop(), word) == "verkoop"


def test_an_unknown_team_is_named_with_the_nearest() -> None:
    with pytest.raises(OptionError, match="verkop") as told:
        owner_called(shop(), "verkop")
    assert "verkoop" in told.value.mend


def test_a_map_without_owners_says_what_to_add() -> None:
    with pytest.raises(OptionError) as told:
        owner_called(map_of("klantreis: 1\nid: x\ntitle: X\nphases: {aankoop: {kassa: {do: Ik betaal}}}\n"), "verkoop")
    assert "owner:" in told.value.mend


def test_what_is_beyond_us_are_steps_their_touchpoints_and_their_barriers() -> None:
    assert beyond_us(shop()) == {"regen", "nat"}


def test_only_where_we_have_influence_drops_the_step_with_all_that_stands_at_it() -> None:
    seen = within_reach(shop())
    assert steps(seen) == ["kijken", "offerte", "wachten", "betalen", "montage"]
    assert [barrier.id for barrier in seen.barriers] == ["stilte"]
    assert [idea.id for idea in seen.opportunities] == ["bericht"]


def test_a_finding_about_another_team_is_not_shown() -> None:
    spots = ("offerte", "montage", None)
    found = tuple(Finding("leak", "warning", shop().place(id_), Label("x", "x")) for id_ in spots)
    focus = Focus("verkoop")
    assert [one.place.id for one in focus.findings(focus.of(shop()), found)] == ["offerte"]
    assert Focus().findings(shop(), found) == found


def drawn(map_: JourneyMap, focus: Focus, language: str = "nl") -> str:
    scene = journey_scene(map_, None, (), language=language, focus=focus)  # type: ignore[arg-type]
    return " ".join(" ".join(one.lines) for one in walk(scene.elements) if isinstance(one, Words))


def test_the_head_says_whose_work_it_is_and_an_idle_phase_says_so_in_both_languages() -> None:
    assert "alleen het werk van Verkoop" in drawn(shop(), Focus("verkoop"))
    assert "Geen stap van Verkoop" in drawn(shop(), Focus("verkoop")).replace("\u00ad", "")
    assert "only the work of Sales" in drawn(shop(), Focus("verkoop"), "en")


def test_the_head_says_which_steps_were_left_out_because_they_are_not_ours() -> None:
    told = drawn(read_map(MAPS / "voetbalschoen.reis.yaml"), Focus(ours=True))
    assert "niet van ons" in told
    assert "Mijn zool scheurt" in told
    assert "all on this map is ours" in drawn(read_map(MAPS / "klacht.reis.yaml"), Focus(ours=True), "en")


def test_every_example_draws_for_each_of_its_teams() -> None:
    for file in sorted(MAPS.glob("*.reis.yaml")):
        map_ = read_map(file)
        for owner in owners(map_):
            scene = journey_scene(map_, None, (), language="nl", focus=Focus(owner, ours=True))
            shown = {one.id for one in walk(scene.elements) if isinstance(one, Group) and one.kind == "step"}
            assert shown <= {step.id for _, step in map_.steps()} | {touch.id for touch in map_.touchpoints}


def test_a_barrier_that_is_not_ours_stays_on_the_map_and_says_why_it_is_not_ranked() -> None:
    told = drawn(shop(), Focus())
    assert told.count("niet van ons: telt niet mee") == 2  # the barrier, and the opportunity for it
