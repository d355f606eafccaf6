"""Files in the OpenJourney Format, version 1.0 (its specification: OJF_SPEC.md of the Ptolemy journey mapper)."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.errors import SourceError
from klantreis.map.importers.ojf import read
from klantreis.map.read import map_of
from klantreis.map.sketch_yaml import yaml_of


def node(stage, lane, title, **more):
    return {"stageId": stage, "swimlaneId": lane, "title": title, "description": "", **more}


GRID = {
    "version": "1.0",
    "persona": "Sara",
    "pointOfView": "Een trui terugsturen",
    "stages": [{"id": "s1", "name": "Ontdekken"}, {"id": "s2", "name": "Aanmelden"}],
    "swimlanes": [
        {"id": "l1", "name": "Customer Actions"}, {"id": "l2", "name": "Digital Touchpoints"},
        {"id": "l3", "name": "Pain Points"}, {"id": "l4", "name": "Thoughts"},
    ],
    "nodes": [
        node("s1", "l1", "Opent het pak", score=-5, sentiment="boos", isMomentOfTruth=True, tags=["offline"]),
        node("s1", "l4", "Alweer?"),
        node("s1", "l3", "Gat in de mouw", severity="high"),
        node("s2", "l1", "Meldt zich aan", score=2.5, icon="mail"),
        node("s2", "l2", "Portaal"),
        node("s2", "l3", "Kosten", severity="low"),
        node("s9", "l1", "Nergens"),
    ],
}  # fmt: skip


def test_the_grid_becomes_phases_steps_and_what_hangs_on_them():
    sketch, found = read(json.dumps(GRID).encode(), "trui")
    first, second = sketch.stops
    assert [name for _, name in sketch.phases] == ["Ontdekken", "Aanmelden"]
    assert (first.label, first.feel, first.word, first.mot, first.think) == (
        "Opent het pak",
        -2,
        "boos",
        "suggested",
        "Alweer?",
    )
    assert [(one.label, one.severity) for one in first.obstacles] == [("Gat in de mouw", "abandon")]
    assert second.feel == 1
    assert [one.label for one in second.contacts] == ["Portaal"]
    assert [one.severity for one in second.obstacles] == ["trivial"]
    assert (sketch.title, sketch.personas) == ("Een trui terugsturen", ("Sara",))
    assert {text.title.nl for text in found} == {
        "'Nergens' hoort bij geen fase en blijft achter", "icon (1) gaat niet mee", "tags (1) gaat niet mee",
    }  # fmt: skip
    assert len(map_of(yaml_of(sketch, "trui")).steps()) == 2


def test_head_may_stand_under_metadata_and_a_score_beyond_five_is_told():
    nodes = [node("s1", "l1", "Komt aan", score=9), node("s1", "l1", "Wacht")]
    head = {"metadata": {"title": "Hotel", "persona": "Zaken"}}
    grid = head | {"stages": GRID["stages"], "swimlanes": GRID["swimlanes"], "nodes": nodes}
    sketch, found = read(json.dumps(grid).encode(), "x")
    assert (sketch.title, sketch.personas) == ("Hotel", ("Zaken",))
    assert [stop.feel for stop in sketch.stops] == [2, None]
    assert len(found) == 1


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"nodes": []}', b"[" * 100_000, b"\xff\xfe"])
def test_what_is_no_such_map_is_refused(data):
    with pytest.raises(SourceError):
        read(data, "x")


KEYS = st.sampled_from(["id", "name", "title", "stageId", "swimlaneId", "score", "tags", "sentiment"])
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8) | st.sampled_from(["s1", "l1", "l3"]),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(KEYS, part, max_size=5),
    max_leaves=12,
)


@settings(max_examples=120, deadline=None)
@given(st.lists(JSON, max_size=3), st.lists(JSON, max_size=4))
def test_no_shape_of_json_makes_it_fail_in_another_way(stages, nodes):
    grid = {"stages": [*GRID["stages"], *stages], "swimlanes": GRID["swimlanes"], "nodes": nodes}
    sketch, _ = read(json.dumps(grid).encode(), "x")
    map_of(yaml_of(sketch, "x"))
