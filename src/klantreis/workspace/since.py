"""What a page may tell that is renewed: no number that differs by a few people from what was told before.

Who kept the page of last week can take its numbers from those of this week. So each number that is told is written
down, by its place, and one that differs from it by fewer than `least` is hidden until the difference is that large;
what was told last counts, however long ago. Where a hidden number could be had from a total, the smallest beside it
goes too. Of a page whose totals differ by a few nothing can be renewed: `held` says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import fields, is_dataclass, replace
from types import MappingProxyType
from typing import Any

from klantreis.analyses.kpis import KpiValue
from klantreis.analyses.results import Results
from klantreis.journeys.model import About
from klantreis.labels import Label
from klantreis.stats.intervals import Estimate
from klantreis.stats.untold import Untold
from klantreis.workspace.once_more import NONE
from klantreis.workspace.secondary import COUNTS, NO_SHARES, adds_up, holds_rows, size_of
from klantreis.workspace.ways_told import Way, untold_ways, way

Told = Mapping[str, int]
"""Numbers by where they stand: 'funnel/steps/aankoop/people'."""
NOTHING: Told = MappingProxyType({})
"""Nothing was told before."""
TOTALS = ("paths/people", "paths/journeys", "paths/events")
LISTED = frozenset({"Edge", "Variant", "Deviation", "Behaviour"})
"""Rows of a list: these go, where a row with its own place on the map stays and tells a bound."""
CHANGING = frozenset({"why", "verdict", "unit", "shape", "trend"})
"""Texts of a row that say how it is, not which one it is."""


def numbers(results: Results, segment: str | None = None) -> dict[str, int]:
    """Returns every count that results tell, by where it stands; those of a segment as they do beside everybody's."""
    return dict(_numbers(results, _start(segment)))


def held(results: Results, before: Told, least: int) -> int:
    """Returns by how many people or journeys the totals differ from what was told, when these are too few; else 0."""
    now = numbers(results, results.about.segment)
    start = _start(results.about.segment)
    apart = [abs(now.get(start + total, 0) - before.get(start + total, now.get(start + total, 0))) for total in TOTALS]
    return next((gap for gap in apart if 0 < gap < least), 0)


def changed(results: Results, before: Told, least: int) -> frozenset[str]:
    """Returns where results differ from what was told by a few."""
    now = numbers(results, results.about.segment)
    return frozenset(place for place, n in now.items() if 0 < abs(n - before.get(place, n)) < least)


def ways_since(
    results: Results, gone: Set[str], ways: Mapping[str | None, set[Way]], least: int
) -> dict[str | None, set[Way]]:
    """Returns the ways that may not be told, with those that differ by a few and what would give these away."""
    found = {name: set(some) for name, some in ways.items()}
    here = results.about.segment
    parts = {here or None: (results, _start(here))}
    parts |= {name: (part, _start(name)) for name, part in results.segments.items()}
    for name, (part, start) in parts.items():
        placed = zip(_keys(part.paths.edges), part.paths.edges, strict=True)
        few = {way(edge) for key, edge in placed if _counted(edge, f"{start}paths/edges/{key}") & gone}
        if few:
            found[name] = untold_ways(part.paths.edges, least, few | found.get(name, set()))
    return found


def without(results: Results, gone: Set[str], least: int) -> Results:
    """Returns results without the numbers at these places, and without what would give them away."""
    if not gone:
        return results
    told: Results = _without(results, _start(results.about.segment), gone, least)
    apart = {name for name in told.segments if any(f"{_start(name)}{total}" in gone for total in TOTALS)}
    return replace(told, segments={name: part for name, part in told.segments.items() if name not in apart})


def _start(segment: str | None) -> str:
    return f"segments/{segment}/" if segment else ""


def _numbers(value: Any, path: str) -> Iterator[tuple[str, int]]:
    yield from _own(value, path.rstrip("/"))
    for one in fields(value):
        inside, here = getattr(value, one.name), f"{path}{one.name}"
        if isinstance(inside, Mapping):
            for name, part in inside.items():
                if _walks(part):
                    yield from _numbers(part, f"{here}/{name}/")
        elif holds_rows(inside):
            for key, row in zip(_keys(inside), inside, strict=True):
                if _walks(row):
                    yield from _numbers(row, f"{here}/{key}/")
                elif _pair(row):
                    yield f"{here}/{key}", row[1]
        elif _walks(inside):
            yield from _numbers(inside, f"{here}/")


