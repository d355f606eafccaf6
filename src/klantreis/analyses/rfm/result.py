"""`Rfm`: customers by how recently, how often and for how much they bought."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.result import Result, about_dict
from klantreis.labels import Label
from klantreis.stats.intervals import Estimate

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Group:
    """One segment: its customers and their `share` (of all), orders and money with their shares; medians of recency
    (days), orders and money per customer, None for an empty group.
    """

    segment: str
    label: Label
    customers: int
    share: Estimate
    orders: int
    order_share: float | None
    money: float | None
    money_share: float | None
    recency_days: float | None
    orders_each: float | None
    money_each: float | None


@dataclass(frozen=True, slots=True)
class Cell:
    """Customers with one recency score and one frequency score."""

    recency: int
    frequency: int
    customers: int
    money: float | None


@dataclass(frozen=True, slots=True)
class Threshold:
    """Which values of one measure get which score: from `low` on to below `high` (rule 'quantile'), or the lowest and
    highest value that got it (rule 'ntile'). Recency in days, where less is better.
    """

    measure: str
    score: int
    low: float
    high: float


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """All customers as arrays of one length, by customer id: days since the last order, orders, money in the currency
    (NaN: orders carry no values), scores, and the place of their segment.
    """

    customer: tuple[str, ...]
    recency_days: Ints
    frequency: Ints
    monetary: NDArray[np.float64]
    r: Ints
    f: Ints
    m: Ints
    segment: Ints

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Scored) and all(
            np.array_equal(getattr(self, name), getattr(other, name), equal_nan=name == "monetary")
            for name in self.__slots__
        )

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Rfm(Result):
    """The groups, the grid of recency by frequency, and every customer. `money` None: no order carries a value.

    `rule`, `said`: how scores were given, in words; `note`: what to mind, such as scores that ties decide; `as_of`: the
    day that recency counts back from. `people`: everyone in the data, buying or not. `why` says why there is nothing.
    """

    customers: int = 0
    orders: int = 0
    money: float | None = None
    as_of: str = ""
    rule: str = "ntile"
    said: Label = field(default_factory=Label)
    note: Label = field(default_factory=Label)
    bins: int = 5
    groups: tuple[Group, ...] = ()
    grid: tuple[Cell, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    scored: Scored | None = None
    people: int = 0
    refunds: int = 0
    listed: bool = False
    why: Label = field(default_factory=Label)

    def to_dict(self) -> dict[str, Any]:
        """Returns the groups as in `schemas/rfm.schema.json`; the customers too when they were asked for."""
        found = {
            "customers": self.customers,
            "people": self.people,
            "orders": self.orders,
            "money": self.money,
            "refunds": self.refunds,
            "as_of": self.as_of,
            "rule": {"name": self.rule, "bins": self.bins, **_texts(self.said)},
            "groups": [asdict(group) | {"label": _texts(group.label)} for group in self.groups],
            "grid": [asdict(cell) for cell in self.grid],
            "thresholds": [asdict(threshold) for threshold in self.thresholds],
            "note": _texts(self.note),
            "why": _texts(self.why),
            "about": about_dict(self.about),
        }
        return found | ({"scored": self.rows()} if self.listed else {})

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row per customer: recency in days, orders, money, the three scores and the segment."""
        if self.scored is None:
            return []
        one, names = self.scored, [group.segment for group in self.groups]
        columns = (one.recency_days, one.frequency, one.monetary, one.r, one.f, one.m, one.segment)
        return [
            {
                "customer": customer,
                "recency_days": recency,
                "frequency": frequency,
                "monetary": None if self.money is None else round(money, 4),
                "r": r,
                "f": f,
                "m": m or None,
                "segment": names[segment],
            }
            for customer, recency, frequency, money, r, f, m, segment in zip(
                one.customer, *(column.tolist() for column in columns), strict=True
            )
        ]


def _texts(label: Label) -> dict[str, str]:
    return {"nl": label.text("nl"), "en": label.text("en")}
