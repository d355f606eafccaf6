"""What differs between two maps is told by id, and by what kind of difference it is."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantreis.documents import edited
from klantreis.documents.words import NAMES
from klantreis.map.diff import _NOT_WRITTEN, KINDS, PARTS, Difference, difference_dict, differences
from klantreis.map.diff_fields import FIELDS
from klantreis.map.model import JourneyMap, Step
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


def test_a_match_added_to_a_step_is_one_line() -> None:
    bare, matched = "phases: {aankoop: {a: {do: Ik kom}}}\n", "phases: {aankoop: {a: {do: Ik kom, match: deur}}}\n"
    assert [one.text.nl for one in between(bare, matched)] == ["Nieuw: contactmoment 'a' (Ik kom, deur)"]
    assert [one.text.nl for one in between(matched, bare)] == ["Weg: contactmoment 'a' (Ik kom)"]


def test_a_step_that_uses_another_touchpoint_besides_is_told_too() -> None:
    touch = "touchpoints: {t: {phase: aankoop, match: t}}\n"
    found = between(touch + "phases: {aankoop: {a: {}}}\n", touch + "phases: {aankoop: {a: {match: a, touch: [t]}}}\n")
    assert {(one.what, one.field) for one in found} == {("step", "touchpoints"), ("touchpoint", "")}


def test_a_channel_that_nobody_declared_is_no_difference_of_its_own() -> None:
    one = "touchpoints: {t: {phase: aankoop, match: t}}\n"
    found = between(one, one.replace("match: t", "match: t, channel: web"))
    assert [one.text.nl for one in found] == ["Veranderd: contactmoment 't', het kanaal van niets naar web"]


def test_a_matcher_is_told_as_it_is_written() -> None:
    one = "touchpoints: {t: {phase: aankoop, match: t}}\n"
    where = "{event: t, where: {price: '>= 3', kind: [a, b]}, take: first}"
    (found,) = between(one, one.replace("match: t", f"match: {where}"))
    assert found.text.en.endswith("the matcher from t to t, price >= 3, kind in a, b · first")


def test_what_comes_first_now_is_said_to() -> None:
    (found,) = between("phases: {aankoop: {a: {}, b: {}}}\n", "phases: {aankoop: {b: {}, a: {}}}\n")
    assert found.text.nl.endswith("'a' staat nu achter b") or found.text.nl.endswith("'b' staat nu vooraan")


def test_every_field_of_every_part_has_a_name_in_both_languages() -> None:
    hints = get_type_hints(JourneyMap)
    nouns = [get_args(hints[name])[0] for name in PARTS]
    written = {one.name for noun in (*nouns, Step) for one in fields(noun)} - {"id", "steps", "actions"}
    written |= {one.name for one in fields(JourneyMap)} - {"id", *_NOT_WRITTEN}
    assert written - set(FIELDS) == set()
    assert all(label.nl and label.en for label in FIELDS.values())
    assert {"map", "step", "action", *PARTS.values()} - set(NAMES) == set()


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
