"""The manifest: one small file that names everything in the store. What it does not name is not there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from klantreis.errors import StoreError, reason
from klantreis.journeys.disk import replace_json, told_of
from klantreis.labels import Label
from klantreis.log.identity import Recognised

FORMAT = 1
FILE = "manifest.json"
ALL = "all"
"""How the folder of Parts of all buckets of a map together begins."""


@dataclass(frozen=True, slots=True)
class Stored:
    """One file of the store: its path from the store's folder, its size in bytes and the hash of its bytes."""

    path: str
    size: int
    checksum: str


@dataclass(frozen=True, slots=True)
class EventFile:
    """Events of one load of one source in one bucket, or of many loads brought together.

    `brought`: '<checksum of this file>:<sign of its events>'; it counts for that very file only. '' in a store
    of before: its checksum is its sign then.
    """

    file: Stored
    bucket: int
    source: str
    rows: int
    brought: str = ""

    @property
    def sign(self) -> str:
        """Tells which events these are: see `signed`; files brought together keep the signs of what they were."""
        of, _, sign = self.brought.partition(":")
        return sign if sign and of == self.file.checksum else self.file.checksum


@dataclass(frozen=True, slots=True)
class Loads:
    """What all loads of one source came to: read = stored + duplicate + rejected. `order`: its place in a tie."""

    source: str
    order: int
    read: int = 0
    stored: int = 0
    duplicate: int = 0
    rejected: int = 0


@dataclass(frozen=True, slots=True)
class Placed:
    """One bucket placed on one map: its arrays, and what they were made from (`made_from`)."""

    bucket: int
    made_from: str
    arrays: tuple[Stored, ...]
    outside: int = 0
    dropped: int = 0
    """Events left out because their matcher takes only the first or the last of a journey."""
    overlaps: tuple[tuple[str, str, str, int], ...] = ()
    was: tuple[Stored, ...] = ()
    """The persons who changed since `PlacedMap.before`, as they were, in one file; () when nobody did."""
    beside: tuple[Stored, ...] = ()
    """The persons who changed since `arrays` were written, as they are, in one file; () when nobody did."""

    @property
    def files(self) -> tuple[Stored, ...]:
        """The files that together are the bucket as it is."""
        return (*self.arrays, *self.beside)


@dataclass(frozen=True, slots=True)
class State:
    """What decides what the journeys of a map say, beside its rules.

    `home`: which events each bucket holds; `last`: the end of the data; `words`: how many names of events, channels and
    details there were.
    """

    home: str = ""
    last: int = 0
    words: tuple[int, int, int] = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class PlacedMap:
    """One map as it was last placed; `made_from` is the hash of what in the map decides the placing.

    `state`: what its journeys say now; `before`: what they said when they were last measured, None when that is not
    known. Only the persons in `Placed.was` differ, and those whose journeys timed out since.
    """

    map: str
    made_from: str
    buckets: tuple[Placed, ...] = ()
    state: State = field(default=State())
    before: State | None = None


