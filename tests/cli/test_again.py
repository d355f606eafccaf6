"""Each chapter of the report prints the command that gives its numbers again, and the command does."""

from __future__ import annotations

import html as markup
import json
import re
from dataclasses import replace
from pathlib import Path

import klantreis

PRINTED = re.compile(r'<p class="again note">(.*?)</p>', re.DOTALL)


def printed(page: str) -> list[str]:
    """The commands a report names beside its numbers."""
    return [
        markup.unescape(command)
        for told in PRINTED.findall(page)
        for command in re.findall(r"<code>klantreis (.*?)</code>", told)
    ]


def unasked(told):
    """An answer without how it was asked: a zone may be said or taken from the map, and the answer is the same."""
    if isinstance(told, dict) and "about" in told:
        told = {**told, "about": {word: value for word, value in told["about"].items() if word != "recipe"}}
    return told


def test_every_command_beside_the_numbers_gives_them_again(ask, shop):
    written = json.loads(ask("report", "--map", "ring-kopen", "--language", "en", "--json").out)
    commands = printed(Path(written[0]["path"]).read_text("utf-8"))
    measured = json.loads(ask("measure", "--map", "ring-kopen", "--json").out)
    assert {command.split()[0] for command in commands} >= {
        "find", "measure", "funnel", "paths", "fit", "times", "emotion", "kpis", "coverage",
    }  # fmt: skip
    for command in commands:
        verb, *words = command.split()
        answer = ask(verb, *words, "--json")
        assert answer.code == 0, (command, answer)
        told = unasked(json.loads(answer.out))
        if verb == "fit":
            assert told == unasked(measured["fits"][words[1]])
        elif verb in measured:
            assert told == unasked(measured[verb]), command
        elif verb in measured["more"]:
            assert told == unasked(measured["more"][verb]), command


def test_what_a_workspace_remembers_is_of_the_events_that_answered(shop):
    workspace = klantreis.open_workspace(shop)
    journeys = workspace.journeys(workspace.map("ring-kopen"))
    asked = (None, "review", "review_submitted", "product")
    told = [klantreis.emotion(journeys, answers=events).answers for events in asked]
    assert told == [klantreis.emotion(replace(journeys, parts=None), answers=events).answers for events in asked]
    assert told[0] > told[1] == told[2] > told[3] == 0
