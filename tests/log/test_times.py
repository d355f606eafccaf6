from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from klantreis.log.model import Roles


def us(text: str) -> int:
    """Microseconds since 1970 of an ISO time in UTC, by Python."""
    moment = datetime.fromisoformat(text).replace(tzinfo=UTC)
    return int(moment.timestamp()) * 1_000_000 + moment.microsecond


def moments(desk, texts, **more):
    rows = "\n".join(f'a;"{text}";x' for text in texts)
    return [row[0] for row in desk.read(f"who;when;what\n{rows}\n", '"at"', delimiter=";", **more)]


ALL = {
    "2026-12-31T23:59:01Z": "2026-12-31 23:59:01",
    "2026-12-31T23:59:01.123456+01:00": "2026-12-31 22:59:01.123456",
    "2026-12-31 23:59:01,5": "2026-12-31 23:59:01.5",
    "2026-12-31 23:59:01 +0100": "2026-12-31 22:59:01",
    "2026-12-31T23:59:01-0530": "2027-01-01 05:29:01",
    "2026-12-31T23:59Z": "2026-12-31 23:59",
    "2026-12-31 23:59": "2026-12-31 23:59",
    "2026-12-31": "2026-12-31",
    "2026/12/31 08:00": "2026-12-31 08:00",
    "2026-12-31 00:00:00 UTC": "2026-12-31",
    "2026-12-31 12:00:00.123456789": "2026-12-31 12:00:00.123456",
    "31-12-2026 23:59": "2026-12-31 23:59",
    "31-12-2026 23:59:58": "2026-12-31 23:59:58",
    "31-12-2026": "2026-12-31",
    "31/12/2026": "2026-12-31",
    "31.12.2026 7:05": "2026-12-31 07:05",
    "1-2-2026": "2026-02-01",
    "20261231": "2026-12-31",
    "20261231T235901Z": "2026-12-31 23:59:01",
    "1798761541": "2026-12-31 23:59:01",
    "1798761541.25": "2026-12-31 23:59:01.25",
    "1798761541000": "2026-12-31 23:59:01",
    "1798761541000001": "2026-12-31 23:59:01.000001",
    "1798761541000001999": "2026-12-31 23:59:01.000001",
}


@pytest.mark.parametrize(("text", "meant"), ALL.items())
def test_a_time_is_read_as_it_is_meant(desk, text: str, meant: str) -> None:
    assert moments(desk, [text]) == [us(meant)]


def test_all_ways_of_writing_may_stand_in_one_column(desk) -> None:
    assert moments(desk, ALL) == [us(meant) for meant in ALL.values()]


# Tried: DuckDB's own cast takes 'infinity', year 26, and day 31 of February differently; none may pass as a time.
@pytest.mark.parametrize(
    "text",
    ["12/31/2026", "2026-02-30", "2026-13-01", "infinity", "26-01-05", "soon", "31-12-26", "2026-12-31 25:00", "0"],
)
def test_what_is_no_time_is_refused_and_shown(desk, text: str) -> None:
    rows = desk.read(f"who,when,what\na,{text},x\n", "reason, seen")
    assert rows == ([("bad_time", text)] if text != "0" else [(None, None)])


@pytest.mark.parametrize(
    ("text", "fine"),
    [("9998-12-31 23:59:59.999999", True), ("9999-01-01", False), ("9999-12-31 23:59:59", False),
     ("1000-01-01", True), ("0999-12-31 23:59:59", False)],
)  # fmt: skip
def test_a_date_that_means_no_end_yet_is_no_moment(desk, text: str, fine: bool) -> None:
    ((reason, seen),) = desk.read(f"who,when,what\na,{text},x\n", "reason, seen")
    assert (reason, seen) == ((None, None) if fine else ("bad_time", text))


def test_a_time_without_a_zone_takes_that_of_the_source(desk) -> None:
    texts = ["2026-07-01 12:00:00", "2026-01-01 12:00", "01-07-2026 12:00", "2026-07-01T12:00:00Z", "1782907200"]
    wanted = ["2026-07-01 10:00", "2026-01-01 11:00", "2026-07-01 10:00", "2026-07-01 12:00", "2026-07-01 12:00"]
    assert moments(desk, texts, time_zone="Europe/Amsterdam") == [us(text) for text in wanted]


def test_a_local_time_that_does_not_exist_becomes_the_first_that_does(desk) -> None:
    texts = ["2024-03-31 01:59:59", "2024-03-31 02:00:00", "2024-03-31 02:30:00", "2024-03-31 03:00:00"]
    wanted = ["2024-03-31 00:59:59", "2024-03-31 01:00:00", "2024-03-31 01:00:00", "2024-03-31 01:00:00"]
    assert moments(desk, texts, time_zone="Europe/Amsterdam") == [us(text) for text in wanted]


