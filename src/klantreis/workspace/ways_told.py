"""Which ways between touchpoints may be told: what comes in and goes out adds up, so a missing one could be solved for.

The hidden ways of a graph are unknowns in a set of sums, one for what comes into each touchpoint and one for what goes
out. A hidden way stays open exactly when it lies on a ring of hidden ways (going out is one end of a way, coming in the
other): then a little more on it may be a little less on the next, and all sums stay as they are. So for each rare way
the ring through it that costs the fewest people is hidden too (Dijkstra 1959), of ways that are large enough to give
way. Where touchpoints stand in a row, the ring runs through some of them: then their own counts go too. The ways of a
segment are held beside those of everybody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import heappop, heappush
from typing import Any

from klantreis.analyses.results import Results
from klantreis.workspace.secondary import BETWEEN, Cell, apart, cells_of, pinned

Way = tuple[str, str]
"""From which touchpoint to which."""
Side = tuple[int, str]
"""What goes out of a touchpoint (0), or comes into it (1)."""
LARGE = 10
"""A touchpoint of so many times the fewest people who are told of is always told of."""


def way(edge: Any) -> Way:
    """Returns from where to where an edge goes."""
    return edge.source, edge.target


def together(edges: Sequence[Any], least: int, gone: Iterable[Way] | None = None) -> tuple[Any, ...]:
    """Returns the edges of a graph that may be told; `gone`: which may not, when that is known already."""
    hidden = untold_ways(edges, least) if gone is None else gone
    return tuple(edge for edge in edges if way(edge) not in hidden)


def untold_ways(edges: Sequence[Any], least: int, gone: Iterable[Way] = (), aside: Iterable[Way] = ()) -> set[Way]:
    """Returns the ways that may not be told: rare ones, those in `gone`, what would give these away, and `aside`.

    A way on no ring takes those beside it along, and these again; between touchpoints in a row even that is not enough.
    """
    given, there = set(gone), {way(edge) for edge in edges}
    rare = {way(edge) for edge in edges if 0 < edge.people < least} | (given & there)
    hidden = rare | (set(aside) & there)
    sides: dict[Side, list[Any]] = defaultdict(list)
    for edge in edges:
        sides[0, edge.source].append(edge)
        sides[1, edge.target].append(edge)
    pending = sorted(rare)
    while pending:
        one = pending.pop(0)
        ring = _ring(one, sides, hidden, least + least // 2) or _ring(one, sides, hidden, least // 2)
        more = _beside(one, sides, hidden, least) if ring is None else ring
        pending += sorted(more - hidden) if ring is None else ()
        hidden |= more
    return hidden


def in_a_row(whole: Any, least: int, gone: Iterable[Way] | None = None) -> tuple[frozenset[Cell], set[Way]]:
    """Returns the touchpoints of a graph whose own counts may not be told, and the ways that may not be.

    Where touchpoints stand in a row few hidden ways lie on a ring, but what comes in goes out: the count of a
    touchpoint joins its two sides like one more way. So the ring may run through touchpoints, at the cost of theirs;
    not through those of LARGE times `least` people and more: without these nobody could read the map.
    """
    hidden = untold_ways(whole.edges, least) if gone is None else set(gone)
    people = {node.id: node.people for node in whole.nodes if node.people < LARGE * least}
    sides: dict[Side, list[Any]] = defaultdict(list)
    for edge in whole.edges:
        sides[0, edge.source].append(edge)
        sides[1, edge.target].append(edge)
    tight = {way(one) for one in whole.edges if least <= one.count < least + least // 2}
    found: set[str] = set()
    for edge in sorted(whole.edges, key=_rank):
        if way(edge) in hidden and edge.people < least:
            cost = {spot: 0 if spot in found else many for spot, many in people.items()}
            ring = _crossed(way(edge), sides, (hidden, tight), cost) or _crossed(
                way(edge), sides, (hidden, set()), cost
            )
            crossed, ways = ring or (set(way(edge)) & set(people), set())
            found |= crossed
            hidden |= ways
    return frozenset(("seen", spot) for spot in found), hidden


def _crossed(
    one: Way, sides: Mapping[Side, list[Any]], which: tuple[set[Way], set[Way]], cost: Mapping[str, int]
) -> tuple[set[str], set[Way]] | None:
    """Returns the touchpoints and the ways on the cheapest ring through a way; None: it is on none. `which`: the ways
    that are hidden, and those that cannot give way, as '≥' holds little more than its bound.
    """
    hidden, tight = which
    queue: list[tuple[int, Side, tuple[str, ...], tuple[Way, ...]]] = [(0, (1, one[1]), (), ())]
    done: set[Side] = set()
    while queue:
        far, here, spots, ways = heappop(queue)
        if here == (0, one[0]):
            return set(spots), set(ways)
        if here in done:
            continue
        done.add(here)
        for edge in sides[here]:
            there: Side = (1, edge.target) if here[0] == 0 else (0, edge.source)
            if way(edge) != one and way(edge) not in tight:
                more = 0 if way(edge) in hidden else edge.people
                heappush(queue, (far + more, there, spots, (*ways, way(edge))))
        if here[1] in cost:
            heappush(queue, (far + cost[here[1]], (1 - here[0], here[1]), (*spots, here[1]), ways))
    return None


def untold_everywhere(everybody: Results, least: int) -> dict[str | None, set[Way]]:
    """Returns the ways that may not be told of everybody (None) and of each of their segments.

    A way of a segment goes when everybody's, less those of a set of segments, is rare. What goes to hide another goes
    in all segments, for one could be had from the rest.
    """
    found: dict[str | None, set[Way]] = {None: untold_ways(everybody.paths.edges, least)}
    tables = {name: _people(part.paths.edges) for name, part in everybody.segments.items()}
    forced: Mapping[str, set[Way]] = _apart(_people(everybody.paths.edges), tables, least)
    shared_out = set(found[None])
    for _ in range(len(tables) + 1):
        before = len(shared_out)
        for name, part in everybody.segments.items():
            edges = part.paths.edges
            found[name] = untold_ways(edges, least, forced[name], shared_out)
            rare = {way(edge) for edge in edges if edge.people < least} | forced[name]
            shared_out |= found[name] - rare
        if len(shared_out) == before:
            break
    return found


def _people(edges: Sequence[Any]) -> dict[Any, int]:
    return {cell: people for edge in edges for cell, people in cells_of(edge).items()}


def _apart(whole: Mapping[Any, int], tables: Mapping[str, Mapping[Any, int]], least: int) -> Mapping[str, set[Way]]:
    forced: dict[str, set[Way]] = {name: set() for name in tables}
    for name, (_, spot) in apart(whole, tables, least):
        source, _, target = spot.partition(BETWEEN)
        forced[name].add((source, target))
    return forced


def _ring(one: Way, sides: Mapping[Side, list[Any]], hidden: set[Way], least: int) -> set[Way] | None:
    """Returns the cheapest ring of ways of `least` and more through a way; None when it is on none."""
    goal: Side = (0, one[0])
    queue: list[tuple[int, Side]] = [(0, (1, one[1]))]
    cost: dict[Side, int] = {(1, one[1]): 0}
    came: dict[Side, tuple[Side, Way]] = {}
    while queue:
        far, here = heappop(queue)
        if here == goal:
            return _walked(goal, came)
        for edge in sides[here] if far == cost[here] else ():
            there: Side = (1, edge.target) if here[0] == 0 else (0, edge.source)
            more = far + (0 if way(edge) in hidden else edge.people)
            if way(edge) != one and edge.count >= least and more < cost.get(there, more + 1):
                cost[there], came[there] = more, (here, way(edge))
                heappush(queue, (more, there))
    return None


def _walked(end: Side, came: Mapping[Side, tuple[Side, Way]]) -> set[Way]:
    found: set[Way] = set()
    while end in came:
        end, by = came[end]
        found.add(by)
    return found


def _beside(one: Way, sides: Mapping[Side, list[Any]], hidden: set[Way], least: int) -> set[Way]:
    """Returns the smallest ways beside one that is on no ring, until what is hidden there does not give it away."""
    found: set[Way] = set()
    for beside in (sides[0, one[0]], sides[1, one[1]]):
        left = sorted((edge for edge in beside if way(edge) not in hidden | found), key=_rank)
        counts = [edge.count for edge in beside if way(edge) in hidden | found]
        while left and (len(counts) == 1 or pinned(counts, least)):
            edge = left.pop(0)
            counts.append(edge.count)
            found.add(way(edge))
    return found


def _rank(edge: Any) -> tuple[Any, ...]:
    return edge.people, edge.count, edge.source, edge.target
