"""Drift as a finding: an alarm now, a level that changed lately, a mix that moved; nothing for what is usual or old."""

from dataclasses import replace

import numpy as np
import pytest

import klantreis
from klantreis.rules import drift
from klantreis.testing import Touch, Trip, journeys_of

DAY = 86_400


def followed(share, weeks=14, online=lambda _: 0.5):
    chance, trips = np.random.default_rng(1), []
    for week in range(weeks):
        for n in range(400):
            at = (4 + 7 * week) * DAY + n
            first = Touch("look", at, channel="web" if chance.random() < online(week) else "shop")
            more = [Touch("buy", at + 60)] if chance.random() < share(week) else []
            trips.append(Trip(f"p{week}-{n}", (first, *more)))
    return klantreis.drift(journeys_of(trips, last=(4 + 7 * weeks + 2) * DAY), goal="buy", within="1d")


@pytest.fixture
def told(shop, changed):
    return lambda found: list(drift.check(shop, replace(changed(), more={"drift": found})))


def test_a_newest_week_out_of_line_is_a_warning_with_what_is_usual(told):
    warning = told(followed(lambda week: 0.4 if week < 13 else 0.2))[0]
    assert warning.level == "warning"
    assert "1970-04-06" in warning.title.text("en")
    assert "gewoonlijk tussen" in warning.detail.text("nl")
    assert warning.journeys == 400


def test_a_level_that_changed_lately_is_told_and_one_of_long_ago_is_not(told):
    (lately,) = told(followed(lambda week: 0.4 if week < 11 else 0.55))
    assert lately.level == "insight"
    assert "1970-03-23" in lately.title.text("en")
    assert told(followed(lambda week: 0.4 if week < 5 else 0.55)) == []


def test_a_mix_that_moved_is_told(told):
    (mix,) = told(followed(lambda _: 0.4, online=lambda week: 0.5 if week < 13 else 0.85))
    assert mix.title.text("nl") == "De samenstelling van eerste kanalen verschoof in week 1970-04-06"


def test_quiet_weeks_or_no_drift_at_all_say_nothing(told, shop, changed):
    assert told(followed(lambda _: 0.4)) == []
    assert list(drift.check(shop, changed())) == []
