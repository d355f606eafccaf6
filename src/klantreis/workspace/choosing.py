"""Which maps of a workspace are meant, and from which moment on; else an error that names the nearest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from klantreis.errors import DocumentError, OptionError, did_you_mean
from klantreis.findings import Finding
from klantreis.labels import Label
from klantreis.map.check import check_all
from klantreis.map.model import JourneyMap
from klantreis.map.read import SUFFIX
from klantreis.workspace.checking import read_all


def all_maps(folder: Path) -> tuple[JourneyMap, ...]:
    """Returns the maps in a folder, by file name. Raises DocumentError with the mistakes of all of them together."""
    maps, found = read_all(sorted(folder.glob(f"*{SUFFIX}")))
    refuse_mistakes((*found, *check_all(maps)), folder)
    return maps


def refuse_mistakes(found: Sequence[Finding], where: Path) -> None:
    """Raises DocumentError when a check found a mistake (a finding of level 'error') in what was read from `where`."""
    wrong = tuple(finding for finding in found if finding.level == "error")
    count = len(wrong)
    if not wrong:
        return
    raise DocumentError(
        Label(
            f"{count} {'fout' if count == 1 else 'fouten'} in de kaarten",
            f"{count} {'mistake' if count == 1 else 'mistakes'} in the maps",
        ),
        wrong,
        where=str(where),
    )


def chosen(maps: Sequence[JourneyMap], id_: str | None, folder: Path) -> JourneyMap:
    """Returns the map with an id; without one that with the most touchpoints.

    Raises OptionError with the nearest id; `folder` is where maps were looked for.
    """
    if not maps:
        raise OptionError(
            Label("Er is nog geen kaart.", "There is no map yet."),
            where=str(folder),
            mend=Label("Maak er een: klantreis init in een nieuwe map.", "Make one: klantreis init in a new folder."),
        )
    if id_ is None:
        return max(maps, key=lambda map_: len(map_.touchpoints))
    for map_ in maps:
        if map_.id == id_:
            return map_
    raise OptionError(
        Label(f"De kaart {id_!r} is er niet.", f"There is no map {id_!r}."),
        mend=did_you_mean(id_, [map_.id for map_ in maps]),
    )


def with_segment(maps: Sequence[JourneyMap], segment: str) -> list[JourneyMap]:
    """Returns the maps that have a segment. Raises OptionError, with the nearest id, when none has."""
    having = [map_ for map_ in maps if any(one.id == segment for one in map_.segments)]
    if having:
        return having
    known = dict.fromkeys(one.id for map_ in maps for one in map_.segments)
    none = Label("Zet het op de kaart: segments: {new: orders = 0}.", "Add it to the map: segments: {new: orders = 0}.")
    raise OptionError(
        Label(f"Het segment {segment!r} is er niet.", f"There is no segment {segment!r}."),
        mend=did_you_mean(segment, known) or none,
    )


def moment(day: str | date | None, time_zone: str) -> int | None:
    """Returns the start of a day ('2026-06-01' or a date) there, in microseconds since 1970; None for None.

    Raises OptionError when it is no date.
    """
    if day is None:
        return None
    try:
        there = date.fromisoformat(str(day).removesuffix(" 00:00:00"))
    except ValueError as error:
        raise OptionError(
            Label(f"'{day}' is geen datum.", f"'{day}' is not a date."),
            mend=Label("Schrijf hem als 2026-06-01.", "Write it as 2026-06-01."),
        ) from error
    return int(datetime.combine(there, datetime.min.time(), ZoneInfo(time_zone)).timestamp()) * 1_000_000
