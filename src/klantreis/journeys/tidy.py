"""Looks what a store holds and how much room it takes, and tidies it: one event file per bucket and source.

Compaction writes the same events in fewer files, and buckets of journeys with those who changed since in them, in
folders of their own; the manifest that names them is put in place last, and what they replace is removed after that. So
a kill at any moment leaves the store as it was, or tidied. What was made from the events stays as it is: a compacted
file carries the sign of the files that it was made of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from klantreis.engines.base import Engine
from klantreis.journeys.append import clean, reading
from klantreis.journeys.disk import checksum, guarded, settle_all
from klantreis.journeys.lock import writing
from klantreis.journeys.manifest import (
    EventFile,
    Manifest,
    Placed,
    PlacedMap,
    Stored,
    content,
    merged_from,
    read_manifest,
    write_manifest,
)
from klantreis.journeys.parts import Parts
from klantreis.journeys.placing import folder_of, newest
from klantreis.journeys.put import Spot
from klantreis.journeys.splice import put_together

Tell = Callable[[int, int], None]
ROOMS = ("events", "people", "journeys", "parts", "rejected")


@dataclass(frozen=True, slots=True)
class MapContents:
    """One map as it was last placed: its buckets, and the bytes of its arrays. `current`: made from all events."""

    map: str
    buckets: int
    bytes: int
    current: bool


@dataclass(frozen=True, slots=True)
class Contents:
    """What a store holds. `generation` went up with every change; `buckets` hold whole persons each.

    Bytes are those on the disk: `room` by folder ('events', 'journeys' ...), `left_over` of files that no longer count
    and go at the next write. `event_files`: as few as `least_files` would do. `beside`: buckets of journeys with a file
    beside them of those who changed since, which every question puts in. `content`: a hash of which events.
    """

    generation: int
    events: int
    sources: int
    buckets: int
    event_files: int
    least_files: int
    beside: int
    cached: int
    room: dict[str, int]
    left_over: int
    content: str
    maps: tuple[MapContents, ...]

    @property
    def bytes(self) -> int:
        """What all files together take on the disk, in bytes."""
        return sum(self.room.values())

    def to_dict(self) -> dict[str, Any]:
        """Returns the contents in the shape of `schemas/store.schema.json`."""
        names = ("generation", "events", "sources", "buckets", "event_files", "least_files", "beside", "cached")
        maps = [{name: getattr(one, name) for name in ("map", "buckets", "bytes", "current")} for one in self.maps]
        plain = {name: getattr(self, name) for name in (*names, "left_over")}
        return plain | {"bytes": self.bytes, "room": dict(self.room), "content": self.content, "maps": maps}


def contents(folder: Path) -> Contents:
    """Returns what the store in `folder` holds; all zero when there is none yet."""
    manifest = read_manifest(folder)
    named = {folder / stored.path for stored in manifest.files()}
    sizes = {room: _sizes(folder / room) for room in ROOMS}
    loose = {path: size for room in ("events", "people", "journeys") for path, size in sizes[room].items()}
    latest = newest(manifest)
    return Contents(
        generation=manifest.generation,
        events=manifest.stored,
        sources=len(manifest.loads),
        buckets=1 << manifest.bits if manifest.events else 0,
        event_files=len(manifest.events),
        least_files=len(_groups(manifest)),
        beside=sum(1 for _, bucket in _beside(manifest)),
        cached=sum(1 for path in sizes["parts"] if path.suffix == ".part"),
        room={room: sum(found.values()) for room, found in sizes.items()},
        left_over=sum(size for path, size in loose.items() if path not in named),
        content=content(manifest.events),
        maps=tuple(
            MapContents(
                one.map,
                len(one.buckets),
                sum(stored.size for bucket in one.buckets for stored in bucket.files),
                {bucket.bucket: bucket.made_from for bucket in one.buckets} == latest,
            )
            for one in manifest.maps
        ),
    )


def tidy(folder: Path, engine: Engine, *, tell: Tell | None = None) -> tuple[Contents, Contents]:
    """Brings many event files together, puts those who changed in their buckets of journeys, and removes what no longer
    counts; returns the contents before and after.

    Every event, count and journey stays what it is, and so does what was measured of all. `tell(done, all)` is called
    after each file or bucket that is written. Readers that have a file open keep it. Raises StoreError as `append`
    does; the store is then as it was.
    """
    with guarded(folder), writing(folder):
        found = contents(folder)
        before = read_manifest(folder)
        clean(folder, before)
        after = _tidied(folder, engine, before, tell)
        clean(folder, after)
        Parts(folder).settle()
        return found, contents(folder)


def _tidied(folder: Path, engine: Engine, before: Manifest, tell: Tell | None) -> Manifest:
    """Writes what is to be joined in new folders, and makes that the store; returns what the store is then."""
    ready = replace(before, generation=before.generation + 1)
    fresh = [folder / "events" / f"{ready.generation:06}"]
    fresh += [_room(folder, ready, one) for one in before.maps]
    many, whole = _many(before), [found for found in _beside(before) if _as_written(folder, found[1])]
    if not many and not whole:
        return before
    done = iter(range(1, len(many) + len(whole) + 1))

    def step() -> None:
        if tell is not None:
            tell(next(done), len(many) + len(whole))

    with ExitStack() as partial:
        for inner in fresh:
            partial.enter_context(guarded(folder, inner))
        after = _put_together(folder, _compacted(folder, engine, ready, many, step), whole, step)
        for inner in fresh:
            settle_all(inner)
        write_manifest(folder, after)
    return after


def _sizes(folder: Path) -> dict[Path, int]:
    found = {}
    for path in folder.rglob("*"):
        try:
            if path.is_file():
                found[path] = path.stat().st_size
        except OSError:  # taken away while we looked
            continue
    return found


def _groups(manifest: Manifest) -> dict[tuple[int, str], list[EventFile]]:
    found: dict[tuple[int, str], list[EventFile]] = {}
    for event in manifest.events:
        found.setdefault((event.bucket, event.source), []).append(event)
    return found


def _many(manifest: Manifest) -> dict[tuple[int, str], list[EventFile]]:
    return {key: files for key, files in _groups(manifest).items() if len(files) > 1}


def _compacted(
    folder: Path,
    engine: Engine,
    ready: Manifest,
    many: dict[tuple[int, str], list[EventFile]],
    step: Callable[[], None],
) -> Manifest:
    joined: dict[tuple[int, str], EventFile] = {}
    for key, files in many.items():
        path = folder / "events" / f"{ready.generation:06}" / f"{len(joined)}" / f"bucket={key[0]}" / "data_0.parquet"
        path.parent.mkdir(parents=True)
        engine.write(reading([folder / event.file.path for event in files]), path)
        stored = Stored(path.relative_to(folder).as_posix(), path.stat().st_size, checksum(path))
        rows = sum(event.rows for event in files)
        joined[key] = EventFile(stored, *key, rows, merged_from(stored, files))
        step()
    groups = _groups(ready).items()
    events = tuple(event for key, files in groups for event in ([joined[key]] if key in joined else files))
    return replace(ready, events=events)


def _beside(manifest: Manifest) -> Iterator[tuple[str, Placed]]:
    """Yields (map, bucket) of the buckets of journeys that have persons beside them."""
    return ((one.map, bucket) for one in manifest.maps for bucket in one.buckets if bucket.beside)


def _as_written(folder: Path, bucket: Placed) -> bool:
    """Says whether no byte of a bucket was damaged: what is, stays for `doctor` to tell, and is placed anew."""
    try:
        return all(checksum(folder / stored.path) == stored.checksum for stored in bucket.files)
    except OSError:
        return False


def _room(folder: Path, ready: Manifest, placed: PlacedMap) -> Path:
    return folder / "journeys" / folder_of(placed.map) / f"{ready.generation:06}"


def _put_together(folder: Path, ready: Manifest, whole: list[tuple[str, Placed]], step: Callable[[], None]) -> Manifest:
    """Writes these buckets with the persons beside them in their places; what they were stays known."""
    maps = []
    for one in ready.maps:
        made = {}
        for old in (bucket for map_id, bucket in whole if map_id == one.map):
            path = _room(folder, ready, one) / f"bucket-{old.bucket:04}"
            with suppress(ValueError):  # written by another version: it is placed anew when it is asked for
                made[old.bucket] = put_together(old, Spot(folder, path, old.bucket, old.made_from))
            step()
        maps.append(replace(one, buckets=tuple(made.get(bucket.bucket, bucket) for bucket in one.buckets)))
    return replace(ready, maps=tuple(maps))
