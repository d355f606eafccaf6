"""Diagrams that Mermaid's own parser accepts, whatever stands in them."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from exchange import EXAMPLES, everywhere, example, seen_by_mermaid
from klantreis.exporters import mermaid
from klantreis.labels import Label
from klantreis.map.importers.mermaid import parsed
from klantreis.map.model import Step
from klantreis.map.sketch import sketch_of

TEXTS = [
    "title", "section x", "journey", "accTitle: y", "a: b; c # d, e", "%% weg", "%%{init: {}}%%", "<b>vet</b> & 'zo'",
    "#35;", "---", "een\ntwee", "}", "\ud800 \x00", "style a:#f;", "classDef b:#f;", "\u202eom", "🍦 漢",
    "\ufb02\u00b0\u00b01\u00b6\u00df", "   ", "end",
]  # fmt: skip


def hurt(text):
    report = example("ikea-stoel")
    return type(report)(everywhere(report.map, text), None, (), report.made)


def test_mermaids_own_parser_accepts_every_example_in_both_languages():
    made = [
        (example(name), mermaid.export(example(name), mermaid.Options(language)).decode(), language)
        for name in EXAMPLES
        for language in ("nl", "en")
    ]
    for (report, _, language), told in zip(made, seen_by_mermaid([text for _, text, _ in made]), strict=True):
        assert "error" not in told, told
        sketch = sketch_of(report.map, language)
        assert len(told["sections"]) == len(sketch.phases)
        assert [task["score"] for task in told["tasks"]] == [
            3 if stop.feel is None else stop.feel + 3 for stop in sketch.stops
        ]


def test_mermaids_own_parser_accepts_harmful_text_in_every_field():
    texts = [mermaid.export(hurt(text)).decode("utf-8") for text in TEXTS]
    for text, told in zip(TEXTS, seen_by_mermaid(texts), strict=True):
        assert "error" not in told, (text, told)
        assert (len(told["sections"]), len(told["tasks"])) == (5, 10), text
        assert [task["score"] for task in told["tasks"]] == [4, 2, 4, 5, 4, 2, 1, 4, 2, 5], text


def test_mermaids_own_parser_sees_in_our_diagrams_what_our_reader_sees():
    texts = [mermaid.export(hurt(text)).decode("utf-8") for text in TEXTS]
    for text, told in zip(texts, seen_by_mermaid(texts), strict=True):
        seen = parsed(text)
        assert [(one.section, one.task, one.score, list(one.people)) for one in seen.tasks] == [
            (one["section"], one["task"], one["score"], one["people"]) for one in told["tasks"]
        ]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=30))
def test_any_text_is_one_name(text):
    diagram = parsed(f"journey\n  section {mermaid.coded(text)}\n    {mermaid.coded(text)}: 3: {mermaid.coded(text)}\n")
    assert (len(diagram.sections), len(diagram.tasks), len(diagram.actors)) == (1, 1, 1)


def test_a_step_without_a_feeling_says_so_and_the_report_tells():
    report = example("reparatie")
    assert "(gevoel onbekend): 3" in mermaid.export(report).decode()
    assert any("neutraal (3)" in one.title.nl for one in mermaid.lost(report))


def test_a_diagram_is_this_text():
    made = mermaid.export(example("urgentie-tractor")).decode()
    assert made.splitlines()[:4] == [
        "journey",
        "    title Een tractor die stilstaat",
        "    section Bewustzijn",
        "      De tractor valt stil op het land: 1: Geert",
    ]


def test_one_step_without_a_feeling_is_told_as_one():
    report = example("sieraden-ring")
    phase = replace(report.map.phases[0], steps=(Step("a", Label("Ik kijk")), Step("b", Label("Ik koop"), feel=1)))
    alone = replace(report, map=replace(report.map, phases=(phase,), touchpoints=(), scenarios=()))
    assert any(one.title.nl.startswith("1 stap zonder gevoel staat") for one in mermaid.lost(alone))
