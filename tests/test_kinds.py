"""What a question is given is of a kind it takes, or an error says what, where and how to mend it."""

from __future__ import annotations

import inspect
import json
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy
import pandas
import polars
import pyarrow
import pytest

import klantreis
from klantreis.errors import KlantreisError, OptionError
from klantreis.kinds import hold

HOURS = pandas.date_range("2026-01-01", periods=200, freq="6h")
ROWS = pandas.DataFrame(
    {
        "who": [f"u{place % 20}" for place in range(200)],
        "when": HOURS,
        "what": ["review" if place % 2 else "buy" for place in range(200)],
        "score": [place % 5 + 1 for place in range(200)],
        "value": [float(place % 7) for place in range(200)],
        "words": ["goed mooi" if place % 3 else "slecht traag" for place in range(200)],
    }
)
COLUMNS = {"person": "who", "at": "when", "event": "what"}
OFF = ["onzin", "0.1", "", -1, 10**9, 0.5, float("nan"), None, [], [1], {}, True, object()]
ORDERS = {"orders": "buy"}
ASKED = {
    "funnel": (("buy,review",), {}),
    "paths": ((), {}),
    "fit": (("buy,review",), {}),
    "times": ((), {}),
    "steps": (("buy",), {}),
    "sankey": (("buy",), {}),
    "follows": ((), {}),
    "clusters": ((), {"groups": 2}),
    "attribution": (("buy",), {}),
    "channels": ((), {}),
    "contacts": ((), {"contact": "review"}),
    "drift": ((), {}),
    "drivers": ((), {"outcome": "buy"}),
    "retention": ((), {"start": "review"}),
    "lifecycle": ((), {}),
    "rfm": ((), ORDERS),
    "concentration": ((), ORDERS),
    "clv": ((), ORDERS),
    "advocates": ((), ORDERS),
    "opinion": ((), {"answers": "review", **ORDERS}),
    "emotion": ((), {}),
    "mood": ((), {}),
    "themes": ((), {}),
}
"""Questions of journeys alone, with what they need."""


@pytest.fixture(scope="module")
def journeys():
    return klantreis.read(ROWS, **COLUMNS, score="score", value="value", detail="words")


def off(ask, given, named):
    """Asks with each argument in turn off in each way; only an answer, or an error of the family, may come of it."""
    for place, one in enumerate(inspect.signature(ask).parameters.values()):
        if one.kind is one.VAR_KEYWORD:
            continue
        for value in OFF:
            args = [value if spot == place else usual for spot, usual in enumerate(given)]
            more = named if place < len(given) else {**named, one.name: value}
            error = refused(ask, args, more)
            if isinstance(error, OptionError):
                what, where, mend = error.parts("en")
                assert what != error.parts("nl")[0], (one.name, value)
                assert where or mend, (one.name, value)


def refused(ask, args, more):
    """The error of the family that a question gives; None when it answers."""
    try:
        ask(*args, **more)
    except KlantreisError as error:
        return error
    return None


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", ASKED)
def test_whatever_a_question_is_given_it_answers_or_says_what_is_off(name, journeys):
    given, named = ASKED[name]
    off(getattr(klantreis, name), (journeys, *given), named)


@pytest.mark.filterwarnings("ignore")
def test_whatever_a_file_is_read_with_it_is_read_or_says_what_is_off():
    off(klantreis.read, (ROWS,), COLUMNS)
    off(klantreis.power, (0.1,), {})
    off(klantreis.open_workspace, (), {})
    off(klantreis.again, ({}, ROWS), COLUMNS)


def test_every_name_of_the_face_that_is_asked_holds_what_it_is_given():
    for name in klantreis._FACE.keys() - {"again"}:  # a recipe may be off in more ways, and again() tells them
        found = getattr(klantreis, name)
        assert inspect.isclass(found) or hasattr(found, "__wrapped__"), name


def test_a_number_in_quotes_says_what_where_and_how_to_mend_it_in_both_languages():
    with pytest.raises(OptionError) as caught:
        klantreis.power("0.1")
    assert caught.value.parts("en") == (
        "'0.1' is not a value of 'base'.", "base", "Give a number. Without quotes: 0.1"
    )  # fmt: skip
    assert caught.value.parts("nl") == (
        "'0.1' kan niet bij 'base'.", "base", "Geef een getal. Zonder aanhalingstekens: 0.1"
    )  # fmt: skip


