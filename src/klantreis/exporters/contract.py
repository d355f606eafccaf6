"""What an exporter is: a module with a `name`, a `suffix`, `Options`, and `export`; and what those that draw share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from unicodedata import category

from klantreis.errors import OptionError
from klantreis.findings import Finding, Level
from klantreis.labels import Label, Language
from klantreis.map.focus import Focus, owner_called
from klantreis.map.losses import lost
from klantreis.map.scope import Stretch
from klantreis.report import Report
from klantreis.scenes.model import Scene
from klantreis.scenes.text import clean, metrics
from klantreis.scenes.views import ViewName, view_scene

MOST = 1000
"""The most steps of a map that is drawn; a sheet that people read has a hundred."""
SHOWN = 12
"""Signs that a loss report names."""


class Exporter(Protocol):
    """What a module must offer to be an exporter; its docstring is its page in the docs."""

    name: str
    suffix: str

    def export(self, report: Report, options: Any) -> bytes:
        """Returns the report's map in this format, whole, as the bytes of one file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Which picture of a map: the options that every format that draws one has.

    `view` is one of the views of `scenes.views`; `width` in pixels; `persona` names whom it is about; `only` a phase,
    for means; `owner` shows only the work of one team, `ours` leaves out the steps that are not ours to change, and
    `scope` (to_purchase, from_purchase) shows one stretch, in views of the map.
    """

    language: Language = "nl"
    width: float = 1680
    persona: str | None = None
    view: ViewName = "map"
    only: str | None = None
    owner: str | None = None
    ours: bool = False
    scope: Stretch = "whole"


def scene_of(report: Report, asked: View) -> Scene:
    """Returns a view of the report's map as the one picture that every format draws, so that they cannot differ.

    Raises OptionError with the nearest name for a team that owns nothing, and for a map of over 1,000 steps.
    """
    refuse_vast(report)
    return view_scene(
        asked.view,
        report.map,
        report.results,
        report.findings,
        language=asked.language,
        width=asked.width,
        persona=asked.persona,
        made=report.made,
        time_zone=report.time_zone,
        currency=report.currency,
        images=report.images,
        only=asked.only,
        focus=focus_of(report, asked),
        around=report.beside,
        trail=report.trail,
        votes=report.votes,
    )


def refuse_vast(report: Report, most: int = MOST) -> None:
    """Raises OptionError when a map has more steps than anybody can look at."""
    count = steps_of(report)
    if count > most:
        raise OptionError(
            Label(
                f"{count} stappen zijn niet te tekenen: hoogstens {most}.", f"{count} steps cannot be drawn: {most}."
            ),
            where=report.map.id,
            mend=Label("Neem csv, xlsx of json, of splits de kaart.", "Take csv, xlsx or json, or split the map."),
        )


def steps_of(report: Report) -> int:
    """Returns how many steps the report's map has."""
    return sum(len(phase.steps) for phase in report.map.phases)


def focus_of(report: Report, asked: View) -> Focus:
    """Returns which part of the map is asked for. Raises OptionError with the nearest name for an unknown team."""
    owner = None if asked.owner is None else owner_called(report.map, asked.owner)
    return Focus(owner, asked.ours, asked.scope)


def strange(text: str) -> list[str]:
    """Returns the signs of a text that the font that comes along cannot draw, in their order in Unicode.

    Signs without a shape of their own, such as an accent to be put on another, do not count.
    """
    known = frozenset(sign for face in metrics().values() for sign in face)
    return [sign for sign in sorted(set(text) - known) if clean(sign) == sign and category(sign)[0] not in "MCZ"]


def foreign(code: str, map_: str, said: Label, signs: Sequence[str], *, level: Level = "warning") -> Finding:
    """Returns what a loss report says of signs: how many ({n}), and the first of them ({some})."""
    some = " ".join(signs[:SHOWN]) + (" …" if len(signs) > SHOWN else "")
    return lost(code, map_, said.each(lambda text: text.format(n=len(signs), some=some)), level=level)
