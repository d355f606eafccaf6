"""One journey, touch by touch, as a person reads it in a terminal."""

from __future__ import annotations

from collections.abc import Mapping

from klantreis.cli import figures, speak
from klantreis.journeys.trail import Trail
from klantreis.labels import Label, Language
from klantreis.scenes.numbers import brief_day, local
from klantreis.scenes.words_trail import tell

UNKNOWN = Label("{} (niet op de kaart)", "{} (not on the map)")
FIRST = Label("begin", "start")


def show(found: Trail, said: Language, names: Mapping[str, str]) -> None:
    """Prints each touch with its moment and the time since the one before; never who it is."""
    state = [tell(found.state, said)] + ([tell("alike", said, n=str(found.alike))] if found.alike > 1 else [])
    speak.say(f"{found.name}: {', '.join(state)}")
    rows = []
    for row in found.rows():
        waited = row["wait_seconds"]
        moment, touch = local(row["at"], found.time_zone), row["touchpoint"]
        what = UNKNOWN.text(said).format(row["event"]) if touch is None else names.get(touch, touch)
        rows.append(
            {
                "#": row["number"],
                "touchpoint": f"{what}, {tell('failed', said)}" if row["failed"] else what,
                "moment": f"{brief_day(moment, said)} {moment:%H:%M}",
                "waited": FIRST.text(said) if waited is None else figures.duration(waited, said),
            }
        )
    speak.table(rows, said)
