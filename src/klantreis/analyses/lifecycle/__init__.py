"""Lifecycle: who is new, who returns, who comes back after a pause and who goes quiet; how often, and how long.

Per day, Monday week or month of a stated zone, everybody active is *new*, *returning* (active in the one before too) or
*resurrected* (earlier, not in the one before); who was active in the one before and is not now is *dormant*, counted
as lost: negative (PostHog lifecycle, Amplitude). The same walk tells how sticky it is (days active in a week or month,
DAU/WAU/MAU), how many do it again and how soon (Kaplan & Meier 1958), and, when a silence is named that means someone
is gone, how long people stay. Someone who began too late to be silent for so long says nothing about that yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.lifecycle.kernel import walked
from klantreis.analyses.lifecycle.part import NOWHEN, Part, added, lived, summed
from klantreis.analyses.lifecycle.part import settled as ended_by
from klantreis.analyses.lifecycle.result import ActiveDay, Interval, Lifecycle, Stickiness, Within
from klantreis.analyses.lifecycle.told import curve, days_of, intervals_of, stickiness_of
from klantreis.errors import OptionError, did_you_mean
from klantreis.journeys.model import About, Bucket
from klantreis.journeys.people import people, role_of
from klantreis.labels import Label
from klantreis.spans import LONGEST, MICROSECONDS
from klantreis.stats.calendar import DAY, DAYS, LENGTHS, Unit, calendar, check_zone
from klantreis.stats.groups import GROUPS, group_of
from klantreis.stats.intervals import share

__all__ = ["ActiveDay", "Interval", "Lifecycle", "Options", "Part", "Stickiness", "Within"]
__all__ += ["finish", "measure", "merge", "name"]

name = "lifecycle"
Ints = NDArray[np.int64]
Begun = TypeVar("Begun", ActiveDay, Interval)


@dataclass(frozen=True, slots=True)
class Options:
    """`events`: the touchpoints that make somebody active (none: any event). `unit`: day, week or month of the calendar
    in `time_zone`. `silence`: microseconds without one after which somebody is gone; None: nobody is said to be.
    `end`: the moment (microseconds) up to which the data are whole; None: the last event.
    """

    events: tuple[str, ...] = ()
    unit: Unit = "week"
    time_zone: str = "UTC"
    silence: int | None = None
    end: int | None = None


def measure(bucket: Bucket, options: Options) -> Part:
    """Returns what one bucket adds. Raises OptionError for options that cannot be."""
    _check(options)
    found = people(bucket)
    latest = int(found.at.max(initial=NOWHEN))
    now = options.end if options.end is not None else latest
    last = now if options.end is None else now - 1
    if not len(found.at) or (begin := int(found.at.min())) > last:
        return _none(options, now)
    days = calendar("day", options.time_zone, begin, min(last, latest))
    units = calendar(options.unit, options.time_zone, begin, int(days.begins[-2]))
    unit_of = units.numbers(days.begins[:-1]) - units.first
    role = role_of(bucket.names.touchpoints, (options.events,))
    pages = (days.begins, unit_of, int(unit_of[-1]) + 1, DAYS[options.unit], last)
    person = bucket.person[np.diff(bucket.person, prepend=-1) != 0]
    own = (found.touch, found.at, found.first, group_of(bucket.keys)[person])
    states, active, spread, lives = walked(role, own, pages)
    again, once, stayed, open_ = lived(lives, options.silence, now)
    return Part(units.first, states, spread, days.first, active, again, once, stayed, open_, options.silence, now)


def merge(one: Part, other: Part) -> Part:
    """Returns two parts as one; associative and commutative."""
    return added(one, other)


def finish(part: Part, options: Options, about: About) -> Lifecycle:
    """Returns the lifecycle; with nobody active there are no intervals and every estimate is empty."""
    now = part.now if options.end is not None or part.now == NOWHEN else max(part.now, about.last)
    stayed, waiting, silence = part.stayed, part.open, options.silence
    again, everybody = int(part.again.sum()), int(part.again.sum()) + len(part.once)
    if silence is not None and len(waiting):
        ended, waiting = ended_by(waiting, silence, now)
        stayed = summed(stayed, ended)
    told = (
        (part.day, part.unit) if not everybody else (_number("day", options, now), _number(options.unit, options, now))
    )
    days, returned = days_of(part, told[0]), curve(part.again, (now - part.once) // DAY)
    begun = (
        (waiting[:, 0] <= now - silence) if silence is not None and len(waiting) else np.zeros(len(waiting), np.bool_)
    )
    lives = curve(stayed, (now - (silence or 0) - waiting[begun, 0]) // DAY)
    return Lifecycle(
        about=about,
        unit=options.unit,
        intervals=_begun(intervals_of(part, options.unit, told[1]), options, options.unit),
        days=_begun(days, options, "day"),
        stickiness=stickiness_of(part, options.unit, told),
        people=everybody,
        again=again,
        repeat_rate=share(again, everybody),
        again_within=returned.points,
        again_days=returned.median,
        silence=silence,
        gone=None if silence is None else int(stayed.sum()),
        gone_within=lives.points,
        gone_days=lives.median,
        events=options.events,
        time_zone=options.time_zone,
        unknown=tuple(one for one in options.events if one not in set(about.names.touchpoints)),
    )


def _check(options: Options) -> None:
    if options.unit not in LENGTHS:
        raise OptionError(
            Label(f"De eenheid {options.unit!r} is er niet.", f"There is no unit {options.unit!r}."),
            where="unit",
            mend=did_you_mean(options.unit, LENGTHS),
        )
    check_zone(options.time_zone)
    if options.silence is not None and options.silence <= 0:
        raise OptionError(
            Label("Een stilte duurt langer dan niets.", "A silence lasts longer than nothing."),
            where="silence",
            mend=Label("Geef een tijdsduur, zoals '90d'.", "Give a span such as '90d'."),
        )
    if options.end is not None and abs(options.end) > LONGEST * MICROSECONDS:
        raise OptionError(
            Label("Zo ver weg kunnen de gegevens niet eindigen.", "The data cannot end so far away."),
            where="end",
            mend=Label("Geef een datum, zoals 2026-11-22.", "Give a date such as 2026-11-22."),
        )


def _number(unit: Unit, options: Options, now: int) -> int:
    """Returns the number of the unit that a moment lies in."""
    return calendar(unit, options.time_zone, now, now).first


def _begun(units: tuple[Begun, ...], options: Options, unit: Unit) -> tuple[Begun, ...]:
    """Returns the units without the one that would begin at the very end, of which nothing is in the data."""
    if options.end is None or not units:
        return units
    begins = int(calendar(unit, options.time_zone, options.end, options.end).begins[0])
    return units[:-1] if begins == options.end else units


def _none(options: Options, last: int) -> Part:
    none, wide = np.zeros(0, np.int64), DAYS[options.unit] + 1
    empty = np.zeros((4, 0), np.int64), np.zeros((0, GROUPS * wide), np.int64), np.zeros((3 * GROUPS, 0), np.int64)
    return Part(
        0, empty[0], empty[1], 0, empty[2], none, none, none, np.zeros((0, 2), np.int64), options.silence, last
    )  # fmt: skip
