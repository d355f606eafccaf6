"""Every view of one map by its name, so that one option anywhere can ask for any of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Literal

from klantreis.analyses.results import Results
from klantreis.findings import Finding
from klantreis.journeys.trail import Trail
from klantreis.labels import Language
from klantreis.map.beside import ALONE, Beside
from klantreis.map.focus import WHOLE, Focus
from klantreis.map.images import Image
from klantreis.map.model import JourneyMap
from klantreis.map.votes import NONE, Recognised
from klantreis.scenes.compare import compare_scene
from klantreis.scenes.journey import blueprint_scene, journey_scene
from klantreis.scenes.matrix import matrix_scene
from klantreis.scenes.means import means_scene
from klantreis.scenes.model import Scene
from klantreis.scenes.strengths import strengths_scene

ViewName = Literal["map", "compact", "print", "time", "ideal", "blueprint", "matrix", "strengths", "means"]


def view_scene(
    name: ViewName,
    map_: JourneyMap,
    results: Results | None,
    findings: Sequence[Finding],
    *,
    language: Language,
    width: float = 1680,
    persona: str | None = None,
    made: datetime | None = None,
    time_zone: str = "Europe/Amsterdam",
    currency: str = "EUR",
    images: Mapping[str, Image] | None = None,
    only: str | None = None,
    focus: Focus = WHOLE,
    around: Mapping[str, Beside] = ALONE,
    trail: Trail | None = None,
    votes: Mapping[str, Recognised] = NONE,
) -> Scene:
    """Returns a view of a map: the map itself (also compact, for print, or by time), the ideal beside the real, the
    blueprint, the opportunities, the strong and weak steps, or the means; `only` is the phase whose means are shown.
    The other arguments are those of `journey_scene`. Views that lay no steps out know no focus.
    """
    dated = partial(
        journey_scene, map_, results, findings, language=language, width=width, persona=persona, made=made,
        time_zone=time_zone, currency=currency, images=images, focus=focus, around=around, trail=trail,
        votes=votes,
    )  # fmt: skip
    match name:
        case "map":
            return dated()
        case "time":
            return dated(columns="time")
        case "compact" | "print":
            return dated(density=name)
        case "ideal":
            return compare_scene(map_, results, language=language)
        case "strengths":
            return strengths_scene(
                focus.of(map_), results, findings, language=language, persona=persona, made=made, time_zone=time_zone
            )
        case "means":
            return means_scene(map_, language=language, only=only)
        case "matrix":
            return matrix_scene(map_, results, language=language)
        case "blueprint":
            return blueprint_scene(
                map_, results, findings, language=language, width=width, made=made, time_zone=time_zone,
                currency=currency, images=images,
            )  # fmt: skip
