"""Opens the journeys of a map from the store: arrays mapped into memory, states settled at the end of the data."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.errors import StoreError
from klantreis.journeys.aside import Aside, Whole, read_aside
from klantreis.journeys.cut import Rule, coded, settled
from klantreis.journeys.manifest import (
    Manifest,
    Placed,
    PlacedMap,
    State,
    Stored,
    content,
    read_manifest,
    state_of,
)
from klantreis.journeys.model import About, Bucket, Earlier, Journeys, Names
from klantreis.journeys.put import decides, names_of
from klantreis.journeys.woven import LAST, NOBODY, Arrays, Keys, rows_of, woven
from klantreis.labels import Label
from klantreis.map.model import JourneyMap
from klantreis.stats.exchange import NotExchanged

if sys.platform != "win32":
    import resource

TRIES = 3
OPEN_FILES = Path("/dev/fd")
SPARE = 256
"""Files that others may want to open besides."""
HEADER = 128
"""Bytes before the numbers in a numpy file; a file of just that has none, and cannot be mapped."""
OURS = re.compile(
    rb"\x93NUMPY\x01\x00v\x00\{'descr': '(?P<kind>[<|][iuf](?P<bytes>[1248]))', 'fortran_order': False, "
    rb"'shape': \((?P<many>\d+),\), \} *\n"
)
"""How such a file begins when it holds one row of numbers, as ours do."""


def open_journeys(folder: Path, map_: JourneyMap, *, time_zone: str = "UTC", currency: str = "EUR") -> Journeys:
    """Returns the journeys of a map as they were last placed; the arrays are read when they are looked at.

    `counts` are those of all loads (read = stored + duplicate + rejected), and `dropped`: events left out because
    their matcher takes the first or last of a journey only. Nothing stored: one empty bucket.
    Raises StoreError when the map was not placed yet, or was changed since, or files are missing.
    """
    for turn in range(TRIES):
        manifest = read_manifest(folder)
        placed = manifest.placed(map_.id)
        if placed is None or placed.made_from != decides(map_, time_zone):
            raise StoreError(
                Label(
                    f"De reizen van kaart {map_.id!r} zijn nog niet gemaakt, of de kaart is sindsdien veranderd.",
                    f"The journeys of map {map_.id!r} are not made yet, or the map changed since.",
                ),
                where=str(folder),
                mend=Label("Draai: klantreis load", "Run: klantreis load"),
            )
        try:
            return _opened(folder, manifest, placed, (map_, time_zone, currency))
        except (OSError, ValueError, TypeError) as error:
            # A writer may have replaced the files between our two looks; the next look names the new ones.
            if turn == TRIES - 1:
                raise StoreError(
                    Label(
                        f"De reizen van kaart {map_.id!r} zijn niet te openen: {error}.",
                        f"The journeys of map {map_.id!r} cannot be opened: {error}.",
                    ),
                    where=str(folder / "journeys"),
                    mend=Label(
                        "Draai: klantreis doctor. De reizen mogen weg en worden dan opnieuw gemaakt; de "
                        "gebeurtenissen staan apart.",
                        "Run: klantreis doctor. The journeys may be removed and made again; the events are apart.",
                    ),
                ) from error
    raise AssertionError("the last turn returns or raises")


def counts(manifest: Manifest) -> dict[str, int]:
    """Returns read, stored, duplicate and rejected over all loads of all sources."""
    return {
        role: sum(getattr(load, role) for load in manifest.loads)
        for role in ("read", "stored", "duplicate", "rejected")
    }


def version(manifest: Manifest, rules: str = "") -> str:
    """Returns a hash of which events the store holds, and of the map's rules when given."""
    whose = [manifest.identity.made_from] if manifest.identity.kinds else []
    told = content(manifest.events), whose, rules
    return hashlib.blake2b(repr(told).encode(), digest_size=8).hexdigest()


