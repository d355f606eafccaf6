"""A name inside a sentence: quoted when it could be read as part of that sentence."""

import pytest

from klantreis.labels import mentioned
from klantreis.scenes.words_barriers import driver_name


@pytest.mark.parametrize("name", ["Productpagina", "Product page", "Te laat", "E-mail", "", "‘Al aangehaald’ door u"])
def test_a_short_name_stands_as_it_is(name: str) -> None:
    assert mentioned(name) == name


@pytest.mark.parametrize(
    "name", ["Ik vraag een offerte", "Ik betaal", "I pay", "Bezorgd op tijd", "Past hij?", "We came", "De monteur belt"]
)
def test_a_name_that_reads_like_a_sentence_gets_quotes(name: str) -> None:
    assert mentioned(name) == f"'{name}'"


def test_a_name_with_an_apostrophe_gets_the_other_quotes() -> None:
    assert mentioned("Ik bekijk de foto's") == "“Ik bekijk de foto's”"


def test_a_driver_keeps_its_step_apart_only_inside_other_words() -> None:
    names = {"ask": "Ik vraag een offerte"}
    assert driver_name("contact", "ask", "nl", names) == "contact na 'Ik vraag een offerte'"
    assert driver_name("touchpoint", "ask", "nl", names) == "Ik vraag een offerte"
