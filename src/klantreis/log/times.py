"""Times as people and programs write them, as SQL that gives microseconds since 1970, UTC.

ISO 8601 comes first, as it costs least; only what that does not understand goes on to the Dutch way of writing (day
before month), to whole numbers (seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by size) and
to 20261231. American order is never guessed. A time without a zone takes the source's; a local time that does not exist
becomes the first one that does, and one that exists twice means the first.
"""

from __future__ import annotations

from klantreis.engines.base import literal
from klantreis.log.model import Source

DAY_FIRST = r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})"
WHOLE = r"^-?\d{1,19}(\.\d+)?$"
ZONED = r":\d{2}([.,]\d+)?\s*([Zz]|[A-Za-z]{3,}(/[A-Za-z_]+)*|[+-]\d{2}(:?\d{2})?)$"
PACKED = r"^(\d{4})(\d{2})(\d{2})(?:[T ]?(\d{2})(\d{2})(\d{2}))?(Z?)$"
EARLIEST, LATEST = -30_610_224_000_000_000, 253_402_300_799_999_999
"""The years 1000 to 9999: what lies outside is a slip, such as a year of two digits."""


def instant(source: Source, column: str, kind: str) -> str:
    """Returns SQL for the moment in a column of SQL type `kind`, NULL when there is none or it is not understood."""
    if kind == "TIMESTAMP WITH TIME ZONE":
        moment = f"epoch_us({column})"
    elif kind.startswith("TIMESTAMP") or kind == "DATE":
        moment = _local(source, f"CAST({column} AS TIMESTAMP)")
    elif kind in {"BIGINT", "UBIGINT", "INTEGER", "UINTEGER", "HUGEINT"}:
        moment = _since_1970(column, "HUGEINT")
    elif source.dates:
        moment = _told(source, column)
    else:
        moment = _read(source, column)
    return moment


def _read(source: Source, text: str) -> str:
    """Returns the moment in a text, the cheapest reading first; the others run only for what it does not understand."""
    tidy = f"regexp_replace({text}, {literal(DAY_FIRST)}, {literal(chr(92) + '3-' + chr(92) + '2-' + chr(92) + '1')})"
    tidy = f"regexp_replace({tidy}, '(\\d),(\\d+)', '\\1.\\2')"
    tidy = f"regexp_replace({tidy}, '\\s+([+-]\\d)', '\\1')"
    parts = f"regexp_extract({text}, {literal(PACKED)}, ['y', 'mo', 'd', 'h', 'mi', 's', 'z'])"
    packed = (
        f"concat({parts}.y, '-', {parts}.mo, '-', {parts}.d, "
        f"CASE WHEN {parts}.h <> '' THEN concat(' ', {parts}.h, ':', {parts}.mi, ':', {parts}.s, {parts}.z) ELSE '' END)"
    )
    return (
        f"coalesce({_iso(source, text)}, "
        f"CASE WHEN regexp_matches({text}, {literal(PACKED)}) THEN {_iso(source, packed)} END, "
        f"CASE WHEN regexp_matches({text}, {literal(WHOLE)}) "
        f"THEN {_since_1970(f'TRY_CAST({text} AS DECIMAL(38, 6))', 'DECIMAL(38, 6)')} "
        f"ELSE {_iso(source, tidy)} END)"
    )


def _iso(source: Source, text: str) -> str:
    if source.time_zone == "UTC":
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
        f"ELSE {number}::{kind} / 1000 END AS BIGINT)"
    )


def _local(source: Source, wall: str) -> str:
    """Returns the moment of a clock on the wall in the source's zone.

    The database takes the last of two such moments, and carries a moment that does not exist forward by the gap: the
    first is mended by looking an hour back, the second by going to the hour where the gap ends.
    """
    if source.time_zone == "UTC":
        return f"epoch_us({wall})"
    zone = literal(source.time_zone)
    moment = f"timezone({zone}, {wall})"
    return (
        f"epoch_us(CASE WHEN timezone({zone}, {moment} - INTERVAL 1 HOUR) = {wall} THEN {moment} - INTERVAL 1 HOUR "
        f"WHEN timezone({zone}, {moment}) <> {wall} THEN {moment} - ({wall} - date_trunc('hour', {wall})) "
        f"ELSE {moment} END)"
    )
