"""`Clv`: what customers will still buy, and what that is worth."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.result import Result, about_dict
from klantreis.labels import Label
from klantreis.stats.intervals import Estimate

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
NO_VALUE = Estimate(None, 0)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a model: its `estimate` with interval (in logarithms, so never below zero), and its standard
    `error`. `identified` False: the data do not pin it down, and the estimate is left empty.
    """

    name: str
    estimate: Estimate
    error: float | None
    identified: bool


@dataclass(frozen=True, slots=True)
class Fitted:
    """A model as fitted: its parameters and log-likelihood; `identified` as a whole; `why` not, in words."""

    model: str
    parameters: tuple[Parameter, ...] = ()
    log_likelihood: float | None = None
    identified: bool = False
    why: Label = field(default_factory=Label)


@dataclass(frozen=True, slots=True)
class Repeats:
    """How many customers came back `times` periods (`or_more` for the last row), and how many the model expects."""

    times: int
    or_more: bool
    customers: int
    expected: float


@dataclass(frozen=True, slots=True)
class Held:
    """The model against what happened after `as_of`: purchases expected in the `weeks` that followed, and bought."""

    weeks: float
    expected: Estimate
    bought: int


@dataclass(frozen=True, slots=True, eq=False)
class Foretold:
    """All customers as arrays of one length, by id: repeat periods, recency and age in the model's time, the chance to
    be a customer still, purchases to expect within the horizon, value per order and value within the horizon (NaN: not
    known; of the chance as well, when `alive` has no value).
    """

    customer: tuple[str, ...]
    frequency: Ints
    recency: Floats
    age: Floats
    alive: Floats
    purchases: Floats
    order_value: Floats
    value: Floats

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Foretold) and all(
            np.array_equal(
                getattr(self, name), getattr(other, name), equal_nan=name in {"alive", "order_value", "value"}
            )
            for name in self.__slots__
        )

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Clv(Result):
    """What is to be expected of the present customers within the horizon. Money is revenue, not discounted.

    `purchases`: repeat purchases of all of them, its interval where the real number will lie: unsure parameters and
    chance together. `alive`: how many are customers still, no value when nobody who came back is left. `newcomer`: what
    one new customer will buy again. `value`: revenue of these purchases; `value_why` says why there is none.
    `correlation`: between how often and how much, which Gamma-Gamma assumes to be near 0. `unit`: the model's time,
    'week' or 'month'. `why`: why there is
    nothing.
    """

    model: str = "bgnbd"
    as_of: str = ""
    period: str = "day"
    unit: str = "week"
    horizon: float = 52.0
    customers: int = 0
    repeaters: int = 0
    fitted: Fitted = field(default_factory=lambda: Fitted("bgnbd"))
    purchases: Estimate = NO_VALUE
    alive: Estimate = NO_VALUE
    newcomer: Estimate = NO_VALUE
    repeats: tuple[Repeats, ...] = ()
    held: Held | None = None
    money: Fitted | None = None
    value: Estimate = NO_VALUE
    order_value: Estimate = NO_VALUE
    correlation: Estimate = NO_VALUE
    value_why: Label = field(default_factory=Label)
    foretold: Foretold | None = None
    listed: bool = False
    why: Label = field(default_factory=Label)

    def to_dict(self) -> dict[str, Any]:
        """Returns what is expected as in `schemas/clv.schema.json`; the customers too when they were asked for."""
        found = {
            "model": self.model,
            "as_of": self.as_of,
            "period": self.period,
            "unit": self.unit,
            "horizon": self.horizon,
            "customers": self.customers,
            "repeaters": self.repeaters,
            "fitted": _fitted(self.fitted),
            "purchases": self.purchases.to_dict(),
            "alive": self.alive.to_dict(),
            "newcomer": self.newcomer.to_dict(),
            "repeats": [asdict(row) for row in self.repeats],
            "held": None if self.held is None else asdict(self.held),
            "money": None if self.money is None else _fitted(self.money),
            "value": self.value.to_dict(),
            "order_value": self.order_value.to_dict(),
            "correlation": self.correlation.to_dict(),
            "value_why": _texts(self.value_why),
            "why": _texts(self.why),
            "about": about_dict(self.about),
        }
        return found | ({"foretold": self.rows()} if self.listed else {})

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row per customer: what was seen, the chance to be one still, and what is to be expected."""
        if self.foretold is None:
            return []
        names = [name for name in Foretold.__slots__ if name != "customer"]
        columns = [getattr(self.foretold, name).tolist() for name in names]
        return [
            {"customer": customer} | {name: _known(number) for name, number in zip(names, row, strict=True)}
            for customer, *row in zip(self.foretold.customer, *columns, strict=True)
        ]


def _fitted(fitted: Fitted) -> dict[str, Any]:
    return asdict(fitted) | {"why": _texts(fitted.why)}


def _known(number: float) -> float | None:
    return None if number != number else number  # noqa: PLR0124 - NaN is the one number that is not itself


def _texts(label: Label) -> dict[str, str]:
    return {"nl": label.text("nl"), "en": label.text("en")}
