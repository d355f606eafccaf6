"""Mood: how the feeling goes over time, per day, week or month, one line for each question.

Every answer counts in the period it was given in, by the clock of the map's time zone. Questions are never put on one
line. A feeling runs from -2 to +2 as in `emotion`; recommendation (NPS) has a line of its own, as NPS. A period with
fewer answers than the survey needs is shown, but not as measured.

Options: `questions`, the surveys of the map; `unit`, `day`, `week` (from Monday) or `month`; `time_zone` (None: that of
the data).

Example: satisfaction fell from +1.1 in May to +0.6 in October, 0.09 a month (0.13 to 0.05).

`trend` is the slope of the line per period, over the latest unbroken run of periods with enough answers, four at
least. Its interval holds chance in the answers, and is wider when periods stray from the line by more than chance.
Weeks without answers are periods without a value.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from klantreis.analyses.result import Result, about_dict
from klantreis.journeys.model import NO_SCORE, SCORE_UNIT, About, Bucket
from klantreis.journeys.questions import Question, questions_of
from klantreis.map.model import JourneyMap
from klantreis.spans import MICROSECONDS
from klantreis.stats.calendar import Ints, Unit, calendar, check_zone, name_of
from klantreis.stats.intervals import Estimate
from klantreis.stats.means import lopsided_mean, moments_of
from klantreis.stats.nps import nps, sides
from klantreis.stats.scores import slope

name = "mood"
QUARTER = 900 * MICROSECONDS
"""Answers are counted per quarter of an hour: every time zone begins its days on one."""
FEEL_UNIT = 1_000_000
EMPTY: Ints = np.empty(0, np.int64)
LEAST = 4
"""A trend takes so many periods with enough answers, one after the other."""


@dataclass(frozen=True, slots=True)
class Options:
    """The questions, how long a period is, and by whose clock."""

    questions: tuple[Question, ...] = ()
    unit: Unit = "month"
    time_zone: str | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """One period: '2026-05', or the first day of a week. `feel` on -2..+2, `raw` as asked, `nps` (-1 to 1) for NPS."""

    period: str
    feel: Estimate
    raw: Estimate
    enough: bool
    nps: Estimate | None = None

    @property
    def shown(self) -> Estimate:
        """What the line goes through: NPS where there is one, else the feeling."""
        return self.feel if self.nps is None else self.nps


@dataclass(frozen=True, slots=True)
class Series:
    """The line of one question: a point for every period from the first answer to the last, and its `trend` per period
    (in feeling, or NPS from -1 to 1) over the last `run` periods; no value: too few periods.
    """

    survey: str
    kind: str
    n_min: int
    points: tuple[Point, ...]
    trend: Estimate
    run: int


@dataclass(frozen=True, slots=True)
class Mood(Result):
    """A line per question that has answers, in the order of the map; `unit` and `time_zone` of its periods."""

    unit: str = "month"
    time_zone: str = "UTC"
    series: tuple[Series, ...] = ()

    @property
    def silent(self) -> bool:
        """Says whether there is nothing to tell: no answers at all."""
        return not self.series

    def to_dict(self) -> dict[str, Any]:
        """Returns the lines as plain values, as in `schemas/mood.schema.json`."""
        return {
            "about": about_dict(self.about),
            "unit": self.unit,
            "time_zone": self.time_zone,
            "series": [
                {
                    "survey": one.survey,
                    "kind": one.kind,
                    "n_min": one.n_min,
                    "trend": one.trend.to_dict(),
                    "run": one.run,
                    "points": [_point_dict(point) for point in one.points],
                }
                for one in self.series
            ],
        }

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row per question and period."""
        return [
            {
                "survey": one.survey,
                "period": point.period,
                "n": point.feel.n,
                "feel": point.feel.value,
                "feel_low": point.feel.low,
                "feel_high": point.feel.high,
                "raw": point.raw.value,
                "nps": None if point.nps is None else point.nps.value,
                "enough": point.enough,
            }
            for one in self.series
            for point in one.points
        ]


@dataclass(frozen=True, slots=True)
class Part:
    """Per survey: keys that hold the quarter of an hour since 1970 and the score, rising, and how often each came."""

    given: Mapping[str, tuple[Ints, Ints]] = field(default_factory=dict)


def asked_by(map_: JourneyMap) -> Options | None:
    """Returns what a map asks: its surveys per month; None without one."""
    return Options(questions_of(map_)) if map_.surveys else None


