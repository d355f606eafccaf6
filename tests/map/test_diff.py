"""What differs between two maps is told by id, and by what kind of difference it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantreis.documents import edited
from klantreis.map.diff import KINDS, Difference, difference_dict, differences
from klantreis.map.read import map_of, read_map

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples" / "maps").glob("*.reis.yaml"))
IKEA = next(file for file in EXAMPLES if file.name.startswith("ikea")).read_text(encoding="utf-8")


def changed(path: str, value: object, text: str = IKEA) -> list[tuple[str, str, str, str]]:
    found = differences(map_of(text), map_of(edited(text, path.split("/"), value)))
    return [(one.kind, one.what, one.id, one.field) for one in found]


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.name)
def test_a_map_does_not_differ_from_itself(file: Path) -> None:
    assert differences(read_map(file), map_of(file.read_text(encoding="utf-8"))) == ()


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("phases/aankoop/kar/feel", -1, ("rescored", "step", "kar", "feel")),
        ("phases/aankoop/kar/word", "boos", ("reworded", "step", "kar", "word")),
        ("phases/aankoop/kassa/match", "betaald", ("changed", "touchpoint", "kassa", "matcher")),
        ("kpis/zoektijd/target", "<= 3", ("retargeted", "kpi", "zoektijd", "target")),
        ("opportunities/vak_op_telefoon/impact", 5, ("rescored", "opportunity", "vak_op_telefoon", "impact")),
        ("title", "Een kast kopen", ("reworded", "map", "ikea-stoel", "title")),
        ("owner", "een ander", ("changed", "map", "ikea-stoel", "owner")),
        ("phases/gebruik/thuis", {"do": "Ik schroef"}, ("added", "step", "thuis", "")),
        ("personas/tom", {"label": "Tom"}, ("added", "persona", "tom", "")),
        ("phases/afweging/goal", "Kiezen", ("reworded", "phase", "afweging", "goal")),
    ],
)
def test_one_change_is_one_difference_of_its_kind(
    path: str, value: object, expected: tuple[str, str, str, str]
) -> None:
    found = changed(path, value)
    assert expected in found
    assert {one[2] for one in found} == {expected[2]}


HEAD = "klantreis: 1\nid: x\ntitle: X\ntemplate: nl-5\n"


def between(before: str, after: str) -> list[Difference]:
    return list(differences(map_of(HEAD + before), map_of(HEAD + after)))


def test_a_step_that_stands_elsewhere_has_moved_and_nothing_else_has() -> None:
    one = "phases: {aankoop: {a: {}, b: {}, c: {}, d: {}}}\n"
    two = "phases: {aankoop: {b: {}, c: {}, d: {}, a: {}}}\n"
    found = between(one, two)
    assert [(d.kind, d.id, d.field) for d in found] == [("moved", "a", "order")]
    assert found[0].text.text("en") == "Moved: step 'a' now follows d"
    other = between(one, "phases: {aankoop: {b: {}, c: {}, d: {}}, gebruik: {a: {}}}\n")
    assert [(d.kind, d.id, d.field, d.after.text("nl")) for d in other] == [("moved", "a", "phase", "gebruik")]


def test_what_is_gone_comes_first_and_says_what_it_was() -> None:
    found = between("personas: {lisa: {label: Lisa}}\n", "personas: {tom: {label: Tom}}\n")
    assert [one.text.text("nl") for one in found] == ["Weg: persona 'lisa' (Lisa)", "Nieuw: persona 'tom' (Tom)"]


def test_a_sentence_names_both_values_in_both_languages() -> None:
    (found,) = between("phases: {aankoop: {a: {feel: -1}}}\n", "phases: {aankoop: {a: {feel: 1.5}}}\n")
    assert found.text.nl == "Anders gewogen: stap 'a', het gevoel van -1 naar 1.5"
    assert difference_dict(found)["text"]["en"] == "Rescored: step 'a', the feeling from -1 to 1.5"


def test_a_path_is_shown_as_a_path() -> None:
    steps = "phases: {aankoop: {a: {}, b: {}}}\n"
    (found,) = between(
        steps + "scenarios: {i: {kind: ideal, path: [a, b]}}\n",
        steps + "scenarios: {i: {kind: ideal, path: [[a, b]]}}\n",
    )
    assert (found.before.text("nl"), found.after.text("nl")) == ("a, b", "a|b")


def test_two_maps_of_different_journeys_can_be_compared() -> None:
    found = differences(read_map(EXAMPLES[0]), read_map(EXAMPLES[1]))
    assert {one.kind for one in found} <= set(KINDS)
    assert all(one.text.nl and one.text.en for one in found)


@given(st.permutations("abcdef"))
def test_as_few_steps_as_can_be_are_called_moved(order: list[str]) -> None:
    before, after = (
        "phases: {aankoop: {" + ", ".join(f"{id_}: {{}}" for id_ in ids) + "}}\n" for ids in ("abcdef", order)
    )
    moved = {one.id for one in between(before, after)}
    kept = [id_ for id_ in order if id_ not in moved]
    assert kept == sorted(kept)
    longest = max(len(run) for run in _rising(order))
    assert len(moved) == len(order) - longest


def _rising(order: list[str]) -> list[list[str]]:
    runs: list[list[str]] = [[]]
    for id_ in order:
        runs += [[*run, id_] for run in runs if not run or run[-1] < id_]
    return runs


STEP = """klantreis: 1
id: a
title: A
phases:
  koop: {steps: {kijk: {do: Ik kijk, match: view}, kassa: {do: Ik betaal, match: paid}}}
  na: {steps: {thuis: {do: Ik draag hem}}}
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Ik betaal", "Ik reken af", [("reworded", "step", "kassa")]),
        ("kassa", "afrekenen", [("removed", "step", "kassa"), ("added", "step", "afrekenen")]),
        ("match: paid", "match: betaald", [("changed", "touchpoint", "kassa")]),
    ],
)
def test_what_differs_of_a_step_and_its_touchpoint_is_told_once(old, new, told):
    found = differences(map_of(STEP), map_of(STEP.replace(old, new)))
    assert [(one.kind, one.what, one.id) for one in found] == told
