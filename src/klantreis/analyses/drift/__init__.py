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

from klantreis.analyses import fit, kpis
from klantreis.analyses.drift.asked import asked_by
from klantreis.analyses.drift.cut import by_period, looked
from klantreis.analyses.drift.judge import KINDS, alarmed, judged, mix_of, table_of
from klantreis.analyses.drift.kinds import NOBODY, Kind, Met, journeys, mixes
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
    """What the fits and KPIs counted in one period."""

    fits: tuple[fit.Part, ...] = ()
    kpis: kpis.Part = field(default_factory=kpis.Part)


@dataclass(frozen=True, slots=True)
class Part:
    """Per number of a period what was counted in it; the journeys that began, what they met, and the ways of all."""

    pages: Mapping[int, Page] = field(default_factory=dict)
    journeys: Met = NOBODY
    mixes: Mapping[str, Met] = field(default_factory=dict)
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
    pages = {}
    if options.fits or options.kpis.kpis:
        pages = {number: _page(part, options) for number, part in by_period(bucket, period, many)}
    return Part(pages, journeys(walked), mixes(walked), routes(walked))


def merge(one: Part, other: Part) -> Part:
    """Returns two parts as one; associative and commutative."""
    pages = dict(one.pages)
    for number, page in other.pages.items():
        pages[number] = _both(pages[number], page) if number in pages else page
    mixed = dict(one.mixes)
    for named, met in other.mixes.items():
        mixed[named] = mixed[named] + met if named in mixed else met
    return Part(pages, one.journeys + other.journeys, mixed, one.routes + other.routes)


def settled(part: Part) -> Part:
    """Returns the part of all, its ways in one piece, and each thing that was met once."""
    mixed = {named: met.settled() for named, met in part.mixes.items()}
    return replace(part, journeys=part.journeys.settled(), mixes=mixed, routes=part.routes.settled())


def regards(options: Options) -> Options:
    """Returns what `measure` looks at: where the data ends it need not know, for periods have lasting numbers."""
    return replace(options, first=0, last=0, low=0)


def exchange(whole: Part, was: Part, now: Part) -> Part:
    """Returns the part of all when some, who were `was`, are `now`."""
    return exchanged(whole, was, now)


def finish(part: Part, options: Options, about: About) -> Drift:
    """Returns the series, judged. Fewer than two whole periods: it says so."""
    pages = _pages(options)
    begun = {number: met.total() for number, met in part.journeys.told([()]).items()}
    whole = _whole(pages, options, about)
    names = tuple(name_of(options.unit, number) for number in whole)
    told = [part.pages.get(number, Page()) for number in whole]
    many = tuple(begun.get(number, 0) for number in whole)
    waiting = len(begun.keys() - set(whole))
    bare = Drift(about, options.unit, names, many, options.within / SECOND, waiting=waiting)
    if len(whole) < 2:
        n = str(len(whole))
        return replace(bare, why=Label(TOO_SHORT.text("nl").format(n=n), TOO_SHORT.text("en").format(n=n)))
    series = (*_fits(told, options, about), *_kpis(told, options, about))
    tables = _tables(part, whole, about) if any(many) else {}
    moved = [mix_of(name, tables[name], many) for name in sorted(tables)]
    judged_, mixed = alarmed(series, moved)
    return replace(bare, series=judged_, mixes=mixed)


def _tables(part: Part, whole: list[int], about: About) -> dict[str, tuple[list[Kind | None], list[list[float]]]]:
    """Returns the kinds of each mix, and their counts per period."""
    kinds: dict[str, list[Kind]] = {
        "touchpoints": [(one,) for one in about.names.touchpoints],
        "channels": [(), *((one,) for one in about.names.channels)],
    }
    found = {"routes": ways_of(part.routes, whole, about.names.touchpoints, KINDS)}
    for named, met in part.mixes.items():
        told = met.told(kinds[named])
        found[named] = table_of([told.get(number, Counter()) for number in whole])
    return found


def _page(part: Bucket, options: Options) -> Page:
    fits = tuple(_share_of(fit.measure(part, one)) for one in options.fits)
    return Page(fits, kpis.measure(part, options.kpis, closed=True))


def _share_of(part: fit.Part) -> fit.Part:
    """Returns only what a share needs."""
    return replace(part, tallies={}, in_phase={}, rows=())


def _both(one: Page, other: Page) -> Page:
    return Page(
        tuple(fit.merge(a, b) for a, b in zip(one.fits, other.fits, strict=True)),
        kpis.merge(one.kpis, other.kpis),
    )


def _pages(options: Options) -> Calendar:
    return calendar(options.unit, options.time_zone, min(options.low, options.first), options.last)


def _whole(pages: Calendar, options: Options, about: About) -> list[int]:
    """Returns the periods that lie within the data with all of their journeys' time.

    The first event need not come at midnight, nor the last one: a week may begin within its first day.
    """
    last = options.last - options.within + HOUR
    first = options.first - (HOUR if options.unit == "day" else DAY)
    until = last if about.until is None else min(last, about.until)
    numbers = range(pages.first, pages.first + len(pages.begins) - 1)
    return [
        number
        for number, begin, end in zip(numbers, pages.begins[:-1].tolist(), pages.begins[1:].tolist(), strict=True)
        if begin >= first and end <= until
    ]


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
