"""Taking a source out leaves the store as if it had never been loaded; loading it again brings all of it back."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from klantreis.errors import OptionError
from klantreis.journeys import append as appending
from klantreis.journeys.manifest import read_manifest
from klantreis.journeys.store import Store
from klantreis.measure import measured
from stored import MAP, log, told


@pytest.fixture(autouse=True)
def four_buckets(monkeypatch):
    monkeypatch.setattr(appending, "bucket_bits", lambda touches: 2)


@pytest.fixture
def fill(engine, rows, source):
    """Loads some of the sources into a store; `shop` alone has a property and an event `only`."""
    logs = {
        "web": log(people=30),
        "shop": [*log(people=20, first=500), {"person": "u99", "at": 900, "event": "only", "colour": "red"}],
    }

    def filled(store, *names):
        for name in names:
            store.append(engine, rows(logs[name]), source(name, order=list(logs).index(name)))
        store.place(engine, MAP)
        return store

    return filled


def answers(store, kept=None):
    journeys = store.open_journeys(MAP)
    found = measured(MAP, journeys, kept=kept)
    return json.dumps({**found.to_dict(), "about": None}, sort_keys=True), told(journeys), journeys.counts


def test_the_store_is_what_it_would_be_if_the_source_had_never_come(store, engine, fill, tmp_path):
    fill(store, "web", "shop")
    kept = store.parts()
    answers(store, kept)
    gone = store.remove(engine, "shop")
    assert (gone.source, gone.events, gone.read) == ("shop", 81, 81)
    store.place(engine, MAP)
    never = fill(Store(tmp_path / "never"), "web")
    assert answers(store, store.parts()) == answers(never)
    mine, theirs = read_manifest(store.folder), read_manifest(never.folder)
    for name in ("loads", "properties", "names", "first", "last", "stored", "bits"):
        assert getattr(mine, name) == getattr(theirs, name), name
    assert store.log().version == never.log().version
    assert store.verify() == ()
    assert store.contents().left_over == 0


def test_loading_the_source_again_brings_everything_back(store, engine, fill):
    before = answers(fill(store, "web", "shop"))
    store.remove(engine, "web")
    fill(store, "web")
    assert answers(store, store.parts()) == before
    assert store.verify() == ()


def test_a_source_that_alone_filled_a_bucket_leaves_nobody_behind(store, engine, rows, source):
    store.append(engine, rows([{"person": "u1", "at": 1, "event": "view"}]), source("one"))
    store.append(engine, rows([{"person": f"u{n}", "at": n, "event": "paid"} for n in range(2, 9)]), source("two"))
    store.place(engine, MAP)
    answers(store, store.parts())
    store.remove(engine, "two")
    store.place(engine, MAP)
    assert answers(store, store.parts()) == answers(store)
    assert store.open_journeys(MAP).people == 1


def test_without_its_only_source_a_store_is_empty(store, engine, fill):
    fill(store, "web")
    store.remove(engine, "web")
    store.place(engine, MAP)
    assert store.open_journeys(MAP).touches == 0
    assert (store.log().read, store.log().stored, store.log().sources) == (0, 0, ())
    assert store.verify() == ()


def test_who_was_forgotten_does_not_come_back_with_the_source(store, engine, fill, rows, source):
    fill(store, "web", "shop")
    store.forget(engine, "u3")
    store.remove(engine, "web")
    assert read_manifest(store.folder).identity.forgotten
    load = store.append(engine, store.remembered(rows(log(people=30))), source("web", order=0))
    assert load.rejected == 4


def test_a_source_that_is_not_there_is_told_with_the_nearest(store, engine, fill):
    fill(store, "web", "shop")
    before = read_manifest(store.folder)
    with pytest.raises(OptionError) as told_:
        store.remove(engine, "shopp")
    assert "shop" in str(told_.value)
    assert read_manifest(store.folder) == before


def test_a_load_that_failed_to_store_anything_can_be_taken_out(store, engine, rows, source):
    store.append(engine, rows([{"person": "u1", "at": 1, "event": "view", "reason": "bad_time"}]), source("bad"))
    gone = store.remove(engine, "bad")
    assert (gone.events, gone.read) == (0, 1)
    assert replace(read_manifest(store.folder), generation=0, hash_check=0, bits=0).loads == ()
