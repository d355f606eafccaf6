"""What is asked about each change: its metric and guardrail in plain words, its window, its groups."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from klantreis.analyses.effect.cases import Measure
from klantreis.analyses.kpi_asked import Asked, Words, asked, unit_of, window_of
from klantreis.errors import OptionError, did_you_mean
from klantreis.journeys.model import About
from klantreis.labels import Label
from klantreis.map.arms import TREATED, arm_name
from klantreis.map.model import JourneyMap, Kpi, Survey
from klantreis.map.work import Arm, Change, Offer
from klantreis.spans import MICROSECONDS, zone

MIN_LIFT = 0.10
"""The smallest relative effect that matters, when a change names none."""

Side = Literal["treated", "control"]


@dataclass(frozen=True, slots=True)
class Options:
    """The changes to judge, with the words of their map: KPIs, surveys, (touchpoint, phase) and (touchpoint, step)
    pairs. `within`: the window of a share whose KPI names none, in microseconds. `looks`: 'once' judges when the window
    is over, 'any' on a sequence that may be looked at daily. `cuped`: use what the same people did before.

    `first`, `last` and `time_zone` are those of all data; `aware` fills them in.
    """

    changes: tuple[Change, ...] = ()
    kpis: tuple[Kpi, ...] = ()
    surveys: tuple[Survey, ...] = ()
    phases: tuple[tuple[str, str], ...] = ()
    steps: tuple[tuple[str, str], ...] = ()
    within: int | None = None
    looks: Literal["once", "any"] = "once"
    cuped: bool = True
    first: int = 0
    last: int = 0
    time_zone: str = "UTC"


def asked_by(map_: JourneyMap) -> Options | None:
    """Returns what a map asks: to judge its changes and offers that have begun or will; None when it has none."""
    changes = (*(change for change in map_.changes if change.starts), *_offers(map_))
    if not changes:
        return None
    order = {phase.id: place for place, phase in enumerate(map_.phases)}
    seen = sorted((one for one in map_.touchpoints if one.matcher is not None), key=lambda one: order.get(one.phase, 0))
    seconds = map_.journey.within_seconds or map_.journey.timeout_seconds
    return Options(
        changes=changes,
        kpis=map_.kpis,
        surveys=map_.surveys,
        phases=tuple((touch.id, touch.phase) for touch in seen),
        steps=tuple((touch, step.id) for _, step in map_.steps() for touch in step.touchpoints),
        within=None if seconds is None else round(seconds * MICROSECONDS),
    )


def _offers(map_: JourneyMap) -> tuple[Change, ...]:
    """Returns the offers that name a KPI and the day they begin, as changes that are judged before and after."""
    tried = {change.id for change in map_.changes}
    return tuple(
        Change(
            id=offer.id, label=offer.label, kind="offer", at=offer.at, design="before_after", starts=offer.starts,
            metric=offer.kpi, window_seconds=_open_for(offer),
        )
        for offer in map_.offers
        if offer.starts and offer.kpi and offer.id not in tried
    )  # fmt: skip


def _open_for(offer: Offer) -> float | None:
    """Returns how long an offer holds, its last day included, in seconds; None when nobody said, or it is no time."""
    if not offer.starts or not offer.ends:
        return None
    days = (_day(offer.ends, last=True) - _day(offer.starts)).days + 1
    return days * 86_400.0 if days > 0 else None


def _day(text: str, *, last: bool = False) -> date:
    """Returns a day ('2026-05-01'), or the first (or last) of a month ('2026-05') or a year."""
    year, month, number = (*(int(part) for part in text.split("-")), 0, 0)[:3]
    month = month or (12 if last else 1)
    return date(year, month, number or (monthrange(year, month)[1] if last else 1))


def of_map(map_: JourneyMap, change: str | None = None, looks: Literal["once", "any"] = "once") -> Options:
    """Returns what to ask to judge the changes of a map that have a date, or one of them.

    Raises OptionError for an unknown change, or one without a date.
    """
    options = asked_by(map_) or Options()
    wanted = options.changes
    if change is not None:
        wanted = tuple(one for one in wanted if one.id == change)
        if not wanted:
            raise _unknown(map_, change)
    return replace(options, changes=wanted, looks=looks)


def _unknown(map_: JourneyMap, change: str) -> OptionError:
    changes, offers = [one.id for one in map_.changes], [one.id for one in map_.offers]
    if change in offers:
        wrong = Label(
            f"De actie {change!r} heeft geen KPI of geen eerste dag, dus is er niet over te oordelen.",
            f"The offer {change!r} has no KPI or no first day, so it cannot be judged.",
        )
        mend = Label(
            "Schrijf beide op: 'kpi: conversion, starts: 2026-05-01'.",
            "Write both: 'kpi: conversion, starts: 2026-05-01'.",
        )
    elif change in changes:
        wrong = Label(
            f"De verandering {change!r} heeft geen datum, dus is er niet over te oordelen.",
            f"The change {change!r} has no date, so it cannot be judged.",
        )
        mend = Label(
            "Schrijf op wanneer ze begint: 'starts_at: 2026-05-01'.", "Write when it begins: 'starts_at: 2026-05-01'."
        )
    else:
        wrong = Label(f"De verandering {change!r} is er niet.", f"There is no change {change!r}.")
        mend = did_you_mean(change, [*changes, *offers])
    return OptionError(wrong, where=Label(f"kaart {map_.id}", f"map {map_.id}"), mend=mend)


def aware(options: Options, about: About) -> Options:
    """Returns the options with what must be known of all data before one bucket can be read: its ends and zone."""
    return replace(options, first=about.first, last=about.last, time_zone=about.time_zone)


def endless(change: Change, options: Options) -> bool:
    """Says whether a change is not judged, as it names no window and is to be judged when that is over."""
    return change.window_seconds is None and options.looks == "once"


def ripens(then: Options, now: Options) -> tuple[int, ...] | None:
    """Returns after how long an entry counts; None when the data begins elsewhere, so that its days are others.

    Before a change without a window lies as much time as after it: that reaches further back as the data goes on, over
    the moments that are now the sum of both ends less twice the beginning ago.
    """
    counted = [change for change in now.changes if not endless(change, now)]
    if (then.first, then.time_zone) != (now.first, now.time_zone):
        return None
    named = {name for change in counted for name in (change.metric, change.guardrail)}
    windows = {window_of(kpi.within) or now.within for kpi in now.kpis if kpi.id in named}
    for change in counted:
        if not change.window_seconds and change.starts is not None:
            windows.add(then.last + now.last - 2 * day_begins(change.starts, now.time_zone))
    return tuple(sorted(one for one in windows if isinstance(one, int)))


@dataclass(frozen=True, slots=True)
class Trial:
    """One change with its moments (microseconds): it counts cases from `begins` to `ends`, and before from `before`.

    `metric` and `guardrail` are what is measured, or the reason why it cannot be.
    """

    change: Change
    begins: int
    ends: int
    before: int
    metric: Measure | Label
    guardrail: Measure | Label | None

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What can be measured of it: the metric, then the guardrail."""
        return tuple(one for one in (self.metric, self.guardrail) if isinstance(one, Measure))

    @property
    def compared(self) -> bool:
        """Whether two groups are compared, and not two periods."""
        return self.change.design in {"ab", "holdout", "rollout"}

    @property
    def randomised(self) -> bool:
        """Whether chance decided who has it."""
        return self.change.design in {"ab", "holdout"}

    def arm(self, side: Side) -> str | None:
        """Returns by which name the data knows a group; None when the change does not say."""
        arm: Arm | None = self.change.treated if side == TREATED else self.change.control
        return None if arm is None else arm_name(self.change, arm, side)

    @property
    def arms(self) -> tuple[str | None, str | None]:
        """The names of the group with the change and of the group without."""
        return self.arm("treated"), self.arm("control")


