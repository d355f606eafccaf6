"""Experience: what customers found, in three dimensions, apart from what they did.

Why: a journey is what people do; an experience is how they live it, and only they can tell. So the two are never one
number: one half counts behaviour, of everybody; the other half what those say who were asked and answered.

The dimensions: `service`, how good it was; `use`, how easy it went; `emotion`, what it did to somebody. A survey
belongs to one of them (`dimension` on the map; else satisfaction to service, effort to use, other questions to
emotion). Recommending is an intention, and in none.

Options: `questions`, the surveys of the map; `goal`, the touchpoints that mean a journey succeeded.

Example: 61 % of 4,210 journeys reach the goal; the 902 people who answered rate the service +1.1 and the use -0.3, and
nobody was asked what it did to them.

A dimension's score is the mean over people, -2 to +2: first the mean of a person's own answers, so that nobody counts
twice. Answers off their scale are left out. A journey that is still going and has not reached the goal does not count
for the share that did; a touch at the goal that went wrong did not reach it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.result import Result, about_dict
from klantreis.journeys.answers import answered
from klantreis.journeys.model import FAILED, OPEN, SCORE_UNIT, About, Bucket, holding
from klantreis.journeys.questions import DIMENSIONS, Question, questions_of
from klantreis.journeys.spells import journey_of
from klantreis.map.goal import goal
from klantreis.map.model import JourneyMap
from klantreis.stats.exchange import exchanged
from klantreis.stats.intervals import Estimate, share
from klantreis.stats.means import Moments, lopsided_mean, moments, moments_of

name = "experience"
FEEL_UNIT = 1_000_000_000
"""Scores of people count billionths of a point, so that their sums are exact whatever the order."""


@dataclass(frozen=True, slots=True)
class Options:
    """The surveys of the map, and the touchpoints that mean a journey succeeded (none: not known)."""

    questions: tuple[Question, ...] = ()
    goal: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension: its `score` (-2 to +2; n people), how many `answers`, to which `surveys`. `enough` False: fewer
    people than its surveys need.
    """

    dimension: str
    score: Estimate
    answers: int
    surveys: tuple[str, ...]
    n_min: int
    enough: bool


