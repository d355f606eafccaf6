"""Differences of shares as a reader writes them: +4, −0,3 percentage points, with their interval."""

from __future__ import annotations

from klantreis.labels import Language
from klantreis.scenes.numbers import decimal
from klantreis.scenes.words import say
from klantreis.stats.intervals import Estimate


def points(share: float, language: Language, digits: int | None = None) -> str:
    """Returns a difference of shares (-1 to 1) in percentage points with its sign.

    `digits`: decimals; None: one below one point, else none.
    """
    value = 100 * share
    text = decimal(value, language, _digits(share) if digits is None else digits)
    return f"+{text}" if value > 0 and text.strip("0.,") else text


def _digits(share: float) -> int:
    return 1 if 0 < abs(100 * share) < 0.95 else 0


def within(difference: Estimate, language: Language) -> str:
    """Returns a difference with its interval, as exact: '+4 (+1 tot +7)', '+0,4 (−1,8 tot +1,4)'; '–' for none."""
    if difference.value is None or difference.low is None or difference.high is None:
        return "–"
    parts = difference.value, difference.low, difference.high
    value, low, high = (points(part, language, max(map(_digits, parts))) for part in parts)
    return say("points", language, value=value, low=low, high=high)
