"""The store is whole whatever happens: kills, full disks, two writers, damaged files."""

from __future__ import annotations

import errno
import json
import os
import random
import resource
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from klantreis.errors import StoreError
from klantreis.journeys.disk import guarded
from klantreis.journeys.lock import writing
from klantreis.journeys.manifest import read_manifest
from klantreis.journeys.store import Store
from klantreis.labels import plain
from klantreis.map.model import JourneyMap
from stored import MAP, log, told, touch


def files(folder):
    return {path.relative_to(folder): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def test_a_second_writer_is_refused_with_the_number_of_the_first(engine, store, rows, source):
    with writing(store.folder), pytest.raises(StoreError, match=str(os.getpid())):
        store.append(engine, rows(log()), source())
    assert store.append(engine, rows(log()), source()).stored == 24


def test_readers_keep_what_they_opened_while_a_writer_goes_on(engine, store, rows, source):
    store.append(engine, rows(log()), source())
    store.place(engine, MAP)
    opened = store.open_journeys(MAP)
    before = told(opened)
    for turn in range(3):
        store.append(engine, rows([{"person": "u1", "at": 500 + turn, "event": "paid"}]), source())
        store.place(engine, MAP)
    assert told(opened) == before


def test_changing_an_opened_array_never_reaches_the_disk(engine, store, rows, source):
    store.append(engine, rows(log()), source())
    store.place(engine, MAP)
    store.open_journeys(MAP).buckets[0].at[:] = 0
    assert store.verify() == ()


@pytest.mark.parametrize(("what", "fault"), [("events", "missing"), ("journeys", "changed"), ("journeys", "bytes")])
def test_the_doctor_names_the_file_that_is_off(engine, store, rows, source, what, fault):
    store.append(engine, rows(log()), source())
    store.place(engine, MAP)
    victim = next(path for path in sorted((store.folder / what).rglob("*")) if path.suffix in {".parquet", ".npy"})
    if fault == "missing":
        victim.unlink()
    elif fault == "changed":
        data = bytearray(victim.read_bytes())
        data[-1] ^= 1
        victim.write_bytes(data)
    else:
        victim.write_bytes(victim.read_bytes()[:-1])
    (found,) = [finding for finding in store.verify() if finding.place.file == str(victim.relative_to(store.folder))]
    assert fault in found.title.en.lower()
    assert found.advice


def removed(folder):
    shutil.rmtree(folder / "journeys")


def without_one_bucket(folder):
    shutil.rmtree(next((folder / "journeys").rglob("bucket-*")))


def cut_short(folder):
    path = next((folder / "journeys").rglob("at.npy"))
    path.write_bytes(path.read_bytes()[:-3])


@pytest.mark.parametrize("harm", [removed, without_one_bucket, cut_short])
def test_journeys_that_are_gone_or_cut_short_are_made_again(engine, store, rows, source, harm):
    other = replace(MAP, id="other")
    store.append(engine, rows(log(people=40)), source())
    for map_ in (MAP, other):
        store.place(engine, map_)
    before = told(store.open_journeys(MAP))
    harm(store.folder)
    assert not (store.current(MAP) and store.current(other))
    assert sum(store.place(engine, map_) for map_ in (MAP, other)) > 0
    assert store.verify() == ()
    assert store.current(MAP)
    assert store.current(other)
    assert told(store.open_journeys(MAP)) == told(store.open_journeys(other)) == before


def test_the_doctor_sees_counts_and_orders_that_are_off(engine, store, rows, source):
    store.append(engine, rows(log()), source())
    store.place(engine, MAP)
    path = store.folder / "manifest.json"
    told_ = json.loads(path.read_text())
    told_["loads"][0]["duplicate"] += 1
    told_["maps"][0]["buckets"][0]["outside"] += 1
    path.write_text(json.dumps(told_))
    titles = " ".join(finding.title.en for finding in store.verify())
    assert "do not add up" in titles
    assert "is not 24 events" in titles
    at = next(store.folder.rglob("at.npy"))
    np.save(at, np.load(at)[::-1])
    told_["maps"][0]["buckets"][0]["outside"] -= 1
    path.write_text(json.dumps(told_))
    assert "not in order" in " ".join(finding.title.en for finding in store.verify())


@pytest.mark.parametrize("text", ["{", "{}", '{"format": 1}', "[]"])
def test_a_damaged_manifest_is_told_and_not_read_as_empty(store, text):
    store.folder.mkdir()
    (store.folder / "manifest.json").write_text(text)
    with pytest.raises(StoreError, match="damaged"):
        store.log()
    assert len(store.verify()) == 1


def test_a_store_of_a_later_version_is_refused(store):
    store.folder.mkdir()
    (store.folder / "manifest.json").write_text('{"format": 99}')
    with pytest.raises(StoreError, match="format 99"):
        store.log()


def test_a_disk_that_fills_up_halfway_the_events_leaves_nothing_behind(engine, store, rows, source, monkeypatch):
    store.append(engine, rows(log()), source())
    before = files(store.folder / "events")

    def full(query):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(engine, "run", full)
        with pytest.raises(StoreError, match="disk is full"):
            store.append(engine, rows(log(first=1)), source())
    assert files(store.folder / "events") == before
    assert not (store.folder / "events" / "000002").exists()
    assert not (store.folder / "incoming").exists()
    assert store.append(engine, rows(log(first=1)), source()).stored == 24


def test_an_unknown_engine_failure_is_not_called_a_full_disk(tmp_path):
    with pytest.raises(ZeroDivisionError), guarded(tmp_path):
        raise ZeroDivisionError


@pytest.mark.skipif(sys.platform == "win32", reason="NOT RUN: no limit on the size of files on Windows")
def test_a_full_disk_is_told_and_leaves_the_store_as_it_was(engine, store, rows, source):
    store.append(engine, rows(log()), source())
    store.place(engine, MAP)
    before = store.log()
    big = [
        {"person": f"u{n}", "at": n, "event": "view", "note": str(random.Random(n).random()) * 9} for n in range(4000)
    ]
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, hard))
    try:
        with pytest.raises(StoreError, match="disk is full") as caught:
            store.append(engine, rows(big), source("big"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "still whole" in caught.value.mend
    assert store.log() == before
    assert store.verify() == ()
    assert not [path for path in (store.folder / "events").iterdir() if path.name != "000001"]
    assert store.append(engine, rows(big), source("big")).stored == 4000


WRITERS = """
import os, random, signal, sys, time
sys.path.insert(0, {tests!r})
from conftest import checked_rows
from pathlib import Path
from klantreis.engines.duckdb import DuckDbEngine
from klantreis.journeys import append as appending
from klantreis.journeys import arrange
from klantreis.journeys.store import Store
from klantreis.labels import plain
from klantreis.log.model import Roles, Source
from klantreis.map.model import JourneyMap, Matcher, Touchpoint

appending.bucket_bits = lambda touches: 2
touchpoints = (Touchpoint("look", plain("l"), "p", matcher=Matcher("view")),)
map_ = JourneyMap("buy", plain("b"), touchpoints=touchpoints)
store, source = Store(Path({folder!r})), Source("shop", "x", Path(), Roles("person"))


def write(ready):
    engine, turn = DuckDbEngine(threads=1), store.log().stored
    os.write(ready, b"!")
    while True:
        rows = [{{"person": f"u{{n % 9}}", "at": turn + n, "event": "view"}} for n in range(30)]
        store.append(engine, checked_rows(rows), source)
        store.place(engine, map_)
        turn += 30


chance = random.Random(5)
for line in sys.stdin:
    begun, ready = os.pipe()
    child = os.fork()
    if child == 0:
        write(ready)
    os.read(begun, 1)
    time.sleep(chance.uniform(0, float(line)))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    print("killed", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="NOT RUN: Windows has no SIGKILL")
def test_a_kill_at_any_moment_leaves_a_whole_store(engine, store, rows, source):
    map_ = JourneyMap("buy", plain("b"), touchpoints=(touch("look", "view"),))
    code = WRITERS.format(tests=str(Path(__file__).parent), folder=str(store.folder))
    stored, halves, longest = 0, 0, 0.2
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writers:
        for _ in range(24):
            writers.stdin.write(f"{longest}\n")
            writers.stdin.flush()
            assert writers.stdout.readline().strip() == "killed"
            stored = whole(store, map_, stored)
            halves += bool(orphans(store))
            longest *= 1 if stored else 1.5  # a machine that is busy comes to its first write later
    assert stored > 0
    assert halves > 0, "no kill fell in the middle of a write, so nothing was tested"
    store.append(engine, rows([{"person": "z", "at": 0, "event": "view"}]), source())
    store.place(engine, map_)
    assert not orphans(store), "the next write sweeps what a kill left"
    assert store.open_journeys(map_).touches == stored + 1


def whole(store: Store, map_: JourneyMap, before: int) -> int:
    assert store.verify() == ()
    total = store.log()
    assert total.read == total.stored + total.duplicate + total.rejected
    assert total.stored >= before, "what was stored stays"
    if read_manifest(store.folder).maps:
        assert store.open_journeys(map_).touches % 30 == 0
    return total.stored


def orphans(store: Store) -> set[str]:
    """Files of the log that nobody names: what a kill left behind."""
    named = {stored.path for stored in read_manifest(store.folder).files()}
    found = {path.relative_to(store.folder).as_posix() for path in store.folder.rglob("*.parquet")}
    return found - named


def test_more_arrays_are_opened_than_the_usual_number_of_files(engine, store, rows, source):
    store.append(engine, rows(log()), source())
    store.place(engine, MAP)
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    few = len(os.listdir("/dev/fd")) + 4  # noqa: PTH208
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (few, before[1]))
        opened = store.open_journeys(MAP)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    assert opened.journeys > 0
