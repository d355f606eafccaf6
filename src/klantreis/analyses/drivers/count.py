"""Counting for drivers: who does what before the outcome, by how much they did and whether they reached it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from klantreis.journeys.examples import KEPT, NONE, keep
from klantreis.kernels import inline, kernel

Ints = NDArray[np.int64]

STRATA = 9
"""Compared at like length: 0, 1, 2-3, 4-7, ... touches before the outcome; 128 and more in the last."""

BINS = 124
"""Of the longest stay, in whole seconds: 0 to 3 by the second, above that four to each doubling."""

WATCHED = 500
"""Stays are looked at when there are at most so many touchpoints."""


class Log(NamedTuple):
    """The touches. `rows`: per kind the row each counts in (-1: not compared): what it is, its channel, its words, and
    that it went wrong; `goal`: is the outcome. `unit`: offsets of the journeys that make one unit; `rank` per journey.
    """

    rows: NDArray[np.int32]
    touch: NDArray[np.int32]
    at: Ints
    start: Ints
    unit: Ints
    rank: Ints
    goal: NDArray[np.bool_]


class Place(NamedTuple):
    """Per touchpoint: its row of direct repeats, of going back, its phase (-1: any), and time expected (0: none)."""

    repeat: NDArray[np.int32]
    back: NDArray[np.int32]
    phase: NDArray[np.int32]
    expected: Ints


class Said(NamedTuple):
    """Per unit the touch of its last answer (-1: none) and how it felt then, in FEEL_UNIT. Empty: outcomes count."""

    spot: Ints
    feel: Ints


class Counts(NamedTuple):
    """Units by (row, stratum, outcome); who met each touchpoint; by longest stay (or beyond expected); everyone; and
    how many may still reach the outcome.
    """

    did: Ints
    examples: Ints
    met: Ints
    stayed: Ints
    stay_examples: Ints
    everyone: Ints
    still: int


class Seen(NamedTuple):
    """What was met last: the unit per row and per touchpoint, the journey per touchpoint; and the longest stay of this
    unit at each touchpoint, in which journey, with the list of those touchpoints and (first) how many they are.
    """

    row: Ints
    met: Ints
    journey: Ints
    longest: Ints
    rank: Ints
    stays: Ints


class Spot(NamedTuple):
    """Of whom touches are: the unit, its stratum and outcome (-1: it is its feeling that counts), the journey and its
    rank; and which: low..high, only those before the cut when there is one (else -1).
    """

    unit: int
    stratum: int
    outcome: int
    feel: int
    journey: int
    rank: int
    low: int
    high: int
    cut: int


@kernel
def counted(log: Log, place: Place, open_: NDArray[np.bool_], rows: int, said: Said) -> Counts:
    """Returns what units did strictly before they first reached the outcome; those still going are left out.

    `open_` says per unit whether it is still going. With `said` what they did before their last answer, of those who
    gave one; then the last axis is how many they are, the sum of their feelings, and of the squares.
    """
    size, wide = place.phase.size, 3 if said.spot.size else 2
    watched = size if size <= WATCHED else 0
    did, examples = np.zeros((rows, STRATA, wide), np.int64), np.full((rows, KEPT), NONE, np.int64)
    met, stayed = np.zeros((size, STRATA, wide), np.int64), np.zeros((watched, BINS, STRATA, wide), np.int64)
    stay_examples = np.full((watched * BINS, KEPT), NONE, np.int64)
    everyone = np.zeros((STRATA, wide), np.int64)
    counts = Counts(did, examples, met, stayed, stay_examples, everyone, 0)
    seen = Seen(
        np.full(rows, -1, np.int64),
        np.full(size, -1, np.int64),
        np.full(size, -1, np.int64),
        np.full(size, -1, np.int64),
        np.zeros(size, np.int64),
        np.zeros(size + 1, np.int64),
    )
    still = 0
    for unit in range(log.unit.size - 1):
        first, after = log.unit[unit], log.unit[unit + 1]
        if said.spot.size:
            if said.spot[unit] >= 0:
                _count(log, place, counts, seen, (unit, first, after, said.spot[unit], -1, said.feel[unit]))
            continue
        cut = _cut(log, first, after)
        if cut < 0 and open_[unit]:
            still += 1
        else:
            _count(log, place, counts, seen, (unit, first, after, cut, 1 if cut >= 0 else 0, 0))
    return Counts(did, examples, met, stayed, stay_examples, everyone, still)


@inline
def _add(cell: Ints, outcome: int, feel: int) -> None:
    """Adds a unit to a cell: by its outcome, or with its feeling."""
    if outcome >= 0:
        cell[outcome] += 1
    else:
        cell[0] += 1
        cell[1] += feel
        cell[2] += feel * feel


@inline
def _tell(cells: Ints, row: int, of: Spot) -> None:
    """Adds a unit to its cell of a row: no view of the cell is made, which is what takes time."""
    if of.outcome >= 0:
        cells[row, of.stratum, of.outcome] += 1
    else:
        cells[row, of.stratum, 0] += 1
        cells[row, of.stratum, 1] += of.feel
        cells[row, of.stratum, 2] += of.feel * of.feel


@inline
def _count(log: Log, place: Place, counts: Counts, seen: Seen, who: tuple[int, int, int, int, int, int]) -> None:
    """Counts one unit: its journeys first..after, up to its cut."""
    unit, first, after, cut, outcome, feel = who
    mixed = _mixed(log, first, after)
    stratum = _stratum(_length(log, first, after, cut, mixed))
    _add(counts.everyone[stratum], outcome, feel)
    past = cut + 1 if outcome < 0 and log.touch[cut] >= 0 else cut  # who is asked at a touchpoint has met it
    for journey in range(first, after):
        low, high = log.start[journey], log.start[journey + 1]
        if cut >= 0 and not mixed:
            high = min(high, past)
        whose = Spot(unit, stratum, outcome, feel, journey, log.rank[journey], low, high, cut if mixed else -1)
        _walk(log, place, counts, seen, whose)
    for number in range(1, seen.stays[0] + 1):
        here = seen.stays[number]
        spell = _bin(seen.longest[here], place.expected[here])
        _add(counts.stayed[here, spell, stratum], outcome, feel)
        keep(counts.stay_examples, here * BINS + spell, seen.rank[here])
        seen.longest[here] = -1
    seen.stays[0] = 0
    if cut >= 0 and log.touch[cut] >= 0 and seen.met[log.touch[cut]] != unit:
        seen.met[log.touch[cut]] = unit
        _add(counts.met[log.touch[cut], stratum], outcome, feel)


@inline
def _walk(log: Log, place: Place, counts: Counts, seen: Seen, of: Spot) -> None:
    """Counts the touches of a journey."""
    at, touch, last, rows, size = log.at, log.touch, seen.row, log.rows, len(counts.stayed)
    before = -1
    for spot in range(of.low, of.high):
        asked = of.outcome < 0 and spot == of.cut and touch[spot] >= 0
        if of.cut >= 0 and not asked and not _earlier(at, spot, of.cut):
            continue
        for kind in range(rows.shape[0]):
            row = rows[kind, spot]
            if row >= 0 and last[row] != of.unit:
                _mark(counts, seen, row, of)
        here = touch[spot]
        if here < 0:
            continue
        _meet(place, counts, seen, (before, here), of)
        before = here
        if here < size and spot + 1 < of.high and (of.cut < 0 or _earlier(at, spot + 1, of.cut)):
            stay = at[spot + 1] - at[spot]
            if stay > seen.longest[here]:
                _stay(seen, here, stay, of.rank)


@inline
def _meet(place: Place, counts: Counts, seen: Seen, pair: tuple[int, int], of: Spot) -> None:
    """Counts who meets a touchpoint, who meets it twice in a row, and who comes back to it inside its phase."""
    before, here = pair
    if seen.met[here] != of.unit:
        seen.met[here] = of.unit
        _tell(counts.met, here, of)
    elif before == here:
        _mark(counts, seen, place.repeat[here], of)
    elif before >= 0 and seen.journey[here] == of.journey and place.phase[before] == place.phase[here]:
        _mark(counts, seen, place.back[here], of)
    seen.journey[here] = of.journey


@inline
def _stay(seen: Seen, here: int, stay: int, rank: int) -> None:
    """Keeps the longest stay at a touchpoint."""
    if seen.longest[here] < 0:
        seen.stays[0] += 1
        seen.stays[seen.stays[0]] = here
    if stay > seen.longest[here]:
        seen.longest[here] = stay
        seen.rank[here] = rank


@inline
def _mark(counts: Counts, seen: Seen, row: int, of: Spot) -> None:
    """Counts a unit once in a row, with its journey as an example; row -1 is none."""
    if row >= 0 and seen.row[row] != of.unit:
        seen.row[row] = of.unit
        _tell(counts.did, row, of)
        keep(counts.examples, row, of.rank)


@inline
def _cut(log: Log, first: int, after: int) -> int:
    cut = -1
    for spot in range(log.start[first], log.start[after]):
        if log.goal[spot] and (cut < 0 or log.at[spot] < log.at[cut]):
            cut = spot
    return cut


@inline
def _mixed(log: Log, first: int, after: int) -> bool:
    """Says whether a person's journeys overlap in time, as they may when a column (an order number) names them."""
    mixed = False
    for later in range(first + 1, after):
        mixed = mixed or log.at[log.start[later]] < log.at[log.start[later] - 1]
    return mixed


