"""What is asked of drivers: the outcome, whom to count, what to compare; and what a map asks."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

from klantreis.analyses.barriers import Drawn, drawn
from klantreis.errors import OptionError
from klantreis.journeys.questions import Question, felt
from klantreis.labels import Label
from klantreis.map.goal import goal
from klantreis.map.model import JourneyMap

Kind = Literal["touchpoint", "event", "channel", "detail", "failed", "repeat", "back", "slow"]
KINDS: tuple[Kind, ...] = ("touchpoint", "event", "channel", "detail", "failed", "repeat", "back", "slow")
SECOND = 1_000_000


@dataclass(frozen=True, slots=True)
class Options:
    """`outcome`: touchpoints that mean success. `unit`: whom to count. `n_min` people or journeys, and `share_min` of
    all, below which nothing is compared. `phases`: (touchpoint, phase), inside which going back counts. `expected`:
    (touchpoint, seconds) beyond which a stay is slow; elsewhere beyond what nine in ten need. `details`: words are
    compared when the log has at most so many. `known`: events with a place elsewhere. `drawn`: the barriers of a map,
    None without one. `questions`: surveys of one kind, whose answers tell how somebody felt.
    """

    outcome: tuple[str, ...] = ()
    unit: Literal["person", "journey"] = "person"
    n_min: int = 25
    share_min: float = 0.02
    phases: tuple[tuple[str, str], ...] = ()
    expected: tuple[tuple[str, float], ...] = ()
    details: int = 50
    known: tuple[str, ...] = ()
    drawn: tuple[tuple[str, Drawn], ...] | None = None
    questions: tuple[Question, ...] = ()


def asked_by(map_: JourneyMap) -> Options | None:
    """Returns what a map asks: what goes with reaching its goal; None without a goal."""
    aims = goal(map_)
    if not aims:
        return None
    usual = {phase.id: phase.expected_seconds for phase in map_.phases}
    seen = [touch for touch in map_.touchpoints if touch.matcher is not None]
    expected = ((touch.id, usual.get(touch.phase)) for touch in seen)
    return Options(
        outcome=aims,
        phases=tuple((touch.id, touch.phase) for touch in seen),
        expected=tuple((id_, seconds) for id_, seconds in expected if seconds is not None),
        known=tuple(one.matcher.event for one in map_.surveys if one.matcher is not None),
        drawn=drawn(map_),
        questions=felt(map_),
    )


def check(options: Options) -> None:
    """Raises OptionError for a threshold that cannot be."""
    if not 0 <= options.share_min < 1:
        raise OptionError(
            Label(f"{options.share_min} is geen aandeel.", f"{options.share_min} is no share."),
            where="share_min",
            mend=Label("Geef 0 tot 1: 0.02.", "Give 0 up to 1: 0.02."),
        )
    for one in fields(options):
        value = getattr(options, one.name)
        if one.name in {"n_min", "details"} and value < 0:
            raise OptionError(
                Label(f"{value} is minder dan nul.", f"{value} is below zero."),
                where=one.name,
                mend=Label("Geef een getal van 0 of meer.", "Give a number from 0 up."),
            )
