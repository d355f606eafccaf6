"""What is written with low scores, and lines that fall."""

from dataclasses import replace

import pytest

from klantreis.analyses import mood, themes
from klantreis.analyses.fold import fold
from klantreis.journeys.questions import Question
from klantreis.labels import Label
from klantreis.map.model import Survey
from klantreis.map.themes import Theme
from klantreis.rules import falling_feeling, recurring_theme
from klantreis.testing import Touch, Trip, journeys_of

WORDS = (
    Theme("delivery", Label(nl="Bezorging", en="Delivery"), ("bezorg*",)),
    Theme("shop", Label(nl="App"), ("app",)),
)
MONTH = 31 * 86_400


@pytest.fixture
def asked(shop):
    return replace(shop, surveys=(Survey("csat", Label(nl="Hoe was het?", en="How was it?")),))


def written(comments, **question):
    trips = [
        Trip(str(number), (Touch("paid", number, score=score, survey="csat", detail=words),))
        for number, (words, score) in enumerate(comments)
    ]
    return fold(themes, journeys_of(trips), themes.Options((Question("csat", **question),), WORDS))


def over_time(months, **question):
    trips = [
        Trip(f"{month}-{number}", (Touch("paid", (month + 0.4) * MONTH, score=score, survey="csat"),))
        for month, scores in enumerate(months)
        for number, score in enumerate(scores)
    ]
    return fold(mood, journeys_of(trips), mood.Options((Question("csat", **question),)))


LOW = [("bezorging te laat", 1 + n % 2) for n in range(40)] + [("fijne app", 4 + n % 2) for n in range(60)]


def test_a_theme_that_goes_with_low_scores_is_named_with_its_words(asked, changed):
    (found,) = recurring_theme.check(asked, replace(changed(), more={"themes": written(LOW)}))
    assert found.title.text("nl") == "Wie over bezorging schrijft, geeft een lagere score: 1,50 tegen 4,50"
    assert "40 of 100 comments are about delivery (40.0%)" in found.detail.text("en")
    assert "bezorg*" in found.detail.text("nl")
    assert (found.people, found.id) == (40, "recurring_theme/ring/csat/delivery")


def test_a_theme_with_better_scores_or_few_comments_is_no_finding(asked, changed):
    better = [(words, 6 - score) for words, score in LOW if "bezorg" in words] + [("wel", 1 + n % 2) for n in range(60)]
    for comments in (better, LOW[20:], [(words, None) for words, _ in LOW]):
        assert list(recurring_theme.check(asked, replace(changed(), more={"themes": written(comments)}))) == []
    assert list(recurring_theme.check(asked, changed())) == []


def test_where_low_is_good_a_higher_score_is_worse(asked, changed):
    turned = [(words, 6 - score) for words, score in LOW]
    (found,) = recurring_theme.check(asked, replace(changed(), more={"themes": written(turned, reverse=True)}))
    assert found.title.text("en").endswith("gives a worse score: 4.50 against 1.50 (low is good)")


def test_a_line_that_surely_falls_is_said_with_its_pace(asked, changed):
    falling = over_time([[5, 4, 5, 4] * 10, [4, 4, 5, 4] * 10, [4, 4, 4, 3] * 10, [3, 4, 3, 3] * 10])
    (found,) = falling_feeling.check(asked, replace(changed(), more={"mood": falling}))
    assert found.title.text("en") == "Answers are getting worse: ‘How was it?’"
    assert "over de laatste 4 maanden" in found.detail.text("nl")
    assert found.people == 160


def test_a_line_that_wavers_or_is_short_is_no_finding(asked, changed):
    for months in ([[5, 3] * 20, [1, 3] * 20, [5, 3] * 20, [4, 3] * 20], [[5] * 40, [4] * 40, [3] * 40]):
        found = replace(changed(), more={"mood": over_time(months)})
        assert list(falling_feeling.check(asked, found)) == []
    assert list(falling_feeling.check(asked, changed())) == []


def test_recommendation_falls_in_points_of_a_hundred(asked, changed):
    months = [[10] * (30 - 6 * step) + [7] * 10 + [3] * (6 * step) for step in range(4)]
    found = over_time(months, low=0, high=10, kind="NPS")
    (said,) = falling_feeling.check(asked, replace(changed(), more={"mood": found}))
    assert "Each month −30 on a scale from −100 to +100" in said.detail.text("en")
