"""Numbers as a reader writes them: 24.180, 73%, +1,6, € 41.300, 3:48, 2,5 dagen; or 24,180, 73%, +1.6 in English."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from klantreis import spans
from klantreis.findings import Measured
from klantreis.labels import Language
from klantreis.stats.intervals import Estimate
from klantreis.stats.untold import Untold

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
POINTS: Mapping[Language, str] = {"nl": "procentpunt", "en": "percentage points"}
"""The unit of a difference of two shares."""
_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£"}


def decimal(value: float, language: Language, digits: int = 0) -> str:
    """Returns a number with grouped thousands and `digits` decimals; a minus is a true minus sign.

    A count that is not told gives its bound: '< 10'.
    """
    if isinstance(value, Untold):
        return f"{value.sign}\u00a0{decimal(value.least, language)}"
    if not math.isfinite(value):
        return "–"
    text = f"{abs(value):,.{digits}f}"
    if language == "nl":
        text = text.translate(str.maketrans(",.", ".,"))
    return f"−{text}" if value < 0 and text.strip("0.,") else text


def percent(share: float, language: Language, digits: int = 0) -> str:
    """Returns a share (0 to 1) as percent; a share that is not 0 or 1 never reads as 0% or 100%."""
    least = 0.5 * 10**-digits
    if 0 < share * 100 < least:
        return f"<{decimal(10**-digits, language, digits)}%"
    if 100 - least <= share * 100 < 100:
        return f">{decimal(100 - 10**-digits, language, digits)}%"
    return f"{decimal(share * 100, language, digits)}%"


def score(value: float, language: Language, digits: int = 1) -> str:
    """Returns a feeling (-2 to +2) with its sign: +1,6, −0,3, 0,0."""
    text = decimal(value, language, digits)
    return f"+{text}" if value > 0 and text.strip("0.,") else text


def _gap(value: float, language: Language) -> str:
    return score(100 * value, language, 1 if abs(value) < 0.0995 else 0)


def money(value: float, currency: str, language: Language) -> str:
    """Returns an amount in whole units, with decimals below 100: € 41.300, € 12,50."""
    sign = _SIGNS.get(currency, currency)
    text = decimal(abs(value), language, 2 if abs(value) < 100 and value != round(value) else 0)
    return ("−" if value < 0 else "") + (
        f"{sign}\u00a0{text}" if language == "nl" or len(sign) > 1 else f"{sign}{text}"
    )


def duration(seconds: float, language: Language) -> str:
    """Returns a length of time in the unit that reads best: 48 s, 3:48 min, 2,5 uur, 1 dag, 12 dagen."""
    if seconds < 0:
        return f"−{duration(-seconds, language)}"
    if seconds < MINUTE - 0.5:
        return f"{decimal(seconds, language)}\u00a0s"
    if seconds < HOUR - 0.5:
        whole = round(seconds)
        return f"{whole // 60}:{whole % 60:02d}\u00a0min" if whole % 60 else f"{whole // 60}\u00a0min"
    if seconds < DAY - MINUTE:
        number, one, many = _short(seconds / HOUR, language), ("uur", "hour"), ("uur", "hours")
    else:
        number, one, many = _short(seconds / DAY, language), ("dag", "day"), ("dagen", "days")
    return f"{number}\u00a0{(one if number == '1' else many)[language == 'en']}"


def _short(value: float, language: Language) -> str:
    return decimal(value, language, 1 if value < 10 and abs(value - round(value)) >= 0.05 else 0)


def shown(value: float, unit: str, language: Language, currency: str = "EUR") -> str:
    """Returns a value in its unit: share, gap (of two shares), people, journeys, times, count, seconds, score,
    nps (-1 to 1), money.
    """
    match unit:
        case "share":
            return percent(value, language, 1 if 0 < value < 0.0995 else 0)
        case "gap":
            return f"{_gap(value, language)} {POINTS[language]}"
        case "seconds":
            return duration(value, language)
        case "score" | "nps":
            return score(value, language) if unit == "score" else score(100 * value, language, 0)
        case "money":
            return money(value, currency, language)
        case "people" | "journeys" | "count" | "times":
            return decimal(value, language, 0 if abs(value - round(value)) < 0.005 or abs(value) >= 100 else 1)
        case "mean":
            return decimal(value, language, 2)
        case _:
            return f"{decimal(value, language, 0 if value == round(value) else 1)} {unit}".rstrip()


def between(low: float | None, high: float | None, unit: str, language: Language, currency: str = "EUR") -> str:
    """Returns an interval, its unit said once: 57–59%, +1,5 tot +1,7; '' when there is none."""
    if low is None or high is None:
        return ""
    one, other = shown(low, unit, language, currency), shown(high, unit, language, currency)
    if unit == "share":
        digits = 1 if 0 < low < 0.0995 or high - low < 0.015 else 0
        one, other = (decimal(bound * 100, language, digits) for bound in (low, high))
        return percent(low, language, digits) if one == other else f"{one}–{other}%"
    if unit == "gap":
        one = _gap(low, language)
    if one == other:
        return one
    return f"{one} {'tot' if language == 'nl' else 'to'} {other}"


def cases(n: int, language: Language) -> str:
    """Returns how many cases a number stands on: n = 9.120."""
    told = decimal(n, language)
    return f"n\u00a0{told}" if isinstance(n, Untold) else f"n\u00a0=\u00a0{told}"


def estimated(estimate: Estimate, unit: str, language: Language, currency: str = "EUR") -> str:
    """Returns an estimate with interval and n: 58% (57–59%, n = 9.120); '–' when there is no value."""
    if estimate.value is None:
        return "–"
    within = between(estimate.low, estimate.high, unit, language, currency).removesuffix(f" {POINTS[language]}")
    inside = ", ".join(part for part in (within, cases(estimate.n, language)) if part)
    return f"{shown(estimate.value, unit, language, currency)} ({inside})"


def measured(number: Measured, language: Language, currency: str = "EUR") -> str:
    """Returns a finding's number with interval and n, or why it cannot be given."""
    if number.value is None:
        return number.why.text(language) if number.why else "–"
    return estimated(Estimate(number.value, number.n, number.low, number.high), number.unit, language, currency)


