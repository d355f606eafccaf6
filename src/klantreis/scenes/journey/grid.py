"""Widths of a journey map: columns take what their words need, share what is left, and phases hold their names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from klantreis.map.model import Phase
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.journey.spells import scaled
from klantreis.scenes.pen import SECTION, STRONG
from klantreis.scenes.text import narrowest, width

MARGIN, RAIL, GAP = 24.0, 128.0, 3.0
MOST, CARD = 330.0, 150.0
PAGE = 1000.0
"""The least a sheet is wide; few columns may grow beyond `MOST` to fill it. `CARD`: the least of a phase with cards."""
PAD = 10.0
AIR = 1.3
"""How much wider than its words a map is at least when its columns follow time, so that time has room to show."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the sheet: where it begins and how wide it is."""

    x: float
    width: float

    @property
    def middle(self) -> float:
        """Its centre."""
        return self.x + self.width / 2

    @property
    def right(self) -> float:
        """Its right side."""
        return self.x + self.width


@dataclass(frozen=True, slots=True)
class Grid:
    """Where each column and each phase stands; `columns` and `phases` are in the order of the sheet."""

    width: float
    columns: tuple[Span, ...]
    phases: tuple[tuple[Phase, Span], ...]

    @property
    def left(self) -> float:
        """The x where the first phase begins."""
        return MARGIN + RAIL

    @property
    def right(self) -> float:
        """The x where the last phase ends."""
        return self.phases[-1][1].right if self.phases else self.width - MARGIN


def grid_of(sheet: Sheet, wanted: float) -> Grid:
    """Returns the grid for about `wanted` pixels: wider when the words need it, narrower when they are few."""
    needs = [[_need(sheet, number) for number in spots] for spots in _by_phase(sheet)]
    for phase, own in zip(sheet.map.phases, needs, strict=True):
        _hold_name(sheet, phase, own)
    flat = [need for own in needs for need in own]
    room = wanted - 2 * MARGIN - RAIL
    if sheet.spells:
        return _placed(sheet, _timed(sheet, needs, room), wanted)
    most = max(MOST, (min(wanted, PAGE) - 2 * MARGIN - RAIL) / max(1, len(flat)))
    level = _level(flat, room) if sheet.density.page else min(_level(flat, room), most)
    return _placed(sheet, [[max(need, level) for need in own] for own in needs], wanted)


def _timed(sheet: Sheet, needs: list[list[float]], room: float) -> list[list[float]]:
    """Widths by how long the phases last; the columns of a phase share what it gets."""
    own = {phase.id: sum(need) for phase, need in zip(sheet.map.phases, needs, strict=True)}
    wide, _ = scaled(own, sheet.spells or {}, max(room, AIR * sum(own.values())))
    return [
        [need * wide[phase.id] / (own[phase.id] or 1) for need in needed]
        for phase, needed in zip(sheet.map.phases, needs, strict=True)
    ]


def _placed(sheet: Sheet, widths: list[list[float]], wanted: float) -> Grid:
    """The spans, from left to right."""
    spans, phases, x = [], [], MARGIN + RAIL
    for phase, spots, own in zip(sheet.map.phases, _by_phase(sheet), widths, strict=True):
        start = x
        for wide in own:
            if spots:
                spans.append(Span(x, wide))
            x += wide
        phases.append((phase, Span(start, x - start)))
    return Grid(max(x + MARGIN, min(wanted, PAGE)), tuple(spans), tuple(phases))


def _by_phase(sheet: Sheet) -> list[list[int]]:
    return [
        [number for number, column in enumerate(sheet.columns) if column.phase == phase.id]
        for phase in sheet.map.phases
    ]


def _need(sheet: Sheet, number: int) -> float:
    label = sheet.text(sheet.columns[number].label)
    return min(max(sheet.density.least, narrowest(label, STRONG.style) + 2 * PAD + 2 * GAP), 150.0)


def _hold_name(sheet: Sheet, phase: Phase, own: list[float]) -> None:
    """Widens a phase whose longest word would break; a phase without columns gets one empty column."""
    if not own:
        own.append(sheet.density.least)
    name = sheet.text(phase.label)
    longest = min(narrowest(name, SECTION.style) + 2 * PAD + 2 * GAP, 190.0)
    two_lines = width(name, SECTION.style) / 1.7 + 2 * PAD
    missing = max(longest, min(two_lines, 190.0), CARD if _has_cards(sheet, phase) else 0.0) - sum(own)
    if missing > 0:
        own[:] = [need + missing / len(own) for need in own]


def _has_cards(sheet: Sheet, phase: Phase) -> bool:
    """Says whether a barrier, KPI, action or alternative stands in the phase."""
    spots = {other.phase for other in sheet.map.alternatives if other.phase}
    spots |= {phase.id} if phase.actions else set()
    spots |= {barrier.at for barrier in sheet.map.barriers}
    spots |= {spot for kpi in sheet.map.kpis for spot in (kpi.at or kpi.end or kpi.start, kpi.phase) if spot}
    here = frozenset(name for column in sheet.columns if column.phase == phase.id for name in column.ids)
    return bool(spots & (here | {phase.id}))


def _level(needs: Sequence[float], room: float) -> float:
    """The width that columns are lifted to so that together they fill the room."""
    rest, open_ = room, sorted(needs, reverse=True)
    while open_:
        level = rest / len(open_)
        if open_[0] <= level:
            return level
        rest -= open_.pop(0)
    return 0.0
