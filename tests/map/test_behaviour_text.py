"""Rules on behaviour: what they mean, and what is said of what cannot be read, with the nearest right word."""

import pytest

from klantreis.documents import Misread
from klantreis.errors import DocumentError
from klantreis.map.behaviour import Behaviour
from klantreis.map.behaviour_text import rule, touchpoints
from klantreis.map.matching import Condition
from klantreis.map.read import map_of

MAP = """
klantreis: 1
id: shop
title: Shop
languages: [en]
phases: {all: {look: {match: look}, returned: {match: returned}}}
segments: {some: "%s"}
"""


def test_behaviour_and_profile_stand_in_one_rule():
    assert rule("did returned within 14 days and customer.orders = 0 or count(look) >= 3") == (
        (Behaviour("times", ">=", (1.0,), "returned", 14 * 86_400.0), Condition("customer.orders", "=", (0.0,))),
        (Behaviour("times", ">=", (3.0,), "look"),),
    )


def test_the_touchpoints_of_a_rule_are_named_once():
    assert touchpoints(rule("did a and count(a) < 5 or did not b or x = 1")) == ("a", "b")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("journey.chanels >= 2", "Did you mean 'journey.channels'?"),
        ("journey.days > soon", "A number belongs here"),
        ("count(look) ~ 3", "A number belongs here"),
        ("journey.first_channel > web", "A channel is a word"),
        ("did look within a while", "is not a span of time"),
        ("count(look)", "cannot be read"),
        ("did", "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_said_with_what_is_meant(text, said):
    with pytest.raises(Misread) as found:
        rule(text)
    assert said in found.value.said.title.text("en")


def test_a_touchpoint_that_is_not_on_the_map_is_told_with_the_nearest():
    with pytest.raises(DocumentError) as found:
        map_of(MAP % "did retruned within 7 days")
    assert "returned" in str(found.value)


def test_a_map_with_such_a_rule_is_read():
    (segment,) = map_of(MAP % "did not returned and journey.value >= 100").segments
    assert segment.any_of[0][0] == Behaviour("times", "<", (1.0,), "returned")
