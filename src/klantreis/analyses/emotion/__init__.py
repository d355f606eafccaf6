"""Emotion: how customers say they feel at each touchpoint, and over the whole journey.

Every answer to a survey is placed at the touchpoint it is about and put on one scale from -2 (very bad) to +2 (very
good): five points become x - 3, seven points (x - 4) · 2/3, a scale on which low is good is turned round. Nothing is
filled in for people who did not answer. Answers off the scale are not used and are counted as such. Recommendation
(NPS) is kept off the curve: it asks for an intention, not for a feeling. Neither do satisfaction and effort share one:
the curve, and the scores of journeys, are of the kind of question with enough answers at most touchpoints.

Options: `questions`, the surveys of the map: scale, direction, smallest n, and which touchpoints answers are about;
`compare`, two touchpoints whose answers are laid beside each other.

Example: scores 4, 5, 5 on 1 to 5 for `bezorgd` give a feeling of +1.67, n = 3, 95 % interval +0.23 to +3.10 (three
answers say little, so the interval runs past the scale), and `enough` is false below the smallest n of 30.

Per journey with at least one placed answer on the curve there are two scores, beside each other because neither is
the truth: the plain mean, and peak-end, the mean of the most extreme and the last answer. When two answers are
equally extreme (-2 and +2), the later one is the peak. Source: Alaybek et al. (2022), Organizational Behavior and
Human Decision Processes 170.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.emotion.compare import compared
from klantreis.analyses.emotion.result import Compared, Emotion, Feeling, Options
from klantreis.journeys.answers import Answers, answers
from klantreis.journeys.model import NO_SCORE, SCORE_UNIT, About, Bucket
from klantreis.journeys.questions import Question
from klantreis.kernels import kernel
from klantreis.stats.exchange import exchanged
from klantreis.stats.intervals import Estimate, share
from klantreis.stats.means import lopsided_mean, moments_of
from klantreis.stats.nps import nps, sides

__all__ = [
    "Compared",
    "Emotion",
    "Feeling",
    "Options",
    "Part",
    "Question",
    "exchange",
    "finish",
    "measure",
    "merge",
    "name",
]

name = "emotion"

FEEL_UNIT = 1_000_000_000
"""Scores of journeys count billionths of a point, so that their sums are exact whatever the order."""


@dataclass(frozen=True, slots=True)
class Part:
    """How often each (survey, touchpoint or None, score) was given, and per kind of question each score of a journey
    (in FEEL_UNIT).
    """

    given: Counter[tuple[str, str | None, int]] = field(default_factory=Counter)
    means: Counter[tuple[str, int]] = field(default_factory=Counter)
    peaks: Counter[tuple[str, int]] = field(default_factory=Counter)


def measure(bucket: Bucket, options: Options) -> Part:
    """Returns the mergeable part of one bucket."""
    found = answers(bucket, {question.survey: question.about for question in options.questions})
    if not found.row.size:
        return Part()
    part = Part(_given(bucket, found))
    for kind in _kinds(options):
        means, peaks = _journey_scores(*_felt(bucket, found, options, kind))
        part.means.update(_counter(kind, means))
        part.peaks.update(_counter(kind, peaks))
    return part


def merge(one: Part, other: Part) -> Part:
    """Returns two parts as one."""
    return Part(one.given + other.given, one.means + other.means, one.peaks + other.peaks)


def exchange(whole: Part, was: Part, now: Part) -> Part:
    """Returns the part of all when some, who were `was`, are `now`."""
    return exchanged(whole, was, now)


def finish(part: Part, options: Options, about: About) -> Emotion:
    """Returns the feelings, in the order of the questions and then of the touchpoints."""
    questions = {question.survey: question for question in options.questions}
    good = {key: often for key, often in part.given.items() if questions[key[0]].scale.holds(key[2])}
    off: Counter[str] = Counter()
    for key in part.given.keys() - good.keys():
        off[key[0]] += part.given[key]
    feelings = tuple(_feelings(good, options, about))
    kind = _curve_kind(feelings, options)
    return Emotion(
        about=about,
        feelings=_one_curve(feelings, {survey for survey in questions if questions[survey].kind == kind}),
        mean=_mean(part.means, kind),
        peak_end=_mean(part.peaks, kind),
        kind=kind,
        answers=sum(good.values()),
        unplaced=sum(often for (_, place, _), often in good.items() if place is None),
        unusable=tuple((survey, off[survey]) for survey in questions if off[survey]),
        compared=compared(good, options),
    )


def _kinds(options: Options) -> tuple[str, ...]:
    return tuple(dict.fromkeys(question.kind for question in options.questions if question.kind != "NPS"))


def _mean(scores: Counter[tuple[str, int]], kind: str | None) -> Estimate:
    return lopsided_mean(moments_of((score, often) for (one, score), often in scores.items() if one == kind), FEEL_UNIT)


def _felt(bucket: Bucket, found: Answers, options: Options, kind: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Returns journey and feeling (in FEEL_UNIT) of each placed answer to a question of one kind."""
    surveys, score = bucket.names.surveys, found.score.astype(np.int64)
    feel, use = np.zeros(score.size, np.int64), np.zeros(score.size, np.bool_)
    for question in options.questions:
        if question.kind != kind or question.survey not in surveys:
            continue
        low, high = round(question.low * SCORE_UNIT), round(question.high * SCORE_UNIT)
        mine = (found.survey == surveys.index(question.survey)) & (low <= score) & (score <= high) & (found.place >= 0)
        # Cut off towards 0 on both sides, so that 3 and 5 of seven points are equally extreme.
        off = 2 * FEEL_UNIT * (2 * score[mine] - low - high)
        up = np.sign(off) * (np.abs(off) // (high - low))
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


def _counter(kind: str, numbers: NDArray[np.int64]) -> Counter[tuple[str, int]]:
    values, often = np.unique(numbers, return_counts=True)
    return Counter({(kind, value): times for value, times in zip(values.tolist(), often.tolist(), strict=True)})


def _feelings(given: dict[tuple[str, str | None, int], int], options: Options, about: About) -> Iterable[Feeling]:
    at: dict[tuple[str, str | None], list[tuple[int, int]]] = {}
    for (survey, place, score), often in sorted(given.items(), key=lambda item: item[0][2]):
        at.setdefault((survey, place), []).append((score, often))
    for question in options.questions:
        for place in about.names.touchpoints:
            if (question.survey, place) in at:
                yield _feeling(place, question, at[question.survey, place])


def _feeling(place: str, question: Question, counts: list[tuple[int, int]]) -> Feeling:
    scale, raw = question.scale, lopsided_mean(moments_of(counts), SCORE_UNIT)
    top = sum(often for score, often in counts if scale.in_top_two(score))
    return Feeling(
        touchpoint=place,
        survey=question.survey,
        feel=scale.estimate(raw),
        raw=raw,
        counts=tuple((score / SCORE_UNIT, often) for score, often in counts),
        enough=raw.n >= question.n_min,
        n_min=question.n_min,
        top_two=share(top, raw.n),
        nps=nps(*sides(counts, SCORE_UNIT)) if question.kind == "NPS" else None,
    )


def _curve_kind(feelings: Iterable[Feeling], options: Options) -> str | None:
    """Returns the kind of question with enough answers at most touchpoints; ties: with most answers, then the first."""
    of = {question.survey: question.kind for question in options.questions}
    enough, answered = Counter[str](), Counter[str]()
    for kind, touchpoint in {(of[f.survey], f.touchpoint) for f in feelings if f.enough}:
        enough[kind] += bool(touchpoint)
    for feeling in feelings:
        answered[of[feeling.survey]] += feeling.feel.n
    return max(_kinds(options), key=lambda kind: (enough[kind], answered[kind]), default=None)


def _one_curve(feelings: Iterable[Feeling], surveys: Collection[str]) -> tuple[Feeling, ...]:
    """Returns the feelings, one per touchpoint on the curve: the first survey with enough answers, else the first."""
    listed = list(feelings)
    chosen: dict[str, Feeling] = {}
    for feeling in sorted((f for f in listed if f.survey in surveys), key=lambda f: not f.enough):
        chosen.setdefault(feeling.touchpoint, feeling)
    return tuple(replace(f, on_curve=chosen.get(f.touchpoint) is f) for f in listed)
