"""Checks of maps that read well but could be better."""

from __future__ import annotations

from pathlib import Path

import pytest

from klantreis.map.check import check, check_all
from klantreis.map.checks.touchpoints import apart
from klantreis.map.model import Condition, Matcher
from klantreis.map.read import map_of, read_map

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples" / "maps").glob("*.reis.yaml"))
HEAD = "klantreis: 1\nid: x\ntitle: X\ntype: purchase\ntemplate: nl-5\nowner: ik\nreview_every: 90 days\n"
CALM = (
    "touchpoints: {a: {phase: orientatie, match: a}, b: {phase: aankoop, match: b}}\n"
    "scenarios: {ideaal: {kind: ideal, path: [a, b]}}\n"
    "kpis:\n"
    + "".join(
        f"  k_{phase}: {{phase: {phase}, metric: people, target: '>= 1'}}\n"
        for phase in ("orientatie", "afweging", "aankoop", "gebruik", "loyaliteit")
    )
)


def rules(text: str, head: str = HEAD + CALM) -> list[tuple[str, str, str | None, int | None]]:
    found = check(map_of(head + text, file="x.reis.yaml"))
    assert all(one.title.nl and one.title.en and one.place.map == "x" for one in found)
    return [(one.level, one.rule, one.place.id, one.place.line) for one in found]


def test_a_map_with_nothing_to_say_about_it_is_left_alone() -> None:
    assert rules("") == []


@pytest.mark.parametrize(
    ("text", "level", "rule", "id_"),
    [
        ("phases: {aankoop: {kassa: {feel: -1}}}", "hint", "phase-without-positive-contact", "aankoop"),
        ("phases: {aankoop: {orientatie: {feel: 1}}}", "warning", "one-id-for-two", "orientatie"),
        ("barriers: {c: {at: a}}", "hint", "barrier-unanswered", "c"),
        ("opportunities: {c: {impact: 1}}", "hint", "opportunity-without-barrier", "c"),
        ("evidence: {c: {kind: interview}}", "hint", "evidence-unused", "c"),
        ("segments: {c: a = 1}", "hint", "segment-unused", "c"),
        ("surveys: {c: {question: Q}}", "warning", "survey-unbound", "c"),
        ("languages: [nl, en]\npersonas: {c: {label: {nl: Lies}}}", "hint", "label-missing", "c"),
    ],
)
def test_a_check_fires_at_the_line_of_its_id(text: str, level: str, rule: str, id_: str) -> None:
    lines = (HEAD + CALM + text).splitlines()
    line = next(number for number, line in enumerate(lines, 1) if line.startswith(text.rsplit("\n", maxsplit=1)[-1]))
    expected = (level, rule, id_, line)
    assert [one for one in rules(text + "\n") if one[1] == rule] == [expected]


def test_a_phase_that_nothing_measures_is_named() -> None:
    text = "touchpoints: {b: {phase: aankoop, match: b}}\nkpis: {k: {metric: people, at: b, target: '> 1'}}\n"
    found = [id_ for _, rule, id_, _ in rules(text, HEAD) if rule == "phase-without-kpi"]
    assert found == ["orientatie", "afweging", "gebruik", "loyaliteit"]


def test_a_touchpoint_that_nothing_measures_or_visits_is_named() -> None:
    text = "touchpoints: {c: {}, d: {planned: true}, e: {measurement: counter}}\n"
    found = [(rule, id_) for _, rule, id_, _ in rules(text, HEAD) if rule.startswith("touchpoint")]
    assert sorted(found) == [
        ("touchpoint-nowhere", "c"),
        ("touchpoint-nowhere", "e"),
        ("touchpoint-without-matcher", "c"),
    ]


def test_only_a_future_path_may_pass_what_is_planned() -> None:
    text = (
        "touchpoints: {c: {match: c, planned: true}}\n"
        "scenarios: {nu: {kind: ideal, path: [c]}, straks: {kind: future, path: [c]}}\n"
    )
    assert [id_ for _, rule, id_, _ in rules(text, HEAD) if rule == "path-over-planned"] == ["nu"]


