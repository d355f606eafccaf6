"""Looks whether the store is whole: every file there and unchanged, every count adding up, every array in order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from klantreis.errors import StoreError
from klantreis.findings import Finding, Place
from klantreis.journeys.aside import read_aside
from klantreis.journeys.disk import checksum
from klantreis.journeys.manifest import Manifest, Placed, PlacedMap, Stored, read_manifest
from klantreis.journeys.placing import newest
from klantreis.journeys.woven import Arrays
from klantreis.labels import Label


def verify(folder: Path) -> tuple[Finding, ...]:
    """Returns what is wrong with the store in `folder`, errors all; () when it is whole, or there is none yet."""
    try:
        manifest = read_manifest(folder)
    except StoreError as error:
        what, _, mend = error.texts
        return (_finding("manifest.json", what, mend),)
    return (*_files(folder, manifest), *_sums(manifest), *_journeys(folder, manifest))


def _files(folder: Path, manifest: Manifest) -> Iterator[Finding]:
    for stored in manifest.files():
        fault = _fault(folder / stored.path, stored)
        if fault is not None:
            made = stored.path.startswith(("journeys/", "people/"))
            yield _finding(stored.path, fault, REMAKE if made else RELOAD)


def _fault(path: Path, stored: Stored) -> Label | None:
    try:
        size = path.stat().st_size
        if size != stored.size:
            return Label(
                nl=f"Bestand is {size} bytes en hoort {stored.size} te zijn",
                en=f"File is {size} bytes and should be {stored.size}",
            )
        if checksum(path) != stored.checksum:
            return Label(nl="Inhoud van het bestand is veranderd", en="Content of the file has changed")
    except FileNotFoundError:
        return Label(nl="Bestand ontbreekt", en="File is missing")
    except OSError as error:
        return Label(nl=f"Bestand is niet te lezen: {error.strerror}", en=f"File cannot be read: {error.strerror}")
    return None


def _sums(manifest: Manifest) -> Iterator[Finding]:
    for load in manifest.loads:
        rows = sum(event.rows for event in manifest.events if event.source == load.source)
        if load.read != load.stored + load.duplicate + load.rejected:
            yield _finding(
                load.source,
                Label(
                    nl=f"Tellingen kloppen niet: {load.read} gelezen is niet {load.stored} bewaard + "
                    f"{load.duplicate} dubbel + {load.rejected} geweigerd",
                    en=f"Counts do not add up: {load.read} read is not {load.stored} stored + "
                    f"{load.duplicate} duplicate + {load.rejected} rejected",
                ),
                RELOAD,
            )
        if rows != load.stored:
            yield _finding(
                load.source,
                Label(
                    nl=f"Er staan {rows} gebeurtenissen in de bestanden, maar {load.stored} zijn bewaard",
                    en=f"The files hold {rows} events, but {load.stored} were stored",
                ),
                RELOAD,
            )


def _journeys(folder: Path, manifest: Manifest) -> Iterator[Finding]:
    rows: dict[int, int] = {}
    for one in manifest.identity.buckets if manifest.identity.kinds else manifest.events:
        rows[one.bucket] = rows.get(one.bucket, 0) + one.rows
    for placed in manifest.maps:
        for bucket in placed.buckets:
            fault = _disorder(folder, bucket, rows.get(bucket.bucket, 0) if _fresh(placed, manifest) else None)
            if fault is not None:
                yield _finding(f"{placed.map}/bucket-{bucket.bucket:04}", fault, REMAKE)


def _fresh(placed: PlacedMap, manifest: Manifest) -> bool:
    """Says whether the map was placed after the last load, so that its touches must be all events."""
    return {bucket.bucket: bucket.made_from for bucket in placed.buckets} == newest(manifest)


def _disorder(folder: Path, placed: Placed, events: int | None) -> Label | None:
    try:
        laid = {Path(stored.path).stem: np.load(folder / stored.path, mmap_mode=None) for stored in placed.arrays}
        aside = read_aside(folder, placed.beside)
        found = aside.over(laid) if aside and not _out_of_order(laid) else laid
    except (OSError, ValueError):
        return None  # told by the check of the files
    at = found["at"]
    if events is not None and len(at) + placed.outside + placed.dropped != events:
        return Label(
            nl=f"{len(at)} contacten + {placed.outside} erbuiten + {placed.dropped} overgeslagen is niet "
            f"{events} gebeurtenissen",
            en=f"{len(at)} touches + {placed.outside} outside + {placed.dropped} left out is not {events} events",
        )
    if _out_of_order(found):
        return Label(nl="Reizen staan niet op volgorde", en="Journeys are not in order")
    return None


def _out_of_order(found: Arrays) -> bool:
    at, start, person = found["at"], found["start"], found["person"]
    inside = np.ones(max(len(at) - 1, 0), dtype=np.bool_)
    inside[start[1:-1] - 1] = False
    return not (
        start[0] == 0
        and start[-1] == len(at)
        and bool(np.all(np.diff(start) > 0))
        and len(start) == len(person) + 1 == len(found["state"]) + 1 == len(found["last"]) + 1
        and bool(np.all(np.diff(person) >= 0))
        and bool(np.all(at[1:][inside] >= at[:-1][inside]))
        and len(found["keys"]) == (int(person[-1]) + 1 if len(person) else 0)
    )


REMAKE = Label(
    nl="Verwijder de map .klantreis/journeys en draai: klantreis load. Alles wordt opnieuw gemaakt.",
    en="Remove the folder .klantreis/journeys and run: klantreis load. Everything is made again.",
)
RELOAD = Label(
    nl="Zet een back-up van .klantreis terug, of verwijder de map en laad de bronnen opnieuw.",
    en="Put back a copy of .klantreis, or remove the folder and load the sources again.",
)


def _finding(where: str, title: Label, advice: Label) -> Finding:
    return Finding(rule="store", level="error", place=Place(file=where), title=title, advice=advice)
