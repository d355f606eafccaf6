"""Differences of shares as a reader writes them: +4, −0,3 percentage points, with their interval."""

from __future__ import annotations

from klantreis.labels import Language
from klantreis.scenes.numbers import decimal
from klantreis.scenes.words import say
from klantreis.stats.intervals import Estimate


def points(share: float, language: Language) -> str:
    """Returns a difference of shares (-1 to 1) in percentage points with its sign; one decimal below one point."""
    value = 100 * share
    text = decimal(value, language, 1 if 0 < abs(value) < 0.95 else 0)
    return f"+{text}" if value > 0 and text.strip("0.,") else text


def within(difference: Estimate, language: Language) -> str:
    """Returns a difference with its interval: '+4 (+1 tot +7)'; '–' when there is none."""
    if difference.value is None or difference.low is None or difference.high is None:
        return "–"
    value, low, high = (points(part, language) for part in (difference.value, difference.low, difference.high))
    return say("points", language, value=value, low=low, high=high)
