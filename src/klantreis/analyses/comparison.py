"""Two groups on every measure at once: what differs, how much, how sure, strongest first.

Each measure is laid side by side: shares by the pooled z-test with Newcombe's interval, other estimates by combining
their intervals (see `stats.contrast`). With so many comparisons some seem sure by chance: a difference is called sure
when its p-value survives Benjamini & Hochberg (1995) at 5 %, so that on average at most one in twenty of those called
sure is not.

To set a share beside a time, strength is the difference in standard deviations (z times the root of 1/n + 1/m: Cohen's
d, from its test): 0.2 is small, 0.5 middling, 0.8 large (Cohen 1988).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from klantreis.analyses.result import Result, about_dict
from klantreis.labels import Label
from klantreis.stats.association import adjusted
from klantreis.stats.clustered import gap
from klantreis.stats.contrast import compare_estimates, compare_shares
from klantreis.stats.intervals import Z95, Estimate

LEAST = 20
"""Fewer cases in one of the groups than this: the numbers stand there, but are not judged."""
LEVEL = 0.05
Kind = Literal["phase", "fit", "time", "feeling", "kpi"]


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of one group: `of_cases` says that it is a share of `estimate.n` cases."""

    kind: Kind
    id: str
    unit: str
    estimate: Estimate
    of_cases: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One measure in both groups. `difference`: the first minus the second, with its 95 % interval. `p` of no
    difference, `q` the same after correction for how many were compared; None: not judged, and `why` says why.
    `strength`: the difference in standard deviations, its sign that of the difference; `low`..`high` its interval.
    """

    kind: Kind
    id: str
    unit: str
    one: Estimate
    other: Estimate
    difference: Estimate
    p: float | None = None
    q: float | None = None
    strength: Estimate = field(default_factory=lambda: Estimate(None, 0))
    why: Label = field(default_factory=Label)

    @property
    def sure(self) -> bool:
        """Whether the difference survives the correction."""
        return self.q is not None and self.q <= LEVEL


@dataclass(frozen=True, slots=True)
class Comparison(Result):
    """`lines`, sure ones first, then strongest first. `names`: the two groups; None: everybody else. `n` journeys and
    `people` in each; `both`: people who are in both, whose journeys the intervals take as independent.
    """

    names: tuple[str, str | None] = ("one", "other")
    n: tuple[int, int] = (0, 0)
    people: tuple[int, int] = (0, 0)
    both: int = 0
    lines: tuple[Line, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Returns the comparison in the shape of `schemas/comparison.schema.json`."""
        return {
            "names": list(self.names),
            "n": list(self.n),
            "people": list(self.people),
            "both": self.both,
            "measures": [_line(one) for one in self.lines],
            "about": about_dict(self.about),
        }

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row per measure: kind, id, unit, one, other, difference with low and high, q, strength, sure."""
        return [
            {
                "kind": line.kind,
                "id": line.id,
                "unit": line.unit,
                "one": line.one.value,
                "other": line.other.value,
                "difference": line.difference.value,
                "difference_low": line.difference.low,
                "difference_high": line.difference.high,
                "q": line.q,
                "strength": line.strength.value,
                "sure": line.sure,
            }
            for line in self.lines
        ]


def lined(one: Iterable[Measure], other: Iterable[Measure]) -> tuple[Line, ...]:
    """Returns the measures that both groups have, compared and corrected: sure first, then strongest first."""
    there = {(measure.kind, measure.id): measure for measure in other}
    found = [_pair(measure, there[measure.kind, measure.id]) for measure in one if (measure.kind, measure.id) in there]
    judged = [place for place, line in enumerate(found) if line.p is not None]
    for place, q in zip(judged, adjusted([float(found[place].p or 0.0) for place in judged]), strict=True):
        found[place] = replace(found[place], q=q)
    return tuple(sorted(found, key=_rank))


def _pair(one: Measure, other: Measure) -> Line:
    a, b = one.estimate, other.estimate
    line = Line(one.kind, one.id, one.unit, a, b, gap(a, b))
    if min(a.n, b.n) < LEAST or a.value is None or b.value is None:
        return replace(line, why=_few(min(a.n, b.n)))
    if one.of_cases:
        found = compare_shares((round(a.value * a.n), a.n), (round(b.value * b.n), b.n))
    else:
        found = compare_estimates(a, b)
    if found is None:
        return replace(line, why=NO_INTERVAL)
    unit = _deviation(one, other, found.gap)
    return replace(line, difference=found.gap, p=found.p, strength=_strength(found.gap, unit))


def _deviation(one: Measure, other: Measure, difference: Estimate) -> float:
    """Returns the standard deviation of one case: of a share that of both groups together, else from the interval."""
    a, b = one.estimate, other.estimate
    if one.of_cases:
        pooled = ((a.value or 0.0) * a.n + (b.value or 0.0) * b.n) / (a.n + b.n)
        return math.sqrt(max(0.0, pooled * (1 - pooled)))
    wide = (difference.high or 0.0) - (difference.low or 0.0)
    return wide / (2 * Z95) / math.sqrt(1 / a.n + 1 / b.n)


def _strength(difference: Estimate, unit: float) -> Estimate:
    value, low, high = difference.value or 0.0, difference.low, difference.high
    if unit <= 0 or low is None or high is None:
        return Estimate(None if value else 0.0, difference.n)
    return Estimate(value / unit, difference.n, low / unit, high / unit)


def _rank(line: Line) -> tuple[object, ...]:
    return not line.sure, line.q is None, -abs(line.strength.value or 0.0), line.kind, line.id


def _few(n: int) -> Label:
    return Label(f"te weinig (n = {n}, nodig {LEAST})", f"too few (n = {n}, need {LEAST})")


NO_INTERVAL = Label("geen interval bekend", "no interval known")


def _line(line: Line) -> dict[str, Any]:
    return {
        "kind": line.kind,
        "id": line.id,
        "unit": line.unit,
        "one": line.one.to_dict(),
        "other": line.other.to_dict(),
        "difference": line.difference.to_dict(),
        "p": line.p,
        "q": line.q,
        "strength": line.strength.to_dict(),
        "sure": line.sure,
        "why": {"nl": line.why.nl, "en": line.why.en} if line.why else None,
    }
