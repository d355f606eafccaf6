"""Matchers: which events mean that a touchpoint was met, `match: order_paid` or with conditions."""

from __future__ import annotations

from dataclasses import dataclass

from klantreis.documents import Either, Misread, Node, Parsed, Reader, Reading, Record, fits
from klantreis.documents.forms import TEXT_SCHEMA, Defs, Form, Schema
from klantreis.documents.words import Words, short
from klantreis.labels import Label
from klantreis.map import conditions
from klantreis.map.model import Condition, Matcher
from klantreis.map.options import allowed


@dataclass(frozen=True, slots=True)
class Tests:
    """`{property: test, ...}`: all must hold. A value means equals, a list any of; a text may begin with a sign."""

    def read(self, node: Node, reading: Reading) -> tuple[Condition, ...] | None:
        """Returns the conditions in the order written."""
        if not fits(node, reading, "mapping"):
            return None
        read = [_test(key.source, value, reading) for key, value in node.entries]
        return tuple(condition for condition in read if condition is not None)

    def schema(self, defs: Defs) -> Schema:
        """An object of tests."""
        one: Schema = {"anyOf": [TEXT_SCHEMA, {"type": "array", "items": TEXT_SCHEMA}]}
        return {"type": "object", "additionalProperties": one}


def _test(name: str, node: Node, reading: Reading) -> Condition | None:
    if not fits(node, reading, "text", "number", "flag", "list"):
        return None
    if node.kind == "list":
        values = [_value(item) for item in node.items if fits(item, reading, "text", "number", "flag")]
        return Condition(name, "in", tuple(values))
    if node.kind != "text":
        return Condition(name, "=", (_value(node),))
    try:
        return conditions.test(name, node.source)
    except Misread as error:
        reading.mistake(node, error.said)
        return None


def _value(node: Node) -> conditions.Value:
    if isinstance(node.value, bool):
        return node.value
    return float(node.value) if isinstance(node.value, int | float) else node.source


def _all_of(text: str) -> tuple[Condition, ...]:
    sets = conditions.rule(text)
    if len(sets) > 1:
        raise Misread(
            Words(
                Label("Hier kan geen 'or' staan", "There can be no 'or' here"),
                Label(f"Er staat: {short(text)}.", f"It says: {short(text)}."),
                Label("Schrijf een lijst: {kanaal: [web, app]}.", "Write a list: {channel: [web, app]}."),
            )
        )
    return sets[0]


WHERE: Form[tuple[Condition, ...]] = Either(
    (("mapping", Tests()), ("text", Parsed(_all_of, ("amount > 5 and amount <= 10",))))
)


def _matcher(reader: Reader) -> Matcher:
    return Matcher(
        event=reader.text("event", required=True),
        where=reader.get("where", WHERE, ()),
        take=reader.choice("take", allowed(Matcher, "take"), "any"),
        since=reader.text("since") or None,
    )


MATCHER: Form[Matcher] = Either((("text", Parsed(Matcher, ("order_paid",))), ("mapping", Record("matcher", _matcher))))
"""An event name, or `{event, where, take, since}`."""
