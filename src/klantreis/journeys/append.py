"""Adds the good rows of a source to the durable log: each event once, however often its file is loaded.

The rows are read once, into a file beside the store that carries each event's key; which are new is decided on the
keys alone. The new ones are written per bucket of persons, and the manifest is replaced last: until then, and if
anything goes wrong, the store is what it was.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from klantreis.engines.base import PARQUET, Engine, Query, literal, quoted
from klantreis.journeys.arrange import bucket_bits
from klantreis.journeys.disk import guarded, settle_all, sweep
from klantreis.journeys.fetch import CHECK, PERSON, added
from klantreis.journeys.lock import writing
from klantreis.journeys.manifest import FILE, EventFile, Loads, Manifest, read_manifest, write_manifest
from klantreis.journeys.parts import sweep_parts
from klantreis.journeys.signed import FIXED, ID, event_files
from klantreis.log.model import CheckedRows, Source

KEYS_AT_ONCE = 4_000_000
"""So many new keys are compared at a time: about a quarter of a gigabyte."""

AT_HAND = 1 << 24
"""Files of so many bytes together are small: their rows wait in memory, as writing and reading them takes longer."""

WORDS = {"events": "event", "channels": "channel", "details": "detail"}


def append(folder: Path, engine: Engine, rows: CheckedRows, source: Source) -> Loads:
    """Stores the events of a source that the store in `folder` has not; returns the counts of this load.

    An event is known by its id within the source, else by all it says. Repeated rows count as duplicates, unless the
    source keeps them: then the first, second, ... of equal rows are different events, and the same ones the next time.

    Raises:
        StoreError: the disk is full, there is no permission, the store is damaged, or another process writes to it.
    """
    with guarded(folder), writing(folder):
        before = read_manifest(folder)
        clean(folder, before)
        incoming = folder / "incoming"
        fresh = folder / "events" / f"{before.generation + 1:06}"
        with guarded(folder, fresh):
            try:
                incoming.mkdir(parents=True, exist_ok=True)
                after, load = _appended(folder, engine, before, _arrived(engine, rows, source, incoming), source)
                if after is not before:
                    settle_all(fresh)
                    write_manifest(folder, after)
            finally:
                shutil.rmtree(incoming, ignore_errors=True)
    return load


def clean(folder: Path, manifest: Manifest) -> list[Path]:
    """Removes what an interrupted or earlier write left behind: every file that the manifest does not name.

    Returns what could not be removed, as `sweep` does.
    """
    stayed: list[Path] = []
    kept = {f"{folder}{os.sep}{stored.path.replace('/', os.sep)}" for stored in manifest.files()}
    for name in ("events", "people", "journeys", "incoming"):
        if (folder / name).is_dir():
            stayed += sweep(folder / name, kept)
    for half in folder.glob(f"{FILE}.*.new"):
        half.unlink(missing_ok=True)
    sweep_parts(folder, manifest)
    return stayed


def hash_check(engine: Engine) -> int:
    """Returns what this engine's hash makes of a known word; it tells one hash from another."""
    ((check,),) = engine.rows(Query((("check", CHECK),)))
    return int(check)


def with_room(folder: Path, engine: Engine, before: Manifest, coming: int) -> Manifest:
    """Returns the manifest with enough buckets for what comes, cut by the hash that the engine has now.

    The buckets are written again when they would hold more than twice what they should, or when another version of
    the engine hashes otherwise; a bucket's files always hold whole persons of one hash.
    """
    check = hash_check(engine)
    wanted = bucket_bits(before.stored + coming)
    if not before.events:
        return replace(before, hash_check=check, bits=wanted)
    if before.hash_check == check and wanted <= before.bits + 1:
        return before
    ready = replace(before, generation=before.generation + 1, hash_check=check, bits=wanted, events=(), maps=())
    ready = replace(ready, identity=replace(before.identity, made_from="", buckets=()))
    for load in before.loads:
        old = [folder / event.file.path for event in before.events if event.source == load.source]
        if old:
            files = _files(folder, engine, ready, reading(old), load.source)
            ready = replace(ready, events=(*ready.events, *files))
    return ready


def reading(paths: list[Path], *, name: str = "events") -> Query:
    """Returns the query that reads event files of the store; a column that a file lacks is NULL there."""
    return Query(
        ((name, f"SELECT * FROM read_parquet(${name}_files, union_by_name=true, hive_partitioning=false)"),),
        {f"{name}_files": [str(path) for path in paths]},
    )


