"""One stretch of a journey: chosen at the start, and when a map is drawn."""

import pytest

from klantreis.errors import OptionError
from klantreis.findings import Finding
from klantreis.labels import Label
from klantreis.map.check import check_all
from klantreis.map.focus import Focus
from klantreis.map.init import Meant, new_map
from klantreis.map.read import map_of
from klantreis.map.templates import templates

PURCHASES = [one.id for one in templates() if any("BU" in phase.classes for phase in one.phases)]
MAP = """
    klantreis: 1
    id: shop
    title: Shop
    languages: [en]
    type: purchase
    template: journey-7
    {scope}
    phases:
      bewustwording: {{ad: {{match: ad}}}}
      aankoop: {{pay: {{match: pay}}}}
      loyaliteit: {{card: {{match: card}}}}
    kpis:
      sold: {{metric: conversion, from: ad, to: pay, label: Sold}}
      cards: {{metric: people, at: card, label: Cards}}
    barriers: {{dear: {{label: Dear, at: pay, kind: price}}}}
"""


@pytest.mark.parametrize("template", PURCHASES)
@pytest.mark.parametrize("scope", ["to_purchase", "from_purchase"])
@pytest.mark.parametrize("offer", ["product", "service", None])
def test_a_new_map_of_one_stretch_reads_without_a_warning(template, scope, offer):
    map_ = map_of(new_map(template, "mine", "nl", meant=Meant(scope, offer)))
    assert not [one for one in check_all([map_]) if one.level in {"error", "warning"}]
    bought = "BU" in (map_.phases[-1] if scope == "to_purchase" else map_.phases[0]).classes
    assert (map_.scope.preset, bought) == (scope, True)
    assert dict(map_.context).get("offer") == offer


@pytest.mark.parametrize("template", [one.id for one in templates() if one.id not in PURCHASES])
def test_a_template_without_a_purchase_has_no_such_stretch(template):
    with pytest.raises(OptionError, match="no phase of the purchase"):
        new_map(template, "mine", meant=Meant("to_purchase"))


def test_phases_of_the_template_outside_the_scope_go_unless_something_stands_there():
    phases = [phase.id for phase in map_of(MAP.format(scope="scope: {preset: to_purchase}")).phases]
    assert phases == ["bewustwording", "overweging", "besluit", "aankoop", "loyaliteit"]
    assert len(map_of(MAP.format(scope="")).phases) == 7


def test_a_map_is_shown_up_to_paying_or_from_there_on():
    map_ = map_of(MAP.format(scope=""))
    before, after = (Focus(scope=one).of(map_) for one in ("to_purchase", "from_purchase"))
    assert [phase.id for phase in before.phases] == ["bewustwording", "overweging", "besluit", "aankoop"]
    assert [touch.id for touch in before.touchpoints] == ["ad", "pay"]
    assert [kpi.id for kpi in before.kpis] == ["sold"]
    assert [kpi.id for kpi in after.kpis] == ["cards"]
    assert after.phases[0].id == "aankoop"
    assert [one.id for one in after.barriers] == ["dear"]
    assert Focus().of(map_) is map_


def test_findings_outside_the_stretch_are_left_out_and_those_of_the_map_stay():
    map_ = map_of(MAP.format(scope=""))
    found = tuple(Finding("leak", "insight", map_.place(id_), Label("x")) for id_ in ("ad", "card", "loyaliteit", None))
    focus = Focus(scope="to_purchase")
    assert [one.place.id for one in focus.findings(focus.of(map_), found)] == ["ad", None]
    assert focus.said(map_)[0].text("nl") == "van het probleem tot en met betalen"


def test_a_map_without_a_purchase_says_what_is_missing():
    map_ = map_of("klantreis: 1\nid: a\ntitle: A\nlanguages: [en]\nphases: {one: {x: {match: x}}}\n")
    with pytest.raises(OptionError) as wrong:
        Focus(scope="to_purchase").of(map_)
    assert "class: BU" in wrong.value.mend
