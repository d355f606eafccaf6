"""Maps are found by words on what they are about."""

import pytest

from klantreis.errors import OptionError
from klantreis.labels import Label
from klantreis.map.about import PriceBand
from klantreis.map.model import JourneyMap
from klantreis.workspace.only import only

BANDS = (PriceBand("boven-600", Label("Hoog", "High"), low=600),)
LAPTOP = JourneyMap(
    "laptop", Label("Een laptop", "A laptop"), context=(("price_band", "boven-600"),), price_bands=BANDS, tags=("b2b",)
)
RETURN = JourneyMap("terug", Label("Terug", "Back"), type="return", context=(("product", "voetbalschoen"),))
MAPS = (LAPTOP, RETURN)


@pytest.mark.parametrize("asked", ["prijsklasse hoog", "Price class HIGH", "b2b", "boven-600"])
def test_c9_a_map_is_found_by_its_price_class_and_tag(asked: str) -> None:
    assert only(MAPS, asked) == [LAPTOP]


@pytest.mark.parametrize("asked", ["retour", "return", "schoen", "voetbal", "product voetbalschoen"])
def test_a_map_is_found_by_its_kind_and_by_an_end_of_a_long_word(asked: str) -> None:
    assert only(MAPS, asked) == [RETURN]


@pytest.mark.parametrize("asked", ["customer journey", "buyer's journey", "klantreis", ""])
def test_c4_every_map_is_found_by_any_name_of_a_customer_journey(asked: str) -> None:
    assert only(MAPS, asked) == list(MAPS)


def test_a_word_no_map_knows_is_told_with_the_nearest() -> None:
    with pytest.raises(OptionError, match="laptob") as told:
        only(MAPS, "prijsklasse laptob")
    assert "'laptop'" in told.value.mend


def test_words_that_no_one_map_has_together_say_so() -> None:
    with pytest.raises(OptionError) as told:
        only(MAPS, "laptop retour")
    assert "fewer" in told.value.mend


def test_no_maps_at_all_stay_none() -> None:
    assert only((), "laptop") == []


def test_bands_do_not_make_a_map_fit_when_its_context_names_none() -> None:
    assert only((JourneyMap("x", Label("X"), price_bands=BANDS), LAPTOP), "hoog") == [LAPTOP]


def test_a_price_class_that_no_map_names_tells_those_that_are_named() -> None:
    with pytest.raises(OptionError) as caught:
        only(MAPS, "prijsklasse goedkoopste")
    assert str(caught.value.mend).startswith("What the maps say as price band: ")
