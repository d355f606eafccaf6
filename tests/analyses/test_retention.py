"""Retention by hand: who counts, in which interval, and from when on."""

import json
import re
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest

from klantreis.analyses import lifecycle, retention
from klantreis.analyses.fold import fold
from klantreis.errors import OptionError
from klantreis.testing import SECOND, Touch, Trip, journeys_of, trips

ROOT = Path(retention.__file__).parents[2]
PAGES = Path(__file__).resolve().parents[2] / "docs/reference"
HOUR, DAY = 3600, 86_400


def asked(log, last=None, **options):
    return fold(retention, journeys_of(trips(log), last=last), retention.Options(**options))


def people(found):
    return [cell.people for cell in found.overall.cells]


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


def test_day_k_begins_24k_hours_after_the_start_and_ends_just_before_the_next():
    log = {"u": [("a", 0), ("b", 24 * HOUR - 1e-6), ("b", 48 * HOUR)]}
    assert people(asked(log, last=5 * DAY, back=("b",), intervals=4)) == [1, 0, 1, 0]


def test_the_start_itself_is_in_interval_0_when_it_counts_as_coming_back():
    log = {"u": [("a", 0)]}
    assert people(asked(log, last=5 * DAY, intervals=1)) == [1]
    assert people(asked(log, last=5 * DAY, start=("a",), back=("b",), intervals=1)) == [0]


def test_what_came_before_the_start_is_no_coming_back_and_what_came_with_it_is():
    log = {"u": [("b", 0), ("b", 10), ("a", 10)], "v": [("b", 0), ("a", 10)]}
    assert people(asked(log, last=5 * DAY, start=("a",), back=("b",), intervals=1)) == [1]


def test_an_interval_is_over_at_its_very_end():
    log = {"u": [("a", 0)]}
    over = [asked(log, last=last, intervals=2).overall.cells[1].mature for last in (2 * DAY - 1, 2 * DAY)]
    assert over == [0, 1]


def test_a_calendar_day_is_the_date_in_the_zone():
    # 23:30 in Amsterdam and half an hour past midnight: two dates there, one in UTC.
    log = {"u": [("a", at("2026-06-01T21:30")), ("a", at("2026-06-01T22:30"))]}
    later = at("2026-06-20T00:00")
    assert people(asked(log, last=later, by="calendar", intervals=2)) == [1, 0]
    assert people(asked(log, last=later, by="calendar", intervals=2, time_zone="Europe/Amsterdam")) == [1, 1]


def test_summer_time_moves_no_calendar_day_and_does_move_a_rolling_one():
    # From 20:00 the day before the clock goes forward to 20:30 the day after: 47.5 hours, and two dates.
    log = {"u": [("a", at("2026-03-28T19:00")), ("a", at("2026-03-30T18:30"))]}
    later = at("2026-04-20T00:00")
    assert people(asked(log, last=later, by="calendar", intervals=3, time_zone="Europe/Amsterdam")) == [1, 0, 1]
    assert people(asked(log, last=later, intervals=3)) == [1, 1, 0]


def test_weeks_begin_on_monday():
    log = {"u": [("a", at("2026-11-22T12:00")), ("a", at("2026-11-23T12:00"))]}
    found = asked(log, last=at("2027-01-01"), by="calendar", unit="week", intervals=2)
    assert (people(found), found.cohorts[0].cohort) == ([1, 1], "2026-11-16")


def test_on_or_after_counts_a_return_at_any_later_time():
    log = {"u": [("a", 0), ("a", 50 * DAY)], "v": [("a", 0), ("a", 1 * DAY)]}
    found = asked(log, last=60 * DAY, on_or_after=True, intervals=4)
    assert people(found) == [2, 2, 1, 1]


def test_at_least_asks_so_many_times_in_one_interval():
    log = {"u": [("a", 0), ("a", 1 * DAY), ("a", 1 * DAY + 1)], "v": [("a", 0), ("a", 1 * DAY), ("a", 2 * DAY)]}
    assert people(asked(log, last=9 * DAY, at_least=2, intervals=3)) == [0, 1, 0]


