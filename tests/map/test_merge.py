"""Two edits of one document are put together, with comments, and conflicts named by id."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.documents import edited, parsed, plain
from klantreis.documents.reading import Reading
from klantreis.errors import DocumentError
from klantreis.map.merge import merged
from klantreis.map.read import map_of

IKEA = (Path(__file__).resolve().parents[2] / "examples" / "maps" / "ikea-stoel.reis.yaml").read_text(encoding="utf-8")


def data(text: str) -> Any:
    return plain(parsed(text, Reading()))


def test_what_only_one_of_them_changed_is_taken_with_its_comments() -> None:
    mine = IKEA.replace(
        "feel: +1\n      word: {nl: enthousiast", "feel: +2  # net bekeken\n      word: {nl: enthousiast"
    )
    theirs = IKEA.replace("owner: winkelteam", "# sinds mei\nowner: klantenteam")
    found = merged(IKEA, mine, theirs)
    assert found.conflicts == ()
    assert "feel: +2  # net bekeken" in found.text
    assert "# sinds mei\nowner: klantenteam" in found.text
    assert found.text.count("\n") == IKEA.count("\n") + 1


def test_two_edits_of_one_line_that_do_not_clash_are_both_taken() -> None:
    mine = IKEA.replace('target: "<= 5"', 'target: "<= 4"')
    theirs = IKEA.replace("owner: logistiek", "owner: magazijn")
    found = merged(IKEA, mine, theirs)
    assert found.conflicts == ()
    assert data(found.text)["kpis"]["zoektijd"]["target"] == "<= 4"
    assert data(found.text)["kpis"]["zoektijd"]["owner"] == "magazijn"
    assert found.text.startswith("# De bekendste klantreis")


def test_a_conflict_is_named_by_id_and_mine_is_kept() -> None:
    mine, theirs = (IKEA.replace("feel: -2", f"feel: {value}") for value in (-1, 0))
    found = merged(IKEA, mine, theirs)
    assert [(one.id, one.path, one.base, one.mine, one.theirs) for one in found.conflicts] == [
        ("kar", ("phases", "aankoop", "kar", "feel"), "-2", "-1", "0")
    ]
    assert found.text == mine
    assert "'kar'" in found.conflicts[0].text.text("nl")


def test_one_takes_away_what_the_other_changes() -> None:
    base = "klantreis: 1\nid: x\ntitle: X\ntemplate: nl-5\npersonas:\n  lisa: {goal: a}\n  tom: {goal: b}\n"
    without = base.replace("  tom: {goal: b}\n", "")
    changed = base.replace("goal: b", "goal: c")
    first, second = merged(base, without, changed), merged(base, changed, without)
    assert [(one.id, one.mine, one.theirs) for one in first.conflicts] == [("tom", "–", "{'goal': 'c'}")]
    assert "tom" not in data(first.text)["personas"]
    assert data(second.text)["personas"]["tom"] == {"goal": "c"}
    assert merged(base, base, without).text == without


def test_both_add_a_step_and_both_are_there_in_place() -> None:
    mine = IKEA.replace("    kassa:\n", "    rij: {do: Ik sta in de rij}\n    kassa:\n")
    theirs = IKEA.replace("    ijsje:\n", "    bon: {do: Ik vouw de bon op}\n    ijsje:\n")
    found = merged(IKEA, mine, theirs)
    assert found.conflicts == ()
    steps = [step.id for _, step in map_of(found.text).steps()]
    assert steps[-4:] == ["rij", "kassa", "bon", "ijsje"]


def test_both_add_a_thing_at_the_same_spot() -> None:
    base = "klantreis: 1\nid: x\ntitle: X\ntemplate: nl-5\npersonas:\n  lisa: {goal: a}\n"
    found = merged(base, base + "  tom: {goal: b}\n", base + "  # nieuw\n  eva: {goal: c}\n")
    assert found.conflicts == ()
    assert set(data(found.text)["personas"]) == {"lisa", "tom", "eva"}


STEPS = """klantreis: 1
id: x
title: X
phases:
  begin:
    a: {do: Ik kijk}
    b: {do: Ik kies}
    c: {do: Ik vraag}
  eind:
    d: {do: Ik koop}
