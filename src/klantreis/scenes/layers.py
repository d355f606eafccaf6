"""Layers for a graph: which node stands in which row, in which order, at which x.

The steps of Sugiyama, Tagawa & Toda 1981 (IEEE Trans. Syst. Man Cybern. 11(2)): turn edges that go back, rank by
longest path, put a bend wherever an edge passes a row, order rows by the mean place of their neighbours (keeping the
order with the fewest crossings), then move nodes towards their neighbours without overlap, the heaviest way through
standing upright, and set the bends of one edge on one upright line where that line is free.
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
    room = _Room(wide, gap, _pulls(chains, down, weights), _trunk(order, down, weights))
    x, width = _spread(rows, room)
    x = _upright(rows, chains, x, room)
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


def _pulls(
    chains: Mapping[Pair, tuple[str, ...]], down: set[Pair], weights: Mapping[Pair, float]
) -> dict[str, list[tuple[str, float]]]:
    """The neighbours of each node and bend, with how strongly each wants to stand in line: by weight; bends most."""
    heaviest = max(weights.values(), default=1.0) or 1.0
    found: dict[str, list[tuple[str, float]]] = {}
    for a, b in sorted(down):
        weight = max(weights.get((a, b), 0.0), weights.get((b, a), 0.0)) / heaviest
        for one, other in pairwise(chains[a, b]):
            bends = ("\x00" in one) + ("\x00" in other)
            pull = 4.0 if bends == 2 else 0.02 + weight if bends else 0.1 + 3 * weight
            found.setdefault(one, []).append((other, pull))
            found.setdefault(other, []).append((one, pull))
    return found


def _upright(
    rows: Rows, chains: Mapping[Pair, tuple[str, ...]], x: Mapping[str, float], room: _Room
) -> dict[str, float]:
    """Moves the bends of each edge to one x, the nearest of theirs that is free in every row they pass."""
    new = dict(x)
    home = {name: row for row in rows for name in row}
    for chain in sorted(chains.values(), key=lambda chain: (-len(chain), chain)):
        bends = chain[1:-1]
        spots = sorted({new[bend] for bend in bends}, key=lambda spot: sum(abs(new[bend] - spot) for bend in bends))
        for spot in spots:
            if all(_free(bend, spot, home[bend], new, room) for bend in bends):
                new |= dict.fromkeys(bends, spot)
                break
    return new


def _free(name: str, spot: float, row: list[str], x: Mapping[str, float], room: _Room) -> bool:
    """Says whether a bend can stand at `spot` without coming too near to, or passing, its neighbours in the row."""
    place = row.index(name)
    left = x[row[place - 1]] + room.apart(row[place - 1], name) if place else float("-inf")
    right = x[row[place + 1]] - room.apart(name, row[place + 1]) if place + 1 < len(row) else float("inf")
    return left - 1e-6 <= spot <= right + 1e-6


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


@dataclass(frozen=True, slots=True)
class _Room:
    """How wide each node and bend is, the least space between them, and who pulls whom how strongly."""

    wide: Mapping[str, float]
    gap: float
    links: Mapping[str, Sequence[tuple[str, float]]]
    trunk: frozenset[str]

    def apart(self, one: str, other: str) -> float:
        """Returns how far the centres of two neighbours are apart at least."""
        return (self.wide[one] + self.wide[other]) / 2 + self.gap


def _trunk(order: Sequence[str], down: set[Pair], weights: Mapping[Pair, float]) -> frozenset[str]:
    """The nodes of the heaviest way through the graph; they stand on one upright line."""
    best: dict[str, tuple[float, str | None]] = {}
    for name in order:
        ways = [
            (best[a][0] + weights.get((a, b), weights.get((b, a), 0.0)), a) for a, b in down if b == name and a in best
        ]
        best[name] = max(ways, default=(0.0, None), key=lambda way: (way[0], way[1] or ""))
    spot: str | None = max(order, key=lambda name: best[name][0], default=None)
    found = set()
    while spot is not None:
        found.add(spot)
        spot = best[spot][1]
    return frozenset(found)


def _spread(rows: Rows, room: _Room) -> tuple[dict[str, float], float]:
    x: dict[str, float] = {}
    for row in rows:
        spot = 0.0
        for name in row:
            x[name] = spot + room.wide[name] / 2
            spot += room.wide[name] + room.gap
        middle = next((x[name] for name in row if name in room.trunk), (spot - room.gap) / 2)
        x |= {name: x[name] - middle for name in row}
    for sweep in range(24):
        for row in rows if sweep % 2 == 0 else reversed(rows):
            _settle(row, x, room)
    least = min((x[name] - room.wide[name] / 2 for name in x), default=0.0)
    x = {name: value - least for name, value in x.items()}
    return x, max((x[name] + room.wide[name] / 2 for name in x), default=0.0)


def _settle(row: list[str], x: dict[str, float], room: _Room) -> None:
    """Moves a row towards its neighbours: wishes first, then the least push from left and from right, averaged.

    In a row of the trunk its node stays, and the others give way to both sides.
    """
    wish = {name: _mean([(x[other], pull) for other, pull in room.links.get(name, ())], x[name]) for name in row}
    fixed = next((spot for spot, name in enumerate(row) if name in room.trunk), None)
    if fixed is not None:
        for one, other in pairwise(row[fixed:]):
            x[other] = max(wish[other], x[one] + room.apart(one, other))
        for other, one in pairwise(reversed(row[: fixed + 1])):
            x[one] = min(wish[one], x[other] - room.apart(one, other))
        return
    right, left = dict(wish), dict(wish)
    for one, other in pairwise(row):
        right[other] = max(right[other], right[one] + room.apart(one, other))
    for other, one in pairwise(reversed(row)):
        left[one] = min(left[one], left[other] - room.apart(one, other))
    for name in row:
        x[name] = (right[name] + left[name]) / 2


def _mean(values: list[tuple[float, float]], default: float) -> float:
    pull = sum(weight for _, weight in values)
    return sum(value * weight for value, weight in values) / pull if values else default


def _chain(chains: Mapping[Pair, tuple[str, ...]], pair: Pair, back: frozenset[Pair]) -> tuple[str, ...]:
    return tuple(reversed(chains[pair[1], pair[0]])) if pair in back else chains[pair]


def shifted(layout: Layout, by: float) -> Layout:
    """Returns the layout `by` pixels to the right."""
    return replace(layout, x={name: value + by for name, value in layout.x.items()})
