"""What the last load of each source saw, so that what did not change is not read again.

    .klantreis/sources.json

Nothing is lost with this file: without it, or when anything about it is doubtful, a source is read again, and rows that
are stored already change nothing. It counts only while the store says of the source what it said then. Paths inside the
source's folder are kept from there on, so that a workspace may be moved, or opened by another path.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from klantreis.journeys.disk import checksum, replace_json
from klantreis.journeys.manifest import Loads, read_manifest
from klantreis.log.files import files_of
from klantreis.log.growth import Mark
from klantreis.log.model import Source
from klantreis.log.objects import objects_of, remote

FILE = "sources.json"
SETTLED_NS = 5_000_000_000
"""A file that changed less than so long before it was looked at may change again without a later time."""


@dataclass(frozen=True, slots=True)
class SeenFile:
    """One file or object: its size, when its bytes and its name last changed, and a hash of its bytes.

    `settled`: it had been at rest for a while, so that the same size and times mean the same bytes. An object has no
    hash: its storage tells when it was put there, which nobody can set.
    """

    path: str
    size: int
    times: tuple[int, ...] = ()
    checksum: str = ""
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """What one load of a source saw. `asked`: a hash of all that decides how it is read; `loads`: the store's counts.

    `lookups`: paths of the files that only add columns. `mark`: how far a table that grows was read.
    """

    asked: str = ""
    loads: tuple[int, ...] = ()
    files: tuple[SeenFile, ...] = ()
    lookups: tuple[str, ...] = ()
    mark: Mark | None = None
    rejected_file: str | None = None

    def changed(self, before: Seen | None) -> frozenset[str] | None:
        """Returns which files are to be read, given what an earlier load saw; None: all, as nothing or a lookup was."""
        if before is None:
            return None
        known = {_plain(file) for file in before.files}
        fresh = frozenset(file.path for file in self.files if _plain(file) not in known)
        gone = {file.path for file in before.files} - {file.path for file in self.files}
        return None if fresh & {*self.lookups} or gone & {*before.lookups} else fresh


def looked(source: Source, before: Seen | None) -> Seen:
    """Returns what there is of a source now: of a table of a database nothing. Raises SourceError as `checked` does.

    `before` spares the hash of a file that has been at rest since.
    """
    asked = _asked(source)
    if source.database is not None:
        return Seen(asked)
    others = [replace(source, path=lookup.path, format=None) for lookup in source.lookups]
    known = {file.path: file for file in (before.files if before is not None else ())}
    files = _files(source, known)
    lookups = [file for other in others for file in _files(other, known)]
    return Seen(asked, files=(*files, *lookups), lookups=tuple(file.path for file in lookups))


def loads_of(folder: Path, source: Source) -> Loads | None:
    """Returns what the store says all loads of a source came to; None when there was none."""
    return next((load for load in read_manifest(folder).loads if load.source == source.name), None)


def recalled(folder: Path, source: Source, loads: Loads | None) -> Seen | None:
    """Returns what the last load of a source saw; None when there was none, or it no longer counts."""
    found = _read(folder).get(source.name)
    if found is None or loads is None or found.asked != _asked(source) or found.loads != _counts(loads):
        return None
    return _with_paths(found, lambda path: _from(source.folder, path))


def read_otherwise(folder: Path, source: Source, now: Seen) -> bool:
    """Says whether the last load read these same files by other settings; of a table of a database nobody knows."""
    found = _read(folder).get(source.name)
    if found is None or found.asked == now.asked or not now.files:
        return False
    known = {_plain(file) for file in _with_paths(found, lambda path: _from(source.folder, path)).files}
    return {_plain(file) for file in now.files} <= known


def remember(folder: Path, source: Source, seen: Seen, loads: Loads | None) -> None:
    """Keeps what a load of a source saw, for the next one."""
    if loads is None:
        return
    told = _with_paths(seen, lambda path: _within(source.folder, path))
    kept = _read(folder) | {source.name: replace(told, loads=_counts(loads))}
    replace_json(folder / FILE, {name: asdict(one) for name, one in sorted(kept.items())})


def _with_paths(seen: Seen, told: Callable[[str], str]) -> Seen:
    """Returns the same with every path told otherwise."""
    return replace(
        seen,
        files=tuple(replace(file, path=told(file.path)) for file in seen.files),
        lookups=tuple(map(told, seen.lookups)),
        rejected_file=None if seen.rejected_file is None else told(seen.rejected_file),
    )


def _within(folder: Path, path: str) -> str:
    """Returns the path of a file from this folder on; that of one elsewhere, or of an object, as it is."""
    home = Path(os.path.normpath(folder))
    inside = "://" not in path and Path(path).is_relative_to(home)
    return Path(path).relative_to(home).as_posix() if inside else path


def _from(folder: Path, path: str) -> str:
    """Returns the path that `_within` told."""
    return path if "://" in path or Path(path).is_absolute() else os.path.normpath(folder / path)


def _asked(source: Source) -> str:
    """Returns a hash of all that decides how a source is read, its folder aside."""
    told = repr((version("klantreis"), replace(source, folder=Path())))
    return hashlib.blake2b(told.encode(), digest_size=8).hexdigest()


def _counts(loads: Loads) -> tuple[int, ...]:
    return (loads.order, loads.read, loads.stored, loads.duplicate, loads.rejected)


def _plain(file: SeenFile) -> tuple[object, ...]:
    """Returns what tells the content of a file; of an object its times, if it was at rest."""
    if file.checksum:
        return file.path, file.size, file.checksum
    return file.path, file.size, file.times if file.settled else object()


def _files(source: Source, known: dict[str, SeenFile]) -> list[SeenFile]:
    if remote(source):
        now = time.time_ns()
        return [
            SeenFile(one.shown, one.size, (one.changed_ns,), settled=one.changed_ns + SETTLED_NS < now)
            for one in objects_of(source)
        ]
    return [_file(file, known.get(str(file))) for file in files_of(source)]


def _file(path: Path, known: SeenFile | None) -> SeenFile:
    now, told = time.time_ns(), path.stat()
    times = (told.st_mtime_ns, told.st_ctime_ns, told.st_ino)
    # On Windows the second time is that of the making, so only the bytes themselves tell.
    settled = os.name != "nt" and max(times[:2]) + SETTLED_NS < now
    if known is not None and known.settled and (known.size, known.times) == (told.st_size, times):
        return known
    return SeenFile(str(path), told.st_size, times, checksum(path), settled)


def _read(folder: Path) -> dict[str, Seen]:
    """Returns what is kept, {} when there is nothing or it is damaged: then everything is read again."""
    try:
        told = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return {str(name): _seen(one) for name, one in told.items()}
    except (OSError, ValueError, TypeError, AttributeError, KeyError):
        return {}


def _seen(told: dict[str, Any]) -> Seen:
    files = tuple(SeenFile(**{**file, "times": tuple(file["times"])}) for file in told["files"])
    mark = None if told["mark"] is None else Mark(**told["mark"])
    lists = {name: tuple(told[name]) for name in ("loads", "lookups")}
    return Seen(**{**told, **lists, "files": files, "mark": mark})
