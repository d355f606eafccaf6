"""Measured feelings, and what they are asked with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from klantreis.analyses.result import Result, about_dict
from klantreis.journeys.questions import Question
from klantreis.stats.intervals import Estimate


@dataclass(frozen=True, slots=True)
class Options:
    """The surveys of the map. Answers of NPS questions are kept apart from the curve.

    `compare`: two touchpoints whose answers are laid beside each other, per survey.
    """

    questions: tuple[Question, ...] = ()
    compare: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Feeling:
    """Measured feeling at one touchpoint for one survey: `feel` on -2..+2 and `raw` on the scale as asked, both with n
    and interval. `enough` False: fewer than n_min answers, so nothing may be drawn as measured. `on_curve` is True for
    at most one survey per touchpoint. `top_two` is the share of the two best points; `nps` (-1 to 1) only for NPS.
    """

    touchpoint: str
    survey: str
    feel: Estimate
    raw: Estimate
    counts: tuple[tuple[float, int], ...]
    enough: bool
    n_min: int
    on_curve: bool = True
    top_two: Estimate = field(default_factory=lambda: Estimate(None, 0))
    nps: Estimate | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """Two touchpoints beside each other for one survey: `gap` is the mean of the first minus that of the second, as
    asked, and `p` of no difference (Welch); `ahead` the chance that an answer at the first is the higher one, `u` the
    pairs it is higher in, and `rank_p` (Mann-Whitney). `nps_gap` (-2 to 2) with `nps_p` only for NPS.
    """

    survey: str
    one: str
    other: str
    n_one: int
    n_other: int
    gap: Estimate
    t: float | None = None
    p: float | None = None
    u: float | None = None
    ahead: float | None = None
    rank_p: float | None = None
    nps_gap: Estimate | None = None
    nps_p: float | None = None


@dataclass(frozen=True, slots=True)
class Emotion(Result):
    """Feelings per touchpoint; per journey with >= 1 answer: the plain mean, and peak-end ((most extreme + last) / 2).

    `answers` are all answers on the scale, placed or not. `unusable`: (survey, answers off its scale).
    """

    feelings: tuple[Feeling, ...] = ()
    mean: Estimate = field(default_factory=lambda: Estimate(None, 0))
    peak_end: Estimate = field(default_factory=lambda: Estimate(None, 0))
    answers: int = 0
    unplaced: int = 0
    """Answers that no touchpoint in the same journey could take."""
    unusable: tuple[tuple[str, int], ...] = ()
    kind: str | None = None
    """Which kind of question the curve and the scores of journeys are of; None: there is none."""
    compared: tuple[Compared, ...] = ()
    """What was asked to be laid beside each other, per survey with answers at either."""

    def to_dict(self) -> dict[str, Any]:
        """Returns the feelings and the scores of journeys as plain values, as in `schemas/emotion.schema.json`."""
        return {
            "about": about_dict(self.about),
            "answers": self.answers,
            "unplaced": self.unplaced,
            "unusable": [{"survey": survey, "answers": often} for survey, often in self.unusable],
            "kind": self.kind,
            "mean": self.mean.to_dict(),
            "peak_end": self.peak_end.to_dict(),
            "feelings": [_feeling_dict(feeling) for feeling in self.feelings],
            "compared": [_compared_dict(one) for one in self.compared],
        }

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row per touchpoint and survey."""
        return [
            {
                "touchpoint": feeling.touchpoint,
                "survey": feeling.survey,
                "n": feeling.feel.n,
                "feel": feeling.feel.value,
                "feel_low": feeling.feel.low,
                "feel_high": feeling.feel.high,
                "raw": feeling.raw.value,
                "top_two_share": feeling.top_two.value,
                "nps": None if feeling.nps is None else feeling.nps.value,
                "enough": feeling.enough,
                "on_curve": feeling.on_curve,
            }
            for feeling in self.feelings
        ]


def _feeling_dict(feeling: Feeling) -> dict[str, Any]:
    return {
        "touchpoint": feeling.touchpoint,
        "survey": feeling.survey,
        "feel": feeling.feel.to_dict(),
        "raw": feeling.raw.to_dict(),
        "counts": [{"score": score, "answers": often} for score, often in feeling.counts],
        "top_two": feeling.top_two.to_dict(),
        "nps": None if feeling.nps is None else feeling.nps.to_dict(),
        "enough": feeling.enough,
        "n_min": feeling.n_min,
        "on_curve": feeling.on_curve,
    }


def _compared_dict(one: Compared) -> dict[str, Any]:
    plain = {name: getattr(one, name) for name in Compared.__dataclass_fields__}
    nps = None if one.nps_gap is None else one.nps_gap.to_dict()
    return plain | {"gap": one.gap.to_dict(), "nps_gap": nps}
