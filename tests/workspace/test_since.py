"""Two pages of one map, one after the other: no few people can be had by taking one from the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.analyses.results import Results
from klantreis.map.read import map_of
from klantreis.measure import measured
from klantreis.report import Report
from klantreis.stats.untold import Untold
from klantreis.testing import Touch, Trip, journeys_of
from klantreis.workspace.sharing import shared
from klantreis.workspace.since import changed, held, numbers

MAP = map_of(
    """
    klantreis: 1
    id: shop
    title: Shop
    languages: [en]
    phases: {all: {look: {match: look}, try: {match: try}, buy: {match: buy}}}
    segments: {left: side = left, right: side = right}
    kpis: {buys: {metric: conversion, from: look, to: buy, by: [left, right], label: Buys}}
    """
)
WAYS = (("look",), ("look", "buy"), ("look", "try", "buy"), ("look", "try"), ("look", "look", "buy"))


def results(kinds: list[int]) -> Results:
    trips = []
    for n, kind in enumerate([*kinds, *[5] * 20]):  # both segments are always there
        touches = tuple(Touch(event, n + place) for place, event in enumerate(WAYS[kind % 5]))
        trips.append(Trip(f"p{n}", touches, segments=(("left", "right")[kind // 5],)))
    return measured(MAP, journeys_of(trips))


def told(found: Results, before: dict[str, int], least: int = 10) -> Results:
    report = shared(Report(MAP, found, (), datetime(2026, 11, 22, tzinfo=UTC)), least, before=before)
    assert report.results is not None
    return report.results


def few(now: dict[str, int], before: dict[str, int]) -> dict[str, int]:
    """Numbers that can be taken from what was told, and leave a few."""
    return {place: n - before[place] for place, n in now.items() if 0 < abs(n - before.get(place, n)) < 10}


@settings(max_examples=4, deadline=None)
@given(st.lists(st.lists(st.integers(0, 9), min_size=10, max_size=40), min_size=2, max_size=2))
def test_no_number_that_is_told_differs_by_a_few_from_what_was_told_before(weeks: list[list[int]]) -> None:
    kinds, before = list(range(10)) * 12, {}
    for week in weeks:
        kinds += week
        now = numbers(told(results(kinds), before))
        assert few(now, before) == {}
        before = {**before, **now}


def test_without_what_was_told_before_a_few_could_be_worked_out() -> None:
    """What the page would give away if it did not look back: else the law above would hold of nothing."""
    kinds = list(range(10)) * 12
    before = numbers(told(results(kinds), {}))
    assert few(numbers(told(results([*kinds, *[0] * 10, 1, 1, 1]), {})), before)


@pytest.mark.parametrize(("more", "gap"), [(0, 0), (1, 1), (9, 9), (10, 0), (30, 0)])
def test_totals_that_differ_by_a_few_hold_the_page(more: int, gap: int) -> None:
    kinds = [0] * 50
    assert held(results([*kinds, *[0] * more]), numbers(results(kinds)), 10) == gap


def test_someone_who_is_forgotten_holds_the_page_too() -> None:
    assert held(results([0] * 49), numbers(results([0] * 50)), 10) == 1


def test_a_number_is_told_again_when_it_has_grown_enough_since_it_was_told_last() -> None:
    kinds = [0] * 50 + [3] * 50
    before = numbers(told(results(kinds), {}))
    place = "coverage/touchpoints/try/people"
    assert before[place] == 50
    for grown, shown in ((6, None), (9, None), (12, 62)):
        found = told(results([*kinds, *[0] * 20, *[3] * grown]), before)
        seen = next(one for one in found.coverage.touchpoints if one.touchpoint == "try")
        assert (None if isinstance(seen.people, Untold) else seen.people) == shown
        before = {**before, **numbers(found)}


def test_a_segment_that_grew_by_a_few_is_left_out() -> None:
    kinds = [0] * 40 + [5] * 40
    before = numbers(told(results(kinds), {}))
    assert set(told(results([*kinds, *[0] * 20, 5, 5]), before).segments) == {"left"}


def test_the_report_of_a_segment_is_held_beside_what_the_report_of_everybody_told_of_it() -> None:
    everybody = results([0] * 40 + [5] * 40)
    part = everybody.segments["left"]
    alone = replace(part, about=replace(part.about, segment="left"), segments={})
    grown = results([0] * 43 + [5] * 60).segments["left"]
    grown = replace(grown, about=replace(grown.about, segment="left"), segments={})
    before = numbers(everybody)
    assert numbers(alone, "left").items() <= before.items()
    assert held(grown, before, 10) == 3
    assert "segments/left/paths/people" in changed(grown, before, 10)


def test_nothing_told_before_changes_nothing() -> None:
    found = results(list(range(10)) * 12)
    assert numbers(told(found, {})) == numbers(told(found, numbers(told(found, {}))))
