"""Follows: what comes after what, directly or later; who comes back, goes in circles or goes a step back.

B *directly* follows A when it is the next touch of the journey. B *eventually* follows A when it is any later one:
every pair of an earlier A and a later B counts, as in pm4py's eventually-follows graph. A touch is a *return* when its
touchpoint was met before in the journey: a *repeat* when it was the touch just before, else a *loop*. A touchpoint's
rework is the journeys that met it more than once, its least distance the fewest touches between two meetings (pm4py:
`rework`, `minimum_self_distances`). A touch is a *step back* when it stands earlier in the order than the touch before
it that is in the order; touchpoints of one rank, and those that are not in the order, never make a step back.

The time from A to B is from a journey's first A to the first B after it: one time a journey.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from klantreis.analyses.follows.compare import compared
from klantreis.analyses.follows.kernel import passed, returned, stepped_back, timed
from klantreis.analyses.follows.narrow import MANY, WIDE, counted
from klantreis.analyses.follows.result import Follows, Pair, Touchpoint, told
from klantreis.analyses.succession import Ints, Runs, Tally, added, code, key, named, runs
from klantreis.errors import OptionError
from klantreis.journeys.model import About, Bucket, Names
from klantreis.labels import Label, dotted
from klantreis.stats.spread import Spreads, collect
from klantreis.stats.spread import merge as spread_over

name = "follows"
MOST_NODES = 1024
NEVER = int(np.iinfo(np.int64).max)

__all__ = ["Follows", "Options", "Pair", "Part", "Touchpoint", "compared", "finish", "measure", "merge", "name"]


@dataclass(frozen=True, slots=True)
class Options:
    """`order`: touchpoints in the order that is meant, those of one group having one rank; empty: no steps back.
    `between`: pairs (from, to) to measure the time of; None: every pair that occurs. `only`: the touchpoints in scope,
    all others are left out (None: all). `unmapped`: also events the map does not know. `collapse`: repeats of a
    touchpoint in a row count once.
    """

    order: tuple[tuple[str, ...], ...] = ()
    between: tuple[tuple[str, str], ...] | None = ()
    only: tuple[str, ...] | None = None
    unmapped: bool = False
    collapse: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """What one bucket adds: `totals` (journeys, people, events, unmapped, left out, collapsed; then touches, journeys
    and people of returns, of loops and of steps back), a row of each touchpoint, least distances, a row of each pair.
    """

    totals: Ints
    nodes: Tally
    least: Tally
    pairs: Tally
    seconds: Spreads


def measure(bucket: Bucket, options: Options) -> Part:
    """Returns what one bucket adds. Raises OptionError for more kinds of touchpoints than a table of pairs can hold."""
    found = _scoped(runs(bucket, unmapped=options.unmapped, collapse=options.collapse), bucket.names, options.only)
    if found.size > MOST_NODES:
        raise OptionError(
            Label(
                f"Paren van {dotted(found.size)} soorten gebeurtenissen zijn er meer dan te tellen is "
                f"(hoogstens {dotted(MOST_NODES)}).",
                f"Pairs of {found.size:,} kinds of events are more than can be counted (at most {MOST_NODES:,}).",
            ),
            mend=Label("Noem welke er meedoen.", "Name the ones in scope."),
        )
    lasting = code(np.arange(found.size), found.touchpoints)
    rank = _ranks(found, bucket.names, options.order)
    nodes, least, sums, pairs = _counted(found)
    back = np.zeros(3, np.int64)
    if (rank >= 0).any():
        back = stepped_back(found.node, found.start, found.person, rank, pairs)
    people = int(np.count_nonzero(np.diff(found.person, prepend=-1)))
    totals = [len(found.person), people, len(found.node), found.unmapped, found.left_out, found.collapsed]
    met = np.flatnonzero(nodes[:, 0])
    near = np.flatnonzero(least < NEVER)
    used = np.flatnonzero(pairs.any(axis=1))
    keys = key(lasting[used // max(found.size, 1)], lasting[used % max(found.size, 1)])
    return Part(
        np.concatenate([np.array(totals, np.int64), sums, back]),
        Tally(lasting[met], nodes[met]),
        Tally(lasting[near], least[near][:, None]),
        Tally(keys, pairs[used]),
        _spread(found, bucket.names, options, used),
    )


def merge(one: Part, other: Part) -> Part:
    """Returns two parts as one; associative and commutative."""
    return Part(
        one.totals + other.totals,
        added(one.nodes, other.nodes),
        _nearest(one.least, other.least),
        added(one.pairs, other.pairs),
        spread_over(one.seconds, other.seconds),
    )


def finish(part: Part, options: Options, about: About) -> Follows:
    """Returns touchpoints and pairs; without journeys all counts are 0 and both lists empty."""
    return told(part.totals.tolist(), (part.nodes, part.least, part.pairs), part.seconds, options, about)


def _counted(found: Runs) -> tuple[Ints, Ints, Ints, Ints]:
    """Returns a row of each node, least distances, the sums of returns and loops, and a row of each pair."""
    if found.size <= WIDE and len(found.node) >= MANY:
        return counted(found.node, found.start, found.person, found.size)
    nodes, least, sums = returned(found.node, found.start, found.person, found.size)
    return nodes, least, sums, passed(found.node, found.start, found.person, found.size)


def _nearest(one: Tally, other: Tally) -> Tally:
    keys = np.union1d(one.keys, other.keys)
    table = np.full((len(keys), 1), NEVER, np.int64)
    for tally in (one, other):
        place = np.searchsorted(keys, tally.keys)
        table[place] = np.minimum(table[place], tally.table)
    return Tally(keys, table)


def _scoped(found: Runs, names: Names, only: tuple[str, ...] | None) -> Runs:
    """Returns the runs with only the touchpoints in scope, numbered anew from 0; journeys without one are left out."""
    if only is None:
        return found
    listed = named(code(np.arange(found.size), found.touchpoints).tolist(), names)
    wanted = np.array([one in set(only) for one in listed], np.bool_)
    keep = wanted[found.node] if len(found.node) else np.empty(0, np.bool_)
    before = np.concatenate([np.zeros(1, np.int64), np.cumsum(keep)])[found.start]
    some = np.diff(before) > 0
    return Runs(
        found.node[keep], found.at[keep], np.append(before[:-1][some], before[-1]), found.person[some],
        found.touchpoints, found.size, found.unmapped + int((~keep).sum()),
        found.left_out + int((~some).sum()), found.collapsed,
    )  # fmt: skip


def _ranks(found: Runs, names: Names, order: tuple[tuple[str, ...], ...]) -> Ints:
    """Returns the rank of each node in the order, -1 for none; a touchpoint named twice keeps its first rank."""
    ranks: dict[str, int] = {}
    for place, group in enumerate(order):
        for touch in group:
            ranks.setdefault(touch, place)
    listed = named(code(np.arange(found.size), found.touchpoints).tolist(), names)
    return np.array([ranks.get(one, -1) for one in listed], np.int64)


def _spread(found: Runs, names: Names, options: Options, used: Ints) -> Spreads:
    """Returns the times of the pairs that are asked for, by pair."""
    listed = named(code(np.arange(found.size), found.touchpoints).tolist(), names)
    spots = {one: place for place, one in enumerate(listed)}
    if options.between is None:
        raw = np.sort(used)
    else:
        pairs = {(spots[a], spots[b]) for a, b in options.between if a in spots and b in spots}
        raw = np.array(sorted(a * found.size + b for a, b in pairs), np.int64)
    size = max(found.size, 1)
    asked = np.full(found.size * found.size, -1, np.int64)
    asked[raw] = np.arange(len(raw))
    sides = np.zeros(found.size, np.bool_), np.zeros(found.size, np.bool_)
    sides[0][raw // size], sides[1][raw % size] = True, True
    none = np.empty(0, np.int64)
    pair, took = timed(found.node, found.at, found.start, asked, sides) if len(raw) else (none, none)
    lasting = code(np.arange(found.size), found.touchpoints)
    return collect(pair, took, key(lasting[raw // size], lasting[raw % size]))
