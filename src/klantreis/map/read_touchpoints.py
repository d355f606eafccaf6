"""Touchpoints: the ones under `touchpoints:`, and the ones written inside a step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from klantreis.documents import Reader, Record, Spot
from klantreis.labels import Label
from klantreis.map.model import Matcher, Touchpoint
from klantreis.map.naming import titled
from klantreis.map.options import allowed
from klantreis.map.read_matchers import MATCHER, Tests


@dataclass(frozen=True, slots=True)
class Placed:
    """A touchpoint and where it is written; `phase` is still empty when nothing said it."""

    touchpoint: Touchpoint
    spot: Spot


def _touchpoint(reader: Reader) -> Placed:
    return Placed(_fields(reader, titled(reader.id), reader.ref("phase", "phase") or ""), spot_of(reader))


def touchpoint_in_step(reader: Reader) -> Touchpoint:
    """Returns the touchpoint of a step's `touch:` block: all keys but `phase`; id and label come from the step."""
    return _fields(reader, Label(), "")


def _fields(reader: Reader, label: Label, phase: str) -> Touchpoint:
    matcher, survey = reader.maybe("match", MATCHER), reader.ref("survey", "survey")
    return Touchpoint(
        id=reader.id,
        label=reader.label("label", label),
        phase=phase,
        channel=reader.text("channel") or None,
        matcher=matcher,
        failed_when=reader.get("failed_when", Tests(), ()),
        survey=survey,
        kind=reader.choice("kind", allowed(Touchpoint, "kind"), "action"),
        initiator=reader.choice("initiator", allowed(Touchpoint, "initiator"), "customer"),
        media=reader.choice("media", allowed(Touchpoint, "media"), None),
        setting=reader.choice("setting", allowed(Touchpoint, "setting"), None),
        delight=reader.flag("delight"),
        planned=reader.flag("planned"),
        measurement=reader.choice("measurement", allowed(Touchpoint, "measurement"), measured_by(matcher, survey)),
        provenance=reader.choice("provenance", allowed(Touchpoint, "provenance"), "assumed"),
        evidence=reader.refs("evidence", "evidence"),
    )


def measured_by(matcher: Matcher | None, survey: str | None) -> Literal["event", "survey", "none"]:
    """Returns how a touchpoint is measured when nobody said it: by its matcher, else its survey, else not."""
    return "event" if matcher is not None else "survey" if survey else "none"


def spot_of(reader: Reader) -> Spot:
    """Returns where an entity is written: at its key."""
    return reader.node.key or reader.node.spot


TOUCHPOINT = Record("touchpoint", _touchpoint)
