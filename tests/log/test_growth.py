"""How far a table was read, and from where to ask next: small tables to check by eye."""

from datetime import UTC, date, datetime, timedelta

import pytest

from klantreis.log.growth import Mark, latest

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = 86_400.0


@pytest.mark.parametrize(
    ("values", "mark", "before"),
    [
        ([datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 3, 5, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)],
         Mark("moment", "2026-01-03T05:00:00+00:00"), datetime(2026, 1, 2, 5, tzinfo=UTC)),
        ([datetime(2026, 1, 3), None, datetime(2026, 1, 1)], Mark("clock", "2026-01-03T00:00:00"),
         datetime(2026, 1, 2)),
        ([date(2026, 1, 3), date(2027, 1, 1)], Mark("day", "2026-01-03"), date(2026, 1, 2)),
        ([1767398400, 1, 99999999999], Mark("number", "1767398400"), 1767312000),
        ([1767398400123], Mark("number", "1767398400123"), 1767312000123),
        ([1767398400123456], Mark("number", "1767398400123456"), 1767312000123456),
        ([float("nan"), 1767398400.0], Mark("number", "1767398400"), 1767312000),
        (["2026-01-03", "9999-01-01", "x"], Mark("text", "2026-01-03"), "2026-01-02"),
        (["2026-01-03 10:00"], Mark("text", "2026-01-03 10:00"), "2026-01-02 10:00"),
        (["2026-01-03T10:00:00Z"], Mark("text", "2026-01-03T10:00:00Z"), "2026-01-02T10:00:00"),
        (["2026-01-03 10:00:00.25+00"], Mark("text", "2026-01-03 10:00:00.25+00"), "2026-01-02 10:00:00.25"),
    ],
)  # fmt: skip
def test_the_latest_that_is_not_after_now_is_the_mark_and_the_next_load_asks_a_day_before(values, mark, before) -> None:
    found = latest(values, None, NOW)
    assert found == mark
    assert found is not None
    assert found.before(DAY) == before
    assert latest([], found, NOW) == mark, "nothing new keeps the mark"
    assert latest(reversed(values), found, NOW) == mark, "older values do not take it back"


@pytest.mark.parametrize("values", [[], [None], ["31-12-2025"], ["2026-01-01 10:00:00+02:00"], [b"x", True, ""]])
def test_what_has_no_order_in_time_gives_no_mark(values) -> None:
    assert latest(values, None, NOW) is None


def test_a_clock_that_runs_ahead_of_utc_is_no_slip() -> None:
    ahead = (NOW + timedelta(hours=13)).replace(tzinfo=None)
    assert latest([ahead], None, NOW) == Mark("clock", ahead.isoformat())
