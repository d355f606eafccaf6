"""What may leave the house: small groups go, what would give them away goes too, and a remark says so."""

import copy
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from klantreis.analyses.coverage_result import Behaviour
from klantreis.analyses.drift import Drift
from klantreis.analyses.emotion import Emotion, Feeling
from klantreis.analyses.fit import Fit
from klantreis.analyses.funnel import FunnelStep
from klantreis.analyses.paths import Edge
from klantreis.analyses.standing import Stand, Standing
from klantreis.analyses.times import Duration, Times
from klantreis.exporters.html import html
from klantreis.exporters.json import to_json
from klantreis.findings import Edit, Finding, Place
from klantreis.journeys.model import About, Names
from klantreis.labels import Label
from klantreis.map.read import map_of
from klantreis.measure import measured
from klantreis.report import Report
from klantreis.scenes.numbers import cases, decimal
from klantreis.stats.intervals import share
from klantreis.stats.untold import Untold
from klantreis.testing import Touch, Trip, journeys_of
from klantreis.workspace.once_more import times_told
from klantreis.workspace.reporting import from_folder
from klantreis.workspace.secondary import between
from klantreis.workspace.sharing import shared
from klantreis.workspace.ways_told import together

SCHEMAS = Path(__file__).resolve().parents[2] / "src/klantreis/schemas"
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
    large = replace(small, rule="a_line_is_long", people=30)
    return Report(MAP, results, (large, small), datetime(2026, 11, 22, tzinfo=UTC))


def test_a_small_segment_goes_and_so_does_the_one_that_gives_it_away(report):
    assert set(report.results.segments) == {"few", "many", "half"}
    assert set(shared(report).results.segments) == {"half"}  # 100 people less 95 of 'many' are the 5 of 'few'


def test_a_kpi_of_a_small_segment_and_of_its_complement_says_that_it_is_not_shared(report):
    values = {value.segment: value for value in shared(report).results.kpis.values}
    assert values[None].estimate.value is not None
    # Of the 50 who buy 48 are of 'half', so it would tell of the other 2.
    for hidden in ("few", "many", "half"):
        assert values[hidden].estimate.value is None
        assert values[hidden].why == "Fewer than 10: not shared."


def test_rows_about_a_few_go_with_the_names_of_single_journeys(report):
    told = shared(report).results
    assert "rare" not in {node.id for node in told.paths.nodes}
    assert all(seen.people == 0 or seen.people >= 10 or untold(seen.people) for seen in told.coverage.touchpoints)
    assert all(variant.count >= 10 for variant in told.paths.variants)
    assert "rare" in {node.id for node in report.results.paths.nodes}


def test_findings_about_a_few_go_and_one_remark_says_what_was_left_out(report):
    found = shared(report).findings
    assert [one.rule for one in found] == ["a_line_is_long", "privacy"]
    assert found[0].examples == ()
    assert found[1].level == "hint"
    assert "few, many" in found[1].detail.text("en") or "many, few" in found[1].detail.text("en")


FEW = ("< 10", "< 10")


def untold(count):
    return str(count) if isinstance(count, Untold) else ""


def test_a_count_that_is_not_told_gives_its_bound_and_nothing_else():
    assert (decimal(Untold(10), "nl"), decimal(Untold(10, "≥"), "en")) == ("<\u00a010", "≥\u00a010")
    assert cases(Untold(1000), "nl") == "n\u00a0<\u00a01.000"
    assert (copy.deepcopy(Untold(10, "≥")).sign, int(Untold(10)), str(Untold(10))) == ("≥", 9, "< 10")


def test_a_touchpoint_that_a_few_met_stays_and_says_so(report):
    seen = {one.touchpoint: one for one in shared(report).results.coverage.touchpoints}
    assert (untold(seen["rare"].people), untold(seen["rare"].events)) == ("< 10", "< 10")
    assert seen["look"].people == 100
    assert "&lt;\u00a010" in html(shared(report), language="nl")


