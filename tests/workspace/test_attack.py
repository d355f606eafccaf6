"""An attacker who solves for hidden counts, with every sum that a shared report gives away (linear programming)."""

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import numpy as np
import pytest
from scipy.optimize import linprog

from klantreis.analyses.paths import Edge
from klantreis.analyses.results import Results
from klantreis.map.read import map_of
from klantreis.measure import measured
from klantreis.report import Report
from klantreis.rules import all_findings
from klantreis.stats.untold import Untold
from klantreis.testing import Touch, Trip, journeys_of
from klantreis.workspace.secondary import pinned
from klantreis.workspace.sharing import shared
from klantreis.workspace.ways_told import untold_ways

LEAST = 10
NAMES = "abcdefgh"
MAP = map_of(
    """
    klantreis: 1
    id: shop
    title: Shop
    languages: [en]
    phases:
      one: {a: {match: a}, b: {match: b}, c: {match: c}}
      two: {d: {match: d}, e: {match: e}, f: {match: f}, g: {match: g}, h: {match: h}}
    segments: {left: side = left, right: side = right, vip: vip = true}
    kpis:
      buys: {metric: conversion, from: a, to: d, by: [left, right, vip], label: Buys}
    """
)


def world(seed, people=400):
    """Returns a report of people who walk about at random, some touchpoints rare; two segments divide everybody."""
    chance = np.random.default_rng(seed)
    weights = chance.dirichlet(np.full(len(NAMES), 0.4))
    trips = []
    for n in range(people):
        walk = chance.choice(list(NAMES), size=int(chance.integers(1, 6)), p=weights)
        segments = ("left" if chance.random() < 0.6 else "right", *(("vip",) if chance.random() < 0.1 else ()))
        touches = tuple(Touch(str(name), n * 100 + place) for place, name in enumerate(walk))
        trips.append(Trip(f"p{n}", touches, segments=segments))
    results = measured(MAP, journeys_of(trips, touchpoints=tuple(NAMES)))
    return Report(MAP, results, (), datetime(2026, 11, 22, tzinfo=UTC))


class Attack:
    """Unknown counts, what is known of each, and the sums that hold between them."""

    def __init__(self):
        self.place, self.bounds, self.rows = {}, [], []

    def unknown(self, name, low=0.0, high=np.inf):
        if name not in self.place:
            self.place[name] = len(self.bounds)
            self.bounds.append([low, high])
        else:
            kept = self.bounds[self.place[name]]
            self.bounds[self.place[name]] = [max(kept[0], low), min(kept[1], high)]
        return name

    def told(self, name, count):
        """Adds a printed count: exact, a bound, or nothing at all (None: the row is not there)."""
        if count is None:
            self.unknown(name)
        elif isinstance(count, Untold):
            self.unknown(name, *((1, count.least - 1) if count.sign == "<" else (count.least, np.inf)))
        else:
            self.unknown(name, count, count)

    def sums(self, whole, parts):
        self.rows.append((self.unknown(whole), [self.unknown(part) for part in parts]))

    def range_of(self, name):
        """Returns between which bounds a count must lie, given everything that is printed."""
        equal = np.zeros((len(self.rows), len(self.bounds)))
        for number, (whole, parts) in enumerate(self.rows):
            equal[number, self.place[whole]] -= 1
            for part in parts:
                equal[number, self.place[part]] += 1
        ends = []
        for sign in (1, -1):
            goal = np.zeros(len(self.bounds))
            goal[self.place[name]] = sign
            found = linprog(goal, A_eq=equal, b_eq=np.zeros(len(self.rows)), bounds=self.bounds, method="highs")
            ends.append(found.x[self.place[name]] if found.status == 0 else np.inf)
        return ends


