"""Every verb explains itself, with examples that run, and the reference page holds every word of it."""

from __future__ import annotations

import importlib
import io
import re
import runpy
import shlex
from pathlib import Path

import pytest

from klantreis import cli
from klantreis.cli.verbs import VERBS

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/reference/command-line.md"


def examples(verb: str) -> list[str]:
    text = importlib.import_module(f"klantreis.cli.{verb}_verb").run.__doc__ or ""
    return re.findall(r"^\s*Example: klantreis (.+)$", text, re.MULTILINE)


def words_of(example: str) -> list[str]:
    """The words of a command as a shell gives them, stars filled in."""
    words = shlex.split(example)
    return [word for given in words for word in (map(str, sorted(Path().glob(given))) if "*" in given else [given])]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_an_example_in_its_help(verb, ask):
    answer = ask(verb, "--help")
    assert answer.code == 0
    assert examples(verb)
    assert all(example.startswith(verb) for example in examples(verb))
    assert f"Example: klantreis {verb}" in " ".join(answer.out.split())


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb != "load"])
def test_every_example_in_the_help_runs(verb, ask, shop, monkeypatch):
    # Nobody speaks: what listens to its input hears that it is over.
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO()))
    monkeypatch.setattr("klantreis.editor.serve.kept_open", lambda editor, *, browser: editor.server_close())
    for example in examples(verb):
        answer = ask(*words_of(example))
        assert answer.code == 0, answer
    if verb == "init":
        assert all(ask(*words_of(example)).code == 0 for example in examples("load"))
        assert ask(*words_of(examples("load")[0]), "--json").code == 0


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_only_on_or_off_has_no_word_behind_it(language, ask):
    text = ask("funnel", "--help", "--language", language).out
    assert "--json" in text
    assert "<bool>" not in text


@pytest.mark.parametrize("verb", VERBS)
def test_help_fits_eighty_columns(verb, ask, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert max(map(len, ask(verb, "--help").out.splitlines())) <= 80


def test_the_reference_page_is_made_of_the_help():
    made = runpy.run_path(str(ROOT / "tools/command_line.py"))["page"]()
    assert PAGE.read_text("utf-8") == made, "Run: python tools/command_line.py"


def test_every_option_stands_on_the_reference_page():
    import typer

    text = PAGE.read_text("utf-8")
    for verb in VERBS:
        command = typer.main.get_command(cli.app(verb)).commands[verb]
        chapter = text.split(f"\n## klantreis {verb}\n")[1].split("\n## ")[0]
        for parameter in command.params:
            for word in [*parameter.opts, *parameter.secondary_opts]:
                assert f"`{word}`" in chapter, (verb, word)
