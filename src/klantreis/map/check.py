"""Checks of a map that can be read but could be better: warnings and hints, each at a line of the file.

A check is a small function of one map that yields findings; `CHECKS` lists them by what they look at. Mistakes that
keep a map from being read come from `klantreis.map.read`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from klantreis.findings import LEVELS, Finding
from klantreis.labels import Label
from klantreis.map import check_labels, check_matchers, check_measures, check_phases, check_scenarios, check_work
from klantreis.map.model import JourneyMap

Check = Callable[[JourneyMap], Iterable[Finding]]

CHECKS: tuple[Check, ...] = (
    *check_phases.CHECKS,
    *check_matchers.CHECKS,
    *check_scenarios.CHECKS,
    *check_measures.CHECKS,
    *check_work.CHECKS,
    *check_labels.CHECKS,
)


def check(map_: JourneyMap) -> tuple[Finding, ...]:
    """Returns what could be better about one map, warnings before hints, each in the order of the file."""
    return _sorted(found for one in CHECKS for found in one(map_))


def check_all(maps: Sequence[JourneyMap]) -> tuple[Finding, ...]:
    """Returns what could be better about several maps: what `check` says of each, and what goes wrong between them.

    Two maps with one id are an error that names both files.
    """
    between = tuple(double_ids(maps))
    return _sorted([*between, *(found for map_ in maps for found in check(map_))])


def double_ids(maps: Sequence[JourneyMap]) -> Iterable[Finding]:
    """Yields an error for every map whose id an earlier map has too."""
    first: dict[str, JourneyMap] = {}
    for map_ in maps:
        other = first.setdefault(map_.id, map_)
        if other is not map_:
            yield _double(map_, other)


def _double(map_: JourneyMap, other: JourneyMap) -> Finding:
    here, there = map_.file or "?", other.file or "?"
    return Finding(
        "double-map-id",
        "error",
        replace(map_.place(), line=1, column=1),
        Label(f"Twee kaarten heten '{map_.id}'", f"Two maps are called '{map_.id}'"),
        Label(f"Ze staan in {there} en {here}.", f"They are in {there} and {here}."),
        Label("Geef een van beide een ander id.", "Give one of them another id."),
    )


def _sorted(found: Iterable[Finding]) -> tuple[Finding, ...]:
    def order(finding: Finding) -> tuple[int, str, int, int]:
        place = finding.place
        return (LEVELS.index(finding.level), place.file or "", place.line or 0, place.column or 0)

    return tuple(sorted(found, key=order))
