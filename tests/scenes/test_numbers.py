"""Numbers as readers of Dutch and English write them."""

from datetime import datetime

import pytest

from klantreis.findings import Measured
from klantreis.labels import Label
from klantreis.scenes import numbers
from klantreis.scenes.points import within
from klantreis.stats.intervals import Estimate, share


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (numbers.decimal(24180, "nl"), "24.180"),
        (numbers.decimal(24180, "en"), "24,180"),
        (numbers.decimal(-1234.5, "nl", 1), "−1.234,5"),
        (numbers.decimal(-0.001, "nl", 1), "0,0"),
        (numbers.decimal(float("nan"), "nl"), "–"),
        (numbers.percent(0.73, "nl"), "73%"),
        (numbers.percent(0.0001, "nl"), "<1%"),
        (numbers.percent(0.9999, "en"), ">99%"),
        (numbers.percent(1, "nl"), "100%"),
        (numbers.percent(0, "nl"), "0%"),
        (numbers.score(1.6, "nl"), "+1,6"),
        (numbers.score(-0.3, "en"), "−0.3"),
        (numbers.score(-0.04, "nl"), "0,0"),
        (numbers.money(41300, "EUR", "nl"), "€\u00a041.300"),
        (numbers.money(12.5, "EUR", "en"), "€12.50"),
        (numbers.money(-5, "CHF", "nl"), "−CHF\u00a05"),
        (numbers.duration(48, "nl"), "48\u00a0s"),
        (numbers.duration(228, "nl"), "3:48\u00a0min"),
        (numbers.duration(180, "nl"), "3\u00a0min"),
        (numbers.duration(9000, "nl"), "2,5\u00a0uur"),
        (numbers.duration(86400, "nl"), "1\u00a0dag"),
        (numbers.duration(216000, "nl"), "2,5\u00a0dagen"),
        (numbers.duration(86400 * 12, "en"), "12\u00a0days"),
        (numbers.between(0.57, 0.59, "share", "nl"), "57–59%"),
        (numbers.between(0.572, 0.579, "share", "nl"), "57,2–57,9%"),
        (numbers.between(1.5, 1.7, "score", "nl"), "+1,5 tot +1,7"),
        (numbers.shown(0.004, "gap", "nl"), "+0,4 procentpunt"),
        (numbers.shown(-0.12, "gap", "en"), "−12 percentage points"),
        (numbers.between(-0.02, 0.024, "gap", "nl"), "−2,0 tot +2,4 procentpunt"),
        (numbers.between(None, 1, "score", "nl"), ""),
        (numbers.shown(0.025, "share", "nl"), "2,5%"),
        (numbers.cases(9120, "nl"), "n\u00a0=\u00a09.120"),
    ],
)
def test_a_number_reads_as_people_write_it(shown, expected):
    assert shown == expected


def test_an_estimate_carries_its_interval_and_n():
    # Wilson 1927 for 58 of 100: 0.4821 to 0.6720 (statsmodels proportion_confint gives the same).
    assert numbers.estimated(share(58, 100), "share", "nl") == "58% (48–67%, n\u00a0=\u00a0100)"
    gap = Estimate(0.004, 90, -0.02, 0.024)
    assert numbers.estimated(gap, "gap", "nl") == "+0,4 procentpunt (−2,0 tot +2,4, n\u00a0=\u00a090)"
    assert numbers.estimated(Estimate(None, 0), "share", "nl") == "–"


def test_a_number_that_cannot_be_given_says_why():
    number = Measured(Label(nl="x"), None, "share", 41, why=Label(nl="te weinig mensen (n = 41)"))
    assert numbers.measured(number, "nl") == "te weinig mensen (n = 41)"


def test_a_period_says_its_year_once():
    assert numbers.period(datetime(2026, 5, 1), datetime(2026, 10, 31), "nl") == "1 mei t/m 31 oktober 2026"
    assert numbers.period(datetime(2025, 12, 1), datetime(2026, 1, 2), "en") == "1 December 2025 to 2 January 2026"
    assert numbers.period(datetime(2026, 5, 1), datetime(2026, 5, 9), "nl") == "1 t/m 9 mei 2026"
    assert numbers.period(datetime(2026, 5, 1), datetime(2026, 5, 1), "nl") == "1 mei 2026"


def test_an_unknown_zone_falls_back_on_utc():
    assert numbers.local(0, "Nergens/Huizen").isoformat() == "1970-01-01T00:00:00+00:00"


def test_a_difference_is_as_exact_as_its_interval():
    assert within(Estimate(0.004, 169, -0.018, 0.014), "en") == "+0.4 percentage points (−1.8 to +1.4)"
    assert within(Estimate(0.04, 169, 0.01, 0.07), "nl") == "+4 procentpunt (+1 tot +7)"
