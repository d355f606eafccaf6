"""Counting for drivers: who does what before the outcome, by how much they did and whether they reached it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.drivers.cut import cut_of, earlier, length_of, mixed_of
from klantreis.journeys.examples import KEPT, NONE, keep
from klantreis.journeys.model import FAILED
from klantreis.kernels import inline, inline_always, kernel

Ints = NDArray[np.int64]
Codes = NDArray[np.int32]

STRATA = 9
"""Compared at like length: 0, 1, 2-3, 4-7, ... touches before the outcome; 128 and more in the last."""

BINS = 124
"""Of the longest stay, in whole seconds: 0 to 3 by the second, above that four to each doubling."""

WATCHED = 500
"""Stays are looked at when there are at most so many touchpoints."""


class Log(NamedTuple):
    """The touches of a bucket, as they are there (what it does not have, or is not compared, is empty).

    `unit`: offsets of the journeys that make one unit; `rank` of each journey, which begins at `start`.
    """

    touch: Codes
    event: Codes
    at: Ints
    channel: Codes
    detail: Codes
    survey: Codes
    flags: NDArray[np.uint8]
    start: Ints
    unit: Ints
    rank: Ints


class Place(NamedTuple):
    """Per touchpoint: its row (-1: not compared, as the outcome is), whether it is the outcome, its phase (-1: any),
    and the time expected there (0: none). Per event its row where it is off the map. And the first row of channels, of
    words, of what went wrong, of direct repeats and of going back, which stand in the order of their codes.
    """

    row: Codes
    goal: NDArray[np.bool_]
    phase: Codes
    expected: Ints
    event: Codes
    firsts: tuple[int, int, int, int, int]


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


MET, IN_JOURNEY, LONGEST, RANK = range(4)
"""Columns of what is known of each touchpoint: the unit that met it last, in which journey; its longest stay there, and
the rank of the journey of that stay.
"""


class Spot(NamedTuple):
    """Whose touches are counted: the unit, its stratum and outcome (-1: it is its feeling that counts), the journey and
    its rank; and which: low..high, only those before the cut when there is one (else -1).
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
    last, known, here = np.full(rows, -1, np.int64), np.full((size, 4), -1, np.int64), np.empty(size + 1, np.int64)
    still = 0
    for unit in range(log.unit.size - 1):
        first, after, feel = log.unit[unit], log.unit[unit + 1], 0
        mixed = mixed_of(log.at, log.start, first, after)
        if said.spot.size:
            cut, outcome, feel = said.spot[unit], -1, said.feel[unit]
            if cut < 0:
                continue
        else:
            cut = cut_of((log.touch, log.at, log.flags), place.goal, (log.start[first], log.start[after], mixed))
            outcome = 1 if cut >= 0 else 0
            if cut < 0 and open_[unit]:
                still += 1
                continue
        stratum = _stratum(length_of(log.at, (log.start[first], log.start[after]), cut, mixed))
        past = cut + 1 if outcome < 0 and log.touch[cut] >= 0 else cut  # who is asked at a touchpoint has met it
        here[0] = 0
        _add(everyone, stratum, outcome, feel)
        for journey in range(first, after):
            low, high = log.start[journey], log.start[journey + 1]
            high = min(high, past) if cut >= 0 and not mixed else high
            of = Spot(unit, stratum, outcome, feel, journey, log.rank[journey], low, high, cut if mixed else -1)
            _walk(log, place, counts, (last, known, here), of)
        _stays(counts, place.expected, known, here, (stratum, outcome, feel))
        if cut >= 0 and log.touch[cut] >= 0 and known[log.touch[cut], MET] != unit:
            known[log.touch[cut], MET] = unit
            _add(met[log.touch[cut]], stratum, outcome, feel)
    return Counts(did, examples, met, stayed, stay_examples, everyone, still)


@inline
def _add(cells: Ints, stratum: int, outcome: int, feel: int) -> None:
    """Adds a unit to its cell: by its outcome, or with its feeling."""
    if outcome >= 0:
        cells[stratum, outcome] += 1
    else:
        cells[stratum, 0] += 1
        cells[stratum, 1] += feel
        cells[stratum, 2] += feel * feel