def trials(options: Options, touchpoints: tuple[str, ...]) -> tuple[Trial, ...]:
    """Returns each change made plain, in the order of the map. A change without a window counts up to the end."""
    return tuple(_trial(change, options, touchpoints) for change in options.changes)


def day_begins(day: str, time_zone: str) -> int:
    """Returns when a date ('2026-05-01', '2026-05') begins in a zone, in microseconds UTC."""
    year, month, number = (*(int(part) for part in day.split("-")), 1, 1)[:3]
    return int(datetime(year, month, number, tzinfo=zone(time_zone)).timestamp()) * MICROSECONDS


def _trial(change: Change, options: Options, touchpoints: tuple[str, ...]) -> Trial:
    assert change.starts is not None
    begins = day_begins(change.starts, options.time_zone)
    window = round((change.window_seconds or 0) * MICROSECONDS)
    length = window or max(options.last - begins, 0)
    named = None if change.guardrail is None else _measure(change.guardrail, options, touchpoints)
    return Trial(
        change=change,
        begins=begins,
        ends=begins + window if window else max(options.last + 1, begins),
        before=begins - length,
        metric=_measure(change.metric, options, touchpoints),
        guardrail=named,
    )


def _measure(id_: str | None, options: Options, touchpoints: tuple[str, ...]) -> Measure | Label:
    if id_ is None:
        return Label(nl="Er is geen KPI genoemd die beslist.", en="No KPI is named that decides.")
    kpi = next((one for one in options.kpis if one.id == id_), None)
    if kpi is None:
        return Label(nl=f"Er is geen KPI met de naam '{id_}'.", en=f"There is no KPI called '{id_}'.")
    known = [(touch, phase) for touch, phase in options.phases if touch in touchpoints]
    steps = [(touch, step) for touch, step in options.steps if touch in touchpoints]
    plain = asked(kpi, Words(touchpoints, known, steps, options.surveys))
    if isinstance(plain, Label):
        return plain
    if plain.family == "bounce":
        return Label(
            nl="Een verandering wordt niet beoordeeld op wie meteen weer gaat: neem conversion naar wat daarna komt.",
            en="A change is not judged by who leaves at once: take conversion to what comes next.",
        )
    if plain.family == "contacts":
        return Label(
            nl="Een verandering wordt niet beoordeeld op het aantal contacten: neem conversion of een tijd.",
            en="A change is not judged by the number of contacts: take conversion or a time.",
        )
    if plain.family == "again" and _within(plain, options) is None:
        return Label(
            nl="Zeg met 'within' binnen hoeveel tijd iemand terug moet komen, bijvoorbeeld '90 dagen'.",
            en="Say with 'within' how soon somebody has to come back, such as '90 days'.",
        )
    survey = next((one for one in options.surveys if one.id in plain.about), None)
    return Measure(plain, _within(plain, options), survey)


def _within(plain: Asked, options: Options) -> int | None:
    """Returns the full time of a case: what the KPI says, of a time too, else what the map does."""
    own = window_of(plain.kpi.within) if plain.family == "time" else plain.within
    return (own if isinstance(own, int) else options.within) if plain.family in {"share", "time", "again"} else None


def unit(measure: Measure) -> str:
    """Returns the unit in which an effect on this measure is shown; a count is per person."""
    return "count" if measure.per_person and measure.unit == 1 else unit_of(measure.asked.kpi)
