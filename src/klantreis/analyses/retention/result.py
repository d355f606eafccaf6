"""What retention gives: a row of intervals for everybody and for each cohort, each cell with its n and interval."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from klantreis.analyses.result import Result, about_dict
from klantreis.errors import OptionError
from klantreis.labels import Label
from klantreis.stats.intervals import Estimate
from klantreis.stats.sbg import Projection, project

EVERYBODY = "all"


@dataclass(frozen=True, slots=True)
class Cell:
    """One interval of one cohort, from unit `since` to `until` (both included) after the start.

    `people`: all who came back in it so far; None when it has begun for nobody. `mature`: those for whom the interval
    is over; `returned`: who of them came back; `share`: returned of mature, no value while nobody is old enough.
    """

    since: int
    until: int
    people: int | None
    mature: int
    returned: int
    share: Estimate


@dataclass(frozen=True, slots=True)
class Cohort:
    """Who began in one day, week (its Monday) or month; `cohort` names it, 'all' for everybody; `people` began."""

    cohort: str
    people: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Met:
    """How many met both the first condition and this one; `share` of those who met the first."""

    condition: str
    people: int
    share: Estimate


@dataclass(frozen=True, slots=True)
class Retention(Result):
    """The row of everybody, a row per cohort, and what was counted.

    `all_people` is everyone in the data, `started` how many of them began at least once; `overall.people` counts
    entries, which are the same people unless starts recur. `unknown`: names that the data does not have.
    """

    overall: Cohort = field(default_factory=lambda: Cohort(EVERYBODY, 0, ()))
    cohorts: tuple[Cohort, ...] = ()
    conditions: tuple[Met, ...] = ()
    all_people: int = 0
    started: int = 0
    unit: str = "day"
    rules: tuple[tuple[str, Any], ...] = ()
    unknown: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Returns retention in the shape of `schemas/retention.schema.json`."""
        return {
            "overall": asdict(self.overall),
            "cohorts": [asdict(cohort) for cohort in self.cohorts],
            "conditions": [asdict(condition) for condition in self.conditions],
            "all_people": self.all_people,
            "started": self.started,
            "unit": self.unit,
            "rules": dict(self.rules),
            "unknown": list(self.unknown),
            "about": about_dict(self.about),
        }

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row per cohort ('all' first) and interval."""
        return [
            {
                "cohort": cohort.cohort,
                "began": cohort.people,
                "since": cell.since,
                "until": cell.until,
                "people": cell.people,
                "mature": cell.mature,
                "returned": cell.returned,
                "share": cell.share.value,
                "share_low": cell.share.low,
                "share_high": cell.share.high,
            }
            for cohort in (self.overall, *self.cohorts)
            for cell in cohort.cells
        ]

    def projection(self, ahead: int = 12) -> Projection:
        """Returns how the curve goes on: the shifted-beta-geometric model of who stays, `ahead` intervals further.

        It needs retention 'on or after', of equal intervals: a curve of who is still there. Where the data do not pin
        the model down the projection has no values and says why. Raises OptionError for another kind of retention.
        """
        rules = dict(self.rules)
        cells = self.overall.cells
        even = all((cell.since, cell.until) == (place, place) for place, cell in enumerate(cells))
        if not rules.get("on_or_after") or rules.get("recurring") or not even:
            raise OptionError(
                Label(
                    "Alleen een lijn van wie er nog is, kan doorgetrokken worden.",
                    "Only a curve of who is still there can be projected.",
                ),
                where="projection",
                mend=Label(
                    "Vraag retentie met on_or_after=True, zonder blokken en zonder terugkerend begin.",
                    "Ask retention with on_or_after=True, without brackets and without recurring starts.",
                ),
            )
        return project([_stayed(cohort) for cohort in self.cohorts or (self.overall,)], ahead=ahead)


def _stayed(cohort: Cohort) -> list[int]:
    """Returns how many of a cohort were still there at each interval that all of it is old enough for."""
    whole = [cell.returned for cell in cohort.cells[1:] if cell.mature == cohort.people]
    return [cohort.people, *whole]
