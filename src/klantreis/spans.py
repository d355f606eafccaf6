"""Spans of time as people write and read them: '30m', '14 dagen', 'PT2H' in; '3 min 48 s', '2,5 dagen' out."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from klantreis.labels import Label, Language

SECOND, MINUTE, HOUR, DAY = 1, 60, 3_600, 86_400
WEEK, MONTH, YEAR = 7 * DAY, 30 * DAY, 365 * DAY
MICROSECONDS = 1_000_000
LONGEST = 1_000 * YEAR
"""Spans beyond this many seconds are refused: they are slips, and would not fit in 64 bits of microseconds."""

MONTHS: Mapping[Language, tuple[str, ...]] = {
    "nl": (
        "januari", "februari", "maart", "april", "mei", "juni",
        "juli", "augustus", "september", "oktober", "november", "december",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip

_WORDS: dict[float, str] = {
    0.001: "ms millisecond milliseconds milliseconde milliseconden",
    SECOND: "s sec secs second seconds seconde seconden",
    MINUTE: "m min mins minute minutes minuut minuten",
    HOUR: "h hr hrs u hour hours uur uren",
    DAY: "d day days dag dagen",
    WEEK: "w wk wks week weeks weken",
    MONTH: "mo mnd month months maand maanden",
    YEAR: "y yr yrs year years jaar jaren",
}
_SECONDS = {word: seconds for seconds, words in _WORDS.items() for word in words.split()}
_PART = re.compile(r"\s*(?:(?:and|en|,)\s+)?(\d+(?:[.,]\d+)?)\s*([a-zµ]+)\.?", re.IGNORECASE)
_ISO = re.compile(
    r"P(?:(?P<y>\d+(?:[.,]\d+)?)Y)?(?:(?P<mo>\d+(?:[.,]\d+)?)M)?(?:(?P<w>\d+(?:[.,]\d+)?)W)?(?:(?P<d>\d+(?:[.,]\d+)?)D)?"
    r"(?:T(?:(?P<h>\d+(?:[.,]\d+)?)H)?(?:(?P<m>\d+(?:[.,]\d+)?)M)?(?:(?P<s>\d+(?:[.,]\d+)?)S)?)?",
    re.IGNORECASE,
)


class NoSpan(ValueError):
    """A text is no span of time; `said` is why, in both languages, without a full stop."""

    def __init__(self, said: Label) -> None:
        super().__init__(said)
        self.said = said

    def __str__(self) -> str:
        return self.said.text("en")


def dated(day: date, language: Language) -> str:
    """Returns a date in words: 31 oktober 2026."""
    return f"{day.day} {MONTHS[language][day.month - 1]} {day.year}"


def span(text: str) -> int:
    """Returns the microseconds in a span such as '30m', '7d', '1 uur 30 minuten' or 'PT2H' (ISO 8601).

    A month is 30 days and a year 365, so that a span is the same length whenever it starts. Raises NoSpan, a
    ValueError, for anything that is not a number with a unit, is negative, or is longer than a thousand years.
    """
    seconds = _iso(text.strip()) if text.strip()[:1] in {"P", "p"} else _worded(text)
    if seconds is None:
        raise NoSpan(
            Label(
                f"{text!r} is geen tijdsduur: schrijf een getal en een eenheid, zoals '30 min' of '14 dagen'",
                f"{text!r} is not a span of time: write a number and a unit, such as '30 min' or '14 days'",
            )
        )
    if seconds > LONGEST:
        raise NoSpan(Label(f"{text!r} is langer dan duizend jaar", f"{text!r} is longer than a thousand years"))
    return round(seconds * MICROSECONDS)


def span_seconds(text: str) -> float:
    """Returns the seconds in a span; see `span` for how it may be written."""
    return span(text) / MICROSECONDS


def shown(seconds: float, language: Language) -> str:
    """Returns a span of `seconds` as a person reads it: '0,4 s', '48 s', '3 min 48 s', '5 uur 20 min', '2,5 dagen'.

    Not a number gives '–'. Negative spans start with a minus sign.
    """
    if not math.isfinite(seconds):
        return "–"
    if seconds < 0:
        return "−" + shown(-seconds, language)
    if round(seconds) < MINUTE:
        return _few_seconds(seconds, language)
    if round(seconds) < HOUR:
        return _pair(round(seconds), MINUTE, ("min", "s"))
    if seconds < DAY - MINUTE / 2:
        return _pair(round(seconds / MINUTE), 60, ("uur" if language == "nl" else "h", "min"))
    return _days(seconds / DAY, language)


def zone(name: str) -> ZoneInfo:
    """Returns the time zone of this name ('Europe/Amsterdam'); raises ValueError when no such zone is known."""
    if name not in zones():
        raise ValueError(f"{name!r} is not a time zone; write one such as 'Europe/Amsterdam' or 'UTC'")
    return ZoneInfo(name)


@cache
def zones() -> frozenset[str]:
    """Returns the names of all time zones this computer knows; they are looked up once, as that takes 50 ms."""
    return frozenset(available_timezones())


def moment(microseconds: int, time_zone: ZoneInfo) -> datetime:
    """Returns the moment of `microseconds` since 1970 UTC as a clock in `time_zone` shows it."""
    whole, rest = divmod(microseconds, MICROSECONDS)
    return datetime.fromtimestamp(whole, UTC).replace(microsecond=rest).astimezone(time_zone)


def _worded(text: str) -> float | None:
    total, at = 0.0, 0
    rest = text.strip()
    while at < len(rest):
        part = _PART.match(rest, at)
        unit = _SECONDS.get(part[2].casefold()) if part else None
        if part is None or unit is None:
            return None
        total += _number(part[1]) * unit
        at = part.end()
    return total if rest else None


def _iso(text: str) -> float | None:
    found = _ISO.fullmatch(text)
    if found is None or not any(found.groups()):
        return None
    return sum(_number(amount) * _SECONDS[unit] for unit, amount in found.groupdict().items() if amount)


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _few_seconds(seconds: float, language: Language) -> str:
    if seconds >= 10 or seconds == int(seconds):
        return f"{round(seconds)} s"
    return f"{_decimal(seconds, 1 if seconds >= 0.1 else 3, language)} s"


def _pair(amount: int, size: int, units: tuple[str, str]) -> str:
    big, small = divmod(amount, size)
    return f"{big} {units[0]} {small} {units[1]}" if small else f"{big} {units[0]}"


def _days(days: float, language: Language) -> str:
    if round(days) > 730:
        return f"{_decimal(days / 365, 1, language)} {'jaar' if language == 'nl' else 'years'}"
    text = _decimal(days, 1 if days < 14 else 0, language)
    one, many = ("dag", "dagen") if language == "nl" else ("day", "days")
    return f"{text} {one if text == '1' else many}"


def _decimal(number: float, places: int, language: Language) -> str:
    text = f"{number:.{places}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",") if language == "nl" else text
