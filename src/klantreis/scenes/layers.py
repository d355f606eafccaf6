"""Layers for a graph: which node stands in which row, in which order, at which x.

The steps of Sugiyama, Tagawa & Toda 1981 (IEEE Trans. Syst. Man Cybern. 11(2)): turn edges that go back, rank by
longest path, put a bend wherever an edge passes a row, order rows by the mean place of their neighbours (keeping the
order with the fewest crossings), then move nodes towards their neighbours without overlap.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

Pair = tuple[str, str]
Rows = list[list[str]]


@dataclass(frozen=True, slots=True)
class Layout:
    """`rank` is a node's row; `x` the centre of each node and bend; `chains` the nodes and bends an edge goes through.

    `back` are the edges that go up; their chain still runs from source to target.
    """

    rank: Mapping[str, int]
    x: Mapping[str, float]
    chains: Mapping[Pair, tuple[str, ...]]
    back: frozenset[Pair]
    width: float


def layered(order: Sequence[str], weights: Mapping[Pair, float], *, node: float, bend: float, gap: float) -> Layout:
    """Returns the layout of a graph. `order` is the natural order of the nodes: edges against it go back.

    `node` and `bend` are widths, `gap` the least space between neighbours. Edges from a node to itself are left out.
    """
    place = {name: spot for spot, name in enumerate(order)}
    back = frozenset(pair for pair in weights if place[pair[0]] > place[pair[1]])
    down = {(b, a) if (a, b) in back else (a, b) for a, b in weights if a != b}
    rank = _ranks(order, down)
    chains, rows = _bends(order, down, rank)
    rows = _sorted(rows, _links(chains))
    wide = {name: bend if "\x00" in name else node for row in rows for name in row}
    x, width = _spread(rows, _links(chains), wide, gap)
    turned = {pair: _chain(chains, pair, back) for pair in weights if pair[0] != pair[1]}
    return Layout(rank, x, turned, back, width)


def natural_order(names: Sequence[str], weights: Mapping[Pair, float]) -> tuple[str, ...]:
    """Returns the nodes so that little weight goes back: each moves to where that is least until none can do better.

    `names` is the order to begin with, kept where the weights do not care.
    """
    order = list(names)
    for _ in range(len(order)):
        moved = [_improved(order, name, weights) for name in names]
        if not any(moved):
            break
    return tuple(order)


def _improved(order: list[str], name: str, weights: Mapping[Pair, float]) -> bool:
    """Moves one node to its best place; says whether it moved."""
    here = order.index(name)
    best, gain = here, 0.0
    for way in (-1, 1):
        total, spot = 0.0, here + way
        while 0 <= spot < len(order):
            other = order[spot]
            total += way * (weights.get((other, name), 0.0) - weights.get((name, other), 0.0))
            if total > gain + 1e-9:
                best, gain = spot, total
            spot += way
    order.insert(best, order.pop(here))
    return best != here


def _ranks(order: Sequence[str], down: set[Pair]) -> dict[str, int]:
    rank: dict[str, int] = {}
    for name in order:
        rank[name] = max((rank[a] + 1 for a, b in down if b == name and a in rank), default=0)
    return rank


def _bends(order: Sequence[str], down: set[Pair], rank: Mapping[str, int]) -> tuple[dict[Pair, tuple[str, ...]], Rows]:
    rows: Rows = [[] for _ in range(max(rank.values(), default=-1) + 1)]
    for name in order:
        rows[rank[name]].append(name)
    chains: dict[Pair, tuple[str, ...]] = {}
    for a, b in sorted(down):
        bends = tuple(f"{a}\x00{b}\x00{row}" for row in range(rank[a] + 1, rank[b]))
        for row, bend in enumerate(bends, start=rank[a] + 1):
            rows[row].append(bend)
        chains[a, b] = (a, *bends, b)
    return chains, rows


def _links(chains: Mapping[Pair, tuple[str, ...]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for chain in chains.values():
        for one, other in pairwise(chain):
            found.setdefault(one, []).append(other)
            found.setdefault(other, []).append(one)
    return found


def _sorted(rows: Rows, links: Mapping[str, list[str]]) -> Rows:
    best, least = rows, _crossings(rows, links)
    for sweep in range(8):
        order = range(1, len(rows)) if sweep % 2 == 0 else range(len(rows) - 2, -1, -1)
        for row in order:
            near = {name: spot for spot, name in enumerate(rows[row - 1 if sweep % 2 == 0 else row + 1])}
            rows = [*rows[:row], _by_mean(rows[row], near, links), *rows[row + 1 :]]
        count = _crossings(rows, links)
        if count < least:
            best, least = rows, count
    return best


def _by_mean(row: list[str], near: Mapping[str, int], links: Mapping[str, list[str]]) -> list[str]:
    def mean(name: str) -> float:
        spots = [near[other] for other in links.get(name, ()) if other in near]
        return sum(spots) / len(spots) if spots else row.index(name)

    return sorted(row, key=mean)


def _crossings(rows: Rows, links: Mapping[str, list[str]]) -> int:
    total = 0
    for upper, lower in pairwise(rows):
        spots = {name: spot for spot, name in enumerate(lower)}
        ends = [spot for name in upper for spot in sorted(spots[o] for o in links.get(name, ()) if o in spots)]
        total += sum(a > b for place, a in enumerate(ends) for b in ends[place + 1 :])
    return total


def _spread(
    rows: Rows, links: Mapping[str, list[str]], wide: Mapping[str, float], gap: float
) -> tuple[dict[str, float], float]:
    x: dict[str, float] = {}
    for row in rows:
        spot = 0.0
        for name in row:
            x[name] = spot + wide[name] / 2
            spot += wide[name] + gap
        middle = (spot - gap) / 2
        x |= {name: x[name] - middle for name in row}
    for sweep in range(16):
        for row in rows if sweep % 2 == 0 else reversed(rows):
            _settle(row, x, links, wide, gap)
    least = min((x[name] - wide[name] / 2 for name in x), default=0.0)
    x = {name: value - least for name, value in x.items()}
    return x, max((x[name] + wide[name] / 2 for name in x), default=0.0)


def _settle(
    row: list[str], x: dict[str, float], links: Mapping[str, list[str]], wide: Mapping[str, float], gap: float
) -> None:
    """Moves a row towards its neighbours: wishes first, then the least push from left and from right, averaged."""
    wish = {name: _mean([(x[other], _pull(name, other)) for other in links.get(name, ())], x[name]) for name in row}
    right, left = dict(wish), dict(wish)
    for one, other in pairwise(row):
        right[other] = max(right[other], right[one] + (wide[one] + wide[other]) / 2 + gap)
    for other, one in pairwise(reversed(row)):
        left[one] = min(left[one], left[other] - (wide[one] + wide[other]) / 2 - gap)
    for name in row:
        x[name] = (right[name] + left[name]) / 2


def _pull(name: str, other: str) -> float:
    """How strongly two neighbours want to stand in line: bends most, so that long edges run straight."""
    return (1.0, 1.0, 4.0)[("\x00" in name) + ("\x00" in other)]


def _mean(values: list[tuple[float, float]], default: float) -> float:
    pull = sum(weight for _, weight in values)
    return sum(value * weight for value, weight in values) / pull if values else default


def _chain(chains: Mapping[Pair, tuple[str, ...]], pair: Pair, back: frozenset[Pair]) -> tuple[str, ...]:
    return tuple(reversed(chains[pair[1], pair[0]])) if pair in back else chains[pair]


def shifted(layout: Layout, by: float) -> Layout:
    """Returns the layout `by` pixels to the right."""
    return replace(layout, x={name: value + by for name, value in layout.x.items()})
