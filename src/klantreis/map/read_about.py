"""What belongs to the document: scope, parent, version, price bands, assets, comments, criteria and alternatives."""

from __future__ import annotations

from klantreis.documents import LABEL, TEXT, Either, Keyed, Mapped, Misread, Node, Parsed, Reader, Reading, Record
from klantreis.documents.forms import ID, Defs, Form, Number, Schema
from klantreis.documents.words import Words, bad_id, short
from klantreis.labels import Label
from klantreis.map.about import Alternative, Asset, Comment, Criterion, Parent, PriceBand, Scope, Version
from klantreis.map.naming import titled
from klantreis.map.options import allowed
from klantreis.map.read_values import DATE, FILE, LINK

ANYTHING = (
    "map", "phase", "step", "touchpoint", "persona", "segment", "scenario", "barrier", "need", "opportunity", "change",
    "kpi", "survey", "evidence", "offer", "claim", "criterion", "alternative", "asset", "lane", "actor", "channel",
)  # fmt: skip
"""What a comment may stand at."""


def _scope(reader: Reader) -> Scope:
    return Scope(
        preset=reader.choice("preset", allowed(Scope, "preset"), "whole"),
        start=reader.label("start"),
        end=reader.label("end"),
    )


def _parent(text: str) -> Parent:
    map_, _, step = text.partition("/")
    for word in (map_, step or map_):
        if not ID.fullmatch(word):
            raise Misread(bad_id(word))
    return Parent(map_, step or None)


def _version(reader: Reader) -> Version:
    return Version(reader.label("note"), reader.text("author") or None, reader.maybe("date", DATE))


def _noted(text: str) -> Version:
    return Version(Label(anyway=text))


def _asset(reader: Reader) -> Asset:
    return asset_fields(reader, reader.id)


def asset_fields(reader: Reader, id_: str) -> Asset:
    """Returns the asset of a block of keys; `id_` is what it is called."""
    return Asset(
        id=id_,
        label=reader.label("label", titled(id_)),
        kind=reader.choice("kind", allowed(Asset, "kind"), "photo"),
        file=reader.maybe("file", FILE),
        url=reader.maybe("url", LINK),
        alt=reader.label("alt"),
        width=reader.whole("width", 1),
        height=reader.whole("height", 1),
        credit=reader.text("credit") or None,
        tags=reader.texts("tags"),
    )


class ShortAsset:
    """An asset that is only its file or address: `doos: beeld/doos.jpg`."""

    def read(self, node: Node, reading: Reading) -> Asset | None:
        """Returns the asset, labelled by its id."""
        named = titled(node.name)
        if node.source.startswith("https:"):
            url = LINK.read(node, reading)
            return None if url is None else Asset(node.name, named, "page", url=url)
        file = FILE.read(node, reading)
        return None if file is None else Asset(node.name, named, file=file)

    def schema(self, defs: Defs) -> Schema:
        """A text."""
        return FILE.schema(defs)


def _comment(reader: Reader) -> Comment:
    return Comment(
        id=reader.id,
        label=reader.label("text", titled(reader.id)),
        at=reader.ref("at", *ANYTHING) or "",
        author=reader.text("author") or None,
        date=reader.maybe("date", DATE),
        resolved=reader.flag("resolved"),
    )


def _band(reader: Reader) -> PriceBand:
    low, high = reader.number("from", 0), reader.number("to", 0)
    if low is not None and high is not None and low >= high:
        reader.reading.mistake(reader.node, _upside_down(low, high), at_key=True)
    return PriceBand(reader.id, reader.label("label", titled(reader.id)), low, high, reader.number("times", 0.001) or 1)


def _criterion(reader: Reader) -> Criterion:
    return Criterion(
        id=reader.id,
        label=reader.label("label", titled(reader.id)),
        weight=reader.whole("weight", 1, 5) or 3,
        phase=reader.ref("phase", "phase"),
        influence=reader.choice("influence", allowed(Criterion, "influence"), "own"),
    )


class ShortCriterion:
    """A criterion that is only its weight: `prijs: 5`."""

    def read(self, node: Node, reading: Reading) -> Criterion | None:
        """Returns the criterion."""
        weight = Number(1, 5, whole=True).read(node, reading)
        return None if weight is None else Criterion(node.name, titled(node.name), int(weight))

    def schema(self, defs: Defs) -> Schema:
        """A whole number from 1 to 5."""
        return Number(1, 5, whole=True).schema(defs)


class Scored:
    """How well an alternative does on one criterion, 1 to 5; the criterion is the key."""

    def read(self, node: Node, reading: Reading) -> tuple[str, int] | None:
        """Returns (criterion, score)."""
        reading.refer(("criterion",), Node("text", node.key or node.spot, node.path), node.name)
        score = Number(1, 5, whole=True).read(node, reading)
        return None if score is None else (node.name, int(score))

    def schema(self, defs: Defs) -> Schema:
        """A whole number from 1 to 5."""
        return Number(1, 5, whole=True).schema(defs)


def _alternative(reader: Reader) -> Alternative:
    return Alternative(
        id=reader.id,
        label=reader.label("label", titled(reader.id)),
        phase=reader.ref("phase", "phase"),
        us=reader.flag("us"),
        pros=reader.many("pros", LABEL),
        cons=reader.many("cons", LABEL),
        scores=reader.get("scores", Keyed(Scored()), ()),
        differs=reader.label("differs"),
        evidence=reader.refs("evidence", "evidence"),
    )


def _upside_down(low: float, high: float) -> Words:
    return Words(
        Label(f"Van {short(f'{low:g}')} tot {high:g} is niets", f"From {low:g} to {high:g} is nothing"),
        advice=Label("Draai 'from' en 'to' om.", "Swap 'from' and 'to'."),
    )


def _map_id(text: str) -> str:
    if not ID.fullmatch(text):
        raise Misread(bad_id(text))
    return text


MAP_ID: Form[str] = Parsed(_map_id)
SCOPE = Record("scope", _scope)
PARENT: Form[Parent] = Parsed(_parent, ("ikea-stoel/kassa",))
NOTED: Form[Version] = Either((("text", Mapped(TEXT, _noted)), ("mapping", Record("version", _version))))
ASSET: Form[Asset] = Either((("text", ShortAsset()), ("mapping", Record("asset", _asset))))
COMMENT = Record("comment", _comment)
BAND = Record("price_band", _band)
CRITERION: Form[Criterion] = Either((("number", ShortCriterion()), ("mapping", Record("criterion", _criterion))))
ALTERNATIVE = Record("alternative", _alternative)
