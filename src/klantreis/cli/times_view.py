"""Durations, as a person reads them in a terminal."""

from __future__ import annotations

from collections.abc import Mapping

from klantreis.analyses.times import Duration, Times
from klantreis.cli import figures, speak
from klantreis.cli.words import TEXTS
from klantreis.labels import Label, Language

MOST = 20
Names = Mapping[str, str]
PHASES = Label(
    "Tijd in een fase: tot het eerste contact in een latere fase, of tot het laatste contact van wie stopt; "
    "'verder': alleen wie doorging naar een latere fase.",
    "Time in a phase: until the first touch in a later one, or until the last touch of who stops; 'onward': only "
    "those who went on to a later phase.",
)
ONWARD = Label("verder", "onward")


def times(result: Times, said: Language, names: Names | None = None) -> None:
    """Prints durations."""
    known = names or {}
    speak.table((_time(one, said, known) for one in _listed(result)), said)
    if result.phases:
        speak.say(PHASES.text(said), style="dim")


def _listed(result: Times) -> list[Duration]:
    """Returns the whole journey, each phase, of all and of who went on, and the ways most gone."""
    onward = {one.source: one for one in result.onward if one.n}
    phases = [one for phase in result.phases for one in (phase, onward.get(phase.source)) if one is not None]
    return [result.journey, *phases, *result.between[:MOST]]


def _time(one: Duration, said: Language, known: Names) -> dict[str, object]:
    ends = [known.get(id_, id_) for id_ in (one.source, one.target) if id_ is not None]
    spot = TEXTS["whole"].text(said) if one.kind == "journey" else " → ".join(ends)
    spot += f" → {ONWARD.text(said)}" if one.kind == "onward" else ""
    quantiles = {"q25": one.q25, "median": one.median, "q75": one.q75, "p90": one.p90}
    return {"what": spot, "n": one.n} | {key: figures.duration(value, said) for key, value in quantiles.items()}
