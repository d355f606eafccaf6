"""Numbers as people write them, as SQL: a decimal point or comma, thousands, a currency sign."""

from __future__ import annotations

from klantreis.log.model import Source

ABSENT = ("na", "n/a", "nan", "null", "none", "-")
"""Words that stand for "nothing there" in a number or time (as an id they are ids)."""
LONGEST_ABSENT = 8
MONEY = r"'^[€$£]\s*|\s*(€|EUR|USD|GBP)$'"


def number(source: Source, column: str, kind: str, wanted: str) -> str:
    """Returns SQL for the number in a column of SQL type `kind` as `wanted`; NULL: none, or up to `rescued_number`."""
    if kind != "VARCHAR" or source.decimal == ".":
        return f"TRY_CAST({column} AS {wanted})"
    return f"CASE WHEN NOT contains({column}, '.') THEN TRY_CAST(replace({column}, ',', '.') AS {wanted}) END"


def rescued_number(source: Source, column: str, kind: str, wanted: str) -> str | None:
    """Returns SQL for a number with thousands or a currency sign; None when `number` has the last word."""
    if kind != "VARCHAR":
        return None
    bare = f"regexp_replace({column}, {MONEY}, '', 'g')"
    if source.decimal == ",":
        fits = rf"regexp_matches({bare}, '^[-+]?(\d{{1,3}}(\.\d{{3}})+|\d+)(,\d+)?$')"
        return f"CASE WHEN {fits} THEN TRY_CAST(replace(replace({bare}, '.', ''), ',', '.') AS {wanted}) END"
    fits = rf"regexp_matches({bare}, '^[-+]?(\d{{1,3}}(,\d{{3}})+|\d+)(\.\d+)?$')"
    return f"CASE WHEN {fits} THEN TRY_CAST(replace({bare}, ',', '') AS {wanted}) END"


def present(column: str, tidy: str) -> str:
    """Returns SQL that gives `tidy`, or NULL where the text in `column` says that there is nothing.

    Written without IN: DuckDB 2.0 makes a join of a list this long, and works its left side out for every row.
    """
    said = " OR ".join(f"lower(trim({column})) = '{word}'" for word in ABSENT)
    return f"CASE WHEN strlen({column}) <= {LONGEST_ABSENT} AND ({said}) THEN NULL ELSE {tidy} END"


def thousands(count: int) -> tuple[str, str]:
    """Returns a count with its thousands apart, as Dutch and as English write it: ('9.399', '9,399')."""
    english = f"{count:,}"
    return english.replace(",", "."), english
