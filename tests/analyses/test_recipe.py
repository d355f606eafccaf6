"""A recipe tells what was asked in plain JSON, and asking it again gives the same answer."""

from __future__ import annotations

import json
import warnings
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import klantreis
from klantreis.analyses import funnel as funnel_module
from klantreis.analyses.fold import fold
from klantreis.analyses.recipe import asked_dict, options_from
from klantreis.errors import MissingPart, OptionError
from klantreis.journeys.model import About, Names
from klantreis.map.read import read_map
from klantreis.measure import plan
from klantreis.testing import Touch, Trip, journeys_of, trips

ROOT = Path(__file__).resolve().parents[2]
MAPS = sorted([*ROOT.glob("examples/**/*.reis.yaml"), *ROOT.glob("src/klantreis/demo/**/*.reis.yaml")])
LOG = {
    "ann": [("see", 0), ("cart", 60), ("buy", 120), ("see", 90_000)],
    "bob": [("see", 5), ("back", 65)],
    "cas": [("cart", 10), ("buy", 20)],
}
ASKED = {
    "funnel": lambda data: klantreis.funnel(data, "see,cart,buy", within="1d", exclude="back:1-2", step_within="1d"),
    "paths": lambda data: klantreis.paths(data, collapse=True, top=2),
    "fit": lambda data: klantreis.fit(data, "see, (cart | back)?, buy+", only="see,cart,buy,back"),
    "times": klantreis.times,
    "steps": lambda data: klantreis.steps(data, "cart", forward=2),
    "sankey": lambda data: klantreis.sankey(data, "see", forward=2),
    "follows": lambda data: klantreis.follows(data, between="see,buy"),
    "clusters": lambda data: klantreis.clusters(data, groups=2),
    "retention": lambda data: klantreis.retention(data, start="see", unit="day", intervals=3),
    "lifecycle": lambda data: klantreis.lifecycle(data, unit="day"),
    "attribution": lambda data: klantreis.attribution(data, "buy", by="touchpoint", within="7d"),
    "contrast": lambda data: klantreis.contrast(klantreis.steps(data), klantreis.steps(data), names=("a", "b")),
}


@pytest.mark.parametrize("name", ASKED)
def test_a_recipe_gives_the_same_answer_again_after_a_trip_through_json(name):
    data = journeys_of(trips(LOG))
    answer = ASKED[name](data)
    recipe = json.loads(json.dumps(answer.recipe))
    assert recipe["analysis"] == name
    assert klantreis.again(recipe, data).to_dict() == answer.to_dict()
    assert klantreis.again(json.loads(json.dumps(answer.to_dict())), data).to_dict() == answer.to_dict()


SCORED = {
    "emotion": klantreis.emotion,
    "emotion of some": lambda data: klantreis.emotion(data, answers="poll"),
    "mood": klantreis.mood,
    "themes": lambda data: klantreis.themes(data, answers="answer,poll"),
    "drivers": lambda data: klantreis.drivers(data, scale="1..5", n_min=1),
    "contacts": lambda data: klantreis.contacts(data, "call", scale="1..5"),
}


@pytest.mark.parametrize("name", SCORED)
def test_a_recipe_knows_which_events_answered(name):
    shown = {"answer": "slow", "poll": "quick"}
    told = [("a", "answer", 5), ("a", "call", None), ("a", "poll", 2), ("b", "call", None), ("b", "answer", 1)]
    data = journeys_of(
        [
            Trip(
                who,
                tuple(Touch(what, n, score=score, detail=shown.get(what)) for n, (_, what, score) in enumerate(its)),
            )
            for who in ("a", "b")
            for its in [[one for one in told if one[0] == who]]
        ]
    )
    answer = SCORED[name](data)
    assert klantreis.again(json.loads(json.dumps(answer.recipe)), data).to_dict() == answer.to_dict()
    assert answer.recipe["answers"] == {"emotion of some": ["poll"], "themes": ["answer", "poll"]}.get(name, [])


@pytest.mark.parametrize("file", MAPS, ids=lambda file: file.stem)
def test_whatever_a_map_asks_comes_back_from_its_recipe(file):
    asked = plan(read_map(file))
    for _, analysis, options in (*asked.steps, *asked.further):
        told = asked_dict(About(Names((), ()), asked=(analysis.name, options)))
        assert options_from(analysis.Options, json.loads(json.dumps(told))["options"]) == options


