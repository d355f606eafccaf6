"""Which ways between touchpoints may be told: what comes in and goes out adds up, so a missing one could be solved for.

The hidden ways of a graph are unknowns in a set of sums, one for what comes into each touchpoint and one for what goes
out. Two things would give one away: the sum of the few that are hidden at a touchpoint, and a hidden way that is the
only bridge between two parts of what is hidden (it then equals what must flow between them). So ways beside it go too,
the smallest first, until neither is so. The ways of a segment are held beside those of everybody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from klantreis.analyses.results import Results
from klantreis.workspace.secondary import BETWEEN, apart, cells_of, pinned

Way = tuple[str, str]
"""From which touchpoint to which."""


def way(edge: Any) -> Way:
    """Returns from where to where an edge goes."""
    return edge.source, edge.target


def together(edges: Sequence[Any], least: int, gone: Iterable[Way] = ()) -> tuple[Any, ...]:
    """Returns the edges of a graph that may be told; those in `gone` may not."""
    hidden = untold_ways(edges, least, gone)
    return tuple(edge for edge in edges if way(edge) not in hidden)


def untold_ways(edges: Sequence[Any], least: int, gone: Iterable[Way] = ()) -> set[Way]:
    """Returns the ways that may not be told: rare ones, those in `gone`, and what would give them away."""
    given = set(gone)
    hidden = {way(edge) for edge in edges if 0 < edge.people < least or way(edge) in given}
    sides: dict[tuple[int, str], list[Any]] = defaultdict(list)
    for edge in edges:
        sides[0, edge.source].append(edge)
        sides[1, edge.target].append(edge)
    while True:
        more = {one for beside in sides.values() for one in _short(beside, hidden, least)}
        more = more or _beside_bridges(edges, sides, hidden)
        if not more:
            return hidden
        hidden |= more


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
            found[name] = untold_ways(edges, least, shared_out | forced[name])
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


def _short(beside: Sequence[Any], hidden: set[Way], least: int) -> list[Way]:
    """Returns the smallest way that is told at a side of a touchpoint, when what is hidden there is given away."""
    counts = [edge.count for edge in beside if way(edge) in hidden]
    left = [edge for edge in beside if way(edge) not in hidden]
    if not counts or not left or not (len(counts) == 1 or pinned(counts, least)):
        return []
    return [way(min(left, key=_rank))]


def _beside_bridges(edges: Sequence[Any], sides: Mapping[tuple[int, str], list[Any]], hidden: set[Way]) -> set[Way]:
    """Returns the smallest told way beside each hidden one that is a bridge."""
    found: set[Way] = set()
    for source, target in bridges(hidden):
        left = [edge for edge in (*sides[0, source], *sides[1, target]) if way(edge) not in hidden]
        if left:
            found.add(way(min(left, key=_rank)))
    return found


def bridges(ways: Iterable[Way]) -> set[Way]:
    """Returns the ways without which two touchpoints are no longer joined: going out is one end, coming in another.

    Source: Tarjan (1974), Information Processing Letters 2:160-161, without recursion.
    """
    beside: dict[tuple[int, str], list[tuple[tuple[int, str], Way]]] = defaultdict(list)
    for source, target in sorted(ways):
        beside[0, source].append(((1, target), (source, target)))
        beside[1, target].append(((0, source), (source, target)))
    order: dict[tuple[int, str], int] = {}
    low: dict[tuple[int, str], int] = {}
    found: set[Way] = set()
    for root in beside:
        if root not in order:
            order[root] = low[root] = len(order)
            _walk(root, beside, order, low, found)
    return found


def _walk(
    root: Any, beside: Mapping[Any, list[Any]], order: dict[Any, int], low: dict[Any, int], found: set[Way]
) -> None:
    path: list[Any] = [(root, None, iter(beside[root]))]
    while path:
        here, came, rest = path[-1]
        step = next(rest, None)
        if step is None:
            path.pop()
            if path:
                above = path[-1][0]
                low[above] = min(low[above], low[here])
                if low[here] > order[above]:
                    found.add(came)
            continue
        there, by = step
        if there not in order:
            order[there] = low[there] = len(order)
            path.append((there, by, iter(beside[there])))
        elif by != came:
            low[here] = min(low[here], order[there])


def _rank(edge: Any) -> tuple[Any, ...]:
    return edge.people, edge.count, edge.source, edge.target
