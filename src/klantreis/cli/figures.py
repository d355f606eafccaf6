"""Numbers as a person reads them in a terminal, in Dutch or English."""

from __future__ import annotations

from klantreis import spans
from klantreis.labels import Language
from klantreis.stats.intervals import Estimate

NONE = "–"
_SWAP = str.maketrans(",.", ".,")


def number(value: float | None, said: Language, places: int = 3) -> str:
    """Returns a number with its thousands apart, at most `places` decimals; '–' for nothing."""
    if value is None:
        return NONE
    if isinstance(value, int):
        return local(f"{value:,}", said)
    shown = f"{value:,.{places}f}"
    return local(shown.rstrip("0").rstrip(".") if places else shown, said).replace("-", "−")


def local(shown: str, said: Language) -> str:
    """Returns an English number in the way of the language."""
    return shown.translate(_SWAP) if said == "nl" else shown


def percent(estimate: Estimate, said: Language) -> str:
    """Returns a share with its interval: '41.2% (39.8–42.6)'; '–' when there is nothing to go by."""
    if estimate.value is None:
        return NONE
    shown = f"{estimate.value:.1%}"
    if estimate.low is not None and estimate.high is not None and estimate.low < estimate.high:
        shown += f" ({100 * estimate.low:.1f}{_till(estimate.low, said)}{100 * estimate.high:.1f})"
    return local(shown, said).replace("-", "−")


def around(estimate: Estimate, said: Language, places: int = 2) -> str:
    """Returns a number with its interval, all as precise: '1.37 (1.30 to 1.44)'; '–' when there is nothing to go by."""
    if estimate.value is None:
        return NONE
    if estimate.low is None or estimate.high is None:
        return number(estimate.value, said, places)
    three = (estimate.value, estimate.low, estimate.high)
    needed = max(len(number(one, "en", places).partition(".")[2]) for one in three)
    shown, low, high = (local(f"{one:,.{needed}f}", said).replace("-", "−") for one in three)
    return f"{shown} ({low} {'tot' if said == 'nl' else 'to'} {high})"


def duration(seconds: float | None, said: Language) -> str:
    """Returns a duration for a person, '–' when there is none."""
    return NONE if seconds is None else spans.shown(seconds, said)


def measured(estimate: Estimate, unit: str, said: Language) -> str:
    """Returns an estimate in its unit, with its interval; NPS (-1 to 1) as people write it, -100 to +100."""
    if unit == "share":
        return percent(estimate, said)
    if unit == "nps":
        value, low, high = (None if one is None else 100 * one for one in (estimate.value, estimate.low, estimate.high))
        return around(Estimate(value, estimate.n, low, high), said, 0)
    if unit != "seconds" or estimate.value is None:
        return around(estimate, said)
    shown = duration(estimate.value, said)
    if estimate.low is None or estimate.high is None:
        return shown
    return f"{shown} ({duration(estimate.low, said)}{_till(estimate.low, said)}{duration(estimate.high, said)})"


def _till(low: float, said: Language) -> str:
    """Returns what stands between two ends: a dash would read as a minus when one of them has a minus already."""
    return "–" if low >= 0 else {"nl": " tot ", "en": " to "}[said]


def plain(value: float | None, unit: str, said: Language) -> str:
    """Returns one number in its unit."""
    return measured(Estimate(value, 0), unit, said)


def cell(value: object, said: Language) -> str:
    """Returns a value for a table: '–' for nothing, at most three decimals."""
    if value is None or value == "":
        return NONE
    if isinstance(value, bool):
        return {"nl": ("nee", "ja"), "en": ("no", "yes")}[said][value]
    return number(value, said) if isinstance(value, int | float) else str(value)
