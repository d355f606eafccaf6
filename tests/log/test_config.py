import pytest

from klantreis.documents import Record, read_document_text, schema_of
from klantreis.errors import DocumentError
from klantreis.log.config import SOURCES
from klantreis.log.model import Lookup, Roles, WideEvent

ROOT = Record("workspace", lambda reader: reader.get("sources", SOURCES, ()))


def read(text: str):
    return read_document_text(f"sources:\n{text}", ROOT)


def test_every_key_of_a_source_is_read() -> None:
    (web,) = read("""
  web: {path: data/web.csv, person: visitor_id, at: ts, event: event, id: event_id, channel: medium, session: s,
        value: amount, score: score, detail: query, delimiter: ";", encoding: cp1252, decimal: ",", header: false,
        columns: [a, b], dates: ["%d-%m-%Y %H:%M"], time_zone: Europe/Amsterdam, properties: [a],
        rename: {customer_orders: customer.orders}, duplicates: keep, format: csv}
""")
    assert web.roles == Roles("visitor_id", "ts", "event", "event_id", "medium", "s", "amount", "score", "query")
    assert (web.name, web.path, web.delimiter, web.encoding, web.decimal) == ("web", "data/web.csv", ";", "cp1252", ",")
    assert (web.header, web.columns, web.dates) == (False, ("a", "b"), ("%d-%m-%Y %H:%M",))
    assert (web.time_zone, web.properties, web.duplicates, web.format) == ("Europe/Amsterdam", ("a",), "keep", "csv")
    assert web.rename == (("customer_orders", "customer.orders"),)


def test_sources_keep_the_order_of_the_file_and_a_wide_one_its_events() -> None:
    orders, reviews, log = read("""
  orders: {path: o.csv.gz, person: customer_unique_id, events: {purchase: bought, delivered: got},
           lookups: {customers: {path: c.csv.gz, on: customer_id, key: id}}}
  reviews: {path: r.tsv, delimiter: tab, person: who, at: when, event: {always: review}}
  log: {path: log.xes.gz}
""")
    assert [source.order for source in (orders, reviews, log)] == [0, 1, 2]
    assert orders.events == (WideEvent("purchase", "bought"), WideEvent("delivered", "got"))
    assert orders.lookups == (Lookup("c.csv.gz", "customer_id", "id"),)
    assert (reviews.event, reviews.roles.event, reviews.delimiter) == ("review", None, "\t")
    assert log.roles == Roles(person="")
    assert orders.properties is None
    assert orders.time_zone == ""


def test_all_mistakes_come_at_once_each_with_its_line_and_the_nearest_word() -> None:
    with pytest.raises(DocumentError) as refused:
        read("""
  web: {path: a.csv, persn: who, at: ts, event: e}
  shop:
    path: b.csv
    person: who
    delimiter: ";;"
    encoding: cp125
    decimal: "!"
    time_zone: Europe/Amsterdm
    duplicates: never
  wide: {path: c.csv, person: who, at: ts, events: {a: b}}
""")
    said = [(found.place.line, found.title.en) for found in refused.value.findings]
    assert [line for line, _ in said] == sorted(line for line, _ in said)
    titles = " | ".join(title for _, title in said)
    for word in ("persn", "`person`", ";;", "cp125", "'!'", "Amsterdm", "never", "`at`", "`event`", "`events` stands"):
        assert word in titles, word
    advice = " ".join(found.advice.en or "" for found in refused.value.findings)
    assert "'person'" in advice
    assert "cp1252" in advice
    assert "Europe/Amsterdam" in advice


def test_no_sources_are_no_mistake_here() -> None:
    assert (
        read_document_text("name: x", Record("w", lambda r: (r.text("name"), r.get("sources", SOURCES, ()))[1])) == ()
    )


def test_the_schema_knows_every_key() -> None:
    found = schema_of(ROOT, "workspace")["$defs"]["source"]["properties"]
    assert {"path", "person", "at", "event", "events", "lookups", "rename", "dates", "time_zone"} <= set(found)
