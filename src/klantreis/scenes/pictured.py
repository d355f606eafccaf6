"""Every Result that has a picture of its own, so that one word anywhere can ask for it."""

from __future__ import annotations

import importlib
from collections.abc import Mapping

from klantreis.analyses.result import Result
from klantreis.errors import OptionError
from klantreis.labels import Label, Language
from klantreis.map.model import JourneyMap
from klantreis.scenes.model import Scene

SCENES: Mapping[str, str] = {
    "Attribution": "attribution:attribution_scene",
    "ChannelMix": "channels:channels_scene",
    "Clusters": "clusters:clusters_scene",
    "Clv": "repeats:repeats_scene",
    "Comparison": "comparison:comparison_scene",
    "Concentration": "lorenz:lorenz_scene",
    "Contacts": "contacts:contacts_scene",
    "Contrast": "contrast:contrast_scene",
    "Drift": "drift:drift_scene",
    "Drivers": "drivers:drivers_scene",
    "Effects": "effect:effect_scene",
    "Experience": "experience:experience_scene",
    "Follows": "follows:follows_scene",
    "Funnel": "funnel:funnel_scene",
    "Lifecycle": "lifecycle:lifecycle_scene",
    "Mood": "mood:mood_scene",
    "Paths": "paths:paths_scene",
    "Retention": "retention:retention_scene",
    "Rfm": "rfm:rfm_scene",
    "Sankey": "sankey:sankey_scene",
    "StepMatrix": "steps:steps_scene",
    "Themes": "comments:themes_scene",
    "Times": "times:times_scene",
}
"""Result -> the file of this room and its function, `(result, *, language, map_=None, width=...) -> Scene`; sorted."""

INSTEAD = Label(
    "Vraag het zonder afbeelding: dan staat het in een tabel. De kaart met wat gemeten is, ook het gevoel, teken je "
    "met klantreis draw.",
    "Ask it without a picture: then it stands in a table. klantreis draw draws the map with what was measured, the "
    "feeling as well.",
)
"""What to do when a Result has no picture."""


def pictured(result: Result) -> bool:
    """Returns whether a Result has a picture."""
    return type(result).__name__ in SCENES


def result_scene(result: Result, *, language: Language, map_: JourneyMap | None = None, width: float = 960) -> Scene:
    """Returns a Result as a picture; `map_` gives the words for its ids.

    Raises OptionError for a Result that has no picture.
    """
    kind = type(result).__name__
    if kind not in SCENES:
        raise OptionError(
            Label("Van dit antwoord is er geen afbeelding.", "There is no picture of this answer."), mend=INSTEAD
        )
    module, name = SCENES[kind].split(":")
    draw = getattr(importlib.import_module(f"klantreis.scenes.{module}"), name)
    scene: Scene = draw(result, language=language, map_=map_, width=width)
    return scene
