"""A new map reads, checks without a warning, and teaches."""

from __future__ import annotations

import pytest

from klantreis.errors import OptionError
from klantreis.labels import LANGUAGES, Language
from klantreis.map.check import check
from klantreis.map.init import new_map
from klantreis.map.read import map_of
from klantreis.map.templates import ORDER, template


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ORDER)
def test_a_new_map_from_any_template_has_no_mistakes_or_warnings(key: str, language: Language) -> None:
    found = map_of(new_map(key, "mijn-kaart", language), file="mijn-kaart.reis.yaml")
    assert (found.id, found.template, found.type) == ("mijn-kaart", key, template(key).type)
    assert all(phase.steps for phase in found.phases)
    assert [one.level for one in check(found) if one.level != "hint"] == []


@pytest.mark.parametrize(("language", "said"), [("nl", "Ik kies en koop"), ("en", "I choose and buy")])
def test_a_model_that_ends_with_buying_ends_with_buying(language: Language, said: str) -> None:
    last = map_of(new_map("funnel-3", "x", language)).phases[-1].steps[-1]
    assert last.label.text(language) == said
    later = map_of(new_map("nl-5", "x", language)).phases[-1].steps[-1]
    assert later.label.text(language) != said


def test_everything_in_a_new_map_is_an_assumption() -> None:
    found = map_of(new_map("nl-5", "x", "nl"))
    parts = (
        *found.personas,
        *found.touchpoints,
        *found.scenarios,
        *found.barriers,
        *(step for _, step in found.steps()),
    )
    assert {part.provenance for part in parts} == {"assumed"}


def test_a_new_map_teaches_in_its_language() -> None:
    assert "# Een klantreiskaart" in new_map("nl-5", "x", "nl")
    assert "# A journey map" in new_map("nl-5", "x", "en")
    assert sum("#" in line for line in new_map("nl-5", "x", "nl").splitlines()) > 15


@pytest.mark.parametrize(
    ("key", "id_", "language"), [("nl5", "x", "nl"), ("nl-5", "mijn kaart", "nl"), ("nl-5", "x", "de")]
)
def test_what_cannot_be_made_is_refused(key: str, id_: str, language: Language) -> None:
    with pytest.raises(OptionError):
        new_map(key, id_, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_map_begins_with_the_events_that_are_there(language: Language) -> None:
    odd = 'klik: "ja" }\n#'
    text = new_map("nl-5", "x", language, events=[(odd, 900), ("bezoek", 500), ("koop", 20)])
    found = map_of(text)
    assert [touch.matcher.event for touch in found.touchpoints if touch.matcher] == [odd, "bezoek"]
    assert '#   "koop" (20)' in text
    assert [one.level for one in check(found) if one.level != "hint"] == []


@pytest.mark.parametrize("template", ["klacht", "klantenservice", "reparatie", "retour"])
def test_a_journey_that_begins_with_trouble_does_not_begin_curious(template: str) -> None:
    # Requirement C12.
    for language, word in (("nl", "teleurgesteld"), ("en", "disappointed")):
        first = map_of(new_map(template, "nieuw", language)).phases[0].steps[0]
        assert (first.feel, first.word.text(language)) == (-1, word)
    assert map_of(new_map("nl-5", "nieuw")).phases[0].steps[0].feel == 1


def test_a_map_that_is_called_as_its_model_says_its_name_once() -> None:
    assert map_of(new_map("race", "race", "en")).title.text("en") == "RACE"
    assert map_of(new_map("race", "ring", "en")).title.text("en") == "RACE (ring)"
