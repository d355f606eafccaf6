"""Solves the chain of paths exactly: the chance of a conversion, and what is lost of it when a channel is taken away.

States are the last touches of a path; taking a channel away ends every path where it is the latest touch. With N the
expected visits (the inverse of I - Q), h the chance to convert from each state, v the visits from the start and S the
states of the channel, the chance that is left is P - v[S] N[S,S]^-1 h[S] (first visits to S no longer go on), so one
inverse serves all channels. Source of the model: Anderl et al. (2016), "Mapping the customer journey", IJRM 33:457-474.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.attribution.credit import ONE
from klantreis.analyses.attribution.grams import Grams
from klantreis.kernels import kernel

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
MOST_STATES = 3000
"""Up to this many states the system is solved as one dense matrix (72 MB)."""

MOST_SPARSE = 200_000
"""Beyond the dense limit the system is solved by sweeps over its transitions, up to this many states times channels."""


@dataclass(frozen=True, slots=True)
class Solved:
    """`chance` of a conversion per path; per channel (1 to C) the `effect` of taking it away, 0 to 1; the same for the
    value of a path: `worth` and `worth_effect`. `moves` (groups x channels): how much the effect would change per
    group of persons, None where transitions are not kept per group.
    """

    chance: float
    effect: Floats
    worth: float
    worth_effect: Floats
    states: int
    moves: Floats | None = None


@dataclass(frozen=True, slots=True)
class System:
    """A chain with numbered states: per transition its key and the state from and to (-1 the start, -2 no conversion,
    -3 the conversion) and its chance; the latest channel of each state.
    """

    source: Ints
    target: Ints
    chance: Floats
    out: Floats
    value: Floats
    latest: Ints
    start_out: float

    @property
    def states(self) -> int:
        """How many states there are besides start and ends."""
        return len(self.latest)


def solved(grams: Grams, nulls: bool, groups: Grams | None = None, many: int = 1) -> Solved | None:
    """Returns the solution of the chain with or without the paths that did not convert; None when it is too large.

    `groups`: the same transitions counted per group (of `many`), for the `moves`. Effects are 0 when nothing converts.
    """
    counts = grams.counts[:, 0] + (grams.counts[:, 1] if nulls else 0)
    used = counts > 0
    system = _system(grams, np.flatnonzero(used), counts)
    channels = grams.base - 2
    if not system.states:
        return Solved(0.0, np.zeros(channels), 0.0, np.zeros(channels), 0)
    if system.states <= MOST_STATES:
        moves = None if groups is None else _per_group(groups, grams.keys[used], nulls, many)
        return _dense(system, channels, moves)
    if system.states * len(np.unique(system.latest)) > MOST_SPARSE:
        return None
    return _sparse(system, channels)


def _system(grams: Grams, used: Ints, counts: Ints) -> System:
    base, keep = grams.base, grams.base ** max(grams.order - 1, 0)
    state, last = np.divmod(grams.keys[used], base)
    times = counts[used].astype(np.float64)
    known = np.unique(state)
    known = known[known > 0]
    source = np.where(state > 0, np.searchsorted(known, state), -1)
    goes = (last > 0) & (last < base - 1)
    target = np.where(goes, np.searchsorted(known, state % keep * base + last), np.where(last == 0, -2, -3))
    out: Floats = np.bincount(source[source >= 0], times[source >= 0], minlength=len(known)).astype(np.float64)
    begun = float(times[source < 0].sum())
    value = np.zeros(len(known))
    won = last == base - 1
    sums = grams.counts[used][won]
    value[source[won]] = (sums[:, 2] + sums[:, 3] / ONE) / out[source[won]]
    chance = times / np.where(source >= 0, out[source] if len(out) else 1.0, begun or 1.0)
    return System(source, target, chance, out, value, known % base, begun)


def _dense(system: System, channels: int, groups: Floats | None) -> Solved:
    n, source, target = system.states, system.source, system.target
    inner, first, won = (source >= 0) & (target >= 0), source < 0, target == -3
    stays = np.eye(n)
    np.subtract.at(stays, (source[inner], target[inner]), system.chance[inner])
    begin, convert = np.zeros(n), np.zeros(n)
    begin[target[first]] = system.chance[first]
    convert[source[won]] = system.chance[won]
    visits_of = np.linalg.inv(stays)
    visits, reach, worth = begin @ visits_of, visits_of @ convert, visits_of @ system.value
    chance, value = float(begin @ reach), float(begin @ worth)
    effect, worth_effect = np.zeros(channels), np.zeros(channels)
    gone = np.zeros((groups.shape[0], channels)) if groups is not None else None
    slope = _slope(system, visits, reach, chance)
    for channel in np.unique(system.latest):
        own = np.flatnonzero(system.latest == channel)
        inside = visits_of[np.ix_(own, own)]
        lost = np.linalg.solve(inside, np.column_stack([reach[own], worth[own]]))
        cut = visits[own] @ lost
        effect[channel - 1] = cut[0] / chance if chance > 0 else 0.0
        worth_effect[channel - 1] = cut[1] / value if value else 0.0
        if gone is not None and groups is not None and chance > 0:
            still = visits - np.linalg.solve(inside.T, visits[own]) @ visits_of[own]
            left = reach - visits_of[:, own] @ lost[:, 0]
            bent = _slope(system, still, left, chance - cut[0])
            part = 1 - effect[channel - 1]
            gone[:, channel - 1] = (part * (groups @ slope) - groups @ bent) / chance
    return Solved(chance, effect, value, worth_effect, n, gone)


def _slope(system: System, visits: Floats, reach: Floats, chance: float) -> Floats:
    """Returns, per transition, what one more of it would add to the chance of a conversion (its derivative)."""
    ahead = np.where(system.target >= 0, reach[np.maximum(system.target, 0)], np.where(system.target == -3, 1.0, 0.0))
    inner = visits[system.source] / system.out[system.source] * (ahead - reach[system.source])
    slope: Floats = np.where(system.source >= 0, inner, (ahead - chance) / (system.start_out or 1.0))
    return slope


def _per_group(groups: Grams, keys: Ints, nulls: bool, many: int) -> Floats:
    """Returns the counts per group of the transitions `keys`, as rows."""
    group, key = np.divmod(groups.keys, groups.cells)
    spot = np.minimum(np.searchsorted(keys, key), len(keys) - 1)
    counts = groups.counts[:, 0] + (groups.counts[:, 1] if nulls else 0)
    mine = keys[spot] == key
    out = np.zeros((many, len(keys)))
    out[group[mine], spot[mine]] = counts[mine]
    return out


def _sparse(system: System, channels: int) -> Solved | None:
    whole = _swept(system, np.zeros(system.states, np.bool_))
    if whole is None:
        return None
    effect, worth_effect = np.zeros(channels), np.zeros(channels)
    for channel in np.unique(system.latest):
        left = _swept(system, system.latest == channel)
        if left is None:
            return None
        effect[channel - 1] = 1 - left[0] / whole[0] if whole[0] > 0 else 0.0
        worth_effect[channel - 1] = 1 - left[1] / whole[1] if whole[1] else 0.0
    return Solved(whole[0], effect, whole[1], worth_effect, system.states)


def _swept(system: System, closed: NDArray[np.bool_]) -> tuple[float, float] | None:
    """Follows the paths step by step until less than 1e-15 of them goes on: chance and value; None when that is far."""
    n, source, target = system.states, system.source, system.target
    first = source < 0
    at = np.zeros(n)
    at[target[first]] = system.chance[first]
    inner, won = (source >= 0) & (target >= 0), target == -3
    begin, end, step = source[inner], target[inner], system.chance[inner]
    convert = np.zeros(n)
    convert[source[won]] = system.chance[won]
    chance = worth = 0.0
    for _ in range(20_000):
        at[closed] = 0.0
        chance, worth = chance + float(at @ convert), worth + float(at @ system.value)
        if at.sum() < 1e-15:
            return chance, worth
        at = _moved(at, begin, end, step)
    return None


@kernel
def _moved(at: Floats, begin: Ints, end: Ints, step: Floats) -> Floats:
    """Returns where the paths are one touch later."""
    found = np.zeros(at.size, np.float64)
    for way in range(begin.size):
        found[end[way]] += at[begin[way]] * step[way]
    return found
