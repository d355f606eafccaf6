"""What may leave the house: small groups go, what would give them away goes too, and a remark says so."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from klantreis.findings import Finding
from klantreis.labels import Label
from klantreis.map.read import map_of
from klantreis.measure import measured
from klantreis.report import Report
from klantreis.testing import Touch, Trip, journeys_of
from klantreis.workspace.sharing import shared

MAP = map_of(
    """
    klantreis: 1
    id: shop
    title: Shop
    languages: [en]
    phases: {all: {look: {match: look}, buy: {match: buy}, rare: {match: rare}}}
    segments: {few: vip = true, many: vip = false, half: side = left}
    kpis:
      buys: {metric: conversion, from: look, to: buy, by: [few, many, half], label: Buys}
    """
)


def trip(n):
    ways = [Touch("look", n)] + ([Touch("buy", n + 1)] if n % 2 else []) + ([Touch("rare", n + 2)] if n < 4 else [])
    return Trip(f"p{n}", tuple(ways), segments=("few",) if n < 5 else ("many", "half")[: 1 + n % 2])


@pytest.fixture
def report():
    journeys = journeys_of([trip(5), trip(0), *(trip(n) for n in range(100) if n not in (0, 5))])
    names = replace(journeys.about.names, segments=("many", "half", "few"))
    assert set(journeys.about.names.segments) == set(names.segments)
    results = measured(MAP, journeys)
    small = Finding("leak", "warning", MAP.place("look"), Label("klein", "small"), people=3, examples=("p1-1",))
    large = replace(small, rule="loop", people=30)
    return Report(MAP, results, (large, small), datetime(2026, 11, 22, tzinfo=UTC))


def test_a_small_segment_goes_and_so_does_the_one_that_gives_it_away(report):
    assert set(report.results.segments) == {"few", "many", "half"}
    assert set(shared(report).results.segments) == {"half"}  # 100 people less 95 of 'many' are the 5 of 'few'


def test_a_kpi_of_a_small_segment_and_of_its_complement_says_that_it_is_not_shared(report):
    values = {value.segment: value for value in shared(report).results.kpis.values}
    assert values[None].estimate.value is not None
    assert values["half"].estimate.value is not None
    for hidden in ("few", "many"):
        assert values[hidden].estimate.value is None
        assert values[hidden].why == "Fewer than 10: not shared."


def test_rows_about_a_few_go_with_the_names_of_single_journeys(report):
    told = shared(report).results
    assert "rare" not in {node.id for node in told.paths.nodes}
    assert all(seen.people == 0 or seen.people >= 10 for seen in told.coverage.touchpoints)
    assert all(variant.count >= 10 for variant in told.paths.variants)
    assert "rare" in {node.id for node in report.results.paths.nodes}


def test_findings_about_a_few_go_and_one_remark_says_what_was_left_out(report):
    found = shared(report).findings
    assert [one.rule for one in found] == ["loop", "privacy"]
    assert found[0].examples == ()
    assert found[1].level == "hint"
    assert "few, many" in found[1].detail.text("en") or "many, few" in found[1].detail.text("en")


@pytest.mark.parametrize("least", [0, 1])
def test_nothing_is_left_out_when_it_is_switched_off(report, least):
    assert shared(report, least) is report


def test_a_map_without_numbers_is_shared_as_it_is(report):
    bare = replace(report, results=None)
    assert shared(bare) is bare
