"""A question is asked of a file or of a map in the workspace; both give the answer that `measure` gives."""

from __future__ import annotations

import json

import pytest

import klantreis
from klantreis.errors import OptionError


def test_a_question_without_a_file_is_asked_of_the_map(ask, shop):
    measured = json.loads(ask("measure", "--map", "ring-kopen", "--json").out)
    for verb in ("funnel", "paths", "times"):
        answer = ask(verb, "--map", "ring-kopen", "--json")
        assert answer.code == 0, answer
        assert json.loads(answer.out) == measured[verb], verb
    scenario = next(iter(measured["fits"]))
    assert json.loads(ask("fit", "--map", "ring-kopen", "--json").out) == measured["fits"][scenario]


def test_a_segment_of_the_map_gives_what_measure_gives_for_it(ask, shop):
    measured = json.loads(ask("measure", "--map", "ring-kopen", "--segment", "nieuw", "--json").out)
    asked = json.loads(ask("funnel", "--map", "ring-kopen", "--segment", "nieuw", "--json").out)
    assert asked == measured["funnel"]
    assert asked["about"]["segment"] == "nieuw"


def test_options_of_a_file_and_of_a_workspace_do_not_mix(ask, shop):
    answer = ask("times", "web.csv", "--person", "user_id", "--at", "timestamp", "--event", "event", "--map", "x")
    assert (answer.code, answer.out) == (2, "")
    assert "--map hoort bij een werkmap" in answer.err
    answer = ask("times", "--person", "user_id")
    assert answer.code == 2
    assert "--person hoort bij een bestand" in answer.err


def test_an_answer_is_drawn_where_it_is_asked(ask, shop, tmp_path):
    file = tmp_path / "funnel.svg"
    answer = ask("funnel", "--map", "ring-kopen", "--svg", str(file), "--language", "nl")
    assert answer.code == 0, answer
    assert file.read_text("utf-8").startswith("<svg")
    assert str(file) in answer.out


@pytest.mark.parametrize("verb", ["fit", "emotion"])
def test_an_answer_without_a_picture_says_so_in_words_of_people(ask, shop, tmp_path, verb):
    drawn = (verb, "--map", "ring-kopen", "--svg", str(tmp_path / "answer.svg"))
    for language, words in (("nl", "Van dit antwoord is er geen afbeelding"), ("en", "There is no picture of this")):
        answer = ask(*drawn, "--language", language)
        assert answer.code == 2
        assert words in answer.err
        assert "klantreis draw" in answer.err
        assert not {"Fit", "Emotion", "Funnel", "StepMatrix"} & set(answer.err.replace(",", " ").split())


def test_a_scenario_that_the_map_lacks_gives_the_nearest(ask, shop):
    known = klantreis.open_workspace().map("ring-kopen").scenarios[0].id
    answer = ask("fit", "--map", "ring-kopen", "--scenario", known + "x")
    assert answer.code == 2
    assert known in answer.err


def test_a_picture_shows_itself_in_a_notebook_with_the_table_that_says_the_same(shop):
    columns = {"person": "user_id", "at": "timestamp", "event": "event"}
    shown = klantreis.picture(klantreis.funnel("web.csv", "view,buy", **columns), language="en")._repr_html_()
    assert shown.startswith("<svg")
    assert "<details>" in shown
    assert shown.count("<tr>") == 1 + 2


def test_rows_of_a_device_are_of_who_logs_in_there_when_that_is_asked(ask, tmp_path):
    file = tmp_path / "web.csv"
    file.write_text(
        "person,device,at,event\n,d1,2026-01-01 10:00,look\np1,d1,2026-01-02 10:00,login\np1,,2026-01-03 10:00,buy\n"
    )
    words = ["funnel", str(file), "--person=person", "--at=at", "--event=event", "--device=device", "--steps=look,buy"]
    counts = [
        [step["people"] for step in json.loads(ask(*words, *more, "--json").out)["steps"]]
        for more in ((), ("--stitch",))
    ]
    assert counts == [[1, 0], [1, 1]]
    told = ask(*[word for word in words if not word.startswith("--device")], "--stitch")
    assert told.code == 2
    assert "device" in told.err


def test_an_opinion_names_the_question_that_was_asked(ask, shop):
    survey = klantreis.open_workspace(shop).map("ring-kopen").surveys
    told = ask("opinion", "--map=ring-kopen", "--language=en").out
    assert any(f"Question: {one.label.text('en')}" in told for one in survey)


def test_fewer_answers_than_one_cannot_be_asked_for(ask, tmp_path):
    file = tmp_path / "answers.csv"
    file.write_text("person,at,event,score\np1,2026-01-01,answer,4\n")
    words = [str(file), "--person=person", "--at=at", "--event=event", "--score=score"]
    for verb in ("emotion", "mood"):
        told = ask(verb, *words, "--n-min=0")
        assert told.code == 2
        assert "--n-min" in told.err
    with pytest.raises(OptionError, match="ever too few"):
        klantreis.emotion(file, person="person", at="at", event="event", score="score", n_min=0)