def test_brackets_may_be_wide_and_leave_gaps():
    log = {"u": [("a", 0), ("a", 2 * DAY)], "v": [("a", 0), ("a", 4 * DAY)], "w": [("a", 0), ("a", 7 * DAY)]}
    found = asked(log, last=30 * DAY, brackets=((0, 0), (1, 3), (5, 9)))
    assert [(cell.since, cell.until, cell.people) for cell in found.overall.cells] == [(0, 0, 3), (1, 3, 1), (5, 9, 1)]


def test_recurring_starts_begin_again_in_a_later_unit_and_have_no_interval_when_one_person_counts_twice():
    log = {"u": [("a", 0), ("a", HOUR), ("a", 2 * DAY)]}
    found = asked(log, last=9 * DAY, recurring=True, intervals=3, cohorts="day")
    assert (found.overall.people, found.started, people(found)) == (2, 1, [2, 0, 1])
    assert (found.overall.cells[2].share.value, found.overall.cells[2].share.low) == (0.5, None)
    by_page = asked(log, last=9 * DAY, recurring=True, intervals=3, by="calendar", cohorts="day")
    assert by_page.cohorts[0].cells[2].share.low is not None


def test_all_journeys_of_a_person_count_together_in_time():
    made = [Trip("u", (Touch("a", 3 * DAY),)), Trip("u", (Touch("a", 0),)), Trip("u", (Touch("a", 1 * DAY),))]
    found = fold(retention, journeys_of(made, last=9 * DAY), retention.Options(intervals=4))
    assert (found.all_people, people(found)) == (1, [1, 1, 0, 1])


def test_what_happened_after_the_end_is_left_out():
    log = {"u": [("a", 0), ("a", 3 * DAY)], "v": [("a", 5 * DAY)]}
    found = asked(log, end=2 * DAY * SECOND, intervals=4)
    assert (found.overall.people, people(found)) == (1, [1, 0, None, None])
    assert [cell.mature for cell in found.overall.cells] == [1, 1, 0, 0]


def test_an_end_after_the_last_event_makes_days_full():
    found = asked({"u": [("a", 0)]}, end=10 * DAY * SECOND, intervals=3)
    assert [cell.mature for cell in found.overall.cells] == [1, 1, 1]


@pytest.mark.parametrize("by", ["rolling", "calendar"])
def test_an_interval_that_would_begin_at_the_end_is_empty_because_no_data_are_in_it(by):
    log = {"u": [("a", 0), ("a", 1.5 * DAY)]}
    assert people(asked(log, end=2 * DAY * SECOND, by=by, intervals=4)) == [1, 1, None, None]
    assert people(asked(log, last=2 * DAY, by=by, intervals=4)) == [1, 1, 0, None]


@pytest.mark.parametrize("by", ["rolling", "calendar"])
@pytest.mark.parametrize("log", [{}, {"u": [("x", 5)]}], ids=["no events", "nobody began"])
def test_nobody_leaves_every_cell_empty(log, by):
    found = asked(log, by=by, start=("a",), intervals=3, conditions=(retention.Condition(("a",)),))
    assert (found.overall.people, found.cohorts, people(found)) == (0, (), [None, None, None])
    assert [cell.share.value for cell in found.overall.cells] == [None] * 3
    assert (found.conditions[0].people, found.conditions[0].share.value) == (0, None)
    assert found.unknown == ("a",)


