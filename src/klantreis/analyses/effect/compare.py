"""The comparison each design allows: two groups, two groups over time, a series that is interrupted, or two periods."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.effect.cases import Measure
from klantreis.analyses.effect.groups import CONTROL, TREATED
from klantreis.analyses.effect.options import Options, Trial
from klantreis.analyses.effect.part import WHOLE, Counted
from klantreis.analyses.effect.result import NONE, Day, Rung
from klantreis.analyses.kpi_asked import QUANTILES
from klantreis.errors import OptionError
from klantreis.stats import ranks, series
from klantreis.stats.calendar import DAY, Calendar, name_of
from klantreis.stats.contrast import (
    BELOW,
    BELOW_BEFORE,
    Contrast,
    changed_more,
    compare_estimates,
    compare_ratios,
    compare_shares,
    is_share,
    since_before,
)
from klantreis.stats.gone_on import gone_on, multiplied, widest
from klantreis.stats.intervals import Estimate
from klantreis.stats.sequential import sequence
from klantreis.stats.whole import fitting

PLANNED = 10_000
"""The number of people at which a sequence is narrowest; fixed, so that it cannot be chosen after looking."""

PAST = 0.1
"""Earlier days are used when they hold at least so many cases for each one since."""

FEW_DAYS, WEEKS, AFTER = 14, 28, 7
"""Days needed before a date to foretell by a line, and to know the weekdays too; days needed after it."""

SIX_WEEKS = 42
CARRIED, CARRIED_OF_FEW = 0.75, 0.6
"""The part of a day's error in the next from which an interval is too narrow; with fewer than six weeks before."""

PLACEBOS = 10
TREND_DAYS = 8


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison in the unit of the KPI: the contrast (None: nothing to compare) and what its rung asks for."""

    rung: Rung
    contrast: Contrast | None
    n: tuple[int, int]
    always: Estimate = NONE
    cases: tuple[int, int] | None = None
    """Entries, answers or values of both groups, of which a group of many people may have few; None: as many as `n`."""
    trend: Estimate = NONE
    gone_on: Estimate = NONE
    gone_on_lately: Estimate = NONE
    placebos: tuple[int, int] | None = None
    days: tuple[Day, ...] = ()
    carried: float | None = None
    """C: the part of a day's error that the next day carries; None: no more than an interval can know."""
    growing: Estimate = NONE
    """C: by how much the difference grows per day since the change."""


def compared(trial: Trial, measure: Measure, counted: Counted, options: Options, days: Calendar) -> Compared:
    """Returns the comparison that the design of the change allows. Raises SourceError for too large values."""
    fitting(counted.bulk)
    if trial.randomised:
        return _groups(measure, counted, options)
    if trial.compared:
        return _steps(trial, measure, counted, options, days)
    return _interrupted(trial, measure, counted, options, days) or _periods(measure, counted)


def _groups(measure: Measure, counted: Counted, options: Options) -> Compared:
    treated, control = counted.sides
    n = (treated.n, control.n)
    if measure.asked.family == "time":
        contrast = compare_estimates(_median(measure, counted, TREATED), _median(measure, counted, CONTROL))
    else:
        past = min(side.totals[BELOW_BEFORE] / max(1, side.totals[BELOW]) for side in counted.sides)
        cuped = options.cuped and past >= PAST and not measure.per_person
        if is_share(treated, control) and not cuped:
            pairs = [(side.totals[0], side.totals[BELOW]) for side in counted.sides]
            contrast = compare_shares(pairs[0], pairs[1])
        else:
            contrast = compare_ratios(treated, control, cuped=cuped, wary=True)
        contrast = _scaled(contrast, measure.unit)
    always = NONE if contrast is None else sequence(contrast, sum(n), PLANNED)
    return Compared("A", contrast, n, always, _of_groups(counted))