def test_a_phase_that_a_few_reached_stays_without_its_shares(report):
    step = FunnelStep("late", 3, 3, share(3, 100), share(3, 50), median_seconds=5.0, of_all=share(3, 100))
    young = FunnelStep("young", 60, 4, share(4, 20), share(4, 20))
    funnel = replace(report.results.funnel, steps=(*report.results.funnel.steps, step, young))
    *_, late, new = shared(replace(report, results=replace(report.results, funnel=funnel))).results.funnel.steps
    assert (untold(late.people), untold(late.mature), late.share.value, late.median_seconds) == (
        "< 10",
        "< 10",
        None,
        None,
    )
    assert (late.from_previous.value, late.of_all.value, late.step) == (None, None, "late")
    assert (untold(new.people), untold(new.mature), new.share.value) == ("≥ 10", "< 10", None)


@pytest.mark.parametrize(("open_", "told"), [(4, "< 10"), (54, "≥ 10"), (80, "80")])
def test_how_many_still_go_on_is_not_told_of_a_few(report, open_, told):
    """'4 lopen nog' stood on the shared page; 54 open, of whom 50 at the last step, leave the same 4."""
    done = open_ - 4 if open_ == 54 else 0
    steps = (FunnelStep("first", 100, 100 - open_, share(100, 100), share(100, 100)),
             FunnelStep("last", 60, 60 - done, share(60, 100), share(60, 100)))  # fmt: skip
    funnel = replace(report.results.funnel, steps=steps, within=None, open_entries=open_)
    left = shared(replace(report, results=replace(report.results, funnel=funnel)))
    found = left.results.funnel
    assert (str(found.open_entries), str(found.may_go_on)) == (told, "80" if open_ == 80 else "< 10")
    assert found.may_go_on  # the shares are still so far
    page = html(left, language="nl")
    assert ("80 daarvan lopen nog" if open_ == 80 else "&lt;\u00a010 daarvan lopen nog") in page
    assert "\u00a04 " not in page.split("daarvan lopen nog")[0][-40:]
    assert all(not 0 < step.people - step.mature < 10 or isinstance(step.mature, Untold) for step in found.steps)


def standing(report, people, elsewhere=0):
    rows = tuple(Stand(f"p{place}", count, count) for place, count in enumerate(people))
    more = {"standing": Standing(report.results.about, rows, sum(people) + elsewhere, sum(people), elsewhere, 900)}
    return shared(replace(report, results=replace(report.results, more=more))).results.more["standing"]


def test_one_phase_with_a_few_now_takes_the_next_smallest_along(report):
    told = standing(report, [300, 3, 40])
    assert [untold(one.people) or one.people for one in told.phases] == [300, "< 10", "≥ 10"]
    assert told.people == 343


def test_two_phases_with_a_few_hide_each_other(report):
    assert [untold(one.people) or one.people for one in standing(report, [300, 3, 4]).phases] == [300, "< 10", "< 10"]


def test_who_is_nowhere_yet_is_hidden_in_the_same_way(report):
    told = standing(report, [300, 40], elsewhere=3)
    assert (untold(told.elsewhere), [untold(one.people) or one.people for one in told.phases]) == (
        "< 10",
        [300, "≥ 10"],
    )
    assert untold(standing(report, [3]).people) == "< 10"  # the total is as small
    assert [one.people for one in standing(report, [300, 0, 40]).phases] == [300, 0, 40]


@pytest.mark.parametrize(
    ("whole", "told", "gone"),
    [
        (100, {"a": 50, "b": 47}, {"b"}),  # together they leave 3
        (100, {"a": 50, "b": 50}, set()),
        (100, {"a": 95, "b": 50}, {"a"}),
        (100, {"a": 30, "b": 30, "c": 36}, {"a"}),
        (100, {"a": 60, "b": 35, "c": 33}, {"b", "c"}),  # 60 + 35 leave 5, 60 + 33 leave 7
        (5, {}, set()),
    ],
)
def test_no_set_of_segments_leaves_a_few_of_the_total(whole, told, gone):
    assert between(whole, told, 10) == gone


def test_a_hidden_cell_of_one_segment_cannot_be_had_from_the_others(report):
    """Of 53 at a phase, 50 are of 'many': the 3 of 'half' would be what is left."""
    whole = report.results
    few = {
        name: with_step(part, people) for (name, part), people in zip(whole.segments.items(), (3, 50, 40), strict=True)
    }
    crowd = replace(with_step(whole, 53), segments={name: big(part) for name, part in few.items()})
    told = shared(replace(report, results=big(crowd, 300))).results.segments
    steps = {name: part.funnel.steps[-1].people for name, part in told.items()}
    assert sorted(untold(people) or str(people) for people in steps.values()) == ["40", "< 10", "≥ 10"]


