"""Emotion: how customers say they feel at each touchpoint, and over the whole journey."""

from __future__ import annotations

from dataclasses import dataclass, field

from klantreis.analyses.result import Result
from klantreis.stats.intervals import Estimate

name = "emotion"


@dataclass(frozen=True, slots=True)
class Question:
    """One survey as the analysis needs it: scale, direction, smallest n, and which touchpoints answers are about.

    `about` empty: the touchpoint that carried the score.
    """

    survey: str
    low: float = 1
    high: float = 5
    reverse: bool = False
    n_min: int = 30
    kind: str = "CSAT"
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Options:
    """The surveys of the map. Answers of NPS questions are kept apart from the curve."""

    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Feeling:
    """Measured feeling at one touchpoint for one survey: `feel` on -2..+2 and `raw` on the scale as asked, both with n
    and interval. `enough` False: fewer than n_min answers, so nothing may be drawn as measured.
    """

    touchpoint: str
    survey: str
    feel: Estimate
    raw: Estimate
    counts: tuple[tuple[float, int], ...]
    enough: bool
    n_min: int
    on_curve: bool = True


@dataclass(frozen=True, slots=True)
class Emotion(Result):
    """Feelings per touchpoint; per journey with >= 1 answer: the plain mean, and peak-end ((most extreme + last) / 2)."""

    feelings: tuple[Feeling, ...] = ()
    mean: Estimate = field(default_factory=lambda: Estimate(None, 0))
    peak_end: Estimate = field(default_factory=lambda: Estimate(None, 0))
    answers: int = 0
    unplaced: int = 0
    """Answers that no touchpoint in the same journey could take."""
