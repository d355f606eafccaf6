"""Killed, or out of room, at a random moment of loading, placing, measuring or tidying, a store keeps what it was told.

Beside the store stands a ledger of which events were handed over and which of those the store said it had. After each
blow: the store is whole, no acknowledged event is gone, none is there twice, those in hand are there all or not at all,
and what is measured with what was kept equals what is measured without. A dozen kills and four full disks in the usual
run; two hundred and fifty with `KLANTREIS_BLOWS=200 ./klantreis test -- -s tests/journeys/test_store_any_moment.py`.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from batches import BATCH, MAPS, batch
from klantreis.engines.duckdb import DuckDbEngine
from klantreis.journeys.append import reading
from klantreis.journeys.manifest import read_manifest
from klantreis.journeys.store import Store
from klantreis.measure import measured

BLOWS = int(os.environ.get("KLANTREIS_BLOWS", "12"))
PROGRAM = Path(__file__).with_name("refreshing.py")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="NOT RUN: Windows has no SIGKILL and no file limits")

Strike = Callable[[str], None]


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "ledger"


@pytest.fixture
def strike(store: Store, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Strike]:
    """Gives what lets a process work on the store until the blow that is asked for."""
    words = [sys.executable, str(PROGRAM), str(store.folder), str(ledger)]
    here = Path(__file__).resolve().parent
    seen = os.pathsep.join(map(str, (here.parents[1] / "src", here, here.parent / "support")))
    environment = {**os.environ, "PYTHONPATH": seen}
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment) as program:

        def blow(order: str) -> None:
            program.stdin.write(f"{order}\n")
            program.stdin.flush()
            assert program.stdout.readline().strip() == "done"

        yield blow
        program.stdin.close()


def test_a_kill_at_any_moment_loses_and_doubles_nothing(store, engine, ledger, strike):
    chance, seen = random.Random(7), Counter()
    for seed in range(BLOWS):
        strike(f"kill {seed} {chance.uniform(0, 1.2):.3f}")
        seen["half"] += bool(unnamed(store))
        seen["events"] = kept_all(store, engine, ledger)
    seen += Counter(line.split()[1] for line in ledger.read_text().splitlines() if line.startswith("was"))
    print(f"\n{BLOWS} kills: {dict(seen)}")
    assert seen["events"] > 0
    assert seen["half"] > 0, "no kill fell in the middle of a write, so nothing was tested"
    store.tidy(engine)
    assert not unnamed(store), "tidying takes away what kills left"
    kept_all(store, engine, ledger)


def test_a_disk_that_is_full_at_any_moment_loses_and_doubles_nothing(store, engine, ledger, strike):
    chance, failed = random.Random(11), 0
    for seed in range(max(4, BLOWS // 4)):
        strike(f"full {seed} {round(10 ** chance.uniform(2, 4.2))}")
        kept_all(store, engine, ledger)
        failed = ledger.read_text().count("failed StoreError")
    print(f"\n{max(4, BLOWS // 4)} full disks: {failed} failed writes")
    assert "failed" not in ledger.read_text().replace("failed StoreError", ""), "every failure is told as the store's"
    assert failed > 0, "nothing was too large, so nothing was tested"
    store.tidy(engine)
    assert not unnamed(store)


def kept_all(store: Store, engine: DuckDbEngine, ledger: Path) -> int:
    """Holds the store to the ledger; returns how many events it has."""
    assert store.verify() == ()
    total, manifest = store.log(), read_manifest(store.folder)
    assert total.read == total.stored + total.duplicate + total.rejected
    lines = [line.split() for line in ledger.read_text().splitlines()]
    surely = {int(words[1]) for words in lines if words[0] == "done"}
    tried = {int(words[1]) for words in lines if words[0] == "try"} - surely
    found = Counter(stored_notes(store, engine))
    assert set(found.values()) <= {1}, "no event is there twice"
    for number in surely | tried:
        here = sum(found.pop(str(event["note"]), 0) for event in batch(number))
        assert here == BATCH or (here == 0 and number in tried), f"batch {number}: {here} events"
    assert not found, "no event is there that was not handed over"
    assert total.stored == sum(event.rows for event in manifest.events)
    if total.stored:
        map_ = MAPS[len(lines) % len(MAPS)]  # the other one is left to those who are struck
        store.place(engine, map_)
        journeys = store.open_journeys(map_)
        assert journeys.touches == total.stored
        with_kept, without = measured(map_, journeys, kept=store.parts()), measured(map_, journeys)
        assert json.dumps(with_kept.to_dict()) == json.dumps(without.to_dict())
        assert store.verify() == ()
    return total.stored


def stored_notes(store: Store, engine: DuckDbEngine) -> list[str]:
    files = [store.folder / event.file.path for event in read_manifest(store.folder).events]
    if not files:
        return []
    return [note for (note,) in engine.rows(reading(files).then("notes", 'SELECT "p.note" FROM events'))]


def unnamed(store: Store) -> set[str]:
    """Files that nobody names: what a blow left behind."""
    named = {stored.path for stored in read_manifest(store.folder).files()}
    rooms = ("events", "journeys", "incoming")
    found = {path.relative_to(store.folder).as_posix() for room in rooms for path in (store.folder / room).rglob("*.*")}
    return {path for path in found if (store.folder / path).is_file()} - named
