"""The lifecycle by hand and beside other programs: repeat rate, waits, and who is gone."""

import json

import numpy as np
import pandas
import pytest
from scipy import special, stats

from klantreis.analyses import lifecycle
from klantreis.analyses.fold import fold
from klantreis.errors import OptionError
from klantreis.testing import SECOND, journeys_of, trips

DAY = 86_400


def asked(log, last=None, **options):
    return fold(lifecycle, journeys_of(trips(log), last=last), lifecycle.Options(**options))


def test_somebody_is_new_once_then_returning_dormant_and_resurrected():
    found = asked({"u": [("a", 0), ("a", 1 * DAY), ("a", 4 * DAY)]}, last=5 * DAY, unit="day")
    told = [(one.new, one.returning, one.resurrected, one.dormant) for one in found.intervals]
    assert told == [(1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 0, -1), (0, 0, 0, 0), (0, 0, 1, 0), (0, 0, 0, None)]
    assert [one.active for one in found.intervals] == [1, 1, 0, 0, 1, 0]
    assert [one.complete for one in found.intervals] == [True] * 5 + [False]


def test_the_repeat_rate_of_an_online_shop_equals_pandas(shared, place):
    told = json.loads((shared / "oracles/rfm/online_retail_summary.json").read_text())
    rows = pandas.read_parquet(shared / "data/online_retail_ii_2009_2010/online_retail_2009_2010.parquet")
    sold = ~rows["Invoice"].astype(str).str.startswith("C") & (rows["Quantity"] > 0) & (rows["Price"] > 0)
    frame = rows[sold & rows["Customer ID"].notna()].drop_duplicates("Invoice").assign(event="order")
    frame = frame.assign(person=frame["Customer ID"], case=frame["Customer ID"])
    frame["at"] = pandas.to_datetime(frame["InvoiceDate"]).astype("datetime64[us]").astype("int64")
    found = fold(lifecycle, place(frame[["person", "case", "at", "event"]], buckets=2), lifecycle.Options(unit="month"))
    assert (found.people, found.people - found.again) == (told["clean"]["customers"], told["one_time_buyers"])
    assert found.repeat_rate.value == pytest.approx(told["repeat_rate"], abs=1e-12)
    waited = frame.sort_values("at", kind="stable").groupby("person")["at"].agg(lambda own: list(own)[:2])
    end = int(frame["at"].max())
    days = np.array([([*own, end][1] - own[0]) // (DAY * SECOND) for own in waited])
    again = np.array([len(own) == 2 for own in waited])
    curve = stats.ecdf(stats.CensoredData(days[again], right=days[~again])).cdf  # scipy's Kaplan-Meier
    for point in found.again_within:
        assert point.share.value == pytest.approx(float(curve.evaluate(point.days - 1)), abs=1e-9)
    assert len(found.again_within) > 6


def test_who_is_gone_equals_the_kaplan_meier_of_scipy():
    rng = np.random.default_rng(2)
    log = {str(who): [("a", float(first)), ("a", float(first + stay))] for who, (first, stay) in
           enumerate(zip(rng.integers(0, 235, 300) * DAY, rng.exponential(60 * DAY, 300), strict=True))}  # fmt: skip
    log = {who: [(name, at) for name, at in rows if at < 240 * DAY] for who, rows in log.items()}
    found = asked(log, last=240 * DAY, silence=30 * DAY * SECOND)
    first = np.array([rows[0][1] for rows in log.values()])
    last = np.array([rows[-1][1] for rows in log.values()])
    gone, until = last <= 210 * DAY, first <= 210 * DAY
    stayed = (last - first) // DAY
    followed = (210 * DAY - first) // DAY
    told = stats.ecdf(stats.CensoredData(stayed[gone], right=followed[~gone & until])).cdf
    assert found.gone == int(gone.sum())
    assert len(found.gone_within) > 6
    for point in found.gone_within:
        assert point.share.value == pytest.approx(float(told.evaluate(point.days - 1)), abs=1e-9)


def test_curves_are_told_only_as_far_as_somebody_was_followed():
    found = asked({"u": [("a", 0), ("a", 2 * DAY)], "v": [("a", 0)]}, last=20 * DAY)
    assert [point.days for point in found.again_within] == [1, 7, 14]
    assert [point.share.value for point in found.again_within] == [0, 0.5, 0.5]


def test_stickiness_waits_for_a_whole_stretch_and_leaves_out_the_day_that_is_not_over():
    log = {"u": [("a", day * DAY) for day in range(9)], "v": [("a", 3 * DAY)]}
    found = asked(log, last=8.5 * DAY, unit="day")
    assert [day.week_active for day in found.days] == [None] * 6 + [2, 2, None]
    assert (found.stickiness.day_of_week.value, found.stickiness.day_of_week.n) == (2 / 4, 2)
    assert found.stickiness.day_of_month.value is None


def test_stickiness_has_an_interval_that_holds_what_it_would_be_of_others_like_them():
    held, runs = np.zeros(2), 40
    for seed in range(runs):
        chance = np.random.default_rng(seed)
        often = chance.beta(1, 6, 200)
        active = chance.random((200, 120)) < often[:, None]
        log = {f"u{n}": [("a", float(day * DAY)) for day in np.flatnonzero(row)] for n, row in enumerate(active)}
        found = asked({who: rows for who, rows in log.items() if rows}, last=119.5 * DAY).stickiness
        assert found.day_of_week.n == 113
        # Of Beta(1, 6): E p, E (1 - (1 - p)^7), and the share of weeks with one active day among those with any.
        truths = (1 / 7) / (1 - 6 / 13), 7 * beta_of(2, 12) / beta_of(1, 6) / (1 - 6 / 13)
        for place, (told, truth) in enumerate(zip((found.day_of_week, found.spread[0]), truths, strict=True)):
            held[place] += told.low <= truth <= told.high
            assert 0.02 < told.high - told.low < 0.12
    assert held.min() >= stats.binom.ppf(1e-3, runs, 0.95), "many days of the same people are no other people"


def beta_of(a, b):
    return float(special.beta(a, b))


def test_stickiness_of_a_few_people_has_no_interval():
    few = asked({f"u{n}": [("a", day * DAY) for day in range(15)] for n in range(29)}, last=15.5 * DAY, unit="day")
    assert (few.stickiness.day_of_week.n, few.stickiness.day_of_week.low) == (9, None)


def test_how_many_days_of_a_week_people_are_active():
    # Thursday 1970-01-01; the week of Monday the fifth is over, the next is not.
    log = {"u": [("a", 4 * DAY), ("a", 4 * DAY + 9), ("a", 6 * DAY)], "v": [("a", 5 * DAY)], "w": [("a", 11 * DAY)]}
    found = asked(log, last=12 * DAY)
    assert [one.value for one in found.stickiness.spread] == [0.5, 0.5, 0, 0, 0, 0, 0]
    assert [one.active_days for one in found.intervals] == [1.5, 1.0]


def test_days_and_weeks_follow_the_zone():
    # Sunday 23:30 in London is Monday half past midnight in Amsterdam.
    log = {"u": [("a", 4 * DAY - 1800), ("a", 5 * DAY)]}
    assert [one.interval for one in asked(log, time_zone="Europe/Amsterdam").intervals] == ["1970-01-05"]
    assert [one.interval for one in asked(log).intervals] == ["1969-12-29", "1970-01-05"]


def test_nobody_active_gives_no_intervals():
    for log in ({}, {"u": [("x", 5)]}):
        found = asked(log, events=("a",), silence=DAY * SECOND)
        assert (found.people, found.again, found.gone, found.intervals, found.days) == (0, 0, 0, (), ())
        assert (found.repeat_rate.value, found.again_within, found.unknown) == (None, (), ("a",))


@pytest.mark.parametrize(
    ("options", "word"),
    [({"unit": "weeks"}, "'week'"), ({"time_zone": "Amsterdam"}, "Europe/Amsterdam"), ({"silence": 0}, "90d"),
     ({"end": -(10**18)}, "2026-11-22")],
)  # fmt: skip
def test_options_that_cannot_be_are_refused_with_what_to_write(options, word):
    with pytest.raises(OptionError) as caught:
        asked({"u": [("a", 0)]}, **options)
    assert word in caught.value.mend


@pytest.mark.parametrize("years", [0, -40])
def test_before_1970_somebody_who_came_once_did_not_come_again(years):
    begun = years * 365 * 86_400
    found = asked({"a": [("x", begun)], "b": [("x", begun), ("x", begun + 5 * 86_400)]}).to_dict()
    assert (found["repeat_rate"]["value"], found["repeat_rate"]["n"]) == (0.5, 2)
