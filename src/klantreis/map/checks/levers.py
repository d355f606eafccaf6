"""Check of levers: what a supplier can always pull, thought about in each phase where it began to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from klantreis.labels import Label, Language
from klantreis.map.checks.contract import Check, Options, Remark
from klantreis.map.model import JourneyMap
from klantreis.map.naming import both_names
from klantreis.map.stages import Lever

BOTH: tuple[Language, Language] = ("nl", "en")
LEVERS: dict[Lever, Label] = {
    "offering": Label("aanbieden", "offering"),
    "addressing": Label("aanspreken", "addressing"),
    "communication": Label("communicatie", "communication"),
    "depth": Label("diepte van het assortiment", "depth of range"),
    "breadth": Label("breedte van het assortiment", "breadth of range"),
    "fit": Label("de ideale klant", "the ideal customer"),
}


def lever_not_considered(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """A phase in which some levers were thought about, and others not yet.

    A supplier has more influence than it thinks: how it offers, addresses and communicates, how deep and broad its
    assortment is, and how that fits the ideal customer. Tick those that were thought about, used or not:
    `levers: [offering, addressing]`. Phases where nothing was ticked are left alone, and so are those in which nothing
    is ours to change.

    Fires:

        phases: {afweging: {levers: [offering, addressing], kijken: {do: Ik kijk}}}

    Does not fire:

        phases:
          afweging: {levers: [offering, addressing, communication, depth, breadth, fit], kijken: {do: Ik kijk}}
    """
    for phase in map_.phases:
        ours = not phase.steps or any(step.influence != "none" for step in phase.steps)
        left = [lever for lever in get_args(Lever) if lever not in phase.levers]
        if phase.levers and left and ours:
            nl, en = (", ".join(LEVERS[lever].text(said) for lever in left) for said in BOTH)
            name = both_names(phase.label, phase.id)
            ticked = ", ".join((*phase.levers, *left))
            yield Remark(
                phase.id,
                Label(
                    f"Nog niet aan gedacht in de fase {name.nl}: {nl}",
                    f"Not thought about yet in the phase {name.en}: {en}",
                ),
                advice=Label(
                    f"Wat kun je daar doen? Of niets: vink het af met 'levers: [{ticked}]'.",
                    f"What can you do there? Or nothing: tick it off with 'levers: [{ticked}]'.",
                ),
            )


CHECKS = (Check("hint", lever_not_considered),)
