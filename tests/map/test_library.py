"""The library has the touchpoints that the articles name, each in two languages and with a way to measure it."""

from __future__ import annotations

import pytest

from klantreis.errors import OptionError
from klantreis.map.channels import channels
from klantreis.map.library import library, mostly_in, ready_made


def test_each_has_words_in_two_languages_a_known_channel_and_a_way_to_measure() -> None:
    known = {channel.id for channel in channels()}
    for touch in library():
        assert touch.label.nl
        assert touch.label.en
        assert touch.channel in known
        assert (touch.matcher is None) != (touch.plan is None)
        assert mostly_in(touch.id)
    assert len({touch.id for touch in library()}) == len(library())


@pytest.mark.parametrize(
    ("id_", "how"), [("krant", "qr"), ("shirt", "asked"), ("pand", "counter"), ("winactie", None), ("afspraak", None)]
)
def test_the_offline_ones_have_a_plan(id_: str, how: str | None) -> None:
    # Requirements A4 (paper, shirts, walking in), D8 (contest), E26 (appointment).
    touch = ready_made(id_)
    assert (touch.plan.how if touch.plan else None) == how


def test_an_appointment_is_matched_by_its_event_and_an_unknown_one_gets_the_nearest() -> None:
    matcher = ready_made("afspraak").matcher
    assert matcher is not None
    assert matcher.event == "appointment_booked"
    with pytest.raises(OptionError, match="krant"):
        ready_made("krnt")
    assert mostly_in("niets") is None
