"""How far a table that grows was read: its latest moment, and from where to ask the next time.

A moment after now is never taken for the latest: one slip (the year 9999) would hide all that comes before it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)?(?:Z|\+00(?::?00)?)?")
UNITS = ((10**11, 1), (10**14, 10**3), (10**17, 10**6), (10**20, 10**9))
"""Numbers below the first count the second in a second since 1970: seconds, milli-, micro- and nanoseconds."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The latest value of the column by which a table grows.

    `kind`: 'moment' (with a zone), 'clock' (without), 'day', 'number' (since 1970) or 'text' (ISO 8601, UTC or without
    a zone). `value`: the value as text, of a time in ISO 8601.
    """

    kind: str
    value: str

    def before(self, seconds: float) -> Any:
        """Returns the value so many seconds earlier, as the database takes it; a number in its own unit."""
        back = timedelta(seconds=seconds)
        if self.kind == "number":
            number = int(self.value)
            return number - int(seconds * _unit(number))
        if self.kind == "day":
            return date.fromisoformat(self.value) - back
        if self.kind == "text":
            return _like(self.value, datetime.fromisoformat(self.value) - back)
        return datetime.fromisoformat(self.value) - back


def latest(values: Iterable[Any], best: Mark | None, now: datetime) -> Mark | None:
    """Returns the mark of the latest of `best` and these values that is not after `now`; None: nothing that counts.

    Values are those of one column: moments, days, whole numbers or texts; others are passed over.
    """
    top, kind = (None, "") if best is None else (_value(best), best.kind)
    for value in _first(values, now):
        found = _kind(value)
        if found and found == (kind or found) and _known(value, now) and (top is None or value > top):
            top, kind = value, found
    if top is None:
        return None
    if kind == "number":
        return Mark(kind, str(int(top)))
    return Mark(kind, top if kind == "text" else top.isoformat())


def further(one: Mark | None, other: Mark | None, now: datetime) -> Mark | None:
    """Returns the later of two marks of one column; None when there is neither."""
    if one is None or other is None:
        return one or other
    return latest([_value(other)], one, now)


def _first(values: Iterable[Any], now: datetime) -> list[Any]:
    """Returns the largest value alone when that is the latest; else all, to be looked at one by one."""
    there = [value for value in values if value is not None]
    with suppress(TypeError):  # texts among numbers have no order
        top = max(there, default=None)
        if _kind(top) and _known(top, now):
            return [top]
    return there


def _kind(value: Any) -> str:
    if isinstance(value, datetime):
        return "clock" if value.tzinfo is None else "moment"
    if isinstance(value, date):
        return "day"
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return "number"
    return "text" if isinstance(value, str) and ISO.fullmatch(value) else ""


def _known(value: Any, now: datetime) -> bool:
    """Says whether a value is not after `now`."""
    kind = _kind(value)
    if kind == "number":
        return bool(not math.isnan(value) and value <= now.timestamp() * _unit(value))
    if kind == "text":
        moment = datetime.fromisoformat(value)
        return moment.replace(tzinfo=moment.tzinfo or UTC) <= now + timedelta(days=1)
    if kind == "day":
        return bool(value <= now.date())
    # A clock may be up to a day ahead of UTC.
    return bool(value <= now) if kind == "moment" else bool(value <= now.replace(tzinfo=None) + timedelta(days=1))


def _value(mark: Mark) -> Any:
    if mark.kind == "number":
        return int(mark.value)
    if mark.kind == "day":
        return date.fromisoformat(mark.value)
    return mark.value if mark.kind == "text" else datetime.fromisoformat(mark.value)


def _unit(number: Any) -> int:
    return next((unit for limit, unit in UNITS if abs(number) < limit), 10**9)


def _like(sample: str, moment: datetime) -> str:
    """Returns a moment written as the sample is, so that texts compare as moments do."""
    text = moment.replace(tzinfo=None).isoformat(sep="T" if "T" in sample else " ", timespec="microseconds")
    return text[: len(re.sub(r"(Z|\+00(:?00)?)$", "", sample))]
