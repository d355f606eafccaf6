"""Makes the events that are timed: one Parquet file of person, at, event, in no order."""

from __future__ import annotations

from pathlib import Path

import duckdb
from asked import NAMES


def events(folder: Path, size: int) -> Path:
    """Returns the file with `size` events of size / 10 persons, made when it is not there yet."""
    path = folder / f"events-{size}.parquet"
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    names = ", ".join(f"'{name}'" for name in NAMES)
    duckdb.sql(
        f"""
        COPY (
            SELECT printf('k%08d', (hash(i) % {size // 10})::BIGINT) AS person,
                   make_timestamp(1767225600000000 + (hash(i + 7) % 15552000000000)::BIGINT) AS "at",
                   [{names}][1 + floor(20 * pow((hash(i + 13) % 1000000) / 1e6, 1.8))::INT] AS event
            FROM range({size}) t(i)
        ) TO '{path}' (FORMAT parquet)"""
    )
    return path


def orders(folder: Path, size: int) -> Path:
    """Returns the file with `size` orders of about size / 3 customers, some of whom order far more than others."""
    path = folder / f"orders-{size}.parquet"
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    duckdb.sql(
        f"""
        COPY (
            SELECT printf('k%08d', (pow((hash(i) % 1000000) / 1e6, 1.5) * {size / 3})::BIGINT) AS person,
                   make_timestamp(1767225600000000 + (hash(i + 7) % 15552000000000)::BIGINT) AS "at",
                   'order' AS event,
                   round(5 + exp((hash(i + 3) % 1000) / 250.0), 2) AS value
            FROM range({size}) t(i)
        ) TO '{path}' (FORMAT parquet)"""
    )
    return path
