"""The arms of a change: who has it and who has not, as the map says it and as the data knows it."""

import pytest

from klantreis.engines.base import Query
from klantreis.errors import DocumentError
from klantreis.journeys.match import matched
from klantreis.map.arms import arm_name, groups, too_many
from klantreis.map.check import check_all
from klantreis.map.read import map_of

MAP = """
klantreis: 1
id: winkel
title: Winkel
segments: {bestaand: customer.orders >= 1}
phases: {koop: {kassa: {do: Ik betaal, match: paid}}}
kpis: {koopt: {phase: koop, metric: conversion, to: kassa}}
changes:
  knop: {starts_at: 2026-05-01, design: ab, metric: koopt, window: 28 days, CHANGE}
"""


def change(text):
    map_ = map_of(MAP.replace("CHANGE", text))
    return map_, map_.changes[0]


def test_an_arm_is_a_rule_a_segment_or_a_touchpoint():
    map_, knop = change('treated: "test = nieuw or test = b", control: bestaand')
    assert knop.control.text == "bestaand"
    assert knop.control.any_of == ()
    assert [condition.values for (condition,) in knop.treated.any_of] == [("nieuw",), ("b",)]
    assert change("treated: kassa")[1].treated.text == "kassa"
    assert [one.id for one in groups(map_)] == ["bestaand", "knop.treated"]
    assert arm_name(knop, knop.treated, "treated") == "knop.treated"
    assert arm_name(knop, knop.control, "control") == "bestaand"


def test_a_name_that_nothing_has_is_a_mistake_with_the_nearest():
    with pytest.raises(DocumentError) as refused:
        change("treated: bestand")
    assert "bestaand" in refused.value.findings[0].advice.text("en")


@pytest.mark.parametrize(("text", "share"), [("10%", 0.1), ("0.1", 0.1), ("12,5 procent", 0.125)])
def test_a_share_is_read_as_people_write_it(text, share):
    assert change(f'split: "{text}", min_lift: "{text}"')[1].split == share


@pytest.mark.parametrize("text", ["0", "1", "100%", "-5%", "veel"])
def test_what_is_no_share_is_a_mistake(text):
    with pytest.raises(DocumentError):
        change(f'split: "{text}"')


def test_too_many_rules_are_told_with_whose_they_are():
    ab = "starts_at: 2026-05-01, design: ab, metric: koopt, window: 7d"
    segments = ", ".join(f"s{one}: a = {one}" for one in range(40))
    changes = "\n".join(f"  k{one}: {{{ab}, treated: t = {one}, control: t = x}}" for one in range(13))
    text = MAP.replace("bestaand: customer.orders >= 1", segments).partition("changes:")[0] + f"changes:\n{changes}\n"
    map_ = map_of(text)
    told = too_many(map_)
    assert told.nl == "40 van de segmenten en 26 van de groepen (treated, control) van veranderingen"
    (said,) = (one for one in check_all([map_]) if one.rule == "rules-too-many")
    assert (said.level, said.detail) == ("warning", told)
    with pytest.raises(DocumentError, match="this map has 66: 40 of the segments and 26 of the groups"):
        matched(Query((("rows", "SELECT 1"),)), map_, ())
    assert too_many(map_of(text.partition("  k12:")[0])) is None


def test_each_or_of_a_rule_on_behaviour_counts():
    text = MAP.replace("customer.orders >= 1", " or ".join(f"journey.days > {one}" for one in range(65)))
    assert too_many(map_of(text.partition("changes:")[0])).en.endswith("the most: bestaand with 65")
