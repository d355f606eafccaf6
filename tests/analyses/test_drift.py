"""Drift: planted changes are told, quiet series are not, periods are looked at alike, any split is one answer."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import klantreis
from klantreis.analyses import drift, fit, kpis
from klantreis.analyses.drift.cut import first_stretch, looked
from klantreis.analyses.drift.kinds import mixes
from klantreis.analyses.drift.routes import routes, table_of
from klantreis.analyses.drift.walk import walk
from klantreis.analyses.fold import fold
from klantreis.errors import OptionError
from klantreis.journeys.model import ENDED, OPEN, TIMED_OUT
from klantreis.labels import plain
from klantreis.map.measures import Kpi
from klantreis.map.path_text import parse
from klantreis.stats.calendar import calendar
from klantreis.stats.intervals import Estimate
from klantreis.testing import SECOND, Touch, Trip, journeys_of, split

DAY = 86_400
WEEK = 7 * DAY
MONDAY = 4 * DAY  # 1970-01-05


def shop(chance, share, weeks, people=6_000, online=0.5):
    """Journeys of `weeks` weeks; share(week) of them buy, online(week) begin on the web."""
    listed = []
    for who in range(people):
        at = MONDAY + chance.uniform(0, weeks * WEEK)
        week = int((at - MONDAY) // WEEK)
        web = online(week) if callable(online) else online
        touches = [Touch("look", at, channel="web" if chance.random() < web else "shop")]
        if chance.random() < 0.5:
            touches.append(Touch("filter", at + 10))
        if chance.random() < share(week):
            touches.append(Touch("buy", at + 100))
        listed.append(Trip(f"p{who}", tuple(touches)))
    return listed


def told(listed, weeks, **more):
    journeys = journeys_of(listed, last=MONDAY + weeks * WEEK + 2 * DAY)
    return klantreis.drift(journeys, goal="buy", within="1d", **more)


def test_a_fall_in_the_newest_week_raises_the_alarm():
    found = told(shop(np.random.default_rng(1), lambda week: 0.4 if week < 13 else 0.25, 14), 14, path="look, buy")
    assert len(found.periods) == 14
    assert {one.id for one in found.alarms} >= {"converts"}
    (converts,) = [one for one in found.series if one.id == "converts"]
    assert converts.difference.high < 0
    assert converts.values[-1].value < converts.control.low


def test_a_lasting_change_is_told_with_its_week():
    found = told(shop(np.random.default_rng(2), lambda week: 0.4 if week < 12 else 0.55, 20), 20)
    (converts,) = found.series
    assert [found.periods[one.at] for one in converts.changes] == ["1970-03-30"]
    assert converts.changes[0].gap.low < 0.15 < converts.changes[0].gap.high


def test_a_new_channel_is_drift_of_the_mix_and_of_nothing_else():
    listed = shop(np.random.default_rng(3), lambda _: 0.4, 14, online=lambda week: 0.5 if week < 13 else 0.8)
    found = told(listed, 14)
    assert [one.id for one in found.alarms] == ["channels"]
    (channels,) = [one for one in found.mixes if one.id == "channels"]
    assert channels.distance.low > 0.1
    assert {channels.moved[0].kind, channels.moved[1].kind} == {("web",), ("shop",)}


def test_quiet_shops_raise_an_alarm_in_at_most_five_of_a_hundred_periods():
    chance, loud = np.random.default_rng(4), 0
    for _ in range(60):
        rate = np.clip(chance.normal(0.4, 0.02, 10), 0, 1)  # weeks differ a little, as weeks do
        loud += bool(
            told(shop(chance, lambda week, rate=rate: rate[week], 10, people=1_500), 10, path="look, buy").alarms
        )
    assert loud <= 6  # P(more than 6 of 60 at 5 %) = 3 %


def test_a_journey_is_looked_at_for_the_same_stretch_whenever_it_began():
    old = Trip("a", (Touch("look", MONDAY), Touch("buy", MONDAY + 3 * DAY)), ENDED)
    edge = Trip("b", (Touch("look", MONDAY), Touch("buy", MONDAY + DAY)), ENDED)
    waits = Trip("c", (Touch("look", MONDAY),), OPEN)
    bucket = journeys_of([old, edge, waits]).buckets[0]
    weeks = calendar("week", "UTC", int(bucket.at.min()), int(bucket.at.max()))
    bucket = first_stretch(bucket, looked(bucket, DAY * SECOND, weeks)[1])
    assert np.diff(bucket.start).tolist() == [1, 2, 1]
    assert bucket.state.tolist() == [TIMED_OUT, ENDED, TIMED_OUT]


def test_only_whole_periods_whose_journeys_had_their_time_are_told():
    listed = [Trip(f"p{day}", (Touch("look", day * DAY),)) for day in range(2, 30)]
    found = klantreis.drift(journeys_of(listed, last=30 * DAY), goal="look", within="7d")
    # Day 2 is a Saturday and the data end on Saturday 31 January: two weeks are whole and had their 7 days.
    assert found.periods == ("1970-01-05", "1970-01-12")
    assert found.journeys == (7, 7)
    assert found.waiting == 3


def test_a_way_is_told_apart_by_the_order_of_its_touchpoints():
    ways = ["ab", "ba", "aab", "ab", ""]
    listed = [
        Trip(f"p{n}", (Touch(None, 0, event="x"), *(Touch(name, 1 + k) for k, name in enumerate(way))))
        for n, way in enumerate(ways)
    ]
    bucket = journeys_of(listed, touchpoints="ab").buckets[0]
    walked = walk(bucket, np.arange(5) // 4, np.diff(bucket.start))
    kinds, rows = table_of(routes(walked), (1, 0), "ab", 20)
    assert kinds == [("a", "b"), (), ("a", "a", "b"), ("b", "a")]
    assert rows == [[0, 1, 0, 0], [2, 0, 1, 1]]
    told = mixes(walked)
    assert told["touchpoints"].told([("a",), ("b",)]) == {0: {("a",): 4, ("b",): 4}}
    assert told["channels"].told([()]) == {0: {(): 4}, 1: {(): 1}}


ways_of_people = st.lists(st.tuples(st.integers(0, 2), st.text("cab", max_size=5) | st.just("a" * 41)), max_size=40)


def counted(told):
    """Returns the ways of people, each given as (period, way)."""
    listed = [
        Trip(f"p{n}", (Touch(None, 0, event="x"), *(Touch(name, 1 + k) for k, name in enumerate(way))))
        for n, (_, way) in enumerate(told)
    ]
    bucket = journeys_of(listed, touchpoints="bca").buckets[0]
    return routes(walk(bucket, np.array([period for period, _ in told], np.int64), np.diff(bucket.start)))


@settings(max_examples=60, deadline=None)
@given(ways_of_people, ways_of_people, ways_of_people, st.integers(1, 4))
def test_ways_are_counted_as_a_plain_counter_would_and_exchanged_the_same(rest, was, now, most):
    found = (counted(rest) + counted(was)).exchanged(counted(was), counted(now))
    plain_ = [
        Counter(("…",) if len(way) > 40 else tuple(way) for at, way in rest + now if at == period) for period in (0, 2)
    ]
    total = plain_[0] + plain_[1]
    first = sorted(total, key=lambda kind: (-total[kind], kind))[:most]
    rows = [[float(one[kind]) for kind in first] for one in plain_]
    if len(total) > most:
        first, rows = [*first, None], [[*row, one.total() - sum(row)] for row, one in zip(rows, plain_, strict=True)]
    assert table_of(found, (0, 2), "bca", most) == (first, rows)


def test_nothing_at_all_says_so():
    found = fold(drift, journeys_of([]), drift.Options())
    assert found.why.text("en") == "Too few whole periods to compare (0; need 2)."
    assert found.rows() == []
    assert klantreis.picture(found, language="nl")


def test_an_unknown_period_names_the_nearest():
    with pytest.raises(OptionError, match="'weeks' is not a period") as found:
        klantreis.drift(journeys_of([]), per="weeks")
    assert "week" in str(found.value)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.text("abc", max_size=4)), min_size=1, max_size=30), st.integers(1, 5))
def test_any_split_into_buckets_is_one_answer(rows, buckets):
    listed = [
        Trip(f"p{n}", (Touch("a", day * DAY), *(Touch(name, day * DAY + 60 * k) for k, name in enumerate(way, 1))))
        for n, (day, way) in enumerate(rows)
    ]
    journeys = journeys_of(listed, touchpoints="abc", last=60 * DAY)
    asked = drift.Options(
        within=DAY * SECOND,
        fits=(fit.Options(path=parse("a, b")),),
        kpis=kpis.Options((Kpi("k", plain("k"), "conversion", end="c"),)),
    )
    whole = fold(drift, journeys, asked)
    assert fold(drift, split(journeys, listed, buckets), asked).to_dict() == whole.to_dict()


def test_a_series_of_which_nothing_may_be_shared_is_no_chart():
    listed = [Trip(f"p{n}", (Touch("look", (4 + n) * DAY),)) for n in range(60)]
    found = klantreis.drift(journeys_of(listed, last=70 * DAY), goal="look", within="1d")
    hidden = replace(found.series[0], values=tuple(Estimate(None, 0) for _ in found.periods), control=None)
    drawn = klantreis.picture(replace(found, series=(hidden,), mixes=()), language="en").svg()
    assert "There is nothing to follow." in drawn