def _own(value: Any, path: str) -> Iterator[tuple[str, int]]:
    """The counts that stand in a value itself, with how many a share of people comes to."""
    for one in fields(value):
        inside, here = getattr(value, one.name), f"{path}/{one.name}".lstrip("/")
        if isinstance(inside, Estimate) and inside.n and inside.value is not None:
            yield f"{here}/n", inside.n
            if one.name not in NO_SHARES and 0 <= inside.value <= 1:
                yield f"{here}/did", round(inside.value * inside.n)
        elif one.name in COUNTS and isinstance(inside, int) and not isinstance(inside, bool | Untold):
            yield here, inside


def _counted(row: Any, path: str) -> set[str]:
    return {place for place, _ in _own(row, path)}


def _keys(rows: Sequence[Any]) -> list[str]:
    """Which row each is, by the texts in it that do not change; rows alike are numbered."""
    seen: Counter[str] = Counter()
    keys = []
    for row in rows:
        key = _key(row)
        seen[key] += 1
        keys.append(key if seen[key] == 1 else f"{key}#{seen[key]}")
    return keys


def _key(row: Any) -> str:
    if _pair(row):
        return str(row[0])
    if not _walks(row):
        return ""
    parts = (getattr(row, one.name) for one in fields(row) if one.name not in CHANGING)
    return "|".join(
        "›".join(map(str, part)) if _words(part) else part for part in parts if _words(part) or isinstance(part, str)
    )


def _words(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and all(isinstance(one, str) for one in value)


def _pair(row: Any) -> bool:
    return isinstance(row, tuple) and len(row) == 2 and isinstance(row[1], int) and not isinstance(row[1], bool)


def _walks(value: Any) -> bool:
    return is_dataclass(value) and not isinstance(value, type | About | Label | Estimate)


def _without(value: Any, path: str, gone: Set[str], least: int) -> Any:
    own = _counted(value, path.rstrip("/"))
    if isinstance(value, KpiValue) and own & gone:
        why = Label("Te weinig nieuw om te delen.", "Too little is new to share.")
        return replace(value, estimate=NONE, verdict="unknown", why=why.text("en"), reason=why)
    parts: dict[str, Any] = {}
    for one in fields(value):
        inside, here = getattr(value, one.name), f"{path}{one.name}"
        if isinstance(inside, Estimate):
            parts[one.name] = NONE if {f"{here}/n", f"{here}/did"} & gone else inside
        elif here in gone:
            parts[one.name] = Untold(least, "≥" if inside >= least else "<")
        elif isinstance(inside, Mapping):
            parts[one.name] = {
                name: _without(part, f"{here}/{name}/", gone, least) if _walks(part) else part
                for name, part in inside.items()
            }
        elif holds_rows(inside):
            parts[one.name] = _rows(value, inside, here, gone, least)
        elif _walks(inside):
            parts[one.name] = _without(inside, f"{here}/", gone, least)
    return replace(value, **parts)


def _rows(whole: Any, rows: tuple[Any, ...], path: str, gone: Set[str], least: int) -> tuple[Any, ...]:
    keys = _keys(rows)
    few = {place for place, row in enumerate(rows) if _few(row, f"{path}/{keys[place]}", gone)}
    if len(few) == 1 and len(rows) > 1 and _summed(whole, rows):
        few.add(min(set(range(len(rows))) - few, key=lambda place: (_size(rows[place]), place)))
    found = []
    for place, row in enumerate(rows):
        here = f"{path}/{keys[place]}"
        if place in few and (_pair(row) or type(row).__name__ in LISTED):
            continue
        more = {*gone, *_counted(row, here)} if place in few and _walks(row) else gone
        found.append(_without(row, f"{here}/", more, least) if _walks(row) else row)
    return tuple(found)


def _few(row: Any, path: str, gone: Set[str]) -> bool:
    return path in gone or (_walks(row) and bool(_counted(row, path) & gone))


def _summed(whole: Any, rows: tuple[Any, ...]) -> bool:
    """Says whether rows add up to a total that is told beside them."""
    if all(map(_pair, rows)):
        return True
    if not all(map(_walks, rows)):
        return False
    return any(adds_up(whole, rows, name, getattr(whole, "elsewhere", 0)) for name in sorted(COUNTS))


def _size(row: Any) -> int:
    return row[1] if _pair(row) else size_of(row)
