"""Low emotion: what customers say feels bad, or worse than was drawn."""

from dataclasses import replace

from klantreis.analyses.emotion import Feeling
from klantreis.labels import Label
from klantreis.map.model import Survey
from klantreis.rules import low_emotion
from klantreis.stats.intervals import Estimate


def feeling(touchpoint, value, half=0.2, n=100, enough=True, **more):
    feel = Estimate(value, n, value - half, value + half)
    raw = Estimate(value + 3, n, value + 3 - half, value + 3 + half)
    return Feeling(touchpoint, "csat", feel, raw, ((1.0, 60), (5.0, n - 60)), enough, 30, **more)


def said(shop, changed, *feelings):
    return list(low_emotion.check(shop, changed(emotion={"feelings": feelings})))


def test_the_lowest_of_two_bad_places_is_the_low_point(shop, changed):
    lowest, other = said(shop, changed, feeling("paid", -0.5), feeling("cart", -1.1), feeling("social", 1.0))
    assert lowest.title.text("nl") == "Het dieptepunt van de reis: Mandje (−1,1)"
    assert other.title.text("en") == "the paid feels bad (−0.5)"
    assert lowest.detail.text("nl") == (
        "100 antwoorden geven op een schaal van −2 tot +2 gemiddeld −1,1 (tussen −1,3 en −0,9). 60,0% is negatief. "
        "Het best voelt Instagram: +1,0 (n = 100)."
    )
    assert (lowest.people, lowest.evidence[0].low, lowest.id) == (390, -1.3, "low_emotion/ring/cart")


def test_a_feeling_far_below_the_assumed_one_disappoints(shop, changed):
    (found,) = said(shop, changed, feeling("product", -0.1))
    assert found.title.text("nl") == "Productpagina valt tegen: −0,1, je dacht +1,0"
    (found,) = said(shop, changed, feeling("product", 0.02))
    assert found.title.text("nl") == "Productpagina valt tegen: 0,0, je dacht +1,0"
    assert found.detail.text("en").endswith("Your map assumes +1.0.")


def test_a_place_that_is_bad_and_disappoints_says_how_much_was_expected(shop, changed):
    _, other = said(shop, changed, feeling("cart", -1.1), feeling("product", -0.3))
    assert other.title.text("en") == "the product disappoints: −0.3, you thought +1.0"


def test_a_feeling_around_zero_that_nobody_assumed_is_no_finding(shop, changed):
    assert said(shop, changed, feeling("cart", -0.05), feeling("product", 0.9)) == []


def test_too_few_answers_give_a_hint_with_how_many_are_needed(shop, changed):
    (found,) = said(shop, changed, feeling("cart", -1.5, n=12, enough=False))
    assert found.level == "hint"
    assert found.evidence[0].value is None
    assert found.evidence[0].why.text("nl") == "te weinig personen (n = 12, nodig 30)"


def test_recommendation_is_no_feeling(shop, changed):
    assert said(shop, changed, feeling("cart", -1.5, on_curve=False)) == []


def test_answers_off_the_scale_are_said(shop, changed):
    (found,) = low_emotion.check(shop, changed(emotion={"unusable": (("csat", 12),)}))
    assert found.title.text("nl") == "12 antwoorden vallen buiten de schaal van 'csat'"
    assert found.detail.text("en").endswith("the scale runs from 1 to 5.")
    assert found.level == "hint"


def test_the_score_is_said_as_it_was_asked_too(shop, changed):
    asked = replace(shop, surveys=(Survey("csat", Label(), low=1, high=5),))
    (found,) = low_emotion.check(asked, changed(emotion={"feelings": (feeling("cart", -0.45),)}))
    assert found.detail.text("en").startswith(
        "100 answers average −0.5 on a scale from −2 to +2 (between −0.7 and −0.2; as asked, from 1 to 5: 2.55)."
    )
    assert (found.evidence[1].value, found.evidence[1].unit) == (2.55, "mean")


def test_the_best_place_is_said_on_the_same_scales_as_the_lowest(shop, changed):
    asked = replace(shop, surveys=(Survey("csat", Label(), low=1, high=5),))
    lowest, *_ = low_emotion.check(asked, changed(emotion={"feelings": (feeling("cart", -1.1), feeling("paid", 1.4))}))
    assert lowest.detail.text("nl").endswith(
        "Het best voelt Betaling: +1,4 (n = 100; zoals gevraagd, van 1 tot 5: 4,40)."
    )


def test_a_mildly_bad_feeling_is_only_a_hint(shop, changed):
    (found,) = said(shop, changed, feeling("cart", -0.3, half=0.1))
    assert (found.level, found.title.text("nl")) == ("hint", "Mandje voelt slecht (−0,3)")
    (found,) = said(shop, changed, feeling("cart", -0.4, half=0.1))
    assert found.level == "warning"


def test_a_feeling_surely_far_below_the_assumption_disappoints_and_less_does_not(shop, changed):
    (found,) = said(shop, changed, feeling("product", 0.05))
    assert found.level == "insight"
    assert said(shop, changed, feeling("product", 0.1)) == []
