"""Checks of a map that can be read but could be better: warnings and hints, each at a line of the file.

The checks of one map are in `klantreis.map.checks`, those between maps in `klantreis.map.checks.maps`. Mistakes that
keep a map from being read come from `klantreis.map.read`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from klantreis.findings import LEVELS, Finding
from klantreis.map.checks import CHECKS
from klantreis.map.checks.contract import USUAL, Options
from klantreis.map.checks.maps import double_map_id, map_circle, opens_nothing
from klantreis.map.model import JourneyMap


def check(map_: JourneyMap, options: Options = USUAL) -> tuple[Finding, ...]:
    """Returns what could be better about one map, warnings before hints, each in the order of the file.

    `options` says which day it is (without it nothing is stale), which checks are off or have another level, and the
    few numbers they know.
    """
    return _sorted(found for one in CHECKS for found in one.findings(map_, options))


def check_all(maps: Sequence[JourneyMap], options: Options = USUAL) -> tuple[Finding, ...]:
    """Returns what could be better about several maps: what `check` says of each, and what goes wrong between them.

    Two maps with one id, and a map that lies inside itself, are errors.
    """
    between = (*double_map_id(maps), *map_circle(maps), *opens_nothing(maps))
    return _sorted([*between, *(found for map_ in maps for found in check(map_, options))])


def _sorted(found: Iterable[Finding]) -> tuple[Finding, ...]:
    def order(finding: Finding) -> tuple[int, str, int, int]:
        place = finding.place
        return (LEVELS.index(finding.level), place.file or "", place.line or 0, place.column or 0)

    return tuple(sorted(found, key=order))
