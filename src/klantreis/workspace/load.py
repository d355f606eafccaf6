"""Loads the sources of a workspace into its store: what is new is added, what is bad is kept with its reason."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from klantreis.engines.duckdb import DuckDbEngine, modest
from klantreis.findings import Finding, finding_dict
from klantreis.journeys.store import Store
from klantreis.log.model import Source
from klantreis.log.quality import write_rejected
from klantreis.log.read import checked

Tell = Callable[[float, float, str], None]


@dataclass(frozen=True, slots=True)
class LoadedSource:
    """What one load of one source came to: read = stored + duplicate + rejected. `rejected_file` lists the last."""

    source: str
    read: int
    stored: int
    duplicate: int
    rejected: int
    rejected_file: Path | None = None

    def to_dict(self) -> dict[str, Any]:
        """Returns the counts as plain values."""
        return {name: getattr(self, name) for name in ("source", "read", "stored", "duplicate", "rejected")} | {
            "rejected_file": None if self.rejected_file is None else str(self.rejected_file)
        }


@dataclass(frozen=True, slots=True)
class Loaded:
    """One load: each source's counts, and what there is to say about its rows."""

    sources: tuple[LoadedSource, ...]
    findings: tuple[Finding, ...] = ()

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row per source."""
        return [{key: value for key, value in one.to_dict().items() if key != "rejected_file"} for one in self.sources]

    def to_dict(self) -> dict[str, Any]:
        """Returns the load as plain values."""
        return {
            "sources": [one.to_dict() for one in self.sources],
            "findings": [finding_dict(finding) for finding in self.findings],
        }


def load(store: Store, sources: Sequence[Source], *, tell: Tell | None = None) -> Loaded:
    """Returns what came of loading each source; a source that cannot be read stops the load, those before it stay.

    `tell(done, all, word)` is called as sources are done.
    """
    done: list[LoadedSource] = []
    said: list[Finding] = []
    store.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="klantreis-") as scratch:
        for number, source in enumerate(sources):
            if tell is not None:
                tell(number, len(sources), source.name)
            one, findings = _load(store, source, Path(scratch))
            done.append(one)
            said += findings
    if tell is not None:
        tell(len(sources), len(sources), "")
    return Loaded(tuple(done), tuple(said))


def _load(store: Store, source: Source, scratch: Path) -> tuple[LoadedSource, tuple[Finding, ...]]:
    engine = DuckDbEngine(scratch=scratch, memory=modest())
    try:
        rows = store.remembered(checked(engine, source, scratch))
        refused = write_rejected(engine, rows, store.folder / "rejected", _mark(rows.files))
        load_ = store.append(engine, rows, source)
    finally:
        engine.close()
    counts = {name: getattr(load_, name) for name in ("read", "stored", "duplicate", "rejected")}
    return LoadedSource(source.name, **counts, rejected_file=refused.file), (*rows.findings, *refused.findings)


def _mark(files: Sequence[Path]) -> str:
    """Returns a name for what was read, so that loading the same files again writes the same list of bad rows."""
    told = [(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in files]
    return hashlib.blake2b(repr(told).encode(), digest_size=4).hexdigest()