def test_more_intervals_than_one_word_of_bits():
    log = {"u": [("a", 0), ("a", 61.5 * DAY), ("a", 62.5 * DAY), ("a", 199.5 * DAY)]}
    found = asked(log, last=300 * DAY, intervals=200)
    assert [place for place, cell in enumerate(found.overall.cells) if cell.people] == [0, 61, 62, 199]


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"unit": "days"}, "'day'"),
        ({"cohorts": "weeks"}, "'week'"),
        ({"by": "rollin"}, "'rolling'"),
        ({"time_zone": "Europe/Amsterdm"}, "'Europe/Amsterdam'"),
        ({"at_least": 0}, "1 or more"),
        ({"intervals": 0}, "weeks or months"),
        ({"intervals": 10**9}, "weeks or months"),
        ({"brackets": ((0, 3), (2, 5))}, "1-3"),
        ({"brackets": ((-1, 3),)}, "1-3"),
        ({"brackets": ((3, 1),)}, "1-3"),
        ({"brackets": ((0, 10**9),)}, "weeks or months"),
        ({"end": 10**18}, "2026-11-22"),
        ({"conditions": (retention.Condition(),) * 63}, "out"),
    ],
)
def test_options_that_cannot_be_are_refused_with_what_to_write(options, word):
    with pytest.raises(OptionError) as caught:
        asked({"u": [("a", 0)]}, **options)
    assert word in caught.value.mend


def test_a_curve_on_or_after_is_projected_and_another_is_refused():
    left = {f"{week}-{who}": [("a", who), ("a", who + week * 7 * DAY)]
            for week, many in enumerate([369, 163, 86, 56, 37, 27, 21, 241]) for who in range(many)}  # fmt: skip
    told = {name: rows for name, rows in left.items() if int(name.split("-")[0]) < 7}
    still = {name: [rows[0], ("a", rows[0][1] + 300 * DAY)] for name, rows in left.items() if name not in told}
    found = asked(told | still, last=320 * DAY, unit="week", intervals=8, on_or_after=True, cohorts=None)
    # The 'regular' cohort of Fader & Hardie (2007), in weeks instead of years.
    drawn = found.projection(5)
    assert drawn.model.alpha.value == pytest.approx(0.704, abs=1e-3)
    assert drawn.model.beta.value == pytest.approx(1.182, abs=1e-3)
    assert drawn.curve[12].value == pytest.approx(0.170, abs=1e-3)
    with pytest.raises(OptionError, match="still there"):
        asked(told, last=320 * DAY, unit="week").projection()


@pytest.mark.parametrize("module", [retention, lifecycle], ids=lambda module: module.name)
@pytest.mark.parametrize("log", [{}, {"u": [("a", 0), ("a", 9 * DAY)], "v": [("a", 3 * DAY)]}], ids=["none", "some"])
def test_the_result_keeps_to_its_schema_and_its_rows_share_their_keys(module, log):
    found = fold(module, journeys_of(trips(log)), module.Options())
    schema = json.loads((ROOT / f"schemas/{module.name}.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(json.loads(json.dumps(found.to_dict(), allow_nan=False)))
    assert len({tuple(row) for row in found.rows()}) <= 1
    strict = replace_all_objects(schema)
    jsonschema.Draft202012Validator(strict).validate(json.loads(json.dumps(found.to_dict())))


def replace_all_objects(schema):
    """The same schema, in which no word is known that the schema does not name."""
    if isinstance(schema, dict):
        inside = {key: replace_all_objects(value) for key, value in schema.items()}
        return (
            {**inside, "additionalProperties": False}
            if schema.get("type") == "object" and "properties" in schema
            else inside
        )
    return [replace_all_objects(one) for one in schema] if isinstance(schema, list) else schema


@pytest.mark.parametrize("module", [retention, lifecycle], ids=lambda module: module.name)
def test_the_page_names_every_option_and_its_example_runs(module):
    page = (PAGES / f"{module.name}.md").read_text("utf-8")
    assert [one.name for one in fields(module.Options) if f"`{one.name}`" not in page] == []
    for code in re.findall(r"```python\n(.*?)```", page, re.DOTALL):
        exec(compile(code, f"{module.name}.md", "exec"), {})


def test_a_condition_is_named_as_it_was_written():
    first = retention.Condition(("a",), called="did a")
    found = asked({"u": [("a", 0)]}, conditions=(first, replace(first, called="")))
    assert [one.condition for one in found.conditions] == ["did a", "2"]
