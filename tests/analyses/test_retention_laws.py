"""Retention against a plain count, person by person; and a fold's laws: any split, any order, plain or compiled."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.analyses import retention
from klantreis.analyses.fold import fold
from klantreis.analyses.retention import kernel, part
from klantreis.kernels import compiled
from klantreis.stats.intervals import share
from klantreis.testing import SECOND, Touch, Trip, journeys_of, split

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")

HOUR, DAY = 3600, 86400
BEGIN = int(datetime(2026, 3, 20, tzinfo=UTC).timestamp())
"""Nine days before the clock goes forward in Amsterdam."""

HOURS = {"day": 24, "week": 7 * 24, "month": 30 * 24}
moments = st.integers(0, 30 * 24).map(lambda hour: BEGIN + hour * HOUR)
events = st.lists(st.tuples(st.sampled_from("abx"), moments), min_size=1, max_size=8)
logs = st.lists(st.tuples(st.sampled_from("pqrst"), events), min_size=1, max_size=7)
rules = st.fixed_dictionaries(
    {
        "start": st.sampled_from([(), ("a",)]),
        "back": st.sampled_from([(), ("b",), ("a", "b")]),
        "unit": st.sampled_from(["day", "week", "month"]),
        "by": st.sampled_from(["rolling", "calendar"]),
        "brackets": st.sampled_from([((0, 0), (1, 1), (2, 2)), ((0, 1), (3, 5)), ((1, 2), (3, 3), (4, 11))]),
        "on_or_after": st.booleans(),
        "at_least": st.sampled_from([1, 1, 2]),
        "recurring": st.booleans(),
        "cohorts": st.sampled_from([None, "day", "week", "month"]),
        "time_zone": st.sampled_from(["UTC", "Europe/Amsterdam", "America/New_York"]),
        "end": st.sampled_from([None, None, (BEGIN + 15 * DAY) * SECOND, (BEGIN + 60 * DAY) * SECOND]),
    }
)


def page(at, unit, zone):
    """The number of the day, Monday week or month that a clock in the zone shows."""
    local = datetime.fromtimestamp(at, UTC).astimezone(ZoneInfo(zone)).date()
    if unit == "month":
        return local.year * 12 + local.month
    return local.toordinal() if unit == "day" else (local.toordinal() - 1) // 7


def called(at, unit, zone):
    local = datetime.fromtimestamp(at, UTC).astimezone(ZoneInfo(zone)).date()
    if unit == "month":
        return f"{local:%Y-%m}"
    return str(local if unit == "day" else local - timedelta(days=local.weekday()))


def births_of(inside, rule, units):
    births = []
    for name, at in inside:
        fresh = not births or (rule["recurring"] and units(births[-1], at) >= 1)
        if (not rule["start"] or name in rule["start"]) and fresh:
            births.append(at)
    return births


def counted(log, rule):
    """Retention the slow way: {cohort: (entries, per bracket [people or None, mature, returned])}."""
    latest = max(at for rows in log.values() for _, at in rows)
    end = latest if rule["end"] is None else rule["end"] // SECOND
    before = latest + 1 if rule["end"] is None else end
    seen = latest if rule["end"] is None else end - 1e-6  # an interval that begins at the end has no data in it

    def units(birth, at):
        if rule["by"] == "rolling":
            return (at - birth) // (HOURS[rule["unit"]] * HOUR)
        return page(at, rule["unit"], rule["time_zone"]) - page(birth, rule["unit"], rule["time_zone"])

    found = defaultdict(lambda: [0, [[None, 0, 0] for _ in rule["brackets"]]])
    for rows in log.values():
        inside = [(name, at) for name, at in sorted(rows, key=lambda row: row[1]) if at < before]
        for birth in births_of(inside, rule, units):
            names = {"all"} if rule["cohorts"] is None else {"all", called(birth, rule["cohorts"], rule["time_zone"])}
            back = [
                units(birth, at) for name, at in inside if at >= birth and (not rule["back"] or name in rule["back"])
            ]
            for name in names:
                found[name][0] += 1
                for (low, high), cell in zip(rule["brackets"], found[name][1], strict=True):
                    came = sum(low <= unit and (rule["on_or_after"] or unit <= high) for unit in back)
                    came = int(came >= rule["at_least"])
                    if units(birth, seen) >= low:
                        cell[0] = (cell[0] or 0) + came
                    if units(birth, end) > high:
                        cell[1] += 1
                        cell[2] += came
    return found


@settings(max_examples=150, deadline=None)
@given(logs, rules)
def test_retention_equals_a_count_person_by_person(listed, rule):
    log = defaultdict(list)
    for who, rows in listed:
        log[who] += rows
    made = [Trip(who, tuple(Touch(name, at) for name, at in rows)) for who, rows in listed]
    seen = fold(retention, journeys_of(made, buckets=2), retention.Options(**rule))
    told = counted(log, rule)
    rows = {row.cohort: row for row in (seen.overall, *seen.cohorts)}
    assert set(rows) == set(told) | {"all"}
    for name, (people, cells) in told.items():
        assert rows[name].people == people
        assert [[cell.people, cell.mature, cell.returned] for cell in rows[name].cells] == cells
    assert seen.all_people == len(log)


@settings(max_examples=60, deadline=None)
@given(logs, rules, st.integers(1, 5), st.randoms())
def test_any_split_and_any_order_give_the_same_retention(listed, rule, buckets, chance):
    made = [Trip(who, tuple(Touch(name, at) for name, at in rows)) for who, rows in listed]
    whole = journeys_of(made)
    early = retention.Condition(("a",), until=(BEGIN + 9 * DAY) * SECOND)
    options = retention.Options(**rule, conditions=(early, retention.Condition(("b",))))
    parts = [retention.measure(bucket, options) for bucket in split(whole, made, buckets).buckets]
    while len(parts) > 1:
        chance.shuffle(parts)
        parts.append(retention.merge(parts.pop(), parts.pop()))
    assert retention.finish(parts[0], options, whole.about) == fold(retention, whole, options)


@pytest.mark.parametrize("rule", [{}, {"by": "calendar", "time_zone": "Europe/Amsterdam"}, {"on_or_after": True}])
@pytest.mark.parametrize("recurring", [False, True])
def test_compiled_kernels_equal_plain_python(rule, recurring, monkeypatch):
    rng = np.random.default_rng(3)
    made = [
        Trip(
            str(who),
            tuple(Touch(str(rng.choice(list("abx"))), BEGIN + int(at) * HOUR) for at in rng.integers(0, 400, 9)),
        )
        for who in range(60)
    ]
    options = retention.Options(
        ("a",), ("b",), intervals=90, recurring=recurring, conditions=(retention.Condition(("a",)),) * 3, **rule
    )
    plain = fold(retention, journeys_of(made), options)
    monkeypatch.setenv("KLANTREIS_KERNELS", "compiled")
    assert fold(retention, journeys_of(made), options) == plain
    assert sum(cell.returned for cell in plain.overall.cells) > 0


def test_a_cell_has_the_wilson_interval_of_those_old_enough():
    made = [
        Trip(str(who), (Touch("a", BEGIN), *([Touch("a", BEGIN + 30 * HOUR)] if who < 3 else []))) for who in range(8)
    ]
    seen = fold(retention, journeys_of(made, last=BEGIN + 5 * DAY), retention.Options(intervals=2))
    assert seen.overall.cells[1].share == share(3, 8)


@pytest.mark.parametrize("length", [7, DAY * SECOND])
@pytest.mark.parametrize("paged", [False, True])
def test_coming_back_once_is_marked_as_coming_back_so_many_times_is(length, paged):
    chance = np.random.default_rng(9)
    first = np.arange(0, 401, 20)
    at = np.sort(chance.integers(0, 90 * length, (20, 20)), axis=1).ravel()
    at[::3] -= at[::3] % length  # on the edge of a unit
    at = np.sort(at.reshape(20, 20), axis=1).ravel()
    touch, role = chance.integers(0, 3, 400).astype(np.int32), np.array([3, 2, 1])
    begins = np.arange(92) * length if paged else np.empty(0, np.int64)
    interval_of = np.where(np.arange(80) % 7 == 6, -1, np.arange(80))
    rule = begins, length, np.arange(80), interval_of, 1
    entries = first[:-1] + 2, first[1:]
    wanted = kernel.marked.__wrapped__(role, touch, at, entries, rule)
    for once in (kernel.marked_once.__wrapped__, compiled(kernel.marked_once.__wrapped__)):
        np.testing.assert_array_equal(once(role, touch, at, entries, rule), wanted)
    assert wanted[:, 1].any(), "an interval beyond the first word"


def test_those_who_wait_are_grouped_alike_by_a_table_and_by_sorting(monkeypatch):
    chance = np.random.default_rng(4)
    birth, cohort = chance.integers(5, 9, 300), chance.integers(-2, 3, 300)
    bits = chance.integers(0, 2, (300, 70))
    marks = np.stack([bits[:, :62] @ (1 << np.arange(62)), bits[:, 62:] @ (1 << np.arange(8))], axis=1)
    groups = part.grouped(birth, cohort, marks, 70)
    monkeypatch.setattr(part, "DENSE", 0)
    np.testing.assert_array_equal(part.grouped(birth, cohort, marks, 70), groups)
    wanted = sorted(set(zip(birth.tolist(), cohort.tolist(), strict=True)))
    assert [tuple(row) for row in groups[:, :2].tolist()] == wanted
    for (born, among), many, *came in zip(wanted, groups[:, 2], *groups[:, 3:].T, strict=True):
        own = (birth == born) & (cohort == among)
        assert many == own.sum()
        assert came == bits[own].sum(axis=0).tolist()
