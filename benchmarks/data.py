"""Makes the events that are timed: one Parquet file of person, at, event, in no order."""

from __future__ import annotations

from pathlib import Path

import duckdb
from asked import NAMES

COMMENTS = (
    "the delivery came late and the box was broken", "great ring, quick delivery", "nobody answers the phone",
    "the size did not fit but returning it was easy", "I like the colour", "de verzending duurde lang",
    "the price is high but it is worth it", "betalen lukte niet met deze kaart",
)  # fmt: skip
"""What people write; a number behind it makes most of them different."""


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


def said_events(folder: Path, size: int) -> Path:
    """Returns the same events with what people say and pay: a score and a comment, and the value of an order."""
    path = folder / f"said-{size}.parquet"
    if path.exists():
        return path
    words = ", ".join(f"'{text}'" for text in COMMENTS)
    duckdb.sql(
        f"""
        COPY (
            SELECT person, "at", event,
                   CASE WHEN event = 'review_submitted' THEN 1 + (hash("at") % 5)::INT END AS score,
                   CASE WHEN event = 'order_paid' THEN round(5 + exp((hash("at") % 1000) / 250.0), 2) END AS value,
                   CASE WHEN event = 'review_submitted' THEN
                       [{words}][1 + (hash(person) % {len(COMMENTS)})::INT] || ' ' || (hash("at") % 1000)
                   END AS comment
            FROM '{events(folder, size)}'
        ) TO '{path}' (FORMAT parquet)"""
    )
    return path
