"""mermaid: the map as a Mermaid `journey` diagram, to show in a wiki or beside code.

Why: GitHub, GitLab, Obsidian and many wikis draw it from plain text. A phase is a section, a step a task, the personas
are the actors, and a feeling of -2 to +2 is a score of 1 to 5. A step about whose feeling nothing is known gets the
neutral 3 and says so in its name. Signs that Mermaid would misread (# : ; ,) are written as its own codes.

Options: `language` nl (default) or en.

Example: `klantreis export --to mermaid`. It does not fit for thoughts, barriers, ideas or numbers: a journey diagram
has no place for them, and the loss report says what stayed behind. Take markdown or svg.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from klantreis.findings import Finding
from klantreis.labels import Label, Language
from klantreis.map.losses import losses
from klantreis.map.losses import lost as left
from klantreis.map.sketch import Stop, harmless, sketch_of
from klantreis.report import Report

name = "mermaid"
suffix = ".mmd"

UNFELT = Label("gevoel onbekend", "feeling unknown")
"""Stands behind a step whose feeling nobody knows."""
ONE_LEFT = Label(
    "1 stap zonder gevoel staat als neutraal (3) getekend, met dat woord erachter",
    "1 step without a feeling is drawn as neutral (3), with that word behind it",
)
MANY_LEFT = Label(
    "{n} stappen zonder gevoel staan als neutraal (3) getekend, met dat woord erachter",
    "{n} steps without a feeling are drawn as neutral (3), with that word behind them",
)

_CODED = re.compile(r"[#:;,%<>{}\"'&\\`~|=\ufb02\u00b0\u00b6\u00df]")


@dataclass(frozen=True, slots=True)
class Options:
    """How to write the diagram; see the page above."""

    language: Language = "nl"


def export(report: Report, options: Options = Options()) -> bytes:
    """Returns the map as the text of a Mermaid diagram in UTF-8; a map without steps is a title with its sections."""
    language = options.language
    sketch = sketch_of(report.map, language)
    actors = ", ".join(coded(person) for person in sketch.personas)
    lines = ["journey", f"    title {coded(sketch.title or report.map.id)}"]
    for id_, phase in sketch.phases:
        lines.append(f"    section {coded(phase)}")
        lines += [f"      {_task(stop, language)}{f': {actors}' if actors else ''}" for stop in sketch.steps_of(id_)]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def lost(report: Report, options: Options = Options()) -> tuple[Finding, ...]:
    """Returns what of the map a journey diagram does not hold."""
    kept = frozenset({"step.feel", "personas"})
    said = losses(report.map, "export.mermaid", kept, options.language)
    unfelt = sum(stop.feel is None for stop in sketch_of(report.map, options.language).stops)
    if not unfelt:
        return said
    what = ONE_LEFT if unfelt == 1 else MANY_LEFT.each(lambda text: text.format(n=unfelt))
    return (*said, left("export.mermaid", report.map.id, what))


def coded(text: str) -> str:
    """Returns text that Mermaid's parser takes as one name: signs of its grammar as codes, such as #58; for a colon.

    Spaces at either end go, an empty text becomes a dash, and a first word that is a word of the grammar gets its first
    letter coded.
    """
    safe = _CODED.sub(lambda found: f"#{ord(found[0])};", harmless(text))
    if re.match(r"(journey|title|section|accTitle|accDescr)\b", safe, re.IGNORECASE):
        safe = f"#{ord(safe[0])};{safe[1:]}"
    return safe or "–"


def _task(stop: Stop, language: Language) -> str:
    if stop.feel is None:
        return f"{coded(stop.label)} ({UNFELT.text(language)}): 3"
    return f"{coded(stop.label)}: {min(2.0, max(-2.0, stop.feel)) + 3:g}"
