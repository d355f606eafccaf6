"""Checks of phases: measured, with something good in it, with something done, and from the beginning to the end."""

from __future__ import annotations

from collections.abc import Iterator

from klantreis.labels import Label
from klantreis.map.aims import judged
from klantreis.map.checks.contract import Check, Options, Remark
from klantreis.map.kinds import PhaseClass
from klantreis.map.model import JourneyMap
from klantreis.map.naming import both_names
from klantreis.map.stages import Phase

BEFORE: frozenset[PhaseClass] = frozenset({"AW", "OR"})
AFTER: frozenset[PhaseClass] = frozenset({"US", "SE", "LO", "AD"})
LOYAL: frozenset[PhaseClass] = frozenset({"LO", "AD"})


def phase_without_kpi(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """A phase that nothing measures cannot be steered.

    A KPI counts for the phase it names, or for the phase of the place it names.

    Fires:

        phases: {aankoop: {kassa: {do: Ik betaal}}}

    Does not fire:

        template: funnel-3
        kpis:
          gezien: {phase: orientatie, metric: people, target: ">= 1000"}
          vergeleken: {phase: overweging, metric: people, target: ">= 300"}
          gekozen: {phase: beslissing, metric: people, target: ">= 30"}
    """
    measured = judged(map_)
    for phase in map_.phases:
        if phase.id not in measured:
            name = both_names(phase.label, phase.id)
            yield Remark(
                phase.id,
                Label(f"De fase {name.nl} heeft geen KPI", f"The phase {name.en} has no KPI"),
                advice=Label(
                    f"Voeg onder kpis iets toe als '{{phase: {phase.id}, metric: people}}'.",
                    f"Add something like '{{phase: {phase.id}, metric: people}}' under kpis.",
                ),
            )


def phase_empty(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """A phase with no step, no touchpoint and no action: it says that nothing happens there.

    A map of which most phases are still empty has only begun, and is left alone.

    Fires:

        phases:
          orientatie: {zoeken: {do: Ik zoek}}
          afweging: {kiezen: {do: Ik kies}}
          aankoop: {kassa: {do: Ik betaal}}
          gebruik: {}

    Does not fire:

        phases: {aankoop: {kassa: {do: Ik betaal}}}
    """
    filled = {touch.phase for touch in map_.touchpoints} | {phase.id for phase, _ in map_.steps()}
    filled |= {phase.id for phase in map_.phases if phase.actions}
    begun = 2 * len(filled) >= len(map_.phases)
    for phase in map_.phases:
        if begun and phase.id not in filled:
            name = both_names(phase.label, phase.id)
            yield Remark(
                phase.id,
                Label(f"De fase {name.nl} is leeg", f"The phase {name.en} is empty"),
                advice=Label(
                    "Schrijf op wat de klant hier doet, of haal de fase van de kaart.",
                    "Write down what the customer does here, or take the phase off the map.",
                ),
            )


def phase_without_positive_contact(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """A phase where nothing feels better than neutral.

    What do you give extra here? Phases without steps are left alone, and so are those in which no step is ours to
    change (`influence: none`).

    Fires:

        phases: {aankoop: {kassa: {do: Ik betaal, feel: -1}}}

    Does not fire:

        phases: {aankoop: {kassa: {do: Ik betaal, feel: -1}, ijsje: {do: Ik neem een ijsje, delight: true}}}
    """
    for phase in map_.phases:
        ours = any(step.influence != "none" for step in phase.steps)
        if ours and not _joyful(map_, phase):
            name = both_names(phase.label, phase.id)
            yield Remark(
                phase.id,
                Label(f"Niets in de fase {name.nl} voelt goed", f"Nothing in the phase {name.en} feels good"),
                Label(
                    "Geen stap heeft een gevoel boven nul en geen contactmoment verrast.",
                    "No step feels better than neutral and no touchpoint delights.",
                ),
                Label(
                    "Wat geef je hier extra? Zet er 'delight: true' bij.", "What extra do you give? Mark it 'delight'."
                ),
            )


def phase_without_action(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """A phase in which nobody says what we do for the customer.

    The playbook of a phase is its `actions`: an insight, what is done with it, with which asset and by whom. Phases
    without steps are left alone.

    Fires:

        phases: {aankoop: {kassa: {do: Ik betaal}}}

    Does not fire:

        phases: {aankoop: {actions: {open: {do: Bij drukte gaat een tweede kassa open}}, kassa: {do: Ik betaal}}}
    """
    for phase in map_.phases:
        if phase.steps and not phase.actions:
            name = both_names(phase.label, phase.id)
            yield Remark(
                phase.id,
                Label(f"Wat doen wij in de fase {name.nl}?", f"What do we do in the phase {name.en}?"),
                Label("Deze fase heeft geen actie.", "This phase has no action."),
                Label("Voeg toe: 'actions: {naam: {do: …, owner: …}}'.", "Add: 'actions: {name: {do: …, owner: …}}'."),
            )


def loyalty_without_action(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """Effort to win customers, and none to keep them.

    Selling to a customer is easier than winning one, yet much goes into winning and then nothing. Fires when phases
    before or at the purchase have actions, and no phase of loyalty or advocacy has one.

    Fires:

        phases: {orientatie: {actions: {folder: {do: Een folder door de bus, cost: 900}}}}

    Does not fire:

        phases:
          orientatie: {actions: {folder: {do: Een folder door de bus, cost: 900}}}
          loyaliteit: {actions: {kaart: {do: Een stempelkaart, cost: 100}}}
    """
    late = [phase for phase in map_.phases if LOYAL.intersection(phase.classes)]
    early = [action for phase in map_.phases if not AFTER.intersection(phase.classes) for action in phase.actions]
    if late and early and not any(phase.actions for phase in late):
        name = both_names(late[0].label, late[0].id)
        spent, many = f"{sum(action.cost or 0 for action in early):,.0f}", len(early)
        cost = (
            ("", "")
            if spent == "0"
            else (f" (kosten per maand: {spent.replace(',', '.')})", f" (cost a month: {spent})")
        )
        yield Remark(
            late[0].id,
            Label("Winnen wel, behouden niet", "Winning, but not keeping"),
            Label(
                ("1 actie gaat" if many == 1 else f"{many} acties gaan")
                + f" naar winnen{cost[0]}, geen naar {name.nl}.",
                ("1 action goes" if many == 1 else f"{many} actions go") + f" to winning{cost[1]}, none to {name.en}.",
            ),
            Label("Bedenk één ding voor wie al klant is.", "Think of one thing for who is a customer already."),
        )


def begins_too_late(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """A purchase whose map begins when the customer is already comparing or buying.

    Before that they met you, or did not. A map that means to begin later says so: `scope: {preset: from_purchase}` or
    `part`.

    Fires:

        template: cdj
        phases: {eerste: {label: Vergelijken, class: CO}}

    Does not fire:

        phases: {orientatie: {zoeken: {do: Ik zoek}}}
    """
    known = [phase for phase in map_.phases if phase.classes]
    if map_.type == "purchase" and known and map_.scope.preset not in {"from_purchase", "part"}:
        first = known[0]
        if not BEFORE.intersection(first.classes):
            yield Remark(
                first.id,
                Label("De kaart begint te laat", "The map begins too late"),
                Label(
                    "Bewustwording en oriëntatie ontbreken: hoe kwam de klant hier?",
                    "Awareness and orientation are missing: how did the customer get here?",
                ),
                Label(
                    "Voeg een fase toe met class: AW of OR, of zeg 'scope: {preset: part}'.",
                    "Add a phase with class: AW or OR, or say 'scope: {preset: part}'.",
                ),
            )


def stops_too_early(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """A purchase that ends at the till.

    Use, service and loyalty belong to the journey from A to Z. A map that means to end there says so:
    `scope: {preset: to_purchase}` or `part`.

    Fires:

        template: funnel-3
        phases: {beslissing: {kassa: {do: Ik betaal}}}

    Does not fire:

        template: funnel-3
        scope: {preset: to_purchase}
        phases: {beslissing: {kassa: {do: Ik betaal}}}
    """
    known = {klass for phase in map_.phases for klass in phase.classes}
    covered = map_.scope.preset in {"to_purchase", "part"}
    if map_.type == "purchase" and known and not known & AFTER and not covered:
        yield Remark(
            None,
            Label("De kaart stopt bij de aankoop", "The map stops at the purchase"),
            Label("Gebruik, service en loyaliteit ontbreken.", "Use, service and loyalty are missing."),
            Label(
                "Voeg een fase toe met class: US, SE of LO, of zeg 'scope: {preset: to_purchase}'.",
                "Add a phase with class: US, SE or LO, or say 'scope: {preset: to_purchase}'.",
            ),
        )


def one_id_for_two(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """A phase and a step or touchpoint with the same id, or ids that differ only by capitals.

    Results and pictures cannot tell the first two apart, people and some file systems not the last.

    Fires:

        phases: {aankoop: {orientatie: {do: Ik kijk nog eens}}}

    Does not fire:

        phases: {aankoop: {nog_eens: {do: Ik kijk nog eens}}}
    """
    spots = dict.fromkeys([*(touch.id for touch in map_.touchpoints), *(step.id for _, step in map_.steps())])
    for phase in map_.phases:
        if phase.id in spots:
            yield Remark(
                phase.id,
                Label(
                    f"'{phase.id}' is een fase en ook een stap of contactmoment",
                    f"'{phase.id}' is a phase and a step or touchpoint as well",
                ),
                advice=Label("Geef de stap een eigen woord.", "Give the step a word of its own."),
            )
    first: dict[str, str] = {}
    for id_ in dict.fromkeys([*(phase.id for phase in map_.phases), *spots]):
        other = first.setdefault(id_.casefold(), id_)
        if other != id_:
            yield Remark(
                id_,
                Label(f"'{other}' en '{id_}' lijken te veel op elkaar", f"'{other}' and '{id_}' are too much alike"),
                Label("Ze verschillen alleen in hoofdletters.", "They differ only by capitals."),
                Label("Geef een van beide een ander woord.", "Give one of them another word."),
            )


def _joyful(map_: JourneyMap, phase: Phase) -> bool:
    delights = any(touch.delight for touch in map_.touchpoints if touch.phase == phase.id)
    return delights or any(
        step.delight or (step.feel or 0) > 0 or any(one.value > 0 for one in step.feels) for step in phase.steps
    )


CHECKS = (
    Check("hint", phase_empty),
    Check("hint", phase_without_kpi),
    Check("hint", phase_without_positive_contact),
    Check("hint", phase_without_action),
    Check("warning", loyalty_without_action),
    Check("hint", begins_too_late),
    Check("hint", stops_too_early),
    Check("warning", one_id_for_two),
)
