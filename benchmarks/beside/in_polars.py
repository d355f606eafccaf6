"""Polars: a frame sorted in memory, with names as categories."""

from __future__ import annotations

import polars as pl
from asked import COLUMNS, GAP_DAYS, GOAL, STEPS

person, at, event = pl.col("person"), pl.col("at"), pl.col("event")
same = person == person.shift(1)


def load(file: str) -> pl.DataFrame:
    """Reads three columns, codes the names, and sorts."""
    asked = pl.scan_parquet(file).select("person", "at", "event").with_columns(event.cast(pl.Categorical))
    return asked.sort("person", "at").collect()


def loaded(frame: pl.DataFrame) -> dict[str, object]:
    """Returns what was loaded."""
    return {"events": frame.height, "people": frame["person"].n_unique()}


def _follows(frame: pl.DataFrame) -> pl.DataFrame:
    pairs = frame.lazy().select(event, after=event.shift(-1), one=person == person.shift(-1)).filter("one")
    return pairs.group_by("event", "after").len().collect()


def _variants(frame: pl.DataFrame) -> pl.DataFrame:
    paths = frame.lazy().group_by("person", maintain_order=True).agg(event.to_physical())
    return paths.group_by("event").len().select(pl.len().alias("n"), pl.col("len").max()).collect()


def _funnel(frame: pl.DataFrame) -> list[int]:
    met = frame.lazy().filter(event == STEPS[0]).group_by("person").agg(met=at.min()).collect()
    found = [met.height]
    for step in STEPS[1:]:
        later = frame.lazy().filter(event == step).join(met.lazy(), on="person").filter(at > pl.col("met"))
        met = later.group_by("person").agg(met=at.min()).collect()
        found.append(met.height)
    return found


def _sessions(frame: pl.DataFrame) -> int:
    fresh = (~same | (at - at.shift(1) > pl.duration(days=GAP_DAYS))).fill_null(True)
    return int(frame.lazy().select(fresh.sum()).collect().item())


def _cohorts(frame: pl.DataFrame) -> pl.DataFrame:
    weeks = frame.lazy().select("person", week=at.dt.truncate("1w")).unique()
    return weeks.group_by("person").agg(cohort=pl.col("week").min(), back=pl.len()).select(
        pl.col("cohort").n_unique(), pl.col("back").sum()
    ).collect()  # fmt: skip


def _last(frame: pl.DataFrame) -> pl.DataFrame:
    before = frame.lazy().select(event, before=pl.when(same).then(event.shift(1)))
    return before.filter(event == GOAL).group_by("before").len().collect()


def _credits(frame: pl.DataFrame) -> dict[str, object]:
    counts = {name: n for name, n in frame.rows() if name not in {None, GOAL}}
    return {"conversions": int(frame["len"].sum()), **counts}


def _matrix(frame: pl.DataFrame) -> pl.DataFrame:
    steps = frame.lazy().select(event, step=pl.int_range(pl.len()).over("person") + 1).filter(pl.col("step") <= COLUMNS)
    return steps.group_by("event", "step").len().collect()


MEASURES = {
    "directly-follows": (_follows, lambda rows: {f"{one}>{next_}": n for one, next_, n in rows.rows()}),
    "variants": (_variants, lambda rows: dict(zip(("variants", "most"), rows.row(0), strict=True))),
    "funnel": (_funnel, lambda found: {"people": found}),
    "sessions": (_sessions, lambda found: {"sessions": found}),
    "cohorts": (_cohorts, lambda rows: dict(zip(("cohorts", "back"), rows.row(0), strict=True))),
    "attribution": (_last, _credits),
    "step matrix": (_matrix, lambda rows: {f"{name}@{step}": n for name, step, n in rows.rows()}),
}