def test_a_report_of_a_segment_does_not_tell_of_a_few_beside_that_of_everybody(report):
    """Of 53 at a phase, 50 are of 'half': beside the report of everybody they would tell of the other 3."""
    whole = replace(with_step(report.results, 53), segments={})
    half = with_step(report.results.segments["half"], 50)
    assert half.about.segment == "half"
    mine = replace(report, results=half)
    assert shared(mine).results.funnel.steps[-1].people == 50
    assert untold(shared(mine, everybody=whole).results.funnel.steps[-1].people) == "≥ 10"
    assert shared(mine, everybody=with_step(whole, 70)).results.funnel.steps[-1].people == 50


def test_a_kpi_of_a_segment_that_nearly_all_are_in_is_not_told_beside_that_of_everybody(report):
    half = report.results.segments["half"]
    (kpi,) = [value for value in half.kpis.values if value.segment is None]
    few = replace(kpi, estimate=share(20, kpi.estimate.n + 3))
    crowd = replace(report.results, kpis=replace(half.kpis, values=(few,)))
    mine = replace(report, results=half)
    assert shared(mine, everybody=crowd).results.kpis.values[0].why == "Fewer than 10: not shared."
    # Beside everybody's too: of the 50 who buy 48 are in it.
    assert shared(mine, everybody=report.results).results.kpis.values[0].estimate.value is None
    assert shared(mine).results.kpis.values[0].estimate.value is not None


def with_step(results, people):
    return replace(
        results, funnel=replace(results.funnel, steps=(FunnelStep("x", people, 0, share(0, 0), share(0, 0)),))
    )


def big(results, people=100):
    return replace(results, paths=replace(results.paths, people=people))


def test_one_way_that_a_few_went_takes_another_along_on_both_sides():
    edges = [("a", "b", 50), ("a", "c", 3), ("d", "c", 20), ("d", "e", 30), ("f", "e", 40), ("f", "g", 60)]
    told = together([Edge(one, other, n, n, 0.5) for one, other, n in edges], 10)
    left = {(edge.source, edge.target) for edge in told}
    assert ("a", "c") not in left
    for side in (0, 1):
        for end in "abcdefg":
            beside = [edge[:2] for edge in edges if edge[side] == end]
            assert len([edge for edge in beside if edge not in left]) != 1 or len(beside) == 1


def test_how_many_start_or_end_at_a_touchpoint_does_not_tell_the_way_that_is_hidden(report):
    whole = report.results.paths
    told = shared(report).results.paths
    hidden = {(edge.source, edge.target) for edge in whole.edges} - {(edge.source, edge.target) for edge in told.edges}
    assert hidden
    for node in told.nodes:
        for way, count in (((told.start, node.id), node.starts), ((node.id, told.end), node.ends)):
            assert bool(untold(count)) == (way in hidden), (node.id, way)
        assert untold(node.repeats) or not 0 < node.repeats < 10


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ([(1, 3), (2, 40), (3, 15)], {2: 40}),  # 3 alone could be had from n
        ([(1, 3), (2, 4), (3, 15)], {3: 15}),
        ([(1, 30), (2, 40)], {1: 30, 2: 40}),
        ([(1, 3)], {}),
    ],
)
def test_a_score_that_a_few_gave_is_not_told_and_cannot_be_worked_out(report, answers, told):
    n = sum(often for _, often in answers)
    few = Feeling("look", "csat", share(1, n), share(1, n), tuple(answers), enough=True, n_min=5)
    emotion = replace(report.results.emotion, feelings=(few,))
    found = shared(replace(report, results=replace(report.results, emotion=emotion))).results.emotion.feelings
    assert [dict(one.counts) for one in found] == [told]


ABOUT = About(Names((), ()))


def felt(answers, unplaced=0, unusable=()):
    row = Feeling("look", "csat", share(1, answers), share(1, answers), ((3, answers),), enough=True, n_min=5)
    return Emotion(ABOUT, (row,), answers=answers + unplaced, unplaced=unplaced, unusable=unusable)