def test_a_local_time_that_exists_twice_means_the_first(desk) -> None:
    texts = ["2024-10-27 01:59:59", "2024-10-27 02:30:00", "2024-10-27 03:00:00"]
    wanted = ["2024-10-26 23:59:59", "2024-10-27 00:30:00", "2024-10-27 02:00:00"]
    assert moments(desk, texts, time_zone="Europe/Amsterdam") == [us(text) for text in wanted]


def test_clocks_that_are_put_back_by_another_time_than_an_hour(desk) -> None:
    """On Lord Howe Island by half an hour, at 2:00; the zone database knows the first of two as fold 0."""
    texts = ["2024-04-07 01:29:59", "2024-04-07 01:30:00", "2024-04-07 01:59:59", "2024-04-07 02:00:00"]
    wanted = ["2024-04-06 14:29:59", "2024-04-06 14:30:00", "2024-04-06 14:59:59", "2024-04-06 15:30:00"]
    assert moments(desk, texts, time_zone="Australia/Lord_Howe") == [us(text) for text in wanted]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.datetimes(datetime(1985, 1, 1), datetime(2035, 1, 1)), min_size=30, max_size=30),
    st.sampled_from(["Europe/Amsterdam", "America/New_York", "Asia/Kolkata", "Australia/Sydney"]),
)
def test_local_times_equal_those_of_pythons_zone_database(desk, walls: list[datetime], zone: str) -> None:
    exact = [wall for wall in walls if _once(wall, zone)]
    wanted = [us(str(wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).replace(tzinfo=None))) for wall in exact]
    assert moments(desk, [wall.isoformat() for wall in exact], time_zone=zone) == wanted


def _once(wall: datetime, zone: str) -> bool:
    """Says whether this clock time exists exactly once."""
    told = [wall.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC) for fold in (0, 1)]
    return told[0] == told[1] and told[0].astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall


def test_given_formats_are_tried_in_order_and_nothing_else(desk) -> None:
    dates = ("%m/%d/%Y %H:%M", "%d %b %Y", "%Y-%m-%d %H:%M %z")
    texts = ["12/31/2026 08:00", "5 Mar 2026", "2026-01-01 10:00 +0200", "2026-01-01"]
    found = moments(desk, texts, dates=dates)
    assert found == [us("2026-12-31 08:00"), us("2026-03-05"), us("2026-01-01 08:00"), None]


def test_an_order_of_day_and_month_that_had_to_be_chosen_is_told(desk) -> None:
    rows = desk.checked(desk.write("a.csv", "who,when,what\na,01-02-2026,x\na,03-04-2026,x\n"))
    assert [(found.rule, found.level, found.place.id) for found in rows.findings] == [("date-order", "warning", "when")]
    assert desk.select(rows, '"at"') == [(us("2026-02-01"),), (us("2026-04-03"),)]


def test_months_in_front_are_refused_and_told_never_read_silently(desk) -> None:
    rows = desk.checked(desk.write("a.csv", "who,when,what\na,01/02/2026,x\na,03/24/2026,x\n"))
    assert "month first" in rows.findings[0].detail.en
    assert desk.counts(rows) == {None: 1, "bad_time": 1}


@pytest.mark.parametrize("whens", [("31-01-2026", "02-03-2026"), ("2026-01-02", "2026-02-01")])
def test_an_order_that_leaves_no_doubt_is_not_remarked(desk, whens: tuple[str, str]) -> None:
    rows = "".join(f"a,{when},x\n" for when in whens)
    assert desk.checked(desk.write("a.csv", f"who,when,what\n{rows}")).findings == ()


def test_the_unit_of_whole_numbers_is_told(desk) -> None:
    rows = desk.checked(desk.write("a.csv", "who,when,what\na,1798761541000,x\n"))
    assert "milliseconds" in rows.findings[0].title.en
    small = desk.checked(desk.write("b.csv", "who,when,what\na,7,x\n"))
    assert small.findings[0].level == "warning"


def test_types_of_parquet_give_the_same_moments_as_text(desk) -> None:
    from klantreis.engines.base import Query

    forms: dict[str, str] = {
        "d": "DATE '2026-12-31'",
        "t": "TIMESTAMP '2026-12-31 23:59:01.5'",
        "z": "TIMESTAMPTZ '2026-12-31 23:59:01.5+01'",
        "ns": "TIMESTAMP_NS '2026-12-31 23:59:01.123456789'",
        "s": "1798761541::BIGINT",
        "f": "1798761541.5::DOUBLE",
    }
    cells = ", ".join(f"{sql} AS {name}" for name, sql in forms.items())
    desk.engine.write(Query().then("made", f"SELECT 'a' AS who, 'x' AS what, {cells}"), desk.folder / "t.parquet")
    found = {name: desk.select(desk.checked("t.parquet", Roles("who", name, "what")), '"at"')[0][0] for name in forms}
    assert found == {
        "d": us("2026-12-31"),
        "t": us("2026-12-31 23:59:01.5"),
        "z": us("2026-12-31 22:59:01.5"),
        "ns": us("2026-12-31 23:59:01.123456"),
        "s": us("2026-12-31 23:59:01"),
        "f": us("2026-12-31 23:59:01.5"),
    }