def test_journeys_and_a_map_the_other_way_round_are_asked_after(journeys):
    with pytest.raises(OptionError) as caught:
        klantreis.standing(journeys, journeys)
    assert caught.value.parts("en") == (
        "<Journeys> is not a value of 'map_'.", "map_",
        "Give a map: shop.map('ring-kopen'). Do two of them stand the other way round?",
    )  # fmt: skip


def test_an_example_is_what_it_is_when_nobody_says_it():
    with pytest.raises(OptionError, match=r"Give a text, such as '1\.\.5'"):
        klantreis.mood(ROWS, **COLUMNS, scale=5)


def test_what_is_missing_is_said_as_python_says_it():
    with pytest.raises(TypeError, match=r"power\(\) missing 1 required positional argument: 'base'"):
        klantreis.power()


@pytest.mark.parametrize(
    ("value", "hint", "own"),
    [
        (numpy.int64(3), int, 3),
        (numpy.float32(0.5), float, 0.5),
        (3, float, 3),
        (1e4, int, 10_000),
        (1e4, int | float, 1e4),
        (Fraction(1, 2), float, Fraction(1, 2)),
        (numpy.bool_(True), bool, True),
        (1, bool, True),
        (numpy.str_("buy"), str, "buy"),
        (numpy.array([1, 5]), tuple[int, int], [1, 5]),
        (numpy.array([[0, 7], [8, 14]]), Sequence[tuple[int, int]], [[0, 7], [8, 14]]),
        (numpy.array([]), Sequence[str], []),
        (pandas.Series(["buy"], index=[7]), str | Sequence[str], ["buy"]),
        (pandas.Index(["buy"]), str | Sequence[str], ["buy"]),
        (polars.Series(["buy"]), str | Sequence[str], ["buy"]),
        (pyarrow.array(["buy"]), str | Sequence[str], ["buy"]),
        ({"buy"}, str | Sequence[str], {"buy"}),
        (date(2026, 6, 1), str | date | None, date(2026, 6, 1)),
        (Path("a"), Path, Path("a")),
    ],
)
def test_what_other_libraries_call_a_number_or_a_list_is_one(value, hint, own):
    found = hold("given", value, hint)
    assert found == own
    assert type(found) is type(own)


def test_names_that_come_one_by_one_are_left_to_come():
    names = (name for name in ["buy", "review"])
    assert hold("given", names, str | Sequence[str]) is names
    assert list(names) == ["buy", "review"]


def test_what_may_be_anything_is_left_as_it_is():
    values = numpy.array([1])
    assert hold("given", values, str | Any) is values


@pytest.mark.parametrize(
    ("value", "hint"),
    [(True, int), (True, float), (2, bool), (float("nan"), float), (float("inf"), int), (3.5, int)],
)
def test_what_looks_like_it_is_not_it(value, hint):
    with pytest.raises(OptionError, match="'given'"):
        hold("given", value, hint)


def test_a_question_keeps_its_signature_and_its_help():
    assert list(inspect.signature(klantreis.power).parameters)[:2] == ["base", "lift"]
    assert klantreis.power.__name__ == "power"
    assert klantreis.power.__doc__.startswith("Returns how many people it takes")


def test_an_option_that_is_nothing_when_nobody_gives_it_says_what_it_may_be(journeys):
    with pytest.raises(OptionError, match=r"Give a text, such as '7d', or nothing \(None\)"):
        klantreis.funnel(journeys, "buy,review", within=7)


def test_a_number_of_numpy_stands_in_the_recipe_as_a_plain_one(journeys):
    found = klantreis.paths(journeys, top=numpy.int64(5))
    assert json.loads(json.dumps(found.recipe))["options"]["top"] == 5


def test_so_many_threads_that_no_system_has_are_refused():
    with pytest.raises(OptionError, match="1 to 1024"):
        klantreis.read(ROWS, **COLUMNS, threads=10**6)
