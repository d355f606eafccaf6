"""One concept, one word: texts that people see hold none of the words that the glossary sets aside."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping

import pytest

import klantreis.rules
from klantreis.cli import words as cli
from klantreis.exporters.html.words import WORDS as REPORT
from klantreis.labels import Label
from klantreis.scenes.words import WORDS as SCENES

NOT_NL = re.compile(
    r"\b(mensen|drempels?|onzeker|gemist|ontbreekt|extra|afgekeurde?|afgerond|afgeronde|enqu\u00eate|doorlooptijd(en)?"
    r"|stippellijn|gestippelde rand|meting)\b",
    re.IGNORECASE,
)
NOT_EN = re.compile(r"\b(hurdle|unsure|ad hoc|rejected|mature|dotted line|durations|extra)\b", re.IGNORECASE)


def labels(name: str, value: object) -> Iterator[tuple[str, Label]]:
    if isinstance(value, Label):
        yield name, value
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from labels(f"{name}.{key}", part)


def read(text: str | None) -> str:
    """Returns a text without the names of its gaps and without what is set as code."""
    return re.sub(r"\{[^}]*\}|`[^`]*`", "", text or "")


def catalogues() -> dict[str, Label]:
    found = dict([*labels("report", REPORT), *labels("scenes", SCENES), *labels("cli", vars(cli))])
    for module in pkgutil.iter_modules(klantreis.rules.__path__):
        if module.name != "phrases":  # words of customers
            found |= dict(labels(module.name, vars(importlib.import_module(f"klantreis.rules.{module.name}"))))
    return found


ALL = catalogues()
ALLOWED = {"scenes.status.rejected"}


def test_the_catalogues_are_found() -> None:
    assert len(ALL) > 400


@pytest.mark.parametrize("key", sorted(set(ALL) - ALLOWED))
def test_no_word_that_the_glossary_sets_aside(key: str) -> None:
    assert NOT_NL.search(read(ALL[key].nl)) is None
    assert NOT_EN.search(read(ALL[key].en)) is None


@pytest.mark.parametrize("verdict", ["met", "missed", "unsure", "unknown", "no_target"])
def test_a_verdict_has_one_word_in_the_report_the_pictures_and_the_terminal(verdict: str) -> None:
    assert REPORT[f"verdict.{verdict}"] == SCENES[f"verdict.{verdict}"] == cli.VERDICTS[verdict]


@pytest.mark.parametrize("kind", ["missing", "ad_hoc", "repeat", "out_of_order", "failed"])
def test_a_deviation_has_one_word_in_the_report_and_the_terminal(kind: str) -> None:
    assert REPORT[f"kind.{kind}"] == cli.KINDS[kind]


def test_a_chapter_has_the_name_of_its_picture() -> None:
    for name in ("paths", "times", "funnel"):
        assert REPORT[f"title.{name}"] == SCENES[name]
