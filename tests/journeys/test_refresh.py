"""After new events only who changed is placed and measured, and every answer is what it would be from the start.

The demo shop's map asks nearly every measure. Its events arrive in portions, in the order of time: people come back,
journeys go silent, new names appear.
"""

from __future__ import annotations

import json
import pickle
import shutil
from contextlib import nullcontext
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from klantreis.demo import make
from klantreis.engines.base import Query
from klantreis.engines.duckdb import DuckDbEngine
from klantreis.errors import StoreError
from klantreis.journeys import append as appending
from klantreis.journeys import splice as splicing
from klantreis.journeys import tidy as tidying
from klantreis.journeys.manifest import Placed, read_manifest
from klantreis.journeys.model import Bucket
from klantreis.journeys.slices import sliced
from klantreis.journeys.travel import parcels
from klantreis.measure import measured
from klantreis.workspace import Workspace, open_workspace
from klantreis.workspace.load import load
from stored import MAP as STORED_MAP

MAP = "ring-kopen"
CUTS = (0.7, 0.85, 0.86, 0.9, 1.0)


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setattr(appending, "bucket_bits", lambda touches: 2)
    made = make(tmp_path / "shop", journeys=600)
    (made.folder / "data").rename(made.folder / "all")
    (made.folder / "data").mkdir()
    return open_workspace(made.folder)


def arrive(shop: Workspace, portion: int) -> None:
    """Lets the files of the sources grow to what is known after a portion, and loads them."""
    for file in (shop.folder / "all").glob("*.*"):
        head, *rows = file.read_text(encoding="utf-8").splitlines(keepends=True)
        if file.suffix == ".jsonl":
            head, rows = "", [head, *rows]
        if file.stem == "web":
            rows.sort(key=lambda row: row.split(",")[1])
        known = rows[: round(CUTS[portion] * len(rows))]
        (shop.folder / "data" / file.name).write_text(head + "".join(known), encoding="utf-8")
    load(shop.store, shop.settings.sources)
    shop._place(shop.map(MAP), None)


def answers(shop: Workspace):
    """Measures with what is kept and without; returns what was made anew. Both must give the same."""
    map_, kept = shop.map(MAP), shop.store.parts()
    journeys = shop.journeys(map_)
    found = json.dumps(measured(map_, journeys, kept=kept).to_dict(), sort_keys=True)
    kept.settle()
    assert found == json.dumps(measured(map_, replace(journeys, parts=None)).to_dict(), sort_keys=True)
    return kept


def test_every_answer_after_a_refresh_is_what_it_is_from_the_start(shop: Workspace) -> None:
    arrive(shop, 0)
    answers(shop)
    for portion in range(1, len(CUTS)):
        arrive(shop, portion)
        kept = answers(shop)
        assert shop.verify() == ()
        if portion in (2, 3):
            assert not kept.made, "only who changed was measured"
    assert not answers(shop).made


def test_two_loads_between_two_reports_are_told_together(shop: Workspace) -> None:
    arrive(shop, 0)
    arrive(shop, 1)
    answers(shop)
    arrive(shop, 2)
    arrive(shop, 3)
    kept = answers(shop)
    assert not kept.made


def test_the_arrays_are_those_of_a_bucket_that_is_placed_as_a_whole(shop: Workspace) -> None:
    arrive(shop, 1)
    arrive(shop, 2)
    spliced = shop.journeys(shop.map(MAP)).buckets
    shutil.rmtree(shop.store.folder / "journeys")
    shop._place(shop.map(MAP), None)
    for one, other in zip(spliced, shop.journeys(shop.map(MAP)).buckets, strict=True):
        for name in ("at", "touch", "event", "start", "person", "state", "segments", "keys", "value", "channel"):
            assert np.array_equal(getattr(one, name), getattr(other, name)), name


