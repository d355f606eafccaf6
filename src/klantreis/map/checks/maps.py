"""Checks between several maps: two with one id, a journey that opens itself, and steps that open nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from pathlib import Path

from klantreis.errors import nearest
from klantreis.findings import Finding
from klantreis.labels import Label
from klantreis.map.model import JourneyMap


def double_map_id(maps: Sequence[JourneyMap]) -> Iterator[Finding]:
    """Yields an error for every map whose id an earlier map has too."""
    first: dict[str, JourneyMap] = {}
    for map_ in maps:
        other = first.setdefault(map_.id, map_)
        if other is not map_:
            there, here = _apart(other.file or "?", map_.file or "?")
            yield Finding(
                "double-map-id",
                "error",
                replace(map_.place(), line=1, column=1),
                Label(f"Twee kaarten heten '{map_.id}'", f"Two maps are called '{map_.id}'"),
                Label(f"Ze staan in {there} en {here}.", f"They are in {there} and {here}."),
                Label("Geef een van beide een ander id.", "Give one of them another id."),
            )


def _apart(*files: str) -> list[str]:
    """Returns paths from the folder they share: long ones break where the window ends, and nobody can copy them."""
    above = [Path(file).parent.parts for file in files]
    shared = len(list(takewhile(lambda folders: len(set(folders)) == 1, zip(*above, strict=False))))
    return [str(Path(*Path(file).parts[shared:])) for file in files]


def map_circle(maps: Sequence[JourneyMap]) -> Iterator[Finding]:
    """Yields an error for every parent or opening step by which a map lies inside itself.

    A map looks into one step of another (`parent`), so following parents upwards must end. A step may open any journey
    (`opens`), also one that opens this one in turn, but not the map it stands on.
    """
    above = {map_.id: map_.parent.map for map_ in maps if map_.parent}
    for map_ in maps:
        seen, at = [map_.id], above.get(map_.id)
        while at is not None and at not in seen:
            seen.append(at)
            at = above.get(at)
        if at == map_.id:
            yield _circle(map_, None, [*seen, at])
        for _, step in map_.steps():
            if step.opens == map_.id:
                yield _circle(map_, step.id, [map_.id, map_.id])


def opens_nothing(maps: Sequence[JourneyMap]) -> Iterator[Finding]:
    """Yields a warning for every step or parent that names a map which is not there; a map alone is left alone."""
    known = {map_.id: map_ for map_ in maps}
    if len(known) < 2:
        return
    for map_ in maps:
        asked = [(step.id, step.opens) for _, step in map_.steps() if step.opens and step.opens not in known]
        if map_.parent and not _there(map_.parent.map, map_.parent.step, known):
            asked.append((map_.id, f"{map_.parent.map}/{map_.parent.step}" if map_.parent.step else map_.parent.map))
        for id_, name in asked:
            close = nearest(name, known)
            yield Finding(
                "opens-nothing",
                "warning",
                map_.place(id_),
                Label(f"Er is geen kaart of stap '{name}'", f"There is no map or step '{name}'"),
                advice=Label(f"Bedoelde je '{close}'?", f"Did you mean '{close}'?") if close else Label(),
            )


def _there(map_: str, step: str | None, known: Mapping[str, JourneyMap]) -> bool:
    return map_ in known and (step is None or any(one.id == step for _, one in known[map_].steps()))


def _circle(map_: JourneyMap, id_: str | None, way: Sequence[str]) -> Finding:
    shown = " → ".join(way)
    return Finding(
        "map-circle",
        "error",
        map_.place(id_),
        Label(f"De kaart '{map_.id}' ligt in zichzelf", f"The map '{map_.id}' lies inside itself"),
        Label(f"De weg is {shown}.", f"The way is {shown}."),
        Label("Haal 'parent' of 'opens' bij een van de kaarten weg.", "Take 'parent' or 'opens' away at one of them."),
    )
