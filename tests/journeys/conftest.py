"""Hand-made logs for the store: rows as a reader would judge them."""

from __future__ import annotations

from pathlib import Path

import pytest

from klantreis.engines.base import Query
from klantreis.engines.duckdb import DuckDbEngine
from klantreis.journeys.store import Store
from klantreis.log.model import CheckedRows, Roles, Source

SECOND = 1_000_000
ROLES = ("person", "event", "id", "channel", "session", "detail", "value", "score", "reason")


@pytest.fixture
def engine():
    opened = DuckDbEngine(threads=1)
    yield opened
    opened.close()


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / ".klantreis")


@pytest.fixture
def rows():
    """Makes CheckedRows of dictionaries with at least person, at (seconds) and event; other keys are properties."""
    return checked_rows


@pytest.fixture
def source():
    """Makes a source by name."""
    return lambda name="shop", **options: Source(name, "x.csv", Path(), Roles("person"), **options)


def checked_rows(log: list[dict[str, object]]) -> CheckedRows:
    properties = sorted({key for row in log for key in row} - {*ROLES, "at"})
    listed = [
        [str(number), str(round(row["at"] * SECOND)), *(_text(row.get(key)) for key in (*ROLES, *properties))]
        for number, row in enumerate(log, start=1)
    ]
    roles = ", ".join(f'r[{spot}]{TYPES.get(role, "")} AS "{role}"' for spot, role in enumerate(ROLES, start=3))
    shown = "".join(f', r[{spot}] AS "p.{name}"' for spot, name in enumerate(properties, start=3 + len(ROLES)))
    sql = f"""
        SELECT r[1]::BIGINT AS sequence, r[2]::BIGINT AS "at", {roles}{shown}, r[1]::BIGINT AS record, 'x.csv' AS file,
            NULL::VARCHAR AS seen
        FROM (SELECT unnest($log::VARCHAR[][]) AS r)"""
    return CheckedRows(Query((("rows", sql),), {"log": listed}), tuple(properties), ())


TYPES = {"value": "::DECIMAL(18, 4)", "score": "::DECIMAL(9, 3)"}


def _text(cell: object) -> str | None:
    return None if cell is None else str(cell)
