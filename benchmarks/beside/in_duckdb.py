"""DuckDB: plain SQL over a table that is sorted in memory."""

from __future__ import annotations

import duckdb
from asked import COLUMNS, GAP_DAYS, GOAL, STEPS

Rows = list[tuple[object, ...]]
BESIDE = 'WINDOW w AS (PARTITION BY person ORDER BY "at")'
FOLLOWS = f"""
    SELECT event || '>' || next_event, count(*) FROM (
        SELECT event, lead(event) OVER w AS next_event FROM sorted {BESIDE})
    WHERE next_event IS NOT NULL GROUP BY ALL"""
VARIANTS = """
    SELECT count(*), max(n) FROM (SELECT count(*) AS n FROM
        (SELECT list(event ORDER BY "at") AS path FROM sorted GROUP BY person) GROUP BY path)"""
SESSIONS = f"""
    SELECT count(*) FILTER (fresh) FROM (
        SELECT coalesce("at" - lag("at") OVER w > INTERVAL {GAP_DAYS} DAY, true) AS fresh FROM sorted {BESIDE})"""
COHORTS = """
    SELECT count(DISTINCT cohort), count(*) FROM (
        SELECT DISTINCT person, date_trunc('week', min("at") OVER (PARTITION BY person)) AS cohort,
            date_trunc('week', "at") AS week FROM sorted)"""
LAST = f"""
    SELECT coalesce(before, ''), count(*) FROM (
        SELECT event, lag(event) OVER w AS before FROM sorted {BESIDE}) WHERE event = '{GOAL}' GROUP BY ALL"""
MATRIX = f"""
    SELECT event || '@' || step, count(*) FROM (SELECT event, row_number() OVER w AS step FROM sorted {BESIDE})
    WHERE step <= {COLUMNS} GROUP BY ALL"""


def load(file: str) -> duckdb.DuckDBPyConnection:
    """Reads three columns and sorts them into a table in memory."""
    connection = duckdb.connect()
    connection.execute(f'CREATE TABLE sorted AS SELECT person, "at", event FROM \'{file}\' ORDER BY person, "at"')
    return connection


def loaded(connection: duckdb.DuckDBPyConnection) -> dict[str, object]:
    """Returns what was loaded."""
    events, people = _rows(connection, "SELECT count(*), count(DISTINCT person) FROM sorted")[0]
    return {"events": events, "people": people}


def funnel() -> str:
    """Returns the SQL of the earliest moment of each step after the step before."""
    steps = [f"s1 AS (SELECT person, min(\"at\") AS met FROM sorted WHERE event = '{STEPS[0]}' GROUP BY person)"]
    for number, step in enumerate(STEPS[1:], start=2):
        steps.append(
            f's{number} AS (SELECT person, min("at") AS met FROM sorted JOIN s{number - 1} USING (person) '
            f"WHERE event = '{step}' AND \"at\" > met GROUP BY person)"
        )
    return f"WITH {', '.join(steps)} SELECT {', '.join(f'(SELECT count(*) FROM s{n + 1})' for n in range(len(STEPS)))}"


def last_before(rows: Rows) -> dict[str, object]:
    """Returns conversions, and those with the touch right before them: a conversion before it ends the path."""
    return {"conversions": sum(int(str(n)) for _, n in rows), **{str(b): n for b, n in rows if b not in {"", GOAL}}}


def _rows(connection: duckdb.DuckDBPyConnection, sql: str) -> Rows:
    return connection.execute(sql).fetchall()


MEASURES = {
    "directly-follows": (lambda data: _rows(data, FOLLOWS), dict),
    "variants": (
        lambda data: _rows(data, VARIANTS),
        lambda rows: dict(zip(("variants", "most"), rows[0], strict=True)),
    ),
    "funnel": (lambda data: _rows(data, funnel()), lambda rows: {"people": list(rows[0])}),
    "sessions": (lambda data: _rows(data, SESSIONS), lambda rows: {"sessions": rows[0][0]}),
    "cohorts": (lambda data: _rows(data, COHORTS), lambda rows: dict(zip(("cohorts", "back"), rows[0], strict=True))),
    "attribution": (lambda data: _rows(data, LAST), last_before),
    "step matrix": (lambda data: _rows(data, MATRIX), dict),
}
