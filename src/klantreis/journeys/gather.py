"""Brings the events of each person together, where devices and other ids tell whose they are.

The durable log stays as received. From it, and from what was decided by hand, follow files with every event under the
name of whose it is, per bucket of names. Only buckets whose events changed owner, or that got new ones, are written.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from klantreis.engines.base import Engine, Query, quoted
from klantreis.journeys.append import bucket_of, reading, spread_out
from klantreis.journeys.disk import checksum
from klantreis.journeys.fetch import PERSON
from klantreis.journeys.manifest import Manifest, PersonBucket, Stored, content
from klantreis.journeys.signed import ID
from klantreis.log.identity import Rules
from klantreis.log.identity_stitch import Decisions, Stitched, recognised, stitch


def current(manifest: Manifest, rules: Rules) -> bool:
    """Says whether it is known whose every stored event is; always, where events name their own person."""
    return not manifest.identity.kinds or manifest.identity.made_from == _made_from(manifest, rules)


def sign_of(manifest: Manifest, bucket: int) -> str:
    """Returns what tells which events a bucket of people has, and whose; '' for a bucket that has none."""
    return next((one.sign for one in manifest.identity.buckets if one.bucket == bucket), "")


def stitched(engine: Engine, folder: Path, manifest: Manifest, rules: Rules) -> Stitched:
    """Returns all stored events with whose they are, and the ledger of links."""
    events = reading([folder / event.file.path for event in manifest.events])
    kinds = [name for name in engine.columns(events) if ID.fullmatch(name)]
    decided = Decisions(manifest.identity.undone, manifest.identity.closed)
    return stitch(engine, events, kinds, rules, decided)


def gathered(engine: Engine, folder: Path, manifest: Manifest, rules: Rules) -> Manifest:
    """Returns the manifest with the events of each person together, in the folder of its generation."""
    identity = manifest.identity
    known = {one.bucket: one for one in identity.buckets if _whole(folder, one)}
    if not identity.kinds or (current(manifest, rules) and len(known) == len(identity.buckets)):
        return manifest
    if not manifest.events:
        return replace(manifest, identity=replace(identity, made_from=_made_from(manifest, rules), buckets=()))
    found = stitched(engine, folder, manifest, rules)
    rows = _by_person(found, engine.columns(found.events), manifest)
    signs = _signs(engine, rows, manifest)
    changed = [one for one in signs if known.get(one.bucket, EMPTY).sign != one.sign]
    files = _written(engine, folder, manifest, rows, [one.bucket for one in changed]) if changed else {}
    fresh = {one.bucket: replace(one, files=files[one.bucket]) for one in changed}
    made = replace(
        identity,
        made_from=_made_from(manifest, rules),
        buckets=tuple(fresh.get(one.bucket) or known[one.bucket] for one in signs),
        recognised=recognised(engine, found),
    )
    return replace(manifest, identity=made)


EMPTY = PersonBucket(0, "", 0, ())


def _made_from(manifest: Manifest, rules: Rules) -> str:
    """Returns a hash of all that decides whose the events are."""
    identity = manifest.identity
    told = content(manifest.events), _ranks(manifest)
    more = rules, identity.undone, identity.closed, manifest.bits, manifest.hash_check
    return hashlib.blake2b(repr((told, more)).encode(), digest_size=8).hexdigest()


def _ranks(manifest: Manifest) -> list[str]:
    return [load.source for load in sorted(manifest.loads, key=lambda load: (load.order, load.source))]


def _by_person(found: Stitched, columns: dict[str, str], manifest: Manifest) -> Query:
    """Returns the events of somebody as the durable log has them, under the name of whose they are, with the bucket."""
    kept = [name for name in columns if not name.startswith("#") and name != "person" and not ID.fullmatch(name)]
    listed = ", ".join(['"#name" AS person', *map(quoted, kept)])
    owned = found.events.then("owned", f'SELECT {listed} FROM named WHERE "#name" IS NOT NULL')
    return owned.then("in_buckets", f"SELECT *, {bucket_of(PERSON, manifest.bits)} AS bucket FROM owned")


def _signs(engine: Engine, rows: Query, manifest: Manifest) -> list[PersonBucket]:
    """Returns the buckets without their files; the sign is of events and owners, whatever their order."""
    said = "hash(concat_ws(chr(30), CAST(key AS VARCHAR), person))"
    told = rows.then(
        "signs",
        f"SELECT bucket, count(*), CAST(sum({said}) AS VARCHAR), bit_xor({said}), list_sort(list(DISTINCT source)) "
        "FROM in_buckets GROUP BY bucket ORDER BY bucket",
    )
    ranks = _ranks(manifest)
    found = []
    for bucket, count, *sums, sources in engine.rows(told):
        of = sums, sorted(sources, key=ranks.index), manifest.bits, manifest.hash_check
        sign = hashlib.blake2b(repr((count, of)).encode(), digest_size=8).hexdigest()
        found.append(PersonBucket(int(bucket), sign, int(count), ()))
    return found


def _written(
    engine: Engine, folder: Path, manifest: Manifest, rows: Query, buckets: list[int]
) -> dict[int, tuple[Stored, ...]]:
    target = folder / "people" / f"{manifest.generation:06}"
    target.mkdir(parents=True, exist_ok=True)
    asked = rows.then("changed", "SELECT * FROM in_buckets WHERE list_contains($buckets, bucket)", buckets=buckets)
    found: dict[int, tuple[Stored, ...]] = {}
    for path in spread_out(engine, asked, target):
        stored = Stored(path.relative_to(folder).as_posix(), path.stat().st_size, checksum(path))
        bucket = int(path.parent.name.removeprefix("bucket="))
        found[bucket] = (*found.get(bucket, ()), stored)
    return found


def _whole(folder: Path, bucket: PersonBucket) -> bool:
    try:
        return all((folder / stored.path).stat().st_size == stored.size for stored in bucket.files)
    except OSError:
        return False
