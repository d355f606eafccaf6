"""Judging series and mixes: the newest period against the one before, against all before, and where levels change."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from klantreis.analyses.drift.kinds import Kind
from klantreis.analyses.drift.result import Mix, Moved, Series
from klantreis.stats.changes import changes_of_shares, changes_of_values
from klantreis.stats.clustered import gap
from klantreis.stats.control import alarms, control, share_errors
from klantreis.stats.intervals import Z95, Estimate
from klantreis.stats.mix import by_chance, total_variation

KINDS = 20
"""So many kinds of a mix stand apart, those with most journeys; the others are one kind."""
ENOUGH = 20
"""A period with fewer cases is shown, but gives no limits and is not judged."""
LEAST = 6
"""A mix needs so many distances before the newest."""


def judged(series: Series, *, of_cases: bool) -> Series:
    """Returns a series with its difference, limits and change points; `of_cases`: its values are shares of cases.

    A period with fewer than 20 cases is passed over.
    """
    firm = [one.value if one.value is not None and one.n >= ENOUGH else math.nan for one in series.values]
    values: list[float] = [float(value) for value in firm]
    if of_cases:
        of = [0 if math.isnan(value) else one.n for value, one in zip(values, series.values, strict=True)]
        counts = [round(value * n) if n else 0 for value, n in zip(values, of, strict=True)]
        errors, changes = share_errors(counts, of), changes_of_shares(counts, of)
    else:
        errors = [_error(one) for one in series.values]
        changes = changes_of_values(values, errors)
    difference = gap(series.values[-1], series.values[-2]) if len(values) > 1 else series.difference
    limits = control(values, errors)
    if limits is not None and series.unit == "share":
        limits = replace(limits, low=max(0.0, limits.low), high=min(1.0, limits.high))
    return replace(series, difference=difference, control=limits, changes=changes)


def mix_of(name: str, counted: tuple[list[Kind | None], list[list[float]]], journeys: Sequence[int]) -> Mix:
    """Returns how a mix moved, from its kinds and counts per period. Meetings of touchpoints count as their journeys
    do.
    """
    kinds, table = counted
    sized = [_sized(row, n) for row, n in zip(table, journeys, strict=True)]
    told = [total_variation(now, before).value for before, now in pairwise(sized)]
    ratios = [
        _ratio(before, now) if min(sum(before), sum(now)) >= ENOUGH else math.nan for before, now in pairwise(sized)
    ]
    distance = total_variation(sized[-1], sized[-2])
    firm = len(ratios) > LEAST and min(journeys[-2:]) >= ENOUGH
    limits = control(ratios, [1e-6] * len(ratios)) if firm else None
    moved = [
        Moved(kind or (), before, now, rest=kind is None)
        for kind, before, now in zip(kinds, *(_shares(row) for row in sized[-2:]), strict=True)
    ]
    return Mix(
        id=name,
        distance=distance,
        by_chance=by_chance(sized[-1], sized[-2]),
        distances=(None, *told),
        # Only farther apart than usual is drift.
        p=None if limits is None else limits.p / 2 if ratios[-1] > limits.level else 1.0,
        moved=tuple(sorted(moved, key=lambda one: (-abs(one.now - one.before), one.kind))),
    )


def alarmed(series: Sequence[Series], mixes: Sequence[Mix]) -> tuple[tuple[Series, ...], tuple[Mix, ...]]:
    """Returns all with their alarm: the chance that any of them is false is at most 5 % a period."""
    chances = [one.control.p if one.control is not None else None for one in series] + [one.p for one in mixes]
    known = [place for place, chance in enumerate(chances) if chance is not None]
    raised = alarms([chance for chance in chances if chance is not None])
    loud = {place for place, alarm in zip(known, raised, strict=True) if alarm}
    return (
        tuple(replace(one, alarm=place in loud) for place, one in enumerate(series)),
        tuple(replace(one, alarm=len(series) + place in loud) for place, one in enumerate(mixes)),
    )


def _error(value: Estimate) -> float:
    if value.low is None or value.high is None:
        return math.nan
    return (value.high - value.low) / (2 * Z95)


def table_of(counted: Sequence[Counter[Kind]]) -> tuple[list[Kind | None], list[list[float]]]:
    """Returns the kinds with most journeys, None for the rest together, and the counts per period."""
    total: Counter[Kind] = Counter()
    for one in counted:
        total += one
    first = sorted(total, key=lambda kind: (-total[kind], kind))[:KINDS]
    rows = [[float(one[kind]) for kind in first] for one in counted]
    if len(total) <= len(first):
        return [*first], rows
    return [*first, None], [[*row, one.total() - sum(row)] for row, one in zip(rows, counted, strict=True)]


def _sized(row: Sequence[float], journeys: int) -> list[float]:
    """Returns counts scaled to the number of journeys: a journey that counts in several kinds is one witness."""
    total = sum(row)
    return [count * journeys / total for count in row] if total else [0.0 for _ in row]


def _ratio(before: Sequence[float], now: Sequence[float]) -> float:
    # The root of a distance is close to normal, also where there are two kinds and the distance is half a normal.
    found, chance = total_variation(now, before).value, by_chance(now, before)
    return math.nan if found is None or chance <= 0 else math.sqrt(found / chance)


def _shares(row: Sequence[float]) -> list[float]:
    total = sum(row)
    return [count / total if total else 0.0 for count in row]
