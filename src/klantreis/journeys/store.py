"""The store: the workspace's own folder with the durable log, and the journeys that are made from it.

    .klantreis/
      manifest.json                                names every file that counts
      events/<generation>/<n>/bucket=<b>/          the durable log, Parquet, as received
      people/<generation>/bucket=<b>/              the log by person, made from it, where devices or other ids tell
      journeys/<map>-map/<generation>/bucket-<b>/  made from it, numpy files; may be removed, and is made again
      parts/<events of a bucket>/                  what analyses made of it; may be removed too

One process writes at a time; readers never wait. What is written gets a folder of its own, and counts from the moment
the manifest names it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from klantreis.engines.base import Engine, Share, Workers
from klantreis.findings import Finding
from klantreis.journeys.append import append
from klantreis.journeys.arrive import Arrived, arrive
from klantreis.journeys.forget import Forgotten, forget
from klantreis.journeys.manifest import Loads, read_manifest
from klantreis.journeys.model import Journeys
from klantreis.journeys.opening import counts, open_journeys, version
from klantreis.journeys.parts import Parts
from klantreis.journeys.placing import Tell, place, stale
from klantreis.journeys.remove import Removed, remove
from klantreis.journeys.tidy import Contents, contents, tidy
from klantreis.journeys.verify import verify
from klantreis.log.forgotten import without_forgotten
from klantreis.log.growth import Mark
from klantreis.log.identity import USUAL, Rules
from klantreis.log.model import CheckedRows, EventLog, Source
from klantreis.map.model import JourneyMap


@dataclass(frozen=True, slots=True)
class Store:
    """A store in a folder, which need not exist yet. Each call looks anew at what is there.

    `rules` say whose an event is that carries a device or another id.
    """

    folder: Path
    rules: Rules = field(default=USUAL)

    def append(self, engine: Engine, rows: CheckedRows, source: Source) -> Loads:
        """Stores the events of a source that are not there yet; see `append.append`."""
        return append(self.folder, engine, rows, source)

    def arrive(
        self,
        engine: Engine,
        source: Source,
        workers: Workers,
        *,
        only: frozenset[str] | None = None,
        since: tuple[Mark | None, datetime] | None = None,
        share: Share | None = None,
    ) -> Arrived | None:
        """Lets workers store the events of a source that are not there yet; None: it is better read here."""
        return arrive(
            self.folder, engine, source, workers, rules=self.rules, only=only, least=2, since=since, tell=share
        )

    def place(
        self,
        engine: Engine,
        map_: JourneyMap,
        *,
        time_zone: str = "UTC",
        tell: Tell | None = None,
        workers: Workers | None = None,
    ) -> int:
        """Puts the log on a map; returns how many buckets had to be made; see `placing.place`."""
        return place(self.folder, engine, map_, time_zone=time_zone, tell=tell, rules=self.rules, workers=workers)

    def current(self, map_: JourneyMap, *, time_zone: str = "UTC") -> bool:
        """Says whether the journeys of this map are there, made from all stored events and the map as it is now."""
        return not stale(self.folder, read_manifest(self.folder), map_, time_zone, self.rules)

    def open_journeys(self, map_: JourneyMap, *, time_zone: str = "UTC", currency: str = "EUR") -> Journeys:
        """Returns the journeys of a map, mapped into memory; see `opening.open_journeys`."""
        return open_journeys(self.folder, map_, time_zone=time_zone, currency=currency)

    def forget(self, engine: Engine, person: str) -> Forgotten:
        """Erases a person, or an id without one ('device:d1'); maps must be placed again; see `forget.forget`."""
        return forget(self.folder, engine, person, self.rules)

    def remove(self, engine: Engine, source: str) -> Removed:
        """Takes one source out; loading it again brings it back; see `remove.remove`."""
        return remove(self.folder, engine, source)

    def remembered(self, rows: CheckedRows) -> CheckedRows:
        """Returns the rows of a load with those of forgotten people refused."""
        identity = read_manifest(self.folder).identity
        return without_forgotten(rows, identity.forgotten, identity.salt, self.rules)

    def log(self) -> EventLog:
        """Returns what the durable log holds; an empty log when nothing was loaded."""
        manifest = read_manifest(self.folder)
        return EventLog(
            files=tuple((event.bucket, self.folder / event.file.path) for event in manifest.events),
            buckets=1 << manifest.bits,
            properties=manifest.properties,
            version=version(manifest),
            sources=tuple(
                (load.source, load.read, load.stored, load.duplicate, load.rejected) for load in manifest.loads
            ),
            **counts(manifest),
        )

    def parts(self) -> Parts:
        """Returns what was measured of buckets before; see `parts.Parts`."""
        return Parts(self.folder)

    def contents(self) -> Contents:
        """Returns what the store holds and how much room it takes; see `tidy.contents`."""
        return contents(self.folder)

    def tidy(self, engine: Engine, *, tell: Tell | None = None) -> tuple[Contents, Contents]:
        """Brings many event files together and removes what no longer counts; see `tidy.tidy`."""
        return tidy(self.folder, engine, tell=tell)

    def verify(self) -> tuple[Finding, ...]:
        """Returns what is wrong with the files of the store, () when all is well; see `verify.verify`."""
        return verify(self.folder)
