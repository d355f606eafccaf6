"""The ledger of a store: which ids were linked to whom, since when and why; and a link undone, or made good again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from klantreis.engines.base import Engine, Query
from klantreis.errors import OptionError
from klantreis.journeys.disk import guarded
from klantreis.journeys.gather import stitched
from klantreis.journeys.lock import writing
from klantreis.journeys.manifest import Manifest, read_manifest, write_manifest
from klantreis.journeys.theirs import named
from klantreis.labels import Label
from klantreis.log.identity import BETWEEN, Recognised, Rules
from klantreis.log.identity_stitch import recognised


@dataclass(frozen=True, slots=True)
class Link:
    """One line of the ledger. `valid_from`: microseconds of its first event; `state`: 'used', or why not."""

    link: str
    who: str
    kind: str
    key: str
    source: str
    valid_from: int
    reason: str
    state: str

    def to_dict(self) -> dict[str, Any]:
        """Returns the link as plain values."""
        at = datetime.fromtimestamp(self.valid_from / 1e6, UTC).isoformat().replace("+00:00", "Z")
        names = ("link", "kind", "key", "source", "reason", "state")
        return {"who": shown(self.who), **{name: getattr(self, name) for name in names}, "valid_from": at}


@dataclass(frozen=True, slots=True)
class Ledger:
    """The whole ledger in numbers. `counts`: (kind, state, links); `shared`: (device, people, ambiguous events), the
    most ambiguous first, at most as many as asked for.
    """

    recognised: Recognised
    counts: tuple[tuple[str, str, int], ...] = ()
    shared: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """One person: the links, and the events by how they came (the parts of `Recognised`)."""

    who: str
    links: tuple[Link, ...] = ()
    events: tuple[tuple[str, int], ...] = ()


def shown(name: str) -> str:
    """Returns the name of somebody as people read it: 'email:x@y.nl' for who has no person."""
    return name.replace(BETWEEN, ":")


def ledger(folder: Path, engine: Engine, rules: Rules, *, most: int = 20) -> Ledger:
    """Returns the ledger of a store in numbers; of a store whose events name only their person, there are no links."""
    manifest = read_manifest(folder)
    if not manifest.events:
        return Ledger(Recognised())
    found = stitched(engine, folder, manifest, rules)
    counts = engine.rows(found.ledger.then("counts", _COUNTS))
    shared = engine.rows(found.events.then("shared", _SHARED, most=most))
    return Ledger(recognised(engine, found), tuple(counts), tuple(shared))


def person(folder: Path, engine: Engine, who: str, rules: Rules) -> Person:
    """Returns what the ledger says of one person, or of an id without one ('email:x@y.nl', 'device:d1')."""
    manifest = read_manifest(folder)
    if not manifest.events:
        return Person(who)
    found = stitched(engine, folder, manifest, rules)
    (kind, value), name = named(who, manifest.identity.kinds)
    asked = {"names": [who, name], "kind": kind, "value": value}
    links = engine.rows(found.ledger.then("mine", _MINE, **asked))
    events = engine.rows(found.events.then("how", _HOW, names=[who, name]))
    return Person(who, tuple(Link(*row) for row in links), tuple((str(how), int(count)) for how, count in events))


def keys_of(folder: Path, engine: Engine, who: str) -> tuple[int, ...]:
    """Returns the keys that journeys may carry for a person or an id: the stable hash of each way to name them."""
    manifest = read_manifest(folder)
    if not manifest.events:
        return ()
    names = {who, named(who, manifest.identity.kinds)[1]}
    rows = engine.rows(Query((("keys", _KEYS),), {"names": sorted(names)}))
    return tuple(int(key) for (key,) in rows)


def undo(folder: Path, engine: Engine, link: str, rules: Rules, *, back: bool = False) -> Link:
    """Undoes a link of the ledger, or with `back` makes it good again; returns it. Maps must be placed again.

    Raises OptionError when there is no such link, or it is already so; StoreError as `append` does.
    """
    with guarded(folder), writing(folder):
        manifest = read_manifest(folder)
        found = _link(engine, folder, manifest, link, rules)
        undone = manifest.identity.undone
        if (link in undone) is not back:
            raise OptionError(
                Label(f"Koppeling {link!r} is niet losgemaakt.", f"Link {link!r} is not undone.")
                if back
                else Label(f"Koppeling {link!r} is al losgemaakt.", f"Link {link!r} is already undone."),
                mend=Label(
                    f"Zie: klantreis identity --show {shown(found.who)!r}",
                    f"See: klantreis identity --show {shown(found.who)!r}",
                ),
            )
        after = tuple(one for one in undone if one != link) if back else tuple(sorted({*undone, link}))
        write_manifest(folder, replace(manifest, identity=replace(manifest.identity, undone=after)))
    return found


def apart(folder: Path, target: Path) -> None:
    """Makes in `target` a store of the same durable log, nothing linked or placed yet; its files are not copied."""
    manifest = read_manifest(folder)
    events = tuple(
        replace(event, file=replace(event.file, path=str((folder / event.file.path).resolve())))
        for event in manifest.events
    )
    identity = replace(manifest.identity, made_from="", buckets=())
    write_manifest(target, replace(manifest, events=events, maps=(), identity=identity))


def _link(engine: Engine, folder: Path, manifest: Manifest, link: str, rules: Rules) -> Link:
    rows: list[tuple[Any, ...]] = []
    if manifest.events:
        found = stitched(engine, folder, manifest, rules)
        rows = engine.rows(found.ledger.then("one", "SELECT * FROM ledger WHERE link = $link", link=link))
    if not rows:
        raise OptionError(
            Label(f"De koppeling {link!r} staat niet in het koppelboek.", f"There is no link {link!r} in the ledger."),
            mend=Label(
                "Bekijk die van een persoon: klantreis identity --show ID",
                "See those of a person: klantreis identity --show ID",
            ),
        )
    return Link(*rows[0])


_COUNTS = "SELECT kind, state, count(*) FROM ledger GROUP BY kind, state ORDER BY kind, state = 'used' DESC, state"
_SHARED = """
    SELECT "#device", any_value(people), count(*) FILTER ("#ambiguous") AS unsure
    FROM named JOIN (SELECT key AS tool, count(*) AS people FROM device_links GROUP BY key HAVING count(*) > 1)
        ON "#device" = tool
    GROUP BY "#device" ORDER BY unsure DESC, "#device" LIMIT $most"""
_MINE = """
    SELECT * FROM ledger WHERE list_contains($names, who) OR (kind = $kind AND key = $value)
    ORDER BY valid_from, kind, key, who"""
_KEYS = "SELECT hash(name) FROM (SELECT unnest($names::VARCHAR[]) AS name)"
_HOW = """
    SELECT "#how", count(*) FROM named WHERE list_contains($names, "#name") GROUP BY "#how" ORDER BY ALL"""