@dataclass(frozen=True, slots=True)
class PersonBucket:
    """All events of the people of one bucket, each under its owner's name; `sign` tells which events, of whom."""

    bucket: int
    sign: str
    rows: int
    files: tuple[Stored, ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose the events are. `kinds`: the columns that tell besides the person ('device', 'i.email'); (): nothing else.

    Decisions: `undone` links, `closed` logins of people who were forgotten (device, moment), `forgotten`: keyed hashes
    of ids that may not come back, under `salt`. Made from the log by `made_from`: `buckets` and the counts.
    """

    kinds: tuple[str, ...] = ()
    undone: tuple[str, ...] = ()
    closed: tuple[tuple[str, int], ...] = ()
    forgotten: tuple[str, ...] = ()
    salt: str = ""
    made_from: str = ""
    buckets: tuple[PersonBucket, ...] = ()
    recognised: Recognised = field(default=Recognised())


@dataclass(frozen=True, slots=True)
class Manifest:
    """The whole store at one moment. `generation` goes up with every change.

    `hash_check`: what the engine's hash makes of a known word; another answer means another hash, and new buckets.
    `bits`: log2 of the number of buckets. Names only ever grow at the end, so that codes keep their meaning.
    `first` and `last`: microseconds UTC of the first and the last event.
    """

    generation: int = 0
    hash_check: int = 0
    bits: int = 0
    first: int = 0
    last: int = 0
    properties: tuple[str, ...] = ()
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    loads: tuple[Loads, ...] = ()
    events: tuple[EventFile, ...] = ()
    maps: tuple[PlacedMap, ...] = ()
    identity: Identity = field(default=Identity())

    @property
    def stored(self) -> int:
        """How many events the store holds."""
        return sum(load.stored for load in self.loads)

    def files(self) -> Iterator[Stored]:
        """Yields every file that the store consists of."""
        yield from (event.file for event in self.events)
        yield from (file for bucket in self.identity.buckets for file in bucket.files)
        for placed in self.maps:
            for bucket in placed.buckets:
                yield from bucket.files
                yield from bucket.was

    def placed(self, map_id: str) -> PlacedMap | None:
        """Returns the map with this id as it was last placed, or None."""
        return next((placed for placed in self.maps if placed.map == map_id), None)


def state_of(manifest: Manifest, buckets: Iterable[Placed]) -> State:
    """Returns what the journeys of a map say, when these are its buckets and they were placed now."""
    told = sorted((bucket.bucket, bucket.made_from) for bucket in buckets)
    home = hashlib.blake2b(repr(told).encode(), digest_size=8).hexdigest()
    events, channels, details = (len(manifest.names.get(role, ())) for role in ("events", "channels", "details"))
    return State(f"{ALL}{home}", manifest.last, (events, channels, details))


def content(events: Iterable[EventFile]) -> str:
    """Returns a hash of which events these files hold, however they are divided over files: their signs added up."""
    return _hex(sum(int(event.sign, 16) for event in events))


def merged_from(file: Stored, events: Iterable[EventFile]) -> str:
    """Returns what `EventFile.brought` says of a file that holds exactly these events."""
    return f"{file.checksum}:{content(events)}"


def with_sign(file: Stored, summed: int) -> str:
    """Returns what `EventFile.brought` says of a file whose events have this sum of hashes."""
    return f"{file.checksum}:{_hex(summed)}"


def _hex(summed: int) -> str:
    return f"{summed % (1 << 128):032x}"


def read_manifest(folder: Path) -> Manifest:
    """Returns what the store says it holds; an empty manifest when there is no store yet.

    Raises StoreError when the file is damaged or of a later version.
    """
    path = folder / FILE
    try:
        version, found = _told(path.read_bytes())
        if found is not None:
            return found
    except FileNotFoundError:
        return Manifest()
    except OSError as error:
        raise StoreError(
            Label(
                f"De inhoudslijst van de opslag is niet te lezen: {reason(error).text('nl')}.",
                f"The store's manifest cannot be read: {reason(error).text('en')}.",
            ),
            where=str(path),
            mend=Label("Geef jezelf het recht.", "Give yourself the right."),
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError(
            Label("De inhoudslijst van de opslag is beschadigd.", "The store's manifest is damaged."),
            where=str(path),
            mend=Label(
                "Haal haar uit een back-up, of gooi de map weg en lees de bronnen opnieuw in.",
                "Take it from a back-up, or remove the folder and load the sources again.",
            ),
        ) from error
    raise StoreError(
        Label(
            f"De opslag heeft vorm {version}; deze versie van Klantreis kent vorm {FORMAT}.",
            f"The store has format {version}; this version of Klantreis knows format {FORMAT}.",
        ),
        where=str(path),
        mend=Label(
            "Werk Klantreis bij, of gooi de map weg en lees de bronnen opnieuw in.",
            "Update Klantreis, or remove the folder and load the sources again.",
        ),
    )


@lru_cache(maxsize=2)
def _told(content: bytes) -> tuple[Any, Manifest | None]:
    """Returns the format of a manifest, and what it says when that is ours. A load asks it dozens of times."""
    told = json.loads(content)
    version = told.pop("format")
    return version, _manifest(told) if version == FORMAT else None


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Makes this the store: from here on the files it names count, and no others."""
    replace_json(folder / FILE, {"format": FORMAT, **told_of(manifest)})


def _manifest(told: dict[str, Any]) -> Manifest:
    return Manifest(
        **{
            **told,
            "properties": tuple(told["properties"]),
            "names": {role: tuple(names) for role, names in told["names"].items()},
            "loads": tuple(Loads(**load) for load in told["loads"]),
            "events": tuple(EventFile(**{**event, "file": Stored(**event["file"])}) for event in told["events"]),
            "maps": tuple(_map(placed) for placed in told["maps"]),
            "identity": _identity(told.get("identity", {})),
        }
    )


def _identity(told: dict[str, Any]) -> Identity:
    buckets = [
        PersonBucket(**{**bucket, "files": tuple(Stored(**file) for file in bucket["files"])})
        for bucket in told.get("buckets", ())
    ]
    lists = {name: tuple(told.get(name, ())) for name in ("kinds", "undone", "forgotten")}
    closed = tuple((device, at) for device, at in told.get("closed", ()))
    counts = Recognised(**told.get("recognised", {}))
    return Identity(**{**told, **lists, "closed": closed, "buckets": tuple(buckets), "recognised": counts})


def _map(told: dict[str, Any]) -> PlacedMap:
    buckets = tuple(_bucket(bucket) for bucket in told["buckets"])
    state, before = (None if told.get(name) is None else _state(told[name]) for name in ("state", "before"))
    return PlacedMap(told["map"], told["made_from"], buckets, state or State(), before)


def _state(told: dict[str, Any]) -> State:
    events, channels, details = told.get("words", (0, 0, 0))
    return State(told.get("home", ""), told.get("last", 0), (events, channels, details))


def _bucket(told: dict[str, Any]) -> Placed:
    files = {name: tuple(Stored(**file) for file in told.get(name, ())) for name in ("arrays", "was", "beside")}
    overlaps = tuple((event, taken, other, events) for event, taken, other, events in told["overlaps"])
    return Placed(**{**told, **files, "overlaps": overlaps})
