"""The rows of the map and who works in them: lanes with cells that may span steps, and actors."""

from __future__ import annotations

from dataclasses import replace

from klantreis.documents import Either, Node, Reader, Reading, Record, Words, fits
from klantreis.documents.forms import TEXT_SCHEMA, Defs, Form, Labelled, Schema
from klantreis.documents.words import short
from klantreis.labels import Label
from klantreis.map.about import Lane, LaneCell
from klantreis.map.naming import titled
from klantreis.map.options import allowed
from klantreis.map.people import Actor

BETWEEN = ".."
"""Between the first and the last step that a cell spans: `magazijn..kassa`."""
_BLOCK_KEYS = {"text", "provenance", "evidence"}


def _cell_block(reader: Reader) -> LaneCell:
    return LaneCell(
        start="",
        end="",
        label=reader.label("text", required=True),
        provenance=reader.choice("provenance", allowed(LaneCell, "provenance"), "assumed"),
        evidence=reader.refs("evidence", "evidence"),
    )


class Cells:
    """The cells of a lane: the key is a step, or two steps with `..` between them; the value a label or a block."""

    def read(self, node: Node, reading: Reading) -> tuple[LaneCell, ...] | None:
        """Returns the cells in the order of the document."""
        if not fits(node, reading, "mapping"):
            return None
        return tuple(cell for key, value in node.entries for cell in _cell(key, value, reading))

    def schema(self, defs: Defs) -> Schema:
        """An object of labels or blocks."""
        return {
            "type": "object",
            "additionalProperties": {"anyOf": [Labelled().schema(defs), _CELL.schema(defs)]},
        }


def _cell(key: Node, value: Node, reading: Reading) -> tuple[LaneCell, ...]:
    start, between, end = key.source.partition(BETWEEN)
    for name in dict.fromkeys((start, end if between else start)):
        reading.refer(("step",), replace(key, path=value.path), name)
    if value.kind == "mapping" and any(name.source in _BLOCK_KEYS for name, _ in value.entries):
        cell = _CELL.read(value, reading)
        return () if cell is None else (replace(cell, start=start, end=end or start),)
    label = Labelled().read(value, reading)
    return () if label is None else (LaneCell(start, end or start, label),)


def _lane(reader: Reader) -> Lane:
    kinds = allowed(Lane, "kind")
    lane = Lane(
        id=reader.id,
        label=reader.label("label", titled(reader.id)),
        kind=reader.choice("kind", kinds, next((kind for kind in kinds if kind == reader.id), "free")),
        band=reader.choice("band", allowed(Lane, "band"), "customer"),
        order=reader.whole("order"),
        hidden=reader.flag("hidden"),
        pinned=reader.flag("pinned"),
        actor=reader.ref("actor", "actor"),
        cells=reader.get("cells", Cells(), ()),
    )
    if lane.cells and lane.kind != "free":
        reader.reading.mistake(reader.at("cells") or reader.node, _filled_elsewhere(lane.kind), at_key=True)
    return lane


class ShortActor:
    """An actor that is only its label: `logistiek: Het magazijn`."""

    def read(self, node: Node, reading: Reading) -> Actor | None:
        """Returns the actor."""
        return Actor(node.name, Labelled().read(node, reading) or titled(node.name))

    def schema(self, defs: Defs) -> Schema:
        """A text."""
        return TEXT_SCHEMA


def _actor(reader: Reader) -> Actor:
    band = reader.choice("band", allowed(Actor, "band"), "back")
    return Actor(reader.id, reader.label("label", titled(reader.id)), band)


def _filled_elsewhere(kind: str) -> Words:
    return Words(
        Label(f"Een rij '{short(kind)}' vult zichzelf", f"A lane '{short(kind)}' fills itself"),
        Label("Wat erin staat, komt uit de stappen.", "What stands in it comes from the steps."),
        Label("Maak er 'kind: free' van, of haal 'cells' weg.", "Make it 'kind: free', or take 'cells' away."),
    )


_CELL = Record("lane_cell", _cell_block)
LANE = Record("lane", _lane)
ACTOR: Form[Actor] = Either((("text", ShortActor()), ("mapping", Record("actor", _actor))))
