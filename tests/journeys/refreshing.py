"""A program that appends, places, measures and tidies in a random order, until it is killed or the disk is full.

It prints a line for each order that it read: `kill <seed> <seconds>` or `full <seed> <bytes>`. What it was about to
append and what the store said was stored goes to a ledger beside the store, so that a test can tell what must be there.
"""

from __future__ import annotations

import os
import random
import resource
import signal
import sys
import time
from pathlib import Path

from batches import MAPS, batch
from conftest import checked_rows
from klantreis.engines.duckdb import DuckDbEngine
from klantreis.errors import KlantreisError
from klantreis.journeys import append as appending
from klantreis.journeys.store import Store
from klantreis.log.model import Roles, Source
from klantreis.measure import measured

SOURCES = tuple(Source(name, "x", Path(), Roles("person"), order=place) for place, name in enumerate(("web", "shop")))


def many_buckets() -> None:
    """Makes small logs spread over four buckets, as large ones do."""
    appending.bucket_bits = lambda touches: 2


def work(engine: DuckDbEngine, store: Store, ledger: Path, seed: int, turns: int) -> None:
    chance = random.Random(seed)
    with ledger.open("a", encoding="ascii", buffering=1) as told:
        for _ in range(turns):
            done = [line.split()[1] for line in ledger.read_text().splitlines() if line.startswith("done")]
            try:
                one_of(chance, store, engine, told, len(done))
            except KlantreisError as error:
                told.write(f"failed {type(error).__name__}\n")


def one_of(chance: random.Random, store: Store, engine: DuckDbEngine, told, number: int) -> None:
    deed = chance.choice(("append", "append", "place", "measure", "tidy"))
    map_ = chance.choice(MAPS)
    if deed == "append":
        told.write(f"try {number}\n")
        store.append(engine, checked_rows(batch(number)), SOURCES[number % len(SOURCES)])
        told.write(f"done {number}\n")
    elif deed == "tidy":
        store.tidy(engine)
    else:
        store.place(engine, map_)
        if deed == "measure":
            kept = store.parts()
            measured(map_, store.open_journeys(map_), kept=kept)
            kept.settle()
    told.write(f"was {deed}\n")


def limited(size: int) -> None:
    """Makes every write beyond so many bytes of one file fail, as on a disk that is full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))


def child(store: Store, ledger: Path, words: list[str], ready: int) -> None:
    kind, seed, amount = words
    engine = DuckDbEngine(threads=1)
    os.write(ready, b"!")
    if kind == "full":
        try:
            work(engine, store, ledger, int(seed), 2)
            limited(int(amount))
            work(engine, store, ledger, int(seed) + 1, 4)
        finally:
            os._exit(0)
    work(engine, store, ledger, int(seed), 10**6)


def main() -> None:
    store, ledger = Store(Path(sys.argv[1])), Path(sys.argv[2])
    many_buckets()
    ledger.touch()
    for line in sys.stdin:
        begun, ready = os.pipe()
        process = os.fork()
        if process == 0:
            child(store, ledger, line.split(), ready)
        os.read(begun, 1)
        os.close(begun)
        os.close(ready)
        if line.startswith("kill"):
            time.sleep(float(line.split()[2]))
            os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        print("done", flush=True)


if __name__ == "__main__":
    main()
