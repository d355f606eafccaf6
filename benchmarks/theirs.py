"""What stands beside ours: plain DuckDB SQL and pandas, over data that is already sorted in memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
from asked import STEPS, WITHIN_DAYS

DFG = """
    SELECT event, next_event, count(*) AS times, count(DISTINCT person) AS people, median(wait) AS wait FROM (
        SELECT person, event, lead(event) OVER w AS next_event, epoch(lead("at") OVER w - "at") AS wait
        FROM sorted WINDOW w AS (PARTITION BY person ORDER BY "at")
    ) GROUP BY ALL"""
VARIANTS = """
    SELECT path, count(*) AS n FROM (SELECT list(event ORDER BY "at") AS path FROM sorted GROUP BY person)
    GROUP BY path ORDER BY n DESC LIMIT 1000"""
TIMES = """
    SELECT count(*), median(took), quantile_cont(took, [0.25, 0.75, 0.9]) FROM (
        SELECT epoch(max("at") - min("at")) AS took FROM sorted GROUP BY person)"""
COVERAGE = """
    SELECT event, count(*) AS events, count(DISTINCT person) AS people, max("at") AS last_seen
    FROM sorted GROUP BY event"""


def read_and_sort(path: Path) -> object:
    """DuckDB reads the three columns, sorts them, and keeps them in memory."""
    return duckdb.connect().execute(f"CREATE TABLE sorted AS SELECT * FROM '{path}' ORDER BY person, \"at\"").fetchall()


def in_duckdb(path: Path) -> dict[str, Callable[[], object]]:
    """The same measures as SQL over a table sorted in memory."""
    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE sorted AS SELECT * FROM '{path}' ORDER BY person, \"at\"")
    asked = {"paths": DFG + ";" + VARIANTS, "times": TIMES, "coverage": COVERAGE, "funnel": _funnel()}
    return {
        name: lambda q=sql: [connection.execute(one).fetchall() for one in q.split(";")] for name, sql in asked.items()
    }


def _funnel() -> str:
    """The latest entry that still allows each step, by as-of joins; exact, because entries never fall."""
    parts = [f's1 AS (SELECT person, "at", "at" AS entry FROM sorted WHERE event = \'{STEPS[0]}\')']
    for number, step in enumerate(STEPS[1:], start=2):
        parts.append(
            f"s{number} AS (SELECT e.person, e.\"at\", p.entry FROM (SELECT * FROM sorted WHERE event = '{step}') e "
            f'ASOF JOIN s{number - 1} p ON e.person = p.person AND e."at" > p."at" '
            f'WHERE e."at" - p.entry <= INTERVAL {WITHIN_DAYS} DAY)'
        )
    counts = ", ".join(f"(SELECT count(DISTINCT person) FROM s{number})" for number in range(1, len(STEPS) + 1))
    return f"WITH {', '.join(parts)} SELECT {counts}"


def in_pandas(path: Path) -> dict[str, Callable[[], object]]:
    """The same measures in pandas over a sorted frame: those that pandas users write in a few lines."""
    import pandas as pd  # noqa: PLC0415 - only for those who ask for it

    frame = pd.read_parquet(path)
    frame["person"] = frame["person"].astype("category")
    frame["event"] = frame["event"].astype("category")
    frame = frame.sort_values(["person", "at"], kind="stable", ignore_index=True)
    return {
        "paths": lambda: _dfg(frame),
        "times": lambda: _took(frame),
        "coverage": lambda: frame.groupby("event", observed=True).agg(
            n=("at", "size"), people=("person", "nunique"), last=("at", "max")
        ),
    }


def _dfg(frame: Any) -> object:
    following = frame.groupby("person", observed=True)
    pairs = frame.assign(after=following["event"].shift(-1), wait=following["at"].shift(-1) - frame["at"])
    ways = pairs.groupby(["event", "after"], observed=True).agg(
        n=("wait", "size"), people=("person", "nunique"), wait=("wait", "median")
    )
    routes = following["event"].agg(lambda codes: tuple(codes.cat.codes)).value_counts()
    return ways, routes


def _took(frame: Any) -> object:
    spans = frame.groupby("person", observed=True)["at"].agg(["min", "max"])
    return (spans["max"] - spans["min"]).quantile([0.25, 0.5, 0.75, 0.9])
