"""Puts the log of a store on a map, bucket by bucket, and only the buckets that are not up to date."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from klantreis.engines.base import Engine, Workers
from klantreis.journeys.append import clean, hash_check, with_room
from klantreis.journeys.aside import Aside, read_aside
from klantreis.journeys.disk import guarded, settle_all
from klantreis.journeys.elsewhere import Job, put_elsewhere
from klantreis.journeys.gather import current, gathered, sign_of
from klantreis.journeys.lock import writing
from klantreis.journeys.manifest import (
    EventFile,
    Manifest,
    Placed,
    PlacedMap,
    State,
    content,
    read_manifest,
    state_of,
    write_manifest,
)
from klantreis.journeys.parts import measured
from klantreis.journeys.put import Spot, decides, met, names_of, put
from klantreis.journeys.splice import Changed, Files, changed, lot_of, splice
from klantreis.log.identity import USUAL, Rules
from klantreis.map.model import JourneyMap

Tell = Callable[[int, int], None]


def place(
    folder: Path,
    engine: Engine,
    map_: JourneyMap,
    *,
    time_zone: str = "UTC",
    tell: Tell | None = None,
    rules: Rules = USUAL,
    workers: Workers | None = None,
) -> int:
    """Puts the log in `folder` on a map; only buckets with new events, or all of them when the map changed.

    Buckets whose files are gone or cut short are made again too. `time_zone` is that of the dates in the map; `rules`
    say whose an event is that carries a device or another id. `workers` put the buckets on the map when they see the
    store; None: this process does.
    `tell(done, all)` is called after each bucket. Returns the number of buckets made, 0 when all was up to date.
    Raises StoreError as `append` does.
    """
    if not stale(folder, _now(folder, engine), map_, time_zone, rules):
        return 0
    with guarded(folder), writing(folder):
        before = read_manifest(folder)
        clean(folder, before)
        generation = f"{before.generation + 1:06}"
        target, events = folder / "journeys" / folder_of(map_.id) / generation, folder / "events" / generation
        people = folder / "people" / generation
        with guarded(folder, target), guarded(folder, events), guarded(folder, people):
            ready = replace(with_room(folder, engine, before, 0), generation=before.generation + 1)
            ready = gathered(engine, folder, ready, rules)
            after, made = _placed(engine, ready, map_, Work(folder, target, time_zone, tell, workers))
            settle_all(target)
            settle_all(events)
            settle_all(people)
            write_manifest(folder, after)
    return made


def stale(folder: Path, manifest: Manifest, map_: JourneyMap, time_zone: str, rules: Rules = USUAL) -> bool:
    """Says whether journeys of this map must be made: new events, other rules, or files that are gone or cut short."""
    placed = manifest.placed(map_.id)
    if placed is None or placed.made_from != decides(map_, time_zone) or not current(manifest, rules):
        return True
    made = {bucket.bucket: bucket.made_from for bucket in placed.buckets if _whole(folder, bucket)}
    return made != newest(manifest)


def newest(manifest: Manifest) -> dict[int, str]:
    """Returns what each bucket would be made from now; a placed one that says the same is up to date."""
    return {bucket: _made_from(manifest, files) for bucket, files in _buckets(manifest).items()}


@dataclass(frozen=True, slots=True)
class Work:
    """Where and how a map is placed: the store, the folder of this generation, the zone of dates, whom to tell, and who
    does it.
    """

    folder: Path
    target: Path
    time_zone: str
    tell: Tell | None
    workers: Workers | None = None


def folder_of(map_id: str) -> str:
    """Returns the map's id as the name of a folder; what could be a path or a device gets a hash instead."""
    if re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,80}", map_id):
        return f"{map_id}-map"
    return f"{hashlib.blake2b(map_id.encode(), digest_size=8).hexdigest()}-map"


def _now(folder: Path, engine: Engine) -> Manifest:
    """Returns the manifest as this engine sees it: without maps when its hash is another than the store's."""
    manifest = read_manifest(folder)
    same = not manifest.events or hash_check(engine) == manifest.hash_check
    return manifest if same else replace(manifest, maps=())


def _whole(folder: Path, bucket: Placed) -> bool:
    """Says whether the files of a placed bucket are there, each with its full size."""
    try:
        return all((folder / stored.path).stat().st_size == stored.size for stored in bucket.files)
    except OSError:
        return False


def _buckets(manifest: Manifest) -> dict[int, tuple[EventFile, ...]]:
    if manifest.identity.kinds:
        return {
            one.bucket: tuple(EventFile(f, one.bucket, "", 0) for f in one.files) for one in manifest.identity.buckets
        }
    found: dict[int, tuple[EventFile, ...]] = {}
    for event in sorted(manifest.events, key=lambda event: event.bucket):
        found[event.bucket] = (*found.get(event.bucket, ()), event)
    return found


