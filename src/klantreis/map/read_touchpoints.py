"""Touchpoints: the ones under `touchpoints:`, and the ones written inside a step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from klantreis.documents import Choice, Either, Mapped, Reader, Record, Spot
from klantreis.documents.forms import Form
from klantreis.labels import Label
from klantreis.map.contact import Plan, Touchpoint
from klantreis.map.matching import Matcher
from klantreis.map.naming import titled
from klantreis.map.options import allowed
from klantreis.map.read_matchers import MATCHER, Tests
from klantreis.map.read_values import CAP, SURE, Content, Sure

Measurement = Literal["event", "survey", "code", "counter", "manual", "none"]


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
    plan = reader.maybe("plan", PLAN)
    measured = measured_by(matcher, survey, plan)
    sure = reader.get("provenance", SURE, Sure())
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
        measurement=reader.choice("measurement", allowed(Touchpoint, "measurement"), measured),
        provenance=sure.provenance,
        evidence=reader.refs("evidence", "evidence"),
        origin=sure.origin,
        plan=plan,
        cap=reader.maybe("cap", CAP),
        consent=reader.flag("consent"),
        content=reader.maybe("content", Content()),
        personas=reader.refs("for", "persona"),
    )


def measured_by(matcher: Matcher | None, survey: str | None, plan: Plan | None = None) -> Measurement:
    """Returns how a touchpoint is measured when nobody said it: by its matcher, its survey, its plan, or not."""
    if matcher is not None or survey:
        return "event" if matcher is not None else "survey"
    return _PLANNED[plan.how] if plan else "none"


def _plan(reader: Reader) -> Plan:
    return Plan(
        how=reader.choice("how", allowed(Plan, "how"), "none", required=True),
        code=reader.text("code") or None,
        note=reader.label("note"),
        owner=reader.text("owner") or None,
    )


def spot_of(reader: Reader) -> Spot:
    """Returns where an entity is written: at its key."""
    return reader.node.key or reader.node.spot


_PLANNED: dict[str, Measurement] = {
    "qr": "code", "code": "code", "counter": "counter", "asked": "manual", "none": "none"
}  # fmt: skip
_HOW: Form[Plan] = Mapped(Choice(allowed(Plan, "how")), Plan)
PLAN: Form[Plan] = Either((("text", _HOW), ("mapping", Record("plan", _plan))))
TOUCHPOINT = Record("touchpoint", _touchpoint)
