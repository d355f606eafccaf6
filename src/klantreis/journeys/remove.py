"""Takes one source out of a store: the store is then what it would be if that source had never been loaded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from klantreis.engines.base import Engine
from klantreis.errors import OptionError, did_you_mean
from klantreis.journeys.append import clean, reading
from klantreis.journeys.disk import guarded, settle_all
from klantreis.journeys.forget import said_again
from klantreis.journeys.lock import writing
from klantreis.journeys.manifest import Manifest, State, read_manifest, write_manifest
from klantreis.journeys.signed import ID
from klantreis.labels import Label


@dataclass(frozen=True, slots=True)
class Removed:
    """What went with a source: so many events, and the rows that all its loads had read."""

    source: str
    events: int
    read: int

    def to_dict(self) -> dict[str, Any]:
        """Returns the counts as plain values."""
        return {"source": self.source, "events": self.events, "read": self.read}


def remove(folder: Path, engine: Engine, source: str) -> Removed:
    """Takes out every event of a source, and its counts; loading it again brings them back.

    Who was forgotten stays so, as do links that were undone. Maps must be placed again, only the buckets that had such
    events.

    Raises:
        OptionError: nothing was ever loaded of a source with this name.
        StoreError: as `append` does; the store is then as it was.
    """
    with guarded(folder), writing(folder):
        before = read_manifest(folder)
        load = next((load for load in before.loads if load.source == source), None)
        if load is None:
            raise OptionError(
                Label(f"Van bron {source!r} is niets bewaard.", f"Nothing is stored of source {source!r}."),
                where=str(folder),
                mend=did_you_mean(source, [load.source for load in before.loads]),
            )
        clean(folder, before)
        after = _without(folder, engine, before, source)
        settle_all(folder / "events")
        write_manifest(folder, after)
        clean(folder, after)
    return Removed(source, load.stored, load.read)


def _without(folder: Path, engine: Engine, before: Manifest, source: str) -> Manifest:
    events = tuple(event for event in before.events if event.source != source)
    columns = list(engine.columns(reading([folder / event.file.path for event in events]))) if events else []
    kinds = tuple(kind for kind in before.identity.kinds if kind in columns and ID.fullmatch(kind))
    people = before.identity.buckets if kinds else ()
    # What journeys were with this source in them says nothing of what they are without.
    bare = [tuple(replace(bucket, was=()) for bucket in one.buckets) for one in before.maps]
    after = replace(
        before,
        generation=before.generation + 1,
        events=events,
        loads=tuple(load for load in before.loads if load.source != source),
        properties=tuple(name for name in before.properties if f"p.{name}" in columns),
        maps=tuple(
            replace(one, buckets=buckets, state=State(), before=None)
            for one, buckets in zip(before.maps, bare, strict=True)
        ),
        identity=replace(before.identity, kinds=kinds, buckets=people, made_from=""),
    )
    return said_again(folder, engine, after)
