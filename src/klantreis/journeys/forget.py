"""Forgets a person: the events, the links and the refused rows that hold them are gone from the disk.

What a device did before a login goes back to the device, and to nobody else. Hashes under a key of the store keep the
person from coming back with the next load.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from klantreis.engines.base import Engine, Query, quoted
from klantreis.errors import StoreError
from klantreis.journeys.append import WORDS, clean, hash_check, reading, with_room
from klantreis.journeys.disk import guarded, settle_all
from klantreis.journeys.lock import writing
from klantreis.journeys.manifest import EventFile, Identity, Manifest, State, read_manifest, write_manifest
from klantreis.journeys.refused import without_rows
from klantreis.journeys.signed import event_files
from klantreis.journeys.theirs import Theirs, named, theirs
from klantreis.labels import Label
from klantreis.log.forgotten import marks
from klantreis.log.identity import Rules


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was taken away. `events`: of the person; `links`: of the ledger; `unstitched`: events back to their device;
    `refused_rows`: rows on the lists of refused ones.
    """

    events: int = 0
    links: int = 0
    unstitched: int = 0
    refused_rows: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Returns the counts."""
        return {name: getattr(self, name) for name in ("events", "links", "unstitched", "refused_rows")}


def forget(folder: Path, engine: Engine, person: str, rules: Rules) -> Forgotten:
    """Erases the person with this id, or an id without a person ('email:x@y.nl', 'device:d1'); returns what went.

    Journeys of their bucket are removed too and must be placed again. A later load refuses their rows; those of
    somebody unknown as well. Raises StoreError as `append` does.
    """
    with guarded(folder), writing(folder):
        before = read_manifest(folder)
        clean(folder, before)
        rewritten = folder / "events" / f"{before.generation + 1:06}"
        with guarded(folder, rewritten):
            ready = replace(before, generation=before.generation + 1)
            found = Theirs((named(person, before.identity.kinds)[0],))
            events = 0
            if before.events:
                ready = _hashed(folder, engine, ready)
                found = theirs(engine, folder, ready, person, rules)
                ready, events = _erased(folder, engine, ready, found)
            after = replace(ready, identity=_remembered(engine, ready.identity, found))
            settle_all(rewritten)
            write_manifest(folder, after)
        stayed = clean(folder, after)
        rows = without_rows(folder / "rejected", {value for _, value in found.ids})
    if stayed:
        raise StoreError(
            Label(
                "Een ander programma leest nog bestanden waarin deze persoon staat, dus zijn die nog niet weg.",
                "Another program still reads files that hold this person, so these are not gone yet.",
            ),
            where=str(stayed[0]),
            mend=Label("Sluit het, en draai hetzelfde nog eens.", "Close it, and run the same once more."),
        )
    return Forgotten(events, found.links, found.unstitched, rows)


def _hashed(folder: Path, engine: Engine, manifest: Manifest) -> Manifest:
    """Returns the manifest with buckets by the hash that the engine has now."""
    if manifest.hash_check == hash_check(engine):
        return manifest
    return replace(with_room(folder, engine, manifest, 0), generation=manifest.generation)


def _erased(folder: Path, engine: Engine, manifest: Manifest, found: Theirs) -> tuple[Manifest, int]:
    """Writes the files that hold the person again, without; returns the manifest and how many events went."""
    by_path = {folder / event.file.path: event for event in manifest.events}
    listed = Query((("files", _HOLDING),), {"files": [str(path) for path in by_path]})
    holding = {Path(path).resolve(): int(count) for path, count in engine.rows(listed)}
    kept: list[EventFile] = []
    lost: dict[str, int] = {}
    touched = set(found.buckets)
    for number, (path, event) in enumerate(by_path.items()):
        gone = holding.get(path.resolve(), 0)
        if gone:
            lost[event.source] = lost.get(event.source, 0) + gone
            touched |= set() if manifest.identity.kinds else {event.bucket}
        if gone < event.rows:
            kept.append(event if not gone else _rewritten(folder, engine, manifest, event, number))
    loads = tuple(
        replace(load, stored=load.stored - lost.get(load.source, 0), rejected=load.rejected + lost.get(load.source, 0))
        for load in manifest.loads
    )
    people = tuple(one for one in manifest.identity.buckets if one.bucket not in touched)
    maps = tuple(
        # What the journeys were with this person in them is forgotten too.
        replace(
            one,
            buckets=tuple(replace(bucket, was=()) for bucket in one.buckets if bucket.bucket not in touched),
            state=State(),
            before=None,
        )
        for one in manifest.maps
    )
    identity = replace(manifest.identity, buckets=people, made_from="")
    after = replace(manifest, events=tuple(kept), loads=loads, maps=maps, identity=identity)
    return said_again(folder, engine, after), sum(lost.values())


_HOLDING = """
    SELECT filename, count(*) FROM read_parquet($files, union_by_name=true, hive_partitioning=false, filename=true)
    SEMI JOIN theirs USING (key) GROUP BY filename"""


def _rewritten(folder: Path, engine: Engine, manifest: Manifest, event: EventFile, number: int) -> EventFile:
    path = (
        folder / "events" / f"{manifest.generation:06}" / f"kept-{number}" / f"bucket={event.bucket}" / "data.parquet"
    )
    path.parent.mkdir(parents=True)
    engine.write(
        reading([folder / event.file.path]).then("kept", "SELECT * FROM events ANTI JOIN theirs USING (key)"), path
    )
    return event_files(engine, folder, [path], event.source)[0]


def said_again(folder: Path, engine: Engine, manifest: Manifest) -> Manifest:
    """Returns the manifest with what is left: the period, and the words; when a word is gone, every map is."""
    if not manifest.events:
        return replace(manifest, first=0, last=0, names={}, maps=())
    events = reading([folder / event.file.path for event in manifest.events])
    ((first, last),) = engine.rows(events.then("span", 'SELECT min("at"), max("at") FROM events'))
    names = {role: _left(engine, events, WORDS[role], known) for role, known in manifest.names.items()}
    maps = manifest.maps if names == manifest.names else ()
    return replace(manifest, first=first, last=last, names=names, maps=maps)


def _left(engine: Engine, events: Query, column: str, known: tuple[str, ...]) -> tuple[str, ...]:
    asked = f"SELECT DISTINCT {quoted(column)} FROM events WHERE {quoted(column)} IS NOT NULL"
    left = {str(word) for (word,) in engine.rows(events.then("words", asked))}
    return tuple(word for word in known if word in left)


def _remembered(engine: Engine, identity: Identity, found: Theirs) -> Identity:
    """Returns who may not come back, as hashes, and where on a device a login was."""
    salt = identity.salt or secrets.token_hex(16)
    forgotten = tuple(sorted({*identity.forgotten, *marks(engine, found.ids, salt)}))
    closed = tuple(sorted({*identity.closed, *found.closed}))
    gone = {value for kind, value in found.ids if kind == "device"}
    closed = tuple(one for one in closed if one[0] not in gone)
    return replace(identity, salt=salt, forgotten=forgotten, closed=closed)