def day(moment: datetime, language: Language) -> str:
    """Returns a date in words: 31 oktober 2026."""
    return spans.dated(moment, language)


def brief_day(moment: datetime, language: Language) -> str:
    """Returns a date in few words: 31 okt 2026."""
    month = spans.MONTHS[language][moment.month - 1]
    return f"{moment.day} {'mrt' if month == 'maart' else month[:3]} {moment.year}"


def written_day(text: str, language: Language) -> str:
    """Returns a date as maps write it in words: '2026-05-02' is 2 mei 2026, '2026-05' mei 2026; others as they are."""
    found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])(?:-(\d\d))?", text)
    if found is None:
        return text
    year, month, of_month = found[1], spans.MONTHS[language][int(found[2]) - 1], found[3]
    return f"{int(of_month)} {month} {year}" if of_month else f"{month} {year}"


def local(micros: int, time_zone: str) -> datetime:
    """Returns a moment in microseconds since 1970 UTC as local time; an unknown zone falls back on UTC."""
    try:
        zone: ZoneInfo | None = ZoneInfo(time_zone)
    except (KeyError, ValueError, OSError):
        zone = None
    return datetime.fromtimestamp(micros / 1e6, UTC).astimezone(zone or UTC)


def period(first: datetime, last: datetime, language: Language) -> str:
    """Returns a period, its month and year said once where they are shared: 1 mei t/m 31 oktober 2026."""
    until = "t/m" if language == "nl" else "to"
    start, end = day(first, language), day(last, language)
    if start == end:
        return start
    if first.year == last.year:
        start = start.rsplit(" ", 1)[0]
        start = start.split(" ", maxsplit=1)[0] if first.month == last.month else start
    return f"{start} {until} {end}"
