"""Behaviour off the map, as a person reads it in a terminal."""

from __future__ import annotations

from collections.abc import Mapping

from klantreis.analyses.coverage import Coverage
from klantreis.cli import figures, speak
from klantreis.cli.words import TEXTS
from klantreis.labels import Language

MOST = 20
Names = Mapping[str, str]


def coverage(result: Coverage, said: Language, names: Names) -> None:
    """Prints what people do that the map does not know."""
    speak.table(
        (
            {
                "event": found.event,
                "people": found.people,
                "share": figures.percent(found.share, said),
                "after": names.get(found.after or "", found.after),
                "before": names.get(found.before or "", found.before),
                "with": ", ".join(word for word, _ in found.words[:3]),
            }
            for found in result.behaviours[:MOST]
        ),
        said,
        title=TEXTS["coverage"].text(said),
    )
