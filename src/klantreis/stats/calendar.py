"""Calendar days, weeks and months of a time zone: where each begins, as moments in UTC.

A day is as long as its zone makes it: 23 or 25 hours when the clock is put forward or back. Weeks begin on Monday
(ISO 8601). A day is numbered from 1970-01-01, a week from the one that holds that day, a month from January 1970.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
from numpy.typing import NDArray

from klantreis.errors import OptionError, did_you_mean
from klantreis.kernels import inline
from klantreis.labels import Label
from klantreis.spans import MICROSECONDS, zones

Unit = Literal["day", "week", "month"]
Ints = NDArray[np.int64]
DAY = 86_400 * MICROSECONDS
NEVER = int(np.iinfo(np.int64).max)
LENGTHS: dict[Unit, int] = {"day": DAY, "week": 7 * DAY, "month": 30 * DAY}
"""How long a unit lasts when it is a span and no page of the calendar: a month is 30 days."""

DAYS: dict[Unit, int] = {"day": 1, "week": 7, "month": 31}
"""At most so many days are in a unit."""

_MONDAY = 3
_YEARS = (2, 9998)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The units of a stretch of time: unit number `first + i` runs from `begins[i]` to just before `begins[i + 1]`.

    `begins` (microseconds UTC, never falling) has one moment more than there are units: the end of the last.
    """

    unit: Unit
    first: int
    begins: Ints

    def numbers(self, at: Ints) -> Ints:
        """Returns the number of the unit that each moment lies in; moments must lie within the calendar."""
        found: Ints = np.searchsorted(self.begins, at, side="right") - 1 + self.first
        return found

    def begin(self, numbers: Ints) -> Ints:
        """Returns when each unit begins; NEVER for one beyond the calendar's end."""
        found: Ints = np.append(self.begins, NEVER)[np.minimum(numbers - self.first, len(self.begins))]
        return found


def calendar(unit: Unit, time_zone: str, first: int, last: int, more: int = 0) -> Calendar:
    """Returns the units of a zone, from the one with `first` to `more` units after the one with `last` (microseconds).

    The calendar ends at the year 9998. Raises OptionError for moments outside the years 2 to 9998.
    """
    low, high = _year(first // DAY - 32), _year(max(first, last) // DAY + (more + 2) * DAYS[unit])
    if low < _YEARS[0] or _year(last // DAY) > _YEARS[1]:
        raise OptionError(
            Label(
                "In de gegevens staat een moment vóór het jaar 2 of na 9998, en daar is geen kalender van.",
                "The data hold a moment before the year 2 or after 9998, of which there is no calendar.",
            ),
            mend=Label(
                "Laat zulke rijen weg (9999-12-31 betekent vaak: nog geen einde). Bij retention en lifecycle kan ook "
                "het einde van de gegevens genoemd worden: --end 2027-01-01, end='2027-01-01'.",
                "Leave such rows out (9999-12-31 often means: no end yet). With retention and lifecycle the end of the "
                "data can be named as well: --end 2027-01-01, end='2027-01-01'.",
            ),
        )
    years = range(low, min(high, _YEARS[1]) + 1)
    midnights = np.concatenate([_midnights(time_zone, year) for year in years])
    days = np.arange(len(midnights)) + int(np.datetime64(f"{low:04d}-01-01", "D").astype(np.int64))
    kept = _is_first(unit, days)
    begins, numbers = midnights[kept], _numbers(unit, days[kept])
    begin, end = np.searchsorted(begins, [first, max(first, last)], side="right").tolist()
    return Calendar(unit, int(numbers[begin - 1]), begins[begin - 1 : end + more + 1])


def check_zone(time_zone: str) -> None:
    """Raises OptionError, with the nearest name, for a time zone that is not known."""
    try:
        ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        near = did_you_mean(time_zone, sorted(zones()))
        raise OptionError(
            Label(f"{time_zone!r} is geen tijdzone.", f"{time_zone!r} is not a time zone."),
            where="time_zone",
            mend=near,
        ) from unknown


def name_of(unit: Unit, number: int) -> str:
    """Returns a unit as it is written: '2026-11-22' for a day or a week (its Monday), '2026-11' for a month."""
    if unit == "month":
        return str(np.datetime64(number, "M"))
    return str(np.datetime64(number if unit == "day" else 7 * number - _MONDAY, "D"))


@inline
def place_of(begins: Ints, moment: int, length: int) -> int:
    """Returns the place in `begins` of the unit that holds a moment; `length` is about how long a unit lasts."""
    # A division of whole numbers takes longer, and where this one is a little off the loops below mend it.
    guess: Any = np.int64(np.float64(moment - begins[0]) / length)
    place: int = min(max(guess, 0), len(begins) - 2)
    while place > 0 and begins[place] > moment:
        place -= 1
    while place + 2 < len(begins) and begins[place + 1] <= moment:
        place += 1
    return place


@cache
def _midnights(time_zone: str, year: int) -> Ints:
    """Returns when each day of a year begins; where midnight was skipped, the first moment after it."""
    here, start = ZoneInfo(time_zone), datetime(year, 1, 1)
    days = (datetime(year + 1, 1, 1) - start).days
    clock = (start + timedelta(days=day) for day in range(days))
    return np.array([round(day.replace(tzinfo=here).timestamp()) for day in clock], np.int64) * MICROSECONDS


def _is_first(unit: Unit, days: Ints) -> NDArray[np.bool_]:
    """Says which days a unit begins with."""
    if unit == "day":
        return np.ones(len(days), np.bool_)
    if unit == "week":
        mondays: NDArray[np.bool_] = (days + _MONDAY) % 7 == 0
        return mondays
    dates = days.astype("datetime64[D]")
    first: NDArray[np.bool_] = dates == dates.astype("datetime64[M]")
    return first


def _numbers(unit: Unit, days: Ints) -> Ints:
    if unit == "month":
        return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return days if unit == "day" else (days + _MONDAY) // 7


def _year(day: int) -> int:
    return int(np.datetime64(day, "D").astype("datetime64[Y]").astype(np.int64)) + 1970
