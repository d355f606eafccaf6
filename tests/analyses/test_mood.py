"""Mood: periods by the clock of the zone, one line per question, and a slope with its chance."""

import csv
import gzip
import json
from datetime import datetime
from functools import reduce
from pathlib import Path
from zoneinfo import ZoneInfo

import jsonschema
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import klantreis
from klantreis.analyses import mood
from klantreis.analyses.fold import fold
from klantreis.errors import OptionError
from klantreis.journeys.questions import Question
from klantreis.stats.scores import slope
from klantreis.testing import Touch, Trip, journeys_of, split

SCHEMA = json.loads((Path(klantreis.__file__).parent / "schemas/mood.schema.json").read_text("utf-8"))
DAY = 86_400


def moment(text, zone="UTC"):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp()


def answered(*rows, survey="csat"):
    return [Trip(str(n), (Touch("paid", at, score=score, survey=survey),)) for n, (at, score) in enumerate(rows)]


def line(trips, *questions, **more):
    return fold(mood, journeys_of(trips), mood.Options(questions or (Question("csat", n_min=1),), **more))


def told(result):
    return {point.period: (point.raw.value, point.raw.n) for one in result.series for point in one.points}


def test_an_answer_counts_in_the_month_of_the_clock_where_it_was_given():
    late = answered(
        (moment("2026-03-31T23:30", "Europe/Amsterdam"), 4), (moment("2026-04-01T00:10", "Europe/Amsterdam"), 2)
    )
    assert told(line(late, time_zone="Europe/Amsterdam")) == {"2026-03": (4, 1), "2026-04": (2, 1)}
    assert told(line(late)) == {"2026-03": (3, 2)}


def test_weeks_begin_on_monday_and_one_without_answers_has_no_value():
    found = line(answered((moment("2026-11-01T12:00"), 5), (moment("2026-11-09T00:00"), 1)), unit="week")
    assert told(found) == {"2026-10-26": (5, 1), "2026-11-02": (None, 0), "2026-11-09": (1, 1)}
    assert found.series[0].points[1].enough is False


def test_questions_have_lines_of_their_own_and_recommendation_is_nps():
    recommending = tuple(Touch("paid", at, score=score, survey="nps") for at, score in enumerate((10, 9, 3, 8)))
    trips = [*answered((0, 5), (0, 9)), Trip("n", recommending)]
    found = line(trips, Question("nps", 0, 10, kind="NPS"), Question("csat", n_min=1), Question("empty"))
    recommend, satisfied = found.series
    assert (recommend.points[0].nps.value, recommend.points[0].enough) == (0.25, False)
    assert (satisfied.points[0].raw.n, satisfied.points[0].feel.value, satisfied.points[0].nps) == (1, 2, None)


def test_a_turned_scale_turns_the_line():
    found = line(
        answered(*((n * 31 * DAY, 1 + n) for n in range(4) for _ in range(3))), Question("csat", reverse=True, n_min=3)
    )
    assert found.series[0].points[0].feel.value == 2
    assert found.series[0].trend.value is None  # no spread within a month: chance cannot be told


def test_the_trend_is_that_of_weighted_least_squares_over_the_latest_unbroken_run():
    rng = np.random.default_rng(7)
    months = {month: rng.integers(1, 6, size) for month, size in enumerate([40, 3, 50, 40, 60, 45])}
    rows = [(moment(f"2026-{month + 1:02d}-15"), int(s)) for month, scores in months.items() for s in scores]
    one = line(answered(*rows), Question("csat", n_min=30)).series[0]
    x, n = np.arange(4), np.array([50, 40, 60, 45])
    y = np.array([months[month].mean() for month in (2, 3, 4, 5)])
    assert one.run == 4
    assert one.trend.value == pytest.approx(np.polyfit(x, y, 1, w=np.sqrt(n))[0])
    assert one.trend.low < one.trend.value < one.trend.high


def test_a_flat_line_is_called_falling_or_rising_one_time_in_twenty_at_most():
    rng, wrong = np.random.default_rng(11), 0
    for _ in range(1000):
        n = rng.integers(30, 120, 7)
        means = [(place, float(rng.normal(0, 1, size).mean()), int(size)) for place, size in enumerate(n)]
        found = slope(means, 1.0)
        wrong += not found.low <= 0 <= found.high
    assert wrong <= 65  # 5 % of 1,000, with room for chance
    assert slope([(0, 1.0, 3), (1, 2.0, 3)], 1.0).value is None


def test_nothing_answered_is_no_line_and_off_the_scale_is_no_answer():
    assert line(answered((0, 7))).series == ()
    assert line(answered((0, 7))).silent
    assert line([]).rows() == []


def test_a_zone_that_is_none_is_refused_with_the_nearest():
    with pytest.raises(OptionError, match="not a time zone"):
        line(answered((0, 3)), time_zone="Europe/Amsterdan")


logs = st.lists(
    st.tuples(
        st.sampled_from("klmn"),
        st.integers(0, 200 * DAY),
        st.sampled_from([None, 0, 1, 4.5, 5, 9]),
        st.sampled_from(["csat", "nps"]),
    ),
    max_size=25,
)
QUESTIONS = mood.Options(
    (Question("csat", n_min=2), Question("nps", 0, 10, kind="NPS", n_min=1)), "week", "Europe/Amsterdam"
)


@settings(max_examples=50, deadline=None)
@given(logs, st.integers(1, 4), st.randoms(use_true_random=False))
def test_any_split_and_any_merge_order_give_the_same_result(rows, buckets, random):
    log = [Trip(who, (Touch("paid", at, score=score, survey=survey),)) for who, at, score, survey in rows]
    whole = journeys_of(log)
    parts = [mood.measure(bucket, QUESTIONS) for bucket in split(whole, log, buckets).buckets]
    random.shuffle(parts)
    assert mood.finish(reduce(mood.merge, parts), QUESTIONS, whole.about) == fold(mood, whole, QUESTIONS)
    jsonschema.validate(fold(mood, whole, QUESTIONS).to_dict(), SCHEMA)


def test_olist_reviews_by_month_of_purchase_equal_pandas(shared):
    told_ = json.loads((shared / "oracles/satisfaction/olist_3k_durations_csat.json").read_text())["csat"]
    with gzip.open(shared / "data/olist_sample_3k/olist_orders_dataset.csv.gz", "rt", encoding="utf-8") as file:
        bought = {row["order_id"]: moment(row["order_purchase_timestamp"]) for row in csv.DictReader(file)}
    with gzip.open(shared / "data/olist_sample_3k/olist_order_reviews_dataset.csv.gz", "rt", encoding="utf-8") as file:
        rows = [(bought[row["order_id"]], int(row["review_score"])) for row in csv.DictReader(file)]
    found = line(answered(*rows), Question("csat")).series[0]
    for point in found.points:
        month = told_["by_purchase_month"].get(point.period)
        assert point.raw.n == (month["n"] if month else 0), point.period
        if month:
            assert point.raw.value == pytest.approx(month["mean"], abs=1e-6)
