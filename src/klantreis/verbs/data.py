"""What every question is asked of: a file, a data frame, or journeys that were read before; and the words in it."""

from __future__ import annotations

from collections.abc import Sequence
from inspect import signature
from pathlib import Path
from typing import Any

from klantreis.bare import Frame, read
from klantreis.errors import OptionError, did_you_mean, nearest, warn
from klantreis.journeys.model import Journeys
from klantreis.labels import Label, paragraph
from klantreis.spans import NoSpan, span

Data = str | Path | Journeys | Frame
"""A file, a data frame (pandas, polars, arrow), or journeys that were read before."""


def opened(data: Data, **columns: Any) -> Journeys:
    """Returns the journeys of a file or a data frame, or the journeys themselves when they were read before."""
    known = list(signature(read).parameters)[1:]
    for name in columns:
        if name not in known:
            raise OptionError(
                Label(f"De optie {name!r} is er niet.", f"There is no option {name!r}."),
                mend=_meant(name, known),
            )
    if isinstance(data, Journeys):
        if columns:
            raise OptionError(
                Label(
                    "Er zijn kolommen genoemd voor reizen die al gelezen zijn.",
                    "Columns were named for journeys that are already read.",
                ),
                where=", ".join(columns),
                mend=Label("Noem ze bij read().", "Name them when calling read()."),
            )
        return data
    return read(data, **columns)


def _meant(name: str, known: Sequence[str]) -> Label:
    """Returns the column of `read` that comes near a word; else where the options of the question stand."""
    help_ = Label("Wat een vraag aanneemt, zegt help() van haar.", "What a question takes stands in its help().")
    return did_you_mean(name, known) if nearest(name, known) else help_


def micros(text: str | None, option: str) -> int | None:
    """Returns a span such as '7d' in microseconds, None for None; `option` is the word that an error names.

    Raises OptionError when it is no span.
    """
    if text is None:
        return None
    try:
        return span(text)
    except NoSpan as error:
        raise OptionError(
            error.said.each(lambda text: f"{text}."),
            where=option,
            mend=Label(f"Bijvoorbeeld: {option}='7d'.", f"For example: {option}='7d'."),
        ) from error


def listed(words: str | Sequence[str] | None) -> tuple[str, ...] | None:
    """Returns 'a,b' or a list of names as a tuple; None for None."""
    if words is None:
        return None
    return tuple(part.strip() for part in words.split(",") if part.strip()) if isinstance(words, str) else tuple(words)


def warn_unknown(journeys: Journeys, names: Sequence[str]) -> None:
    """Warns of names that no event has: they count as never met, which is an answer, but more often a slip."""
    known = set(journeys.about.names.touchpoints)
    for name in dict.fromkeys(names):
        if name not in known and known:
            unknown = Label(
                f"Geen gebeurtenis in de gegevens heet {name!r}, dus komt niemand die tegen.",
                f"No event in the data is called {name!r}, so nobody meets it.",
            )
            warn(paragraph(unknown, did_you_mean(name, sorted(known))))
