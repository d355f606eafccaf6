"""Rows from a database are judged as those from a file: the same events, the same keys, the same refusals."""

import csv
import io
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from klantreis.errors import MissingPart, SourceError
from klantreis.log.model import Database, Roles, Source, WideEvent
from klantreis.log.read import checked
from servers import PASSWORD, Postgres, postgres

ROLES = Roles("who", "at", "what", channel="medium", value="amount", score="stars")
HEAD = ("who", "at", "what", "medium", "amount", "stars", "note")
ROWS: list[tuple[Any, ...]] = [
    ("a", "2026-01-01 10:00:00", "view", "web", 12.5, 4, "Ålesund, 'x' \"y\"\nz"),
    ("a", "2026-01-01 10:00:00", "view", "web", 12.5, 4, "Ålesund, 'x' \"y\"\nz"),
    ("b", "2026-03-29 02:30:00.123456", "paid", None, 3, None, None),
    (None, "2026-01-02 00:00:00", "view", "web", None, None, "nobody"),
    ("c", None, "view", "web", None, None, ""),
    ("d", "2026-01-03 00:00:00", None, "web", None, None, "n"),
    (" e ", "2026-10-25 02:30:00", "view", "shop", 1000000.25, -1, "007"),
    ("f", "2026-01-04 23:59:59", "view", "web", 0.1, 0, "%s ? :1 {} $1"),
]
EVENTS = 'person, "at", event, channel, value, score, "p.note", "p.medium", "p.amount", record, reason, seen'


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    with postgres() as found:
        found.run(
            "CREATE SCHEMA shop",
            "CREATE TABLE shop.clicks (who text, at timestamp, what varchar(20), medium text, amount double precision, "
            "stars integer, note text)",
            "CREATE USER reader PASSWORD 'lees-maar-66'",
            "GRANT USAGE ON SCHEMA shop TO reader",
            "GRANT SELECT ON ALL TABLES IN SCHEMA shop TO reader",
        )
        found.insert("shop.clicks", [dict(zip(HEAD, row, strict=True)) for row in ROWS])
        yield found


def of(desk, database: Database, roles: Roles = ROLES, **more: Any) -> Source:
    return Source("web", "", desk.folder, roles, database=database, time_zone="Europe/Amsterdam", **more)


def events(desk, source: Source, cells: str = EVENTS) -> list[tuple[Any, ...]]:
    return desk.select(checked(desk.engine, source, desk.folder / "scratch"), cells)


