"""`klantreis mood`: how the feeling goes over time."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal

import typer

from klantreis.analyses import mood as analysis
from klantreis.analyses.fold import fold
from klantreis.cli import feeling_view, returning
from klantreis.cli.asking import Answer, Asked, asks
from klantreis.cli.emotion_verb import Answers, Least, Reverse, Scale, of_file
from klantreis.journeys.questions import questions_of
from klantreis.verbs.mood import mood

Unit = Annotated[Literal["day", "week", "month"], typer.Option(help="How long a period is.")]


@asks
def run(
    asked: Asked,
    unit: Unit = "month",
    zone: returning.Zone = None,
    scale: Scale = None,
    reverse: Reverse = False,
    answers: Answers = None,
    n_min: Least = None,
) -> Answer:
    """How the feeling goes over time, one line for each question, with n, 95 % intervals and the trend.

    Example: klantreis mood --map ring-kopen --unit week
    """
    if asked.map is None:
        found = mood(
            asked.data, scale=scale or "1..5", reverse=reverse, answers=answers, unit=unit, zone=zone,
            n_min=n_min or 30,
        )  # fmt: skip
        return Answer(found, feeling_view.mood)
    of_file(scale=scale, reverse=reverse, answers=answers)
    questions = questions_of(asked.map)
    if n_min is not None:
        questions = tuple(replace(one, n_min=n_min) for one in questions)
    return Answer(fold(analysis, asked.data, analysis.Options(questions, unit, zone)), feeling_view.mood)