def _opened(folder: Path, manifest: Manifest, placed: PlacedMap, given: tuple[JourneyMap, str, str]) -> Journeys:
    map_, time_zone, currency = given
    names = names_of(manifest, map_)
    rule = coded(map_.journey, names.touchpoints, manifest.last)
    overlaps: Counter[tuple[str, str, str]] = Counter()
    for bucket in placed.buckets:
        for event, taken, other, events in bucket.overlaps:
            overlaps[event, taken, other] += events
    about = About(
        names=names,
        first=manifest.first,
        last=manifest.last,
        grain=map_.journey.by or "person",
        map=map_.id,
        version=version(manifest, placed.made_from),
        time_zone=time_zone,
        currency=currency,
        identity=manifest.identity.recognised if manifest.identity.kinds else None,
    )
    words = _hash(placed.made_from, replace(names, details=())), _hash(names.details)
    _files_allowed(sum(len(bucket.arrays) for bucket in placed.buckets))
    found = [(_arrays(folder, bucket.arrays), read_aside(folder, bucket.beside)) for bucket in placed.buckets]
    state = state_of(manifest, placed.buckets)
    return Journeys(
        _buckets(found, placed, (names, *words), rule) or (empty(names),),
        about,
        sign=_sign(placed, state, names, rule),
        earlier=_earlier(folder, placed, found, (names, state, rule)),
        overlaps=tuple((*who, events) for who, events in sorted(overlaps.items())),
        outside=sum(bucket.outside for bucket in placed.buckets),
        counts={**counts(manifest), "dropped": sum(bucket.dropped for bucket in placed.buckets)},
    )


def _buckets(
    found: list[tuple[Arrays, Aside]], placed: PlacedMap, told: tuple[Names, str, str], rule: Rule
) -> Sequence[Bucket]:
    """Returns the buckets, those of which some persons stand apart put together when they are looked at."""
    names, rules, words = told
    bare = [_settled(arrays, names, rule) for arrays, _ in found]
    others = [(aside.gone, _settled(aside.arrays, names, rule)) if aside else None for _, aside in found]
    generations = []
    for bucket, other, one in zip(bare, others, placed.buckets, strict=True):
        # A journey times out because the end of the data moves on: then its bucket says something else than it did.
        said = f"{rules} {one.made_from}".encode() + bucket.state.tobytes()
        if other is not None:
            said += other[0].tobytes() + other[1].state.tobytes()
        content = hashlib.blake2b(said, digest_size=8).hexdigest()
        # A measure may have a place for every word of the log, also in a bucket without any.
        generations.append(f"{one.made_from}-{content}" + (f"+{words}" if names.details else ""))
    buckets = tuple(replace(bucket, generation=told) for bucket, told in zip(bare, generations, strict=True))
    return Whole(buckets, others, tuple(generations)) if any(others) else buckets


def _settled(arrays: Arrays, names: Names, rule: Rule) -> Bucket:
    """Returns arrays as a bucket, the states of its journeys as they are at the end of the data."""
    columns: dict[str, Any] = dict(arrays)
    state = settled(columns.pop("state"), columns.pop(LAST), rule)
    return Bucket(names=names, state=state, **columns)


def _sign(placed: PlacedMap, state: State, names: Names, rule: Rule) -> str:
    """Returns what tells all that the journeys of a map say in this state."""
    words = names.details[: state.words[2]]
    told = placed.made_from, replace(names, details=()), state.last if rule.timeout >= 0 else 0
    return f"{state.home}-{_hash(*told)}" + (f"+{_hash(words)}" if words else "")


def _earlier(
    folder: Path, placed: PlacedMap, found: list[tuple[Arrays, Aside]], told: tuple[Names, State, Rule]
) -> Earlier | None:
    """Returns what the journeys of a map were when they were last measured, if they have the same names."""
    names, state, rule = told
    before = placed.before
    if before is None or before.words[:2] != state.words[:2]:
        return None
    then, ends = replace(rule, last=before.last), (before.last, rule.last)

    @cache
    def known() -> list[tuple[Aside, NDArray[np.bool_]]]:
        return [
            (_past(folder, bucket), _quiet(arrays, then, rule))
            for bucket, (arrays, _) in zip(placed.buckets, found, strict=True)
        ]

    def of_one(windows: tuple[int, ...], place: int) -> tuple[list[Arrays], Arrays]:
        (past, quiet), (arrays, aside) = known()[place], found[place]
        laid = np.setdiff1d(_silent(arrays, quiet, windows, ends), aside.gone)
        moved = _silent(aside.arrays, _quiet(aside.arrays, then, rule), windows, ends) if aside else NOBODY
        silent = np.setdiff1d(np.union1d(laid, moved), past.gone)
        was = [*([past.arrays] if past else []), aside.theirs(arrays, silent)]
        return was, aside.theirs(arrays, np.union1d(silent, past.gone))

    @cache
    def changed(windows: tuple[int, ...]) -> tuple[Bucket, Bucket]:
        known()
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            both = list(pool.map(partial(of_one, windows), range(len(found))))
        was, now = [arrays for several, _ in both for arrays in several], [arrays for _, arrays in both]
        return _settled(woven(was), names, then), _settled(woven(now), names, rule)

    alone = Lock()

    def changed_once(windows: tuple[int, ...]) -> tuple[Bucket, Bucket]:
        with alone:  # several analyses ask at once
            return changed(windows)

    return Earlier(_sign(placed, before, names, rule), before.last, changed_once)