def attack_on(told: dict[str | None, Results], true: dict[str | None, Results]) -> Attack:
    """Returns what can be solved of the ways, touchpoints and variants in what is told, per segment (None: all)."""
    attack = Attack()
    for name, whole in true.items():
        mine = told[name].paths
        edges = {(edge.source, edge.target): edge.count for edge in mine.edges}
        nodes = {node.id: node for node in mine.nodes}
        into, out = defaultdict(list), defaultdict(list)
        for edge in whole.paths.edges:
            key = (name, "way", edge.source, edge.target)
            attack.told(key, edges.get((edge.source, edge.target)))
            out[edge.source].append(key)
            into[edge.target].append(key)
        for node in whole.paths.nodes:
            shown = nodes.get(node.id)
            attack.told((name, "at", node.id), None if shown is None else shown.count)
            attack.sums((name, "at", node.id), into[node.id])
            attack.sums((name, "at", node.id), out[node.id])
            if shown is not None:
                for count, way in (
                    (shown.starts, (name, "way", mine.start, node.id)),
                    (shown.ends, (name, "way", node.id, mine.end)),
                ):
                    if way in attack.place:
                        attack.told(way, count)
        attack.told((name, "at", "start"), mine.journeys)
        attack.sums((name, "at", "start"), out[mine.start])
        attack.sums((name, "at", "start"), into[mine.end])
    return attack


def beside_each_other(attack):
    """Adds that two segments divide everybody: every way and touchpoint of one and the other make up the whole."""
    for key in [key for key in attack.place if key[0] is None]:
        attack.sums(key, [(name, *key[1:]) for name in ("left", "right")])


def given_away(attack, counts):
    """Returns the hidden counts under the bound that are known exactly."""
    found = []
    for key, count in counts.items():
        if 0 < count < LEAST and key in attack.place:
            low, high = attack.range_of(key)
            if high - low < 1 - 1e-6:
                found.append((key, count, low, high))
    return found


def ways_of(name, results):
    return {(name, "way", one.source, one.target): one.count for one in results.paths.edges if one.people < LEAST}


@pytest.mark.parametrize("seed", range(4))
def test_no_rare_way_can_be_solved_from_a_report_of_everybody(seed):
    report = world(seed)
    whole = replace(report, results=replace(report.results, segments={}))
    attack = attack_on({None: shared(whole).results}, {None: whole.results})
    assert ways_of(None, whole.results), "a case without rare ways shows nothing"
    assert given_away(attack, ways_of(None, whole.results)) == []


def in_a_row(seed, people, skip):
    """Returns a report of people who walk along a row of touchpoints, stop somewhere, and now and then skip one."""
    chance = np.random.default_rng(seed)
    stay, trips = chance.uniform(0.85, 1, 8), []
    stay[chance.random(8) < 0.4] = 1.0
    for n in range(people):
        touches = [Touch("a", n * 100)]
        for place in range(1, 8):
            if chance.random() > stay[place]:
                break
            if chance.random() >= skip:
                touches.append(Touch(NAMES[place], n * 100 + place))
        trips.append(Trip(f"p{n}", tuple(touches), segments=(("left", "right", "vip")[n % 3],)))
    results = measured(MAP, journeys_of(trips, touchpoints=tuple(NAMES)))
    return Report(MAP, replace(results, segments={}), (), datetime(2026, 11, 22, tzinfo=UTC))


@pytest.mark.parametrize(("people", "skip", "seed"), [(60, 0, 1), (95, 0, 0), (95, 0.01, 2), (60, 0.05, 0)])
def test_no_rare_way_can_be_solved_where_touchpoints_stand_in_a_row(people, skip, seed):
    whole = in_a_row(seed, people, skip)
    told = shared(whole).results
    rare = ways_of(None, whole.results)
    assert rare
    assert given_away(attack_on({None: told}, {None: whole.results}), rare) == []


