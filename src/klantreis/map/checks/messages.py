"""A check of messages: that something is known of the customer who gets them."""

from __future__ import annotations

from collections.abc import Iterator

from klantreis.labels import Label
from klantreis.map.checks.contract import Check, Options, Remark
from klantreis.map.grounds import message_of, only_assumed, places_of, sends, spots_of
from klantreis.map.model import JourneyMap
from klantreis.map.naming import both_names


def message_without_evidence(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """A message that we send in a phase of which nothing is known.

    First understand, then automate: who does not know what customers do and want here sends the wrong thing to many at
    once. Fires for a touchpoint at which we send by ourselves (`initiator: company` in e-mail, newsletter, sms, push or
    WhatsApp; in app, chat or post when it is `communication`; or with a `cap`), also when it is planned, and for a
    change of kind `message` that is not decided yet. Silent as soon as anything in the phase is observed, measured or
    confirmed: a step, need or barrier that names evidence, a touchpoint that is measured. What is planned tells nothing
    yet, so the matcher of a planned message does not count.

    Fires:

        touchpoints: {tips: {phase: gebruik, channel: email, initiator: company, planned: true, match: tips_opened}}

    Does not fire:

        evidence: {gesprekken: {kind: interview, source: Acht klanten thuis, sample: 8}}
        phases: {gebruik: {draagt: {do: Ik draag hem elke dag, evidence: [gesprekken], provenance: observed}}}
        touchpoints: {tips: {phase: gebruik, channel: email, initiator: company, planned: true, match: tips_opened}}
    """
    for phase in map_.phases:
        spots = spots_of(map_, phase)
        sent = [touch.id for touch in map_.touchpoints if touch.id in spots and sends(map_, touch)]
        tried = [one for one in map_.changes if one.verdict is None and message_of(map_, one)]
        sent += [one.id for one in tried if spots.intersection(places_of(map_, one))]
        if sent and only_assumed(map_, phase):
            name = both_names(phase.label, phase.id)
            for id_ in dict.fromkeys(sent):
                yield Remark(
                    id_,
                    Label(
                        f"'{id_}' stuurt iets in een fase waarvan niets bekend is",
                        f"'{id_}' sends something in a phase of which nothing is known",
                    ),
                    Label(
                        f"In de fase {name.nl} is alles aanname: niets is waargenomen, gemeten of bevestigd.",
                        f"In the phase {name.en} all is assumed: nothing was observed, measured or confirmed.",
                    ),
                    Label(
                        "Zoek het eerst uit en zet erbij waarvan je het weet: 'evidence: [naam]', of 'match:' bij een "
                        "contactmoment. Stap 4 van klantreis guide laat zien wat er nog moet.",
                        "Find out first and say where it comes from: 'evidence: [name]', or 'match:' at a touchpoint. "
                        "Step 4 of klantreis guide shows what is still missing.",
                    ),
                )


CHECKS = (Check("warning", message_without_evidence),)