def test_a_bucket_stays_as_it_was_written_until_many_stand_beside_it(
    shop: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrive(shop, 1)
    laid = [bucket.arrays for bucket in placed(shop)]
    arrive(shop, 2)
    assert [bucket.arrays for bucket in placed(shop)] == laid
    assert any(bucket.beside for bucket in placed(shop))
    monkeypatch.setattr(splicing, "ASIDE", 0.0)
    arrive(shop, 3)
    assert not any(bucket.beside for bucket in placed(shop)), "more than so many"
    assert not {one.path for one in laid[0]} & {one.path for one in placed(shop)[0].arrays}
    answers(shop)
    assert shop.verify() == ()


@pytest.mark.parametrize("which", ["beside", "was"])
def test_who_stands_beside_a_bucket_and_cannot_be_read_is_placed_again(shop: Workspace, which: str) -> None:
    arrive(shop, 0)
    answers(shop)
    for portion in (1, 2):
        arrive(shop, portion)
    broken = [stored for bucket in placed(shop) for stored in getattr(bucket, which)]
    assert broken, "otherwise nothing was tested"
    for stored in broken:
        path = shop.store.folder / stored.path
        path.write_bytes(path.read_bytes()[:-8] + bytes(8)[:7] + b"!")
    assert {one.place.file for one in shop.verify()} == {stored.path for stored in broken}
    arrive(shop, 3)
    answers(shop)
    assert shop.verify() == ()


def test_buckets_with_persons_beside_them_travel_by_their_files(shop: Workspace) -> None:
    arrive(shop, 1)
    arrive(shop, 2)
    journeys = shop.journeys(shop.map(MAP))
    sent = parcels(sliced(journeys, since=0), shared=True)
    assert all("at" in one.told for one in sent)
    for parcel, bucket in zip(sent, journeys.buckets, strict=True):
        arrived = pickle.loads(pickle.dumps(parcel)).bucket(journeys.about.names)
        assert np.array_equal(arrived.at, bucket.at)
        assert np.array_equal(arrived.keys, bucket.keys)


def test_tidying_puts_who_stands_beside_a_bucket_in_it_and_nothing_is_measured_again(
    shop: Workspace, engine: DuckDbEngine
) -> None:
    for portion in (1, 2):
        arrive(shop, portion)
        answers(shop)
    known = [told(bucket) for bucket in shop.journeys(shop.map(MAP)).buckets]
    before, after = shop.store.tidy(engine)
    assert before.beside > 0, "otherwise nothing was tested"
    assert after.beside == 0
    assert not any(bucket.beside for bucket in placed(shop))
    assert shop.store.place(engine, shop.map(MAP), time_zone=shop.settings.time_zone) == 0, "still up to date"
    assert shop.store.tidy(engine) == (after, after)
    journeys = shop.journeys(shop.map(MAP))
    assert isinstance(journeys.buckets, tuple), "a question puts nothing together"
    assert [told(bucket) for bucket in journeys.buckets] == known
    kept = answers(shop)
    assert kept.whole, "what was measured of all is there"
    assert not kept.made
    assert shop.verify() == ()


def test_after_tidying_the_next_refresh_measures_only_who_changed(shop: Workspace, engine: DuckDbEngine) -> None:
    arrive(shop, 1)
    answers(shop)
    arrive(shop, 2)
    shop.store.tidy(engine)
    assert any(bucket.was for bucket in placed(shop)), "what they were when last measured stays"
    arrive(shop, 3)
    assert not answers(shop).made
    assert shop.verify() == ()


@pytest.mark.parametrize("killed", [False, True])
def test_tidying_that_stops_at_any_write_leaves_the_store_as_it_was(
    shop: Workspace, engine: DuckDbEngine, monkeypatch: pytest.MonkeyPatch, killed: bool
) -> None:
    for portion in (1, 2):
        arrive(shop, portion)
    manifest, write = read_manifest(shop.store.folder), splicing.written
    for stop in range(shop.store.contents().beside):
        turns = iter(range(stop))

        def fails(*given, turns=turns):
            made = write(*given)
            if next(turns, None) is None:
                raise StoreError("stopped") if killed else OSError(28, "No space left on device")
            return made

        with monkeypatch.context() as patched:
            patched.setattr(splicing, "written", fails)
            if killed:  # whoever is killed takes nothing away
                patched.setattr(tidying, "guarded", lambda *_: nullcontext())
            with pytest.raises(StoreError, match="stopped" if killed else "disk is full"):
                shop.store.tidy(engine)
        assert read_manifest(shop.store.folder) == manifest
        assert bool(shop.store.contents().left_over) == killed
        assert shop.verify() == ()
    assert (shop.store.tidy(engine)[1].left_over, shop.store.contents().beside) == (0, 0)


def test_a_damaged_bucket_is_not_put_together_so_that_the_damage_is_still_told(
    shop: Workspace, engine: DuckDbEngine
) -> None:
    for portion in (1, 2):
        arrive(shop, portion)
    waits = next(bucket for bucket in placed(shop) if bucket.beside)
    broken = next(one for one in waits.arrays if one.path.endswith("/at.npy"))
    path = shop.store.folder / broken.path
    path.write_bytes(path.read_bytes()[:-8] + b"!" * 8)
    assert shop.store.tidy(engine)[1].beside == 1
    assert {one.place.file for one in shop.verify()} == {broken.path}


def told(bucket: Bucket) -> list[object]:
    """Returns all that a bucket says."""
    return [
        getattr(bucket, one.name).tolist() for one in fields(bucket) if hasattr(getattr(bucket, one.name), "tolist")
    ]


def placed(shop: Workspace) -> tuple[Placed, ...]:
    return read_manifest(shop.store.folder).maps[0].buckets


def test_no_byte_of_who_is_forgotten_is_left_in_what_is_kept_to_compare_with(shop: Workspace) -> None:
    for portion in (1, 2):
        arrive(shop, portion)
        answers(shop)
    person = (shop.folder / "data" / "web.csv").read_text().splitlines()[-1].split(",")[0]
    engine = DuckDbEngine()
    try:
        assert holding(shop, engine, person), "otherwise nothing was tested"
        assert any(path.name == "was.part" for path in holding(shop, engine, person)), "changed since it was measured"
        shop.store.forget(engine, person)
        assert holding(shop, engine, person) == []
        assert not list((shop.store.folder / "parts").glob("*/all*")), "the whole was measured with this person in it"
        shop._place(shop.map(MAP), None)
        answers(shop)
        assert holding(shop, engine, person) == []
        shop.store.tidy(engine)
        assert holding(shop, engine, person) == []
    finally:
        engine.close()
    assert shop.verify() == ()


def holding(shop: Workspace, engine: DuckDbEngine, person: str) -> list[Path]:
    """Returns the files of the store with the person's id, hash, or a journey's number among examples."""
    ((key,),) = engine.rows(Query((("key", "SELECT hash($person)"),), {"person": person}))
    trips = [(int(key) & 0xFFFFFFFF) << 20 | trip for trip in range(4)]
    marks = [person.encode(), int(key).to_bytes(8, "little"), str(key).encode()]
    marks += [mark for trip in trips for mark in (trip.to_bytes(8, "little"), str(trip).encode())]
    found = []
    for path in shop.store.folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            if path.suffix == ".parquet":  # whose bytes are compressed
                content = repr(engine.rows(Query((("all", f"SELECT * FROM '{path}'"),)))).encode()
            found += [path] if any(mark in content for mark in marks) else []
    return found


def test_where_moment_and_place_are_equal_the_key_of_an_event_still_decides(engine, store, rows, source) -> None:
    """A file that is read again from its first row gives new events the places that others had."""
    others = [{"person": f"q{number}", "at": number, "event": "view"} for number in range(400)]
    names = ("view", "paid", "search")
    first = [{"person": f"p{number}", "at": 7, "event": names[number % 3]} for number in range(20)]
    then = [{"person": f"p{number}", "at": 7, "event": names[(number + 1) % 3]} for number in range(20)]
    store.append(engine, rows([*first, *others]), source())
    store.place(engine, STORED_MAP)
    store.append(engine, rows(then), source())
    store.place(engine, STORED_MAP)
    assert any(bucket.beside for bucket in read_manifest(store.folder).maps[0].buckets)
    spliced = [(bucket.event.tolist(), bucket.at.tolist()) for bucket in store.open_journeys(STORED_MAP).buckets]
    shutil.rmtree(store.folder / "journeys")
    store.place(engine, STORED_MAP)
    whole = [(bucket.event.tolist(), bucket.at.tolist()) for bucket in store.open_journeys(STORED_MAP).buckets]
    assert spliced == whole
