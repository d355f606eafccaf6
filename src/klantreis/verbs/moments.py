"""Moments and stretches of time as people write them: '2026-11-22', '2026-11', 'view|buy @ 2026-01..2026-03'."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from klantreis.errors import OptionError
from klantreis.labels import Label
from klantreis.spans import MICROSECONDS
from klantreis.stats.calendar import check_zone

EXAMPLE = Label(
    "Schrijf een datum zoals 2026-11-22, een maand zoals 2026-11, of een moment zoals 2026-11-22T18:00.",
    "Write a date such as 2026-11-22, a month such as 2026-11, or a moment such as 2026-11-22T18:00.",
)


def begin(text: str, zone: str, where: str) -> int:
    """Returns when a date, a month or a moment begins, in microseconds; what names no zone is in `zone`.

    Raises OptionError for anything else.
    """
    return _micros(_read(text, zone, where)[0])


def stretch(text: str, zone: str, where: str) -> tuple[int | None, int | None]:
    """Returns from when and until (not included) 'a..b', '..b', 'a..' or one date or month lasts, in microseconds."""
    if ".." not in text:
        first, after = _read(text, zone, where)
        return _micros(first), _micros(after)
    since, until = (part.strip() for part in text.split("..", 1))
    return (begin(since, zone, where) if since else None), (begin(until, zone, where) if until else None)


def _read(text: str, zone: str, where: str) -> tuple[datetime, datetime]:
    """Returns the begin of what is written, and the begin of what comes after it."""
    check_zone(zone)
    here = ZoneInfo(zone)
    written = text.strip()
    try:
        if re.fullmatch(r"\d{4}-\d{2}", written):
            first = date.fromisoformat(f"{written}-01")
            after = (first + timedelta(days=31)).replace(day=1)
        elif re.fullmatch(r"\d{4}-\d{2}-\d{2}", written):
            first = date.fromisoformat(written)
            after = first + timedelta(days=1)
        else:
            moment = datetime.fromisoformat(written)
            moment = moment if moment.tzinfo else moment.replace(tzinfo=here)
            return moment, moment
    except (ValueError, OverflowError) as error:
        raise OptionError(
            Label(f"{text!r} is geen datum.", f"{text!r} is no date."), where=where, mend=EXAMPLE
        ) from error
    return datetime(first.year, first.month, first.day, tzinfo=here), datetime(
        after.year, after.month, after.day, tzinfo=here
    )


def _micros(moment: datetime) -> int:
    return round(moment.timestamp() * MICROSECONDS)
