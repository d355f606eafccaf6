"""ojf: a map from a file in the OpenJourney Format (`.ojf`).

Why: to bring over a map that was drawn in an editor of that format. A stage becomes a phase. A node becomes a step, but
for those in a swimlane of pains (barriers), thoughts, expectations or touchpoints beside steps: they join the step that
their tag 'step:<id>' names, else the step before them in the same stage. A score of -5 to +5 becomes a feeling of -2
to +2; a node without a score has no feeling. Severity low, medium, high becomes trivial, workaround, abandon.

Example: `klantreis import reis.ojf --as ring-kopen`. Descriptions, icons, colours and blueprints stay behind, and are
told.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from klantreis.errors import SourceError
from klantreis.findings import Finding
from klantreis.labels import Label
from klantreis.map.losses import lost
from klantreis.map.model import Barrier
from klantreis.map.options import allowed
from klantreis.map.sketch import Contact, Obstacle, Sketch, Stop, harmless

name = "ojf"
endings = (".ojf", ".json")

MOST = 20_000_000
SEVERITY = {"low": "trivial", "medium": "workaround", "high": "abandon"}
LANES = (
    ("obstacle", r"pain|barri|pijn|frustrat|obstacle|problem|knel"),
    ("think", r"think|thought|denk|gedacht"),
    ("expect", r"expect|verwacht"),
    ("contact", r"touch ?point|contact|channel|kana"),
)
STAYS = ("description", "icon", "iconColor", "blueprint")


def read(data: bytes, map_id: str) -> tuple[Sketch, tuple[Finding, ...]]:
    """Returns what an .ojf file holds. Raises SourceError when it is not one."""
    root = _root(data)
    more = root.get("metadata") if isinstance(root.get("metadata"), dict) else {}
    head: Mapping[str, Any] = {**root, **(more or {})}
    lanes = {_said(lane.get("id")): _kind(_said(lane.get("name"))) for lane in _listed(root, "swimlanes")}
    phases = {_said(stage.get("id")): _said(stage.get("name")) for stage in _listed(root, "stages")}
    reading = _Reading(map_id, lanes, phases)
    nodes = _listed(root, "nodes")
    steps = [node for node in nodes if lanes.get(_said(node.get("swimlaneId"))) == "step"]
    if not steps:  # then a touchpoint is all there is to make a step of
        reading.lanes = {key: "step" if kind == "contact" else kind for key, kind in lanes.items()}
    for node in nodes:
        reading.take(node)
    persona = _said(head.get("persona"))
    title = _said(head.get("title")) or _said(head.get("pointOfView") or head.get("pov")) or map_id
    sketch = Sketch(title, tuple(reading.phases.items()), tuple(reading.stops), (persona,) if persona else ())
    return sketch, (*reading.found, *_behind(nodes, map_id))


def _root(data: bytes) -> dict[str, Any]:
    if len(data) > MOST:
        raise SourceError(
            Label(
                "Een klantreiskaart van meer dan 20 MB wordt niet gelezen.", "A journey map of over 20 MB is not read."
            )
        )
    try:
        root = json.loads(data.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        raise SourceError(
            Label(f"Dit is geen JSON: {error}.", f"This is not JSON: {error}."),
            mend=Label("Exporteer het opnieuw als .ojf.", "Export it again as .ojf."),
        ) from error
    if not isinstance(root, dict) or not isinstance(root.get("stages"), list):
        raise SourceError(
            Label(
                "Deze JSON is geen kaart in het OpenJourney Format.",
                "This JSON is not a map in the OpenJourney Format.",
            ),
            mend=_instead(root),
        )
    return root


def _instead(root: object) -> Label:
    if isinstance(root, dict) and "map" in root and "schema" in root:
        return Label(
            "Het is een verslag van Klantreis: zijn kaart staat in de folder maps.",
            "It is a report of Klantreis: its map is in the folder maps.",
        )
    return Label("Er moeten 'stages' en 'nodes' in staan.", "It must hold 'stages' and 'nodes'.")


def _listed(root: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    found = root.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _said(value: object) -> str:
    return harmless(str(value)) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _tags(node: Mapping[str, Any]) -> list[str]:
    found = node.get("tags")
    return [_said(tag) for tag in found] if isinstance(found, list) else []


def _kind(lane: str) -> str:
    return next((kind for kind, words in LANES if re.search(words, lane, re.IGNORECASE)), "step")


@dataclass
class _Reading:
    """Reads node after node: steps, what joins a step, and remarks."""

    map_id: str
    lanes: dict[str, str]
    phases: dict[str, str]
    stops: list[Stop] = field(default_factory=list)
    found: list[Finding] = field(default_factory=list)
    last: dict[str, int] = field(default_factory=dict)
    tagged: dict[str, int] = field(default_factory=dict)

    def take(self, node: Mapping[str, Any]) -> None:
        stage, label = _said(node.get("stageId")), _said(node.get("title")) or _said(node.get("description"))
        if stage not in self.phases:
            self._say(f"'{label}' hoort bij geen fase en blijft achter", f"'{label}' is in no stage and stays behind")
            return
        if not label:
            return
        tags = dict(tag.split(":", 1) for tag in _tags(node) if ":" in tag)
        kind = self.lanes.get(_said(node.get("swimlaneId")), "step")
        spot = self.tagged.get(tags.get("step", ""), self.last.get(stage))
        if kind == "step" or spot is None:
            self._step(node, stage, label, tags)
        else:
            self.stops[spot] = _joined(self.stops[spot], kind, label, (node, tags))

    def _step(self, node: Mapping[str, Any], stage: str, label: str, tags: Mapping[str, str]) -> None:
        self.last[stage] = len(self.stops)
        if "step" in tags:
            self.tagged[tags["step"]] = len(self.stops)
        mot = "suggested" if node.get("isMomentOfTruth") is True else "none"
        self.stops.append(
            Stop(
                stage,
                tags.get("step", ""),
                label,
                feel=self._feel(node, label),
                word=_said(node.get("sentiment")),
                mot=mot,
            )
        )

    def _feel(self, node: Mapping[str, Any], label: str) -> float | None:
        score = node.get("score")
        if isinstance(score, bool) or not isinstance(score, int | float) or math.isnan(score):
            return None
        if not -5 <= score <= 5:
            self._say(
                f"De score van '{label}' ({score:g}) is teruggebracht tot -5 tot +5",
                f"The score of '{label}' ({score:g}) is brought back to -5 to +5",
            )
        return round(min(5.0, max(-5.0, float(score))) * 2 / 5, 6)

    def _say(self, nl: str, en: str) -> None:
        self.found.append(lost("import.ojf", self.map_id, Label(nl, en)))


def _joined(stop: Stop, kind: str, label: str, node: tuple[Mapping[str, Any], Mapping[str, str]]) -> Stop:
    said, tags = node
    if kind == "obstacle":
        sort = tags.get("kind", "other")
        known = sort if sort in allowed(Barrier, "kind") else "other"
        one = Obstacle(label, known, SEVERITY.get(_said(said.get("severity")), "workaround"))
        return replace(stop, obstacles=(*stop.obstacles, one))
    if kind == "contact":
        return replace(stop, contacts=(*stop.contacts, Contact(label, tags.get("channel", ""))))
    if kind == "think":
        return replace(stop, think=f"{stop.think} / {label}" if stop.think else label)
    return replace(stop, expect=f"{stop.expect} / {label}" if stop.expect else label)


def _behind(nodes: list[dict[str, Any]], map_id: str) -> tuple[Finding, ...]:
    counts = Counter(key for node in nodes for key in STAYS if node.get(key))
    tags = sum(":" not in tag for node in nodes for tag in _tags(node))
    counts |= Counter({"tags": tags}) if tags else Counter()
    return tuple(
        lost("import.ojf", map_id, Label(f"{key} ({n}) gaat niet mee", f"{key} ({n}) stays behind"))
        for key, n in counts.items()
    )
