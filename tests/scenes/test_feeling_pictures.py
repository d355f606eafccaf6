"""The pictures of mood, themes and experience: what is not sure looks unsure, halves stay apart, the table says all."""

import pytest

from klantreis.analyses import experience, mood, themes
from klantreis.analyses.fold import fold
from klantreis.journeys.questions import Question
from klantreis.labels import Label
from klantreis.map.themes import Theme
from klantreis.scenes.model import Area, Box, Curve, Group, Line, Mark, walk
from klantreis.scenes.pen import bounds
from klantreis.scenes.pictured import result_scene
from klantreis.testing import Touch, Trip, journeys_of

MONTH = 30.5 * 86_400
SIZES = (6, 6, 2, 6, 6)
LONG = "Arbeidsongeschiktheidsverzekeringsmaatschappijen en nog veel meer woorden die nergens passen"
QUESTIONS = (
    Question("csat", n_min=5, dimension="service"),
    Question("nps", 0, 10, kind="NPS", n_min=5),
    Question("ces", 1, 7, kind="CES", dimension="use"),
)
LISTED = (Theme("late", Label(nl=LONG, en=LONG), ("laat",)), Theme("fine", Label(nl="Fijn"), ("fijn",)))


def log():
    for month, size in enumerate(SIZES):
        for n in range(size):
            at = (month + 0.4) * MONTH + n
            words = "te laat" if n % 2 else "fijn"
            csat = Touch("paid", at, score=1 + n % 2 if n % 2 else 5, survey="csat", detail=words)
            yield Trip(f"{month}-{n}", (csat, Touch("paid", at + 1, score=n % 11, survey="nps")))


def scene(analysis, trips=None, width=960, language="nl"):
    own = {"themes": {"themes": LISTED, "n_min": 5}, "experience": {"goal": ("paid",)}}.get(analysis.name, {})
    found = fold(analysis, journeys_of(list(log()) if trips is None else trips), analysis.Options(QUESTIONS, **own))
    return result_scene(found, language=language, width=width)


def groups(drawn, kind):
    return [element for element in walk(drawn.elements) if isinstance(element, Group) and element.kind == kind]


def test_each_question_has_a_line_of_its_own_that_stops_where_answers_are_few():
    drawn = scene(mood)
    satisfied, recommend = groups(drawn, "mood")
    assert (satisfied.id, recommend.id) == ("csat", "nps")
    assert len([part for part in satisfied.children if isinstance(part, Curve)]) == 2
    dots = [part for group in groups(drawn, "period") for part in group.children if isinstance(part, Mark)]
    assert [mark.fill for mark in dots[:5]] == ["measured", "measured", "paper", "measured", "measured"]
    words = str(recommend.children)
    assert "+100" in words
    assert "−100" in words


def test_the_table_holds_every_period_and_says_where_answers_are_few():
    rows = scene(mood).table.rows
    assert len(rows) == 10
    assert rows[2][:3] == ("csat", "1970-03", "te weinig antwoorden (n = 2, nodig 5)")


def test_a_theme_of_low_scores_differs_by_more_than_its_colour():
    late, fine = sorted(groups(scene(themes), "theme"), key=lambda one: one.id != "late")
    assert "▼ lager" in late.label
    assert "▲ hoger" in fine.label
    assert {part.fill for group in (late, fine) for part in group.children if isinstance(part, Box)} == {
        "problem-paper", "stream",
    }  # fmt: skip


def test_the_two_halves_stand_apart_and_what_was_not_asked_says_so():
    drawn = scene(experience)
    assert [half.id for half in groups(drawn, "half")] == ["did", "found"]
    told = {one.id: one.label for one in groups(drawn, "dimension")}
    assert told["emotion"].endswith("Niet gevraagd")
    assert "te weinig antwoorden (n = 0, nodig 30)" in told["use"]
    assert "n = 26" in told["service"].replace("\u00a0", " ")


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("analysis", [mood, themes, experience])
def test_nothing_answered_is_said(analysis, language):
    words = {"mood": ("geen enkel antwoord", "not one answer"), "themes": ("geen enkele reactie", "not one comment")}
    told = words.get(analysis.name, ("te weinig antwoorden", "too few answers"))
    assert told[language == "en"] in str(scene(analysis, [], language=language))


@pytest.mark.parametrize("width", [320, 640, 960])
@pytest.mark.parametrize("analysis", [mood, themes, experience])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_nothing_runs_out_of_the_picture(analysis, width, language):
    drawn = scene(analysis, width=width, language=language)
    assert drawn.width == width
    for element in walk(drawn.elements):
        if not isinstance(element, Group | Line | Area):
            room = bounds(element)
            assert room.x >= 0, element
            assert room.right <= width + 0.5, element
            assert room.bottom <= drawn.height + 0.5, element
