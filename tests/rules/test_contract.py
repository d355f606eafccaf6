"""What every rule owes: words in both languages with the same numbers, and a page of its own."""

import re
from pathlib import Path

import pytest

from klantreis.labels import Label
from klantreis.plugins import part, parts
from klantreis.rules import phrases
from klantreis.rules.contract import Number, fill, too_few

PAGES = Path(__file__).parents[2] / "docs/reference/rules"

RULES = [part("rule", name) for name in parts("rule")]


def texts(module):
    for value in vars(module).values():
        listed = value.values() if isinstance(value, dict) else (value,)
        yield from (text for text in listed if isinstance(text, Label))


@pytest.mark.parametrize("rule", [*RULES, phrases], ids=lambda rule: rule.__name__.rpartition(".")[2])
def test_both_languages_name_the_same_things(rule):
    for text in texts(rule):
        assert text.nl
        assert text.en
        assert set(re.findall(r"\{\w+\}", text.nl)) == set(re.findall(r"\{\w+\}", text.en))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_no_text_claims_a_cause(rule):
    for text in texts(rule):
        claimed = re.findall(
            r"\b(door deze|veroorzaakt|leidt tot|causes|because of|leads to)\b", f"{text.nl} {text.en}"
        )
        assert claimed == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_says_why_its_options_and_what_fires_and_what_does_not(rule):
    page = rule.__doc__
    assert all(part in page for part in ("Options:", "Fires:", "Does not fire:"))
    assert rule.Options()
    for option in rule.Options.__dataclass_fields__:
        assert f"`{option}`" in page


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_page_in_the_docs_is_the_docstring(rule):
    assert (PAGES / f"{rule.name}.md").read_text("utf-8") == f"# {rule.name}\n\n{rule.__doc__.strip()}\n"


@pytest.mark.parametrize(
    ("number", "nl", "en"),
    [
        (Number(0.4123, "share"), "41,2%", "41.2%"),
        (Number(12_345), "12.345", "12,345"),
        (Number(-1.25, "score"), "−1,2", "−1.2"),
        (Number(0.5, "score"), "+0,5", "+0.5"),
        (Number(4.0698, "points"), "4,07", "4.07"),
        (Number(12_345.6, "money"), "€ 12.346", "€ 12,346"),
        (Number(12, "money", "SEK"), "SEK 12", "SEK 12"),
        (Number(125, "seconds"), "2 min 5 s", "2 min 5 s"),
    ],
)
def test_numbers_are_written_in_the_manner_of_the_language(number, nl, en):
    assert (number.text("nl"), number.text("en")) == (nl, en)


def test_a_filled_text_cannot_be_filled_twice_over():
    found = fill(Label(nl="{a} en {b}", en="{a} and {b}"), a="{b}", b="x")
    assert (found.nl, found.en) == ("{b} en x", "{b} and x")


def test_too_few_is_a_value_with_a_reason():
    found = too_few(Label(nl="gevoel", en="feeling"), 41, 380, "score")
    assert (found.value, found.n, found.why.text("en")) == (None, 41, "too few people (n = 41, need 380)")
