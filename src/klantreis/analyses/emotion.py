"""Emotion: how customers say they feel at each touchpoint, and over the whole journey.

Every answer to a survey is placed at the touchpoint it is about and put on one scale from -2 (very bad) to +2 (very
good): five points become x - 3, seven points (x - 4) · 2/3, a scale on which low is good is turned round. Nothing is
filled in for people who did not answer. Answers off the scale are not used and are counted as such. Recommendation
(NPS) is kept off the curve: it asks for an intention, not for a feeling.

Options: `questions`, the surveys of the map: scale, direction, smallest n, and which touchpoints answers are about.

Example: scores 4, 5, 5 on 1 to 5 for `bezorgd` give a feeling of +1.67, n = 3, 95 % interval +0.23 to +3.10 (three
answers say little, so the interval runs past the scale), and `enough` is false below the smallest n of 30.

Per journey with at least one placed answer on the curve there are two scores, beside each other because neither is
the truth: the plain mean, and peak-end, the mean of the most extreme and the last answer. When two answers are
equally extreme (-2 and +2), the later one is the peak. Source: Alaybek et al. (2022), Organizational Behavior and
Human Decision Processes 170.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.result import Result, about_dict
from klantreis.journeys.answers import Answers, Scale, answers
from klantreis.journeys.model import NO_SCORE, SCORE_UNIT, About, Bucket
from klantreis.kernels import kernel
from klantreis.stats.intervals import Estimate, share
from klantreis.stats.means import mean, moments_of
from klantreis.stats.nps import DETRACTOR, PROMOTER, nps

name = "emotion"

FEEL_UNIT = 1_000_000_000
"""Scores of journeys count billionths of a point, so that their sums are exact whatever the order."""


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

    @property
    def scale(self) -> Scale:
        """The scale as asked."""
        return Scale(self.low, self.high, self.reverse)


@dataclass(frozen=True, slots=True)
class Options:
    """The surveys of the map. Answers of NPS questions are kept apart from the curve."""

    questions: tuple[Question, ...] = ()


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

    def to_dict(self) -> dict[str, Any]:
        """Returns the feelings and the scores of journeys as plain values, as in `schemas/emotion.schema.json`."""
        return {
            "about": about_dict(self.about),
            "answers": self.answers,
            "unplaced": self.unplaced,
            "unusable": [{"survey": survey, "answers": often} for survey, often in self.unusable],
            "mean": self.mean.to_dict(),
            "peak_end": self.peak_end.to_dict(),
            "feelings": [_feeling_dict(feeling) for feeling in self.feelings],
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


@dataclass(frozen=True, slots=True)
class Part:
    """How often each (survey, touchpoint or None, score) was given, and each score of a journey (in FEEL_UNIT)."""

    given: Counter[tuple[str, str | None, int]] = field(default_factory=Counter)
    means: Counter[int] = field(default_factory=Counter)
    peaks: Counter[int] = field(default_factory=Counter)


def measure(bucket: Bucket, options: Options) -> Part:
    """Returns the mergeable part of one bucket."""
    found = answers(bucket, {question.survey: question.about for question in options.questions})
    if not found.row.size:
        return Part()
    journey, feel = _on_curve(bucket, found, options)
    means, peaks = _journey_scores(journey, feel)
    return Part(_given(bucket, found), _counter(means), _counter(peaks))


def merge(one: Part, other: Part) -> Part:
    """Returns two parts as one."""
    return Part(one.given + other.given, one.means + other.means, one.peaks + other.peaks)


def finish(part: Part, options: Options, about: About) -> Emotion:
    """Returns the feelings, in the order of the questions and then of the touchpoints."""
    questions = {question.survey: question for question in options.questions}
    good = {key: often for key, often in part.given.items() if questions[key[0]].scale.holds(key[2])}
    off: Counter[str] = Counter()
    for key in part.given.keys() - good.keys():
        off[key[0]] += part.given[key]
    return Emotion(
        about=about,
        feelings=_one_curve(_feelings(good, options, about)),
        mean=mean(moments_of(part.means.items()), FEEL_UNIT),
        peak_end=mean(moments_of(part.peaks.items()), FEEL_UNIT),
        answers=sum(good.values()),
        unplaced=sum(often for (_, place, _), often in good.items() if place is None),
        unusable=tuple((survey, off[survey]) for survey in questions if off[survey]),
    )


def _on_curve(bucket: Bucket, found: Answers, options: Options) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Returns journey and feeling (in FEEL_UNIT) of each answer that counts for the score of its journey."""
    surveys, score = bucket.names.surveys, found.score.astype(np.int64)
    feel, use = np.zeros(score.size, np.int64), np.zeros(score.size, np.bool_)
    for question in options.questions:
        if question.kind == "NPS" or question.survey not in surveys:
            continue
        low, high = round(question.low * SCORE_UNIT), round(question.high * SCORE_UNIT)
        mine = (found.survey == surveys.index(question.survey)) & (low <= score) & (score <= high) & (found.place >= 0)
        up = 4 * FEEL_UNIT * (score[mine] - low) // (high - low) - 2 * FEEL_UNIT
        feel[mine] = -up if question.reverse else up
        use |= mine
    return found.journey[use], feel[use]