def test_a_purchase_that_ends_at_the_till_stops_too_early() -> None:
    head = HEAD.replace("nl-5", "funnel-3")
    assert "stops-too-early" in [rule for _, rule, _, _ in rules("", head)]
    assert "stops-too-early" not in [rule for _, rule, _, _ in rules("", HEAD)]


def test_a_map_that_nobody_keeps_says_so() -> None:
    head = HEAD.replace("owner: ik\n", "")
    assert ("hint", "nobody-keeps-it", None, 2) in rules("", head)


def where(*conditions: Condition) -> Matcher:
    return Matcher("e", conditions)


@pytest.mark.parametrize(
    ("one", "two", "wanted"),
    [
        (where(), where(), False),
        (where(Condition("m", "=", ("a",))), where(), False),
        (where(Condition("m", "=", ("a",))), where(Condition("m", "=", ("b",))), True),
        (where(Condition("m", "=", ("a",))), where(Condition("n", "=", ("b",))), False),
        (where(Condition("m", "in", ("a", "b"))), where(Condition("m", "in", ("b", "c"))), False),
        (where(Condition("m", "in", ("a", "b"))), where(Condition("m", "!=", ("a",))), False),
        (where(Condition("m", "=", ("a",))), where(Condition("m", "!=", ("a",))), True),
        (where(Condition("m", "=", ("maat 52",))), where(Condition("m", "~", ("MAAT",))), False),
        (where(Condition("m", "=", ("kleur",))), where(Condition("m", "~", ("maat",))), True),
        (where(Condition("m", "<", (5.0,))), where(Condition("m", ">=", (5.0,))), True),
        (where(Condition("m", "<=", (5.0,))), where(Condition("m", ">=", (5.0,))), False),
        (where(Condition("m", "<", (5.0,))), where(Condition("m", ">", (3.0,))), False),
        (where(Condition("m", "=", (6.0,))), where(Condition("m", "<", (5.0,))), True),
        (where(Condition("m", "=", ("a",))), where(Condition("m", "=", (), "n")), False),
    ],
)
def test_two_matchers_are_apart_when_no_event_can_meet_both(one: Matcher, two: Matcher, wanted: bool) -> None:
    assert apart(one, two) is wanted
    assert apart(two, one) is wanted


def test_two_touchpoints_that_claim_one_event_are_named() -> None:
    found = [
        (level, id_)
        for level, rule, id_, _ in rules("touchpoints: {a: {match: e}, c: {match: e}}\n", HEAD)
        if "event" in rule
    ]
    assert found == [("warning", "c")]


def test_two_maps_with_one_id_are_an_error_that_names_both_files() -> None:
    one, two = (map_of(HEAD + CALM, file=name) for name in ("een.reis.yaml", "twee.reis.yaml"))
    found = check_all([one, two])
    assert [(finding.level, finding.rule, finding.place.file) for finding in found] == [
        ("error", "double-map-id", "twee.reis.yaml")
    ]
    assert "een.reis.yaml" in found[0].detail.text("nl")
    assert "twee.reis.yaml" in found[0].detail.text("en")


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.name)
def test_every_example_is_free_of_warnings(file: Path) -> None:
    assert [one.rule for one in check(read_map(file)) if one.level != "hint"] == []


def test_the_examples_go_together() -> None:
    assert [one for one in check_all([read_map(file) for file in EXAMPLES]) if one.level == "error"] == []
    assert len(EXAMPLES) == 9


def test_an_id_stays_the_same_wherever_the_file_lies(tmp_path):
    found = []
    for folder in (tmp_path / "here", tmp_path / "there"):
        folder.mkdir()
        (folder / "x.reis.yaml").write_text(HEAD.replace("owner: ik\n", ""), "utf-8")
        found.append([one.id for one in check(read_map(folder / "x.reis.yaml"))])
    assert found[0] == found[1]
    assert not any(str(tmp_path) in id_ for id_ in found[0])
