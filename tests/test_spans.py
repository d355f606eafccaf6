"""Spans of time: what people write is read, and what is shown can be read by people."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantreis.spans import DAY, moment, shown, span, span_seconds, zone

MINUTE, HOUR = 60, 3600


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("30m", 30 * MINUTE),
        ("7d", 7 * DAY),
        ("14 days", 14 * DAY),
        ("2 weken", 14 * DAY),
        ("PT2H", 2 * HOUR),
        ("P1DT12H", 1.5 * DAY),
        ("P1M", 30 * DAY),
        ("PT1M", MINUTE),
        ("P2W", 14 * DAY),
        ("1 month", 30 * DAY),
        ("1 jaar", 365 * DAY),
        ("1,5 uur", 1.5 * HOUR),
        ("1.5h", 1.5 * HOUR),
        ("1 uur en 30 minuten", 1.5 * HOUR),
        ("1h30m", 1.5 * HOUR),
        ("250 ms", 0.25),
        ("0 s", 0),
        (" 90 Min. ", 90 * MINUTE),
    ],
)
def test_a_span_is_read_as_people_write_it(text: str, seconds: float) -> None:
    assert span(text) == round(seconds * 1_000_000)
    assert span_seconds(text) == seconds


@pytest.mark.parametrize("text", ["", "30", "soon", "-3 days", "3 dgaen", "P", "PT", "1d x", "9999999 years", "1..2 d"])
def test_what_is_no_span_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match=r"span of time|thousand years"):
        span(text)


@pytest.mark.parametrize(
    ("seconds", "nl", "en"),
    [
        (0, "0 s", "0 s"),
        (0.004, "0,004 s", "0.004 s"),
        (0.42, "0,4 s", "0.4 s"),
        (48, "48 s", "48 s"),
        (59.7, "1 min", "1 min"),
        (228, "3 min 48 s", "3 min 48 s"),
        (300, "5 min", "5 min"),
        (3599.6, "1 uur", "1 h"),
        (5 * HOUR + 20 * MINUTE, "5 uur 20 min", "5 h 20 min"),
        (DAY - 1, "1 dag", "1 day"),
        (DAY, "1 dag", "1 day"),
        (2.5 * DAY, "2,5 dagen", "2.5 days"),
        (21.4 * DAY, "21 dagen", "21 days"),
        (1095 * DAY, "3 jaar", "3 years"),
        (-90, "−1 min 30 s", "−1 min 30 s"),
        (math.nan, "–", "–"),
    ],
)
def test_a_span_is_shown_as_people_read_it(seconds: float, nl: str, en: str) -> None:
    assert (shown(seconds, "nl"), shown(seconds, "en")) == (nl, en)


@given(st.floats(min_value=1, max_value=13 * DAY))
def test_what_is_shown_reads_back_within_five_percent(seconds: float) -> None:
    # 0.05 day is the largest step of the one decimal in '1,1 dagen'.
    assert span_seconds(shown(seconds, "nl")) == pytest.approx(seconds, rel=0.05)


def test_a_zone_gives_the_clock_of_that_place() -> None:
    assert moment(0, zone("Europe/Amsterdam")).isoformat() == "1970-01-01T01:00:00+01:00"
    assert moment(-1, zone("UTC")).microsecond == 999_999


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="not a time zone"):
        zone("Europe/Utrecht")
