"""Rows that were stored a second time because something else in them changed: what a source without ids cannot tell."""

from __future__ import annotations

from pathlib import Path

from klantreis.engines.base import Engine, Query
from klantreis.findings import Finding, Measured, Place
from klantreis.journeys.manifest import Loads, Manifest
from klantreis.labels import Label
from klantreis.log.model import Source
from klantreis.log.numbers import thousands

LEAST = 0.1
"""So many of the new rows must be there already; fewer may well be two things in one moment."""


def twice(engine: Engine, folder: Path, source: Source, before: Manifest, after: Manifest) -> tuple[Finding, ...]:
    """Returns a warning when new rows equal stored ones in person, moment and event, but differ in other columns.

    `before` and `after`: the store around the load. () for a source with ids of its own, and where equal rows are kept.
    """
    if source.roles.id is not None or source.duplicates == "keep" or before is after:
        return ()
    known = [folder / one.file.path for one in before.events if one.source == source.name]
    there = {one.file.path for one in before.events}
    new = [folder / one.file.path for one in after.events if one.source == source.name and one.file.path not in there]
    if not known or not new or not all(path.is_file() for path in (*known, *new)):
        return ()
    again, fresh = _counted(engine, known, new, rewritten=not there <= {one.file.path for one in after.events})
    return (_finding(source, again, fresh),) if again and again >= LEAST * fresh else ()


def otherwise(source: Source, load: Loads, before: Loads | None) -> tuple[Finding, ...]:
    """Returns a warning when files that were read before give other rows, now that they are read by other settings.

    `before`: what earlier loads came to. Rows that were refused then may well be new now, and so may a few.
    """
    if before is None or load.stored <= max(before.rejected, LEAST * (load.stored + load.duplicate)):
        return ()
    much, many = thousands(load.stored)
    return (
        Finding(
            rule="read-otherwise",
            level="warning",
            place=Place(id=source.name, file=source.shown),
            title=Label(
                nl=f"{source.name}: dezelfde bestanden geven {much} andere rijen dan de vorige keer",
                en=f"{source.name}: the same files give {many} other rows than last time",
            ),
            detail=Label(
                nl="De bron wordt nu anders gelezen, zoals in een andere tijdzone. De oude rijen staan er nog naast.",
                en="It is read otherwise now, such as in another time zone. The old rows still stand beside them.",
            ),
            advice=Label(
                nl=f"Haal ze weg met klantreis store --remove {source.name}, en laad opnieuw.",
                en=f"Take them out with klantreis store --remove {source.name}, and load again.",
            ),
            evidence=(
                Measured(
                    Label(nl="andere rijen", en="other rows"),
                    float(load.stored),
                    "count",
                    load.stored + load.duplicate,
                ),
            ),
        ),
    )


def _counted(engine: Engine, known: list[Path], new: list[Path], *, rewritten: bool) -> tuple[int, int]:
    """Returns how many new rows say who, when and what of a stored one, and how many are new."""
    read = 'SELECT key, person, "at", "event" FROM read_parquet({}, hive_partitioning=false)'
    # A store that got more room is written again: what was there has the same key.
    steps = (
        ("known", read.format("$known_files")),
        ("written", read.format("$new_files")),
        ("fresh", "SELECT * FROM written ANTI JOIN known USING (key)" if rewritten else "SELECT * FROM written"),
        ("span", 'SELECT min("at") AS first, max("at") AS last FROM fresh'),
        ("around", 'SELECT person, "at", "event" FROM known, span WHERE "at" BETWEEN first AND last'),
        ("again", 'SELECT fresh.key FROM fresh SEMI JOIN around USING (person, "at", "event")'),
        ("counted", "SELECT (SELECT count(*) FROM again), (SELECT count(*) FROM fresh)"),
    )
    values = {"known_files": [str(path) for path in known], "new_files": [str(path) for path in new]}
    ((again, fresh),) = engine.rows(Query(steps, values))
    return int(again), int(fresh)


def _finding(source: Source, again: int, fresh: int) -> Finding:
    (much, many), (of, all_) = thousands(again), thousands(fresh)
    return Finding(
        rule="stored-twice",
        level="warning",
        place=Place(id=source.name, file=source.shown),
        title=Label(
            nl=f"{source.name}: {much} van {of} nieuwe rijen lijken er al te staan",
            en=f"{source.name}: {many} of {all_} new rows seem to be there already",
        ),
        detail=Label(
            nl="Wie, wanneer en wat zijn gelijk, maar een andere kolom is anders geschreven. Ze tellen nu dubbel.",
            en="Who, when and what are equal, but another column is written otherwise. They count twice now.",
        ),
        advice=Label(
            nl="Noem de kolom met het eigen nummer van de rij, zoals id: ordernummer. Haal dan de oude rijen weg met "
            f"klantreis store --remove {source.name}, en laad opnieuw.",
            en="Name the column with the row's own number, such as id: order_number. Then take the old rows out with "
            f"klantreis store --remove {source.name}, and load again.",
        ),
        evidence=(Measured(Label(nl="dubbele rijen", en="double rows"), float(again), "count", fresh),),
    )
