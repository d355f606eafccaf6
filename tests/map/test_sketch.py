"""There and back again: what a format can hold of a map comes back as it was."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exchange import EXAMPLES, example
from klantreis.labels import Label
from klantreis.map.model import Barrier, JourneyMap, Phase, Step, Touchpoint
from klantreis.map.read import map_of
from klantreis.map.sketch import sketch_of
from klantreis.map.sketch_yaml import yaml_of
from klantreis.plugins import part
from klantreis.report import Report

WORDS = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Cf", "Zl", "Zp"), blacklist_characters="|\ufffe\uffff"),
    min_size=1, max_size=14,
).filter(str.strip)  # fmt: skip
TEXT = WORDS.map(lambda text: " ".join(text.split()))
FEEL = st.none() | st.sampled_from([-2, -1.5, -1, -0.25, 0, 0.5, 1, 2])
KIND, SEVERITY = st.sampled_from(["time", "doubt", "other"]), st.sampled_from(["trivial", "workaround", "abandon"])


@st.composite
def maps(draw):
    phases, touchpoints, barriers = [], [], []
    number = 0
    for spot in range(draw(st.integers(1, 3))):
        steps = []
        for _ in range(draw(st.integers(0, 3))):
            number += 1
            id_ = f"s{number}"
            own = [f"t{number}_{n}" for n in range(draw(st.integers(0, 2)))]
            touchpoints += [
                Touchpoint(name, Label(nl=draw(TEXT)), f"p{spot}", draw(st.sampled_from([None, "web"]))) for name in own
            ]
            barriers += [
                Barrier(f"b{number}_{n}", Label(nl=draw(TEXT)), id_, draw(KIND), draw(SEVERITY))
                for n in range(draw(st.integers(0, 2)))
            ]
            steps.append(
                Step(id_, Label(nl=draw(TEXT)), Label(nl=draw(st.none() | TEXT)), Label(nl=draw(st.none() | TEXT)),
                     draw(FEEL), Label(nl=draw(st.none() | TEXT)), tuple(own), draw(st.booleans()))
            )  # fmt: skip
        phases.append(Phase(f"p{spot}", Label(nl=draw(TEXT)), steps=tuple(steps)))
    return JourneyMap(
        "kaart", Label(nl=draw(TEXT)), phases=tuple(phases), touchpoints=tuple(touchpoints), barriers=tuple(barriers)
    )


def report(map_):
    return Report(map_, None, (), datetime(2026, 11, 21, tzinfo=UTC))


def back(name, map_):
    data = part("exporter", name).export(report(map_))
    return part("template", name).read(data, "kaart")[0]


def about(stop, *names):
    return tuple(getattr(stop, name) for name in names)


LAW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@LAW
@given(maps())
def test_a_map_keeps_its_sketch_through_yaml(map_):
    sketch = sketch_of(map_, "nl")
    again = sketch_of(map_of(yaml_of(sketch, "kaart")), "nl")
    assert again.phases == sketch.phases
    assert again.stops == sketch.stops


@pytest.mark.parametrize("name", ["csv", "xlsx"])
@LAW
@given(maps())
def test_a_table_brings_back_every_step_whole(name, map_):
    found, meant = back(name, map_), sketch_of(map_, "nl")
    assert found.phases == meant.phases
    assert found.stops == meant.stops


@LAW
@given(maps())
def test_mermaid_brings_back_names_feelings_and_order(map_):
    found, meant = back("mermaid", map_), sketch_of(map_, "nl")
    names = dict(found.phases)
    assert found.title == meant.title
    assert [(names[stop.phase], stop.label, stop.feel) for stop in found.stops] == [
        (dict(meant.phases)[stop.phase], stop.label, stop.feel) for stop in meant.stops
    ]


@LAW
@given(maps())
def test_openjourney_brings_back_all_but_delight(map_):
    keys = ("phase", "id", "label", "think", "expect", "feel", "word", "contacts", "obstacles", "mot")
    found, meant = back("ojf", map_), sketch_of(map_, "nl")
    assert found.phases == meant.phases
    assert [about(stop, *keys) for stop in found.stops] == [about(stop, *keys) for stop in meant.stops]


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_comes_back_from_its_sketch(name):
    map_ = example(name).map
    for language in ("nl", "en"):
        sketch = sketch_of(map_, language)
        assert sketch_of(map_of(yaml_of(sketch, "x", language=language)), language).stops == sketch.stops


def test_a_text_that_was_only_there_in_the_other_language_says_so_and_comes_back_as_that():
    steps = (Step("s", Label(en="I arrive")),)
    map_ = JourneyMap("m", Label(nl="Kaart"), phases=(Phase("p", Label("Fase", "Phase"), steps=steps),))
    sketch = sketch_of(map_, "nl")
    assert sketch.stops[0].label == "[en] I arrive"
    assert map_of(yaml_of(sketch, "m")).steps()[0][1].label == Label(en="I arrive")


def test_ids_are_never_given_twice_whatever_their_capitals():
    steps = tuple(Step(id_, Label(nl="Zelfde naam")) for id_ in ("a", "A", "x" * 80))
    sketch = sketch_of(JourneyMap("m", Label(nl="K"), phases=(Phase("p", Label(nl="F"), steps=steps),)), "nl")
    ids = [step.id for _, step in map_of(yaml_of(sketch, "m")).steps()]
    assert len({id_.casefold() for id_ in ids}) == 3