def test_how_many_answers_there_are_does_not_tell_those_of_a_few(report):
    def told(emotion, least=10):
        return shared(replace(report, results=replace(report.results, emotion=emotion)), least).results.emotion

    few = told(felt(4))
    assert (str(few.answers), few.unplaced, few.unusable) == ("< 10", 0, ())
    plain = told(felt(40, unplaced=12, unusable=(("csat", 3), ("nps", 11))))
    assert (plain.answers, plain.unplaced, plain.unusable) == (52, 12, (("nps", 11),))
    near = told(felt(40, unplaced=2))
    assert (str(near.answers), str(near.unplaced)) == ("≥ 10", "< 10")


def test_answers_that_no_touchpoint_took_are_not_told_of_a_segment_as_the_rest_may_be_few(report):
    part = replace(report.results.segments["half"], emotion=felt(40, unplaced=12, unusable=(("csat", 11),)))
    all_ = replace(report.results, emotion=felt(60, unplaced=14, unusable=(("csat", 13),)))
    found = shared(replace(report, results=replace(all_, segments={"half": part}))).results
    assert (found.emotion.answers, found.emotion.unplaced) == (74, 14)
    segment = found.segments["half"].emotion
    assert (str(segment.answers), str(segment.unplaced), segment.unusable) == ("≥ 10", "≥ 10", ())


def test_counts_that_stand_alone_are_hidden_when_they_are_of_a_few(report):
    fit = Fit(ABOUT, journeys=80, open_journeys=3, conforming=4)
    results = replace(report.results, fits={"ideal": fit}, more={"drift": Drift(ABOUT, waiting=2)})
    found = shared(replace(report, results=results)).results
    told = found.fits["ideal"]
    assert [str(one) for one in (told.open_journeys, told.conforming, told.journeys)] == ["< 10", "< 10", "80"]
    assert str(found.more["drift"].waiting) == "< 10"


def test_a_word_that_was_typed_a_few_times_is_not_told(report):
    typed = Behaviour("search", 80, 60, 60, share(60, 100), words=(("ring", 40), ("jansen", 3)))
    coverage = replace(report.results.coverage, behaviours=(typed,))
    found = shared(replace(report, results=replace(report.results, coverage=coverage))).results.coverage.behaviours
    assert [one.words for one in found] == [(("ring", 40),)]


def test_what_is_shared_has_the_published_shape_with_nothing_where_a_count_is_hidden(report):
    data = to_json(shared(report))
    schemas = {path.name: json.loads(path.read_text("utf-8")) for path in SCHEMAS.glob("*.schema.json")}
    known = Registry().with_resources((name, Resource.from_contents(one)) for name, one in schemas.items())
    Draft202012Validator(schemas["report.schema.json"], registry=known).validate(data)
    seen = {one["touchpoint"]: one["people"] for one in data["results"]["coverage"]["touchpoints"]}
    assert (seen["rare"], seen["look"]) == (None, 100)


def test_what_is_shared_does_not_tell_where_on_the_machine_it_was_made(report, tmp_path):
    file = str(tmp_path / "maps" / "ring kopen.reis.yaml")
    (large, small), home = report.findings, Place("shop", file=file, line=2)
    placed = replace(large, place=home, edit=Edit(("steps",), {}, Label("nieuw", "new"), file))
    told = from_folder(replace(report, map=replace(report.map, file=file), findings=(placed, small)), tmp_path)
    assert told.map.file == told.findings[0].edit.file == "maps/ring kopen.reis.yaml"
    assert told.findings[0].place == replace(home, file="maps/ring kopen.reis.yaml")
    assert str(tmp_path) not in html(shared(told), language="nl") + json.dumps(to_json(shared(told)))


@pytest.mark.parametrize("least", [0, 1])
def test_nothing_is_left_out_when_it_is_switched_off(report, least):
    assert shared(report, least) is report


def test_a_map_without_numbers_is_shared_as_it_is(report):
    bare = replace(report, results=None)
    assert shared(bare) is bare


def test_those_who_went_on_go_where_only_a_few_stopped():
    pairs = {"few": (100, 95), "many": (100, 80), "all": (100, 100), "hidden": (100, 50)}
    times = Times(
        About(Names((), ())),
        phases=tuple(Duration("phase", id_, None, n) for id_, (n, _) in pairs.items()),
        onward=tuple(Duration("onward", id_, None, n) for id_, (_, n) in pairs.items()),
    )
    told = times_told(times, frozenset({("step", "hidden")}), set(), 10)
    assert [one.source for one in told.phases] == ["few", "many", "all"]
    assert [one.source for one in told.onward] == ["many", "all"]
