"""Loads the sources of a workspace into its store: what is new is added, what is bad is kept with its reason."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Self

from klantreis.engines.base import Workers
from klantreis.engines.duckdb import DuckDbEngine, modest
from klantreis.errors import SourceError
from klantreis.findings import Finding, finding_dict
from klantreis.journeys.append import added_up
from klantreis.journeys.later import after
from klantreis.journeys.manifest import Loads, read_manifest
from klantreis.journeys.store import Store
from klantreis.log.growth import Mark
from klantreis.log.model import Source
from klantreis.log.quality import write_rejected, written
from klantreis.log.read import checked
from klantreis.log.reading import Asked
from klantreis.workspace.load_elsewhere import by_workers
from klantreis.workspace.load_nothing import no_rows, unusable
from klantreis.workspace.load_twice import otherwise, twice
from klantreis.workspace.progress import JUDGING, STORING, Tell, Told, sizes_of, watched
from klantreis.workspace.seen import Seen, loads_of, looked, read_otherwise, recalled, remember

__all__ = ["Loaded", "LoadedSource", "Tell", "load"]


@dataclass(frozen=True, slots=True)
class LoadedSource:
    """What one load of one source came to: read = stored + duplicate + rejected. `rejected_file` lists the last.

    `unchanged`: nothing was read, as nothing had changed since the load before; its list of refused rows still stands.
    """

    source: str
    read: int = 0
    stored: int = 0
    duplicate: int = 0
    rejected: int = 0
    rejected_file: Path | None = None
    unchanged: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Returns the counts as plain values."""
        return {name: getattr(self, name) for name in ("source", "read", "stored", "duplicate", "rejected")} | {
            "rejected_file": None if self.rejected_file is None else str(self.rejected_file),
            "unchanged": self.unchanged,
        }


