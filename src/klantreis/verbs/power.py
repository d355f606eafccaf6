"""`power`: how many people a test needs before it starts, and how long that takes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from klantreis.analyses.result import framed, printed, tabled
from klantreis.errors import OptionError
from klantreis.kinds import held
from klantreis.labels import Label
from klantreis.stats.power import days_for, people_for_mean, people_for_share, smallest_lift

FACTORS = (0.5, 1, 1.5, 2, 3)


@dataclass(frozen=True, slots=True)
class Need:
    """How many people, both groups together, show a relative `lift`; in so many days (None: not asked)."""

    lift: float
    people: int
    days: int | None


@dataclass(frozen=True, slots=True, repr=False)
class Plan:
    """What a test needs. `asked` answers the question; `needs` are lifts around it. `reachable`: the smallest lift
    that `days` days of people can show (None: not asked, or none).
    """

    base: float
    split: float
    power: float
    alpha: float
    asked: Need
    needs: tuple[Need, ...]
    per_day: float | None = None
    days: int | None = None
    reachable: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """Returns the plan as plain values, as in `schemas/power.schema.json`."""
        return asdict(self)

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row per lift: lift, people, days."""
        return [asdict(need) for need in self.needs]

    def to_frame(self, kind: str = "pandas") -> Any:
        """Returns `rows()` as a data frame: kind 'pandas', 'polars' or 'arrow'. Raises OptionError for another word."""
        return framed(self.rows(), kind)

    def __repr__(self) -> str:
        """Returns what was asked with its answer, and the table of lifts around it."""
        return "\n".join([f"Plan: {self._told()}", *printed(self.rows())])

    def _repr_html_(self) -> str:
        return f"<p>{self._told()}</p>{tabled(self.rows())}"

    def _told(self) -> str:
        days = "" if self.asked.days is None else f", {self.asked.days:,} days"
        return f"{self.asked.people:,} people{days} for a lift of {round(self.asked.lift * 100, 4):g}% on {self.base:g}"


@held
def power(
    base: float,
    lift: float = 0.1,
    *,
    deviation: float | None = None,
    split: float = 0.5,
    power: float = 0.8,
    alpha: float = 0.05,
    per_day: float | None = None,
    days: int | None = None,
) -> Plan:
    """Returns how many people it takes to find a relative `lift` of a `base`, before a test starts.

    `base` is a share (0 to 1); with `deviation` (its standard deviation) it is a mean, of money for example. `split`:
    the share that gets the change; the rest is held out. `power`: how sure to find the lift when it is there; `alpha`:
    how often to find one that is not. `per_day` people who come in, to give days; with `days` also what that time can
    show. Two-sided, one look. Raises OptionError for a number that cannot be.
    """
    _checked(split, power, alpha, per_day)
    lifts = [lift * factor for factor in FACTORS]
    if deviation is None:
        lifts = [one for one in lifts if 0 < base * (1 + one) < 1 or one == lift]

    def need(one: float) -> Need:
        given = {"split": split, "power": power, "alpha": alpha}
        if deviation is None:
            people = people_for_share(base, one, **given)
        else:
            people = people_for_mean(deviation, base * one, **given)
        return Need(one, people, None if per_day is None else days_for(people, per_day))

    reachable = None
    if per_day is not None and days is not None and deviation is None:
        reachable = smallest_lift(base, round(per_day * days), split=split, power=power, alpha=alpha)
    return Plan(base, split, power, alpha, need(lift), tuple(need(one) for one in lifts), per_day, days, reachable)


def _checked(split: float, power: float, alpha: float, per_day: float | None) -> None:
    for word, share in (("split", split), ("power", power), ("alpha", alpha)):
        if not 0 < share < 1:
            raise OptionError(
                Label(f"{word} {share:g} kan niet.", f"A {word} of {share:g} cannot be."),
                where=word,
                mend=Label("Schrijf een aandeel: 80% of 0.8.", "Write a share: 80% or 0.8."),
            )
    if per_day is not None and per_day <= 0:
        raise OptionError(
            Label("Er komt niemand langs.", "Nobody comes by."),
            where="per_day",
            mend=Label("Geef hoeveel mensen er op een dag binnenkomen.", "Give how many people come in on a day."),
        )
