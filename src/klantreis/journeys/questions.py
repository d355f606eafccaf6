"""Questions to customers as the measures need them: the surveys of a map, with the touchpoints they are about."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from klantreis.journeys.answers import Scale
from klantreis.map.model import JourneyMap, Survey

Dimension = Literal["service", "use", "emotion"]
DIMENSIONS: tuple[Dimension, ...] = ("service", "use", "emotion")
"""The three dimensions of an experience: how good the service was, how easy it went, and what it did to somebody."""

OF_KIND: dict[str, Dimension | None] = {"CSAT": "service", "CES": "use", "custom": "emotion", "NPS": None}
"""Which dimension a survey speaks of when the map does not say: recommending is an intention and no experience."""


@dataclass(frozen=True, slots=True)
class Question:
    """One survey as the measures need it: scale, direction, smallest n, and which touchpoints answers are about.

    `about` empty: the touchpoint that carried the score. `dimension`: what of the experience it asks for; None: nothing
    of it.
    """

    survey: str
    low: float = 1
    high: float = 5
    reverse: bool = False
    n_min: int = 30
    kind: str = "CSAT"
    about: tuple[str, ...] = ()
    dimension: Dimension | None = None

    @property
    def scale(self) -> Scale:
        """The scale as asked."""
        return Scale(self.low, self.high, self.reverse)


def questions_of(map_: JourneyMap) -> tuple[Question, ...]:
    """Returns the surveys of a map; one that names no touchpoints is about those bound to it."""
    return tuple(_question(map_, survey) for survey in map_.surveys)


def felt(map_: JourneyMap) -> tuple[Question, ...]:
    """Returns the surveys of a map that tell how customers feel: of the kind that is asked at most touchpoints.

    Recommending is an intention, and satisfaction and effort are two things: one kind only. Ties: the first on the map.
    """
    asked = [one for one in questions_of(map_) if one.kind != "NPS"]
    places: Counter[str] = Counter()
    for one in asked:
        places[one.kind] += max(1, len(one.about))
    kind = max(dict.fromkeys(one.kind for one in asked), key=lambda kind: places[kind], default=None)
    return tuple(one for one in asked if one.kind == kind)


def _question(map_: JourneyMap, survey: Survey) -> Question:
    return Question(
        survey=survey.id,
        low=survey.low,
        high=survey.high,
        reverse=survey.reverse,
        n_min=survey.n_min,
        kind=survey.kind,
        about=survey.about or tuple(touch.id for touch in map_.touchpoints if touch.survey == survey.id),
        dimension=survey.dimension or OF_KIND[survey.kind],
    )
