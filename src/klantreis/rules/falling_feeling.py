"""Falling feeling: a question whose answers get worse, month after month.

A mean over half a year hides that it is going down. This rule reads the line of each survey over time and speaks when
it surely falls: the whole interval of its slope lies below zero, over the latest months with enough answers.

Options: `fall` per month that matters, on the scale from -2 to +2 (0.05); `nps_fall`, the same for recommendation, of
100 points (2).

Fires: satisfaction falls 0.11 a month (0.16 to 0.06) over seven months.
Does not fire: the interval runs from -0.12 to +0.02; it falls by 0.02; or fewer than four months in a row have enough
answers.

A line in time has no cause: whatever else changed is in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from klantreis.analyses.mood import Mood, Series
from klantreis.analyses.results import Results
from klantreis.findings import Finding
from klantreis.labels import Label
from klantreis.map.model import JourneyMap
from klantreis.rules.contract import Number, Word, estimated, fill, plain_label, spot

name = "falling_feeling"


@dataclass(frozen=True, slots=True)
class Options:
    """`fall` per month that matters, on -2..+2; `nps_fall` for recommendation, in points of 100."""

    fall: float = 0.05
    nps_fall: float = 2


TITLE = Label(nl="De antwoorden worden slechter: ‘{survey}’", en="Answers are getting worse: ‘{survey}’")
DETAIL = Label(
    nl="Elke maand {fall} {scale} (tussen {low} en {high}), over de laatste {run} maanden: van {first} in {begin} naar "
    "{last} in {end}.",
    en="Each month {fall} {scale} (between {low} and {high}), over the latest {run} months: from {first} in {begin} to "
    "{last} in {end}.",
)
FEELING = Label(nl="op een schaal van −2 tot +2", en="on a scale from −2 to +2")
NPS = Label(nl="op een schaal van −100 tot +100", en="on a scale from −100 to +100")
ADVICE = Label(
    nl="Zoek wat er sinds {begin} anders is, en lees de reacties van die tijd: klantreis themes.",
    en="Look for what is different since {begin}, and read the comments of that time: klantreis themes.",
)
SLOPE = Label(nl="verloop per maand", en="slope per month")


def check(map_: JourneyMap, results: Results, options: Options = Options()) -> Iterator[Finding]:
    """Yields a finding for each survey whose line surely falls."""
    found = results.more.get("mood")
    if not isinstance(found, Mood) or found.unit != "month":
        return
    for one in found.series:
        least = options.nps_fall / 100 if one.kind == "NPS" else options.fall
        slope = one.trend
        if slope.value is not None and slope.high is not None and slope.high < 0 and slope.value <= -least:
            yield _finding(map_, one)


def _finding(map_: JourneyMap, one: Series) -> Finding:
    run = [point for point in one.points if point.enough][-one.run :]
    survey = next((survey.label for survey in map_.surveys if survey.id == one.survey), Label())
    words: dict[str, Word] = {
        "survey": plain_label(survey, one.survey),
        "fall": _told(one, one.trend.value),
        "low": _told(one, one.trend.low),
        "high": _told(one, one.trend.high),
        "scale": NPS if one.kind == "NPS" else FEELING,
        "run": Number(one.run),
        "first": _told(one, run[0].shown.value),
        "begin": run[0].period,
        "last": _told(one, run[-1].shown.value),
        "end": run[-1].period,
    }
    return Finding(
        rule=name,
        level="insight",
        place=spot(map_, one.survey),
        title=fill(TITLE, **words),
        detail=fill(DETAIL, **words),
        advice=fill(ADVICE, **words),
        people=sum(point.feel.n for point in run),
        evidence=(estimated(SLOPE, one.trend, "nps" if one.kind == "NPS" else "mean"),),
    )


def _told(one: Series, value: float | None) -> Word:
    return Number(value or 0, "nps") if one.kind == "NPS" else Number(value or 0, "points")
