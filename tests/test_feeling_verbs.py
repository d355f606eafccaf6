"""Feelings asked of a file or a frame: scales by name and by their ends, answers by event, and errors that mend."""

import json
from pathlib import Path

import jsonschema
import pytest

import klantreis
from klantreis.errors import OptionError
from klantreis.testing import Touch, Trip, journeys_of

SCHEMA = json.loads((Path(klantreis.__file__).parent / "schemas/emotion.schema.json").read_text("utf-8"))
COLUMNS = {"person": "who", "at": "at", "event": "what", "score": "score"}


def file_of(tmp_path, *rows, head="who,at,what,score,words"):
    file = tmp_path / "answers.csv"
    file.write_text("\n".join([head, *rows, ""]), "utf-8")
    return file


@pytest.fixture
def answers(tmp_path):
    return file_of(
        tmp_path,
        "a,2026-01-01T10:00,paid,,", "a,2026-01-01T11:00,answer,5,snel bezorgd",
        "b,2026-01-02T10:00,late,,", "b,2026-01-02T11:00,answer,1.5,te laat bezorgd",
        "c,2026-02-02T10:00,paid,,", "c,2026-02-02T11:00,answer,11,", "c,2026-02-02T12:00,poll,3,",
    )  # fmt: skip


def test_an_answer_speaks_of_the_event_before_it_and_one_off_the_scale_is_counted(answers):
    found = klantreis.emotion(answers, answers="answer", about="paid,late", compare="paid,late", n_min=1, **COLUMNS)
    assert {one.touchpoint: one.feel.value for one in found.feelings} == {"paid": 2, "late": -1.5}
    assert (found.answers, found.unusable, found.compared[0].gap.value) == (2, (("score", 1),), 3.5)
    jsonschema.validate(found.to_dict(), SCHEMA)


@pytest.mark.parametrize(
    ("scale", "score", "feel"),
    [("stars", 4, 1), ("CSAT", 1, -2), ("ces", 4, 0), ("-5..5", 2.5, 1), ("0 .. 100", 0, -2)],
)
def test_a_scale_has_a_name_or_ends(scale, score, feel):
    log = journeys_of([Trip("a", (Touch("x", 0, score=score),))])
    assert klantreis.emotion(log, scale=scale).feelings[0].feel.value == feel
    assert klantreis.emotion(log, scale=scale, reverse=True).feelings[0].feel.value == -feel


def test_recommendation_of_a_file_is_scored_as_r_does_and_stays_off_the_curve(shared):
    for case in json.loads((shared / "oracles/satisfaction/nps_cases.json").read_text())["cases"]:
        if "scores" in case:
            log = journeys_of([Trip(str(n), (Touch("x", n, score=score),)) for n, score in enumerate(case["scores"])])
            found = klantreis.emotion(log, scale="nps")
            assert found.feelings[0].nps.value == pytest.approx(case["nps"], abs=1e-9)
            assert (found.feelings[0].on_curve, found.mean.value, found.kind) == (False, None, None)


@pytest.mark.parametrize("scale", ["5..1", "3..3", "lots", ""])
def test_a_scale_that_is_none_is_refused(scale):
    with pytest.raises(OptionError, match="no scale"):
        klantreis.emotion(journeys_of([]), scale=scale)


@pytest.mark.parametrize("both", ["a", "a,b,c", "a,a"])
def test_two_places_are_compared_and_no_other_number(both):
    with pytest.raises(OptionError, match="Two names"):
        klantreis.emotion(journeys_of([]), compare=both)


def test_a_file_without_a_score_or_words_says_which_column_to_name(answers):
    columns = {key: column for key, column in COLUMNS.items() if key != "score"}
    with pytest.raises(OptionError, match="holds the score"):
        klantreis.emotion(answers, **columns)
    with pytest.raises(OptionError, match="holds the comments"):
        klantreis.themes(answers, **COLUMNS)


def test_an_unknown_event_is_warned_of_and_answers_nothing(answers):
    with pytest.warns(UserWarning, match="'anwser'"):
        found = klantreis.mood(answers, answers="anwser", **COLUMNS)
    assert found.series == ()


def test_every_row_may_be_one_event(answers):
    columns = COLUMNS | {"event": "always:review"}
    found = klantreis.emotion(answers, n_min=1, **columns)
    assert [(one.touchpoint, one.feel.n) for one in found.feelings] == [("review", 3)]


def test_months_follow_the_zone_of_the_file(tmp_path):
    file = file_of(tmp_path, "a,2026-03-31T23:30,x,4,", "b,2026-04-01T00:30,x,2,")
    found = klantreis.mood(file, time_zone="Europe/Amsterdam", **COLUMNS).series[0]
    assert [(one.period, one.raw.value) for one in found.points] == [("2026-03", 4), ("2026-04", 2)]
    found = klantreis.mood(file, time_zone="Europe/Amsterdam", zone="UTC", **COLUMNS).series[0]
    assert [(one.period, one.raw.value) for one in found.points] == [("2026-03", 3)]


def test_themes_of_a_file_use_the_starter_list_and_the_scores_beside_it(answers):
    found = klantreis.themes(answers, detail="words", **COLUMNS)
    assert [(one.theme, one.n) for one in found.themes] == [("delivery", 2), ("waiting", 1)]
    assert found.themes[1].scores[0].with_theme.value == 1.5
