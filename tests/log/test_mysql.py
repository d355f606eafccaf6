"""MySQL and MariaDB are read as PostgreSQL is: by three modules, against a real server where there is one."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from klantreis.errors import MissingPart, SourceError
from klantreis.log.dialects import MYSQL
from klantreis.log.model import Database, Roles, Source
from klantreis.log.mysql import bare, options_of, told_by
from klantreis.log.read import checked
from klantreis.log.reading import Asked
from servers import PASSWORD, MariaDb, mariadb

MODULES = ("pymysql", "mysql.connector", "MySQLdb")
ROLES = Roles("who", "at", "what", value="select")
TABLE = (
    "CREATE TABLE `order` (who varchar(40), `at` timestamp(6) NULL, told datetime, day date, clock time, "
    "what enum('view', 'paid'), `select` decimal(30, 10), yes bit(1), j json, raw blob, tags set('x', 'y'), "
    "big bigint unsigned, `no%s` text)"
)
ROWS = (
    "INSERT INTO `order` VALUES "
    "('Ålesund 😀', '2026-06-01 12:00:00.5', '2026-03-29 02:30:00', '2026-06-01', '9:15', 'view', 12.5, b'1', "
    "'{\"a\": 1}', x'00ff', 'x,y', 18446744073709551615, '%s ? 1%'), "
    "(NULL, '2026-06-01 12:00:00', NULL, NULL, NULL, 'paid', -3, b'0', NULL, NULL, NULL, NULL, NULL), "
    "('b', '2026-10-25 03:30:00', '2026-10-25 02:30:00', '2026-06-01', '26:15', 'paid', 1000000.25, NULL, NULL, NULL, "
    "NULL, 0, '')"
)


@pytest.fixture(scope="module")
def server() -> Iterator[MariaDb]:
    with mariadb() as found:
        # The rows are put in by a clock of their own: a TIMESTAMP is a moment, whoever asks.
        found.run("SET time_zone = '+02:00'", TABLE, ROWS, "GRANT SELECT ON shop.* TO reader")
        yield found


@pytest.fixture(params=MODULES)
def database(request, server, monkeypatch) -> Database:
    pytest.importorskip(
        request.param, reason=f"NOT RUN: {request.param} is not installed, so MariaDB was not read by it"
    )
    monkeypatch.setenv("SHOP", server.address())
    return Database(table="order", module=request.param, env="SHOP")


def events(desk, database: Database, cells: str, roles: Roles = ROLES, asked: Asked | None = None, **more: Any) -> Any:
    source = Source("web", "", desk.folder, roles, database=database, time_zone="Europe/Amsterdam", **more)
    return desk.select(
        checked(desk.engine, source, desk.folder / "scratch", asked or Asked()), f"{cells}, reason, seen"
    )


def moment(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1e6, UTC)


def test_rows_are_judged_as_those_of_any_file(desk, database) -> None:
    found = [(who, moment(at), what, str(value), *more) for who, at, what, value, *more in events(
        desk, database, 'person, "at", event, value')]  # fmt: skip
    assert found == [
        ("Ålesund 😀", datetime(2026, 6, 1, 10, 0, 0, 500000, UTC), "view", "12.5000", None, None),
        (None, datetime(2026, 6, 1, 10, tzinfo=UTC), "paid", "-3.0000", "no_person", None),
        ("b", datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "paid", "1000000.2500", None, None),
    ]


def test_a_datetime_is_of_the_zone_of_the_source_and_other_types_are_text(desk, database) -> None:
    names = ("day", "clock", "yes", "j", "raw", "tags", "big", "no%s")
    cells = ", ".join(['"at"', *(f'"p.{name}"' for name in names)])
    first, _, last = events(desk, database, cells, Roles("who", "told", "what"))
    assert moment(first[0]) == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert first[1:-2] == (
        "2026-06-01", "09:15:00", "1", '{"a": 1}', "\\x00ff", "x,y", "18446744073709551615", "%s ? 1%",
    )  # fmt: skip
    assert (moment(last[0]), last[2]) == (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "26:15:00")


def test_only_what_may_be_new_and_only_what_is_used_is_asked(desk, database) -> None:
    from dataclasses import replace

    growing = replace(database, table="shop.order", grows_by="at", overlap_seconds=3600)
    source = Source("web", "", desk.folder, ROLES, database=growing, properties=("no%s",))
    first = checked(desk.engine, source, desk.folder / "one")
    assert first.raw_columns == ("who", "at", "what", "select", "no%s")
    assert first.mark is not None
    assert first.mark.value == "2026-10-25T01:30:00+00:00"
    again = checked(desk.engine, source, desk.folder / "two", Asked(mark=first.mark))
    assert desk.select(again, "person") == [("b",)]


def test_capitals_of_a_table_and_a_column_may_be_forgotten(desk, database) -> None:
    from dataclasses import replace

    assert len(events(desk, replace(database, table="Shop.Order", grows_by="AT"), "person")) == 3


def test_a_date_and_a_time_in_two_columns_are_one_moment(desk, database) -> None:
    found = events(desk, database, '"at"', Roles("who", "day", "what"), clock="clock", properties=())
    assert [more for _, *more in found] == [
        [None, None], ["no_person", None], ["bad_time", "2026-06-01 26:15:00"]
    ]  # fmt: skip
    assert moment(found[0][0]) == datetime(2026, 6, 1, 7, 15, tzinfo=UTC)


def test_what_goes_wrong_is_told_without_the_password(desk, server, database, monkeypatch) -> None:
    from dataclasses import replace

    wrong = {
        "Did you mean 'shop.order'": replace(database, table="ordr"),
        "took longer than 0.3 s": replace(
            database, table="", query="SELECT sleep(9) who, now() at, 'x' what", timeout_seconds=0.3
        ),
        "refused": replace(database, table="", query="SELECT 1) AS x; DROP TABLE shop.`order`; --"),
        "does not let you in": replace(database, env="BAD"),
        "cannot be reached": replace(database, env="", url="mysql://nobody@127.0.0.1:1/shop"),
    }
    monkeypatch.setenv("BAD", server.address().replace(PASSWORD, "fout-wachtwoord"))
    for said, asked in wrong.items():
        with pytest.raises(SourceError) as refused:
            events(desk, asked, "person", Roles("who", "at", "what"))
        assert said in str(refused.value)
        assert "wachtwoord" not in str(refused.value)


def test_an_address_is_taken_apart_for_each_module() -> None:
    told = options_of("pymysql", "mysql+pymysql://reader:a%40b@db.example.nl:3307/shop?ssl_ca=ca.pem")
    assert told == {
        "connect_timeout": 15, "host": "db.example.nl", "port": 3307, "user": "reader", "password": "a@b",
        "database": "shop", "ssl_ca": "ca.pem",
    }  # fmt: skip
    assert options_of("MySQLdb", "mariadb://db/shop") == {
        "connect_timeout": 15, "charset": "utf8mb4", "multi_statements": False, "host": "db", "port": 3306,
        "database": "shop",
    }  # fmt: skip
    assert options_of("mysql.connector", "") == {"connection_timeout": 15, "client_flags": [-65536]}
    for wrong in ("db.example.nl", "postgresql://db/shop", "mysql:///shop"):
        with pytest.raises(ValueError, match="mysql://user@host/database"):
            options_of("pymysql", wrong)


def test_rows_say_what_their_types_mean() -> None:
    told = told_by([("a", 7), ("b", 11), ("c", 16), ("d", 253)])
    at = datetime(2026, 1, 1, 10)
    assert told([(at, timedelta(hours=26, microseconds=5), b"\x02\x01", {"y", "x"}), (None, None, None, None)]) == [
        (at.replace(tzinfo=UTC), "26:00:00.000005", 513, "x,y"), (None, None, None, None)
    ]  # fmt: skip
    assert told([("0000-00-00", -timedelta(minutes=75), 1, "t")]) == [("0000-00-00", "-01:15:00", 1, "t")]
    assert bare(datetime(2026, 1, 1, 10, tzinfo=timezone(timedelta(hours=2)))) == datetime(2026, 1, 1, 8)
    assert bare(7) == 7


def test_a_name_is_quoted_with_backticks_and_a_limit_is_set_for_both_kinds_of_server() -> None:
    assert MYSQL.quoted("or`der") == "`or``der`"
    limit = MYSQL.begin[1].format(timeout=300)
    assert "/*M!100103 , max_statement_time = 300 / 1000 */" in limit
    assert "/*!50708 , max_execution_time = 300 */" in limit


def test_a_module_that_is_missing_names_its_package(desk, monkeypatch) -> None:
    for module, package in (("mysql.connector", "mysql-connector-python"), ("MySQLdb", "mysqlclient")):
        for name in {module, module.partition(".")[0]}:
            monkeypatch.setitem(__import__("sys").modules, name, None)
        with pytest.raises(MissingPart) as missing:
            events(desk, Database(table="t", module=module), "person")
        assert missing.value.mend == f"pip install {package}"
