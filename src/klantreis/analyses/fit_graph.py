"""A path as a small graph: the states a journey can be in, and which touchpoint leads from one to the next.

A state is what is left of the path. Meeting a touchpoint takes it off the front (a partial derivative: Antimirov 1996,
Theoretical Computer Science 155:291-319; parts in any order interleave), so there are no silent moves left to search
through. Any path is first met in drawing order, which is what makes ties between equally good alignments fall the
same way each time.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Set
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from klantreis.map.path import AnyOrder, Choice, Exit, Maybe, Path, Repeat, Sequence, Visit, touchpoints

MAX_STATES = 4_096
"""A path that can be in more states than this is too wide to align (13 parts in any order, for example)."""

_NOTHING = Sequence(())
_Steps = list[tuple[str, Path]]
_Edges = list[list[tuple[int, int]]]
_Skips = list[list[int]]


class Graph(NamedTuple):
    """States 0 (the start) .. S-1; the edges of state s are `first[s]` up to `first[s + 1]`, in drawing order.

    Per edge: `label` (the row number of its touchpoint) and `target`. Per state: `rest`, the fewest touchpoints from
    here to an end, and `reach`, the fewest from the start to here; what may be skipped counts in neither. `loops` is 1
    when some edge leads back, else every edge leads to a higher state.
    """

    first: NDArray[np.int32]
    label: NDArray[np.int32]
    target: NDArray[np.int32]
    rest: NDArray[np.int32]
    reach: NDArray[np.int32]
    loops: int


@lru_cache(maxsize=16)
def graph_of(path: Path) -> Graph | None:
    """Returns the graph of a path, labelled by spots in `touchpoints(path)`; None when it has over MAX_STATES."""
    rows = {name: row for row, name in enumerate(touchpoints(path))}
    number: dict[Path, int] = {path: 0}
    edges: _Edges = []
    final = []
    found = [path]
    for state in found:
        ways = dict.fromkeys(steps(state))
        found += [rest for rest in dict.fromkeys(rest for _, rest in ways) if rest not in number]
        edges.append([(rows[name], number.setdefault(rest, len(number))) for name, rest in ways])
        final.append(ends(state))
        if len(number) > MAX_STATES:
            return None
    skipped = [[number[rest] for rest in skips(state) if rest in number] for state in found]
    return _arrays(*_forward(edges, skipped, final))


def without(path: Path, names: Set[str]) -> Path:
    """Returns the path with these touchpoints left out, as if nobody had drawn them."""

    def all_of(parts: tuple[Path, ...]) -> tuple[Path, ...]:
        return tuple(without(part, names) for part in parts)

    match path:
        case Visit(name):
            return _NOTHING if name in names else path
        case Sequence(parts):
            return Sequence(all_of(parts))
        case AnyOrder(parts):
            return AnyOrder(all_of(parts))
        case Choice(options):
            return Choice(all_of(options))
        case Maybe(part):
            return Maybe(without(part, names))
        case Repeat(part, redo):
            return Repeat(without(part, names), None if redo is None else without(redo, names))
    return path


def steps(path: Path) -> _Steps:
    """Returns each touchpoint that can come first, with what is then left of the path."""
    match path:
        case Visit(name):
            return [(name, _NOTHING)]
        case Sequence(parts):
            return _in_order(parts)
        case Choice(options):
            return [step for option in options for step in steps(option)]
        case AnyOrder(parts):
            return _in_any_order(parts)
        case Maybe(part):
            return steps(part)
        case Repeat():
            return _again(path)
    return []


def skips(path: Path) -> list[Path]:
    """Returns what is left of the path when a part that can come first and may be skipped is skipped."""
    match path:
        case Sequence(parts) if parts:
            whole = [_joined(*parts[1:])] if _skips(parts[0]) else []
            return whole + [_joined(rest, *parts[1:]) for rest in skips(parts[0])]
        case Choice(options):
            return [rest for option in options for rest in skips(option)]
        case AnyOrder(parts):
            inside = [(spot, rest) for spot, part in enumerate(parts) for rest in skips(part)]
            inside += [(spot, _NOTHING) for spot, part in enumerate(parts) if _skips(part)]
            return [_together(*parts[:spot], rest, *parts[spot + 1 :]) for spot, rest in inside]
        case Maybe(part):
            return [_NOTHING, *skips(part)]
        case Repeat(part):
            return [_joined(rest, _once_more(path)) for rest in skips(part)]
    return []


def ends(path: Path) -> bool:
    """Says whether a journey may end here: nothing more is required, or the customer may leave."""
    return _skips(path) or _leaves(path)


def _skips(path: Path) -> bool:
    match path:
        case Maybe():
            return True
        case Sequence(parts) | AnyOrder(parts):
            return all(map(_skips, parts))
        case Choice(options):
            return not options or any(map(_skips, options))
        case Repeat(part):
            return _skips(part)
    return False


def _leaves(path: Path) -> bool:
    match path:
        case Exit():
            return True
        case Sequence(parts):
            return any(_leaves(part) and all(map(_skips, parts[:spot])) for spot, part in enumerate(parts))
        case Choice(parts) | AnyOrder(parts):
            return any(map(_leaves, parts))
        case Maybe(part):
            return _leaves(part)
        case Repeat(part, redo):
            return _leaves(part) or (redo is not None and _skips(part) and _leaves(redo))
    return False


def _in_order(parts: tuple[Path, ...]) -> _Steps:
    found: _Steps = []
    for spot, part in enumerate(parts):
        found += [(name, _joined(rest, *parts[spot + 1 :])) for name, rest in steps(part)]
        if not _skips(part):
            break
    return found


def _in_any_order(parts: tuple[Path, ...]) -> _Steps:
    return [
        (name, _together(*parts[:spot], rest, *parts[spot + 1 :]))
        for spot, part in enumerate(parts)
        for name, rest in steps(part)
    ]


def _again(path: Repeat) -> _Steps:
    found = [(name, _joined(rest, _once_more(path))) for name, rest in steps(path.part)]
    if path.redo is not None and _skips(path.part):
        found += [(name, _joined(rest, path)) for name, rest in steps(path.redo)]
    return found


def _once_more(path: Repeat) -> Path:
    return Maybe(path if path.redo is None else _joined(path.redo, path))


def _joined(*parts: Path) -> Path:
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, Sequence) else (part,))]
    return flat[0] if len(flat) == 1 else Sequence(tuple(flat))


def _together(*parts: Path) -> Path:
    left = tuple(part for part in parts if part != _NOTHING)
    return AnyOrder(left) if len(left) > 1 else left[0] if left else _NOTHING


def _forward(edges: _Edges, skipped: _Skips, final: list[bool]) -> tuple[_Edges, _Skips, list[bool]]:
    """Numbers the states so that edges lead to higher ones, but for those that loop back."""
    order = _finished(edges)[::-1]
    number = {state: spot for spot, state in enumerate(order)}
    return (
        [[(label, number[target]) for label, target in edges[state]] for state in order],
        [[number[rest] for rest in skipped[state]] for state in order],
        [final[state] for state in order],
    )


def _finished(edges: _Edges) -> list[int]:
    done: list[int] = []
    seen = {0}
    trail = [(0, iter(edges[0]))]
    while trail:
        state, ways = trail[-1]
        target = next((target for _, target in ways if target not in seen), None)
        if target is None:
            done.append(state)
            trail.pop()
        else:
            seen.add(target)
            trail.append((target, iter(edges[target])))
    return done


def _arrays(edges: _Edges, skipped: _Skips, final: list[bool]) -> Graph:
    back: _Edges = [[] for _ in edges]
    for state, ways in enumerate(edges):
        for label, target in ways:
            back[target].append((label, state))
    return Graph(
        first=np.cumsum([0, *map(len, edges)], dtype=np.int32),
        label=np.array([label for ways in edges for label, _ in ways], dtype=np.int32),
        target=np.array([target for ways in edges for _, target in ways], dtype=np.int32),
        rest=_fewest(back, [[] for _ in edges], [state for state, ending in enumerate(final) if ending]),
        reach=_fewest(edges, skipped, [0]),
        loops=int(any(target <= state for state, ways in enumerate(edges) for _, target in ways)),
    )


def _fewest(edges: _Edges, skipped: _Skips, starts: list[int]) -> NDArray[np.int32]:
    fewest = dict.fromkeys(starts, 0)
    found = deque(starts)
    while found:
        state = found.popleft()
        for target in skipped[state]:
            if fewest.get(target, len(edges)) > fewest[state]:
                fewest[target] = fewest[state]
                found.appendleft(target)
        for _, target in edges[state]:
            if fewest.get(target, len(edges)) > fewest[state] + 1:
                fewest[target] = fewest[state] + 1
                found.append(target)
    return np.array([fewest[state] for state in range(len(edges))], dtype=np.int32)