@dataclass(frozen=True, slots=True)
class Loaded:
    """One load: each source's counts, and what there is to say about its rows."""

    sources: tuple[LoadedSource, ...]
    findings: tuple[Finding, ...] = ()

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row per source."""
        hidden = {"rejected_file", "unchanged"}
        return [{key: value for key, value in one.to_dict().items() if key not in hidden} for one in self.sources]

    def to_dict(self) -> dict[str, Any]:
        """Returns the load as plain values."""
        return {
            "sources": [one.to_dict() for one in self.sources],
            "findings": [finding_dict(finding) for finding in self.findings],
        }


def load(
    store: Store,
    sources: Sequence[Source],
    *,
    again: bool = False,
    tell: Tell | None = None,
    workers: Workers | None = None,
) -> Loaded:
    """Returns what came of loading each source; a source that cannot be read stops the load, those before it stay.

    What did not change since the last load is not read, unless `again`: files by their bytes, objects in storage by
    their time, a table that grows by its latest moment. `workers` that see the store read what can be cut into pieces.
    `tell(done, all, word)` is called as bytes of the sources are done.
    """
    sizes = None if tell is None else sizes_of(sources, tell)
    done: list[LoadedSource] = []
    said: list[Finding] = []
    store.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="klantreis-") as scratch, _Engines(Path(scratch)) as engines:
        for number, source in enumerate(sources):
            told = None if sizes is None else sizes.of(number, source.name)
            with tempfile.TemporaryDirectory(dir=scratch) as own:  # copies of one source are gone before the next
                one, findings = _load(_Room(store, Path(own), engines, workers), source, again=again, tell=told)
            done.append(one)
            said += findings
    if tell is not None:
        tell(len(sources), len(sources), "")
    wrong = unusable(store, [(one.source, one.read, one.rejected) for one in done], said)
    return Loaded(tuple(done), (*wrong, *said))


class _Engines:
    """Gives each source an engine with tables of its own; the first one who asks waits for it to start."""

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch
        self._first: DuckDbEngine | None = None

    def engine(self) -> DuckDbEngine:
        if self._first is None:
            self._first = DuckDbEngine(scratch=self._scratch, memory=modest())
        return self._first.beside()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._first is not None:
            self._first.close()


@dataclass(frozen=True, slots=True)
class _Room:
    """Where a load takes place, and who helps."""

    store: Store
    scratch: Path
    engines: _Engines
    workers: Workers | None = None


def _load(room: _Room, source: Source, *, again: bool, tell: Told | None) -> tuple[LoadedSource, tuple[Finding, ...]]:
    store = room.store
    known = loads_of(store.folder, source)
    before = None if again else recalled(store.folder, source, known)
    now = looked(source, before)
    fresh = now.changed(before)
    if before is not None and source.database is None and fresh is not None and not fresh:
        remember(store.folder, source, replace(now, rejected_file=before.rejected_file), known)
        return LoadedSource(source.name, rejected_file=_there(before.rejected_file), unchanged=True), ()
    # Rows that are kept though they are equal are told apart by counting them all.
    part = before is not None and source.duplicates == "drop"
    mark = before.mark if part and before is not None else None
    come = None if tell is None else tell.come
    asked = Asked(fresh if part and source.database is None else None, mark, datetime.now(UTC), come)
    try:
        load_, found = _stored(room, source, asked, (_name(source, now, asked), tell))
    except SourceError:
        if asked.files is None:
            raise
        # A new file may lack a column that others have: together they can be read.
        asked = replace(asked, files=None)
        load_, found = _stored(room, source, asked, (_name(source, now, asked), tell))
    counts = {name: getattr(load_, name) for name in ("read", "stored", "duplicate", "rejected")}
    listed = None if found.file is None else str(found.file)
    total, changed = loads_of(store.folder, source), read_otherwise(store.folder, source, now)
    # Who removed the source meanwhile took what this load did not read: then the next one reads all.
    if total in (known, *added_up((known,) if known is not None else (), load_)):
        remember(store.folder, source, replace(now, mark=found.mark, rejected_file=listed), total)
    double = any(one.rule == "stored-twice" for one in found.findings)
    other = otherwise(source, load_, known) if changed and not double else ()
    empty = (no_rows(source),) if not load_.read and source.database is None else ()
    return LoadedSource(source.name, **counts, rejected_file=found.file), (*found.findings, *other, *empty)


@dataclass(frozen=True, slots=True)
class _Found:
    """What reading a source came to, besides its counts."""

    file: Path | None
    findings: tuple[Finding, ...]
    mark: Mark | None


def _stored(room: _Room, source: Source, asked: Asked, given: tuple[str, Told | None]) -> tuple[Loads, _Found]:
    (name, tell), store, scratch = given, room.store, room.scratch
    engine = room.engines.engine()
    before = read_manifest(store.folder)
    try:
        # Its name comes with the first word: what starting a cluster took is no measure of the work.
        share = None if tell is None else partial(tell.reached, more="(Spark)")
        there, said = by_workers(store, engine, source, room.workers, asked, tell=share)
        if there is not None:
            listed = written(there.refused, store.folder / "rejected", name)
            double = twice(engine, store.folder, source, before, read_manifest(store.folder))
            return there.load, _Found(listed.file, (*said, *there.findings, *listed.findings, *double), there.mark)
        rows = after(engine, store.folder, store.remembered(checked(engine, source, scratch, asked)), source)
        with watched(engine, tell, JUDGING):
            refused = write_rejected(engine, rows, store.folder / "rejected", name)
        with watched(engine, tell, STORING):
            load_ = store.append(engine, rows, source)
        double = twice(engine, store.folder, source, before, read_manifest(store.folder))
    finally:
        engine.close()
    return load_, _Found(refused.file, (*said, *rows.findings, *refused.findings, *double), rows.mark)


def _name(source: Source, now: Seen, asked: Asked) -> str:
    """Returns a name for what is read, so that loading the same again writes the same list of bad rows."""
    told: list[object] = [
        (file.path, file.size, file.times[0])
        for file in now.files
        if file.path not in now.lookups and (asked.files is None or file.path in asked.files)
    ]
    if source.database is not None:
        told = [source.shown, asked.mark]
    return hashlib.blake2b(repr(told).encode(), digest_size=4).hexdigest()


def _there(file: str | None) -> Path | None:
    return Path(file) if file is not None and Path(file).is_file() else None
