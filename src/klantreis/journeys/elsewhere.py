"""Buckets put on a map by workers on other machines: the same matching, sorting and cutting, one bucket at a time.

Each worker reads the events of its bucket and writes its arrays in the store itself, so the store must stand on a disk
that all machines see. A bucket that is begun twice, because a worker was lost, is written in two folders; the manifest
names one, and the other is swept at the next write.
"""

from __future__ import annotations

import operator
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from klantreis.engines.base import Workers
from klantreis.engines.duckdb import DuckDbEngine
from klantreis.errors import StoreError
from klantreis.journeys.append import hash_check
from klantreis.journeys.manifest import EventFile, Manifest, Placed
from klantreis.journeys.put import Spot, met, names_of, put
from klantreis.labels import Label
from klantreis.map.model import JourneyMap

MEMORY = "1GB"
"""What the engine of one worker may hold: enough for a bucket; the rest goes to its disk."""


@dataclass(frozen=True, slots=True)
class Job:
    """What all buckets of one placing share; `manifest` without its lists of files."""

    folder: Path
    target: Path
    manifest: Manifest
    map: JourneyMap
    time_zone: str


Piece = tuple[int, tuple[EventFile, ...], str]
"""A bucket, the files with its events, and what it is made from."""


def put_elsewhere(workers: Workers, job: Job, pieces: list[Piece]) -> dict[int, Placed]:
    """Returns each bucket as it was placed, by its number.

    Raises StoreError when a worker does not see the store, or its engine hashes persons otherwise.
    """
    if not pieces:
        return {}
    job.target.mkdir(parents=True, exist_ok=True)
    whole = replace(job.manifest, events=(), maps=())
    placed = workers.reduced(pieces, partial(_put, replace(job, manifest=whole)), operator.add)
    return {one.bucket: one for one in placed}


def _put(job: Job, piece: Piece) -> list[Placed]:
    """On a worker: puts one bucket on the map and writes it, in a folder that no other attempt has."""
    bucket, files, made_from = piece
    with desk(job.folder, job.target, job.manifest.hash_check) as (engine, _):
        found = met(engine, job.folder, job.manifest, files, (job.map, job.time_zone))
    spot = Spot(job.folder, job.target / f"bucket-{bucket:04}-{uuid.uuid4().hex[:8]}", bucket, made_from)
    return [put(found, names_of(job.manifest, job.map), job.map, bits=job.manifest.bits, spot=spot)]


@contextmanager
def desk(folder: Path, target: Path, check: int) -> Iterator[tuple[DuckDbEngine, Path]]:
    """Gives a worker its own engine and scratch folder.

    `target` is where it will write; `check` is what the store's engine makes of a known word. Raises StoreError when
    this machine does not see the store, or its engine hashes persons otherwise.
    """
    if not target.is_dir():
        raise StoreError(
            Label("Een worker ziet de opslag niet.", "A worker does not see the store."),
            where=str(folder),
            mend=Label(
                "Zet de werkmap op een schijf die alle computers delen, of schrijf: spark: {files: sent}",
                "Put the workspace on a disk that all machines share, or write: spark: {files: sent}",
            ),
        )
    with tempfile.TemporaryDirectory(prefix="klantreis-") as scratch:
        engine = DuckDbEngine(threads=1, memory=MEMORY, scratch=Path(scratch))
        try:
            if hash_check(engine) != check:
                raise StoreError(
                    Label(
                        "Een worker heeft een andere versie van DuckDB, die personen anders versleutelt.",
                        "A worker has another version of DuckDB, which hashes persons otherwise.",
                    ),
                    where=str(folder),
                    mend=Label(
                        "Installeer op elke computer dezelfde versies.", "Install the same versions on every machine."
                    ),
                )
            yield engine, Path(scratch)
        finally:
            engine.close()