def test_a_touchpoint_of_many_people_is_told_wherever_it_stands():
    whole = in_a_row(1, 900, 0)
    assert any(edge.people < 10 for edge in whole.results.paths.edges)
    seen = {one.touchpoint: one.people for one in whole.results.coverage.touchpoints}
    told = {one.touchpoint: one.people for one in shared(whole).results.coverage.touchpoints}
    assert {spot: told[spot] for spot, people in seen.items() if people >= 100} == {
        spot: people for spot, people in seen.items() if people >= 100
    }


@pytest.mark.parametrize("seed", range(4))
def test_no_rare_way_can_be_solved_from_the_reports_of_all_segments_beside_each_other(seed):
    report = world(seed)
    everybody = report.results
    true = {None: everybody, "left": everybody.segments["left"], "right": everybody.segments["right"]}
    told = {None: shared(report).results}
    for name in ("left", "right"):
        mine = replace(report, results=everybody.segments[name])
        told[name] = shared(mine, everybody=everybody).results
    attack = attack_on(told, true)
    beside_each_other(attack)
    counts = {key: count for name, results in true.items() for key, count in ways_of(name, results).items()}
    assert len(counts) > 20
    assert given_away(attack, counts) == []


def test_the_attacker_does_solve_what_is_only_left_out():
    """Were rare ways alone left out, sums would give them back: so the tests above can fail."""
    report = world(0)
    whole = replace(report.results, segments={})
    bare = replace(whole, paths=replace(whole.paths, edges=tuple(e for e in whole.paths.edges if e.people >= LEAST)))
    attack = attack_on({None: bare}, {None: whole})
    assert given_away(attack, ways_of(None, whole))


@pytest.mark.parametrize(("people", "seed", "back"), [(150, 8, "gc"), (400, 2, "fb"), (2000, 17, "ea")])
def test_no_finding_tells_how_many_went_a_way_that_is_hidden(people, seed, back):
    """What a rule says of a hidden way has the number that would solve for a rare one: it stays in the house."""
    report = world(seed, people)
    whole = replace(report, findings=all_findings(MAP, report.results))
    told = shared(whole)
    assert tuple(back) not in {(one.source, one.target) for one in told.results.paths.edges}
    (people,) = (one.people for one in report.results.paths.edges if (one.source, one.target) == tuple(back))
    assert people >= LEAST
    of_it = [one.id for one in whole.findings if one.rule == "loop" and people in {m.value for m in one.evidence}]
    assert len(of_it) == 1
    assert of_it[0] not in {one.id for one in told.findings}


@pytest.mark.parametrize("seed", range(4))
def test_no_share_tells_of_a_few(seed):
    report = world(seed, people=150)
    told = shared(report).results
    for value in told.kpis.values:
        if value.estimate.value is not None and value.unit == "share":
            did = round(value.estimate.value * value.estimate.n)
            assert not 0 < did < LEAST
            assert not 0 < value.estimate.n - did < LEAST
    for step in told.funnel.steps:
        for one in (step.share, step.from_previous, step.of_all):
            assert one.value is None or not 0 < round(one.value * one.n) < LEAST
    people = [step.people for step in told.funnel.steps if not isinstance(step.people, Untold)]
    assert not any(0 < one - other < LEAST for one, other in pairwise(people))


def of_one_each(walks):
    """Returns a shared report of a map with one touchpoint per phase: so many journeys of each walk, one a person."""
    shop = map_of(
        """
        klantreis: 1
        id: shop
        title: Shop
        languages: [en]
        phases:
          one: {a: {match: a}}
          two: {b: {match: b}}
          three: {c: {match: c}}
        kpis:
          buys: {metric: conversion, from: a, to: c, label: Buys}
          goes_on: {metric: conversion, from: b, to: c, label: Goes on}
        """
    )
    trips = [walk for walk, many in walks.items() for _ in range(many)]
    trips = [
        Trip(f"p{n}", tuple(Touch(name, n * 100 + place) for place, name in enumerate(walk)))
        for n, walk in enumerate(trips)
    ]
    results = measured(shop, journeys_of(trips, touchpoints=tuple("abc")))
    return shared(Report(shop, results, (), datetime(2026, 11, 22, tzinfo=UTC))).results