"""


def swapped(first: str, second: str, more: str = "") -> str:
    lines = STEPS.splitlines(keepends=True)
    one, other = (next(spot for spot, line in enumerate(lines) if f"    {id_}:" in line) for id_ in (first, second))
    lines[one], lines[other] = more + lines[other], lines[one]
    return "".join(lines)


def test_two_new_orders_are_a_conflict_named_by_id_and_mine_is_kept() -> None:
    mine, theirs = swapped("a", "b"), swapped("b", "c", more="    # eerst vragen\n")
    found = merged(STEPS, mine, theirs)
    assert [(one.id, one.path, one.base, one.mine, one.theirs) for one in found.conflicts] == [
        ("begin", ("phases", "begin", "order"), "a, b, c", "b, a, c", "a, c, b")
    ]
    assert [step.id for _, step in map_of(found.text).steps()] == ["b", "a", "c", "d"]
    assert "    # eerst vragen\n    c:" in found.text
    assert merged(STEPS, mine, mine).conflicts == ()
    assert merged(STEPS, mine, STEPS).conflicts == () == merged(STEPS, STEPS, theirs).conflicts


def test_the_order_of_keys_that_are_no_things_is_nobodys_business() -> None:
    one = STEPS.replace("id: x\ntitle: X\n", "title: X\nid: x\n")
    other = "id: x\ntitle: X\nklantreis: 1\n" + STEPS.split("title: X\n")[1]
    assert merged(STEPS, one, other).conflicts == ()


@pytest.mark.parametrize(
    ("mine", "theirs", "kept"),
    [
        ("do: Ik kies}  # van mij", "do: Ik kies!}  # van hen", ["# van mij", "# van hen"]),
        ("do: Ik wik}  # van mij", "do: Ik weeg}  # van hen", ["# van mij", "# van hen"]),
        ("do: Ik wik}", "do: Ik weeg}\n    # over c", ["# over c"]),
        ("do: 'Ik # wik'}", "do: Ik weeg}  # echt", ["# echt"]),
    ],
)
def test_remarks_of_both_stay_when_their_lines_clash(mine: str, theirs: str, kept: list[str]) -> None:
    found = merged(STEPS, STEPS.replace("do: Ik kies}", mine), STEPS.replace("do: Ik kies}", theirs))
    for remark in kept:
        assert found.text.count(remark) == 1
    assert [step.id for _, step in map_of(found.text).steps()] == ["a", "b", "c", "d"]


def test_a_remark_of_a_step_that_is_gone_stays_above_its_phase_and_one_at_the_end_at_the_end() -> None:
    mine = STEPS.replace("    c: {do: Ik vraag}\n", "")
    theirs = STEPS.replace("    c: {do: Ik vraag}", "    # duurt lang\n    c: {do: Ik vraag lang}") + "# klaar\n"
    found = merged(STEPS, mine, theirs)
    assert [one.id for one in found.conflicts] == ["c"]
    assert "  # duurt lang\n  begin:" in found.text
    assert found.text.endswith("# klaar\n")


def test_true_is_not_one_and_a_text_is_not_a_number() -> None:
    base = "a: {x: 1}\n"
    assert data(merged(base, base, "a: {x: true}\n").text)["a"]["x"] is True
    assert data(merged(base, base, 'a: {x: "1"}\n').text)["a"]["x"] == "1"


def test_what_is_not_yaml_is_said() -> None:
    with pytest.raises(DocumentError):
        merged(IKEA, IKEA + "\n: [", IKEA)


SMALL = """klantreis: 1
id: x
title: X
template: nl-5
owner: ik  # wie het bijhoudt
personas: {lisa: {kind: typical}}
phases:
  aankoop:
    kar: {do: Ik pak een kar, feel: -2}
"""
PATHS = [
    "owner",
    "phases/aankoop/kar/feel",
    "phases/aankoop/kar/word",
    "personas/lisa/kind",
    "phases/gebruik/a/do",
    "tags",
]
VALUES = ["ideal", 1, 2, "iets: anders", ["a", "b"]]
EDITS = st.dictionaries(st.sampled_from(PATHS), st.sampled_from(VALUES), max_size=3)


def after(edits: dict[str, object]) -> str:
    text = SMALL
    for path, value in edits.items():
        text = edited(text, path.split("/"), value)
    return text


@settings(max_examples=12, deadline=None)
@given(EDITS, EDITS)
def test_edits_of_different_places_commute_and_of_the_same_are_conflicts(
    one: dict[str, object], other: dict[str, object]
) -> None:
    clash = {path for path in one.keys() & other.keys() if one[path] != other[path]}
    found = merged(SMALL, after(one), after(other))
    assert data(found.text) == data(after({**other, **one}))
    assert {"/".join(conflict.path) for conflict in found.conflicts} == clash
    assert "owner" in clash | one.keys() | other.keys() or "# wie het bijhoudt" in found.text
    if not clash:
        assert data(merged(SMALL, after(other), after(one)).text) == data(found.text)
