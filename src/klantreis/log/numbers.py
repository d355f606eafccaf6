"""Numbers as people write them, as SQL: a decimal point or comma, thousands, a currency sign."""

from __future__ import annotations

from klantreis.log.model import Source

ABSENT = "('na', 'n/a', 'nan', 'null', 'none', '-')"
"""Words that stand for "no number" (as an id they are ids)."""
MONEY = r"'^[€$£]\s*|\s*(€|EUR|USD|GBP)$'"


def number(source: Source, column: str, kind: str, wanted: str) -> str:
    """Returns SQL for the number in a column of SQL type `kind` as `wanted`; NULL when empty or not understood."""
    if kind != "VARCHAR":
        return f"TRY_CAST({column} AS {wanted})"
    bare = f"regexp_replace({column}, {MONEY}, '', 'g')"
    if source.decimal == ",":
        fits = rf"regexp_matches({bare}, '^[-+]?(\d{{1,3}}(\.\d{{3}})+|\d+)(,\d+)?$')"
        return f"CASE WHEN {fits} THEN TRY_CAST(replace(replace({bare}, '.', ''), ',', '.') AS {wanted}) END"
    fits = rf"regexp_matches({bare}, '^[-+]?(\d{{1,3}}(,\d{{3}})+|\d+)(\.\d+)?$')"
    return (
        f"coalesce(TRY_CAST({column} AS {wanted}), "
        f"CASE WHEN {fits} THEN TRY_CAST(replace({bare}, ',', '') AS {wanted}) END)"
    )


def present(column: str) -> str:
    """Returns SQL that is NULL where a text says that there is no number."""
    return f"CASE WHEN lower({column}) NOT IN {ABSENT} THEN {column} END"
