"""Times as people and programs write them, as SQL that gives microseconds since 1970, UTC.

ISO 8601 comes first, as it costs least; only what that does not understand goes on to the Dutch way of writing (day
before month), to whole numbers (seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by size) and
to 20261231. American order is never guessed. A time without a zone takes the source's; a local time that does not exist
becomes the first one that does, and one that exists twice means the first.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from klantreis.engines.base import literal
from klantreis.log.model import Source

DAY_FIRST = r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})"
WHOLE = r"^-?\d{1,19}(\.\d+)?$"
ZONED = r":\d{2}([.,]\d+)?\s*([Zz]|[A-Za-z]{3,}(/[A-Za-z_]+)*|[+-]\d{2}(:?\d{2})?)$"
PACKED = r"^(19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])([T ]?\d{6}Z?)?$"
PACKED_DAY = r"^(\d{4})(\d{2})(\d{2})"
YEAR_FIRST = r"\3-\2-\1"
WHOLES = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT")
EARLIEST, LATEST = -30_610_224_000_000_000, 253_370_764_799_999_999
"""The years 1000 to 9998: what lies outside is a slip, such as a year of two digits, or says that there is no end yet,
as 9999-12-31 does in many tables; `stats.calendar` ends there too.
"""


def instant(source: Source, column: str, kind: str) -> str:
    """Returns SQL for the moment in a column of SQL type `kind`; NULL: none, not understood, or up to `rescued`."""
    if kind == "TIMESTAMP WITH TIME ZONE":
        return f"epoch_us({column})"
    if kind == "TIMESTAMP_NS":
        return _local(source, f"make_timestamp(epoch_ns({column}) // 1000)")
    if kind.startswith("TIMESTAMP") or kind == "DATE":
        return _local(source, f"CAST({column} AS TIMESTAMP)")
    if kind in WHOLES:
        return _since_1970(column, "HUGEINT")
    if kind != "VARCHAR":
        return _since_1970(f"TRY_CAST({column} AS DECIMAL(38, 6))", "DECIMAL(38, 6)")
    return _told(source, column) if source.dates else _iso(source, column)


def rescued(source: Source, column: str, kind: str) -> str | None:
    """Returns SQL for the moment in a text that is not ISO 8601; None when `instant` has the last word.

    It costs much more than `instant`, so a query must reach it only for the rows that need it.
    """
    if kind != "VARCHAR" or source.dates:
        return None
    tidy = f"regexp_replace({column}, {literal(DAY_FIRST)}, {literal(YEAR_FIRST)})"
    tidy = f"regexp_replace({tidy}, '(\\d),(\\d+)', '\\1.\\2')"
    tidy = f"regexp_replace({tidy}, '\\s+([+-]\\d)', '\\1')"
    unpacked = f"regexp_replace({column}, {literal(PACKED_DAY)}, '\\1-\\2-\\3')"
    unpacked = f"regexp_replace({unpacked}, '[T ]?(\\d{{2}})(\\d{{2}})(\\d{{2}})(Z?)$', ' \\1:\\2:\\3\\4')"
    number = f"TRY_CAST({column} AS DECIMAL(38, 6))"
    return (
        f"CASE WHEN regexp_matches({column}, {literal(PACKED)}) THEN {_iso(source, unpacked)} "
        f"WHEN regexp_matches({column}, {literal(WHOLE)}) THEN {_since_1970(number, 'DECIMAL(38, 6)')} "
        f"ELSE {_iso(source, tidy)} END"
    )


def _iso(source: Source, text: str) -> str:
    if source.time_zone in {"", "UTC"}:
        return f"epoch_us(TRY_CAST({text} AS TIMESTAMPTZ))"
    return (
        f"CASE WHEN regexp_matches({text}, {literal(ZONED)}) THEN epoch_us(TRY_CAST({text} AS TIMESTAMPTZ)) "
        f"ELSE {_local(source, f'TRY_CAST({text} AS TIMESTAMP)')} END"
    )


def _told(source: Source, text: str) -> str:
    """Returns the moment by the formats the source gives, tried in order."""
    tried = []
    for form in source.dates:
        parsed = f"try_strptime({text}, {literal(form)})"
        zoned = "%z" in form or "%Z" in form
        tried.append(f"epoch_us({parsed})" if zoned else _local(source, parsed))
    return f"coalesce({', '.join(tried)})"


def _since_1970(number: str, kind: str) -> str:
    return (
        f"CAST(CASE WHEN abs({number}) < 100000000000 THEN {number}::{kind} * 1000000 "
        f"WHEN abs({number}) < 100000000000000 THEN {number}::{kind} * 1000 "
        f"WHEN abs({number}) < 100000000000000000 THEN {number}::{kind} "
        f"ELSE {number}::HUGEINT // 1000 END AS BIGINT)"
    )


def _local(source: Source, wall: str) -> str:
    """Returns the moment of a clock on the wall in the source's zone.

    The database takes the last of two such moments, and carries a moment that does not exist forward by the gap: the
    first is mended by looking back as far as the clocks go back, the second by going to the hour where the gap ends.
    """
    if source.time_zone in {"", "UTC"}:
        return f"epoch_us({wall})"
    zone = literal(source.time_zone)
    moment = f"timezone({zone}, {wall})"
    sooner = f"{moment} - INTERVAL {_put_back(source.time_zone)} MINUTE"
    return (
        f"epoch_us(CASE WHEN timezone({zone}, {sooner}) = {wall} THEN {sooner} "
        f"WHEN timezone({zone}, {moment}) <> {wall} THEN {moment} - ({wall} - date_trunc('hour', {wall})) "
        f"ELSE {moment} END)"
    )


@cache
def _put_back(time_zone: str) -> int:
    """Returns by how many minutes a zone puts its clocks back: half an hour on Lord Howe Island, else mostly an hour.

    A zone that only the database knows (`ACT`) goes by the hour.
    """
    try:
        zone = ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return 60
    winter, summer = (datetime(2024, month, 1, tzinfo=zone).utcoffset() or timedelta() for month in (1, 7))
    return abs(summer - winter) // timedelta(minutes=1) or 60
