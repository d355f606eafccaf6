"""How opportunities are ranked: one formula, shown with its numbers, and what is left out of the ranking and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from klantreis.labels import Label
from klantreis.map.influence import beyond_us
from klantreis.map.model import JourneyMap
from klantreis.map.work import Opportunity

FORMULA = Label("impact × zekerheid ÷ moeite × bereik", "impact × confidence ÷ effort × reach")


@dataclass(frozen=True, slots=True)
class Score:
    """The score of one opportunity. `reach` is the share (0 to 1) of people who meet its barriers; None: not known.

    `value` is None, and `why` says the reason, when it cannot be ranked. `shown` is the formula with its numbers.
    """

    id: str
    value: float | None
    reach: float | None
    shown: Label
    why: Label


def score(idea: Opportunity, reach: float | None = None) -> float | None:
    """Returns impact × confidence ÷ effort × reach; without a known reach it counts as 1.

    None when impact, effort or confidence was not said.
    """
    if not (idea.impact and idea.effort and idea.confidence):
        return None
    return idea.impact * idea.confidence / idea.effort * (1 if reach is None else reach)


def ranked(map_: JourneyMap, reach: Mapping[str, float] | None = None) -> tuple[Score, ...]:
    """Returns the opportunities of a map, the best first, those that cannot be ranked last in the order of the file.

    `reach` is the share of people (0 to 1) who meet a barrier, by its id; an opportunity reaches the most met of its
    barriers. Rejected ideas, ideas without numbers, and ideas for what is not ours to change have no value, and `why`
    says so.
    """
    found = [_scored(map_, idea, reach or {}) for idea in map_.opportunities]
    return tuple(sorted(found, key=lambda one: (one.value is None, -(one.value or 0))))


def _scored(map_: JourneyMap, idea: Opportunity, reach: Mapping[str, float]) -> Score:
    known = [reach[name] for name in idea.solves if name in reach]
    share = max(known) if known else None
    value, why = score(idea, share), Label()
    if value is None:
        why = Label("impact, moeite of zekerheid ontbreekt", "impact, effort or confidence is missing")
    elif idea.status == "rejected":
        why = Label("afgewezen", "rejected")
    elif idea.solves and set(idea.solves) <= beyond_us(map_):
        why = Label("daar hebben wij geen invloed op", "that is not ours to change")
    return Score(idea.id, None if why else value, share, _shown(idea, share, value), why)


def _shown(idea: Opportunity, reach: float | None, value: float | None) -> Label:
    if value is None:
        return FORMULA
    numbers = f"{idea.impact} × {idea.confidence} ÷ {idea.effort}"
    if reach is not None:
        numbers += f" × {reach:.0%}"
    text = f"{numbers} = {value:.1f}"
    return Label(text.replace(".", ","), text)