def sqlite(desk, rows: list[tuple[Any, ...]] = ROWS, name: str = "shop.sqlite") -> Database:
    with sqlite3.connect(desk.folder / name) as made:
        made.execute("CREATE TABLE clicks (who, at, what, medium, amount, stars, note)")
        made.executemany("INSERT INTO clicks VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    made.close()
    return Database(table="clicks", module="sqlite3", file=name)


def as_csv(rows: list[tuple[Any, ...]] = ROWS) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([HEAD, *rows])
    return out.getvalue()


def of_file(desk, rows: list[tuple[Any, ...]] = ROWS) -> Source:
    return replace(desk.source(desk.write("web.csv", as_csv(rows)), ROLES), time_zone="Europe/Amsterdam")


@pytest.fixture
def golden(desk) -> list[tuple[Any, ...]]:
    return events(desk, of_file(desk))


def test_the_same_rows_give_the_same_events_from_csv_parquet_postgresql_sqlite_and_duckdb(
    desk, server, golden, monkeypatch
) -> None:
    import duckdb

    with duckdb.connect(str(desk.folder / "shop.duckdb")) as made:
        made.execute(
            'CREATE TABLE clicks (who VARCHAR, "at" TIMESTAMP, what VARCHAR, medium VARCHAR, '
            "amount DOUBLE, stars INT, note VARCHAR)"
        )
        made.executemany("INSERT INTO clicks VALUES (?, ?, ?, ?, ?, ?, ?)", ROWS)
        made.execute(f"COPY clicks TO '{desk.folder / 'web.parquet'}'")
    monkeypatch.setenv("SHOP", server.address())
    sources = {
        "parquet": replace(desk.source("web.parquet", ROLES), time_zone="Europe/Amsterdam"),
        "postgresql": of(desk, Database(table="shop.clicks", env="SHOP")),
        "a query": of(desk, Database(query="SELECT * FROM shop.clicks -- all\n;", env="SHOP")),
        "sqlite": of(desk, sqlite(desk)),
        "duckdb": of(desk, Database(table="clicks", module="duckdb", file="shop.duckdb")),
        "adbc": of(desk, Database(table="clicks", module="adbc_driver_sqlite", file="shop.sqlite")),
    }
    assert [row[-2] for row in golden].count(None) == 5
    for kind, source in sources.items():
        assert events(desk, source) == golden, kind


def test_refused_rows_tell_their_table_their_row_and_their_fields(desk, server, monkeypatch, tmp_path: Path) -> None:
    from klantreis.log.quality import write_rejected

    monkeypatch.setenv("SHOP", server.address())
    rows = checked(desk.engine, of(desk, Database(table="shop.clicks", env="SHOP")), desk.folder / "scratch")
    refused = write_rejected(desk.engine, rows, tmp_path / "rejected", "x")
    assert refused.rows == 3
    listed = list(csv.DictReader((refused.file or tmp_path).open(encoding="utf-8-sig")))
    assert [(row["file"], row["line"], row["record"], row["reason"]) for row in listed] == [
        ("table shop.clicks", "", "4", "no_person"),
        ("table shop.clicks", "", "5", "no_time"),
        ("table shop.clicks", "", "6", "no_event"),
    ]
    assert '"note":"nobody"' in listed[0]["fields"].replace(" ", "")
    assert any("Row 4" in (finding.detail.en or "") for finding in refused.findings)


def test_types_that_only_postgresql_has_come_as_text(desk, server, monkeypatch) -> None:
    server.run(
        "CREATE TYPE mood AS ENUM ('blij')",
        "CREATE TABLE odd (who uuid, at timestamptz, what mood, amount numeric(30,10), j jsonb, tags text[], "
        "raw bytea, ip inet, took interval, day date, big bigint, yes boolean)",
        "INSERT INTO odd VALUES ('11111111-2222-3333-4444-555555555555', '2026-06-01 12:00:00.5+02', 'blij', 12.5, "
        "'{\"a\": 1}', '{x,y}', '\\x00ff', '10.0.0.1', '2 days', '2026-06-01', 9223372036854775807, true), "
        "('11111111-2222-3333-4444-555555555555', 'infinity', 'blij', 'NaN', "
        "null, null, null, null, null, null, null, null)",
    )
    monkeypatch.setenv("SHOP", server.address())
    source = of(desk, Database(table="odd", env="SHOP"), Roles("who", "at", "what", value="amount"))
    cells = (
        'person, "at", event, value, "p.j", "p.tags", "p.raw", "p.ip", "p.took", "p.day", "p.big", "p.yes", '
        "reason, seen"
    )
    good, bad = events(desk, source, cells)
    person = "11111111-2222-3333-4444-555555555555"
    assert good[:3] == (person, 1780308000500000, "blij")
    assert float(good[3]) == 12.5
    assert good[4:] == (
        '{"a": 1}', "{x,y}", "\\x00ff", "10.0.0.1/32", "2 days", "2026-06-01", "9223372036854775807", "true",
        None, None,
    )  # fmt: skip
    assert bad[-2:] == ("bad_time", "infinity")


@pytest.mark.parametrize("module", ["duckdb", "adbc_driver_duckdb"])
def test_moments_in_a_zone_and_spans_of_time_come_out_of_duckdb(desk, module: str) -> None:
    import duckdb

    from klantreis.log.reading import Asked

    with duckdb.connect(str(desk.folder / "odd.duckdb")) as made:
        made.execute('CREATE TABLE odd (who VARCHAR, "at" TIMESTAMPTZ, took INTERVAL)')
        made.execute(
            "INSERT INTO odd VALUES ('a', '2026-06-01 12:00:00.5+02', INTERVAL 2 DAYS), ('b', 'infinity', NULL)"
        )
        made.execute("INSERT INTO odd VALUES ('c', '2026-05-01 12:00:00+02', NULL)")
    database = Database(table="odd", module=module, file="odd.duckdb", grows_by="at", overlap_seconds=3600)
    rows = checked(desk.engine, of(desk, database, Roles("who", "at"), event="x"), desk.folder / "scratch")
    assert desk.select(rows, 'person, "at", reason, seen') == [
        ("a", 1780308000500000, None, None), ("b", None, "bad_time", "infinity"), ("c", 1777629600000000, None, None)
    ]  # fmt: skip
    assert desk.select(rows, '"p.took"')[0][0] in {"2 days, 0:00:00", "P0M2DT0S"}
    again = of(desk, database, Roles("who", "at"), event="x")
    later = checked(desk.engine, again, desk.folder / "scratch2", Asked(mark=rows.mark))
    assert desk.select(later, "person") == [("a",), ("b",)]


def test_only_columns_that_are_used_are_asked(desk, server, monkeypatch) -> None:
    server.run(
        "CREATE TABLE shop.private (who text, at timestamp, what text, note text, secret text)",
        "INSERT INTO shop.private VALUES ('a', '2026-01-01', 'view', 'n', 's')",
        "GRANT SELECT (who, at, what, note) ON shop.private TO reader",
    )
    monkeypatch.setenv("SHOP", server.address("reader", "lees-maar-66"))
    source = of(
        desk, Database(query="SELECT who, at, what, note FROM shop.private", env="SHOP"), Roles("who", "at", "what")
    )
    assert events(desk, source, 'person, "p.note"') == [("a", "n")]
    narrow = replace(of(desk, sqlite(desk)), roles=Roles("who", "at", "what"), properties=("note",))
    rows = checked(desk.engine, narrow, desk.folder / "scratch")
    assert rows.raw_columns == ("who", "at", "what", "note")


def test_a_wide_table_gives_an_event_for_each_filled_moment(desk) -> None:
    source = of(desk, sqlite(desk), Roles("who"), events=(WideEvent("seen", "at"), WideEvent("again", "AT")))
    assert desk.counts(checked(desk.engine, source, desk.folder / "scratch")) == {None: 12, "no_person": 2}


def test_many_rows_come_in_batches_and_progress_is_told(desk) -> None:
    from klantreis.log.reading import Asked

    rows = [(f"p{number}", "2026-01-01", "view", None, None, None, None) for number in range(120_001)]
    source, told = of(desk, sqlite(desk, rows)), list[tuple[int, int | None]]()
    asked = Asked(tell=lambda done, total: told.append((done, total)))
    found = checked(desk.engine, source, desk.folder / "scratch", asked)
    assert desk.select(found, "count(*), max(record), count(DISTINCT sequence)", "") == [(120_001, 120_001, 120_001)]
    assert told == [(50_000, 120_001), (100_000, 120_001), (120_001, 120_001)]


def test_an_empty_table_is_no_event_and_no_error(desk, server, monkeypatch) -> None:
    server.run("CREATE TABLE shop.empty AS SELECT * FROM shop.clicks WHERE false")
    monkeypatch.setenv("SHOP", server.address())
    assert events(desk, of(desk, Database(table="shop.empty", env="SHOP"))) == []
    assert events(desk, of(desk, sqlite(desk, [], "none.sqlite"))) == []


WRONG = {
    "shop.click": ("no table 'shop.click'", "'shop.clicks'"),
    "clikcs": ("no table 'clikcs'", "clicks'?"),
    "nowhere.clicks": ("no table", "clicks"),
}


@pytest.mark.parametrize("table", WRONG)
def test_a_table_that_is_not_there_gives_the_nearest_name(desk, server, monkeypatch, table: str) -> None:
    monkeypatch.setenv("SHOP", server.address())
    for database in (Database(table=table, env="SHOP"), replace(sqlite(desk, name=f"{table}.sqlite"), table=table)):
        with pytest.raises(SourceError) as refused:
            events(desk, of(desk, database))
        if database.env or "." not in table:
            assert all(word in str(refused.value) for word in WRONG[table]), str(refused.value)


def test_a_column_that_is_not_there_gives_the_nearest_name_before_a_row_is_read(desk, server, monkeypatch) -> None:
    monkeypatch.setenv("SHOP", server.address())
    database = Database(table="shop.clicks", env="SHOP")
    with pytest.raises(SourceError, match="'whoo' is no column") as refused:
        events(desk, of(desk, database, replace(ROLES, person="whoo")))
    assert "'who'" in str(refused.value)
    assert "table shop.clicks" in refused.value.where
    with pytest.raises(SourceError, match="grows_by: 'att' is no column"):
        events(desk, of(desk, replace(database, grows_by="att")))


def test_names_are_quoted_and_a_query_is_one_statement_that_reads(desk, server, monkeypatch) -> None:
    monkeypatch.setenv("SHOP", server.address())
    server.run(
        'CREATE TABLE "a "" b; DROP" ("who""x" text, "select" timestamp, "What%s" text)',
        """INSERT INTO "a "" b; DROP" VALUES ('a', '2026-01-01', 'view')""",
    )
    odd = Database(table='"a "" b; DROP"', env="SHOP")
    assert events(desk, of(desk, odd, Roles('who"x', "select", "What%s")), "person, event") == [("a", "view")]
    for query in (
        "SELECT 1) AS x; DROP TABLE shop.clicks; --",
        "WITH gone AS (DELETE FROM shop.clicks RETURNING *) SELECT * FROM gone",
        "SELECT * FROM shop.clicks; COMMIT; DELETE FROM shop.clicks",
        "UPDATE shop.clicks SET who = 'x' RETURNING *",
    ):
        with pytest.raises(SourceError, match="refused"):
            events(desk, of(desk, Database(query=query, env="SHOP")))
    assert len(events(desk, of(desk, Database(table="shop.clicks", env="SHOP")))) == len(ROWS)
    slipped = replace(sqlite(desk), table="", query="SELECT 1) AS x; DROP TABLE clicks; --")
    with pytest.raises(SourceError):
        events(desk, of(desk, slipped))
    with pytest.raises(SourceError, match="two columns called 'who', capitals aside"):
        events(desk, of(desk, Database(query="SELECT who, who FROM shop.clicks", env="SHOP")))
    with pytest.raises(SourceError, match="two columns called 'who'"):
        events(desk, of(desk, Database(query='SELECT who, at AS "Who" FROM shop.clicks', env="SHOP")))


def test_a_statement_that_takes_too_long_is_ended(desk, server, monkeypatch) -> None:
    monkeypatch.setenv("SHOP", server.address())
    slow = Database(query="SELECT 'a' who, now() at, 'x' what, pg_sleep(20)::text", env="SHOP", timeout_seconds=0.3)
    with pytest.raises(SourceError, match=r"took longer than 0.3 s") as refused:
        events(desk, of(desk, slow, Roles("who", "at", "what")))
    assert "timeout:" in refused.value.mend
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i who, i at, i what FROM n"
    database = replace(sqlite(desk), table="", query=endless, timeout_seconds=0.3)
    with pytest.raises(SourceError, match="took longer"):
        events(desk, of(desk, database, Roles("who", "at", "what")))


SECRETS = (
    "postgresql://reader:{}@127.0.0.1:{port}/postgres",
    "postgresql://reader@127.0.0.1:{port}/postgres?password={}",
    "host=127.0.0.1 port={port} dbname=postgres user=reader password={}",
    "host=127.0.0.1 port={port} dbname=postgres user=reader password='{}'",
    "postgresql://reader:{}@127.0.0.1:{port}/postgres?nonsense=1",
)


@pytest.mark.parametrize("form", SECRETS)
@pytest.mark.parametrize("secret", ["fout-wachtwoord-91", "fout@wacht:woord/91", "fout%40wacht%3Awoord"])
def test_a_secret_stands_in_no_error(desk, server, monkeypatch, form: str, secret: str) -> None:
    address = form.format(secret, port=server.port)
    monkeypatch.setenv("SHOP", address)
    with pytest.raises(SourceError) as refused:
        events(desk, of(desk, Database(table="shop.clicks", env="SHOP")))
    error: BaseException | None = refused.value
    shown = str(error) + repr(error)
    assert error is not None
    assert error.__cause__ is None
    assert error.__suppress_context__ or error.__context__ is None, "a traceback shows no older error"
    for part in ("fout", "wacht", "woord", address):
        assert part not in shown, shown


def test_a_lost_server_and_a_missing_variable_are_told(desk, monkeypatch) -> None:
    from servers import free_port

    monkeypatch.setenv("SHOP", f"postgresql://reader:{PASSWORD}@127.0.0.1:{free_port()}/shop")
    with pytest.raises(SourceError, match="cannot be reached"):
        events(desk, of(desk, Database(table="clicks", env="SHOP")))
    monkeypatch.delenv("SHOP")
    with pytest.raises(SourceError, match="variable SHOP is not set") as refused:
        events(desk, of(desk, Database(table="clicks", env="SHOP")))
    assert "export SHOP=" in refused.value.mend
    monkeypatch.setenv("SHOP_DB", "x")
    with pytest.raises(SourceError, match="SHOP_DBS is not set") as refused:
        events(desk, of(desk, Database(table="clicks", env="SHOP_DBS")))
    assert refused.value.mend == "Did you mean SHOP_DB?"


def test_a_connection_that_is_lost_half_way_is_told_with_what_to_do(desk, server, monkeypatch) -> None:
    monkeypatch.setenv("SHOP", server.address())
    query = "SELECT 'a' AS who, now() AS at, 'x' AS what WHERE pg_terminate_backend(pg_backend_pid())"
    with pytest.raises(SourceError) as lost:
        events(desk, of(desk, Database(query=query, env="SHOP"), Roles("who", "at", "what")), "person")
    assert "The connection with the database was lost half way" in str(lost.value)
    assert "still whole. Run klantreis load again when the database runs." in str(lost.value)


def test_a_service_and_pgpass_of_postgresql_are_used(desk, server, golden, monkeypatch, tmp_path: Path) -> None:
    service, words = tmp_path / "services", tmp_path / "pgpass"
    service.write_text(f"[shop]\nhost=127.0.0.1\nport={server.port}\ndbname=postgres\nuser=reader\n")
    words.write_text(f"127.0.0.1:{server.port}:postgres:reader:lees-maar-66\n")
    words.chmod(0o600)
    monkeypatch.setenv("PGSERVICEFILE", str(service))
    monkeypatch.setenv("PGPASSFILE", str(words))
    assert events(desk, of(desk, Database(table="shop.clicks", service="shop"))) == golden
    bare = f"postgresql://reader@127.0.0.1:{server.port}/postgres"
    assert events(desk, of(desk, Database(table="shop.clicks", url=bare))) == golden


def test_a_module_that_is_missing_or_none_at_all_is_told(desk, monkeypatch) -> None:
    with pytest.raises(MissingPart, match="adbc_driver_nowhere") as missing:
        events(desk, of(desk, Database(table="t", module="adbc_driver_nowhere")))
    assert missing.value.mend == "pip install adbc-driver-nowhere pyarrow"
    with pytest.raises(MissingPart) as missing:
        events(desk, of(desk, Database(table="t", module="oracledb_x")))
    assert missing.value.mend == "pip install oracledb_x"
    with pytest.raises(SourceError, match="no database module"):
        events(desk, of(desk, Database(table="t", module="json")))
    desk.write("evil.py", "raise SystemExit")
    monkeypatch.syspath_prepend(str(desk.folder))
    with pytest.raises(SourceError, match="a file beside your work"):
        events(desk, of(desk, Database(table="t", module="evil")))
    monkeypatch.setitem(__import__("sys").modules, "adbc_driver_postgresql.dbapi", None)
    with pytest.raises(MissingPart) as missing:
        events(desk, of(desk, Database(table="t")))
    assert "klantreis[postgres]" in missing.value.mend


def test_a_file_that_is_not_there_gives_the_nearest_name_and_is_not_made(desk) -> None:
    sqlite(desk)
    with pytest.raises(SourceError, match="is not there") as refused:
        events(desk, of(desk, Database(table="clicks", module="sqlite3", file="shop.sqlit")))
    assert "'shop.sqlite'" in refused.value.mend
    assert not (desk.folder / "shop.sqlit").exists()


def test_ctrl_c_while_a_file_of_sqlite_is_read_is_no_refusal_of_it(desk, monkeypatch) -> None:
    real, asked = time.monotonic, 0

    def clock() -> float:
        nonlocal asked
        asked += 1
        if asked == 2:  # the second who asks is SQLite, half way its statement
            raise KeyboardInterrupt
        return real()

    monkeypatch.setattr("klantreis.log.connect.time.monotonic", clock)
    endless = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9000000) SELECT max(i) who FROM n"
    )
    long = replace(sqlite(desk), table="", query=f"SELECT who, 1 at, 2 what FROM ({endless})")
    with pytest.raises(KeyboardInterrupt):
        events(desk, of(desk, long, Roles("who", "at", "what")))


def test_reading_changes_nothing(desk) -> None:
    database = sqlite(desk)
    before = (desk.folder / "shop.sqlite").read_bytes()
    for query in ("DELETE FROM clicks RETURNING *", "SELECT 1; DELETE FROM clicks"):
        with pytest.raises(SourceError):
            events(desk, of(desk, replace(database, table="", query=query)))
    events(desk, of(desk, database))
    assert (desk.folder / "shop.sqlite").read_bytes() == before
