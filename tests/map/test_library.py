"""The library has the touchpoints that the articles name, each in two languages and with a way to measure it."""

from __future__ import annotations

import pytest

from klantreis.map.channels import channels
from klantreis.map.library import library

KNOWN = {touch.id: touch for touch in library()}


def test_each_has_words_in_two_languages_a_known_channel_and_a_way_to_measure() -> None:
    known = {channel.id for channel in channels()}
    for touch in library():
        assert touch.label.nl
        assert touch.label.en
        assert touch.channel in known
        assert (touch.matcher is None) != (touch.plan is None)
    assert len(KNOWN) == len(library())


@pytest.mark.parametrize(
    ("id_", "how"), [("krant", "qr"), ("shirt", "asked"), ("pand", "counter"), ("winactie", None), ("afspraak", None)]
)
def test_the_offline_ones_have_a_plan(id_: str, how: str | None) -> None:
    # Requirements A4 (paper, shirts, walking in), D8 (contest), E26 (appointment).
    touch = KNOWN[id_]
    assert (touch.plan.how if touch.plan else None) == how


def test_an_appointment_is_matched_by_its_event() -> None:
    matcher = KNOWN["afspraak"].matcher
    assert matcher is not None
    assert matcher.event == "appointment_booked"
