"""A check of how much stands on one sheet."""

from __future__ import annotations

from collections.abc import Iterator

from klantreis.labels import Label
from klantreis.map.checks.contract import Check, Options, Remark
from klantreis.map.model import JourneyMap


def over_full_sheet(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """More phases or steps than a person reads on one sheet.

    A map is read in two minutes or not at all. With more than `most_phases` (9) phases or `most_steps` (12) steps,
    give a busy phase a map of its own and let a step open it.

    Fires:

        phases:
          aankoop: {a: {}, b: {}, c: {}, d: {}, e: {}, f: {}, g: {}}
          gebruik: {h: {}, i: {}, j: {}, k: {}, l: {}, m: {}}

    Does not fire:

        phases: {aankoop: {a: {}, b: {}, c: {}}}
    """
    phases, steps = len(map_.phases), len(map_.steps())
    if phases > options.most_phases or steps > options.most_steps:
        yield Remark(
            None,
            Label(f"{phases} fasen en {steps} stappen op één blad", f"{phases} phases and {steps} steps on one sheet"),
            Label(
                f"Meer dan {options.most_phases} fasen of {options.most_steps} stappen leest niemand in één keer.",
                f"Nobody reads more than {options.most_phases} phases or {options.most_steps} steps at once.",
            ),
            Label(
                "Geef de drukste fase een eigen kaart, en zeg bij de stap 'opens: naam_van_die_kaart'.",
                "Give the busiest phase a map of its own, and say 'opens: name_of_that_map' with the step.",
            ),
        )


CHECKS = (Check("hint", over_full_sheet),)
