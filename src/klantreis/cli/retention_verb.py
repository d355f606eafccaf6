"""`klantreis retention`: how many come back."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from klantreis.cli import returning
from klantreis.cli.asking import Answer, Asked, asks
from klantreis.verbs.retention import retention

Start = Annotated[str | None, typer.Option(help="Events that somebody begins with: a,b. Default: any.")]
Back = Annotated[str | None, typer.Option(help="Events that count as coming back: a,b. Default: any.")]
Unit = Annotated[Literal["day", "week", "month"], typer.Option(help="How long an interval is.")]
By = Annotated[
    Literal["rolling", "calendar"],
    typer.Option(help="From the very moment (24 hours, 7 or 30 days), or by pages of the calendar."),
]
Intervals = Annotated[int | None, typer.Option(help="How many intervals, from 0 on. Default: 31 days, 13 weeks.")]
Brackets = Annotated[str | None, typer.Option(help="Wider intervals instead: 0,1-3,4-7,8-14.")]
OnOrAfter = Annotated[bool, typer.Option("--on-or-after", help="In the interval or any time later.")]
AtLeast = Annotated[int, typer.Option(help="How often somebody must come back in it.")]
Recurring = Annotated[bool, typer.Option("--recurring", help="Every start counts, not only the first.")]
Cohorts = Annotated[
    Literal["day", "week", "month", "none"] | None,
    typer.Option(help="Who began together. Default: in one week; in one month for months."),
]
Conditions = Annotated[
    list[str] | None,
    typer.Option("--condition", help="'a|b @ 2026-01..2026-03': who met the first and each other. May repeat."),
]


@asks
def run(
    asked: Asked,
    start: Start = None,
    back: Back = None,
    unit: Unit = "day",
    by: By = "rolling",
    intervals: Intervals = None,
    brackets: Brackets = None,
    on_or_after: OnOrAfter = False,
    at_least: AtLeast = 1,
    recurring: Recurring = False,
    cohorts: Cohorts = None,
    zone: returning.Zone = None,
    end: returning.End = None,
    condition: Conditions = None,
) -> Answer:
    """How many come back, so many days, weeks or months after they began, for everybody and per cohort.

    Example: klantreis retention web.csv --person user_id --at timestamp --event event --start view --back buy
    """
    answer = retention(
        asked.data, start=start, back=back, unit=unit, by=by, intervals=intervals, brackets=brackets,
        on_or_after=on_or_after, at_least=at_least, recurring=recurring, cohorts=cohorts, zone=zone, end=end,
        conditions=tuple(condition or ()),
    )  # fmt: skip
    return Answer(answer, returning.retention)
