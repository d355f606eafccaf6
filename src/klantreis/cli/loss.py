"""A loss report at the terminal: what of a map stayed behind, a line each."""

from __future__ import annotations

from collections.abc import Sequence

from rich.markup import escape

from klantreis.cli import speak
from klantreis.findings import Finding
from klantreis.labels import Language


def told(found: Sequence[Finding], said: Language) -> None:
    """Prints what stayed behind on the error stream; what has a line in a document is told with its place."""
    for one in found:
        if one.place.line or one.advice or one.detail:
            speak.findings((one,), said, to=speak.err)
        else:
            speak.show(f"{speak.MARKS[one.level]} {escape(one.title.text(said))}", speak.err)
