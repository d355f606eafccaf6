"""The words of pictures hold on any paper."""

from __future__ import annotations

from klantreis.scenes.words import WORDS


def test_no_picture_speaks_of_a_colour_as_it_may_be_printed_in_grey() -> None:
    told = {key: label for key, label in WORDS.items() if "kleur" in f"{label.nl}" or "colour" in f"{label.en}"}
    assert told == {}