def _steps(trial: Trial, measure: Measure, counted: Counted, options: Options, days: Calendar) -> Compared:
    treated, control = counted.sides
    if measure.asked.family == "time":
        contrast = _median_moves(measure, counted)
    else:
        contrast = _scaled(changed_more(treated, control), measure.unit)
    place, apart = _apart(trial, measure, counted, options, days)
    cut = int(np.count_nonzero(days.begins[place] < trial.begins))
    trend = series.trend(apart[:cut])
    if contrast is None:
        return Compared("B", None, (treated.n, control.n), trend=trend)
    # A count is told per person of the whole window, and the difference per day.
    times = (trial.ends - trial.begins) / DAY if measure.per_person else 1.0
    left = gone_on(apart, place.astype(np.float64), cut, times=times)
    steady = widest((contrast.gap, *left.steady)) if left.steady else NONE
    lately = widest((steady, *left.lately)) if left.lately else NONE
    n, cases = (treated.n, control.n), _of_groups(counted)
    return Compared("B", contrast, n, cases=cases, trend=trend, gone_on=steady, gone_on_lately=lately)


def _of_groups(counted: Counted) -> tuple[int, int]:
    treated, control = counted.sides
    return treated.totals[BELOW], control.totals[BELOW]


def _median_moves(measure: Measure, counted: Counted) -> Contrast | None:
    after = compare_estimates(_median(measure, counted, TREATED), _median(measure, counted, CONTROL))
    before = compare_estimates(_median(measure, counted, TREATED + 2), _median(measure, counted, CONTROL + 2))
    if after is None or before is None:
        return None
    moved = compare_estimates(after.gap, before.gap)
    if moved is None or moved.gap.value is None:
        return None
    expected = after.treated - moved.gap.value
    return replace(moved, treated=after.treated, control=expected, lift=NONE)


