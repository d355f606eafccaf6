"""A report of every segment, and a page that lays them side by side; nothing of a group that is too small to share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from klantreis.errors import OptionError
from klantreis.exporters.html.index import Line, index
from klantreis.journeys.model import Journeys
from klantreis.journeys.slices import sliced
from klantreis.labels import Label, Language
from klantreis.map.goal import goal
from klantreis.map.model import JourneyMap
from klantreis.workspace.folder import Workspace
from klantreis.workspace.load import Tell
from klantreis.workspace.paper import Written, placed

INDEX = "segments"


@dataclass(frozen=True, slots=True)
class Unshared:
    """A segment of which no report was written, and why."""

    map: str
    segment: str
    why: Label


@dataclass(frozen=True, slots=True)
class Segmented:
    """What was written: the page, the reports of everybody and of each segment, and what was not and why."""

    page: Path
    written: tuple[Written, ...]
    unshared: tuple[Unshared, ...]

    def to_dict(self) -> dict[str, Any]:
        """Returns the same as plain values."""
        left = [
            {"map": one.map, "segment": one.segment, "why": {"nl": one.why.text("nl"), "en": one.why.text("en")}}
            for one in self.unshared
        ]
        return {"index": str(self.page), "reports": [one.to_dict() for one in self.written], "left_out": left}


def each_segment(
    shop: Workspace,
    id_: str | None = None,
    *,
    language: Language = "nl",
    address: str | None = None,
    tell: Tell | None = None,
) -> Segmented:
    """Writes the report of everybody and of each segment of one map, or of all that have any, and the page of them.

    A segment is left out when it has too few people to share, when too few are outside it, and when its numbers could
    be taken from those of another report to learn of too few. Raises OptionError when no map has segments, nothing is
    measured, or a file that is not ours stands in the way.
    """
    maps = [shop.map(id_)] if id_ is not None else sorted(shop.maps(), key=lambda map_: -len(map_.touchpoints))
    having = [map_ for map_ in maps if map_.segments]
    if not having:
        raise OptionError(
            Label("Geen kaart heeft segmenten.", "No map has segments."),
            mend=Label(
                "Zet ze op een kaart: segments: {new: orders = 0}.", "Add them to a map: segments: {new: orders = 0}."
            ),
        )
    if not shop.settings.sources:
        raise OptionError(
            Label(
                "Er is niets gemeten, dus heeft een segment geen reizen.",
                "Nothing is measured, so a segment has no journeys.",
            ),
            mend=Label("Zet sources: in klantreis.yaml.", "Add sources: to klantreis.yaml."),
        )
    written: list[Written] = []
    unshared: list[Unshared] = []
    lines: list[Line] = []
    for number, map_ in enumerate(having):
        left = list(unshared_of(map_, shop.journeys(map_, tell=tell), shop.settings.least))
        why = {one.segment: one.why for one in left}
        unshared += left
        for done, segment in enumerate((None, *(one.id for one in map_.segments))):
            if tell is not None:
                tell(done, len(map_.segments) + 1, f"{map_.id} {segment or ''} ({number + 1}/{len(having)})")
            report = None
            if segment not in why:
                (report,) = shop.report(map_.id, segment=segment, language=language, address=address)
                written.append(report)
            lines.append(_line(shop, map_, segment, report, why=why.get(segment or ""), language=language))
    page = shop.folder / "reports" / f"{INDEX}.{language}.html"
    placed(page, index(lines, language=language, workspace=shop.settings.name).encode())
    return Segmented(page, tuple(written), tuple(unshared))


def unshared_of(map_: JourneyMap, journeys: Journeys, least: int) -> Iterator[Unshared]:
    """Yields the segments that may not be shared beside each other, the largest kept first, with the reason.

    What can be taken from each other: a segment and everybody, a segment within another, and all segments together and
    everybody.
    """
    sizes = {one.id: sliced(journeys, segment=one.id).people for one in map_.segments}
    kept: list[str] = []
    for segment in sorted(sizes, key=lambda name: -sizes[name]):
        mine = sliced(journeys, segment=segment)
        rest = sliced(journeys, without=segment)
        if sizes[segment] < least:
            why = Label(f"minder dan {least} personen", f"fewer than {least} people")
        elif _few(rest.people, least):
            why = Label(f"minder dan {least} personen erbuiten", f"fewer than {least} people outside it")
        elif near := next((other for other in kept if _nearly(journeys, mine, segment, other, least)), None):
            why = Label(f"scheelt minder dan {least} personen met {near}", f"fewer than {least} people from {near}")
        elif _few(_outside(rest, kept), least):
            why = Label(
                f"samen met de andere blijven er minder dan {least} over", f"with the others, fewer than {least} remain"
            )
        else:
            kept.append(segment)
            continue
        yield Unshared(map_.id, segment, why)


def _nearly(journeys: Journeys, mine: Journeys, segment: str, other: str, least: int) -> bool:
    """Says whether one of two segments lies within the other, but for a few people."""
    more = sliced(mine, without=other).people
    less = sliced(sliced(journeys, segment=other), without=segment).people
    return (more == 0 and _few(less, least)) or (less == 0 and _few(more, least))


def _outside(rest: Journeys, kept: list[str]) -> int:
    """How many people are in none of the kept segments, of those in `rest`."""
    for other in kept:
        rest = sliced(rest, without=other)
    return rest.people


def _few(people: int, least: int) -> bool:
    return 0 < people < least


def _line(
    shop: Workspace, map_: JourneyMap, segment: str | None, done: Written | None, *, why: Label | None,
    language: Language,
) -> Line:  # fmt: skip
    label = next((one.label for one in map_.segments if one.id == segment), Label())
    line = Line(map_.title.shown(language) or map_.id, label.shown(language) or segment or "", why=why)
    if done is None or done.report.results is None:
        return line
    results = shop.shared(done.report).results or done.report.results
    aim = _aim(map_)
    reached = next((one.share for one in results.funnel.steps if one.step == aim), None)
    return replace(
        line, people=results.paths.people, journeys=results.paths.journeys, last=reached, file=done.path.name,
        channels="channel_mix" in results.more,
    )  # fmt: skip


def _aim(map_: JourneyMap) -> str | None:
    """Returns the phase in which the journey reaches its goal; without a goal the last one."""
    homes = {touch.id: touch.phase for touch in map_.touchpoints}
    order = [phase.id for phase in map_.phases]
    aims = [homes[name] for name in goal(map_) if name in homes]
    return min(aims, key=order.index) if aims else order[-1] if order else None
