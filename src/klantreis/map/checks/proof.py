"""Checks of what the map leans on: evidence, claims, and how much is still somebody else's assumption."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from klantreis.labels import Label
from klantreis.map.certainty import cells
from klantreis.map.checks.contract import Check, Options, Remark
from klantreis.map.model import JourneyMap
from klantreis.map.people import Persona
from klantreis.map.proof import Evidence
from klantreis.map.read_values import last_day
from klantreis.map.stages import Scenario
from klantreis.map.work import Barrier, Need
from klantreis.spans import dated


def evidence_unused(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """Evidence that nothing on the map points at.

    Fires:

        evidence: {gesprek: {kind: interview, source: vijf klanten}}

    Does not fire:

        evidence: {gesprek: {kind: interview, source: vijf klanten}}
        personas: {lisa: {goal: Een stoel, evidence: gesprek}}
    """
    steps = [step for _, step in map_.steps()]
    cells_of_lanes = [cell for lane in map_.lanes for cell in lane.cells]
    holders = (
        map_.personas, map_.touchpoints, map_.scenarios, map_.barriers, map_.needs, map_.claims, map_.phases, steps,
        map_.alternatives, map_.opportunities, cells_of_lanes,
    )  # fmt: skip
    used = {name for held in holders for holder in held for name in holder.evidence}
    for evidence in map_.evidence:
        if evidence.id not in used:
            yield Remark(
                evidence.id,
                Label(
                    f"Niets verwijst naar het bewijs '{evidence.id}'", f"Nothing points at the evidence '{evidence.id}'"
                ),
                advice=Label(
                    "Noem het bij 'evidence' van wat het bewijst.", "Name it in the 'evidence' of what it proves."
                ),
            )


def stale_evidence(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """Evidence that is older than it was said to hold.

    `fresh_for` counts from the last day of its `date`. Evidence without one of the two never goes stale.

    Fires:

        evidence: {enquete: {kind: survey, source: enquête, date: 2024-03, fresh_for: 365 days}}
        personas: {lisa: {goal: Een stoel, evidence: enquete}}

    Does not fire:

        evidence: {enquete: {kind: survey, source: enquête, date: 2026-10, fresh_for: 365 days}}
        personas: {lisa: {goal: Een stoel, evidence: enquete}}
    """
    for evidence in map_.evidence:
        if options.today and evidence.date and evidence.fresh_seconds is not None:
            until = last_day(evidence.date) + timedelta(seconds=evidence.fresh_seconds)
            if until < options.today:
                yield Remark(
                    evidence.id,
                    Label(f"Het bewijs '{evidence.id}' is verouderd", f"The evidence '{evidence.id}' is stale"),
                    Label(f"Het gold tot {dated(until, 'nl')}.", f"It held until {dated(until, 'en')}."),
                    Label("Onderzoek het opnieuw, of haal het weg.", "Look again, or take it away."),
                )


def claim_without_source(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """A claim towards customers that names no evidence, or evidence without a source.

    '9,000 owners went before you' may be said only by who can show where the number comes from.

    Fires:

        claims: {eigenaren: {text: 9.000 ondernemers gingen je voor}}

    Does not fire:

        evidence: {telling: {kind: analytics, source: "accounts met een inlog dit jaar", date: 2026-10}}
        claims: {eigenaren: {text: 9.000 ondernemers gingen je voor, evidence: telling}}
    """
    sourced = {one.id for one in map_.evidence if _sourced(one)}
    for claim in map_.claims:
        if not sourced.intersection(claim.evidence):
            yield Remark(
                claim.id,
                Label(f"Waar komt '{claim.id}' vandaan?", f"Where does '{claim.id}' come from?"),
                Label("Deze bewering heeft geen bron.", "This claim has no source."),
                Label(
                    "Noem bij 'evidence' een bewijs met 'source' of 'url', of haal de bewering weg.",
                    "Name in 'evidence' one with a 'source' or 'url', or take the claim away.",
                ),
            )


def testimonial_without_consent(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """A testimonial of a person of whom nobody says that they agreed.

    Fires:

        evidence: {fatima: {kind: testimonial, person: Fatima, quote: Snel geholpen}}
        personas: {lisa: {goal: Een stoel, evidence: fatima}}

    Does not fire:

        evidence: {fatima: {kind: testimonial, person: Fatima, quote: Snel geholpen, consent: per mail 2026-03-01}}
        personas: {lisa: {goal: Een stoel, evidence: fatima}}
    """
    for evidence in map_.evidence:
        if evidence.kind == "testimonial" and not evidence.agreed:
            yield Remark(
                evidence.id,
                Label(f"Mag '{evidence.id}' genoemd worden?", f"May '{evidence.id}' be quoted?"),
                Label("Bij deze aanbeveling staat geen toestemming.", "This testimonial names no consent."),
                Label("Voeg 'consent: hoe en wanneer' toe.", "Add 'consent: how and when'."),
            )


def sure_without_evidence(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """Something called observed or measured that names no evidence.

    What was seen was seen somewhere. A scenario, persona, barrier or need that is more than an assumption says where.

    Fires:

        personas: {lisa: {goal: Een stoel, provenance: observed}}

    Does not fire:

        evidence: {gesprek: {kind: interview, source: vijf klanten}}
        personas: {lisa: {goal: Een stoel, provenance: observed, evidence: gesprek}}
    """
    several: tuple[Persona | Scenario | Barrier | Need, ...]
    several = (*map_.personas, *map_.scenarios, *map_.barriers, *map_.needs)
    for one in several:
        if one.provenance in {"observed", "measured"} and not one.evidence:
            yield Remark(
                one.id,
                Label(f"Waar bleek '{one.id}' uit?", f"Where was '{one.id}' seen?"),
                Label(f"Er staat {one.provenance}, maar geen bewijs.", f"It says {one.provenance}, but no evidence."),
                Label("Noem het bewijs bij 'evidence'.", "Name it in 'evidence'."),
            )


def unconfirmed_template(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """Cells that came with a template or an import and that nobody here has confirmed, with their share.

    Every journey is its own: what another firm or a template says is an assumption until somebody here looks. Give
    the phase a goal of its own, or say `provenance: confirmed`. Phases without steps are left alone.

    Fires:

        phases: {aankoop: {kassa: {do: Ik betaal}}}

    Does not fire:

        phases: {aankoop: {provenance: confirmed, kassa: {do: Ik betaal}}}
    """
    empty = {phase.id for phase in map_.phases if not phase.steps}
    found = [cell for cell in cells(map_) if cell.at not in empty]
    open_ = [cell for cell in found if cell.unconfirmed]
    if open_:
        share = f"{len(open_) / len(found):.0%}"
        names = ", ".join(dict.fromkeys(cell.at for cell in open_))
        yield Remark(
            None,
            Label(
                f"{len(open_)} van {len(found)} cellen zijn nog van het sjabloon ({share})",
                f"{len(open_)} of {len(found)} cells are still the template's ({share})",
            ),
            Label(f"Bij: {names}.", f"At: {names}."),
            Label(
                "Schrijf het in eigen woorden, of bevestig het met 'provenance: confirmed'.",
                "Write it in your own words, or confirm it with 'provenance: confirmed'.",
            ),
        )


def _sourced(evidence: Evidence) -> bool:
    return bool(evidence.source or evidence.url or (evidence.person and evidence.consent))


CHECKS = (
    Check("hint", evidence_unused),
    Check("warning", stale_evidence),
    Check("warning", claim_without_source),
    Check("warning", testimonial_without_consent),
    Check("hint", sure_without_evidence),
    Check("hint", unconfirmed_template),
)