def _arrived(engine: Engine, rows: CheckedRows, source: Source, incoming: Path) -> Query:
    """Returns the rows as they arrived, with the key of each event; many of them from a file in `incoming`."""
    keyed = rows.query.then("keyed", f"SELECT *, {key_of(rows, source)} AS key FROM {quoted(rows.query.steps[-1][0])}")
    if source.duplicates == "keep":
        again = "row_number() OVER (PARTITION BY key ORDER BY sequence)"
        turn = again_of("key", again)
        keyed = keyed.then(
            "turned", f"SELECT * REPLACE (CASE WHEN {again} = 1 THEN key ELSE {turn} END AS key) FROM keyed"
        )
    if _small(rows.files):
        return engine.table("incoming", keyed)
    path = incoming / "rows.parquet"
    engine.write(keyed, path)
    return reading([path], name="incoming")


def _small(files: Sequence[Path]) -> bool:
    """Says whether these are small files of this machine; of what comes from elsewhere nobody knows."""
    sizes = [path.stat().st_size for path in files if path.is_file()]
    return 0 < sum(sizes) <= AT_HAND and len(sizes) == len(files)


def content_of(rows: CheckedRows, source: Source) -> str:
    """Returns SQL for everything an event says, as text, after the name of its source."""
    said = [f"'{name}=' || CAST({quoted(name)} AS VARCHAR)" for name in ("person", "at", "event")]
    said += [
        f"'{name}=' || CAST({quoted(name)} AS VARCHAR)" for name in ("channel", "session", "value", "score", "detail")
    ]
    said += [f"{literal(f'{name}=')} || {quoted(name)}" for name in sorted(rows.ids)]
    # A property that is empty says nothing: a column that is added later does not make old events new.
    said += [f"{literal(f'p.{name}=')} || {quoted(f'p.{name}')}" for name in sorted(rows.properties)]
    return f"concat_ws(chr(30), {literal(source.name)}, {', '.join(said)})"


def key_of(rows: CheckedRows, source: Source) -> str:
    """Returns SQL for what makes an event the same event, as a UUID: its source and id, else everything it says."""
    # A row of a wide table gives several events under one id.
    wide = ", event" if source.events else ""
    by_id = f"concat_ws(chr(30), {literal(source.name)}, 'id', id{wide})"
    return f"CAST(md5(CASE WHEN id IS NULL THEN {content_of(rows, source)} ELSE {by_id} END) AS UUID)"


def again_of(key: str, turn: str) -> str:
    """Returns SQL for the key of the second, third, ... of equal rows that are kept."""
    return f"CAST(md5(concat(CAST({key} AS VARCHAR), '#', CAST({turn} AS VARCHAR))) AS UUID)"


def _appended(
    folder: Path, engine: Engine, before: Manifest, incoming: Query, source: Source
) -> tuple[Manifest, Loads]:
    """Writes the new events; returns the manifest that names them (the same when nothing changes) and the counts."""
    told = 'count(*), count(*) FILTER (reason IS NULL), count(id), min("at"), max("at")'
    ((read, good, ids, first, last),) = engine.rows(incoming.then("counted", f"SELECT {told} FROM incoming"))
    # Without ids of their own, events are the same only when their moments are: others need not be looked at.
    span = "" if ids or first is None else f' WHERE "at" BETWEEN {first} AND {last}'
    fresh, stored = _fresh(folder, engine, before, (incoming, source, int(good), span))
    load = Loads(source.name, source.order, read, stored, good - stored, read - good)
    known = next((old for old in before.loads if old.source == source.name), None)
    if stored == 0 and known is not None and known.order == source.order:
        return before, load
    ready = with_room(folder, engine, before, stored)
    after = replace(ready, generation=before.generation + 1, loads=added_up(before.loads, load))
    return (after if stored == 0 else _written(folder, engine, after, fresh, source)), load


