"""`themes`: what customers write about, from the words in a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from klantreis.analyses import themes as analysis
from klantreis.analyses.fold import fold
from klantreis.analyses.themes import Themes
from klantreis.errors import OptionError
from klantreis.kinds import held
from klantreis.labels import Label
from klantreis.map.naming import titled
from klantreis.map.themes import Theme, parts_of, read_themes, themes_near
from klantreis.verbs.answers import answering, question
from klantreis.verbs.data import Data, opened

WordList = str | Path | Mapping[str, Sequence[str]]
"""A file such as `themes.yaml`, or theme -> words."""


@held
def themes(
    data: Data,
    *,
    words: WordList | None = None,
    scale: str = "1..5",
    reverse: bool = False,
    answers: str | Sequence[str] | None = None,
    n_min: int = 10,
    examples: int = 3,
    **columns: Any,
) -> Themes:
    """Returns what comments are about, counted by a word list, with the mean score of each theme beside the rest.

    `words`: a file such as `themes.yaml`, or theme -> words; `bezorg*` is every word that begins so (None: the starter
    list, Dutch and English). `scale`, `reverse` and `answers`: as for `emotion`. `n_min`: comments with a score on
    either side before scores are told apart. `examples`: how many of each theme. `columns`: as for `read`; `detail` is
    the column with the words, `score` may be left out. No comments: no themes, `comments` 0. Raises DocumentError for a
    word list with mistakes, OptionError for a word that cannot be looked for.
    """
    asked = question(scale, reverse=reverse)
    listed_ = word_list(words)
    journeys = answering(opened(data, **columns), answers)
    if journeys.touches and all(bucket.detail is None for bucket in journeys.buckets):
        raise OptionError(
            Label("In welke kolom staan de reacties?", "Which column holds the comments?"),
            mend=Label(
                "Noem hem: detail=..., of --detail ... op de opdrachtregel.",
                "Name it: detail=..., or --detail ... on the command line.",
            ),
        )
    found: Themes = fold(analysis, journeys, analysis.Options((asked,), listed_, n_min, examples))
    return found


def word_list(words: WordList | None) -> tuple[Theme, ...]:
    """Returns a word list from a file, from theme -> words, or the starter list for None."""
    if words is None:
        return themes_near(None)
    if not isinstance(words, Mapping):
        return read_themes(Path(words))
    for theme, entries in words.items():
        for entry in [entries] if isinstance(entries, str) else entries:
            if not parts_of(entry):
                raise OptionError(
                    Label(f"{entry!r} is geen woord om op te zoeken.", f"{entry!r} is no word to look for."),
                    where=f"words, {theme}",
                    mend=Label("Schrijf een woord.", "Write a word."),
                )
    return tuple(
        Theme(theme, titled(theme), (entries,) if isinstance(entries, str) else tuple(entries))
        for theme, entries in words.items()
    )
