import pytest

from klantreis.documents import Record, read_document_text, schema_of
from klantreis.errors import DocumentError
from klantreis.findings import finding_dict
from klantreis.log.config import SOURCES
from klantreis.log.model import Database, Lookup, Roles, Storage, WideEvent

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


def test_every_key_of_a_database_and_of_storage_is_read() -> None:
    orders, old, calls, clicks = read("""
  orders: {database: {env: SHOP_DATABASE, timeout: 4h}, table: shop.orders, grows_by: made, overlap: 3d,
           person: who, at: at, event: {always: order}}
  old: {database: {module: sqlite3, file: old.db}, query: "SELECT * FROM t", person: who, at: at, event: e}
  calls: {database: {module: oracledb, options: {user: reader, port: 1521, password: {env: CALLS_WORD}}}, table: calls,
          person: who, at: at, event: e}
  clicks: {path: "s3://shop/clicks/*.parquet", endpoint: "https://storage.example.nl/", region: ams, person: who,
           at: at, event: e}
""")
    assert orders.database == Database(
        "shop.orders", env="SHOP_DATABASE", grows_by="made", overlap_seconds=259_200, timeout_seconds=14_400
    )
    assert old.database == Database(query="SELECT * FROM t", module="sqlite3", file="old.db")
    assert calls.database == Database(
        "calls", module="oracledb", options=(("user", "reader"), ("port", 1521)), secrets=(("password", "CALLS_WORD"),)
    )
    assert (clicks.database, clicks.storage) == (None, Storage("https://storage.example.nl", "ams"))


REFUSED = {
    "database: {url: 'postgresql://me:geheim7@host/shop'}": 5,
    "database: {url: 'postgresql://host/shop?user=me&password=geheim7'}": 5,
    "database: {url: 'host=db user=me password=geheim7'}": 5,
    "database: {env: 'postgresql://me:geheim7@host/shop'}": 5,
    "database: {password: geheim7}": 5,
    "database: {module: oracledb, options: {password: geheim7}}": 5,
    "database: {module: oracledb, options: {dsn: 'me:x;PWD=geheim7;'}}": 5,
    "database: {module: oracledb, options: {api_token: geheim7}}": 5,
    "path: 's3://sleutel:geheim7@shop/a.csv'": 5,
    "path: a.csv, endpoint: 'https://me:geheim7@storage.example.nl'": 5,
}


@pytest.mark.parametrize("words", REFUSED)
def test_a_password_in_the_document_is_refused_and_not_repeated(words: str) -> None:
    with pytest.raises(DocumentError) as refused:
        read(f"  web: {{{words}, table: t, person: who, at: at, event: e}}\n")
    said = " ".join(str(finding_dict(finding)) for finding in refused.value.findings)
    assert "geheim7" not in said + str(refused.value)
    assert "SHOP_DATABASE" in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("table: t", "which database"),
        ("database: {env: A}", "which table"),
        ("database: {env: A}, table: t, query: SELECT 1", "beside each other"),
        ("database: {env: A, url: 'postgresql://h/d'}, table: t", "more than one place"),
        ("database: {env: A}, table: t, path: a.csv", "`path` stands beside `database`"),
        ("database: {modul: sqlite3}, table: t", "modul"),
        ("database: {module: 'a b'}, table: t", "name of a Python module"),
        ("path: a.csv, grows_by: at", "which database"),
        ("path: a.csv, endpoint: storage", "`endpoint` is no address"),
        ("delimiter: ';'", "'path' is missing"),
    ],
)
def test_what_a_database_lacks_or_says_twice_is_told(words: str, told: str) -> None:
    with pytest.raises(DocumentError) as refused:
        read(f"  web: {{{words}, person: who, at: at, event: e}}\n")
    assert any(told in (finding.title.en or "") for finding in refused.value.findings), refused.value.findings


def test_the_schema_asks_for_one_place_and_refuses_a_password() -> None:
    from jsonschema import Draft202012Validator

    valid = Draft202012Validator(schema_of(ROOT, "workspace")).is_valid
    roles = {"person": "who", "at": "at", "event": "e"}
    assert valid({"sources": {"web": {"path": "a.csv", **roles}}})
    assert valid({"sources": {"web": {"database": {"env": "A"}, "table": "t", **roles}}})
    assert not valid({"sources": {"web": roles}})
    assert not valid({"sources": {"web": {"database": {"password": "geheim7"}, "table": "t", **roles}}})


def test_a_moment_may_stand_in_two_columns() -> None:
    (till,) = read("  till: {path: t.csv, person: Klant, at: [Datum, Tijd], event: {always: koop}}\n")
    assert (till.roles.at, till.clock) == ("Datum", "Tijd")


@pytest.mark.parametrize("at", ["[Datum]", "[a, b, c]", "[]"])
def test_a_moment_in_another_number_of_columns_is_a_mistake_that_says_which_two(at: str) -> None:
    with pytest.raises(DocumentError) as wrong:
        read(f"  till: {{path: t.csv, person: Klant, at: {at}, event: koop}}\n")
    said = [(one.title.nl, one.advice.nl) for one in wrong.value.findings]
    assert said[0] == (
        "`at` noemt niet twee kolommen",
        "Noem één kolom (at: tijdstip), of die met de datum en die met de tijd: at: [Datum, Tijd]",
    )


def test_the_schema_knows_a_moment_in_two_columns() -> None:
    at = schema_of(ROOT, "t")["$defs"]["source"]["properties"]["at"]
    assert "'minItems': 2, 'maxItems': 2" in str(at)


def test_each_of_events_may_name_a_date_and_a_time() -> None:
    (till,) = read("  till: {path: t.csv, person: Klant, events: {besteld: [Datum, Tijd], geleverd: op}}\n")
    assert till.events == (WideEvent("besteld", "Datum", "Tijd"), WideEvent("geleverd", "op"))
    events = schema_of(ROOT, "t")["$defs"]["source"]["properties"]["events"]
    assert "'minItems': 2, 'maxItems': 2" in str(events)


def test_an_event_in_another_number_of_columns_is_a_mistake_that_says_which_two() -> None:
    with pytest.raises(DocumentError) as wrong:
        read("  till: {path: t.csv, person: Klant, events: {besteld: [a, b, c]}}\n")
    ((title, advice),) = [(one.title.en, one.advice.en) for one in wrong.value.findings]
    assert (title, advice) == (
        "This event does not name two columns",
        "Name one column (delivered: delivered_on), or the one with the date and the one with the time: "
        "delivered: [date, time]",
    )
