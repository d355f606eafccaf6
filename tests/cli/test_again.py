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


def test_the_findings_of_a_segment_are_given_again_with_what_to_type(ask, shop):
    told = json.loads(ask("report", "--map", "ring-kopen", "--segment", "nieuw", "--language", "en", "--json").out)
    page = Path(told[0]["path"]).read_text("utf-8")
    (command,) = {one for one in printed(page) if one.startswith("find")}
    found = {one["id"]: one["title"]["en"] for one in json.loads(ask(*command.split(), "--json").out)}
    shown = re.findall(r'<(?:article|tr) id="((?!privacy)[a-z_]+/[^"]+)"', page)  # what is about a few is left out
    assert shown
    for id_ in shown:
        assert found[id_] in markup.unescape(page)
    typed = set(re.findall(r"<code>klantreis (find --(?:accept|opportunity) [^<]*)</code>", page))
    assert {one.rpartition(" --segment ")[2] for one in typed} == {"nieuw"}


def test_what_a_workspace_remembers_is_of_the_events_that_answered(shop):
    workspace = klantreis.open_workspace(shop)
    journeys = workspace.journeys(workspace.map("ring-kopen"))
    asked = (None, "review", "review_submitted", "product")
    told = [klantreis.emotion(journeys, answers=events).answers for events in asked]
    assert told == [klantreis.emotion(replace(journeys, parts=None), answers=events).answers for events in asked]
    assert told[0] > told[1] == told[2] > told[3] == 0
