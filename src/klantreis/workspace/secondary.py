"""Which told numbers would give an untold one away: by taking it from a total, or from the segments beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
ALONE = frozenset({
    "conforming", "open_journeys", "journeys_left_out", "waiting", "still", "open", "below_zero", "refunds",
    "unplaced",
})  # fmt: skip
"""Counts of a whole result, of which no row tells how they add up."""
TOTALS: Mapping[str, tuple[str, ...]] = {"count": ("count", "events", "journeys"), "people": ("people",)}
"""How the sum of a field of the rows may be called in what holds them; of other fields: the same word."""
MOST = 10
"""Up to so many segments every set of them is looked at; of more only single ones and all together."""

BETWEEN = "\x1f"
Cell = tuple[str, str]
"""What is counted, and where: ('step', 'aankoop')."""


NO_SHARES = frozenset({
    "feel", "raw", "mean", "peak_end", "score", "gap", "difference", "nps", "nps_gap", "trend", "always", "lift",
    "gone_on", "gone_on_lately", "with_theme", "without", "mapped", "severity", "severity_feel", "correlation",
    "distance", "median", "values",
})  # fmt: skip
"""Estimates that are no share of people, by the name of their field."""


def size_of(row: Any) -> int:
    """Returns how many a row is about; 0 for what is no row of counts."""
    if not is_dataclass(row) or isinstance(row, Estimate):
        return 0
    return next((getattr(row, name) for name in SIZES if isinstance(getattr(row, name, None), int)), 0)


def holds_rows(value: Any) -> bool:
    """Says whether a value holds rows, of whatever kind: what is not looked into would go out as it is."""
    return isinstance(value, Sequence) and not isinstance(value, str | bytes)


def cells(results: Results) -> list[dict[Cell, int]]:
    """Returns the numbers of a measured map that stand for everybody and for each segment alike; a table per fit."""
    rows = (
        *results.funnel.steps, *results.coverage.touchpoints, *results.coverage.behaviours, *results.emotion.feelings,
        *results.paths.edges, *results.paths.variants,
    )  # fmt: skip
    tables = (rows, *(fit.deviations for fit in results.fits.values()))
    return [
        {cell: size for row in table for cell, size in (cells_of(row) | inside_of(row)).items()} for table in tables
    ]


CELLS: Mapping[str, Callable[[Any], tuple[str, str, int]]] = {
    "FunnelStep": lambda row: ("step", row.step, row.people),
    "Seen": lambda row: ("seen", row.touchpoint, row.people),
    "Node": lambda row: ("seen", row.id, row.people),
    "Edge": lambda row: ("way", f"{row.source}{BETWEEN}{row.target}", row.people),
    "Variant": lambda row: ("path", BETWEEN.join(row.path), row.count),
    "Behaviour": lambda row: ("did", row.event, row.people),
    "Deviation": lambda row: ("deviation", f"{row.kind} {row.touchpoint} {row.phase}", row.people),
    "Feeling": lambda row: ("feeling", _felt(row), row.feel.n),
}
"""Of each row that is told per segment: what is counted, where, and how many."""


def cells_of(row: Any) -> dict[Cell, int]:
    """Returns the cell of one row, {} for a row that is not told per segment."""
    told = CELLS.get(type(row).__name__)
    if told is None:
        return {}
    kind, where, size = told(row)
    return {(kind, where): size}


def inside_of(row: Any) -> dict[Cell, int]:
    """Returns the cells of the pairs in one row: how often each score was given."""
    if type(row).__name__ != "Feeling":
        return {}
    return {("score", f"{_felt(row)}={score}"): often for score, often in row.counts}


def _felt(row: Any) -> str:
    return f"{row.survey}@{row.touchpoint}"


def apart_tables(
    everybody: Sequence[Mapping[Cell, int]], segments: Mapping[str, Sequence[Mapping[Cell, int]]], least: int
) -> set[tuple[str, Cell]]:
    """Returns what `apart` does, of several tables; a segment that lacks a table has nothing in it."""
    found: set[tuple[str, Cell]] = set()
    for place, whole in enumerate(everybody):
        mine = {name: tables[place] for name, tables in segments.items() if place < len(tables)}
        found |= apart(whole, mine, least)
    return found


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


def of_few(estimate: Estimate, name: str, least: int) -> bool:
    """Says whether an estimate is a share that, with its n, gives a count of too few; `name`: its field."""
    if estimate.value is None or name in NO_SHARES or not 0 < estimate.value < 1:
        return False
    count = estimate.value * estimate.n
    return abs(count - round(count)) < 1e-6 and 0 < round(count) < least


def nearly_all(steps: Sequence[Any], least: int) -> frozenset[Cell]:
    """Returns the steps of a funnel that all but a few reached of those at the step before that is told."""
    found: set[Cell] = set()
    last = 0
    for step in steps:
        if 0 < last - step.people < least <= step.people:
            found |= set(cells_of(step))
        else:
            last = step.people
    return frozenset(found)


def _sets(names: tuple[str, ...]) -> list[tuple[str, ...]]:
    sizes = range(1, len(names) + 1) if len(names) <= MOST else (1, len(names))
    return [some for size in sizes for some in combinations(names, size)]


def pinned(hidden: Sequence[int], least: int) -> bool:
    """Says whether the sum of hidden counts, which a total gives, tells too much of those under the bound.

    Each says '< least' or '≥ least', so from the sum follows between which bounds a small one lies. At least half of
    what '< least' leaves open must stay open.
    """
    few = sum(0 < one < least for one in hidden)
    if not few:
        return False
    more, total = sum(one >= least for one in hidden), sum(hidden)
    low = 1 if more else max(1, total - (few - 1) * (least - 1))
    high = min(least - 1, total - (few - 1) - more * least)
    return high - low < (least - 1) // 2


def beside_rows(whole: Any, rows: Sequence[Any], gone: set[int], least: int) -> set[int]:
    """Returns the places of the rows that must go because rows add up to a total that is told; `gone` go already.

    The smallest others go until the sum of all that went tells of none of them.
    """
    rest = getattr(whole, "elsewhere", 0)
    tables = [[getattr(row, name) for row in rows] for name in sorted(COUNTS) if adds_up(whole, rows, name, rest)]
    more = {place for place, row in enumerate(rows) if 0 < size_of(row) < least} | gone
    beside = [rest] if 0 < rest < least else []
    while any(pinned([*beside, *(table[place] for place in more)], least) for table in tables):
        left = [place for place, row in enumerate(rows) if place not in more and size_of(row) >= least]
        if not left:
            break
        more.add(min(left, key=lambda place: (size_of(rows[place]), place)))
    return more - gone


def adds_up(whole: Any, rows: Sequence[Any], name: str, rest: int) -> bool:
    """Says whether a count of the rows, with `rest` that stands apart, adds up to a total in what holds them."""
    values = [getattr(row, name, None) for row in rows]
    if not all(isinstance(value, int) for value in values):
        return False
    totals = {getattr(whole, word, None) for word in TOTALS.get(name, (name,))}
    return sum(value for value in values if value is not None) + rest in totals


def pairs_left(
    pairs: Sequence[tuple[Any, int]], least: int, *, whole: bool, gone: Sequence[Any] = ()
) -> tuple[tuple[Any, int], ...]:
    """Returns (what, how often) pairs without the rare ones, and without those in `gone`.

    `whole`: they add up to a number that is told, so the next smallest go with them as long as that tells of them.
    """
    common = sorted((pair for pair in pairs if pair[1] >= least and pair[0] not in gone), key=lambda pair: -pair[1])
    hidden = [often for what, often in pairs if 0 < often < least or what in gone]
    while whole and common and (pinned(hidden, least) or len(hidden) == 1):
        hidden.append(common.pop()[1])
    kept = {what for what, _ in common}
    return tuple(pair for pair in pairs if pair[0] in kept or pair[1] == 0)


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
