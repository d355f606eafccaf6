"""Looks after the store of a workspace: what is there, and tidying it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from klantreis.engines.duckdb import DuckDbEngine, modest
from klantreis.journeys.store import Store
from klantreis.journeys.tidy import Contents
from klantreis.workspace.load import Tell


def tidied(store: Store, *, tell: Tell | None = None) -> tuple[Contents, Contents]:
    """Returns what a store holds before and after it was tidied; `tell(done, all, word)` as files are written."""
    with tempfile.TemporaryDirectory(prefix="klantreis-") as scratch:
        engine = DuckDbEngine(scratch=Path(scratch), memory=modest())
        try:
            word = None if tell is None else lambda done, total: tell(done, total, "")
            return store.tidy(engine, tell=word)
        finally:
            engine.close()