@inline_always
def _tell(cells: Ints, row: int, of: Spot) -> None:
    """Adds a unit to its cell of a row: no view of the cell is made, which is what takes time."""
    if of.outcome >= 0:
        cells[row, of.stratum, of.outcome] += 1
    else:
        cells[row, of.stratum, 0] += 1
        cells[row, of.stratum, 1] += of.feel
        cells[row, of.stratum, 2] += of.feel * of.feel


@inline_always
def _walk(log: Log, place: Place, counts: Counts, seen: tuple[Ints, Ints, Ints], of: Spot) -> None:
    """Counts the touches of a journey. `seen`: the unit that was last in each row, what is known of each touchpoint,
    and those that this unit met, after how many they are.
    """
    last, known, met = seen
    before = -1
    for spot in range(of.low, of.high):
        here = log.touch[spot]
        if of.cut >= 0 and not (of.outcome < 0 and spot == of.cut and here >= 0) and not earlier(log.at, spot, of.cut):
            continue
        _mark_more(log, place, counts, last, (spot, here, of))
        if here < 0:
            continue
        if known[here, MET] != of.unit:
            known[here, MET], known[here, LONGEST] = of.unit, -1
            met[0] += 1
            met[met[0]] = here
            _tell(counts.met, here, of)
            _mark(counts, last, place.row[here], of)
        elif before == here:
            _mark(counts, last, place.firsts[3] + here, of)
        elif before >= 0 and known[here, IN_JOURNEY] == of.journey and place.phase[before] == place.phase[here]:
            _mark(counts, last, place.firsts[4] + here, of)
        known[here, IN_JOURNEY] = of.journey
        before = here
        if spot + 1 < of.high and (of.cut < 0 or earlier(log.at, spot + 1, of.cut)):
            stay = log.at[spot + 1] - log.at[spot]
            if stay > known[here, LONGEST]:
                known[here, LONGEST], known[here, RANK] = stay, of.rank


@inline_always
def _mark_more(log: Log, place: Place, counts: Counts, last: Ints, what: tuple[int, int, Spot]) -> None:
    """Counts what a touch is beside its touchpoint: an event off the map, its channel, its words, a failure."""
    spot, here, of = what
    if here < 0 and (log.survey.size == 0 or log.survey[spot] < 0):
        _mark(counts, last, place.event[log.event[spot]], of)
    if log.channel.size and log.channel[spot] >= 0:
        _mark(counts, last, place.firsts[0] + log.channel[spot], of)
    if log.detail.size and log.detail[spot] >= 0:
        _mark(counts, last, place.firsts[1] + log.detail[spot], of)
    if log.flags.size and here >= 0 and log.flags[spot] & FAILED:
        _mark(counts, last, place.firsts[2] + here, of)


@inline_always
def _mark(counts: Counts, last: Ints, row: int, of: Spot) -> None:
    """Counts a unit once in a row, with its journey as an example; row -1 is none."""
    if row >= 0 and last[row] != of.unit:
        last[row] = of.unit
        _tell(counts.did, row, of)
        keep(counts.examples, row, of.rank)


@inline
def _stays(counts: Counts, expected: Ints, known: Ints, met: Ints, cell: tuple[int, int, int]) -> None:
    """Counts the longest stay of a unit at each touchpoint where something came after."""
    stratum, outcome, feel = cell
    if not len(counts.stayed):
        return
    for number in range(1, met[0] + 1):
        here = met[number]
        if known[here, LONGEST] >= 0:
            spell = _bin(known[here, LONGEST], expected[here])
            _add(counts.stayed[here, spell], stratum, outcome, feel)
            keep(counts.stay_examples, here * BINS + spell, known[here, RANK])


@inline
def _stratum(length: int) -> int:
    stratum = 0
    while length > 0 and stratum < STRATA - 1:
        length >>= 1
        stratum += 1
    return stratum


@inline
def _bin(stay: int, expected: int) -> int:
    """Returns the bin of a stay in microseconds; with an expected time 1 when it took longer, else 0.

    The top bits of a float are its power of two and the next two digits.
    """
    if expected > 0:
        return 1 if stay > expected else 0
    seconds = stay // 1_000_000
    if seconds < 4:
        return int(seconds)
    octaves: int = np.float64(seconds).view(np.int64) >> 50  # type: ignore[assignment]
    return int(min(octaves - 4096, BINS - 1))


def least(spell: int) -> int:
    """Returns the fewest whole seconds that fall in a bin."""
    if spell < 4:
        return spell
    return (4 + spell % 4) << (spell // 4 - 1)
