"""What customers ask for and what answers them: needs, offers, and claims that need a source."""

from __future__ import annotations

from klantreis.documents import Node, Reader, Reading, Record, Ref, Words
from klantreis.documents.forms import Defs, Form, Labelled, Schema
from klantreis.labels import Label
from klantreis.map.naming import free, titled
from klantreis.map.options import allowed
from klantreis.map.proof import Claim
from klantreis.map.read_values import DATE, Content
from klantreis.map.work import Need, Offer

SPOT = ("step", "touchpoint")
_KEYS = {"id", "text", "kind", "content", "offer", "answered", "provenance", "evidence"}


def _need(reader: Reader) -> Need:
    return _fields(reader, reader.id, reader.get("at", Ref(SPOT), "", required=True), titled(reader.id))


def _fields(reader: Reader, id_: str, at: str, default: Label) -> Need:
    return Need(
        id=id_,
        label=reader.label("text") or default,
        at=at,
        kind=reader.choice("kind", allowed(Need, "kind"), "question"),
        content=reader.maybe("content", Content()),
        offer=reader.ref("offer", "offer"),
        answered=reader.choice("answered", allowed(Need, "answered"), None),
        provenance=reader.choice("provenance", allowed(Need, "provenance"), "assumed"),
        evidence=reader.refs("evidence", "evidence"),
    )


def _in_step(reader: Reader) -> Need:
    step = step_above(reader.node.path, "need")
    id_ = reader.text("id") or free(f"{step}_need", reader.reading.defined("need"))
    if step:
        reader.reading.define("need", id_, reader.node)
    need = _fields(reader, id_, step, Label())
    if step and not need.label:
        reader.reading.mistake(reader.node, _no_text(), at_key=True)
    return need


class NeedInStep:
    """A need in a step: a text, one text per language, or a block with `text` and what answers it."""

    def read(self, node: Node, reading: Reading) -> Need | None:
        """Returns the need, its id noted."""
        plain = node.scalar or not any(key.source in _KEYS for key, _ in node.entries)
        if not plain:
            return _BLOCK.read(node, reading)
        label = Labelled().read(node, reading)
        if label is None:
            return None
        step = step_above(node.path, "need")
        id_ = free(f"{step}_need", reading.defined("need"))
        reading.define("need", id_, node)
        return Need(id_, label, step)

    def schema(self, defs: Defs) -> Schema:
        """A label or a block."""
        return {"anyOf": [Labelled().schema(defs), _BLOCK.schema(defs)]}


def _offer(reader: Reader) -> Offer:
    return Offer(
        id=reader.id,
        label=reader.label("label", titled(reader.id)),
        at=reader.ref("at", *SPOT),
        terms=reader.label("terms"),
        kpi=reader.ref("kpi", "kpi"),
        starts=reader.maybe("starts", DATE),
        ends=reader.maybe("ends", DATE),
    )


def _claim(reader: Reader) -> Claim:
    return Claim(
        id=reader.id,
        label=reader.label("text", titled(reader.id)),
        at=reader.ref("at", *SPOT, "phase"),
        evidence=reader.refs("evidence", "evidence"),
    )


def step_above(path: tuple[str, ...], key: str) -> str:
    """Returns the step that holds a block: its path ends in (step, key) or (step, key, number); '' when none does."""
    cut = next((at for at in range(len(path) - 1, 0, -1) if path[at] == key), 0)
    return path[cut - 1] if cut else ""


def _no_text() -> Words:
    return Words(
        Label("Deze behoefte heeft geen woorden", "This need has no words"),
        advice=Label("Voeg 'text: …' toe.", "Add 'text: …'."),
    )


_BLOCK = Record("step_need", _in_step)
NEED = Record("need", _need)
NEED_IN_STEP: Form[Need] = NeedInStep()
OFFER = Record("offer", _offer)
CLAIM = Record("claim", _claim)
