"""Every analysis asked at once, for the tests on a Spark cluster."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from klantreis.journeys.model import Journeys
from klantreis.map import path
from klantreis.plugins import part, parts


class Every:
    """All analyses in one walk over the buckets, so that a log is one question to the cluster."""

    name = "every"

    def __init__(self, asked: dict[str, tuple[Any, Any]]) -> None:
        self.asked = asked

    def aware(self, options: None, about: Any) -> dict[str, Any]:
        return {
            name: one.aware(chosen, about) if hasattr(one, "aware") else chosen
            for name, (one, chosen) in self.asked.items()
        }

    def measure(self, bucket: Any, options: dict[str, Any]) -> dict[str, Any]:
        return {name: one.measure(bucket, options[name]) for name, (one, _) in self.asked.items()}

    def merge(self, one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
        return {name: self.asked[name][0].merge(one[name], other[name]) for name in one}

    def finish(self, found: dict[str, Any], options: dict[str, Any], about: Any) -> dict[str, Any]:
        return {
            name: one.finish(found[name], options[name], replace(about, asked=(name, chosen)))
            for name, (one, chosen) in self.asked.items()
        }


def every(journeys: Journeys, more: dict[str, Any]) -> Every:
    """Every registered analysis; one that needs options and has none in `more` makes this fail."""
    funnel = part("analysis", "funnel")
    seen = journeys.about.names.touchpoints[:3]
    bought = here_or_nowhere(journeys)
    options = {
        "funnel": funnel.Options(tuple((name, (name,)) for name in seen)),
        "attribution": part("analysis", "attribution").Options(conversions=bought),
        "fit": part("analysis", "fit").Options(path=path.Sequence((*map(path.Visit, seen), path.Visit("nowhere")))),
        **more,
    }
    found = {name: part("analysis", name) for name in parts("analysis")}
    return Every({name: (one, options[name] if name in options else one.Options()) for name, one in found.items()})


def here_or_nowhere(journeys: Journeys) -> tuple[str, ...]:
    """The last touchpoint of a log, 'nowhere' when it has none."""
    return (journeys.about.names.touchpoints or ("nowhere",))[-1:]


def told(result: Any) -> Any:
    return result.to_dict(), result.rows()
