"""Unmapped behaviour: what nobody drew, in plain words, with a touchpoint to accept."""

from dataclasses import replace

import pytest

from klantreis.analyses.coverage import Association, Behaviour
from klantreis.labels import Label
from klantreis.map.model import Matcher, Survey
from klantreis.rules import unmapped_behaviour
from klantreis.rules.phrases import PHRASES, dominant, phrase
from klantreis.stats.intervals import share

from .conftest import touch

WORDS = (
    ("ringmaat", 90),
    ("maat ring", 70),
    ("zilveren ring", 60),
    ("welke maat", 40),
    ("Maat 54", 30),
    ("oorbellen", 10),
)


def search(people=350, event="site_search", words=WORDS, **more):
    return Behaviour(event, people, people, people, share(people, 1000), words, "filter", "product", **more)


def only(shop, changed, behaviour):
    return list(unmapped_behaviour.check(shop, changed(coverage={"behaviours": (behaviour,)})))


def test_searching_for_a_size_becomes_a_touchpoint_to_accept(shop, changed):
    (found,) = only(shop, changed, search(examples=("p1-1",)))
    assert found.title.text("nl") == "35,0% doet iets dat niet op je kaart staat: 'Zoekt op maat'"
    assert found.title.text("en") == "35.0% do something that is not on your map: 'Searches for size'"
    assert found.detail.text("nl").endswith(
        "Meest gebruikt: 'ringmaat', 'maat ring', 'zilveren ring', 'welke maat', 'Maat 54'. Meestal na Filter."
    )
    assert (found.people, found.id, found.examples) == (350, "unmapped_behaviour/ring/site_search", ("p1-1",))
    assert (found.edit.file, found.edit.path) == ("maps/ring.reis.yaml", ("touchpoints", "zoekt_op_maat"))
    assert found.edit.value == {
        "label": {"nl": "Zoekt op maat", "en": "Searches for size"},
        "phase": "look",
        "match": {"event": "site_search", "where": {"detail": "~ maat"}},
        "provenance": "measured",
    }


def test_without_a_word_that_most_share_the_event_itself_is_the_matcher(shop, changed):
    (found,) = only(shop, changed, search(words=(("oorbellen", 5), ("armband", 5), ("ketting", 5))))
    assert found.edit.value["label"] == {"nl": "Zoekt op de site", "en": "Searches the site"}
    assert found.edit.value["match"] == "site_search"


def test_the_proposal_never_takes_an_id_that_is_in_use(shop, changed):
    drawn = replace(shop, touchpoints=(*shop.touchpoints, touch("zoekt_op_maat", "look", "Zoeken")))
    (found,) = only(drawn, changed, search())
    assert found.edit.path == ("touchpoints", "zoekt_op_maat_2")


def test_without_a_neighbour_the_phase_is_the_first(shop, changed):
    (found,) = only(shop, changed, replace(search(), after=None, before=None))
    assert found.edit.value["phase"] == "look"


def test_behaviour_of_few_people_is_not_proposed(shop, changed):
    assert only(shop, changed, search(people=9)) == []


def test_an_answer_to_a_survey_is_not_behaviour(shop, changed):
    asked = replace(shop, surveys=(Survey("csat", Label(nl="?"), matcher=Matcher("site_search")),))
    assert only(asked, changed, search()) == []


def test_less_success_with_it_has_a_price_and_no_cause(shop, changed):
    odds = Association(0.5, 0.4, 0.6, share(70, 350), share(260, 650))
    (found,) = only(shop, changed, search(success=odds))
    assert found.money == pytest.approx(350 * (0.4 - 0.2) * 80)
    assert "haalt 20,0% het doel; van de anderen 40,0%. Dat hangt samen" in found.detail.text("nl")
    assert found.evidence[2].value == 0.5


def test_success_that_may_be_chance_has_no_price(shop, changed):
    (found,) = only(shop, changed, search(success=Association(0.9, 0.7, 1.1, share(130, 350), share(260, 650))))
    assert found.money is None


@pytest.mark.parametrize(
    ("words", "word"),
    [
        (WORDS, "maat"),
        ((("ringmaat", 5), ("maat", 1)), "maat"),
        ((("hoe ruilen", 5), ("kan ik ruilen", 5)), "ruilen"),
        ((("a", 1), ("54", 9)), None),
        ((("oorbellen", 5), ("armband", 5), ("ketting", 5)), None),
        ((), None),
    ],
)
def test_the_dominant_word_is_in_most_texts_also_inside_longer_words(words, word):
    assert dominant(words, 0.5) == word


@pytest.mark.parametrize(
    ("event", "word", "nl", "en"),
    [
        ("zoekopdracht", "price", "Zoekt op {word}", "Searches for {word}"),
        ("size_help_open", None, "Zoekt hulp", "Seeks help"),
        ("xyz", None, "Doet: {event}", "Does: {event}"),
    ],
)
def test_known_event_names_are_said_as_people_would(event, word, nl, en):
    text, _ = phrase(event, word)
    assert (text.nl, text.en) == (nl, en)


def test_every_phrase_is_bilingual_and_names_the_word():
    for one in PHRASES:
        assert "{word}" in one.about.nl
        assert "{word}" in one.about.en
        assert one.it.nl
        assert one.it.en


@pytest.mark.parametrize(
    ("event", "nl", "en"),
    [
        ("product_view", "Bekijkt: product", "Looks at: product"),
        ("view_item", "Bekijkt: item", "Looks at: item"),
        ("app_opened", "Opent: app", "Opens: app"),
        ("add_to_cart", "Doet: add to cart", "Does: add to cart"),
        ("view", "Bekijkt: view", "Looks at: view"),
    ],
)
def test_what_the_verb_says_is_not_said_twice(event, nl, en):
    said, values = phrase(event, None)
    for language, words in (("nl", nl), ("en", en)):
        assert said.text(language).format(**{key: one.text(language) for key, one in values.items()}) == words
