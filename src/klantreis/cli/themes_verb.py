"""`klantreis themes`: what customers write about."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from klantreis.analyses import themes as analysis
from klantreis.analyses.fold import fold
from klantreis.cli import feeling_view
from klantreis.cli.asking import Answer, Asked, asks
from klantreis.cli.emotion_verb import Answers, Reverse, Scale, of_file
from klantreis.errors import OptionError
from klantreis.journeys.questions import questions_of
from klantreis.labels import Label
from klantreis.map.themes import themes_near, themes_text
from klantreis.verbs.themes import themes, word_list

WordFile = Annotated[
    Path | None, typer.Option("--words", help="Your word list. Default: themes.yaml of the workspace, else a starter.")
]
WriteWords = Annotated[
    Path | None, typer.Option("--write-words", help="Also write the word list that was used, to make it yours.")
]
Least = Annotated[int, typer.Option("--n-min", help="Comments on either side before scores are told apart.", min=1)]
Examples = Annotated[int, typer.Option(help="How many examples of each theme.")]


@asks
def run(
    asked: Asked,
    words: WordFile = None,
    scale: Scale = None,
    reverse: Reverse = False,
    answers: Answers = None,
    n_min: Least = 10,
    examples: Examples = 3,
    write_words: WriteWords = None,
) -> Answer:
    """What customers write about, counted by a word list that is yours, with the score of each theme beside the rest.

    Example: klantreis themes --map ring-kopen
    """
    near = None if asked.map is None else asked.map.file
    listed = themes_near(near) if words is None else word_list(words)
    if write_words is not None:
        if write_words.exists():
            raise OptionError(
                Label(f"{str(write_words)!r} is er al.", f"{str(write_words)!r} is there already."),
                mend=Label("Geef een andere naam, of haal het eerst weg.", "Give another name, or remove it first."),
            )
        write_words.write_text(themes_text(listed), "utf-8")
    show = partial(feeling_view.themes, listed=len(listed))
    if asked.map is None:
        found = themes(
            asked.data, words=words, scale=scale or "1..5", reverse=reverse, answers=answers, n_min=n_min,
            examples=examples,
        )  # fmt: skip
        return Answer(found, show)
    of_file(scale=scale, reverse=reverse, answers=answers)
    options = analysis.Options(questions_of(asked.map), listed, n_min, examples)
    return Answer(fold(analysis, asked.data, options), show)
