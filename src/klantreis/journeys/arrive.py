"""Adds the good rows of a source to the durable log with the work of others: the same events, counts and refusals.

The source is cut into pieces. Workers judge the pieces, then find per part of the keys which events are new, then store
those per bucket of persons. Here is only counted what they did; the manifest is replaced last, as `append` does.
"""

from __future__ import annotations

import json
import operator
import shutil
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import accumulate, islice
from pathlib import Path
from typing import Any, cast

from klantreis.engines.base import Crew, Engine, Share, Workers
from klantreis.findings import Finding
from klantreis.journeys.append import added_up, clean, hash_check, reading, with_room
from klantreis.journeys.disk import guarded, settle_all, sweep
from klantreis.journeys.fetch import added
from klantreis.journeys.incoming import TOP, Came, Kept, Load, came, kept, known, seen
from klantreis.journeys.lock import writing
from klantreis.journeys.manifest import EventFile, Loads, Manifest, read_manifest, write_manifest
from klantreis.journeys.put_away import Away, Put, columns_of, put
from klantreis.journeys.tables import came_of, furthest, of_spark
from klantreis.log.growth import Mark
from klantreis.log.identity import USUAL, Rules
from klantreis.log.look import SAMPLE, Looked, findings_of
from klantreis.log.model import Source
from klantreis.log.pieces import Piece, Pieces, cut, fitting, unseen, with_columns
from klantreis.log.quality import MOST, Refused

KEYS_AT_ONCE = 4_000_000
"""So many keys are compared by one worker: about a quarter of a gigabyte."""

EVENTS_AT_ONCE = 1_000_000
"""So many events are stored by one worker at least, when there are."""

