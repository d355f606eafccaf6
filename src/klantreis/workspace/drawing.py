"""A map of a file as a picture, and what a drawing asks of a map."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from klantreis.errors import OptionError, did_you_mean
from klantreis.exporters.svg import Options as Drawing
from klantreis.exporters.svg import ThemeChoice, export
from klantreis.labels import Label, Language
from klantreis.map.crosswalk import shown_as
from klantreis.map.model import JourneyMap
from klantreis.report import Report
from klantreis.scenes.views import ViewName

ALONE: Mapping[str, str] = MappingProxyType({})
"""No other map is drawn beside this one."""
NAMED = (
    "view", "model", "only", "persona", "segment", "owner", "ours", "scope", "journey", "paper", "card", "theme",
    "language",
)  # fmt: skip
"""What stands in the name of a picture, in this order."""
BEFORE: Mapping[str, str] = MappingProxyType({"model": "as-", "segment": "segment-", "theme": "theme-"})
USUAL: Mapping[str, str] = MappingProxyType({"view": "map", "scope": "whole", "theme": "light"})


def drawn_alone(
    report: Report,
    *,
    language: Language = "nl",
    theme: ThemeChoice = "light",
    view: ViewName = "map",
    persona: str | None = None,
    **part: Any,
) -> str:
    """Returns a view of the map of a report as SVG; the rest as for `draw`."""
    asked = Drawing(language=language, theme=theme, view=view, persona=known_persona(report.map, persona), **part)
    return export(report, asked).decode()


def file_name(id_: str, suffix: str = ".svg", **asked: object) -> str:
    """Returns what a picture of a map is called: all that makes it another picture stands in the name.

    The map comes first and the language last ('ring.compact.as-nl-5.en.svg'); what is usual is left out.
    """
    parts = [id_]
    for key in NAMED:
        value = asked.get(key)
        if value not in {None, False, USUAL.get(key), id_}:
            parts.append(key if value is True else BEFORE.get(key, "") + str(value))
    plain = (re.sub(r"[^\w.-]+", "-", part).strip("-.")[:80] for part in parts)
    return ".".join(part for part in plain if part) + suffix


def known_persona(map_: JourneyMap, id_: str | None) -> str | None:
    """Returns the id of a persona of the map, None for None; raises OptionError with the nearest id."""
    known = [persona.id for persona in map_.personas]
    if id_ is not None and id_ not in known:
        none = Label(
            "De kaart heeft nog geen persona's: zet personas: erop.",
            "The map has no personas yet: add personas: to it.",
        )
        mend = did_you_mean(id_, known) or none
        raise OptionError(
            Label(
                f"De persona {id_!r} staat niet op de kaart {map_.id}.",
                f"There is no persona {id_!r} on the map {map_.id}.",
            ),
            mend=mend,
        )
    return id_


def in_model(map_: JourneyMap, model: str | None) -> JourneyMap:
    """Returns the map in another phase model ('funnel-3'); as it is for None."""
    return map_ if model is None else shown_as(map_, model)
