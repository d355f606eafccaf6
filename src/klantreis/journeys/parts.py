"""Keeps the Parts that analyses made of buckets, so that what has not changed is not measured again.

    .klantreis/parts/<code>/<what the bucket is made from>/<key>.part
    .klantreis/parts/<code>/all<what all buckets are made from>/<key>.part

A key is the hash of all that a Part depends on: the content of the bucket, the analysis, its code, and its options. So
nothing is ever out of date: what changed has another key. Everything here may be removed at any time; what cannot be
read is made again. Parts of buckets that the manifest no longer names are swept away by the next write to the store.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import mmap
import os
import shutil
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

import klantreis
from klantreis.journeys.disk import WINDOWS
from klantreis.journeys.encoded import NotPlain, decoded, fingerprint, pieces
from klantreis.journeys.manifest import ALL, Manifest, State, read_manifest

FOLDER = "parts"
LEAST = 1 << 30
"""So many bytes may always be kept; more in a store that is larger than that itself."""
ROOMY = 0.8
"""What is left of the most that may be kept when some had to go."""

OURS = ("analyses", "journeys", "map", "stats")
Make = Callable[[], Any]


class Parts:
    """The Parts of one store, as `fold` asks for them.

    `made` and `kept` count buckets: measured, or not; `whole`: questions of which the Part of all buckets was there.
    """

    def __init__(self, folder: Path, *, most: int | None = None) -> None:
        """Looks in the store in `folder`, which need not exist yet. `most`: bytes that are kept; None: as many as its
        events and journeys take, and at least a gigabyte.
        """
        self.store, self.folder, self.most = folder, folder / FOLDER / our_code(), most
        self.made: Counter[str] = Counter()
        self.kept: Counter[str] = Counter()
        self.whole: Counter[str] = Counter()
        self._counting = threading.Lock()

    def __reduce__(self) -> tuple[Any, ...]:
        """Lets it travel to workers that see the store: as its folder, with counts of their own."""
        return functools.partial(Parts, most=self.most), (self.store,)

    def asked(self, analysis: Any, options: Any) -> Question:
        """Returns what knows the Parts of one question: of buckets, and of all of them together.

        Options that are not made of plain values are measured each time.
        """
        name = analysis.name
        try:
            question = f"{name} {code_of(analysis)} {fingerprint(options)}"
        except NotPlain:
            question = ""
        packages = ("klantreis", str(getattr(analysis, "__name__", "")).split(".")[0])
        return Question(self, name, question, packages)

    def settle(self) -> None:
        """Removes what belongs to buckets that are no longer there, and what was not looked at when there is much."""
        with contextlib.suppress(OSError):
            manifest = read_manifest(self.store)
            sweep_parts(self.store, manifest)
            most = max(LEAST, sum(file.size for file in manifest.files())) if self.most is None else self.most
            _bound(self.folder, most)

    def counted(self, which: Counter[str], name: str) -> None:
        """Counts a Part that was made, or that was there."""
        with self._counting:
            which[name] += 1

    def keep(self, path: Path, key: str, found: Any) -> None:
        """Writes a Part at once or not at all; a full disk or a folder that may not be written keeps nothing."""
        fresh = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}.new")
        try:
            told = pieces(found, key)
            if not path.parent.is_dir():
                # A writer may have taken this bucket away since it was opened: what was erased must not come back.
                if path.parent.name not in current(read_manifest(self.store)):
                    return
                path.parent.mkdir(parents=True, exist_ok=True)
            with fresh.open("wb") as file:
                file.writelines(told)
            fresh.replace(path)
        except NotPlain:
            return
        except OSError:
            with contextlib.suppress(OSError):
                fresh.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Question:
    """One analysis with its options, as asked of the journeys in one store; `asked` '': nothing is kept of it."""

    parts: Parts
    name: str
    asked: str
    packages: tuple[str, ...]

    def part(self, generation: str, make: Make) -> Any:
        """Returns the Part of a bucket by its `Bucket.generation`, measured and kept when it is not there."""
        found = self.read(generation)
        if found is not None:
            self.parts.counted(self.parts.kept, self.name)
            return found
        self.parts.counted(self.parts.made, self.name)
        found = make()
        self.keep(generation, found)
        return found

    def whole(self, sign: str) -> Any:
        """Returns the Part of all buckets together by their `Journeys.sign`; None when it is not there."""
        found = self.read(sign)
        if found is not None:
            self.parts.counted(self.parts.whole, self.name)
        return found

    def keep(self, generation: str, found: Any) -> None:
        """Keeps a Part under a generation or a sign; '' keeps nothing."""
        if self.asked and generation:
            key = self._key(generation)
            self.parts.keep(self._path(generation, key), key, found)

    def read(self, generation: str) -> Any:
        """Returns the Part under a generation or a sign; None when it is not there, or what is there is damaged."""
        if not self.asked or not generation:
            return None
        key = self._key(generation)
        path = self._path(generation, key)
        try:
            found = decoded(_bytes(path), key, self.packages)
        except (OSError, NotPlain):
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return found

    def _key(self, generation: str) -> str:
        return hashlib.blake2b(f"{self.asked} {generation}".encode(), digest_size=16).hexdigest()

    def _path(self, generation: str, key: str) -> Path:
        return self.parts.folder / home(generation) / f"{key}.part"


def _bytes(path: Path) -> memoryview:
    """Returns a file's bytes as they stand on the disk, not copied; who writes to them writes to memory of its own.

    Nobody changes such a file: another comes in its place.
    """
    with path.open("rb", buffering=0) as file:
        if WINDOWS or not os.fstat(file.fileno()).st_size:  # Windows replaces no file that is mapped
            return memoryview(bytearray(file.read()))
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY))


def measured(folder: Path, state: State) -> bool:
    """Says whether anything is kept of the journeys of a map in this state."""
    return bool(state.home) and (folder / FOLDER / our_code() / state.home).is_dir()


def home(generation: str) -> str:
    """Returns the folder of a bucket's Parts: what its events are, whatever the map and the slice."""
    return generation.split("-", 1)[0]


