"""Retentioneering: an Eventstream of a pandas frame; its tools run as headless data functions."""

from __future__ import annotations

from typing import Any

import pandas as pd
from asked import COLUMNS, GAP_DAYS, STEPS
from retentioneering import Eventstream

SCHEMA = {"path_cols": ["person"], "event_col": "event", "timestamp_col": "at"}
OUTSIDE = {"path_start", "path_end"}


def load(file: str) -> Any:
    """Reads the file with pandas and makes an Eventstream, which sorts and numbers the events."""
    return Eventstream(pd.read_parquet(file), SCHEMA)


def loaded(stream: Any) -> dict[str, object]:
    """Returns what was loaded."""
    return {"events": len(stream.df), "people": int(stream.df["person"].nunique())}


def _edges(matrix: Any) -> dict[str, object]:
    inside = [name for name in matrix.columns if name not in OUTSIDE]
    return {f"{one}>{next_}": int(matrix.at[one, next_]) for one in inside for next_ in inside if matrix.at[one, next_]}


def _matrix(stream: Any) -> Any:
    return stream.step_matrix_data(max_steps=COLUMNS), stream.df["person"].nunique()


def _cells(found: Any) -> dict[str, object]:
    matrix, people = found
    inside = [name for name in matrix.index if name not in OUTSIDE]
    counts = {
        f"{name}@{step}": round(matrix.at[name, step] * people) for name in inside for step in range(1, COLUMNS + 1)
    }
    return {cell: count for cell, count in counts.items() if count}


MEASURES = {
    "directly-follows": (lambda stream: stream.transition_graph_data(edge_weight="count"), _edges),
    "funnel": (
        lambda stream: stream.funnel_data(steps=list(STEPS)),
        lambda found: {"people": [step["unique_paths"] for step in found["steps"]]},
    ),
    "sessions": (
        lambda stream: stream.split_sessions(timeout=f"{GAP_DAYS * 24}h"),
        lambda found: {"sessions": int(found.df["session_id"].nunique())},
    ),
    "step matrix": (_matrix, _cells),
}
