"""`klantreis emotion`: how customers say they feel at each touchpoint."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from klantreis.analyses import emotion as analysis
from klantreis.analyses.fold import fold
from klantreis.cli import feeling_view
from klantreis.cli.asking import Answer, Asked, asks
from klantreis.errors import OptionError
from klantreis.journeys.questions import questions_of
from klantreis.labels import Label
from klantreis.verbs.emotion import emotion, pair

Scale = Annotated[
    str | None, typer.Option(help="Of a file: the ends of the scale, 1..5, or csat, stars, ces, nps. Default: 1..5.")
]
Reverse = Annotated[bool, typer.Option("--reverse", help="Of a file: low is good.")]
Answers = Annotated[str | None, typer.Option(help="Of a file: events that carry an answer: a,b. Default: any.")]
About = Annotated[
    str | None, typer.Option(help="Of a file: events an answer speaks of, the nearest before it. Default: its own.")
]
Compare = Annotated[str | None, typer.Option(help="Two touchpoints to lay beside each other: a,b.")]
Least = Annotated[int | None, typer.Option("--n-min", help="Fewer answers are not enough to tell. Default: 30.", min=1)]


@asks
def run(
    asked: Asked,
    scale: Scale = None,
    reverse: Reverse = False,
    answers: Answers = None,
    about: About = None,
    compare: Compare = None,
    n_min: Least = None,
) -> Answer:
    """How customers say they feel at each touchpoint, from -2 to +2, with n and 95 % intervals; NPS apart.

    Example: klantreis emotion --map ring-kopen
    """
    if asked.map is None:
        found = emotion(
            asked.data, scale=scale or "1..5", reverse=reverse, answers=answers, about=about, compare=compare,
            n_min=n_min or 30,
        )  # fmt: skip
        return Answer(found, feeling_view.emotion)
    of_file(scale=scale, reverse=reverse, answers=answers, about=about)
    questions = questions_of(asked.map)
    if n_min is not None:
        questions = tuple(replace(one, n_min=n_min) for one in questions)
    found = fold(analysis, asked.data, analysis.Options(questions, pair(compare)))
    return Answer(found, feeling_view.emotion)


def of_file(**given: object) -> None:
    """Raises OptionError when an option of a file was given for a map, whose surveys say it already."""
    for option, value in given.items():
        if value not in (None, False):
            raise OptionError(
                Label(
                    f"--{option.replace('_', '-')} hoort bij een bestand; de meetvragen van een kaart zeggen het al.",
                    f"--{option.replace('_', '-')} is of a file; the surveys of a map say it already.",
                ),
                mend=Label(
                    "Laat het weg, of verander de meetvraag op de kaart.",
                    "Leave it out, or change the survey on the map.",
                ),
            )