STEP = st.sampled_from(["see", "cart", "buy", "x"])


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(STEP, st.lists(STEP, min_size=1, max_size=2)), min_size=1, max_size=3, unique_by=lambda o: o[0]),
    st.one_of(st.none(), st.integers(0, 10**9)),
    st.sampled_from(["ordered", "strict", "reentry"]),
    st.sampled_from(["step", "strict", "file"]),
)
def test_every_funnel_is_asked_again_as_it_was(steps, within, order, ties):
    options = funnel_module.Options(
        tuple((id_, tuple(touches)) for id_, touches in steps), within=within, order=order, ties=ties
    )
    data = journeys_of(trips(LOG))
    answer = fold(funnel_module, data, options)
    assert klantreis.again(json.loads(json.dumps(answer.recipe)), data) == answer


def test_two_groups_of_a_funnel_are_compared_again():
    rows = [Trip(f"p{n}", (Touch("see", n, channel="ab"[n % 2]), Touch("buy", n + 9, channel="app"))) for n in range(9)]
    data = journeys_of(rows)
    answer = klantreis.funnel(data, "see,buy", by="channel", compare="a,b")
    assert answer.to_dict()["compared"] is not None
    assert klantreis.again(answer.recipe, data) == answer


def test_a_slice_is_taken_again_from_the_whole():
    rows = [
        Trip(f"p{n}", (Touch("see", n * 86_400), Touch("buy", n * 86_400 + 9)), segments=("new",)) for n in range(9)
    ]
    data = journeys_of([*rows, Trip("old", (Touch("see", 0),))])
    from klantreis.journeys.slices import sliced

    answer = klantreis.paths(sliced(data, segment="new", since=2 * 86_400_000_000 + 500_000))
    assert answer.journeys == 6
    assert klantreis.again(answer.recipe, data) == answer
    with pytest.raises(OptionError, match="one part already, by segment"):
        klantreis.again(klantreis.paths(data).recipe, sliced(data, segment="new"))


def test_other_data_is_told_of():
    data = journeys_of(trips(LOG))
    recipe = klantreis.paths(data).recipe
    newer = replace(data, about=replace(data.about, version="newer"))
    with pytest.warns(UserWarning, match="another version") as said:
        klantreis.again(recipe, newer)
    assert said[0].filename == __file__
    assert "andere versie" in said[0].message.text.nl
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        klantreis.again(recipe, data)
    with pytest.raises(OptionError, match="of map 'shop'"):
        klantreis.again({**recipe, "data": {"map": "shop"}}, data)


@pytest.mark.parametrize(
    ("told", "error"),
    [
        ({}, "This is no recipe"),
        ({"about": {}}, "This is no recipe"),
        ({"analysis": "funnel", "options": {}}, "does not say the steps"),
        ({"analysis": "paths", "options": {"topp": 3}}, "Did you mean 'top'?"),
        ({"analysis": "paths", "options": {"top": "three"}}, "'three' cannot be the top"),
        ({"analysis": "paths", "options": {"top": True}}, "True cannot be the top"),
        ({"analysis": "times", "options": {"pairs": [["a", "b", "c"]]}}, "another length"),
        ({"analysis": "paths", "options": {}, "data": {"since": "yesterday"}}, "'yesterday' is no moment"),
    ],
)
def test_what_is_no_recipe_says_so(told, error):
    with pytest.raises(OptionError) as raised:
        klantreis.again(told, journeys_of(trips(LOG)))
    assert error in str(raised.value)
    assert raised.value.mend


def test_an_analysis_that_is_not_there_gives_the_nearest():
    with pytest.raises(MissingPart, match="funnel"):
        klantreis.again({"analysis": "funel", "options": {}}, journeys_of(trips(LOG)))


def test_paths_that_were_counted_elsewhere_have_no_recipe(tmp_path):
    file = tmp_path / "paths.csv"
    file.write_text("path,total_conversions\na > b,2\n", encoding="utf-8")
    answer = klantreis.path_attribution(file)
    assert answer.recipe is None
    assert answer.to_dict()["about"]["recipe"] is None
