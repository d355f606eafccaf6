"""Checks of barriers, opportunities, evidence and upkeep."""

from __future__ import annotations

from collections.abc import Iterator

from klantreis.findings import Finding
from klantreis.labels import Label
from klantreis.map.model import Barrier, JourneyMap, Persona, Scenario, Step, Touchpoint


def barrier_unanswered(map_: JourneyMap) -> Iterator[Finding]:
    """A barrier that no opportunity answers; trivial ones are left alone."""
    solved = {name for one in map_.opportunities for name in one.solves}
    for barrier in map_.barriers:
        if barrier.id not in solved and barrier.severity != "trivial":
            yield Finding(
                "barrier-unanswered",
                "hint",
                map_.place(barrier.id),
                Label(f"Niets lost '{barrier.id}' op", f"Nothing solves '{barrier.id}'"),
                advice=Label(
                    f"Voeg een kans toe met 'solves: {barrier.id}'.", f"Add an opportunity with 'solves: {barrier.id}'."
                ),
            )


def opportunity_without_barrier(map_: JourneyMap) -> Iterator[Finding]:
    """An idea that takes no barrier away has no reach, so it cannot be ranked."""
    for one in map_.opportunities:
        if not one.solves:
            yield Finding(
                "opportunity-without-barrier",
                "hint",
                map_.place(one.id),
                Label(f"De kans '{one.id}' lost geen barrière op", f"The opportunity '{one.id}' solves no barrier"),
                advice=Label(
                    "Zeg met 'solves' welke barrière hij wegneemt.", "Say with 'solves' which barrier it takes away."
                ),
            )


def evidence_unused(map_: JourneyMap) -> Iterator[Finding]:
    """Evidence that nothing on the map points at."""
    holders: tuple[Persona | Touchpoint | Scenario | Barrier | Step, ...]
    holders = (*map_.personas, *map_.touchpoints, *map_.scenarios, *map_.barriers, *(step for _, step in map_.steps()))
    used = {name for holder in holders for name in holder.evidence}
    for evidence in map_.evidence:
        if evidence.id not in used:
            yield Finding(
                "evidence-unused",
                "hint",
                map_.place(evidence.id),
                Label(
                    f"Niets verwijst naar het bewijs '{evidence.id}'", f"Nothing points at the evidence '{evidence.id}'"
                ),
                advice=Label(
                    "Noem het bij 'evidence' van wat het bewijst.", "Name it in the 'evidence' of what it proves."
                ),
            )


def nobody_keeps_it(map_: JourneyMap) -> Iterator[Finding]:
    """A map without an owner or a review date goes stale unseen."""
    missing = [key for key, value in (("owner", map_.owner), ("review_every", map_.review_every)) if not value]
    if missing:
        keys = ", ".join(missing)
        yield Finding(
            "nobody-keeps-it",
            "hint",
            map_.place(),
            Label(f"Niet gezegd wie de kaart bijhoudt ({keys})", f"Nobody is said to keep this map ({keys})"),
            advice=Label(
                "Voeg toe: 'owner: …' en 'review_every: 90 days'.", "Add 'owner: …' and 'review_every: 90 days'."
            ),
        )


CHECKS = (barrier_unanswered, opportunity_without_barrier, evidence_unused, nobody_keeps_it)
