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

    `unit`: offsets of the journeys that make one unit; `rank` of each journey, which begins at `start`; `reached`: the
    touches that reach the outcome.
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
    reached: Ints


class Place(NamedTuple):
    """Per touchpoint: its row (-1: not compared, as the outcome is), its phase (-1: any), and the time expected there
    (0: none). Per event its row where it is off the map. And the first row of channels, of
    words, of what went wrong, of direct repeats and of going back, which stand in the order of their codes.
    """

    row: Codes
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


IN_JOURNEY, LONGEST, RANK = range(3)
"""Columns of what is known of each touchpoint: the journey that met it last; the longest stay of a unit there (-1:
none), and the rank of the journey of that stay.
"""


class Cells(NamedTuple):
    """What is counted, as in `Counts`; stays of all touchpoints in a row."""

    did: Ints
    examples: Ints
    met: Ints
    stayed: Ints
    stay_examples: Ints


class Seen(NamedTuple):
    """What is known while units are counted: the unit that was last in each row (in a last place, for what counts
    nowhere, the one that is looked at); of each touchpoint; and, both behind how many they are, the touchpoints that
    this unit met and the rows that it came to in this journey.
    """

    last: Ints
    known: Ints
    met: Ints
    rows: Ints


class Spot(NamedTuple):
    """Whose touches are counted: the unit, its first journey and its outcome (-1: it is its feeling that counts), this
    journey and its rank; and which: low..high, only those before the cut when there is one (else -1).
    """

    unit: int
    first: int
    outcome: int
    journey: int
    rank: int
    low: int
    high: int
    cut: int


@kernel
def counted(log: Log, place: Place, open_: NDArray[np.bool_], rows: int, said: Said) -> Counts:
    """Returns what units did strictly before they first reached the outcome; those still going are left out.

    `open_` says per journey whether it is still going. With `said` what they did before their last answer, of those who
    gave one; then the last axis is how many they are, the sum of their feelings, and of the squares.
    """
    size, wide = place.phase.size, 3 if said.spot.size else 2
    watched = size if size <= WATCHED else 0
    did, examples = np.zeros((rows, STRATA, wide), np.int64), np.full((rows, KEPT), NONE, np.int64)
    met, stayed = np.zeros((size, STRATA, wide), np.int64), np.zeros((watched * BINS, STRATA, wide), np.int64)
    stay_examples = np.full((watched * BINS, KEPT), NONE, np.int64)
    everyone = np.zeros((1, STRATA, wide), np.int64)
    last, known = np.full(rows + 1, -1, np.int64), np.full((size, 3), -1, np.int64)
    cells = Cells(did, examples, met, stayed, stay_examples)
    seen = Seen(last, known, np.zeros(size + 2, np.int64), np.zeros(rows + 2, np.int64))
    still, passed = 0, 0
    for unit in range(log.unit.size - 1):
        first, after, feel = log.unit[unit], log.unit[unit + 1], 0
        mixed = mixed_of(log.at, log.start, first, after)
        if said.spot.size:
            cut, outcome, feel = said.spot[unit], -1, said.feel[unit]
            if cut < 0:
                continue
        else:
            while passed < log.reached.size and log.reached[passed] < log.start[first]:
                passed += 1
            cut = cut_of(log.at, log.reached, passed, (log.start[after], mixed))
            outcome = 1 if cut >= 0 else 0
            if cut < 0 and _any(open_, first, after):
                still += 1
                continue
        stratum = _stratum(length_of(log.at, (log.start[first], log.start[after]), cut, mixed))
        past = cut + 1 if outcome < 0 and log.touch[cut] >= 0 else cut  # who is asked at a touchpoint has met it
        seen.met[0], last[rows] = 0, unit
        cell = (stratum, outcome, feel)
        _add(everyone, 0, cell)
        for journey in range(first, after):
            low, high = log.start[journey], log.start[journey + 1]
            high = min(high, past) if cut >= 0 and not mixed else high
            of = Spot(unit, first, outcome, journey, log.rank[journey], low, high, cut if mixed else -1)
            _walk(log, place, seen, of)
            _tell(cells, seen.rows, of.rank, cell)
        _stays(cells, place.expected, seen, cell)
        if cut >= 0 and log.touch[cut] >= 0 and known[log.touch[cut], IN_JOURNEY] < first:
            _add(met, log.touch[cut], cell)
    spells = stayed.reshape((watched, BINS, STRATA, wide))
    return Counts(did, examples, met, spells, stay_examples, everyone[0], still)


