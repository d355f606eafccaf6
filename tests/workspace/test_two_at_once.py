"""Two processes at one store: what one of them does between two looks of the other."""

from __future__ import annotations

import json

import pytest

from klantreis.journeys import later
from klantreis.workspace import load as loading
from klantreis.workspace import open_workspace
from klantreis.workspace.scratch import scratch_engine

ROWS = "who,ts,what\n"


@pytest.fixture
def shop(tmp_path):
    """A workspace with one source in two files, both loaded, of which a third is new."""
    source = {"path": "web-*.csv", "person": "who", "at": "ts", "event": "what"}
    (tmp_path / "klantreis.yaml").write_text(json.dumps({"klantreis": 1, "name": "W", "sources": {"web": source}}))
    for day in (1, 2):
        (tmp_path / f"web-{day}.csv").write_text(f"{ROWS}a,2026-01-0{day}T00:00:00Z,view\n")
        open_workspace(tmp_path).load()
    (tmp_path / "web-3.csv").write_text(f"{ROWS}a,2026-01-03T00:00:00Z,view\n")
    return open_workspace(tmp_path)


def test_a_source_that_is_removed_while_it_loads_is_read_whole_by_the_next_load(shop, monkeypatch):
    real = loading._stored

    def removed_first(*given):
        with scratch_engine() as engine:
            shop.store.remove(engine, "web")
        return real(*given)

    monkeypatch.setattr(loading, "_stored", removed_first)
    assert [one.stored for one in shop.load().sources] == [1]
    monkeypatch.setattr(loading, "_stored", real)
    assert [one.stored for one in shop.load().sources] == [2]
    assert [one.unchanged for one in shop.load().sources] == [True]


def test_a_store_that_is_tidied_while_a_load_begins_is_looked_at_again(shop, monkeypatch):
    stale, real = [later.read_manifest(shop.store.folder)], later.read_manifest
    with scratch_engine() as engine:
        shop.store.tidy(engine)
    monkeypatch.setattr(later, "read_manifest", lambda folder: stale.pop() if stale else real(folder))
    assert [one.stored for one in shop.load().sources] == [1]
    assert not stale