@dataclass(frozen=True, slots=True)
class Experience(Result):
    """Both halves. What they did: people, journeys, `contacts` per journey, the share of journeys that reached the goal
    (`open` ones left out; no value: the map has no goal). What they found: the dimensions, and the share of people who
    `answered` at all.
    """

    people: int = 0
    journeys: int = 0
    open: int = 0
    contacts: Estimate = field(default_factory=lambda: Estimate(None, 0))
    reached: Estimate = field(default_factory=lambda: Estimate(None, 0))
    answered: Estimate = field(default_factory=lambda: Estimate(None, 0))
    dimensions: tuple[Dimension, ...] = ()

    @property
    def silent(self) -> bool:
        """Says whether there is nothing to tell: no answers at all."""
        return not any(one.answers for one in self.dimensions)

    def to_dict(self) -> dict[str, Any]:
        """Returns both halves as plain values, as in `schemas/experience.schema.json`."""
        return {
            "about": about_dict(self.about),
            "did": {
                "people": self.people,
                "journeys": self.journeys,
                "open": self.open,
                "contacts": self.contacts.to_dict(),
                "reached": self.reached.to_dict(),
            },
            "found": {
                "answered": self.answered.to_dict(),
                "dimensions": [
                    {
                        "dimension": one.dimension,
                        "score": one.score.to_dict(),
                        "answers": one.answers,
                        "surveys": list(one.surveys),
                        "n_min": one.n_min,
                        "enough": one.enough,
                    }
                    for one in self.dimensions
                ],
            },
        }

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row per dimension."""
        return [
            {
                "dimension": one.dimension,
                "people": one.score.n,
                "score": one.score.value,
                "low": one.score.low,
                "high": one.score.high,
                "answers": one.answers,
                "enough": one.enough,
            }
            for one in self.dimensions
        ]


@dataclass(frozen=True, slots=True)
class Part:
    """Counts of behaviour; per dimension the people by their own score (in FEEL_UNIT); answers per dimension."""

    counts: Counter[str] = field(default_factory=Counter)
    contacts: Moments = field(default_factory=Moments)
    scores: Counter[tuple[str, int]] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)


def asked_by(map_: JourneyMap) -> Options | None:
    """Returns what a map asks: its surveys that ask for an experience, and its goal; None without such a survey."""
    questions = questions_of(map_)
    return Options(questions, goal(map_)) if any(one.dimension for one in questions) else None


def measure(bucket: Bucket, options: Options) -> Part:
    """Returns the counts of one bucket."""
    reached = _reached(bucket, options)
    part = Part(
        Counter(
            people=int(np.count_nonzero(np.diff(bucket.person, prepend=-1))),
            journeys=bucket.journeys,
            reached=int(reached.sum()),
            open=int(np.count_nonzero((bucket.state == OPEN) & ~reached)),
        ),
        moments(np.diff(bucket.start)),
    )
    given = answered(bucket, [question.survey for question in options.questions])
    person, counted = bucket.person[journey_of(bucket, given)], np.zeros(given.size, np.bool_)
    for dimension in DIMENSIONS:
        mine, feel = _felt(bucket, given, options, dimension)
        counted |= mine
        part.answers[dimension] += feel.size
        scores, often = np.unique(_own_means(person[mine], feel), return_counts=True)
        part.scores.update({(dimension, s): n for s, n in zip(scores.tolist(), often.tolist(), strict=True)})
    part.counts["answered"] += int(np.count_nonzero(np.diff(person[counted], prepend=-1)))
    return part


def merge(one: Part, other: Part) -> Part:
    """Returns two parts as one."""
    return Part(
        one.counts + other.counts, one.contacts + other.contacts, one.scores + other.scores, one.answers + other.answers
    )


def exchange(whole: Part, was: Part, now: Part) -> Part:
    """Returns the part of all when some, who were `was`, are `now`."""
    return exchanged(whole, was, now)


def finish(part: Part, options: Options, about: About) -> Experience:
    """Returns both halves."""
    n = part.counts
    return Experience(
        about=about,
        people=n["people"],
        journeys=n["journeys"],
        open=n["open"],
        contacts=lopsided_mean(part.contacts, endless=True),
        reached=share(n["reached"], n["journeys"] - n["open"]) if options.goal else Estimate(None, 0),
        answered=share(n["answered"], n["people"]),
        dimensions=tuple(_dimension(part, options, one) for one in DIMENSIONS),
    )


def _dimension(part: Part, options: Options, dimension: str) -> Dimension:
    asked = [question for question in options.questions if question.dimension == dimension]
    scores = moments_of((score, often) for (one, score), often in part.scores.items() if one == dimension)
    score, n_min = lopsided_mean(scores, FEEL_UNIT), min((one.n_min for one in asked), default=0)
    return Dimension(
        dimension=dimension,
        score=score,
        answers=part.answers[dimension],
        surveys=tuple(one.survey for one in asked),
        n_min=n_min,
        enough=0 < n_min <= score.n,
    )


def _reached(bucket: Bucket, options: Options) -> NDArray[np.bool_]:
    """Marks the journeys that reached the goal; a touch that failed there (a payment that was refused) did not."""
    known = bucket.names.touchpoints
    rows = np.flatnonzero(holding(bucket.touch, [known.index(touch) for touch in options.goal if touch in known]))
    rows = rows if bucket.flags is None else rows[bucket.flags[rows] & FAILED == 0]
    reached = np.zeros(bucket.journeys, np.bool_)
    reached[journey_of(bucket, rows)] = True
    return reached


def _felt(
    bucket: Bucket, given: NDArray[np.int64], options: Options, dimension: str
) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Returns which of the given answers are usable ones about a dimension, and their feeling (in FEEL_UNIT)."""
    feel, use = np.zeros(given.size, np.int64), np.zeros(given.size, np.bool_)
    if bucket.survey is None or bucket.score is None:
        return use, feel
    survey, score = bucket.survey[given], bucket.score[given].astype(np.int64)
    for question in options.questions:
        if question.dimension != dimension or question.survey not in bucket.names.surveys:
            continue
        low, high = round(question.low * SCORE_UNIT), round(question.high * SCORE_UNIT)
        mine = (survey == bucket.names.surveys.index(question.survey)) & (low <= score) & (score <= high)
        up = 4 * FEEL_UNIT * (score[mine] - low) // (high - low) - 2 * FEEL_UNIT
        feel[mine] = -up if question.reverse else up
        use |= mine
    return use, feel[use]


def _own_means(person: NDArray[np.int64], feel: NDArray[np.int64]) -> NDArray[np.int64]:
    """Returns the mean of each person's own answers; one person's answers stand together."""
    if not person.size:
        return feel
    first = np.flatnonzero(np.diff(person, prepend=-1))
    means: NDArray[np.int64] = np.add.reduceat(feel, first) // np.diff(first, append=person.size)
    return means
