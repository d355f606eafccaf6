"""ojf: the map in the OpenJourney Format, to open in its editor.

Why: `.ojf` is an open JSON format for journey maps: a grid of stages and swimlanes with nodes in it. A phase is a
stage; steps, thoughts, touchpoints and barriers each have a swimlane; a feeling of -2 to +2 is a score of -5 to +5.
Which step a thought or barrier belongs to stands in the node's tags, as 'step:<id>', so that it comes back with
`klantreis import`.

Options: `language` nl (default) or en.

Example: `klantreis export --to ojf`. It does not fit for numbers and ideas: the loss report says what stayed behind.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from klantreis.findings import Finding
from klantreis.labels import Label, Language
from klantreis.map.losses import losses
from klantreis.map.sketch import Stop, sketch_of
from klantreis.report import Report

name = "ojf"
suffix = ".ojf"

LANES: dict[str, Label] = {
    "steps": Label("Stappen", "User actions"),
    "thoughts": Label("Denkt", "Thoughts"),
    "expectations": Label("Verwacht", "Expectations"),
    "touchpoints": Label("Contactmomenten", "Touchpoints"),
    "barriers": Label("Barrières", "Pain points"),
}
SEVERITY = {"trivial": "low", "workaround": "medium", "abandon": "high"}
SCORES = 5 / 2
"""Points of their score (-5 to +5) to one of our feeling (-2 to +2)."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to write the file; see the page above."""

    language: Language = "nl"


def export(report: Report, options: Options = Options()) -> bytes:
    """Returns the map as an .ojf file, version 1.0, in UTF-8."""
    sketch = sketch_of(report.map, options.language)
    nodes = [node for stop in sketch.stops for node in _nodes(stop)]
    used = {node["swimlaneId"] for node in nodes} | {"steps"}
    made: dict[str, Any] = {
        "version": "1.0",
        "title": sketch.title,
        "persona": ", ".join(sketch.personas),
        "pointOfView": sketch.title,
        "stages": [{"id": id_, "name": label} for id_, label in sketch.phases],
        "swimlanes": [{"id": key, "name": label.text(options.language)} for key, label in LANES.items() if key in used],
        "nodes": [{"id": f"n{number}", **node} for number, node in enumerate(nodes, start=1)],
    }
    return json.dumps(made, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"


def lost(report: Report, options: Options = Options()) -> tuple[Finding, ...]:
    """Returns what of the map the format does not hold."""
    kept = {"step.think", "step.expect", "step.feel", "step.word", "step.touchpoints", "step.mot", "personas"}
    return losses(report.map, "export.ojf", frozenset(kept), options.language)


def _nodes(stop: Stop) -> Iterator[dict[str, Any]]:
    tags = [f"step:{stop.id}"]
    step: dict[str, Any] = {"stageId": stop.phase, "swimlaneId": "steps", "title": stop.label, "description": ""}
    if stop.feel is not None:
        step["score"] = round(stop.feel * SCORES, 6)
    if stop.word:
        step["sentiment"] = stop.word
    if stop.mot != "none":
        step["isMomentOfTruth"] = True
    yield {**step, "severity": "low", "purpose": "action", "tags": tags}
    for lane, text in (("thoughts", stop.think), ("expectations", stop.expect)):
        if text:
            yield {"stageId": stop.phase, "swimlaneId": lane, "title": text, "description": "", "tags": tags}
    for contact in stop.contacts:
        more = [f"channel:{contact.channel}"] if contact.channel else []
        yield {
            "stageId": stop.phase, "swimlaneId": "touchpoints", "title": contact.label, "description": "",
            "purpose": "touchpoint", "tags": [*tags, *more],
        }  # fmt: skip
    for one in stop.obstacles:
        yield {
            "stageId": stop.phase, "swimlaneId": "barriers", "title": one.label, "description": "",
            "severity": SEVERITY[one.severity], "purpose": "pain-point", "tags": [*tags, f"kind:{one.kind}"],
        }  # fmt: skip