def _apart(
    trial: Trial, measure: Measure, counted: Counted, options: Options, days: Calendar
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Returns the places of the whole days that have an answer of both groups, and the treated metric less the
    control's on each; of a count, that per person of the group.
    """
    whole = _whole(trial, measure, options, days)
    above = counted.above / measure.unit
    if measure.per_person:
        place = np.flatnonzero(whole)
        size = [max(1, side.n) for side in counted.sides]
        return place, above[TREATED][place] / size[TREATED] - above[CONTROL][place] / size[CONTROL]
    place = np.flatnonzero(whole & (counted.below > 0).all(axis=0))
    ratio = above[:, place] / counted.below[:, place]
    apart: NDArray[np.float64] = ratio[TREATED] - ratio[CONTROL]
    return place, apart


def _interrupted(trial: Trial, measure: Measure, counted: Counted, options: Options, days: Calendar) -> Compared | None:
    """Returns an interrupted time series with placebo dates; None when there are too few days for one."""
    place, y = _series(trial, measure, counted, options, days)
    cut = int(np.count_nonzero(days.begins[place] < trial.begins))
    if cut < FEW_DAYS or len(y) - cut < AFTER:
        return None
    columns = _columns(place + days.first, weekdays=cut >= WEEKS)
    try:
        found = series.counterfactual(y, cut, columns)
        tried = series.placebos(y, cut, columns, after=min(len(y) - cut, cut // 3))
    except OptionError:
        return None
    if len(tried) < PLACEBOS:
        return None
    as_much = sum(abs(one) >= abs(found.strength) for _, one in tried)
    contrast = Contrast(
        found.actual, found.foretold, found.effect, found.error, found.p, found.lift, "interrupted_series"
    )
    # Without what the weekdays do, a drift of the days before that bends may be drawn on as that of two groups is.
    weekdays = [beta * column for beta, column in zip(found.beta[2:], columns[1:], strict=True)]
    plainly = y - sum(weekdays, np.zeros(len(y)))
    day = place.astype(np.float64)
    lately = widest((found.effect, *gone_on(plainly, day, cut).lately, *multiplied(plainly, day, cut)))
    return Compared(
        "C", contrast, _cases(counted), gone_on_lately=lately, placebos=(as_much, len(tried)),
        days=_days(found, place, y, days), carried=found.rho if found.rho > _most_carried(cut) else None,
        growing=series.trend(y[cut:] - np.array(found.expected[cut:])),
    )  # fmt: skip


def _most_carried(days_before: int) -> float:
    """Returns the part of a day's error from which too much carries over: of few days that part is hardly known."""
    return CARRIED_OF_FEW if days_before < SIX_WEEKS else CARRIED


def _periods(measure: Measure, counted: Counted) -> Compared:
    if measure.asked.family == "time":
        contrast = compare_estimates(_median(measure, counted, TREATED), _median(measure, counted, TREATED + 2))
    else:
        contrast = _scaled(since_before(counted.sides[0]), measure.unit)
    return Compared("D", None if contrast is None else replace(contrast, method="before_after"), _cases(counted))


def _cases(counted: Counted) -> tuple[int, int]:
    everybody = counted.sides[0]
    return everybody.totals[BELOW], everybody.totals[BELOW_BEFORE]


def _median(measure: Measure, counted: Counted, group: int) -> Estimate:
    return ranks.quantile(counted.times, group, QUANTILES[measure.asked.kpi.metric.partition("_")[0]])


def _series(
    trial: Trial, measure: Measure, counted: Counted, options: Options, days: Calendar
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Returns the places of the whole days that have an answer, up to the end of the window, and the metric on each."""
    whole = _whole(trial, measure, options, days)
    if measure.per_person:
        place = np.flatnonzero(whole)
        return place, counted.above[TREATED][place] / measure.unit
    place = np.flatnonzero(whole & (counted.below[TREATED] > 0))
    if measure.asked.family == "time":
        found = [_median(measure, counted, WHOLE + int(one)).value for one in place]
        return place, np.array([0.0 if one is None else one for one in found])
    return place, counted.above[TREATED][place] / counted.below[TREATED][place] / measure.unit


def _whole(trial: Trial, measure: Measure, options: Options, days: Calendar) -> NDArray[np.bool_]:
    """Returns which days are whole, and had their time, up to the end of the window."""
    late = days.begins[1:] + (measure.within or 0)
    whole: NDArray[np.bool_] = (late <= options.last + DAY // 24) & (days.begins[:-1] < trial.ends)
    whole[0] &= bool(options.first <= days.begins[0] + DAY // 24)
    return whole


def _columns(day: NDArray[np.int64], *, weekdays: bool) -> list[NDArray[np.float64]]:
    line = [(day - day[0]).astype(np.float64)]
    if not weekdays:
        return line
    return line + [(day % 7 == one).astype(np.float64) for one in range(1, 7)]


def _days(
    found: series.Counterfactual, place: NDArray[np.int64], y: NDArray[np.float64], days: Calendar
) -> tuple[Day, ...]:
    rows = []
    for number, (spot, value) in enumerate(zip(place.tolist(), y.tolist(), strict=True)):
        after = number - found.cut
        low, high = (found.low[after], found.high[after]) if after >= 0 else (None, None)
        rows.append(Day(name_of("day", spot + days.first), value, found.expected[number], low, high))
    return tuple(rows)


def _scaled(contrast: Contrast | None, unit: int) -> Contrast | None:
    """Returns a contrast of whole numbers in the unit of the KPI."""
    if contrast is None or unit == 1:
        return contrast
    gap = contrast.gap
    changed: dict[str, Any] = {
        name: None if (value := getattr(gap, name)) is None else value / unit for name in ("value", "low", "high")
    }
    return replace(
        contrast,
        treated=contrast.treated / unit,
        control=contrast.control / unit,
        gap=replace(gap, **changed),
        error=contrast.error / unit,
        alike=contrast.alike / unit,
    )
