"""The lifecycle against a plain count, person by person; and a fold's laws: any split, any order, plain or compiled."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.analyses import lifecycle
from klantreis.analyses.fold import fold
from klantreis.testing import SECOND, Touch, Trip, journeys_of, split

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")

HOUR, DAY = 3600, 86400
BEGIN = int(datetime(2026, 3, 20, tzinfo=UTC).timestamp())
"""Nine days before the clock goes forward in Amsterdam."""

moments = st.integers(0, 45 * 24).map(lambda hour: BEGIN + hour * HOUR)
events = st.lists(st.tuples(st.sampled_from("abx"), moments), min_size=1, max_size=9)
logs = st.lists(st.tuples(st.sampled_from("pqrst"), events), min_size=1, max_size=7)
rules = st.fixed_dictionaries(
    {
        "events": st.sampled_from([(), ("a",), ("a", "b")]),
        "unit": st.sampled_from(["day", "week", "month"]),
        "time_zone": st.sampled_from(["UTC", "Europe/Amsterdam", "America/New_York"]),
        "silence": st.sampled_from([None, 5 * DAY * SECOND, 12 * DAY * SECOND]),
        "end": st.sampled_from([None, None, (BEGIN + 20 * DAY) * SECOND, (BEGIN + 60 * DAY) * SECOND]),
    }
)


def day_of(at, zone):
    return datetime.fromtimestamp(at, UTC).astimezone(ZoneInfo(zone)).date()


def unit_of(day, unit):
    if unit == "month":
        return day.replace(day=1)
    return day if unit == "day" else day - timedelta(days=day.weekday())


def next_unit(begin, unit):
    return unit_of(begin + timedelta(days={"day": 1, "week": 7, "month": 31}[unit]), unit)


def states_of(active, unit, last, *, over=False):
    """Every unit: [new, returning, resurrected, dormant or None], the slow way. `active`: person -> days; `over`: the
    last unit is whole.
    """
    units = {who: {unit_of(day, unit) for day in days} for who, days in active.items()}
    found, now, before = [], min(min(own) for own in units.values()), date.min
    while now <= unit_of(last, unit):
        own = [(now in mine, before in mine, any(one < now for one in mine)) for mine in units.values()]
        found.append([
            sum(here and not ever for here, _, ever in own),
            sum(here and was for here, was, _ in own),
            sum(here and ever and not was for here, was, ever in own),
            -sum(was and not here for here, was, _ in own) if over or now < unit_of(last, unit) else None,
        ])  # fmt: skip
        before, now = now, next_unit(now, unit)
    return found


def active_of(listed, rule):
    log = defaultdict(list)
    for who, rows in listed:
        log[who] += rows
    latest = max(at for rows in log.values() for _, at in rows)
    end = latest if rule["end"] is None else rule["end"] // SECOND
    before = latest + 1 if rule["end"] is None else end
    kept = {
        who: sorted(at for name, at in rows if at < before and (not rule["events"] or name in rule["events"]))
        for who, rows in log.items()
    }
    return {who: times for who, times in kept.items() if times}, end


@settings(max_examples=100, deadline=None)
@given(logs, rules)
def test_the_lifecycle_equals_a_count_person_by_person(listed, rule):
    times, end = active_of(listed, rule)
    made = [Trip(who, tuple(Touch(name, at) for name, at in rows)) for who, rows in listed]
    seen = fold(lifecycle, journeys_of(made, buckets=2), lifecycle.Options(**rule))
    assert (seen.people, seen.again) == (len(times), sum(len(own) > 1 for own in times.values()))
    if not times:
        assert (seen.intervals, seen.days) == ((), ())
        return
    days = {who: {day_of(at, rule["time_zone"]) for at in own} for who, own in times.items()}
    last = day_of(end if rule["end"] is None else end - 1, rule["time_zone"])
    over = rule["end"] is not None and unit_of(day_of(end, rule["time_zone"]), rule["unit"]) > unit_of(
        last, rule["unit"]
    )
    states = [[one.new, one.returning, one.resurrected, one.dormant] for one in seen.intervals]
    assert states == states_of(days, rule["unit"], last, over=over)
    for one in seen.days:
        day = date.fromisoformat(one.day)
        for stretch, told in ((1, one.active), (7, one.week_active), (30, one.month_active)):
            within = {day - timedelta(days=back) for back in range(stretch)}
            assert told in {None, sum(bool(within & own) for own in days.values())}
    whole = [
        sum(unit_of(day, rule["unit"]) == unit for day in own)
        for own in days.values()
        for unit in {unit_of(day, rule["unit"]) for day in own}
        if unit < unit_of(last, rule["unit"])
    ]
    if rule["unit"] != "day" and whole:
        assert [one.value for one in seen.stickiness.spread[:4]] == pytest.approx(
            [whole.count(often) / len(whole) for often in range(1, 5)]
        )
    if rule["silence"] is not None:
        assert seen.gone == sum(own[-1] <= end - rule["silence"] // SECOND for own in times.values())


@settings(max_examples=60, deadline=None)
@given(logs, rules, st.integers(1, 5), st.randoms())
def test_any_split_and_any_order_give_the_same_lifecycle(listed, rule, buckets, chance):
    made = [Trip(who, tuple(Touch(name, at) for name, at in rows)) for who, rows in listed]
    whole = journeys_of(made)
    options = lifecycle.Options(**rule)
    parts = [lifecycle.measure(bucket, options) for bucket in split(whole, made, buckets).buckets]
    while len(parts) > 1:
        chance.shuffle(parts)
        parts.append(lifecycle.merge(parts.pop(), parts.pop()))
    assert lifecycle.finish(parts[0], options, whole.about) == fold(lifecycle, whole, options)


@pytest.mark.parametrize("unit", ["day", "week", "month"])
def test_compiled_kernels_equal_plain_python(unit, monkeypatch):
    rng = np.random.default_rng(3)
    made = [
        Trip(
            str(who),
            tuple(Touch(str(rng.choice(list("ax"))), BEGIN + int(at) * HOUR) for at in rng.integers(0, 900, 9)),
        )
        for who in range(60)
    ]
    options = lifecycle.Options(("a",), unit, "Europe/Amsterdam", 9 * DAY * SECOND)
    plain = fold(lifecycle, journeys_of(made), options)
    monkeypatch.setenv("KLANTREIS_KERNELS", "compiled")
    assert fold(lifecycle, journeys_of(made), options) == plain
    assert plain.again > 10
