"""Who comes back and who goes quiet, as a person reads it in a terminal; and the options those questions share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

import typer

from klantreis.analyses.lifecycle import Lifecycle, Within
from klantreis.analyses.retention import Cell, Cohort, Retention
from klantreis.cli import figures, speak
from klantreis.cli.returning_words import head, text
from klantreis.labels import Language

Zone = Annotated[str | None, typer.Option(help="Time zone of days, weeks and months. Default: that of the data.")]
End = Annotated[
    str | None, typer.Option(help="The data are whole until this date, not included. Default: the last event.")
]
Unit = Literal["day", "week", "month"]
TOLD = (0, 1, 2, 3, 5, 7, 10, 14, 21, 28, 30)
MOST, COLUMNS, LATEST = 14, 7, 12
Names = Mapping[str, str]


def retention(result: Retention, said: Language, names: Names) -> None:
    """Prints the row of everybody with its intervals, then cohorts side by side, then conditions."""
    if not result.overall.people:
        speak.say(text("nobody", said))
        return
    _began(result, said)
    cells = _some(result.overall.cells)
    unit = head(result.unit, said)
    speak.table(
        (
            {
                unit: _span(cell),
                head("came", said): figures.percent(cell.share, said),
                "n": cell.mature,
                head("so_far", said): cell.people,
            }
            for cell in cells
        ),
        said,
    )
    _cohorts(result, said)
    if result.conditions:
        speak.table(
            (
                {
                    head("condition", said): one.condition,
                    "people": one.people,
                    "share": figures.percent(one.share, said),
                }
                for one in result.conditions
            ),
            said,
            title=text("met", said),
        )
    speak.say(text("empty", said), style="dim")
    if len(cells) < len(result.overall.cells) or len(result.cohorts) > LATEST:
        speak.say(text("in_full", said), style="dim")


def lifecycle(result: Lifecycle, said: Language, names: Names) -> None:
    """Prints the last intervals, stickiness, the repeat rate and the curves."""
    if not result.people:
        speak.say(text("nobody_active", said))
        return
    last = result.intervals[-LATEST:]
    speak.table(
        (
            {head(result.unit, said): one.interval}
            | {head(key, said): getattr(one, key) for key in ("active", "new", "returning", "resurrected", "dormant")}
            | {head("kept", said): figures.percent(one.kept, said)}
            for one in last
        ),
        said,
        title=text("last", said, len(last), len(result.intervals)),
    )
    speak.say(text("open", said), style="dim")
    sticky = result.stickiness
    parts = [figures.percent(one, said) for one in (sticky.day_of_week, sticky.day_of_month)]
    speak.say(text("sticky", said, *parts))
    counts = (figures.number(one, said) for one in (result.again, result.people))
    speak.say(text("repeat", said, *counts, figures.percent(result.repeat_rate, said)))
    _curve(result.again_within, text("again", said), said)
    if result.silence is not None:
        _curve(result.gone_within, text("gone", said, figures.duration(result.silence / 1e6, said)), said)


def _began(result: Retention, said: Language) -> None:
    sizes = [figures.number(one, said) for one in (result.overall.people, result.started, result.all_people)]
    if dict(result.rules).get("recurring"):
        speak.say(text("entries", said, *sizes))
    else:
        speak.say(text("began", said, *sizes[1:]))


def _cohorts(result: Retention, said: Language) -> None:
    last = result.cohorts[-LATEST:]
    shown = _columns(result.overall)
    speak.table(
        (
            {head("cohort", said): row.cohort, "people": row.people}
            | {_span(row.cells[place]): _whole(row.cells[place], said) for place in shown}
            for row in last
        ),
        said,
        title=text("cohorts", said, len(last), len(result.cohorts)),
    )


def _columns(row: Cohort) -> list[int]:
    """Which intervals fit beside each other: those somebody is old enough for, else from the start."""
    known = [place for place, cell in enumerate(row.cells) if cell.mature] or [0]
    some = [place for place in known if place in TOLD] if len(known) > COLUMNS else known
    return some[:COLUMNS]


def _some(cells: Sequence[Cell]) -> list[Cell]:
    begun = [cell for cell in cells if cell.people is not None] or list(cells[:1])
    return begun if len(begun) <= MOST else [cell for place, cell in enumerate(begun) if place in TOLD]


def _curve(points: Sequence[Within], title: str, said: Language) -> None:
    speak.table(
        (
            {
                head("within", said): text("one_day", said) if one.days == 1 else text("days", said, one.days),
                "share": figures.percent(one.share, said),
                "n": one.share.n,
            }
            for one in points
        ),
        said,
        title=title,
    )


def _span(cell: Cell) -> str:
    return str(cell.since) if cell.since == cell.until else f"{cell.since}–{cell.until}"


def _whole(cell: Cell, said: Language) -> Any:
    if cell.share.value is None:
        return figures.NONE
    return figures.local(f"{cell.share.value:.0%}", said)
