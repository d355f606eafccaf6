"""Klantreis measures a customer journey: the map you wrote, met by the events that happened.

    import klantreis

    klantreis.funnel("web.csv", "view,cart,buy", person="user", at="time", event="event", within="7d")
    shop = klantreis.open_workspace("my-shop")
    shop.measure("ring-kopen").emotion.to_frame()

Names are loaded when they are first used, so that `import klantreis` costs nothing.
"""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"

_FACE = {
    "read": "klantreis.bare",
    "funnel": "klantreis.verbs.funnel",
    "paths": "klantreis.verbs.paths",
    "fit": "klantreis.verbs.fit",
    "times": "klantreis.verbs.times",
    "standing": "klantreis.verbs.standing",
    "steps": "klantreis.verbs.steps",
    "sankey": "klantreis.verbs.sankey",
    "follows": "klantreis.verbs.follows",
    "clusters": "klantreis.verbs.clusters",
    "contrast": "klantreis.verbs.contrast",
    "compare": "klantreis.verbs.compare",
    "power": "klantreis.verbs.power",
    "prove": "klantreis.verbs.prove",
    "attribution": "klantreis.verbs.attribution",
    "path_attribution": "klantreis.verbs.attribution",
    "audience": "klantreis.verbs.audience",
    "channels": "klantreis.verbs.channels",
    "contacts": "klantreis.verbs.contacts",
    "drift": "klantreis.verbs.drift",
    "drivers": "klantreis.verbs.drivers",
    "retention": "klantreis.verbs.retention",
    "lifecycle": "klantreis.verbs.lifecycle",
    "rfm": "klantreis.verbs.rfm",
    "concentration": "klantreis.verbs.concentration",
    "clv": "klantreis.verbs.clv",
    "advocates": "klantreis.verbs.advocates",
    "opinion": "klantreis.verbs.opinion",
    "balance": "klantreis.verbs.balance",
    "emotion": "klantreis.verbs.emotion",
    "kpis": "klantreis.verbs.kpis",
    "coverage": "klantreis.verbs.coverage",
    "mood": "klantreis.verbs.mood",
    "themes": "klantreis.verbs.themes",
    "experience": "klantreis.verbs.experience",
    "again": "klantreis.verbs.again",
    "picture": "klantreis.verbs.picture",
    "open_workspace": "klantreis.workspace",
    "JourneyMap": "klantreis.map.model",
    "Journeys": "klantreis.journeys.model",
    "Finding": "klantreis.findings",
    "Report": "klantreis.report",
    "KlantreisError": "klantreis.errors",
}

__all__ = ["__version__", *_FACE]  # noqa: PLE0604 - names that __getattr__ loads


def __getattr__(name: str) -> Any:
    if name not in _FACE:
        raise AttributeError(f"module 'klantreis' has no attribute {name!r}")
    return getattr(importlib.import_module(_FACE[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
