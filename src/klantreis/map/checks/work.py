"""Checks of barriers, opportunities, changes and upkeep."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from klantreis.labels import Label
from klantreis.map.checks.contract import Check, Options, Remark
from klantreis.map.model import JourneyMap
from klantreis.map.read_values import last_day
from klantreis.spans import span_seconds


def barrier_unanswered(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """A barrier that no opportunity answers; trivial ones are left alone.

    Fires:

        phases: {aankoop: {kassa: {barrier: {kind: time, text: Lange rij}}}}

    Does not fire:

        phases: {aankoop: {kassa: {barrier: {kind: time, text: Lange rij}}}}
        opportunities: {zelfscan: {solves: kassa_time, impact: 4, effort: 3, confidence: 3}}
    """
    solved = {name for one in map_.opportunities for name in one.solves}
    for barrier in map_.barriers:
        if barrier.id not in solved and barrier.severity != "trivial":
            yield Remark(
                barrier.id,
                Label(f"Niets lost '{barrier.id}' op", f"Nothing solves '{barrier.id}'"),
                advice=Label(
                    f"Voeg een kans toe met 'solves: {barrier.id}'.", f"Add an opportunity with 'solves: {barrier.id}'."
                ),
            )


def opportunity_without_barrier(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """An idea that takes no barrier away has no reach, so it cannot be ranked.

    Fires:

        opportunities: {zelfscan: {impact: 4, effort: 3, confidence: 3}}

    Does not fire:

        phases: {aankoop: {kassa: {barrier: {kind: time, text: Lange rij}}}}
        opportunities: {zelfscan: {solves: kassa_time, impact: 4, effort: 3, confidence: 3}}
    """
    for one in map_.opportunities:
        if not one.solves:
            yield Remark(
                one.id,
                Label(f"De kans '{one.id}' lost geen barrière op", f"The opportunity '{one.id}' solves no barrier"),
                advice=Label(
                    "Zeg met 'solves' welke barrière hij wegneemt.", "Say with 'solves' which barrier it takes away."
                ),
            )


def change_without_measure(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """A change that was made, of which nobody can ever say whether it helped.

    It has begun (`starts_at`), but names no `metric` or no `window` after which it is judged.

    Fires:

        changes: {tweede_kassa: {starts_at: 2026-10-01}}

    Does not fire:

        kpis: {wachttijd: {phase: aankoop, metric: median_minutes, target: "<= 5"}}
        changes: {tweede_kassa: {starts_at: 2026-10-01, metric: wachttijd, window: 28 days}}
    """
    for change in map_.changes:
        missing = [key for key, value in (("metric", change.metric), ("window", change.window_seconds)) if not value]
        if change.starts and missing and change.verdict is None:
            keys = ", ".join(missing)
            yield Remark(
                change.id,
                Label(f"Hoe weet je of '{change.id}' helpt?", f"How will you know whether '{change.id}' helps?"),
                Label(f"Er ontbreekt: {keys}.", f"It lacks: {keys}."),
                Label("Noem een KPI bij 'metric' en een 'window'.", "Name a KPI as 'metric', and a 'window'."),
            )


def nobody_keeps_it(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """A map without an owner or a review date goes stale unseen.

    Fires:

        title: Een stoel kopen

    Does not fire:

        owner: winkelteam
        review_every: 90 days
    """
    missing = [key for key, value in (("owner", map_.owner), ("review_every", map_.review_every)) if not value]
    if missing:
        keys = ", ".join(missing)
        yield Remark(
            None,
            Label(f"Niet gezegd wie de kaart bijhoudt ({keys})", f"Nobody is said to keep this map ({keys})"),
            advice=Label(
                "Voeg toe: 'owner: …' en 'review_every: 90 days'.", "Add 'owner: …' and 'review_every: 90 days'."
            ),
        )


def review_overdue(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """A map that should have been looked over by now.

    `review_every` counts from the `reviewed` date, or else from that of the last version. Archived maps are left
    alone.

    Fires:

        review_every: 90 days
        reviewed: 2026-01-15

    Does not fire:

        review_every: 90 days
        reviewed: 2026-11-01
    """
    since = map_.reviewed or map_.version.date
    if options.today and since and map_.review_every and map_.status != "archived":
        until = last_day(since) + timedelta(seconds=span_seconds(map_.review_every))
        if until < options.today:
            yield Remark(
                None,
                Label("Deze kaart moet bekeken worden", "This map is due for review"),
                Label(f"Dat moest voor {until.isoformat()}.", f"That was due by {until.isoformat()}."),
                Label(
                    "Loop hem na, en zet de dag bij 'reviewed'.", "Walk through it, and write the day at 'reviewed'."
                ),
            )


CHECKS = (
    Check("hint", barrier_unanswered),
    Check("hint", opportunity_without_barrier),
    Check("hint", change_without_measure),
    Check("hint", nobody_keeps_it),
    Check("warning", review_overdue),
)