def numbers_of(told):
    """Yields every number of what is told, as the JSON has it."""
    if isinstance(told, dict | list | tuple):
        for one in told.values() if isinstance(told, dict) else told:
            yield from numbers_of(one)
    elif isinstance(told, int | float) and not isinstance(told, bool):
        yield told


def test_a_count_that_is_hidden_stands_nowhere_else():
    """75 of 80 went on: the share of the next step, a time, and a KPI are of the same 75."""
    told = of_one_each({"abc": 40, "ab": 35, "a": 5})
    assert isinstance(told.paths.nodes[1].count, Untold)
    parts = (told.funnel, told.times, told.paths, told.kpis, told.coverage)
    assert {75, 35, 5}.isdisjoint(number for part in parts for number in numbers_of(part.to_dict()))
    assert [value.estimate.value for value in told.kpis.values] == [0.5, None]


@pytest.mark.parametrize("seed", range(5))
def test_a_phase_of_one_touchpoint_hides_what_its_touchpoint_hides(seed):
    chance = np.random.default_rng(seed)
    walks = {"abc": 60, "ab": 40, "a": 30, "b": 20, "bc": 4, "c": 15, "ac": 5, "ba": 3}
    told = of_one_each({walk: int(chance.integers(0, many + 1)) for walk, many in walks.items()})
    nodes = {node.id: node.people for node in told.paths.nodes}
    nodes |= {row.touchpoint: row.people for row in told.coverage.touchpoints if isinstance(row.people, Untold)}
    hidden = [isinstance(nodes.get(name), Untold) for name in "abc"]
    for step, gone in zip(told.funnel.steps, hidden, strict=True):
        assert isinstance(step.people, Untold) or not step.people or not gone
    untold = {step.step for step in told.funnel.steps if isinstance(step.people, Untold)}
    assert untold.isdisjoint(one.source for one in told.times.phases)
    if "one" in untold:
        assert all(step.share.n == 0 for step in told.funnel.steps)
    if "three" in untold:
        assert told.funnel.to_convert.median.n == 0


@pytest.mark.parametrize("seed", range(4))
def test_no_time_tells_how_many_went_a_way_that_is_hidden(seed):
    told = shared(world(seed)).results
    shown = {(one.source, one.target) for one in told.paths.edges}
    assert {(one.source, one.target) for one in told.times.between} <= shown


@pytest.mark.parametrize(
    ("hidden", "told"),
    [
        ([3], True),  # one alone is the rest of the total
        ([3, 2], True),  # a sum of 5 leaves 1 to 4
        ([3, 4, 5], False),
        ([9, 9], True),  # a sum of 18 is 9 and 9
        ([3, 10], True),  # '≥ 10' and a sum of 13 leave 1 to 3
        ([3, 40], False),
        ([20, 30], False),  # none of them is under the bound
    ],
)
def test_a_sum_tells_of_what_is_hidden_in_it_when_little_is_left_open(hidden, told):
    assert pinned(hidden, LEAST) == told


def test_a_rare_way_takes_the_ring_that_costs_the_fewest_people_along():
    ways = [("a", "x", 3), ("a", "y", 40), ("b", "x", 50), ("b", "y", 60), ("c", "x", 900), ("c", "y", 900)]
    edges = [Edge(one, other, n, n, 0.5) for one, other, n in ways]
    assert untold_ways(edges, LEAST) == {("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")}
    assert untold_ways([*edges, Edge("d", "z", 80, 80, 1.0)], LEAST, aside=[("d", "z")]) >= {("d", "z")}
    # On no ring: what lies beside it, until the sum says too little.
    assert untold_ways([Edge("a", "x", 3, 3, 0.1), Edge("b", "x", 30, 30, 0.9)], LEAST) == {("a", "x"), ("b", "x")}
    assert untold_ways([], LEAST) == set()
