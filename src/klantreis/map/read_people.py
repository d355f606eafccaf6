"""Who the journey is about, and where what is said of them comes from: personas, segments, channels, evidence."""

from __future__ import annotations

from dataclasses import dataclass, replace

from klantreis.documents import (
    LABEL,
    TEXT,
    Either,
    Labelled,
    Misread,
    Node,
    Reader,
    Reading,
    Record,
)
from klantreis.documents.forms import Defs, Form, Schema
from klantreis.map import behaviour_text, conditions
from klantreis.map.behaviour_text import Test
from klantreis.map.channels import channel
from klantreis.map.matching import Condition
from klantreis.map.naming import titled
from klantreis.map.options import allowed
from klantreis.map.people import Channel, Persona, PhaseNeed, Segment
from klantreis.map.proof import Evidence
from klantreis.map.read_values import DATE, LINK, Content


def _persona(reader: Reader) -> Persona:
    return Persona(
        id=reader.id,
        label=reader.label("label", titled(reader.id)),
        kind=reader.choice("kind", allowed(Persona, "kind"), "typical"),
        goal=reader.label("goal"),
        needs=reader.many("needs", LABEL),
        quote=reader.label("quote"),
        tone=reader.label("tone"),
        urgency=reader.choice("urgency", allowed(Persona, "urgency"), "none"),
        segment=reader.ref("segment", "segment"),
        provenance=reader.choice("provenance", allowed(Persona, "provenance"), "assumed"),
        evidence=reader.refs("evidence", "evidence"),
        picture=reader.maybe("picture", Content(files=True)),
        alt=reader.label("alt"),
        brand=reader.text("brand") or None,
        brand_preference=reader.choice("brand_preference", allowed(Persona, "brand_preference"), "none"),
        per_phase=reader.mapping("per_phase", Record("phase_need", _phase_need)),
    )


def _phase_need(reader: Reader) -> PhaseNeed:
    at = replace(reader.node, spot=reader.node.key or reader.node.spot)
    reader.reading.refer(("phase",), at, reader.id)
    return PhaseNeed(reader.id, reader.label("tone"), reader.label("need"))


def _evidence(reader: Reader) -> Evidence:
    return Evidence(
        id=reader.id,
        kind=reader.choice("kind", allowed(Evidence, "kind"), "observation"),
        source=reader.text("source"),
        label=reader.label("label", titled(reader.id)),
        date=reader.maybe("date", DATE),
        sample=reader.whole("sample", 0),
        consent=reader.text("consent") or None,
        fresh_seconds=reader.seconds("fresh_for"),
        person=reader.text("person") or None,
        firm=reader.text("firm") or None,
        quote=reader.label("quote"),
        url=reader.maybe("url", LINK),
    )


@dataclass(frozen=True, slots=True)
class Rule:
    """The rule of a segment as text: its source and the sets of conditions it means."""

    def read(self, node: Node, reading: Reading) -> tuple[str, tuple[tuple[Condition, ...], ...]] | None:
        """Returns the text and its conditions."""
        text = TEXT.read(node, reading)
        if text is None:
            return None
        try:
            return text, conditions.rule(text)
        except Misread as error:
            reading.mistake(node, error.said)
            return None

    def schema(self, defs: Defs) -> Schema:
        """A text, with an example."""
        return {"type": "string", "examples": ["customer.orders >= 1 and country in (nl, be)"]}


@dataclass(frozen=True, slots=True)
class SegmentRule:
    """The rule of a segment as text: conditions on the first event, and tests on what the journey did."""

    def read(self, node: Node, reading: Reading) -> tuple[str, tuple[tuple[Test, ...], ...]] | None:
        """Returns the text and its tests; touchpoints in it must be on the map."""
        text = TEXT.read(node, reading)
        if text is None:
            return None
        try:
            sets = behaviour_text.rule(text)
        except Misread as error:
            reading.mistake(node, error.said)
            return None
        for touchpoint in behaviour_text.touchpoints(sets):
            reading.refer(("touchpoint",), node, touchpoint)
        return text, sets

    def schema(self, defs: Defs) -> Schema:
        """A text, with examples."""
        return {"type": "string", "examples": ["customer.orders >= 1 and country in (nl, be)", EXAMPLE]}


EXAMPLE = "did returned within 14 days or count(product) >= 3 and journey.first_channel = shop"


@dataclass(frozen=True, slots=True)
class ShortSegment:
    """A segment that is only its rule: `nieuw: customer.orders = 0`."""

    def read(self, node: Node, reading: Reading) -> Segment | None:
        """Returns the segment, labelled by its id."""
        text, sets = SegmentRule().read(node, reading) or ("", ())
        return Segment(node.name, titled(node.name), text, sets)

    def schema(self, defs: Defs) -> Schema:
        """A rule."""
        return SegmentRule().schema(defs)


def _segment(reader: Reader) -> Segment:
    text, sets = reader.get("rule", SegmentRule(), ("", ()), required=True)
    return Segment(reader.id, reader.label("label", titled(reader.id)), text, sets)


@dataclass(frozen=True, slots=True)
class ShortChannel:
    """A channel that is only its label: `balie: Servicebalie`."""

    def read(self, node: Node, reading: Reading) -> Channel | None:
        """Returns the channel."""
        return Channel(node.name, Labelled().read(node, reading) or titled(node.name), channel(node.name).icon)

    def schema(self, defs: Defs) -> Schema:
        """A text."""
        return TEXT.schema(defs)


def _channel(reader: Reader) -> Channel:
    known = channel(reader.id)
    return Channel(reader.id, reader.label("label", known.label), reader.text("icon") or known.icon)


PERSONA = Record("persona", _persona)
EVIDENCE = Record("evidence", _evidence)
SEGMENT: Form[Segment] = Either((("text", ShortSegment()), ("mapping", Record("segment", _segment))))
CHANNEL: Form[Channel] = Either((("text", ShortChannel()), ("mapping", Record("channel", _channel))))
