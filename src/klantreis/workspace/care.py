"""Looks after the store of a workspace: what is there, tidying it, and taking a source out."""

from __future__ import annotations

from klantreis.journeys.remove import Removed
from klantreis.journeys.store import Store
from klantreis.journeys.tidy import Contents
from klantreis.workspace.load import Tell
from klantreis.workspace.scratch import scratch_engine


def tidied(store: Store, *, tell: Tell | None = None) -> tuple[Contents, Contents]:
    """Returns what a store holds before and after it was tidied; `tell(done, all, word)` as files are written."""
    word = None if tell is None else lambda done, total: tell(done, total, "")
    with scratch_engine() as engine:
        return store.tidy(engine, tell=word)


def removed(store: Store, source: str) -> Removed:
    """Takes a source out of a store and returns what went; raises OptionError when nothing of it is stored."""
    with scratch_engine() as engine:
        return store.remove(engine, source)