def measure(bucket: Bucket, options: Options) -> Part:
    """Returns the answers of one bucket per quarter of an hour. Raises OptionError for an unknown time zone."""
    if options.time_zone is not None:
        check_zone(options.time_zone)
    if bucket.survey is None or bucket.score is None:
        return Part()
    asked = {question.survey for question in options.questions}
    given: dict[str, tuple[Ints, Ints]] = {}
    for code, survey in enumerate(bucket.names.surveys):
        if survey not in asked:
            continue
        rows = np.flatnonzero(bucket.survey == code)
        rows = rows[bucket.score[rows] != NO_SCORE]
        keys = (bucket.at[rows] // QUARTER << 32) + (bucket.score[rows].astype(np.int64) - int(NO_SCORE))
        given[survey] = np.unique(keys, return_counts=True)
    return Part(given)


def merge(one: Part, other: Part) -> Part:
    """Returns two parts as one."""
    given = dict(one.given)
    for survey, counts in other.given.items():
        given[survey] = _joined(given[survey], counts) if survey in given else counts
    return Part(given)


def exchange(whole: Part, was: Part, now: Part) -> Part:
    """Returns the part of all when some, who were `was`, are `now`."""
    less = Part({survey: (keys, -often) for survey, (keys, often) in was.given.items()})
    given = merge(merge(whole, less), now).given
    return Part({survey: (keys[often != 0], often[often != 0]) for survey, (keys, often) in given.items()})


def finish(part: Part, options: Options, about: About) -> Mood:
    """Returns a line for each question that has answers."""
    zone = options.time_zone or about.time_zone
    series = (_series(part, question, options.unit, zone) for question in options.questions)
    return Mood(about, options.unit, zone, tuple(one for one in series if one is not None))


def _joined(one: tuple[Ints, Ints], other: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    keys, often = (np.concatenate([mine, theirs]) for mine, theirs in zip(one, other, strict=True))
    order = np.argsort(keys, kind="stable")  # of two that rise each, this only has to lay one into the other
    keys = keys[order]
    first = np.flatnonzero(np.diff(keys, prepend=keys[:1] - 1))
    return keys[first], np.add.reduceat(often[order], first) if len(first) else often


def _series(part: Part, question: Question, unit: Unit, zone: str) -> Series | None:
    if question.survey not in part.given:
        return None
    keys, often = part.given[question.survey]
    score = (keys & 0xFFFFFFFF) + int(NO_SCORE)
    low, high = round(question.low * SCORE_UNIT), round(question.high * SCORE_UNIT)
    good = (low <= score) & (score <= high)
    at = (keys[good] >> 32) * QUARTER
    if not at.size:
        return None
    pages = calendar(unit, zone, int(at.min()), int(at.max()))
    counts = _per_period(pages.numbers(at), score[good], often[good])
    points = tuple(
        _point(name_of(unit, pages.first + place), counts.get(pages.first + place, {}), question)
        for place in range(len(pages.begins) - 1)
    )
    begin, end = _run(points)
    run = [counts[pages.first + place] for place in range(begin, end)]
    return Series(question.survey, question.kind, question.n_min, points, _trend(run, question), len(run))


def _trend(run: Sequence[Counter[int]], question: Question) -> Estimate:
    """Returns the slope per period of what the line goes through."""
    if len(run) < LEAST:
        return Estimate(None, len(run))
    values = [
        Counter({_value(score, question): often for score, often in counts.items()})
        if question.kind != "NPS"
        else _sides(counts)
        for counts in run
    ]
    parts = [moments_of((value, often) for value, often in counts.items()) for counts in values]
    inside = sum(part.squares - part.total * part.total / part.n for part in parts)
    free = sum(part.n for part in parts) - len(parts)
    unit = 1 if question.kind == "NPS" else FEEL_UNIT
    means = [(place, part.total / part.n / unit, part.n) for place, part in enumerate(parts)]
    return slope(means, inside / free / unit / unit if free > 0 else 0.0)


def _value(score: int, question: Question) -> int:
    return round(question.scale.feel(score / SCORE_UNIT) * FEEL_UNIT)


def _sides(counts: Counter[int]) -> Counter[int]:
    """Returns recommendation as +1, 0 and -1."""
    promoters, detractors, n = sides(counts.items(), SCORE_UNIT)
    return Counter({1: promoters, -1: detractors, 0: n - promoters - detractors})


def _per_period(numbers: Ints, scores: Ints, often: Ints) -> Mapping[int, Counter[int]]:
    """Returns score -> how often, per number of the period."""
    keys, counted = _joined(((numbers << 32) + (scores - int(NO_SCORE)), often), (EMPTY, EMPTY))
    counts: dict[int, Counter[int]] = {}
    for key, times in zip(keys.tolist(), counted.tolist(), strict=True):
        counts.setdefault(key >> 32, Counter())[(key & 0xFFFFFFFF) + int(NO_SCORE)] += times
    return counts


def _point(period: str, counts: Mapping[int, int], question: Question) -> Point:
    raw = lopsided_mean(moments_of(counts.items()), SCORE_UNIT)
    recommends = nps(*sides(counts.items(), SCORE_UNIT)) if question.kind == "NPS" else None
    return Point(period, question.scale.estimate(raw), raw, raw.n >= question.n_min, recommends)


def _run(points: tuple[Point, ...]) -> tuple[int, int]:
    """Returns the latest unbroken run of points with enough answers: from, up to."""
    end = begin = max((place + 1 for place, point in enumerate(points) if point.enough), default=0)
    while begin > 0 and points[begin - 1].enough:
        begin -= 1
    return begin, end


def _point_dict(point: Point) -> dict[str, Any]:
    return {
        "period": point.period,
        "feel": point.feel.to_dict(),
        "raw": point.raw.to_dict(),
        "nps": None if point.nps is None else point.nps.to_dict(),
        "enough": point.enough,
    }
