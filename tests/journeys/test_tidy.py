"""Tidying makes many small files one, takes away what no longer counts, and changes no number."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from klantreis.errors import StoreError
from klantreis.journeys import append as appending
from klantreis.journeys import tidy as tidying
from klantreis.journeys.append import reading
from klantreis.journeys.lock import writing
from klantreis.journeys.manifest import EventFile, Stored, content, merged_from, read_manifest, write_manifest
from klantreis.measure import measured
from stored import MAP, log, told


@pytest.fixture
def many(store, engine, rows, source, monkeypatch):
    """A store of five loads of two sources in four buckets, placed."""
    monkeypatch.setattr(appending, "bucket_bits", lambda touches: 2)
    for turn in range(5):
        store.append(engine, rows(log(people=30, first=turn * 100)), source("web" if turn % 2 else "shop"))
    store.place(engine, MAP)
    return store


def events(store, engine):
    files = [store.folder / event.file.path for event in read_manifest(store.folder).events]
    return sorted(engine.rows(reading(files)), key=repr)


def test_an_empty_store_holds_nothing_and_has_nothing_to_tidy(store, engine):
    assert store.contents().to_dict() | {"room": 0, "content": 0} == {
        **dict.fromkeys(
            (
                "generation",
                "events",
                "sources",
                "buckets",
                "event_files",
                "least_files",
                "beside",
                "cached",
                "left_over",
            ),
            0,
        ),
        **dict.fromkeys(("bytes", "room", "content"), 0),
        "maps": [],
    }
    before, after = store.tidy(engine)
    assert before == after


def test_as_many_files_are_left_as_buckets_have_sources(many, engine):
    before, after = many.tidy(engine)
    assert before.event_files == 5 * 4
    assert (after.event_files, after.least_files) == (2 * 4, 2 * 4)
    assert after.room["events"] < before.room["events"]
    assert (after.events, after.left_over, after.content) == (before.events, 0, before.content)
    assert len(list((many.folder / "events").rglob("*.parquet"))) == 8
    assert many.verify() == ()


def test_events_journeys_and_version_stay_what_they_were(many, engine):
    listed, journeys = events(many, engine), many.open_journeys(MAP)
    before = told(journeys), journeys.about, [bucket.generation for bucket in journeys.buckets]
    many.tidy(engine)
    assert events(many, engine) == listed
    assert many.current(MAP)
    assert many.place(engine, MAP) == 0
    journeys = many.open_journeys(MAP)
    assert (told(journeys), journeys.about, [bucket.generation for bucket in journeys.buckets]) == before


def test_what_was_measured_stays_known(many, engine):
    kept = many.parts()
    measured(MAP, many.open_journeys(MAP), kept=kept)
    many.tidy(engine)
    again = many.parts()
    measured(MAP, many.open_journeys(MAP), kept=again)
    assert not again.made
    assert set(again.whole) == set(kept.made)


def test_tidying_twice_does_nothing_the_second_time(many, engine):
    many.tidy(engine)
    manifest = read_manifest(many.folder)
    before, after = many.tidy(engine)
    assert before == after
    assert read_manifest(many.folder) == manifest


def test_events_are_still_known_and_new_ones_are_added(many, engine, rows, source):
    many.tidy(engine)
    again = many.append(engine, rows(log(people=30)), source("shop"))
    assert (again.stored, again.duplicate) == (0, 120)
    assert many.append(engine, rows([{"person": "u1", "at": 9999, "event": "paid"}]), source("shop")).stored == 1
    assert many.place(engine, MAP) == 1
    before, after = many.tidy(engine)
    assert (before.event_files, after.event_files) == (9, 8)
    assert many.verify() == ()


def test_placing_from_tidied_files_gives_the_same_journeys(many, engine):
    before = told(many.open_journeys(MAP))
    many.tidy(engine)
    other = replace(MAP, id="other")
    many.place(engine, other)
    assert told(many.open_journeys(other)) == before


def test_a_reader_goes_on_with_what_it_opened(many, engine, rows, source):
    opened = many.open_journeys(MAP)
    before = told(opened)
    many.append(engine, rows([{"person": f"u{n}", "at": 9999, "event": "paid"} for n in range(30)]), source("shop"))
    many.place(engine, MAP)
    many.tidy(engine)
    assert told(opened) == before


def test_files_that_nobody_names_are_counted_and_go(many, engine):
    (many.folder / "events" / "000099").mkdir()
    (many.folder / "events" / "000099" / "left.parquet").write_bytes(b"x" * 1000)
    np.save(many.folder / "journeys" / "left.npy", np.arange(10))
    before, after = many.tidy(engine)
    assert before.left_over == 1000 + 128 + 80, "a file of bytes, and a header with ten numbers"
    assert after.left_over == 0
    assert not (many.folder / "events" / "000099").exists()


def test_one_who_writes_keeps_the_tidier_waiting(many, engine):
    with writing(many.folder), pytest.raises(StoreError, match="is writing"):
        many.tidy(engine)


def test_a_failure_halfway_leaves_the_store_as_it_was(many, engine, monkeypatch):
    listed, manifest, turns = events(many, engine), read_manifest(many.folder), []

    def fails(path):
        turns.append(path)
        if len(turns) > 3:
            raise OSError(28, "No space left on device")
        return "0" * 32

    with monkeypatch.context() as patched:
        patched.setattr(tidying, "checksum", fails)
        with pytest.raises(StoreError, match="disk is full"):
            many.tidy(engine)
    assert read_manifest(many.folder) == manifest
    assert events(many, engine) == listed
    assert many.contents().left_over == 0
    assert many.verify() == ()


def test_a_sign_counts_for_the_very_file_it_was_made_for():
    one, other = (EventFile(Stored(name, 1, check * 32), 0, "s", 1) for name, check in (("a", "1"), ("b", "2")))
    file = Stored("c", 2, "3" * 32)
    both = EventFile(file, 0, "s", 2, merged_from(file, (one, other)))
    assert content((both,)) == content((other, one))
    rewritten = replace(both, file=Stored("d", 1, "4" * 32))
    assert rewritten.sign == "4" * 32, "who takes events out of a file makes another file of it"


def test_a_store_of_before_keeps_its_version(many, engine):
    manifest = read_manifest(many.folder)
    bare = replace(manifest, events=tuple(replace(event, brought="") for event in manifest.events))
    assert content(bare.events) != content(manifest.events)
    write_manifest(many.folder, bare)
    version, listed = many.log().version, events(many, engine)
    many.tidy(engine)
    assert many.log().version == version
    assert events(many, engine) == listed


def test_contents_are_told_as_plain_values(many):
    plain = json.loads(json.dumps(many.contents().to_dict()))
    assert plain["bytes"] == sum(plain["room"].values())
    (map_,) = plain["maps"]
    assert (map_["map"], map_["buckets"], map_["current"]) == ("buy", 4, True)
