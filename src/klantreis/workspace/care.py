"""Looks after the store of a workspace: what is there, and tidying it."""

from __future__ import annotations

from klantreis.journeys.store import Store
from klantreis.journeys.tidy import Contents
from klantreis.workspace.load import Tell
from klantreis.workspace.scratch import scratch_engine


def tidied(store: Store, *, tell: Tell | None = None) -> tuple[Contents, Contents]:
    """Returns what a store holds before and after it was tidied; `tell(done, all, word)` as files are written."""
    word = None if tell is None else lambda done, total: tell(done, total, "")
    with scratch_engine() as engine:
        return store.tidy(engine, tell=word)
