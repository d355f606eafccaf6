"""Moments as numbers of calendar days, and days as numbers of the weeks and months they lie in."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from klantreis.stats.calendar import DAY, Unit, calendar

Ints = NDArray[np.int64]
EPOCH = date(1970, 1, 1).toordinal()


def days(at: Ints, time_zone: str) -> Ints:
    """Returns the number of the calendar day (0 is 1970-01-01) of each moment, microseconds UTC, in a time zone."""
    if time_zone == "UTC" or not len(at):
        return at // DAY
    return calendar("day", time_zone, int(at.min()), int(at.max())).numbers(at)


def periods(day: Ints, unit: Unit) -> Ints:
    """Returns the number of the day, of the week (Monday to Sunday) or of the calendar month that each day lies in."""
    if unit == "week":
        return (day + 3) // 7
    if unit == "month":
        return day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return day


def day_number(text: str) -> int:
    """Returns the number of a day written as 2026-11-22; raises ValueError when it is no day."""
    return date.fromisoformat(text).toordinal() - EPOCH


def day_text(number: int) -> str:
    """Returns the day of this number as 2026-11-22."""
    return date.fromordinal(EPOCH + number).isoformat()
