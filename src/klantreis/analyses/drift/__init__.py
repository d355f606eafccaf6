"""Drift: the newest period against the one before and all before it, with an alarm that keeps its promise.

Why: a map that was true in spring may be wrong in autumn. Per week (or day, or month) of the journeys that began in it:
the share that follows each ideal scenario, the KPIs that are an estimate, and the mix of routes, touchpoints and first
channels. Every journey is looked at for the same stretch of time (`within`), and only whole periods count whose
journeys had that time: so an old and a young period are alike.

Options: `unit` day, week (default) or month; `within`; `fits` and `kpis`, what to follow.

The alarm is about the newest period: each series has limits from the periods before it (at least 5), which know that
weeks differ by more than chance; a mix is compared with how far it usually moves. All together raise a false alarm in
at most 5 of 100 periods (Holm). Change points are told apart from it, for the whole series.

Fires: 30 % followed the path for ten weeks, 22 % of 900 last week. Does not fire: 30 % followed, 28 % of 900 last week.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from klantreis.analyses import fit, kpis
from klantreis.analyses.drift.asked import asked_by
from klantreis.analyses.drift.cut import by_period, looked
from klantreis.analyses.drift.judge import KINDS, alarmed, judged, mix_of, table_of
from klantreis.analyses.drift.kinds import Kind, merged, mixes
from klantreis.analyses.drift.options import DAY, Options
from klantreis.analyses.drift.result import Drift, Mix, Moved, Series
from klantreis.analyses.drift.routes import Routes, routes
from klantreis.analyses.drift.routes import table_of as ways_of
from klantreis.analyses.drift.walk import walk
from klantreis.analyses.kpi_asked import FAMILIES
from klantreis.journeys.model import About, Bucket
from klantreis.labels import Label
from klantreis.stats.calendar import NEVER, Calendar, calendar, name_of
from klantreis.stats.exchange import exchanged
from klantreis.stats.spread import SECOND

__all__ = [
    "Drift", "Mix", "Moved", "Options", "Part", "Series", "asked_by", "aware", "exchange", "finish",
    "measure", "merge", "name", "regards", "settled",
]  # fmt: skip

name = "drift"

HOUR = DAY // 24
TOO_SHORT = Label(
    "Te weinig hele perioden om te vergelijken ({n}; nodig: 2).", "Too few whole periods to compare ({n}; need 2)."
)


@dataclass(frozen=True, slots=True)
class Page:
    """The mergeable part of one period."""

    journeys: int = 0
    fits: tuple[fit.Part, ...] = ()
    kpis: kpis.Part = field(default_factory=kpis.Part)
    mixes: Mapping[str, Counter[Kind]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """Per number of a period what was counted in it, and the ways of all."""

    pages: Mapping[int, Page] = field(default_factory=dict)
    routes: Routes = field(default=Routes())


def aware(options: Options, about: About) -> Options:
    """Returns the options with the zone and the span of the data."""
    first = about.first if about.since is None else max(about.since, about.first)
    return replace(options, time_zone=about.time_zone, first=first, last=about.last, low=about.first)


def measure(bucket: Bucket, options: Options) -> Part:
    """Returns the mergeable part of one bucket."""
    period, many = looked(bucket, options.within, _pages(options))
    if not bucket.journeys:
        return Part()
    walked = walk(bucket, period, many)
    told = mixes(walked)
    counted = np.bincount(walked.page).tolist()
    pages = {
        number: Page(n, mixes=told[number]) for number, n in zip(walked.periods.tolist(), counted, strict=True) if n
    }
    if options.fits or options.kpis.kpis:
        pages |= {number: _page(part, pages[number], options) for number, part in by_period(bucket, period, many)}
    return Part(pages, routes(walked))


def merge(one: Part, other: Part) -> Part:
    """Returns two parts as one; associative and commutative."""
    pages = dict(one.pages)
    for number, page in other.pages.items():
        pages[number] = _both(pages[number], page) if number in pages else page
    return Part(pages, one.routes + other.routes)


def settled(part: Part) -> Part:
    """Returns the part of all, its ways in one piece."""
    return replace(part, routes=part.routes.settled())


def regards(options: Options) -> Options:
    """Returns what `measure` looks at: where the data ends it need not know, for periods have lasting numbers."""
    return replace(options, first=0, last=0, low=0)


def exchange(whole: Part, was: Part, now: Part) -> Part:
    """Returns the part of all when some, who were `was`, are `now`."""
    return exchanged(whole, was, now)


def finish(part: Part, options: Options, about: About) -> Drift:
    """Returns the series, judged. Fewer than two whole periods: it says so."""
    pages = _pages(options)
    whole, waiting = _whole(part, pages, options, about)
    names = tuple(name_of(options.unit, number) for number in whole)
    told = [part.pages.get(number, Page()) for number in whole]
    bare = Drift(
        about, options.unit, names, tuple(page.journeys for page in told), options.within / SECOND, waiting=waiting
    )
    if len(whole) < 2:
        n = str(len(whole))
        return replace(bare, why=Label(TOO_SHORT.text("nl").format(n=n), TOO_SHORT.text("en").format(n=n)))
    series = (*_fits(told, options, about), *_kpis(told, options, about))
    names_ = {name for page in told for name in page.mixes}
    tables = {name: table_of([page.mixes.get(name, Counter()) for page in told]) for name in names_}
    if names_:
        tables["routes"] = ways_of(part.routes, whole, about.names.touchpoints, KINDS)
    moved = [mix_of(name, tables[name], [page.journeys for page in told]) for name in sorted(tables)]
    judged_, mixed = alarmed(series, moved)
    return replace(bare, series=judged_, mixes=mixed)


def _page(part: Bucket, page: Page, options: Options) -> Page:
    fits = tuple(_share_of(fit.measure(part, one)) for one in options.fits)
    return replace(page, fits=fits, kpis=kpis.measure(part, options.kpis, closed=True))


def _share_of(part: fit.Part) -> fit.Part:
    """Returns only what a share needs."""
    return replace(part, tallies={}, in_phase={}, rows=())


def _both(one: Page, other: Page) -> Page:
    return Page(
        one.journeys + other.journeys,
        tuple(fit.merge(a, b) for a, b in zip(one.fits, other.fits, strict=True)),
        kpis.merge(one.kpis, other.kpis),
        merged(one.mixes, other.mixes),
    )


def _pages(options: Options) -> Calendar:
    return calendar(options.unit, options.time_zone, min(options.low, options.first), options.last)


def _whole(part: Part, pages: Calendar, options: Options, about: About) -> tuple[list[int], int]:
    """Returns the periods that lie within the data with all of their journeys' time, and how many others have any.

    The first event need not come at midnight, nor the last one: a week may begin within its first day.
    """
    last = options.last - options.within + HOUR
    first = options.first - (HOUR if options.unit == "day" else DAY)
    until = last if about.until is None else min(last, about.until)
    numbers = range(pages.first, pages.first + len(pages.begins) - 1)
    inside = [
        number
        for number, begin, end in zip(numbers, pages.begins[:-1].tolist(), pages.begins[1:].tolist(), strict=True)
        if begin >= first and end <= until
    ]
    return inside, len([number for number in part.pages if number not in set(inside)])


def _fits(told: list[Page], options: Options, about: About) -> list[Series]:
    found = []
    for place, asked in enumerate(options.fits):
        shares = tuple(fit.finish(page.fits[place] if page.fits else fit.Part(), asked, about).share for page in told)
        if any(share.value is not None for share in shares):
            found.append(judged(Series("fit", asked.scenario, "share", shares), of_cases=True))
    return found


def _kpis(told: list[Page], options: Options, about: About) -> list[Series]:
    closed = replace(about, last=NEVER)  # every period had its time, so nothing in it is young any more
    values = [kpis.finish(page.kpis, options.kpis, closed).values for page in told]
    found = []
    for place, kpi in enumerate(options.kpis.kpis):
        series = Series("kpi", kpi.id, values[0][place].unit, tuple(one[place].estimate for one in values))
        if any(value.value is not None for value in series.values):
            found.append(
                judged(series, of_cases=FAMILIES[kpi.metric] in {"share", "bounce"} or kpi.metric == "survey_top2")
            )
    return found
