"""What is known of a phase, and what a firm sends there by itself."""

from __future__ import annotations

from datetime import date

import pytest

from klantreis.map.check import check
from klantreis.map.checks.contract import Options
from klantreis.map.guide import guide
from klantreis.map.read import map_of

HEAD = "klantreis: 1\nid: x\ntitle: X\ntype: purchase\ntemplate: nl-5\nlanguages: [nl]\n"
TIPS = "touchpoints: {tips: {phase: gebruik, channel: email, initiator: company}}\n"
TOLD = "evidence: {gesprek: {kind: interview, source: Acht klanten}}\n"


def warned(piece: str) -> list[str | None]:
    found = check(map_of(HEAD + piece, file="x.reis.yaml"), Options(today=date(2026, 11, 22)))
    return [one.place.id for one in found if one.rule == "message-without-evidence"]


@pytest.mark.parametrize(
    "message",
    [
        "channel: email",
        "channel: newsletter",
        "channel: sms",
        "channel: push",
        "channel: whatsapp",
        "channel: app, kind: communication",
        "channel: post, kind: communication",
        "channel: chat, kind: communication",
        "channel: web, cap: 1 per week",
        "channel: email, planned: true",
        "channel: email, planned: true, match: tips_opened",
    ],
)
def test_whatever_a_firm_sends_in_a_phase_of_assumptions_is_warned_of(message: str) -> None:
    assert warned(f"touchpoints: {{tips: {{phase: gebruik, initiator: company, {message}}}}}") == ["tips"]


@pytest.mark.parametrize(
    "contact",
    [
        "channel: email",
        "channel: email, initiator: customer",
        "channel: store, initiator: company",
        "channel: post, initiator: company",
        "channel: parcel, initiator: company, kind: communication",
        "channel: email, initiator: peer",
        "channel: email, initiator: company, match: tips_opened",
        "channel: email, initiator: company, measurement: counter",
    ],
)
def test_what_customers_start_what_is_no_message_and_what_is_measured_is_left_alone(contact: str) -> None:
    assert warned(f"touchpoints: {{tips: {{phase: gebruik, {contact}}}}}") == []


def test_a_channel_of_your_own_with_the_drawing_of_e_mail_is_e_mail() -> None:
    own = "channels: {actiemail: {label: Actiemail, icon: email}}\n"
    assert warned(own + TIPS.replace("email", "actiemail")) == ["tips"]


@pytest.mark.parametrize(
    "known",
    [
        "phases: {gebruik: {evidence: [gesprek], draagt: {do: Ik draag}}}",
        "phases: {gebruik: {draagt: {do: Ik draag, evidence: [gesprek]}}}",
        "phases: {gebruik: {draagt: {do: Ik draag, provenance: confirmed}}}",
        "phases: {gebruik: {draagt: {do: Ik draag}}}\nbarriers: {krast: {at: draagt, evidence: [gesprek]}}",
        "phases: {gebruik: {draagt: {do: Ik draag}}}\nneeds: {poets: {at: draagt, provenance: observed}}",
        "phases: {gebruik: {draagt: {do: Ik draag, match: worn}}}",
    ],
)
def test_anything_that_is_known_of_the_phase_is_enough(known: str) -> None:
    assert warned(TOLD + known + "\n" + TIPS) == []


def test_what_is_known_of_another_phase_is_not_enough() -> None:
    other = "phases: {afweging: {kiest: {do: Ik kies, evidence: [gesprek]}}}\n"
    assert warned(TOLD + other + TIPS) == ["tips"]


def test_a_change_that_is_a_message_is_warned_of_until_it_is_decided() -> None:
    step = "phases: {gebruik: {draagt: {do: Ik draag}}}\nbarriers: {krast: {at: draagt}}\n"
    ideas = "opportunities: {poetstip: {solves: krast, kind: message}}\n"
    assert warned(step + "changes: {mailtje: {kind: message, at: draagt}}") == ["mailtje"]
    assert warned(step + ideas + "changes: {poetstip: {}}") == ["poetstip"]
    assert warned(step + ideas + "changes: {poetstip: {kind: page}}") == []
    assert warned(step + ideas + "changes: {poetstip: {verdict: improved}}") == []
    assert warned(step + "changes: {mailtje: {kind: page, at: draagt}}") == []


def test_step_four_of_the_guide_misses_the_same_phases() -> None:
    for piece in (TIPS, TOLD + "phases: {gebruik: {draagt: {do: Ik draag, evidence: [gesprek]}}}\n" + TIPS):
        research = guide(map_of(HEAD + piece))[3]
        assert research.key == "research"
        assert bool(warned(piece)) == ("gebruik" in {gap.id for gap in research.missing})
