"""What holds for every answer, whatever the measure: a shape, a frame, a picture or a table, and a recipe."""

from __future__ import annotations

import json
import runpy
import warnings
from pathlib import Path

import pytest

import klantreis
from klantreis.analyses.fold import fold
from klantreis.analyses.result import Result
from klantreis.cli.assistant import questions
from klantreis.measure import plan
from klantreis.plugins import part, parts
from klantreis.scenes.pictured import pictured

ROOT = Path(__file__).resolve().parents[2]
ASKED = {
    "clusters": lambda data: klantreis.clusters(data, groups=2),
    "clv": lambda data: klantreis.clv(data, orders="betaald"),
    "contacts": lambda data: klantreis.contacts(data, contact="klacht"),
    "follows": klantreis.follows,
    "lifecycle": klantreis.lifecycle,
    "retention": klantreis.retention,
    "rfm": lambda data: klantreis.rfm(data, orders="betaald"),
    "sankey": lambda data: klantreis.sankey(data, "product", forward=1),
    "steps": lambda data: klantreis.steps(data, forward=2),
    "advocates": lambda data: klantreis.advocates(data, answers="review", orders="betaald"),
}
"""Analyses that a map does not ask by itself, and one question of each."""
EVERY = parts("analysis")
WORDS = {
    "contacts": ["--contact", "klacht"],
    "retention": ["--start", "product"],
    "sankey": ["--anchor", "product"],
    "rfm": ["--orders", "betaald"],
    "compare": ["--segment", "nieuw"],
}
SHAPES = {"compare": "comparison"}
"""Of a question without a recipe: the name of its shape, when that is another."""


@pytest.fixture(scope="module")
def answers(made) -> dict[str, Result]:
    """One answer of every analysis, on the shop's largest map."""
    shop = klantreis.open_workspace(made)
    map_ = shop.map("ring-kopen")
    journeys = shop.journeys(map_)
    asked = plan(map_, shop.beside(map_))
    found = {
        analysis.name: fold(analysis, journeys, options) for _, analysis, options in (*asked.steps, *asked.further)
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in EVERY:
            if name in ASKED and name not in found:
                found[name] = ASKED[name](journeys)
            elif name not in found:
                found[name] = fold(part("analysis", name), journeys, part("analysis", name).Options())
    return found


@pytest.mark.parametrize("name", EVERY)
def test_every_answer_has_its_published_shape(name, answers, validated):
    told = json.loads(json.dumps(answers[name].to_dict(), allow_nan=False))
    validated(name, told)
    assert told["about"]["recipe"]["analysis"] == name


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize(("kind", "module"), [("pandas", "pandas"), ("polars", "polars"), ("arrow", "pyarrow")])
def test_every_answer_is_a_frame(name, kind, module, answers):
    rows, frame = answers[name].rows(), answers[name].to_frame(kind)
    assert type(frame).__module__.split(".")[0] == module
    assert len(frame) == len(rows)
    if rows:
        columns = frame.column_names if kind == "arrow" else list(frame.columns)
        assert columns == list(rows[0])
        assert all(list(row) == columns for row in rows)


@pytest.mark.parametrize("name", EVERY)
def test_every_answer_is_made_again_from_its_recipe(name, answers, made):
    shop = klantreis.open_workspace(made)
    journeys = shop.journeys(shop.map("ring-kopen"))
    answer = answers[name]
    again = klantreis.again(json.loads(json.dumps(answer.recipe)), journeys)
    assert again.to_dict() == answer.to_dict()


@pytest.mark.parametrize("name", EVERY)
def test_every_answer_shows_itself_in_a_notebook(name, answers):
    shown = answers[name]._repr_html_()
    assert shown.startswith("<svg" if pictured(answers[name]) else ("<table", "<p>"))
    assert "<script" not in shown


def test_every_question_prints_its_published_shape(made, ask, validated, monkeypatch):
    monkeypatch.chdir(made)
    silent = []
    for name in questions.names():
        answer = ask(name, "--map", "ring-kopen", *WORDS.get(name, []), "--json")
        if answer.code != 0:
            silent.append((name, answer.err))
            continue
        told = json.loads(answer.out)
        recipe = told["about"]["recipe"]
        validated(recipe["analysis"] if recipe else SHAPES.get(name, name), told)
    assert not silent


def test_every_name_of_the_face_is_there_and_typed():
    from typing import get_type_hints

    for name in klantreis.__all__:
        found = getattr(klantreis, name)
        if callable(found) and not isinstance(found, type):
            hints = get_type_hints(found)
            assert "return" in hints, name


def test_a_column_that_begins_empty_is_a_column_in_every_frame(answers):
    class Late(type(answers["times"])):
        __slots__ = ()

        def rows(self):
            return [{"n": 1, "mean": None, "word": None}] * 300 + [
                {"n": 2, "mean": 1, "word": "x"},
                {"n": 3, "mean": 0.5, "word": None},
            ]

    times = answers["times"]
    late = Late(**{field: getattr(times, field) for field in times.__dataclass_fields__})
    assert late.to_frame()["mean"].iloc[-1] == 0.5
    assert late.to_frame("polars")["mean"][-1] == 0.5
    assert late.to_frame("arrow")["mean"][-1].as_py() == 0.5


def test_a_notebook_that_the_type_checker_reads_also_runs(shop):
    runpy.run_path(str(ROOT / "tests/typed/notebook.py"))


def test_the_types_of_the_face_are_those_that_are_loaded():
    made = runpy.run_path(str(ROOT / "tools/face.py"))["stub"]()
    assert (ROOT / "src/klantreis/__init__.pyi").read_text("utf-8") == made, "Run: python tools/face.py"
