"""`klantreis funnel`: how many get from step to step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

import typer

from klantreis.analyses.funnel import Funnel
from klantreis.cli import funnel_view
from klantreis.cli.asking import Answer, Asked, asks
from klantreis.errors import OptionError
from klantreis.labels import Label, Language
from klantreis.verbs.funnel import funnel

Steps = Annotated[
    str | None,
    typer.Option(help="Events in order: a,b,c. Several that count as one step: a|b. Default: the phases of the map."),
]
Within = Annotated[str | None, typer.Option(help="Time from the first step to the last: 30m, 7d. Default: no limit.")]
StepWithin = Annotated[
    str | None, typer.Option(help="Time from one step to the next: 1d for each, or b:1h,c:2d. Default: no limit.")
]
Order = Annotated[
    Literal["ordered", "strict", "reentry", "any"],
    typer.Option(
        help="Between steps: anything; nothing but repeats of the step before; of steps before; or steps in any order."
    ),
]
Scope = Annotated[str | None, typer.Option(help="Events that can break a strict order: a,b. Default: every event.")]
Ties = Annotated[
    Literal["step", "file", "strict"],
    typer.Option(help="Events at one instant: in step order, in file order, or never."),
]
Entry = Annotated[Literal["any", "first"], typer.Option(help="Any start may succeed, or only the first.")]
Optional = Annotated[str | None, typer.Option(help="Steps that may be skipped: b,c.")]
Exclude = Annotated[
    list[str] | None,
    typer.Option(help="Event that ends an attempt: x, or x:1-2 only between steps 1 and 2. May repeat."),
]
By = Annotated[
    Literal["channel", "detail", "event", "touchpoint", "segment"] | None,
    typer.Option(help="A funnel for each value. Any column: --detail country --by detail."),
]
ValueOf = Annotated[str, typer.Option(help="Whose value: of the first step, the last one reached, a step's, or all.")]
Compare = Annotated[str | None, typer.Option(help="With --by: two groups beside each other: web,app.")]
Top = Annotated[int, typer.Option("--top", min=1, help="With --by: how many groups to show; the rest is one.")]


@asks
def run(
    asked: Asked,
    steps: Steps = None,
    within: Within = None,
    step_within: StepWithin = None,
    order: Order = "ordered",
    scope: Scope = None,
    ties: Ties = "step",
    entry: Entry = "any",
    optional: Optional = None,
    exclude: Exclude = None,
    by: By = None,
    value_of: ValueOf = "first",
    compare: Compare = None,
    top: Top = 20,
) -> Answer:
    """How many get from step to step, with 95 % intervals.

    Example: klantreis funnel web.csv --person user_id --at timestamp --event event --steps view,cart,buy --within 7d
    """
    rules = {"within": within, "step_within": step_within, "scope": scope, "optional": optional, "by": by}
    rules |= {"compare": compare}
    if steps is not None:
        parts = [part for one in exclude or () for part in one.split(",")]
        more = {"order": order, "ties": ties, "entry": entry, "exclude": parts, "value_of": value_of, "most": top}
        return Answer(funnel(asked.data, steps, **rules, **more), show)  # type: ignore[arg-type]
    drawn = asked.planned("funnel")
    if drawn is None:
        raise OptionError(
            Label("Welke stappen?", "Which steps?"),
            where="steps",
            mend=Label(
                "Noem gebeurtenissen, met komma's ertussen: --steps a,b,c",
                "Name events, separated by commas: --steps a,b,c",
            ),
        )
    given = next((name for name, value in rules.items() if value is not None), "exclude" if exclude else None)
    if given is not None:
        word = given.replace("_", "-")
        raise OptionError(
            Label(
                f"--{word} hoort bij stappen, en de fasen van de kaart hebben hun eigen regels.",
                f"--{word} is of steps, and the map's phases have their own rules.",
            ),
            mend=Label("Zet --steps a,b,c erbij", "Add --steps a,b,c"),
        )
    return Answer(drawn, show)


def show(result: Funnel, said: Language, names: Mapping[str, str]) -> None:
    """Prints a funnel, who is apart, how long it took, and its groups."""
    funnel_view.funnel(result, said, names, {"person": "people", "session": "sessions"}.get(result.grain, "journeys"))
    funnel_view.apart(result, said)
    funnel_view.took(result, said)
    funnel_view.met(result, said, names)
    funnel_view.groups(result, said, names)