def _quiet(arrays: Arrays, then: Rule, now: Rule) -> NDArray[np.bool_]:
    """Returns the journeys that timed out since then."""
    quiet: NDArray[np.bool_] = settled(arrays["state"], arrays[LAST], then) != settled(
        arrays["state"], arrays[LAST], now
    )
    return quiet


def _silent(arrays: Arrays, quiet: NDArray[np.bool_], windows: tuple[int, ...], ends: tuple[int, int]) -> Keys:
    """Returns the persons who differ though nothing of them came: a time that counts is over since then."""
    silent: Keys = arrays["keys"][arrays["person"][quiet | _ripened(arrays, windows, ends)]]
    return silent


def _ripened(arrays: Arrays, windows: tuple[int, ...], ends: tuple[int, int]) -> NDArray[np.bool_]:
    """Returns the journeys with a touch after which one of these times was not over at the first end, and is at the
    second; it may be over to the microsecond at either.
    """
    found = np.zeros(len(arrays["person"]), np.bool_)
    for window in windows:
        late = np.flatnonzero(arrays[LAST] >= ends[0] - window)  # most journeys ended long before
        rows = rows_of(arrays["start"], late)
        at = arrays["at"][rows]
        rows = rows[(at >= ends[0] - window) & (at <= ends[1] - window)]
        found[np.searchsorted(arrays["start"], rows, side="right") - 1] = True
    return found


def _past(folder: Path, bucket: Placed) -> Aside:
    try:
        return read_aside(folder, bucket.was)
    except (OSError, ValueError) as error:
        raise NotExchanged("a writer took the files away") from error


def _hash(*told: object) -> str:
    return hashlib.blake2b(repr(told).encode(), digest_size=8).hexdigest()


def empty(names: Names) -> Bucket:
    """Returns a bucket of nobody, so that every analysis has one answer for nothing."""
    none = np.empty(0, dtype=np.int64)
    return Bucket(
        names=names,
        at=none,
        touch=none.astype(np.int32),
        event=none.astype(np.int32),
        start=np.zeros(1, dtype=np.int64),
        person=none,
        state=none.astype(np.int8),
        segments=none.astype(np.uint64),
        keys=none.astype(np.uint64),
    )


def _files_allowed(many: int) -> None:
    """Lets this process have so many files more open, as far as the machine allows: each mapped array keeps its file.

    All are opened at once, so that a writer who replaces them meanwhile changes nothing for whoever reads.
    """
    if sys.platform == "win32":
        return  # there files are mapped without being kept open
    least, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    held = sum(1 for _ in OPEN_FILES.iterdir()) if OPEN_FILES.is_dir() else least // 2
    wanted = held + many + SPARE
    if most != resource.RLIM_INFINITY:
        wanted = min(wanted, most)
    if least < wanted:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def _arrays(folder: Path, files: Iterable[Stored]) -> Arrays:
    return {Path(stored.path).stem: _array(folder / stored.path) for stored in files}


def _array(path: Path) -> NDArray[np.generic]:
    # Copy-on-write rather than read-only: a kernel compiled for one kind of array then serves files and memory alike.
    with path.open("rb", buffering=0) as file:
        size, kind = os.fstat(file.fileno()).st_size - HEADER, OURS.fullmatch(file.read(HEADER))
        if kind is not None and size > 0 and size == int(kind["many"]) * int(kind["bytes"]):
            # To understand a header of any kind takes numpy longer than to map the file, and there are thousands.
            shape, told = (int(kind["many"]),), kind["kind"].decode()
            return np.asarray(np.memmap(file, told, "c", offset=HEADER, shape=shape))
    return np.asarray(np.load(path, mmap_mode="c" if size > 0 else None, allow_pickle=False))
