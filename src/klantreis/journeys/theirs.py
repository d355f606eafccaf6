"""Finds everything a store holds of one person, by whatever id they are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from klantreis.engines.base import Engine, Query
from klantreis.journeys.append import bucket_of, reading
from klantreis.journeys.fetch import PERSON
from klantreis.journeys.gather import stitched
from klantreis.journeys.manifest import Manifest
from klantreis.log.identity import BETWEEN, Rules

Id = tuple[str, str]
"""(kind, value); 'person' is a kind too."""


@dataclass(frozen=True, slots=True)
class Theirs:
    """What is of one person; the table `theirs` in the engine has the `key` of each of their events.

    `ids`: by which they are known. `buckets`: of people, that change without them. `closed`: the last (device, moment)
    of each row of logins. `unstitched`: events that a device gave them.
    """

    ids: tuple[Id, ...]
    buckets: frozenset[int] = frozenset()
    closed: tuple[tuple[str, int], ...] = ()
    links: int = 0
    unstitched: int = 0


def theirs(engine: Engine, folder: Path, manifest: Manifest, person: str, rules: Rules) -> Theirs:
    """Returns what the store has of a person; `person` may also be an id without one: 'email:x@y.nl', 'device:d1'."""
    if manifest.identity.kinds:
        return _by_ids(engine, folder, manifest, person, rules)
    events = reading([folder / event.file.path for event in manifest.events])
    engine.table("theirs", events.then("theirs", "SELECT key FROM events WHERE person = $person", person=person))
    bucket = f"SELECT {bucket_of(PERSON, manifest.bits)} FROM (SELECT $person AS person)"
    ((number,),) = engine.rows(Query((("bucket", bucket),), {"person": person}))
    return Theirs((("person", person),), frozenset({int(number)}))


def named(person: str, kinds: tuple[str, ...]) -> tuple[Id, str]:
    """Returns an id as a person types it ('email:x@y.nl'), and the name under which its events are kept."""
    kind, sign, value = person.partition(":")
    if not sign or kind not in {one.removeprefix("i.") for one in kinds}:
        return ("person", person), person
    value = value.lower() if "mail" in kind.lower() else value
    return (kind, value), kind + BETWEEN + value


def _by_ids(engine: Engine, folder: Path, manifest: Manifest, person: str, rules: Rules) -> Theirs:
    events = stitched(engine, folder, manifest, rules).events
    own, name = named(person, manifest.identity.kinds)
    if own[0] != "person" and engine.rows(events.then("known", _KNOWN, me=person)):
        own, name = ("person", person), person
    device = own[1] if own[0] == "device" else None
    me: dict[str, object] = {"me": name, "device": device}
    engine.table("theirs", events.then("theirs", _THEIRS, **me))
    ((unstitched,),) = engine.rows(events.then("unstitched", _UNSTITCHED, **me))
    ((links,),) = engine.rows(Query((("links", _LINKS),), me))
    owned = engine.rows(Query((("owned", "SELECT kind, key FROM id_owners WHERE name = $me"),), {"me": name}))
    spots = f"SELECT DISTINCT {bucket_of(PERSON, manifest.bits)} FROM ({_NAMES})"
    buckets = frozenset(int(row[0]) for row in engine.rows(Query((("buckets", spots),), {"me": name})))
    closed = engine.rows(events.then("closed", _CLOSED, me=name)) if device is None else []
    ids = dict.fromkeys([own, *((str(kind), str(key)) for kind, key in owned)])
    return Theirs(tuple(ids), buckets, tuple((str(on), int(at)) for on, at in closed), links, unstitched)


_NAMES = 'SELECT "#name" AS person FROM theirs UNION ALL SELECT $me'
_KNOWN = 'SELECT 1 FROM named WHERE "#person" = $me LIMIT 1'
_THEIRS = """
    SELECT key, "#name" FROM named WHERE CASE WHEN $device IS NOT NULL THEN "#who" IS NULL AND "#device" = $device
        ELSE "#name" = $me AND "#how" <> 'by_device' END"""
_UNSTITCHED = """
    SELECT count(*) FROM named WHERE $device IS NULL AND "#name" = $me AND "#how" = 'by_device'"""
_LINKS = """
    SELECT count(*) FROM (SELECT * FROM id_links UNION ALL SELECT * FROM device_links)
    WHERE who = $me OR (kind = 'device' AND key = $device)"""
_CLOSED = """
    SELECT key, "at" FROM (
        SELECT key, "at", who, lead(who) OVER (PARTITION BY key ORDER BY "at", who) AS later FROM logins)
    WHERE who = $me AND later IS DISTINCT FROM $me
        AND key IN (SELECT "#device" FROM named WHERE "#who" IS DISTINCT FROM $me) ORDER BY ALL"""
