"""The pages name only commands, options, rules and words that exist, and leave none out."""

from __future__ import annotations

import dataclasses
import importlib
import re
from pathlib import Path

import pytest
import typer

from klantreis.cli import app
from klantreis.cli.verbs import VERBS

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
TEXTS = {page.relative_to(ROOT).as_posix(): page.read_text(encoding="utf-8") for page in PAGES}
OTHERS = {"--version", "--upgrade", "--upgrade-package"}  # of the program as a whole, and of uv
GLOSSARY = re.findall(
    r"^\| \*\*(?P<en>[^*]+)\*\* \| (?P<nl>[^|]+) \|[^`\n]*(?:`[^`]*`[^`\n]*?)*\| `(?P<code>klantreis\.[\w.]+:[\w.]+)`",
    TEXTS["docs/reference/glossary.md"],
    re.MULTILINE,
)


def options() -> dict[str, set[str]]:
    """Returns the options of each verb."""
    return {
        verb: {
            word
            for parameter in typer.main.get_group(app(verb)).commands[verb].params
            for word in (*parameter.opts, *parameter.secondary_opts)
            if word.startswith("-")
        }
        | {"--help"}
        for verb in VERBS
    }


KNOWN = options()


@pytest.mark.parametrize("page", TEXTS)
def test_every_command_on_the_page_is_a_verb(page: str) -> None:
    named = re.findall(r"`(?:\./|python )?klantreis ([a-z]+)", TEXTS[page])
    assert [verb for verb in named if verb not in VERBS] == []


@pytest.mark.parametrize("page", TEXTS)
def test_every_option_beside_a_command_is_one_of_its_own(page: str) -> None:
    lines = re.findall(r"klantreis ([a-z]+)((?: [^`\n]*?)?)(?:`|$)", TEXTS[page], re.MULTILINE)
    wrong = [
        f"{verb} {option}"
        for verb, rest in lines
        if verb in set(VERBS) - {"test"}  # hands its words on to pytest
        for option in re.findall(r"(?<!\S)--?[a-z][a-z-]*", rest.split(" klantreis ")[0])
        if option not in KNOWN[verb]
    ]
    assert wrong == []


@pytest.mark.parametrize("page", TEXTS)
def test_every_option_named_alone_is_an_option_of_some_command(page: str) -> None:
    every = OTHERS.union(*KNOWN.values())
    assert [word for word in re.findall(r"`(--[a-z-]+)", TEXTS[page]) if word not in every] == []


def test_every_verb_has_its_place_in_the_docs() -> None:
    said = "\n".join(TEXTS.values())
    assert [verb for verb in VERBS if f"klantreis {verb}" not in said] == []


def test_the_glossary_has_each_word_once() -> None:
    words = [en for en, _, _ in GLOSSARY]
    assert len(words) > 30
    assert len(set(words)) == len(words)
    assert TEXTS["docs/reference/glossary.md"].count("| **") == len(words)


@pytest.mark.parametrize(("english", "dutch", "code"), GLOSSARY, ids=[en for en, _, _ in GLOSSARY])
def test_a_word_of_the_glossary_stands_in_the_code_where_it_says(english: str, dutch: str, code: str) -> None:
    module, _, names = code.partition(":")
    found: object = importlib.import_module(module)
    for part in names.split("."):
        fields = {field.name: field for field in dataclasses.fields(found)} if dataclasses.is_dataclass(found) else {}
        found = fields[part] if part in fields else getattr(found, part)
    assert dutch.strip()


SAME = [row for row in GLOSSARY if row[0] not in {"variant", "proposal", "window", "event", "person", "results"}]
"""Words whose class is not the word itself: an edit is proposed, a window is `within`, persons are counted."""


@pytest.mark.parametrize(("english", "dutch", "code"), SAME, ids=[en for en, _, _ in SAME])
def test_the_name_in_the_code_is_the_word(english: str, dutch: str, code: str) -> None:
    last = code.rpartition(":")[2].rpartition(".")[2]
    spoken = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", last).lower().rstrip("s")
    word = english.lower()
    assert spoken in {word, word.rstrip("s"), {"touch": "touche"}.get(word, "")}
