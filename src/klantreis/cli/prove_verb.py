"""`klantreis prove`: what became of the changes on a map."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer

from klantreis.analyses.effect import Effect, Effects
from klantreis.analyses.effect.result import Guard
from klantreis.cli import figures, speak
from klantreis.cli.asking import Answer, Asked, asks
from klantreis.cli.words_proof import RUNGS, VERDICTS, text
from klantreis.errors import OptionError
from klantreis.labels import Label, Language
from klantreis.stats.intervals import Estimate
from klantreis.verbs.prove import prove

Change = Annotated[str | None, typer.Option(help="Only this change, by its id.")]
AnyTime = Annotated[
    bool, typer.Option("--any-time", help="Decide on an interval that may be looked at every day, before the end too.")
]
COLOURS = {"improved": "bold green", "worse": "bold red", "no_difference": "bold", "too_soon": "bold yellow"}


@asks
def run(asked: Asked, change: Change = None, any_time: AnyTime = False) -> Answer:
    """Did the change work? Improved, no difference, worse, or too soon with the reason.

    Example: klantreis prove --map ring-kopen
    """
    if asked.map is None:
        raise OptionError(
            Label(
                "Een verandering staat op een kaart, en dit is een bestand.",
                "A change stands on a map, and this is a file.",
            ),
            mend=Label("Laat het bestand weg: --map van een werkmap.", "Leave the file out: --map of a workspace."),
        )
    return Answer(prove(asked.map, asked.data, change, looks="any" if any_time else "once"), show)


def show(result: Effects, said: Language, names: Mapping[str, str]) -> None:
    """Prints each change: the verdict, its number and rung, and the reasons."""
    if not result.effects:
        speak.say(text("none", said))
    for effect in result.effects:
        _one(effect, said, names)


def _one(effect: Effect, said: Language, names: Mapping[str, str]) -> None:
    label = effect.label.text(said) or names.get(effect.change, effect.change)
    speak.line()
    speak.say(f"{label}: {VERDICTS[effect.verdict].text(said)}", style=COLOURS[effect.verdict])
    for reason in effect.reasons:
        speak.say(f"  {reason.words.text(said)}")
    if effect.gap.value is None:
        return
    kpi = effect.kpi_label.text(said) or effect.kpi or ""
    shown = effect.seen
    treated, control = (figures.plain(value, effect.unit, said) for value in (effect.treated, effect.control))
    speak.say(f"  {text('numbers', said, kpi, treated, control, gap(effect, shown, said))}")
    if shown is effect.always:
        speak.say(f"  {text('always', said)}", style="dim")
    elif effect.lift.value is not None:
        speak.say(f"  {text('lift', said, figures.percent(effect.lift, said))}")
    n = [figures.number(count, said) for count in effect.n]
    speak.say(f"  {text('people' if effect.rung in 'AB' else 'cases', said, *n)}", style="dim")
    if effect.smallest:
        band = gap(effect, Estimate(effect.smallest, 0), said)
        need = figures.number(effect.need, said)
        speak.say(f"  {text('smallest', said, band, need)}", style="dim")
    if effect.guard is not None and effect.guard.gap.value is not None:
        speak.say(f"  {_guard(effect.guard, said)}", style="dim")
    speak.say(f"  {RUNGS[effect.rung].text(said)}", style="dim")


def _guard(guard: Guard, said: Language) -> str:
    """Returns how the guardrail moved, with the people of its smaller group."""
    how = {True: "guard_broke", False: "guard_held", None: "guard_open"}[guard.broken]
    moved, n = gap(guard, guard.gap, said), figures.number(guard.gap.n, said)
    return text(how, said, guard.label.text(said) or guard.kpi, moved, n)


def gap(of: Effect | Guard, estimate: Estimate, said: Language) -> str:
    """Returns a difference in its unit; of shares in percentage points."""
    shown = figures.measured(estimate, of.unit, said)
    return shown.replace("%", text("points", said)) if of.unit == "share" else shown
