"""Retention equals ClickHouse, pandas and DuckDB on real logs (shared/oracles/retention)."""

import json
from itertools import pairwise

import numpy as np
import pandas
import pytest

from klantreis.analyses import retention
from klantreis.analyses.fold import fold
from klantreis.testing import SECOND, Touch, Trip, journeys_of


@pytest.fixture
def ecom(log, place):
    return place(log("ecom"), buckets=3)


def micros(day):
    return int(np.datetime64(day, "us").astype(np.int64))


def day(text):
    return retention.Condition(since=micros(text), until=micros(text) + 86_400 * SECOND)


def test_n_day_retention_of_the_shop_equals_clickhouse_and_pandas(shared, ecom):
    told = json.loads((shared / "oracles/retention/ecom_retention.json").read_text())["n_day_retention_users"]
    seen = fold(retention, ecom, retention.Options(by="calendar", intervals=91))
    assert {k: seen.overall.cells[int(k)].people for k in told} == told


def test_six_months_of_the_shop_equal_the_retention_function_of_clickhouse(shared, ecom):
    told = json.loads((shared / "oracles/retention/ecom_retention.json").read_text())
    months = [micros(f"2024-0{month}-01") for month in range(1, 8)]
    conditions = tuple(retention.Condition(since=since, until=until) for since, until in pairwise(months))
    seen = fold(retention, ecom, retention.Options(conditions=conditions))
    assert [one.people for one in seen.conditions] == told["clickhouse_retention_function_jan_to_jun"]


def test_the_example_of_clickhouse_retention_gives_5_5_5():
    # clickhouse.com/docs, `retention`: 5 users on day one, 10 on day two, 15 on day three.
    made = [
        Trip(
            str(user), tuple(Touch("visit", micros(f"2020-01-0{day}") // SECOND) for day in (1, 2, 3) if user < 5 * day)
        )
        for user in range(15)
    ]
    conditions = (day("2020-01-01"), day("2020-01-02"), day("2020-01-03"))
    seen = fold(retention, journeys_of(made, buckets=2), retention.Options(conditions=conditions))
    assert [one.people for one in seen.conditions] == [5, 5, 5]


def test_conditions_in_another_order_are_of_those_who_met_the_first():
    made = [
        Trip(
            str(user), tuple(Touch("visit", micros(f"2020-01-0{day}") // SECOND) for day in (1, 2, 3) if user < 5 * day)
        )
        for user in range(15)
    ]
    conditions = (day("2020-01-03"), day("2020-01-02"), day("2020-01-01"), day("2020-01-09"))
    seen = fold(retention, journeys_of(made), retention.Options(conditions=conditions))
    assert [one.people for one in seen.conditions] == [15, 10, 5, 0]
    assert seen.conditions[2].share.value == pytest.approx(1 / 3)


def test_weekly_cohorts_of_the_shop_equal_clickhouse_and_pandas(shared, ecom):
    told = pandas.read_csv(shared / "oracles/retention/ecom_weekly_cohorts_users.csv").set_index("c")
    seen = fold(retention, ecom, retention.Options(by="calendar", unit="week", intervals=26))
    assert [row.cohort for row in seen.cohorts] == list(told.index)
    for row in seen.cohorts:
        # What has not begun is 0 in their table, and nothing in ours.
        assert [cell.people or 0 for cell in row.cells] == told.loc[row.cohort].tolist()
        assert all(cell.people is not None or told.loc[row.cohort].iloc[cell.since] == 0 for cell in row.cells)


def test_monthly_cohorts_of_an_online_shop_equal_duckdb_and_pandas(shared, place):
    told = pandas.read_csv(shared / "oracles/retention/online_retail_cohort_month_counts.csv").set_index("cohort")
    rows = pandas.read_parquet(shared / "data/online_retail_ii_2009_2010/online_retail_2009_2010.parquet")
    rows = rows[
        rows["Customer ID"].notna()
        & ~rows["Invoice"].astype(str).str.startswith("C")
        & (rows["Quantity"] > 0)
        & (rows["Price"] > 0)
    ]
    frame = rows.drop_duplicates(["Customer ID", "Invoice", "InvoiceDate"]).assign(event="order")
    frame = frame.assign(person=frame["Customer ID"], case=frame["Customer ID"])
    frame["at"] = pandas.to_datetime(frame["InvoiceDate"]).astype("datetime64[us]").astype("int64")
    options = retention.Options(by="calendar", unit="month", cohorts="month")
    seen = fold(retention, place(frame[["person", "case", "at", "event"]], buckets=2), options)
    assert [row.cohort for row in seen.cohorts] == list(told.index)
    for row in seen.cohorts:
        assert [cell.people or 0 for cell in row.cells] == told.loc[row.cohort].tolist()
    # December 2010 goes on after the last event: counted so far, and in no share.
    assert (seen.cohorts[0].cells[12].people, seen.cohorts[0].cells[12].share.value) == (237, None)