LOOKED, JUDGED, KEPT, STORED = (0.0, 0.1), (0.1, 0.6), (0.6, 0.75), (0.75, 1.0)
"""From where to where each question to the workers takes the progress of a source: what it takes of the time."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """What came of a load that workers did: its counts, the rows that were refused, and what there is to say."""

    load: Loads
    refused: Refused
    findings: tuple[Finding, ...]
    files: tuple[Path, ...]
    mark: Mark | None = None
    """How far a table that grows was read."""


def arrive(
    folder: Path,
    engine: Engine,
    source: Source,
    workers: Workers,
    *,
    rules: Rules = USUAL,
    only: frozenset[str] | None = None,
    size: int | None = None,
    least: int = 1,
    since: tuple[Mark | None, datetime] | None = None,
    tell: Share | None = None,
) -> Arrived | None:
    """Stores the events of a source that the store in `folder` has not; None: it cannot be cut, or into too few pieces.

    `engine` looks at the files here; `workers` see the folder and the files under the same paths. `only`: these files,
    those that are new. New rows come after all that is stored of the source. `since`: how far a table that grows was
    read, and what time it is. `size`: bytes in a piece; with fewer than `least` pieces it is not worth their while.
    `tell` hears which share is done. Raises as `checked` and `append` do.
    """
    whole = None if of_spark(source) else cut(engine, source, only=only, size=size)
    if not of_spark(source) and (whole is None or len(whole.pieces) < least):
        return None
    with guarded(folder), writing(folder):
        before = read_manifest(folder)
        clean(folder, before)
        incoming = folder / "incoming" / uuid.uuid4().hex[:12]
        fresh = folder / "events" / f"{before.generation + 1:06}"
        with guarded(folder, fresh):
            try:
                incoming.mkdir(parents=True)
                load = Load(
                    folder, incoming, hash_check(engine), source, *_forgotten(before), rules, whole is None,
                    *(since or (None, None)),
                )  # fmt: skip
                last = _last(engine, folder, before, source)
                crew = Crew(workers, tell)
                done = _table(load, crew) if whole is None else _judged(load, whole, crew, last)
                return _arrived(engine, before, load, done, crew)
            finally:
                shutil.rmtree(folder / "incoming", ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Done:
    """A source whose pieces are judged, in the order of the source. `before`: piece -> what to add to its sequence."""

    pieces: Pieces
    came: tuple[Came, ...]
    before: dict[int, int]
    records: dict[int, int]


def _last(engine: Engine, folder: Path, before: Manifest, source: Source) -> int:
    """Returns the last place that stored events of a source have; 0 when there are none."""
    old = [folder / event.file.path for event in before.events if event.source == source.name]
    asked = reading(old, name="old").then("last", "SELECT coalesce(max(sequence), 0) FROM old")
    return int(engine.rows(asked)[0][0]) if old else 0


def _forgotten(before: Manifest) -> tuple[tuple[str, ...], str]:
    return before.identity.forgotten, before.identity.salt


def _table(load: Load, crew: Crew) -> Done:
    """Returns the parts of a table that Spark reads, each judged where it was read; it has no order."""
    came_ = came_of(load, crew.at(JUDGED))
    nothing = {one.number: 0 for one in came_}
    pieces = tuple(Piece(one.number, Path(load.source.shown), start=one.number) for one in came_)
    return Done(Pieces(load.source, "table", (), pieces), came_, nothing, nothing)


def _judged(load: Load, whole: Pieces, crew: Crew, last: int) -> Done:
    pieces = _fitted(load, whole, crew.at(LOOKED))
    answers = cast(list[Came], crew.at(JUDGED).reduced(pieces.pieces, partial(came, load, pieces), operator.add))
    found = {one.number: one for one in answers}
    ordered = tuple(found[piece.number] for piece in pieces.pieces)
    before, records = _before(load, pieces, ordered)
    return Done(pieces, ordered, {number: base + last for number, base in before.items()}, records)


def _fitted(load: Load, whole: Pieces, workers: Workers) -> Pieces:
    """Returns the pieces that can be read apart, after a first look at them."""
    asked = unseen(whole)
    if not asked:
        return whole
    look: Callable[..., Any] = partial(seen, load, whole)
    looks = workers.reduced(asked, look, operator.add)
    fitted = fitting(whole, looks)
    if whole.kind != "jsonl":
        return fitted
    now = {piece.number for piece in fitted.pieces}
    again = [piece for piece in fitted.pieces if piece not in whole.pieces and piece.whole]
    looks = [one for one in looks if one.number in now and one.number not in {piece.number for piece in again}]
    if again:
        looks += workers.reduced(again, look, operator.add)
    return with_columns(fitted, looks)


def _before(load: Load, pieces: Pieces, answers: Sequence[Came]) -> tuple[dict[int, int], dict[int, int]]:
    """Returns piece -> what to add to its sequence, and to its records, so that they count as the whole source does."""
    by_piece = list(zip(pieces.pieces, answers, strict=True))
    sequences: list[int]
    records = [0] * len(answers)
    if pieces.kind == "csv":
        sequences = list(accumulate((one.good for one in answers), initial=0))[:-1]
        of_file: dict[int, int] = {}
        for place, (piece, one) in enumerate(by_piece):
            records[place] = of_file.get(piece.turn, 0)
            of_file[piece.turn] = records[place] + one.good + one.bad
    elif pieces.kind == "jsonl":
        records = [piece.lines for piece in pieces.pieces]
        sequences = [(piece.turn << 40) + piece.lines for piece in pieces.pieces]
    else:
        several = len(pieces.files) > 1
        sequences = [(piece.turn + 1) << 40 if several else 0 for piece in pieces.pieces]
    each = max(1, len(load.source.events))
    numbers = [one.number for one in answers]
    return dict(zip(numbers, (each * base for base in sequences), strict=True)), dict(
        zip(numbers, records, strict=True)
    )


def _arrived(engine: Engine, before: Manifest, load: Load, done: Done, crew: Crew) -> Arrived:
    """Stores what is new and replaces the manifest; returns what came of the load."""
    folder, source = load.folder, load.source
    parts = _kept(before, load, done, crew.at(KEPT))
    read, good = (sum(getattr(one, count) for one in done.came) for count in ("read", "stored"))
    stored = sum(part.events for part in parts)
    came_ = Loads(source.name, source.order, read, stored, good - stored, read - good)
    old = next((one for one in before.loads if one.source == source.name), None)
    if stored or old is None or old.order != source.order:
        ready = with_room(folder, engine, before, stored)
        after = replace(ready, generation=before.generation + 1, loads=added_up(before.loads, came_))
        if stored:
            after = _away(after, load, done, [part for part in parts if part.events], crew.at(STORED))
        settle_all(folder / "events" / f"{after.generation:06}")
        write_manifest(folder, after)
    findings = dict.fromkeys(finding for one in done.came for finding in one.findings)
    more = findings_of(source, _looks(done.came))
    return Arrived(came_, _refused(load, done), (*findings, *more), done.pieces.files, furthest(load, done.came))


def _kept(before: Manifest, load: Load, done: Done, workers: Workers) -> list[Kept]:
    """Returns the new events, part by part of their keys."""
    good = sum(one.stored for one in done.came)
    if not good:
        return []
    old = [event for event in before.events if event.source == load.source.name]
    stored: list[str] = []
    if old:
        stored = workers.reduced(list(enumerate(_lots(load.folder, old))), partial(_known, load), operator.add)
    parts = 1 << min(TOP, (max(good, sum(event.rows for event in old)) // KEYS_AT_ONCE).bit_length())
    width = (1 << TOP) // parts
    keys = [one.keys for one in done.came if one.stored]
    ask = partial(kept, load, keys, stored, done.before)
    return cast(
        list[Kept], workers.reduced([range(at, at + width) for at in range(0, 1 << TOP, width)], ask, operator.add)
    )


def _known(load: Load, lot: tuple[int, list[Path]]) -> list[str]:
    return [known(load, *lot)]


def _lots(folder: Path, events: Iterable[EventFile]) -> Iterator[list[Path]]:
    """Yields files of events, some four million events at a time."""
    lot: list[Path] = []
    rows = 0
    for event in events:
        lot.append(folder / event.file.path)
        rows += event.rows
        if rows >= KEYS_AT_ONCE:
            yield lot
            lot, rows = [], 0
    if lot:
        yield lot


def _away(after: Manifest, load: Load, done: Done, parts: Sequence[Kept], workers: Workers) -> Manifest:
    """Returns the manifest with the new events, stored per bucket."""
    one = done.came[0]
    generation = load.folder / "events" / f"{after.generation:06}"
    target = generation / f"{sum(1 for _ in generation.glob('*'))}"
    target.mkdir(parents=True)
    columns = columns_of(one.ids, one.properties)
    rows, new = tuple(piece.rows for piece in done.came if piece.stored), tuple(part.path for part in parts)
    away = Away(target, after.bits, rows, new, columns, done.before)
    buckets = 1 << after.bits
    width = max(1, buckets * EVENTS_AT_ONCE // sum(part.events for part in parts))
    ranges = [range(at, min(at + width, buckets)) for at in range(0, buckets, width)]
    found: list[Put] = workers.reduced(ranges, partial(put, load, away), operator.add)
    all_: Put = found[0]
    for more in found[1:]:
        all_ += more
    # Who was lost half way may have left files of its own in the folder, which is a table that others may read.
    sweep(target, [load.folder / event.file.path for event in all_.files])
    roles = all_.words
    return replace(
        after,
        first=min(all_.first, after.first) if after.events else all_.first,
        last=max(all_.last, after.last) if after.events else all_.last,
        properties=added(after.properties, one.properties),
        names={role: added(after.names.get(role, ()), roles[role]) for role in roles},
        events=(*after.events, *sorted(all_.files, key=lambda event: (event.bucket, event.file.path))),
        identity=replace(after.identity, kinds=added(after.identity.kinds, one.ids)),
    )


def _looks(answers: Sequence[Came]) -> list[Looked]:
    """Returns the looks at each time column, added up; of the first rows of the source only, where those are asked."""
    found: dict[str, Looked] = {}
    rows = 0
    for one in answers:
        for look in one.looks:
            counted = look if rows < SAMPLE else replace(look, days=0, wholes=0, largest=None)
            found[look.column] = found[look.column] + counted if look.column in found else counted
        rows += one.read
    return list(found.values())


def _refused(load: Load, done: Done) -> Refused:
    """Returns the refused rows of all pieces, the first ones in the order of their files."""
    counts: dict[str, int] = {}
    for one in done.came:
        for reason, count in one.refused:
            counts[reason] = counts.get(reason, 0) + count
    lined = any(one.lined for one in done.came)
    return Refused(load.source.name, lined, tuple(counts.items()), tuple(islice(_listed(done), MOST)))


def _listed(done: Done) -> Iterator[tuple[Any, ...]]:
    """Yields the refused rows, by file, each with its record in the whole file."""
    found = {one.number: one for one in done.came}
    for piece in sorted(done.pieces.pieces, key=lambda piece: (str(piece.file), piece.start)):
        one = found[piece.number]
        if one.listed:
            with Path(one.listed).open(encoding="utf-8") as lines:
                for line in lines:
                    file, place, record, *more = json.loads(line)
                    yield (file, place, record + done.records[one.number], *more)