def _fresh(folder: Path, engine: Engine, before: Manifest, given: tuple[Query, Source, int, str]) -> tuple[Query, int]:
    """Returns the good rows whose key was not seen before, in this load or in the store, and how many there are."""
    incoming, source, good, span = given
    rows = incoming.then("good", "SELECT * EXCLUDE (reason, seen) FROM incoming WHERE reason IS NULL")
    old = [folder / event.file.path for event in before.events if event.source == source.name]
    coming = rows.then("keys", "SELECT key, sequence FROM good")
    there = reading(old, name="stored").then("known", f"SELECT key FROM stored{span}") if old else None
    kept = []
    for number, (new, known) in enumerate(_lots(engine, coming, there, folder / "incoming", 1 + good // KEYS_AT_ONCE)):
        first = new.then("first", "SELECT key, min(sequence) AS sequence FROM keys GROUP BY key")
        unseen = "SELECT sequence FROM first"
        if known is not None:
            first = Query((*known.steps, *first.steps), {**known.values, **first.values})
            unseen += " ANTI JOIN known USING (key)"
        engine.table(f"kept{number}", first.then("kept", unseen))
        kept.append(f'SELECT sequence FROM "kept{number}"')
    ((stored,),) = engine.rows(Query((("kept", f"SELECT count(*) FROM ({' UNION ALL '.join(kept)})"),)))
    if stored < good:
        rows = rows.then("fresh", f"SELECT * FROM good SEMI JOIN ({' UNION ALL '.join(kept)}) USING (sequence)")
    return rows, int(stored)


def _lots(
    engine: Engine, coming: Query, there: Query | None, folder: Path, lots: int
) -> Iterator[tuple[Query, Query | None]]:
    """Yields (new keys, stored keys) that can only be equal within a lot; each key is read once, however many lots."""
    if lots == 1:
        yield coming, there
        return
    split = f"SELECT *, (hash(key) % {lots})::INTEGER AS bucket FROM "
    files = [
        [] if keys is None else spread_out(engine, keys.then("lots", split + keys.steps[-1][0]), _made(folder / name))
        for name, keys in (("keys", coming), ("known", there))
    ]
    for lot in range(lots):
        new, known = ([path for path in some if path.parent.name == f"bucket={lot}"] for some in files)
        if new:
            yield reading(new, name="keys"), reading(known, name="known") if known else None


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


def _written(folder: Path, engine: Engine, after: Manifest, fresh: Query, source: Source) -> Manifest:
    columns = engine.columns(fresh)
    properties = tuple(name.removeprefix("p.") for name in columns if name.startswith("p."))
    ids = tuple(name for name in columns if ID.fullmatch(name))
    shown = ", ".join([*FIXED, *map(quoted, ids), *(quoted(f"p.{name}") for name in properties)])
    before = quoted(fresh.steps[-1][0])
    named = fresh.then("named", f"SELECT *, $source_name AS source FROM {before}", source_name=source.name)
    events = named.then("shown", f"SELECT {shown} FROM named")
    files = _files(folder, engine, after, events, source.name)
    new = reading([folder / event.file.path for event in files])
    words = [f"list(DISTINCT {quoted(word)}) FILTER ({quoted(word)} IS NOT NULL)" for word in WORDS.values()]
    ((first, last, *found),) = engine.rows(
        new.then("told", f'SELECT min("at"), max("at"), {", ".join(words)} FROM events')
    )
    names = {
        role: added(after.names.get(role, ()), map(str, own or ())) for role, own in zip(WORDS, found, strict=True)
    }
    return replace(
        after,
        first=min(first, after.first) if after.events else first,
        last=max(last, after.last) if after.events else last,
        properties=added(after.properties, properties),
        names=names,
        events=(*after.events, *files),
        identity=replace(after.identity, kinds=added(after.identity.kinds, ids)),
    )


def _files(folder: Path, engine: Engine, manifest: Manifest, events: Query, source: str) -> tuple[EventFile, ...]:
    """Writes events to one file or more per bucket, in a folder of this generation, and returns what was written."""
    target = folder / "events" / f"{manifest.generation:06}"
    number = sum(1 for _ in target.glob("*")) if target.is_dir() else 0
    parts = target / f"{number}"
    parts.mkdir(parents=True)
    ids = [quoted(name) for name in engine.columns(events) if ID.fullmatch(name)]
    bucket = bucket_of(f"hash(coalesce(person, {', '.join(ids)}))" if ids else PERSON, manifest.bits)
    paths = spread_out(
        engine, events.then("in_buckets", f"SELECT *, {bucket} AS bucket FROM {quoted(events.steps[-1][0])}"), parts
    )
    return event_files(engine, folder, paths, source)


def bucket_of(key: str, bits: int) -> str:
    """Returns SQL for the number of the bucket of a 64-bit key."""
    return f"({key} >> {64 - bits})::INTEGER" if bits else "0"


def spread_out(engine: Engine, rows: Query, folder: Path) -> list[Path]:
    """Writes rows with a number `bucket` to Parquet under `folder`, one file or more per bucket; returns the files."""
    written = f"COPY ({rows.sql()}) TO {literal(str(folder))} ({PARQUET}, PARTITION_BY (bucket))"
    engine.run(Query((("write the events", written),), rows.values))
    return sorted(folder.rglob("*.parquet"))


def added_up(loads: tuple[Loads, ...], load: Loads) -> tuple[Loads, ...]:
    """Returns what all loads came to, with this one."""
    old = next((known for known in loads if known.source == load.source), Loads(load.source, load.order))
    total = Loads(
        load.source,
        load.order,
        read=old.read + load.read,
        stored=old.stored + load.stored,
        duplicate=old.duplicate + load.duplicate,
        rejected=old.rejected + load.rejected,
    )
    if old in loads:
        return tuple(total if known is old else known for known in loads)
    return (*loads, total)
