"""The arithmetic of retention: for every entry, in which intervals after it the person came back.

An *entry* is a start event that counts; `birth` is its moment, or the number of its calendar unit. Interval k covers
the units `lows[k]` to its last one; `interval_of[u]` says in which interval unit u after the entry lies, -1 in none.
Intervals are kept as bits, 62 to a word. A role's first bit is a start, its second a coming back.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.kernels import inline, kernel
from klantreis.stats.calendar import place_of

Ints = NDArray[np.int64]
Codes = NDArray[np.int32]


@inline
def unit_at(begins: Ints, moment: int, length: int) -> int:
    """Returns the calendar unit of a moment; without a calendar the moment itself, so that `length` can divide it."""
    return place_of(begins, moment, length) if len(begins) > 0 else moment


@inline
def mark_up_to(marks: Ints, lows: Ints, unit: int) -> None:
    """Sets the bit of each interval that begins at a unit or before it."""
    for interval in range(len(lows)):
        if lows[interval] <= unit:
            marks[interval // 62] |= 1 << (interval % 62)


@inline
def start_of(at: Ints, first: int, place: int) -> int:
    """Returns the place of the first event at the same instant: what happens together comes back together."""
    while place > first and at[place - 1] == at[place]:
        place -= 1
    return place


@inline
def last_of(role: Ints, touch: Codes, begin: int, stop: int, at_least: int) -> int:
    """Returns the place from which on there are exactly so many events of coming back; -1 when there are fewer."""
    left = at_least
    for place in range(stop - 1, begin - 1, -1):
        if role[touch[place]] & 2 != 0:
            left -= 1
            if left == 0:
                return place
    return -1


@kernel
def entered(
    role: Ints, touch: Codes, at: Ints, first: Ints, clock: tuple[Ints, int, int, int]
) -> tuple[Ints, Ints, int]:
    """Returns of every entry the place of its moment and where the person's events stop, and how many persons have one.

    `clock`: the calendar (empty: none), the length of a unit, 1 when starts recur, and the end of the data.
    """
    begins, length, recurring, end = clock
    most = len(at) if recurring == 1 else len(first) - 1
    places, stops = np.empty(most, np.int64), np.empty(most, np.int64)
    divide = 1 if len(begins) > 0 else length
    found, persons = 0, 0
    for person in range(len(first) - 1):
        stop, begun = first[person + 1], found
        while stop > first[person] and at[stop - 1] > end:
            stop -= 1
        birth = 0
        for i in range(first[person], stop):
            if role[touch[i]] & 1 == 1:
                here = unit_at(begins, at[i], length) if recurring == 1 else 0
                if found == begun or (here - birth) // divide >= 1:
                    places[found], stops[found], birth = start_of(at, first[person], i), stop, here
                    found += 1
                    if recurring == 0:
                        break
        persons += 1 if found > begun else 0
    return places[:found].copy(), stops[:found].copy(), persons


@kernel
def marked(
    role: Ints, touch: Codes, at: Ints, entries: tuple[Ints, Ints], rule: tuple[Ints, int, Ints, Ints, int]
) -> Ints:
    """Returns the bits of every entry: in which intervals the person came back, by events at or after its moment.

    `entries`: their places, and where the person's events stop. `rule`: the calendar (empty: none), the length of a
    unit, the first unit of each interval, the interval of each unit, and how often somebody must come back.
    """
    begins, length, lows, interval_of, at_least = rule
    places, stops = entries
    marks = np.zeros((len(places), (len(lows) + 61) // 62), np.int64)
    top, pages = len(interval_of), len(begins) > 0
    for entry in range(len(places)):
        edge = at[places[entry]] + length
        birth = unit_at(begins, at[places[entry]], length) if pages else 0
        if pages:
            edge = begins[birth + 1]
        unit, now, count = 0, -1, 0
        for i in range(places[entry], stops[entry]):
            while at[i] >= edge and unit < top:
                unit += 1
                edge = begins[birth + unit + 1] if pages else edge + length
            if unit >= top:
                break
            if role[touch[i]] & 2 != 0:
                here = interval_of[unit]
                count = count + 1 if here == now else 1
                now = here
                if here >= 0 and count == at_least:
                    marks[entry, here // 62] |= 1 << (here % 62)
    return marks


@inline
def span_of(passed: int, length: int) -> int:
    """Returns how many whole units fit in a time that passed, which is not below zero."""
    # A division of whole numbers takes longer; where this one is a little off it is mended.
    guess: Any = np.int64(np.float64(passed) / length)
    guess -= guess * length > passed
    found: int = guess + ((guess + 1) * length <= passed)
    return found


@kernel
def marked_once(
    role: Ints, touch: Codes, at: Ints, entries: tuple[Ints, Ints], rule: tuple[Ints, int, Ints, Ints, int]
) -> Ints:
    """Returns the same where coming back once is enough: each event tells its bit by itself, nothing is counted."""
    begins, length, lows, interval_of, _ = rule
    places, stops = entries
    marks = np.zeros((len(places), (len(lows) + 61) // 62), np.int64)
    word, bit = np.zeros(len(interval_of), np.int64), np.zeros(len(interval_of), np.int64)
    for unit in range(len(interval_of)):
        if interval_of[unit] >= 0:
            word[unit], bit[unit] = interval_of[unit] // 62, 1 << (interval_of[unit] % 62)
    for entry in range(len(places)):
        start = at[places[entry]]
        birth = unit_at(begins, start, length)
        for i in range(places[entry], stops[entry]):
            unit = place_of(begins, at[i], length) - birth if len(begins) > 0 else span_of(at[i] - start, length)
            if unit >= len(interval_of):
                break
            marks[entry, word[unit]] |= bit[unit] * ((role[touch[i]] >> 1) & 1)
    return marks


@kernel
def marked_on(
    role: Ints, touch: Codes, at: Ints, entries: tuple[Ints, Ints], rule: tuple[Ints, int, Ints, Ints, int]
) -> Ints:
    """Returns the same, where coming back at any later time counts as well."""
    begins, length, lows, _, at_least = rule
    places, stops = entries
    marks = np.zeros((len(places), (len(lows) + 61) // 62), np.int64)
    divide = 1 if len(begins) > 0 else length
    for entry in range(len(places)):
        last = last_of(role, touch, places[entry], stops[entry], at_least)
        if last >= 0:
            birth = unit_at(begins, at[places[entry]], length)
            mark_up_to(marks[entry], lows, (unit_at(begins, at[last], length) - birth) // divide)
    return marks


@kernel
def tallied(cohort: Ints, marks: Ints, mature: Ints, cohorts: int, intervals: int) -> tuple[Ints, Ints]:
    """Returns per cohort and interval how many entries have its bit, and how many of those old enough for it."""
    people = np.zeros((cohorts, intervals), np.int64)
    returned = np.zeros((cohorts, intervals), np.int64)
    for entry in range(len(cohort)):
        for word in range(marks.shape[1]):
            bits, first = marks[entry, word], 62 * word
            if bits == 0:
                continue
            # Every interval adds its bit, also one that is 0: no branch to guess, and several go at once.
            for spot in range(min(62, intervals - first)):
                people[cohort[entry], first + spot] += (bits >> spot) & 1
            for spot in range(min(62, intervals - first, mature[entry] - first)):
                returned[cohort[entry], first + spot] += (bits >> spot) & 1
    return people, returned


@kernel
def met(role: Ints, touch: Codes, at: Ints, first: Ints, bounds: Ints) -> Ints:
    """Returns per condition how many persons met both it and the first one, each in any event of theirs."""
    since, until = bounds
    count = np.zeros(len(since), np.int64)
    for person in range(len(first) - 1):
        seen = 0
        for i in range(first[person], first[person + 1]):
            mask = role[touch[i]]
            if mask & ~seen != 0:
                for condition in range(len(since)):
                    if (mask >> condition) & 1 == 1 and since[condition] <= at[i] < until[condition]:
                        seen |= 1 << condition
        if seen & 1 == 1:
            for condition in range(len(since)):
                count[condition] += (seen >> condition) & 1
    return count