@kernel
def _journey_scores(journey: NDArray[np.int64], feel: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Returns the mean and the peak-end score of each journey; answers of one journey stand together, in order."""
    means, peaks = np.empty(journey.size, np.int64), np.empty(journey.size, np.int64)
    count, row = 0, 0
    while row < journey.size:
        first, total, peak = row, 0, feel[row]
        while row < journey.size and journey[row] == journey[first]:
            total += feel[row]
            if abs(feel[row]) >= abs(peak):
                peak = feel[row]
            row += 1
        means[count] = total // (row - first)
        peaks[count] = (peak + feel[row - 1]) // 2
        count += 1
    return means[:count], peaks[:count]


def _given(bucket: Bucket, found: Answers) -> Counter[tuple[str, str | None, int]]:
    names, places = bucket.names, len(bucket.names.touchpoints) + 1
    spot = found.survey.astype(np.int64) * places + found.place + 1
    keys, often = np.unique((spot << 32) + (found.score.astype(np.int64) - NO_SCORE), return_counts=True)
    given: Counter[tuple[str, str | None, int]] = Counter()
    for key, times in zip(keys.tolist(), often.tolist(), strict=True):
        survey, place = divmod(key >> 32, places)
        score = (key & 0xFFFFFFFF) + int(NO_SCORE)
        given[names.surveys[survey], names.touchpoints[place - 1] if place else None, score] = times
    return given


def _counter(numbers: NDArray[np.int64]) -> Counter[int]:
    values, often = np.unique(numbers, return_counts=True)
    return Counter(dict(zip(values.tolist(), often.tolist(), strict=True)))


def _feelings(given: dict[tuple[str, str | None, int], int], options: Options, about: About) -> Iterable[Feeling]:
    at: dict[tuple[str, str | None], list[tuple[int, int]]] = {}
    for (survey, place, score), often in sorted(given.items(), key=lambda item: item[0][2]):
        at.setdefault((survey, place), []).append((score, often))
    for question in options.questions:
        for place in about.names.touchpoints:
            if (question.survey, place) in at:
                yield _feeling(place, question, at[question.survey, place])


def _feeling(place: str, question: Question, counts: list[tuple[int, int]]) -> Feeling:
    scale, raw = question.scale, mean(moments_of(counts), SCORE_UNIT)
    top = sum(often for score, often in counts if scale.in_top_two(score))
    return Feeling(
        touchpoint=place,
        survey=question.survey,
        feel=_as_feel(raw, scale),
        raw=raw,
        counts=tuple((score / SCORE_UNIT, often) for score, often in counts),
        enough=raw.n >= question.n_min,
        n_min=question.n_min,
        on_curve=question.kind != "NPS",
        top_two=share(top, raw.n),
        nps=_nps(counts, raw.n) if question.kind == "NPS" else None,
    )


def _as_feel(raw: Estimate, scale: Scale) -> Estimate:
    assert raw.value is not None
    if raw.low is None or raw.high is None:
        return Estimate(scale.feel(raw.value), raw.n)
    one, other = scale.feel(raw.low), scale.feel(raw.high)
    return Estimate(scale.feel(raw.value), raw.n, min(one, other), max(one, other))


def _nps(counts: list[tuple[int, int]], n: int) -> Estimate:
    promoters = sum(often for score, often in counts if score >= PROMOTER * SCORE_UNIT)
    detractors = sum(often for score, often in counts if score < (DETRACTOR + 1) * SCORE_UNIT)
    return nps(promoters, detractors, n)


def _one_curve(feelings: Iterable[Feeling]) -> tuple[Feeling, ...]:
    """Returns the feelings, one per touchpoint on the curve: the first survey with enough answers, else the first."""
    listed = list(feelings)
    chosen: dict[str, Feeling] = {}
    for feeling in sorted((f for f in listed if f.on_curve), key=lambda f: not f.enough):
        chosen.setdefault(feeling.touchpoint, feeling)
    return tuple(replace(f, on_curve=chosen.get(f.touchpoint) is f) for f in listed)


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
