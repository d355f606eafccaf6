"""Conditions and rules as people write them."""

from __future__ import annotations

import time

import pytest

from klantreis.documents import Misread
from klantreis.errors import DocumentError
from klantreis.map.conditions import rule
from klantreis.map.conditions import test as condition
from klantreis.map.model import Condition
from klantreis.map.read import map_of


def where(text: str) -> tuple[Condition, ...]:
    head = "klantreis: 1\nid: x\ntitle: X\ntemplate: nl-5\n"
    found = map_of(f"{head}touchpoints: {{a: {{match: {{event: e, where: {text}}}}}}}\n").touchpoints[0].matcher
    assert found is not None
    return found.where


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("{medium: social}", [Condition("medium", "=", ("social",))]),
        ("{medium: [social, 3, true]}", [Condition("medium", "in", ("social", 3.0, True))]),
        ("{amount: 5}", [Condition("amount", "=", (5.0,))]),
        ("{vip: true}", [Condition("vip", "=", (True,))]),
        ('{sku: "0123"}', [Condition("sku", "=", ("0123",))]),
        ("{amount: '>= 5'}", [Condition("amount", ">=", (5.0,))]),
        ("{amount: '<5.5'}", [Condition("amount", "<", (5.5,))]),
        ("{status: '!= paid'}", [Condition("status", "!=", ("paid",))]),
        ("{sku: \"= '0123'\"}", [Condition("sku", "=", ("0123",))]),
        ("{query: ~ ringmaat|maat|size}", [Condition("query", "~", ("ringmaat|maat|size",))]),
        ("{delivered: '> $promised'}", [Condition("delivered", ">", (), "promised")]),
        ("{a: = x, b: y}", [Condition("a", "=", ("x",)), Condition("b", "=", ("y",))]),
        ("amount > 5 and amount <= 10", [Condition("amount", ">", (5.0,)), Condition("amount", "<=", (10.0,))]),
    ],
)
def test_a_condition_is_read(text: str, wanted: list[Condition]) -> None:
    assert list(where(text)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "{a: '>= '}",
        "{a: '~ ('}",
        "{a: '~ (?=x)'}",
        "{a: '~ (a)\\\\1'}",
        "{a: '> $'}",
        "{a: {b: c}}",
        "a > 5 or a < 2",
        "a is 5",
    ],
)
def test_a_condition_that_cannot_be_is_a_mistake(text: str) -> None:
    with pytest.raises(DocumentError):
        where(text)


def test_and_binds_stronger_than_or() -> None:
    new, nl, vip = (
        Condition("orders", "=", (0.0,)),
        Condition("land", "in", ("nl", "be")),
        Condition("vip", "=", (True,)),
    )
    assert rule("orders = 0 and land in (nl, be) or vip = true") == ((new, nl), (vip,))


def test_and_inside_quotes_is_no_joint() -> None:
    assert rule("naam = 'Jansen and Zonen' and a = 1") == (
        (Condition("naam", "=", ("Jansen and Zonen",)), Condition("a", "=", (1.0,))),
    )


def test_a_pattern_keeps_its_signs() -> None:
    assert condition("q", "~ ^maat\\d+$") == Condition("q", "~", ("^maat\\d+$",))


@pytest.mark.parametrize("text", ["", "orders", "orders == 0", "= 3", "a = 1 and", "a in nl"])
def test_a_rule_that_cannot_be_read_says_how_to_write_one(text: str) -> None:
    with pytest.raises(Misread) as caught:
        rule(text)
    assert "customer.orders >= 1" in caught.value.said.advice.text("nl") or "'" in caught.value.said.title.text("nl")


def test_a_sea_of_spaces_is_crossed_at_once() -> None:
    start = time.perf_counter()
    assert len(rule("a = 1" + " " * 1_000_000 + "and b = 2")[0]) == 2
    assert time.perf_counter() - start < 2
