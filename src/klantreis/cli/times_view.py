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
    "Tijd in een fase: tot het eerste contact in een latere fase, of tot het laatste contact van wie stopt. Hoe lang "
    "wie doorgaat erover doet: klantreis funnel",
    "Time in a phase: until the first touch in a later one, or until the last touch of who stops. How long it takes "
    "those who go on: klantreis funnel",
)


def times(result: Times, said: Language, names: Names | None = None) -> None:
    """Prints durations."""
    known = names or {}
    speak.table((_time(one, said, known) for one in [result.journey, *result.phases, *result.between[:MOST]]), said)
    if result.phases:
        speak.say(PHASES.text(said), style="dim")


def _time(one: Duration, said: Language, known: Names) -> dict[str, object]:
    ends = [known.get(id_, id_) for id_ in (one.source, one.target) if id_ is not None]
    spot = TEXTS["whole"].text(said) if one.kind == "journey" else " → ".join(ends)
    quantiles = {"q25": one.q25, "median": one.median, "q75": one.q75, "p90": one.p90}
    return {"what": spot, "n": one.n} | {key: figures.duration(value, said) for key, value in quantiles.items()}
