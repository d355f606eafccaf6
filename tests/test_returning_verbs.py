"""Retention and the lifecycle in Python: names, dates and zones as people write them, slips told with the nearest."""

from datetime import UTC, datetime

import pandas
import pytest

import klantreis
from klantreis.errors import OptionError
from klantreis.verbs.moments import begin, stretch

COLUMNS = {"person": "who", "at": "when", "event": "what"}
ROWS = pandas.DataFrame({
    "who": ["u", "u", "v", "u"],
    "when": ["2026-01-01T10:00:00Z", "2026-01-02T23:30:00Z", "2026-01-01T11:00:00Z", "2026-02-20T10:00:00Z"],
    "what": ["view", "buy", "view", "view"],
})  # fmt: skip


def micros(text):
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * 1_000_000


def test_retention_takes_names_and_gives_cohorts_by_week_or_by_month():
    found = klantreis.retention(ROWS, start="view", back=["buy"], intervals=3, **COLUMNS)
    assert [cell.people for cell in found.overall.cells] == [0, 1, 0]
    assert [row.cohort for row in found.cohorts] == ["2025-12-29"]
    assert [row.cohort for row in klantreis.retention(ROWS, unit="month", **COLUMNS).cohorts] == ["2026-01"]
    assert klantreis.retention(ROWS, cohorts="none", **COLUMNS).cohorts == ()


def test_the_zone_is_the_one_asked_else_that_of_the_data():
    def second_day(**more):
        return klantreis.retention(ROWS, by="calendar", intervals=3, **more, **COLUMNS).overall.cells[2].people

    assert (second_day(), second_day(zone="Europe/Amsterdam")) == (0, 1)
    assert second_day(time_zone="Europe/Amsterdam") == 1


def test_brackets_are_written_or_listed():
    for brackets in ("0,1-3", " 0 , 1-3 ", [(0, 0), (1, 3)]):
        found = klantreis.retention(ROWS, brackets=brackets, **COLUMNS)
        assert [(cell.since, cell.until) for cell in found.overall.cells] == [(0, 0), (1, 3)]


def test_conditions_name_events_and_a_stretch_of_time():
    asked = ["* @ 2026-01", "buy", "view|buy @ 2026-02-01..", "view @ ..2026-01-02"]
    found = klantreis.retention(ROWS, conditions=asked, **COLUMNS)
    assert [(one.condition, one.people) for one in found.conditions] == list(zip(asked, [2, 1, 1, 2], strict=True))


def test_what_comes_after_the_end_is_left_out():
    found = klantreis.retention(ROWS, intervals=3, end="2026-01-02", **COLUMNS)
    assert [cell.people for cell in found.overall.cells] == [2, None, None]


def test_an_end_is_not_included_so_that_days_without_a_time_are_whole():
    days = pandas.DataFrame(
        {"who": ["u", "u", "v"], "when": ["2026-01-01", "2026-01-02", "2026-01-02"], "what": "view"}
    )
    for by in ("rolling", "calendar"):
        found = klantreis.retention(days, by=by, intervals=3, end="2026-01-02", **COLUMNS)
        assert (found.overall.people, found.overall.cells[0].mature, found.overall.cells[1].returned) == (1, 1, 0)
    months = days.assign(when=["2026-01-31", "2026-02-01", "2026-02-01"])
    found = klantreis.lifecycle(months, unit="month", end="2026-02-01", **COLUMNS)
    assert [(one.interval, one.new, one.complete) for one in found.intervals] == [("2026-01", 1, True)]
    assert (found.people, found.again) == (1, 0)


def test_the_lifecycle_takes_spans_and_units():
    found = klantreis.lifecycle(ROWS, unit="month", silence="30d", **COLUMNS)
    assert [(one.interval, one.new, one.returning) for one in found.intervals] == [("2026-01", 2, 0), ("2026-02", 0, 1)]
    assert (found.gone, found.again) == (1, 1)
    assert klantreis.lifecycle(ROWS, events="buy", **COLUMNS).people == 1


@pytest.mark.parametrize(
    ("verb", "options", "word"),
    [
        ("retention", {"brackets": "1-x"}, "1-3"),
        ("retention", {"brackets": ""}, "1-3"),
        ("retention", {"brackets": "0,1", "intervals": 3}, "one of them"),
        ("retention", {"end": "soon"}, "2026-11-22"),
        ("retention", {"conditions": ["buy @ 2026-13"]}, "2026-11-22"),
        ("retention", {"zone": "Europe/Amsterdm"}, "Europe/Amsterdam"),
        ("lifecycle", {"silence": "long"}, "7d"),
        ("lifecycle", {"end": "2026-02-30"}, "2026-11-22"),
    ],
)
def test_a_slip_is_told_with_what_to_write(verb, options, word):
    with pytest.raises(OptionError) as caught:
        getattr(klantreis, verb)(ROWS, **options, **COLUMNS)
    assert word in caught.value.mend


@pytest.mark.parametrize(("verb", "option"), [("retention", "start"), ("retention", "back"), ("lifecycle", "events")])
def test_a_name_that_no_event_has_is_warned_of(verb, option):
    with pytest.warns(UserWarning, match="Did you mean 'buy'"):
        found = getattr(klantreis, verb)(ROWS, **{option: "bui"}, **COLUMNS)
    assert found.unknown == ("bui",)


def test_dates_months_and_moments_begin_in_their_zone():
    assert begin("2026-11-22", "UTC", "end") == micros("2026-11-22T00:00:00")
    assert begin("2026-11", "Europe/Amsterdam", "end") == micros("2026-10-31T23:00:00")
    assert begin("2026-07-01T12:00", "Europe/Amsterdam", "end") == micros("2026-07-01T10:00:00")
    assert begin("2026-07-01T12:00Z", "Europe/Amsterdam", "end") == micros("2026-07-01T12:00:00")
    assert stretch("2026-12", "UTC", "end") == (micros("2026-12-01T00:00:00"), micros("2027-01-01T00:00:00"))
    assert stretch("..2026-01-02", "UTC", "end") == (None, micros("2026-01-02T00:00:00"))


def test_both_draw_themselves_and_are_frames():
    for verb in ("retention", "lifecycle"):
        found = getattr(klantreis, verb)(ROWS, **COLUMNS)
        assert klantreis.picture(found).svg().startswith("<svg")
        assert len(found.to_frame()) == len(found.rows())
