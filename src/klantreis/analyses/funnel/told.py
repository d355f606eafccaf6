"""The funnel from the one part that is left: shares, waits, groups."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.funnel.laws import ripe_until
from klantreis.analyses.funnel.matched import EVERYBODY, KNOWN
from klantreis.analyses.funnel.options import Options
from klantreis.analyses.funnel.part import WHOLE, Part
from klantreis.analyses.funnel.result import NONE, Funnel, FunnelGroup, FunnelStep, ToConvert
from klantreis.analyses.funnel.tally import SPAN, matured
from klantreis.analyses.funnel.waiting import curve, median_of, median_wait
from klantreis.journeys.model import About, Names
from klantreis.stats.compare import difference
from klantreis.stats.intervals import Estimate, share
from klantreis.stats.ranks import quantile
from klantreis.stats.spread import Summary, group, summaries

Ints = NDArray[np.int64]
WITHOUT = ("missing", "not_reached", "mixed")
Counts = tuple[Ints, Ints, int]
"""Per step who reached it and who did so maturely; and everyone in the data."""


def finish(part: Part, options: Options, about: About) -> Funnel:
    """Returns the funnel; with nobody in it every count is 0 and every estimate empty."""
    last = max(part.last, about.last)
    whole, over = part.whole, matured(part.whole, ripe_until(options.within, last))
    seconds = summaries(part.seconds)
    none = np.zeros(len(options.steps), np.int64)
    counts = (whole.reached[0], over[0], part.units) if len(whole.groups) else (none, none, part.units)
    steps = _steps(counts, EVERYBODY, seconds, options)
    total = seconds.get(WHOLE)
    return Funnel(
        about=about,
        steps=steps,
        within=options.within,
        all_people=part.units,
        open_entries=steps[0].people - steps[0].mature if steps else 0,
        median_seconds=None if total is None else total.median,
        ties=options.ties,
        entry=options.entry,
        order=options.order,
        grain="session" if options.grain == "journey" and about.grain == "session" else options.grain,
        unknown=_unknown(options, about),
        excluded=part.excluded,
        to_convert=_to_convert(part, options, last, total),
        step_within=options.step_within,
        exclude=options.exclude,
        met=_met(part, options) if options.order == "any" else (),
        by=options.by,
        value_of=options.value_of,
        groups=_groups(part, options, about, counts),
        compare=options.compare,
    )


def _met(part: Part, options: Options) -> tuple[tuple[str, int], ...]:
    return tuple((id_, people) for (id_, _), people in zip(options.steps, part.met, strict=True))


def _unknown(options: Options, about: About) -> tuple[str, ...]:
    wanted = [touch for _, touches in options.steps for touch in touches]
    wanted += [touch for one in options.exclude for touch in one.touchpoints]
    known = set(about.names.touchpoints)
    return tuple(touch for touch in dict.fromkeys(wanted) if touch not in known)


def _steps(counts: Counts, group: int, seconds: Mapping[int, Summary], options: Options) -> tuple[FunnelStep, ...]:
    people, mature = counts[0].tolist(), counts[1].tolist()
    of = people if options.within is None else mature
    found, before = [], 0
    for place, (id_, _) in enumerate(options.steps):
        took, optional = seconds.get(group * SPAN + place), place in options.places
        step = FunnelStep(
            step=f"{place + 1}/{len(people)}" if options.order == "any" else id_,
            people=people[place],
            mature=mature[place],
            share=share(of[place], of[0]),
            from_previous=share(of[place], of[before]) if place else NONE,
            q25_seconds=took.q25 if took else None,
            median_seconds=took.median if took else None,
            q75_seconds=took.q75 if took else None,
            p90_seconds=took.p90 if took else None,
            of_all=share(people[place], counts[2]),
            optional=optional,
        )
        found.append(step)
        before = before if optional else place
    return tuple(found)


def _to_convert(part: Part, options: Options, last: int, total: Summary | None) -> ToConvert:
    if not options.steps:
        return ToConvert()
    of_all = None
    if options.within is not None:
        of_all = median_wait(part.seconds, WHOLE, part.waiting, (options.within, last))
    if total is None:
        return ToConvert(median_of_all=of_all)
    return ToConvert(quantile(part.seconds, WHOLE, 0.5), total.q25, total.q75, total.p90, of_all)


def _group_to_convert(part: Part, options: Options, cell: tuple[int, int, Summary | None], last: int) -> ToConvert:
    """How long a group took; `cell`: its code, how many of it did not convert, and the durations of those who did.

    Once anybody's entry is open every group has the median of all its entries, so that groups compare.
    """
    code, stayed, total = cell
    spreads, of_all = part.group_seconds, None
    if spreads is None or not options.steps:
        return ToConvert()
    key = code * SPAN + WHOLE
    if part.group_waiting is not None and options.within is not None:
        ends = options.within, last
        if len(part.waiting.settled(*ends).since):
            of_all = median_of(curve(group(spreads, key), part.group_waiting.settled(code, stayed, ends), ends))
    if total is None:
        return ToConvert(median_of_all=of_all)
    return ToConvert(quantile(spreads, key, 0.5), total.q25, total.q75, total.p90, of_all)


def _groups(part: Part, options: Options, about: About, everybody: Counts) -> tuple[FunnelGroup, ...]:
    """The groups, the largest first; beyond `most` the rest as one, which has no durations. Segments: all of them."""
    if part.groups is None or part.group_seconds is None:
        return ()
    last = max(part.last, about.last)
    tally, over = part.groups, matured(part.groups, ripe_until(options.within, last))
    seconds = summaries(part.group_seconds)
    codes = tally.groups.tolist()
    some = np.flatnonzero(tally.reached.any(axis=1) | over.any(axis=1)).tolist()
    order = sorted(some, key=lambda place: (-int(tally.reached[place, 0]), codes[place]))
    shown = order if options.by == "segment" else order[: options.most]
    found = []
    for place in shown:
        counts = tally.reached[place], over[place], part.units
        value, kind = _named(codes[place], about.names, options)
        steps, total = _steps(counts, codes[place], seconds, options), seconds.get(codes[place] * SPAN + WHOLE)
        gap = _against_the_rest(counts, everybody, options)
        stayed = int(counts[0][0] - counts[0][-1]) if len(counts[0]) else 0
        took = _group_to_convert(part, options, (codes[place], stayed, total), last)
        found.append(FunnelGroup(value, kind, steps, gap, None if total is None else total.median, took))
    rest = order[len(shown) :]
    if rest:
        counts = tally.reached[rest].sum(axis=0), over[rest].sum(axis=0), part.units
        steps = _steps(counts, 0, {}, options)
        found.append(FunnelGroup(None, "other", steps, _against_the_rest(counts, everybody, options)))
    return tuple(found)


def _named(code: int, names: Names, options: Options) -> tuple[str | None, str]:
    if code < KNOWN:
        return None, WITHOUT[code]
    lists = {
        "channel": names.channels,
        "detail": names.details,
        "event": names.events,
        "touchpoint": names.touchpoints,
        "segment": names.segments,
    }
    return lists[options.by or ""][code - KNOWN], "value"


def _against_the_rest(group: Counts, everybody: Counts, options: Options) -> Estimate:
    mine, all_ = (group[0], everybody[0]) if options.within is None else (group[1], everybody[1])
    rest = int(all_[-1] - mine[-1]), int(all_[0] - mine[0])
    return difference((int(mine[-1]), int(mine[0])), rest)
