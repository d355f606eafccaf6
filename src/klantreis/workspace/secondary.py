"""Which told numbers would give an untold one away: by taking it from a total, or from the segments beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import is_dataclass, replace
from itertools import combinations
from typing import Any

from klantreis.analyses.results import Results
from klantreis.stats.intervals import Estimate
from klantreis.stats.untold import Untold

SIZES = ("people", "journeys", "count", "n")
"""Which number of a row says how many it is about: the first that it has."""
COUNTS = frozenset({
    "people", "journeys", "count", "n", "mature", "touches", "events", "customers", "answered", "answers", "orders",
    "referrals", "invited", "ordered", "contacts", "elsewhere", "young",
})  # fmt: skip
"""Fields that count people or what they did."""
TOTALS: Mapping[str, tuple[str, ...]] = {"count": ("count", "events", "journeys"), "people": ("people",)}
"""How the sum of a field of the rows may be called in what holds them; of other fields: the same word."""
MOST = 10
"""Up to so many segments every set of them is looked at; of more only single ones and all together."""

Cell = tuple[str, str]
"""What is counted, and where: ('step', 'aankoop')."""


def size_of(row: Any) -> int:
    """Returns how many a row is about; 0 for what is no row of counts."""
    if not is_dataclass(row) or isinstance(row, Estimate):
        return 0
    return next((getattr(row, name) for name in SIZES if isinstance(getattr(row, name, None), int)), 0)


def cells(results: Results) -> dict[Cell, int]:
    """Returns the numbers of a measured map that stand for everybody and for each segment alike."""
    rows = (*results.funnel.steps, *results.coverage.touchpoints, *results.emotion.feelings)
    return {cell: size for row in rows for cell, size in cells_of(row).items()}


def cells_of(row: Any) -> dict[Cell, int]:
    """Returns the cell of one row, {} for a row that is not told per segment."""
    match type(row).__name__:
        case "FunnelStep":
            return {("step", row.step): row.people}
        case "Seen":
            return {("seen", row.touchpoint): row.people}
        case "Feeling":
            return {("feeling", f"{row.survey}@{row.touchpoint}"): row.feel.n}
        case _:
            return {}


def apart(
    everybody: Mapping[Cell, int], segments: Mapping[str, Mapping[Cell, int]], least: int
) -> set[tuple[str, Cell]]:
    """Returns the cells of segments, large enough themselves, that must go so that nothing small can be worked out."""
    found: set[tuple[str, Cell]] = set()
    for cell, whole in everybody.items():
        told = {name: own[cell] for name, own in segments.items() if own.get(cell, 0) >= least}
        found |= {(name, cell) for name in between(whole, told, least)}
    return found


def between(whole: int, told: Mapping[str, int], least: int) -> set[str]:
    """Returns which parts of a total must go: no set of those left may leave 1 to `least` - 1 of it.

    Parts may overlap, so a set that leaves that little need not give anybody away; it goes all the same. The smallest
    part of such a set goes.
    """
    gone: set[str] = set()
    left = dict(told)
    while True:
        sets = _sets(tuple(left))
        tight = next((some for some in sets if 0 < whole - sum(left[name] for name in some) < least), None)
        if tight is None:
            return gone
        smallest = min(tight, key=lambda name: (left[name], name))
        gone.add(smallest)
        del left[smallest]


def _sets(names: tuple[str, ...]) -> list[tuple[str, ...]]:
    sizes = range(1, len(names) + 1) if len(names) <= MOST else (1, len(names))
    return [some for size in sizes for some in combinations(names, size)]


def between_rows(whole: Any, rows: Sequence[Any], least: int) -> int | None:
    """Returns the place of the row that must go because rows add up to a total that is told; None when none must.

    It must when exactly one row is about too few: the smallest of the others then hides it.
    """
    small = [place for place, row in enumerate(rows) if 0 < size_of(row) < least]
    rest = getattr(whole, "elsewhere", 0)
    if len(small) + (0 < rest < least) != 1 or not any(_adds_up(whole, rows, name, rest) for name in COUNTS):
        return None
    others = [place for place, row in enumerate(rows) if size_of(row) >= least]
    return min(others, key=lambda place: (size_of(rows[place]), place), default=None)


def _adds_up(whole: Any, rows: Sequence[Any], name: str, rest: int) -> bool:
    values = [getattr(row, name, None) for row in rows]
    if not all(isinstance(value, int) for value in values):
        return False
    totals = {getattr(whole, word, None) for word in TOTALS.get(name, (name,))}
    return sum(value for value in values if value is not None) + rest in totals


def together(edges: Sequence[Any], least: int) -> tuple[Any, ...]:
    """Returns the edges of a graph that may be told: from no touchpoint, and to none, is exactly one left out.

    What comes into a touchpoint and goes out of it adds up to its count, so one missing edge could be worked out. The
    smallest edge beside it then goes too.
    """
    gone = {edge for edge in edges if 0 < size_of(edge) < least}
    while True:
        more = {one for side in ("source", "target") for one in _lonely(edges, gone, side)}
        if not more:
            return tuple(edge for edge in edges if edge not in gone)
        gone |= more


def at_ends(whole: Any, told: Sequence[Any], least: int) -> tuple[Any, ...]:
    """Returns the touchpoints of a graph, of which only the edges in `told` may be told.

    How many journeys start at one and end there are edges too; how many came back to it is told from `least` on.
    """
    left = {(edge.source, edge.target) for edge in told}

    def one(node: Any) -> Any:
        hidden = {
            "starts": (whole.start, node.id) not in left,
            "ends": (node.id, whole.end) not in left,
            "repeats": node.repeats < least,
        }
        counts = {name: getattr(node, name) for name, out in hidden.items() if out and getattr(node, name)}
        return replace(node, **{name: Untold(least, "<" if n < least else "≥") for name, n in counts.items()})

    return tuple(one(node) for node in whole.nodes)


def pairs_left(pairs: Sequence[tuple[Any, int]], least: int, *, whole: bool) -> tuple[tuple[Any, int], ...]:
    """Returns (what, how often) pairs without the rare ones.

    `whole`: they add up to a number that is told, so when one goes, the next smallest goes with it.
    """
    common = [pair for pair in pairs if not 0 < pair[1] < least]
    told = [pair for pair in common if pair[1]]
    if whole and len(pairs) - len(common) == 1 and told:
        common.remove(min(told, key=lambda pair: pair[1]))
    return tuple(common)


def _lonely(edges: Sequence[Any], gone: set[Any], side: str) -> list[Any]:
    """The edges that must go with the only one that is missing at a touchpoint."""
    at: dict[str, list[Any]] = {}
    for edge in edges:
        at.setdefault(getattr(edge, side), []).append(edge)
    found = []
    for beside in at.values():
        left = [edge for edge in beside if edge not in gone]
        if len(left) == len(beside) - 1 and left:
            found.append(min(left, key=lambda edge: (edge.people, edge.count, edge.source, edge.target)))
    return found