@inline
def _any(marks: NDArray[np.bool_], low: int, high: int) -> bool:
    found = False
    for place in range(low, high):
        found = found or marks[place]
    return found


@inline_always
def _add(cells: Ints, row: int, cell: tuple[int, int, int]) -> None:
    """Adds a unit to its cell of a row, by its outcome or with its feeling: no view of the cell is made, which is what
    takes time.
    """
    stratum, outcome, feel = cell
    if outcome >= 0:
        cells[row, stratum, outcome] += 1
    else:
        cells[row, stratum, 0] += 1
        cells[row, stratum, 1] += feel
        cells[row, stratum, 2] += feel * feel


@inline_always
def _walk(log: Log, place: Place, seen: Seen, of: Spot) -> None:
    """Looks at the touches of a journey. Which touchpoint it is, and whether it is new, is up to chance, so nothing
    branches on that: what was not new is written over.
    """
    known, met, before = seen.known, seen.met, -1
    seen.rows[0] = 0
    for spot in range(of.low, of.high):
        here = log.touch[spot]
        if of.cut >= 0 and not (of.outcome < 0 and spot == of.cut and here >= 0) and not earlier(log.at, spot, of.cut):
            continue
        _mark_more(log, place, seen, (spot, here, of))
        if here < 0:
            continue
        new = known[here, IN_JOURNEY] < of.first
        met[met[0] + 1] = here
        met[0] += 1 if new else 0
        again = before >= 0 and known[here, IN_JOURNEY] == of.journey and place.phase[before] == place.phase[here]
        row = place.firsts[3] + here if before == here else place.firsts[4] + here if again else -1
        _mark(seen, place.row[here] if new else row, of.unit)
        longest = -1 if new else known[here, LONGEST]
        on = spot + 1 < of.high and (of.cut < 0 or earlier(log.at, spot + 1, of.cut))
        stay = log.at[spot + 1] - log.at[spot] if on else -1
        known[here, RANK] = of.rank if stay > longest else known[here, RANK]
        known[here, LONGEST] = max(stay, longest)
        known[here, IN_JOURNEY] = of.journey
        before = here


@inline_always
def _mark_more(log: Log, place: Place, seen: Seen, what: tuple[int, int, Spot]) -> None:
    """Marks what a touch is beside its touchpoint: an event off the map, its channel, its words, a failure."""
    spot, here, of = what
    if here < 0 and (log.survey.size == 0 or log.survey[spot] < 0):
        _mark(seen, place.event[log.event[spot]], of.unit)
    if log.channel.size and log.channel[spot] >= 0:
        _mark(seen, place.firsts[0] + log.channel[spot], of.unit)
    if log.detail.size and log.detail[spot] >= 0:
        _mark(seen, place.firsts[1] + log.detail[spot], of.unit)
    if log.flags.size and here >= 0 and log.flags[spot] & FAILED:
        _mark(seen, place.firsts[2] + here, of.unit)


@inline_always
def _mark(seen: Seen, row: int, unit: int) -> None:
    """Puts a row among those that a unit comes to, once; row -1 is none, and stands last."""
    seen.rows[seen.rows[0] + 1] = row
    seen.rows[0] += 1 if seen.last[row] != unit else 0
    seen.last[row] = unit


@inline_always
def _tell(cells: Cells, rows: Ints, rank: int, cell: tuple[int, int, int]) -> None:
    """Counts a unit in its cell of each row, with its journey as an example."""
    for number in range(1, rows[0] + 1):
        _add(cells.did, rows[number], cell)
        keep(cells.examples, rows[number], rank)


@inline_always
def _stays(cells: Cells, expected: Ints, seen: Seen, cell: tuple[int, int, int]) -> None:
    """Counts a unit at each touchpoint that it met, and by its longest stay where something came after."""
    for number in range(1, seen.met[0] + 1):
        here = seen.met[number]
        _add(cells.met, here, cell)
        if len(cells.stayed) and seen.known[here, LONGEST] >= 0:
            spell = _bin(seen.known[here, LONGEST], expected[here])
            _add(cells.stayed, here * BINS + spell, cell)
            keep(cells.stay_examples, here * BINS + spell, seen.known[here, RANK])


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
