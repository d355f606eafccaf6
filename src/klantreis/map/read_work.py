"""What gets in the way and what is done about it: barriers and opportunities."""

from __future__ import annotations

from klantreis.documents import Reader, Record, Ref, Words
from klantreis.labels import Label
from klantreis.map.kinds import BarrierKind
from klantreis.map.naming import free, titled
from klantreis.map.options import allowed
from klantreis.map.read_needs import step_above
from klantreis.map.work import Barrier, Opportunity

KINDS: dict[BarrierKind, Label] = {
    "time": Label("Het duurt te lang", "It takes too long"),
    "effort": Label("Het kost te veel moeite", "It takes too much effort"),
    "doubt": Label("Er is twijfel", "There is doubt"),
    "price": Label("De prijs staat in de weg", "The price gets in the way"),
    "trust": Label("Er is te weinig vertrouwen", "There is too little trust"),
    "findability": Label("Het is moeilijk te vinden", "It is hard to find"),
    "availability": Label("Het is er niet", "It is not there"),
    "usability": Label("Het is lastig te gebruiken", "It is hard to use"),
    "other": Label("Er staat iets in de weg", "Something gets in the way"),
}
"""What a barrier is called when nobody gave it words."""


def _barrier(reader: Reader) -> Barrier:
    return _fields(
        reader, reader.id, reader.get("at", Ref(("step", "touchpoint")), "", required=True), titled(reader.id)
    )


def _inline_barrier(reader: Reader) -> Barrier:
    step = step_above(reader.node.path, "barrier")
    kind = reader.choice("kind", allowed(Barrier, "kind"), "other")
    id_ = reader.text("id") or free(f"{step}_{kind}", reader.reading.defined("barrier"))
    if step:
        reader.reading.define("barrier", id_, reader.node)
    return _fields(reader, id_, step, KINDS[kind])


def _fields(reader: Reader, id_: str, at: str, default: Label) -> Barrier:
    label, text = reader.label("label"), reader.label("text")
    if label and text:
        reader.reading.mistake(reader.node, one_of_two("label", "text"), at_key=True)
    return Barrier(
        id=id_,
        label=label or text or default,
        at=at,
        kind=reader.choice("kind", allowed(Barrier, "kind"), "other"),
        severity=reader.choice("severity", allowed(Barrier, "severity"), "workaround"),
        quote=reader.label("quote"),
        provenance=reader.choice("provenance", allowed(Barrier, "provenance"), "assumed"),
        evidence=reader.refs("evidence", "evidence"),
    )


def _opportunity(reader: Reader) -> Opportunity:
    return Opportunity(
        id=reader.id,
        label=reader.label("label", titled(reader.id)),
        solves=reader.refs("solves", "barrier"),
        kind=reader.choice("kind", allowed(Opportunity, "kind"), "process"),
        impact=reader.whole("impact", 1, 5),
        effort=reader.whole("effort", 1, 5),
        confidence=reader.whole("confidence", 1, 5),
        status=reader.choice("status", allowed(Opportunity, "status"), "idea"),
        note=reader.label("note"),
        owner=reader.text("owner") or None,
        cost=reader.number("cost", 0),
        assets=reader.refs("assets", "asset"),
        evidence=reader.refs("evidence", "evidence"),
    )


def one_of_two(first: str, second: str) -> Words:
    """Says that two keys mean the same and only one may be written."""
    return Words(
        Label(f"'{first}' en '{second}' zeggen hetzelfde", f"'{first}' and '{second}' say the same"),
        advice=Label("Laat een van beide weg.", "Leave one of them out."),
    )


BARRIER = Record("barrier", _barrier)
INLINE_BARRIER = Record("step_barrier", _inline_barrier)
OPPORTUNITY = Record("opportunity", _opportunity)
