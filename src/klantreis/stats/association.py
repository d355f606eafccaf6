"""What goes with what: odds ratios of two-by-two tables, alone or over strata, and many tests at once."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from klantreis.stats.intervals import Z95

Table = tuple[int, int, int, int]
"""(a, b, c, d): with it and reached, with it and not, without it and reached, without it and not."""


@dataclass(frozen=True, slots=True)
class OddsRatio:
    """How many times the odds are with something as without it; `low`..`high` at 95 %; `p` of no difference."""

    value: float
    low: float
    high: float
    p: float

    def to_dict(self) -> dict[str, float]:
        """Returns value, low, high and p as plain values."""
        return {"value": self.value, "low": self.low, "high": self.high, "p": self.p}


def odds_ratio(table: Table) -> OddsRatio:
    """Returns the odds ratio with 0.5 added to each cell (Haldane 1956, Anscombe 1956) and its Woolf interval.

    Never infinite: a table of zeros gives 1 with a very wide interval. Woolf 1955, Ann Hum Genet 19:251-253.
    """
    a, b, c, d = (cell + 0.5 for cell in table)
    return _from_log(math.log(a * d / (b * c)), math.sqrt(1 / a + 1 / b + 1 / c + 1 / d))


def stratified(tables: Iterable[Table]) -> OddsRatio | None:
    """Returns the odds ratio that strata have in common (Mantel & Haenszel 1959), None when it cannot be told.

    Its interval is that of Robins, Breslow & Greenland 1986, Biometrics 42:311-323. It cannot be told when no stratum
    has people on both diagonals.
    """
    r = s = pr = ps_qr = qs = 0.0
    for a, b, c, d in tables:
        n = a + b + c + d
        if n == 0:
            continue
        p, q, up, down = (a + d) / n, (b + c) / n, a * d / n, b * c / n
        r, s = r + up, s + down
        pr, ps_qr, qs = pr + p * up, ps_qr + p * down + q * up, qs + q * down
    if r == 0 or s == 0:
        return None
    return _from_log(math.log(r / s), math.sqrt(pr / (2 * r * r) + ps_qr / (2 * r * s) + qs / (2 * s * s)))


def alike_test(tables: Iterable[Table]) -> tuple[float, float] | None:
    """Returns how many more reach it with it than expected at like strata, and the two-sided p of no difference.

    Cochran 1954, Mantel & Haenszel 1959, without correction for continuity. It can also tell when nobody with it
    reached; None when no stratum holds both with and without, and both reached and not.
    """
    more = spread = 0.0
    for a, b, c, d in tables:
        n = a + b + c + d
        if n < 2:
            continue
        more += a - (a + b) * (a + c) / n
        spread += (a + b) * (c + d) * (a + c) * (b + d) / (n * n * (n - 1))
    return (more, math.erfc(abs(more) / math.sqrt(2 * spread))) if spread > 0 else None


def adjusted(p_values: Sequence[float]) -> list[float]:
    """Returns each p-value adjusted for how many there are, in the same order (Benjamini & Hochberg 1995).

    Calling every one up to q a find makes at most a share q of the finds false, on average.
    """
    order = sorted(range(len(p_values)), key=lambda spot: p_values[spot], reverse=True)
    result, least = [1.0] * len(p_values), 1.0
    for above, spot in enumerate(order):
        least = min(least, p_values[spot] * len(p_values) / (len(p_values) - above))
        result[spot] = least
    return result


def _from_log(log_ratio: float, error: float) -> OddsRatio:
    half = Z95 * error
    p = math.erfc(abs(log_ratio) / error / math.sqrt(2))
    return OddsRatio(math.exp(log_ratio), math.exp(log_ratio - half), math.exp(log_ratio + half), p)
