"""Row D19: a ready-made KPI set goes on a map in one action, and the rest of the document stays as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from klantreis.documents import edited
from klantreis.errors import OptionError
from klantreis.map import kpi_sets
from klantreis.map.init import new_map
from klantreis.map.kpi_sets import ORDER, PARTS, PLACES, kpi_set
from klantreis.map.metrics import METRICS
from klantreis.map.model import JourneyMap
from klantreis.map.read import map_of
from klantreis.map.templates import templates

SHOP = """\
# Onze kaart, met uitleg die moet blijven staan.
klantreis: 1
id: ring
title: Een ring   # met spaties
template: journey-7

kpis:
  # het belangrijkste eerst
  conversie: {phase: aankoop, metric: people}
phases: {aankoop: {kassa: {do: Ik betaal}}}
"""


def with_set(text: str, key: str) -> str:
    for edit in kpi_set(key).edits(map_of(text)):
        text = edited(text, edit.path, edit.value)
    return text


def fits(map_: JourneyMap, key: str) -> bool:
    classes = {klass for phase in map_.phases for klass in phase.classes}
    return all(classes & set(wanted) for wanted in kpi_set(key).phases.values())


def test_every_file_of_the_folder_is_a_set_and_every_set_a_file() -> None:
    files = {file.stem for file in Path(kpi_sets.__file__).parent.glob("*.yaml")}
    assert files == set(ORDER)
    assert all(kpi_set(key).id == key for key in ORDER)


@pytest.mark.parametrize("key", ORDER)
def test_a_set_speaks_both_languages_and_names_known_measures(key: str) -> None:
    found = kpi_set(key)
    assert all((found.label.nl, found.label.en, found.why.nl, found.why.en))
    for part in PARTS:
        for entry in found.parts.get(part, {}).values():
            words = entry.get("label") or entry.get("question")
            assert set(words) == {"nl", "en"}
    assert all(kpi["metric"] in METRICS for kpi in found.parts["kpis"].values())
    used = {kpi[place] for kpi in found.parts["kpis"].values() for place in PLACES if place in kpi}
    assert set(found.parts.get("touchpoints", {})) <= used


@pytest.mark.parametrize("model", [template.id for template in templates()])
@pytest.mark.parametrize("key", ORDER)
def test_a_set_fits_every_model_that_has_its_phases_and_says_so_when_it_does_not(key: str, model: str) -> None:
    text = new_map(model, "x", "nl")
    map_ = map_of(text)
    if not fits(map_, key):
        with pytest.raises(OptionError, match=key):
            kpi_set(key).edits(map_)
        return
    after = map_of(with_set(text, key))
    assert {kpi.id for kpi in after.kpis} - {kpi.id for kpi in map_.kpis} == set(kpi_set(key).parts["kpis"])
    assert {touch.id for touch in after.touchpoints} >= {touch.id for touch in map_.touchpoints}
    assert all(touch.planned and touch.matcher is None for touch in after.touchpoints[len(map_.touchpoints) :])


def test_awareness_has_first_visit_bounce_brand_search_and_the_reach_of_what_we_explain() -> None:
    after = map_of(with_set(SHOP, "awareness"))
    metrics = {kpi.id: (kpi.metric, kpi.phase or kpi.at) for kpi in after.kpis}
    assert metrics["eerste_bezoek_weg"] == ("bounce_share", "bewustwording")
    assert metrics["zoekt_op_naam"] == ("share", "merk_gezocht")
    assert metrics["bereik_uitleg"] == ("share", "uitleg_gelezen")


def test_comments_and_order_stay_and_every_old_line_is_still_there() -> None:
    after = with_set(SHOP, "awareness")
    lines = iter(after.splitlines())
    assert all(line in lines for line in SHOP.splitlines())  # each in turn: `in` walks on


def test_adding_it_twice_changes_nothing_and_what_stands_there_stays() -> None:
    once = with_set(SHOP, "awareness")
    assert kpi_set("awareness").edits(map_of(once)) == ()
    own = SHOP.replace("  conversie:", "  zoekt_op_naam: {phase: aankoop, metric: people}\n  conversie:")
    after = map_of(with_set(own, "awareness"))
    assert next(kpi for kpi in after.kpis if kpi.id == "zoekt_op_naam").metric == "people"
    assert after.touchpoint("merk_gezocht") is None  # only the KPI that is not added asked for it


def test_all_sets_go_on_one_map_together() -> None:
    text = SHOP
    for key in ORDER:
        text = with_set(text, key)
    assert len(map_of(text).kpis) == 1 + sum(len(kpi_set(key).parts["kpis"]) for key in ORDER)


def test_an_unknown_set_is_named_with_the_nearest() -> None:
    with pytest.raises(OptionError) as told:
        kpi_set("awarenes")
    assert "awareness" in told.value.mend


def test_the_contacts_before_a_purchase_are_told_for_each_segment_of_the_map() -> None:
    segments = "segments: {nieuw: customer.orders = 0, vast: customer.orders >= 1}\n"
    (kpi,) = (one for one in map_of(with_set(SHOP + segments, "conversion")).kpis if one.id == "contacten_vooraf")
    assert kpi.by == ("nieuw", "vast")
    assert "by:" not in with_set(SHOP, "conversion")
