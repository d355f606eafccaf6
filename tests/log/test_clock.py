"""A date and a time of day in two columns are one moment, as if they had stood in one."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from klantreis.errors import SourceError
from klantreis.log.columns import needed
from klantreis.log.model import CheckedRows, Roles, Source, WideEvent

ROLES = Roles(person="who", at="Datum", event="what")
QUARTER = datetime(2026, 10, 3, 9, 15, tzinfo=UTC)


def read(desk, rows: str, **more: Any) -> CheckedRows:
    return desk.checked(desk.write("a.csv", f"who;Datum;Tijd;what\n{rows}"), ROLES, clock="Tijd", **more)


def moments(desk, rows: CheckedRows) -> list[datetime | None]:
    found = (at for (at,) in desk.select(rows, '"at"'))
    return [None if at is None else datetime.fromtimestamp(at / 1e6, UTC) for at in found]


DAYS = ("2026-10-03", "3-10-2026", "03/10/2026", "3.10.2026", "20261003", "2026-10-03 00:00:00", "3-10-2026 0:00",
        "2026-10-03T00:00:00.000")  # fmt: skip
CLOCKS = ("09:15", "9:15", "09:15:00", "09:15:00.000", "9.15", "09.15.00", "9u15", "9:15 uur", "0915", "915", "091500",
          "1899-12-30 09:15:00")  # fmt: skip


def test_a_date_and_a_time_of_day_are_one_moment(desk) -> None:
    pairs = [(day, clock) for day in DAYS for clock in CLOCKS]
    found = moments(desk, read(desk, "".join(f"a; {day} ; {clock} ;x\n" for day, clock in pairs)))
    assert [pair for pair, at in zip(pairs, found, strict=True) if at != QUARTER] == []


def test_the_zone_of_the_source_holds_for_both_together(desk) -> None:
    rows = read(desk, "a;3-10-2026;11:15;x\na;2026-10-03;09:15Z;x\n", time_zone="Europe/Amsterdam")
    assert moments(desk, rows) == [QUARTER, QUARTER]


def test_without_a_time_of_day_it_is_midnight_and_without_a_date_it_is_refused(desk) -> None:
    rows = read(desk, "a;3-10-2026;;x\nb;;09:15;x\nc;3-10-2026;later;x\nd;;;x\n")
    assert moments(desk, rows) == [datetime(2026, 10, 3, tzinfo=UTC), None, None, None]
    assert desk.select(rows, "reason, seen") == [
        (None, None), ("no_time", None), ("bad_time", "3-10-2026 later"), ("no_time", None)]  # fmt: skip


@pytest.mark.parametrize("dates", [("%d-%m-%Y %H:%M",), ("%d-%m-%Y",)])
def test_a_source_may_say_how_both_are_written(desk, dates: tuple[str, ...]) -> None:
    rows = read(desk, "a;3-10-2026;9:15;x\nb;3-10-2026;;x\nc;2026-10-03;9:15;x\n", dates=dates)
    assert moments(desk, rows) == [QUARTER, datetime(2026, 10, 3, tzinfo=UTC), None]


def test_american_order_can_be_told(desk) -> None:
    rows = read(desk, "a;10/3/2026;09:15 AM;x\n", dates=("%m/%d/%Y %I:%M %p",))
    assert moments(desk, rows) == [QUARTER]


def test_neither_column_is_a_property_and_both_are_found_whatever_their_capitals(desk) -> None:
    file = desk.write("a.csv", "who;DATUM;TIJD;what;more\na;3-10-2026;9:15;x;1\n")
    rows = desk.checked(file, ROLES, clock="tijd")
    assert rows.properties == ("more",)
    assert moments(desk, rows) == [QUARTER]


def test_a_column_that_is_not_there_is_named_with_the_nearest(desk) -> None:
    with pytest.raises(SourceError) as refused:
        desk.checked(desk.write("a.csv", "who;Datum;Tijd;what\n"), ROLES, clock="Tijt")
    assert "at: 'Tijt' is no column. Did you mean 'Tijd'?" in refused.value.what


@pytest.mark.parametrize(
    ("day", "clock"),
    [
        (date(2026, 10, 3), time(9, 15)),
        (datetime(2026, 10, 3), datetime(1899, 12, 30, 9, 15)),
        (20261003, 915),
        (20261003.0, 91500.0),
    ],
)
def test_typed_columns_are_read_as_text(desk, day: Any, clock: Any) -> None:
    pl.DataFrame({"who": ["a"], "Datum": [day], "Tijd": [clock], "what": ["x"]}).write_parquet(
        desk.folder / "a.parquet"
    )
    assert moments(desk, desk.checked("a.parquet", ROLES, clock="Tijd")) == [QUARTER]


def test_rows_without_a_time_of_day_are_counted(desk) -> None:
    rows = read(desk, "a;3-10-2026;;x\nb;3-10-2026;9:15;x\nc;;;x\nd;13-10-2026; ;x\n")
    (said,) = rows.findings
    assert (said.rule, said.level, said.place.id) == ("time-empty", "hint", "Tijd")
    assert said.title.nl == "Kolom 'Tijd' is leeg in 2 van 3 rijen: gelezen als 00:00"
    assert said.evidence[0].value == 2
    assert read(desk, "a;13-10-2026;9:15;x\n").findings == ()
    assert [one.rule for one in read(desk, "a;13-10-2026;;x\n", dates=("%d-%m-%Y",)).findings] == ["time-empty"]


def test_the_order_of_day_and_month_is_looked_at_as_in_one_column(desk) -> None:
    assert [one.rule for one in read(desk, "a;3-10-2026;9:15;x\n").findings] == ["date-order"]


@pytest.mark.parametrize("clock", ["09:15", "9:15:30", "9.15 uur", "9u15"])
def test_a_column_of_times_of_day_alone_names_the_date_to_put_beside_it(desk, clock: str) -> None:
    file = desk.write("a.csv", f"who;Orderdatum;Tijd;what\na;3-10-2026;{clock};x\n")
    rows = desk.checked(file, Roles(person="who", at="Tijd", event="what"))
    (said,) = rows.findings
    assert (said.rule, said.level) == ("time-only", "warning")
    assert said.advice.nl == "Noem ook de kolom met de datum: at: [Orderdatum, Tijd]"
    assert desk.counts(rows) == {"bad_time": 1}


def test_a_typed_column_of_times_of_day_is_recognised_too(desk) -> None:
    pl.DataFrame({"who": ["a"], "Datum": ["3-10-2026"], "Tijd": [time(9, 15)]}).write_parquet(desk.folder / "a.parquet")
    rows = desk.checked("a.parquet", Roles(person="who", at="Tijd"), event="x")
    assert [one.advice.en for one in rows.findings] == ["Name the column with the date too: at: [Datum, Tijd]"]
    assert desk.counts(rows) == {"bad_time": 1}


WIDE = (WideEvent("buy", "Besteldatum", "Besteltijd"), WideEvent("send", "sent"), WideEvent("get", "Leverdatum", "uur"))
ORDERS = "who;Besteldatum;Besteltijd;sent;Leverdatum;uur\n"


def test_each_event_of_a_wide_table_may_have_its_date_and_time_apart(desk) -> None:
    text = f"{ORDERS}a;3-10-2026;9:15;2026-10-04 10:00;5-10-2026;\nb;;9:15;;13-10-2026;9u15\nc;3-10-2026;later;;;\n"
    rows = desk.checked(desk.write("a.csv", text), Roles("who"), events=WIDE)
    assert desk.select(rows, "person, event, reason, seen") == [
        ("a", "buy", None, None),
        ("a", "send", None, None),
        ("a", "get", None, None),
        ("b", "get", None, None),
        ("c", "buy", "bad_time", "3-10-2026 later"),
    ]
    assert moments(desk, rows) == [
        QUARTER, datetime(2026, 10, 4, 10, tzinfo=UTC), datetime(2026, 10, 5, tzinfo=UTC), QUARTER.replace(day=13), None
    ]  # fmt: skip
    assert [(one.rule, one.place.id) for one in rows.findings] == [
        ("date-order", "Besteldatum + Besteltijd"),
        ("time-empty", "uur"),
    ]


def test_two_events_may_share_a_date_or_both_columns(desk) -> None:
    text = "who;day;from;till\na;2026-10-03;09:15;10:30\n"
    wide = (WideEvent("in", "Day", "FROM"), WideEvent("out", "day", "till"), WideEvent("also", "day", "from"))
    rows = desk.checked(desk.write("a.csv", text), Roles("who"), events=wide)
    assert moments(desk, rows) == [QUARTER, QUARTER.replace(hour=10, minute=30), QUARTER]
    assert rows.properties == ("day", "from", "till")


def test_a_wide_table_asks_from_afar_for_the_column_of_the_time_too() -> None:
    source = Source("a", "a.csv", Path(), Roles("who"), events=WIDE, properties=())
    columns = ("Who", "besteldatum", "BESTELTIJD", "sent", "leverdatum", "uur", "more")
    assert needed(source, columns) == columns[:-1]


def test_a_wrong_column_of_a_wide_event_is_named_with_the_nearest(desk) -> None:
    with pytest.raises(SourceError) as refused:
        desk.checked(desk.write("a.csv", ORDERS), Roles("who"), events=(WideEvent("buy", "Besteldatum", "Besteltijt"),))
    assert "events: 'Besteltijt' is no column. Did you mean 'Besteltijd'?" in refused.value.what


def test_a_time_of_day_alone_tells_how_to_name_the_date_of_that_event(desk) -> None:
    rows = desk.checked(
        desk.write("a.csv", f"{ORDERS}a;3-10-2026;9:15;;;\n"), Roles("who"), events=(WideEvent("buy", "Besteltijd"),)
    )
    assert [one.advice.nl for one in rows.findings] == [
        "Noem ook de kolom met de datum: events: {buy: [Besteldatum, Besteltijd]}"
    ]
