"""`klantreis power`: how many people a test needs, before it starts."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from klantreis.cli import columns, figures, speak
from klantreis.cli.words_proof import text
from klantreis.errors import OptionError
from klantreis.labels import Label, Language
from klantreis.stats.intervals import Estimate
from klantreis.verbs.power import Plan, power

_SHARE = re.compile(r"(-?\d+(?:[.,]\d+)?)\s*(%?)")
LONG = 90
"""A test that takes longer than this many days gets advice."""

Base = Annotated[str, typer.Option(help="What it is now: a share such as 5%, or a mean with --deviation.")]
Lift = Annotated[str, typer.Option(help="The relative lift to find: 10% of the base.")]
Deviation = Annotated[float | None, typer.Option(help="Standard deviation, when the base is a mean.")]
Divided = Annotated[str, typer.Option("--split", help="The share that gets the change; 90% holds a tenth out.")]
Sure = Annotated[str, typer.Option("--power", help="How sure to find the lift when it is there.")]
Alpha = Annotated[str, typer.Option(help="How often to find one that is not there.")]
PerDay = Annotated[float | None, typer.Option(help="How many people come in on a day.")]
Days = Annotated[int | None, typer.Option(help="Also tell what so many days can show.")]


def run(
    base: Base,
    lift: Lift = "10%",
    deviation: Deviation = None,
    split: Divided = "50%",
    power_: Sure = "80%",
    alpha: Alpha = "5%",
    per_day: PerDay = None,
    days: Days = None,
    language: columns.Said = None,
    json: columns.Json = False,
) -> None:
    """How many people a test needs before it starts, and how long that takes.

    Example: klantreis power --base 5% --lift 10% --per-day 400
    """
    plan = power(
        _share(base, "base"),
        _share(lift, "lift"),
        deviation=deviation,
        split=_share(split, "split"),
        power=_share(power_, "power"),
        alpha=_share(alpha, "alpha"),
        per_day=per_day,
        days=days,
    )
    if json:
        speak.as_json(plan.to_dict())
        return
    show(plan, speak.language(language), mean=deviation is not None)


def show(plan: Plan, said: Language, *, mean: bool) -> None:
    """Prints what a test needs, and lifts around it."""
    base = figures.number(plan.base, said) if mean else _percent(plan.base, said)
    asked = plan.asked
    lift, people = _percent(asked.lift, said), figures.number(asked.people, said)
    speak.say(text("need", said, people, lift, base, _percent(plan.split, said)), style="bold")
    if plan.per_day is not None and asked.days is not None:
        speak.say(text("long", said, figures.number(plan.per_day, said), figures.number(asked.days, said)))
    if plan.days is not None and plan.per_day is not None and not mean:
        key = "unreachable" if plan.reachable is None else "reachable"
        speak.say(text(key, said, figures.number(plan.days, said), _percent(plan.reachable or 0, said)))
    rows = []
    for need in plan.needs:
        row: dict[str, object] = {"lift": _percent(need.lift, said), "people": need.people}
        rows.append(row if plan.per_day is None else row | {"days": need.days})
    speak.table(rows, said)
    if asked.days is not None and asked.days > LONG:
        speak.say(text("try", said), style="dim")


def _percent(value: float, said: Language) -> str:
    return figures.percent(Estimate(round(value, 6), 0), said).replace(".0%", "%").replace(",0%", "%")


def _share(words: str, option: str) -> float:
    """Returns '5%' or '0.05' as 0.05."""
    found = _SHARE.fullmatch(words.strip())
    if found is None:
        raise OptionError(
            Label(f"{words!r} is geen getal.", f"{words!r} is no number."),
            where=f"--{option}",
            mend=Label("Schrijf het als 5% of 0.05.", "Write it as 5% or 0.05."),
        )
    return float(found[1].replace(",", ".")) / (100 if found[2] else 1)
