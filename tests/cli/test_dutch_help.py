"""Who speaks Dutch reads the help in Dutch: the frame, a line for each verb, and what each option means."""

from __future__ import annotations

import importlib

import pytest
import typer

from klantreis import cli
from klantreis.cli import help as dutch
from klantreis.cli.verbs import VERBS


def parameters(verb):
    return typer.main.get_command(cli.app(verb)).commands[verb].params


def test_every_verb_stands_in_the_help_with_its_dutch_line(ask):
    out = " ".join(ask("--help", "--language", "nl").out.replace("│", " ").split())
    assert "Gebruik: klantreis [OPTIES] OPDRACHT [WOORDEN]..." in out
    for verb, (panel, line) in VERBS.items():
        assert verb in out
        assert panel.nl in out
        assert line.nl in out
        assert line.nl != line.en


@pytest.mark.parametrize("verb", VERBS)
def test_what_each_option_means_is_told_in_dutch(verb):
    lacking = [one.help for one in parameters(verb) if one.help and one.help not in dutch.texts()]
    assert lacking == [], "Add the line and its Dutch to src/klantreis/cli/help.nl.txt"


def paragraphs(verb):
    """Returns what a verb tells of itself besides its line and its examples, each on one line."""
    told = dutch.further(importlib.import_module(f"klantreis.cli.{verb}_verb").run)
    return [" ".join(one.split()) for one in told if not one.startswith("Example:")]


@pytest.mark.parametrize("verb", VERBS)
def test_what_a_verb_tells_of_itself_is_told_in_dutch(verb, ask):
    out = " ".join(ask(verb, "--help", "--language", "nl").out.split())
    for english in paragraphs(verb):
        assert dutch.texts().get(english, "") in out, "Add the paragraph and its Dutch to src/klantreis/cli/help.nl.txt"
        assert english not in out


def test_no_text_of_the_help_is_left_over():
    said = {text for verb in VERBS for one in parameters(verb) for text in (one.help, one.rich_help_panel)}
    said |= {text for verb in VERBS for text in paragraphs(verb)}
    assert [text for text in dutch.texts() if text not in said] == []


def test_dutch_texts_keep_what_is_typed():
    for english, text in dutch.texts().items():
        typed = {word.strip(".,;:") for word in english.split() if word.startswith("--")}
        assert all(word in text for word in typed), text


@pytest.mark.parametrize("verb", VERBS)
def test_help_fits_eighty_columns_in_dutch(verb, ask, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    out = ask(verb, "--help", "--language", "nl").out
    assert max(map(len, out.splitlines())) <= 80
    assert f"Voorbeeld: klantreis {verb}" in " ".join(out.split())
    assert "Usage:" not in out
    assert "Toon deze uitleg" in out


def test_the_frame_of_typer_is_english_again_afterwards(ask):
    ask("paths", "--help", "--language", "nl")
    assert "Usage: klantreis paths [OPTIONS]" in ask("paths", "--help").out
    utils = importlib.import_module("typer.rich_utils")
    assert utils.OPTIONS_PANEL_TITLE == "Options"


@pytest.mark.parametrize("words", [["--language", "nl", "paths", "--help"], ["--language=nl", "paths", "--help"]])
def test_the_language_may_be_named_before_the_verb(words, ask):
    assert "Gebruik: klantreis paths" in ask(*words).out
