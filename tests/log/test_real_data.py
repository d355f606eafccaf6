"""Real files, read as they are. Expected numbers: the README beside each file and `oracles/`, made by other tools."""

import json
from pathlib import Path

from klantreis.log.model import Lookup, Roles, WideEvent

OLIST = "data/olist_sample_3k"


def total(desk, rows, cells: str):
    return desk.select(rows, cells, "WHERE reason IS NULL")[0]


def test_receipt_has_the_events_and_cases_that_pm4py_counts(desk, shared: Path) -> None:
    rows = desk.checked(shared / "data/receipt/receipt.xes.gz", Roles(person=""))
    assert total(desk, rows, "count(*), count(DISTINCT person), count(DISTINCT event)") == (8577, 1434, 27)


def test_running_example_is_the_same_log_as_csv_and_as_xes(desk, shared: Path) -> None:
    folder = shared / "data/running_example"
    cells = 'person, "at", event'
    text = desk.checked(folder / "running_example.csv", Roles("case_id", "timestamp", "activity"))
    log = desk.checked(folder / "running_example.xes", Roles(person=""))
    tail = 'ORDER BY person, "at", event'
    assert desk.select(text, cells, tail) == desk.select(log, cells, tail)
    assert len(desk.select(log, cells)) == 42
    broken = desk.checked(
        folder / "running_example_broken.csv", Roles("case:concept:name", "time:timestamp", "concept:name")
    )
    assert total(desk, broken, "count(*)") == (34,)


def test_bpi2013_is_read_whole(desk, shared: Path) -> None:
    rows = desk.checked(shared / "data/bpi2013_closed_problems/bpic2013_closed.xes.gz", Roles(person=""))
    assert total(desk, rows, "count(*), count(DISTINCT person)") == (6660, 1487)


def test_uwv_complaints_are_read_as_cp1252(desk, shared: Path) -> None:
    expected = json.loads((shared / "oracles/satisfaction/bpi2016_complaints.json").read_text())
    rows = desk.checked(
        shared / "data/bpi2016_uwv_complaints/BPI2016_Complaints.csv",
        Roles("CustomerID", "ContactDate", "ComplaintTheme"),
        encoding="cp1252",
    )
    assert desk.counts(rows) == {None: 289}
    themes = dict(desk.select(rows, "event, count(*)", "GROUP BY event"))
    assert themes == expected["by_theme_nl"]
    topics = dict(desk.select(rows, '"p.ContactChannelID", count(*)', "GROUP BY 1"))
    assert topics == expected["by_channel"]


def test_olist_orders_become_events_of_the_persons_behind_them(desk, shared: Path) -> None:
    columns = {
        "purchase": "order_purchase_timestamp",
        "approved": "order_approved_at",
        "carrier": "order_delivered_carrier_date",
        "delivered": "order_delivered_customer_date",
    }
    rows = desk.checked(
        shared / OLIST / "olist_orders_dataset.csv.gz",
        Roles("customer_unique_id"),
        events=tuple(WideEvent(name, column) for name, column in columns.items()),
        lookups=(Lookup(str(shared / OLIST / "olist_customers_dataset.csv.gz"), "customer_id"),),
    )
    assert rows.findings == ()
    counted = dict(desk.select(rows, "event, count(*)", "WHERE reason IS NULL GROUP BY event"))
    assert counted["purchase"] == 3000
    assert counted == _by_python(shared / OLIST / "olist_orders_dataset.csv.gz", columns)
    assert "p.order_status" in {f"p.{name}" for name in rows.properties}


def _by_python(file: Path, columns: dict[str, str]) -> dict[str, int]:
    import csv
    import gzip

    with gzip.open(file, "rt", newline="", encoding="utf-8") as opened:
        rows = list(csv.DictReader(opened))
    return {name: sum(bool(row[column]) for row in rows) for name, column in columns.items()}


def test_olist_comments_over_several_lines_are_one_review(desk, shared: Path) -> None:
    rows = desk.checked(
        shared / OLIST / "olist_order_reviews_dataset.csv.gz",
        Roles("order_id", "review_creation_date", score="review_score", detail="review_comment_message"),
        event="review",
    )
    count = _by_python(shared / OLIST / "olist_order_reviews_dataset.csv.gz", {"review": "review_id"})["review"]
    assert desk.counts(rows) == {None: count}
    assert total(desk, rows, "min(score)::INTEGER, max(score)::INTEGER") == (1, 5)
    assert desk.select(rows, "count(*)", "WHERE contains(detail, chr(10))")[0][0] > 0


def test_leads_without_a_head_are_read(desk, shared: Path) -> None:
    rows = desk.checked(
        shared / "data/olist_leads_funnel/marketing_qualified_leads_noheader.csv.gz",
        Roles("mql_id", "first_contact_date", channel="origin"),
        header=False,
        columns=("mql_id", "first_contact_date", "landing_page_id", "origin"),
        event="lead",
    )
    assert total(desk, rows, "count(*), count(DISTINCT person)") == (8000, 8000)


def test_ecom_has_the_events_and_people_of_its_readme(desk, shared: Path) -> None:
    rows = desk.checked(
        shared / "data/ecom_clickstream/ecom.csv.gz",
        Roles("user_id", "timestamp", "event", session="session_id", channel="platform"),
    )
    assert total(desk, rows, "count(*), count(DISTINCT person)") == (31_106, 600)
    assert rows.properties == ("platform", "acquisition_channel", "user_cohort", "user_lifecycle")


def test_customers_that_parquet_holds_as_floats_are_whole_numbers(desk, shared: Path) -> None:
    rows = desk.checked(
        shared / "data/online_retail_ii_2009_2010/online_retail_2009_2010.parquet",
        Roles("Customer ID", "InvoiceDate", value="Price"),
        event="line",
    )
    assert desk.counts(rows) == {None: 417_534, "no_person": 107_927}
    assert desk.select(rows, "count(*)", "WHERE contains(person, '.')") == [(0,)]


def test_shop_events_with_zones_are_read(desk, shared: Path) -> None:
    folder = shared / "data/importer_samples/rees46"
    for name in ("2019-Oct_head.csv", "duplicate_events.csv"):
        rows = desk.checked(folder / name, Roles("user_id", "event_time", "event_type", value="price"))
        assert set(desk.counts(rows)) == {None}
    assert desk.select(rows, 'person, "at"')[0] == ("1515915625519429853", 1_600_955_467_000_000)


def test_analytics_events_in_microseconds_are_read_and_told(desk, shared: Path) -> None:
    rows = desk.checked(
        shared / "data/importer_samples/ga4/ga4_bigquery_items_sample.csv.gz",
        Roles("user_pseudo_id", "event_timestamp"),
        event="item",
    )
    assert desk.select(rows, '"at"')[0] == (1_605_937_059_520_352,)
    assert "microseconds" in rows.findings[0].title.en