def _made_from(manifest: Manifest, files: tuple[EventFile, ...]) -> str:
    """Returns a hash of which events a bucket has and in which order its sources come."""
    if manifest.identity.kinds:
        return sign_of(manifest, files[0].bucket)
    present = {event.source for event in files}
    ranks = [load.source for load in sorted(manifest.loads, key=lambda load: (load.order, load.source))]
    told = content(files), [source for source in ranks if source in present]
    return hashlib.blake2b(repr((told, manifest.bits, manifest.hash_check)).encode(), digest_size=8).hexdigest()


def _placed(engine: Engine, manifest: Manifest, map_: JourneyMap, work: Work) -> tuple[Manifest, int]:
    """Makes the buckets that are not up to date; returns the manifest with all of them, and how many were made."""
    names, rules, old = names_of(manifest, map_), decides(map_, work.time_zone), manifest.placed(map_.id)
    same = old if old is not None and old.made_from == rules else PlacedMap(map_.id, rules)
    known = {placed.bucket: placed for placed in same.buckets if _whole(work.folder, placed)}
    buckets, given = _buckets(manifest), (map_, work.time_zone)
    there = _there(manifest, map_, work, known)
    older = {bucket: _older(manifest, files, known.get(bucket)) for bucket, files in buckets.items()}
    base = _base(work.folder, manifest, same)
    if there or len(known) < len(same.buckets) or None in older.values():
        base = None
    since_now = base is same.state

    apart = {bucket: two for bucket, two in older.items() if two is not None and two[1] and bucket not in there}
    new: dict[int, Changed | None] = {}

    def job(bucket: int, files: Files) -> Callable[..., Placed]:
        nonlocal base
        if bucket in apart and bucket not in new:
            new.update(changed(engine, work.folder, manifest, lot_of(apart, bucket), given))
        found = new.pop(bucket, None)
        aside = None if found is None else _aside(work.folder, known[bucket], since_now)
        if found is not None and aside is not None:
            return partial(splice, found, names, map_, old=known[bucket], known=aside)
        base = None
        return partial(put, met(engine, work.folder, manifest, files, given), names, map_)

    jobs: dict[int, Future[Placed]] = {}
    cores = os.cpu_count() or 1
    with ThreadPoolExecutor(cores) as pool:
        # The engine matches a bucket while the ones before are sorted, cut and written; no more than a few wait.
        for done, (bucket, files) in enumerate(buckets.items(), start=1):
            made_from = _made_from(manifest, files)
            if bucket not in there and (bucket not in known or known[bucket].made_from != made_from):
                spot = Spot(work.folder, work.target / f"bucket-{bucket:04}", bucket, made_from)
                if len(jobs) > cores:
                    list(jobs.values())[-cores].result()
                jobs[bucket] = pool.submit(job(bucket, files), bits=manifest.bits, spot=spot)
            if work.tell is not None and not there:
                work.tell(done, len(buckets))
    if since_now:
        known = {bucket: replace(placed, was=()) for bucket, placed in known.items()}
    made = there | {bucket: future.result() for bucket, future in jobs.items()}
    placed = tuple(made.get(bucket) or known[bucket] for bucket in buckets)
    # A map that lost files is forgotten here, and made again when it is asked for.
    others = [one for one in manifest.maps if one.map != map_.id and all(_whole(work.folder, b) for b in one.buckets)]
    now = PlacedMap(map_.id, rules, placed, state_of(manifest, placed), base)
    return replace(manifest, maps=(*others, now)), len(made)


def _aside(folder: Path, placed: Placed, since_now: bool) -> tuple[Aside, Aside] | None:
    """Returns who stand beside a bucket, and what those were who changed before; None when that cannot be read."""
    try:
        return read_aside(folder, placed.beside), read_aside(folder, () if since_now else placed.was)
    except (OSError, ValueError):
        return None


def _older(manifest: Manifest, files: Files, placed: Placed | None) -> tuple[Files, Files] | None:
    """Returns the files that a bucket was placed from, and those that came since; None when it was something else."""
    if placed is None or manifest.identity.kinds:
        return None
    if placed.made_from == _made_from(manifest, files):
        return files, ()
    for count in range(len(files) - 1, 0, -1):
        if _made_from(manifest, files[:count]) == placed.made_from:
            return files[:count], files[count:]
    return None


def _base(folder: Path, manifest: Manifest, old: PlacedMap) -> State | None:
    """Returns since when it is to be told who changed: since journeys of the same names were measured; None: never."""
    words = state_of(manifest, ()).words[:2]
    for state in (old.state, old.before):
        if state is not None and state.words[:2] == words and (state is old.before or measured(folder, state)):
            return state
    return None


def _there(manifest: Manifest, map_: JourneyMap, work: Work, known: Mapping[int, Placed]) -> dict[int, Placed]:
    """Returns the buckets that workers made, those that were not up to date; none when there are no such workers."""
    if work.workers is None or not work.workers.shared:
        return {}
    found = [(bucket, files, _made_from(manifest, files)) for bucket, files in _buckets(manifest).items()]
    old = [one for one in found if one[0] not in known or known[one[0]].made_from != one[2]]
    workers = work.workers if work.tell is None else work.workers.heard(work.tell)
    return put_elsewhere(workers, Job(work.folder, work.target, manifest, map_, work.time_zone), old)