def current(manifest: Manifest) -> set[str]:
    """Returns the folders of the buckets that are there now, and of maps as a whole, as they are and were."""
    states = [state for placed in manifest.maps for state in (placed.state, placed.before) if state is not None]
    return {bucket.made_from for placed in manifest.maps for bucket in placed.buckets} | {one.home for one in states}


def sweep_parts(folder: Path, manifest: Manifest) -> None:
    """Removes the Parts that other code made, those of buckets that are no longer named, and half written ones."""
    if not (folder / FOLDER).is_dir():
        return
    known, ours = current(manifest), folder / FOLDER / our_code()
    here = (*(folder / FOLDER).iterdir(), *ours.glob("*"))
    gone = [inner for inner in here if inner.name not in known and inner != ours]
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # thousands of files, each given back by the system
        list(pool.map(functools.partial(shutil.rmtree, ignore_errors=True), gone))
    for half in ours.glob("*/*.new"):
        with contextlib.suppress(OSError):  # the one who is writing it keeps nothing, and goes on
            half.unlink(missing_ok=True)


@functools.cache
def our_code() -> str:
    """Returns a hash of all our code that could matter, so that no analysis has to tell what it stands on."""
    ours = Path(klantreis.__file__).parent
    files = [*ours.glob("*.py"), *(file for room in OURS for file in (ours / room).rglob("*.py"))]
    return _hash(files, f"{np.__version__} {sys.version_info[:2]}")


@functools.cache
def code_of(analysis: Any) -> str:
    """Returns a hash of the code of an analysis that is a guest; '' for our own."""
    home_ = Path(getattr(sys.modules.get(analysis.__name__), "__file__", None) or __file__)
    if Path(klantreis.__file__).parent in home_.parents:
        return ""
    return _hash(home_.parent.rglob("*.py") if home_.name == "__init__.py" else [home_])


def _hash(files: Iterable[Path], more: str = "") -> str:
    digest = hashlib.blake2b(more.encode(), digest_size=8)
    for file in sorted(files):
        digest.update(file.name.encode() + hashlib.blake2b(file.read_bytes(), digest_size=16).digest())
    return digest.hexdigest()


def _bound(folder: Path, most: int) -> None:
    """Keeps at most `most` bytes: removes first what was looked at the longest ago.

    Parts of all buckets together go last: a refresh needs only these, and to make one again is to measure all.
    """
    found = []
    for path in folder.glob("*/*"):
        with contextlib.suppress(OSError):
            told = path.stat()
            found.append((path.parent.name.startswith(ALL), told.st_mtime_ns, told.st_size, path))
    total = sum(size for _, _, size, _ in found)
    if total <= most:
        return
    for _, _, size, path in sorted(found):
        if total <= most * ROOMY:
            return
        path.unlink(missing_ok=True)
        total -= size
