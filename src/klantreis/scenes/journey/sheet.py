"""`Sheet`: all that the rows of a journey map look at: the map, what was measured, what was found, for whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from klantreis.analyses.results import Results
from klantreis.findings import Finding
from klantreis.journeys.trail import Trail
from klantreis.labels import Label, Language
from klantreis.map.beside import Beside
from klantreis.map.images import Image
from klantreis.map.model import JourneyMap
from klantreis.map.votes import Recognised
from klantreis.scenes.journey.columns import Column
from klantreis.scenes.journey.density import Density
from klantreis.scenes.journey.marks import Marks
from klantreis.scenes.journey.spells import Spell
from klantreis.scenes.words import say


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is drawn, in which language. `first` are the findings that open the map, most important first.

    `ideal` holds a feeling (-2 to +2) per column id for a thin extra line. `links` says where an id leads. `page` is
    which sheet of how many this is; `spells` (None: not asked for) set phases as wide as they last. `ideal_is` names
    the thin line in the legend; `marks` say how the map differs from another. `images` are those
    of the steps, by the name a step gives them. `cuts` are the columns where a new sheet of paper begins, which no card
    crosses. `shown` says which part of the map this is, when it is not the whole of it, and `empty` what a phase says
    of which that part holds nothing. `around` are the other maps, by their id.
    """

    map: JourneyMap
    results: Results | None
    findings: tuple[Finding, ...]
    first: tuple[Finding, ...]
    columns: tuple[Column, ...]
    language: Language
    persona: str | None = None
    made: datetime | None = None
    time_zone: str = "UTC"
    currency: str = "EUR"
    ideal: Mapping[str, float] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    density: Density = field(default_factory=Density)
    page: tuple[int, int] = (1, 1)
    spells: Mapping[str, Spell] | None = None
    ideal_is: str = "legend-ideal"
    marks: Marks | None = None
    images: Mapping[str, Image] = field(default_factory=dict)
    cuts: frozenset[int] = frozenset()
    shown: tuple[Label, ...] = ()
    empty: Label = field(default_factory=Label)
    around: Mapping[str, Beside] = field(default_factory=dict)
    trail: Trail | None = None
    """One journey that is drawn on the map."""
    votes: Mapping[str, Recognised] = field(default_factory=dict)
    """What viewers of a shared page say of its steps, by their id."""
    _spots: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Notes which column each id stands in, so that it is looked up and not sought."""
        spots: dict[str, int] = {}
        for number, column in enumerate(self.columns):
            for id_ in (column.id, *(touch.id for touch in column.touchpoints)):
                spots.setdefault(id_, number)
        object.__setattr__(self, "_spots", spots)

    def column_with(self, id_: str) -> int | None:
        """Returns the number of the first column that is the step or holds the touchpoint with this id, or None."""
        return self._spots.get(id_)

    def text(self, label: Label) -> str:
        """Returns a label's text in the sheet's language; one that has no translation says which language it is in."""
        return label.shown(self.language)

    def nothing(self) -> str:
        """Returns what a phase without columns says."""
        return self.text(self.empty) or self.say("empty-phase")

    def say(self, key: str, **gaps: str) -> str:
        """Returns a text of ours in the sheet's language."""
        return say(key, self.language, **gaps)

    def ranks(self, column: Column) -> tuple[int, ...]:
        """Returns which of the first findings (1, 2, 3) are about this column."""
        return tuple(
            number for number, finding in enumerate(self.first, start=1) if self.column_of(finding) == column.id
        )

    def column_of(self, finding: Finding) -> str | None:
        """Returns the id of the column a finding speaks of, or None when it speaks of a phase or the whole map."""
        spot = finding.place.id
        if finding.edit is not None and any(finding.edit.path[-1:] == (column.id,) for column in self.columns):
            return finding.edit.path[-1]
        at = {barrier.id: barrier.at for barrier in self.map.barriers}
        at |= {kpi.id: kpi.at for kpi in self.map.kpis if kpi.at}
        wanted = {spot, at.get(spot or "")} - {None}
        return next((column.id for column in self.columns if wanted & column.ids), None)

    def about(self, ids: frozenset[str]) -> Finding | None:
        """Returns the most important insight or warning with numbers about any of these ids, or None.

        A remark on how the map is written has none: it is not for who reads the map. What was measured of a barrier
        that is not ours to change is a hint, and counts here as well.
        """
        for found in self.findings:
            told = found.level in {"insight", "warning"} or (found.level == "hint" and found.rule == "barrier")
            if told and found.evidence and found.place.id in ids and not found.edit:
                return found
        return None