@inline
def _length(log: Log, first: int, after: int, cut: int, mixed: bool) -> int:
    low, high = log.start[first], log.start[after]
    if cut < 0:
        return int(high - low)
    if not mixed:
        return int(cut - low)
    length = 0
    for spot in range(low, high):
        length += 1 if _earlier(log.at, spot, cut) else 0
    return length


@inline
def _earlier(at: Ints, spot: int, cut: int) -> bool:
    return bool(at[spot] < at[cut] or (at[spot] == at[cut] and spot < cut))


@inline
def _stratum(length: int) -> int:
    stratum = 0
    while length > 0 and stratum < STRATA - 1:
        length >>= 1
        stratum += 1
    return stratum


@inline
def _bin(stay: int, expected: int) -> int:
    """Returns the bin of a stay in microseconds; with an expected time 1 when it took longer, else 0."""
    if expected > 0:
        return 1 if stay > expected else 0
    seconds = stay // 1_000_000
    if seconds < 4:
        return int(seconds)
    power = 0
    while (seconds >> power) > 1:
        power += 1
    return int(min(4 * (power - 1) + ((seconds >> (power - 2)) & 3), BINS - 1))


def least(spell: int) -> int:
    """Returns the fewest whole seconds that fall in a bin."""
    if spell < 4:
        return spell
    return (4 + spell % 4) << (spell // 4 - 1)
