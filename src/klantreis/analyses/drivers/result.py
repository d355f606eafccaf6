"""`Drivers`: what goes with reaching the outcome or with leaving, and the barriers among it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from klantreis.analyses.barriers import Barrier
from klantreis.analyses.drivers.options import Kind
from klantreis.analyses.result import Result, about_dict
from klantreis.labels import Label
from klantreis.stats.association import OddsRatio
from klantreis.stats.intervals import Estimate

Verdict = Literal["reaching", "leaving", "length", "unclear"]
"""What a driver goes with. 'length': at like length it is gone, or turns round. 'unclear': cannot tell."""


@dataclass(frozen=True, slots=True)
class Driver:
    """One thing that people do or meet before the outcome, and what it goes with (never: causes).

    `name` is a touchpoint, event, channel or word. For 'failed', 'repeat', 'back' and 'slow' only those are compared
    who met the touchpoint; `longer_than` is the seconds above which a stay is slow. `with_it`, `without_it`: the share
    that reaches the outcome. `odds`: with 0.5 added to each cell. `alike`: the odds ratio among those who did about as
    much, None when it cannot be told. `q`, `alike_q`: the p of no difference, overall and at like length (Cochran-
    Mantel-Haenszel), adjusted for all that were compared.
    `on_the_way`: nearly all who reach the outcome have it, so it is a part of the way and no reason. `lopsided`: one
    group is over ten times the other, so be careful.
    """

    kind: Kind
    name: str
    with_it: Estimate
    without_it: Estimate
    odds: OddsRatio
    q: float
    alike: OddsRatio | None = None
    alike_q: float = 1.0
    verdict: Verdict = "unclear"
    on_the_way: bool = False
    lopsided: bool = False
    longer_than: float | None = None
    examples: tuple[str, ...] = ()


FeelVerdict = Literal["lower", "higher", "length", "unclear"]


@dataclass(frozen=True, slots=True)
class FeelDriver:
    """One thing that people did or met before their last answer, and the feeling that it goes with (never: causes).

    `with_it`, `without_it`: mean feeling of both, -2 to +2; `gap` the first minus the second (Welch). For 'failed',
    'repeat', 'back' and 'slow' only those are compared who met the touchpoint. `alike`: the gap among those who did
    about as much, None when it cannot be told. `q`, `alike_q`: the p of no gap, adjusted for all that were compared.
    """

    kind: Kind
    name: str
    with_it: Estimate
    without_it: Estimate
    gap: Estimate
    q: float
    alike: Estimate | None = None
    alike_q: float = 1.0
    verdict: FeelVerdict = "unclear"
    longer_than: float | None = None
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drivers(Result):
    """`drivers`: all that were compared, the most telling first; `few`: how many had too few people to compare.

    `reached`: the share of the `unit`s ('person' or 'journey') that reaches the outcome; `still` may still do so and
    count nowhere. `barriers`: what goes with leaving or with feeling worse. `per_success`: mean value of a success,
    None when not known. `feel`: what goes with how the `answered` felt who answered one of `surveys`.
    """

    outcome: tuple[str, ...] = ()
    unit: Literal["person", "journey"] = "person"
    reached: Estimate = field(default_factory=lambda: Estimate(None, 0))
    still: int = 0
    few: int = 0
    drivers: tuple[Driver, ...] = ()
    barriers: tuple[Barrier, ...] = ()
    per_success: float | None = None
    why: Label = field(default_factory=Label)
    feel: tuple[FeelDriver, ...] = ()
    answered: int = 0
    surveys: tuple[str, ...] = ()

    def feels(self, kind: Kind, name: str) -> FeelDriver | None:
        """Returns what one thing goes with in feeling, None when it was not compared."""
        return next((one for one in self.feel if (one.kind, one.name) == (kind, name)), None)

    def driver(self, kind: Kind, name: str) -> Driver | None:
        """Returns one driver, None when it was not compared."""
        return next((one for one in self.drivers if (one.kind, one.name) == (kind, name)), None)

    def to_dict(self) -> dict[str, Any]:
        """Returns the drivers in the shape of `schemas/drivers.schema.json`."""
        return {
            "outcome": list(self.outcome),
            "unit": self.unit,
            "reached": self.reached.to_dict(),
            "still": self.still,
            "few": self.few,
            "drivers": [_driver(one) for one in self.drivers],
            "barriers": [one.to_dict() for one in self.barriers],
            "per_success": self.per_success,
            "feel": [_feel(one) for one in self.feel],
            "answered": self.answered,
            "surveys": list(self.surveys),
            "why": {"nl": self.why.text("nl"), "en": self.why.text("en")},
            "about": about_dict(self.about),
        }

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row per driver: shares with and without, odds ratios with interval, q and verdict.

        The same of the feeling stands in columns `feel_...`. What was compared in feeling only has no shares.
        """
        judged = [(one.kind, one.name) for one in self.drivers]
        keys = dict.fromkeys([*judged, *((one.kind, one.name) for one in self.feel)])
        return [_row(kind, name, self.driver(kind, name)) | _feel_row(self.feels(kind, name)) for kind, name in keys]


def _row(kind: str, name: str, one: Driver | None) -> dict[str, Any]:
    if one is None:
        return {"kind": kind, "name": name} | dict.fromkeys(_SHARES)
    return (
        {"kind": one.kind, "name": one.name, "n": one.with_it.n}
        | {"with_it": one.with_it.value, "without_it": one.without_it.value}
        | {"odds_ratio": one.odds.value, "low": one.odds.low, "high": one.odds.high, "q": one.q}
        | {"alike": one.alike.value if one.alike else None, "alike_low": one.alike.low if one.alike else None}
        | {"alike_high": one.alike.high if one.alike else None, "alike_q": one.alike_q}
        | {"verdict": one.verdict, "on_the_way": one.on_the_way, "lopsided": one.lopsided}
    )


_SHARES = (
    "n", "with_it", "without_it", "odds_ratio", "low", "high", "q", "alike", "alike_low", "alike_high", "alike_q",
    "verdict", "on_the_way", "lopsided",
)  # fmt: skip
_FEELS = ("feel_n", "feel_with", "feel_without", "feel_gap", "feel_low", "feel_high", "feel_q", "feel_verdict")


def _feel_row(one: FeelDriver | None) -> dict[str, Any]:
    if one is None:
        return dict.fromkeys(_FEELS)
    told = (one.with_it.n, one.with_it.value, one.without_it.value, one.gap.value, one.gap.low, one.gap.high)
    return dict(zip(_FEELS, (*told, one.q, one.verdict), strict=True))


def _feel(one: FeelDriver) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "name": one.name,
        "with_it": one.with_it.to_dict(),
        "without_it": one.without_it.to_dict(),
        "gap": one.gap.to_dict(),
        "q": one.q,
        "alike": None if one.alike is None else one.alike.to_dict(),
        "alike_q": one.alike_q,
        "verdict": one.verdict,
        "longer_than": one.longer_than,
        "examples": list(one.examples),
    }


def _driver(one: Driver) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "name": one.name,
        "with_it": one.with_it.to_dict(),
        "without_it": one.without_it.to_dict(),
        "odds": one.odds.to_dict(),
        "q": one.q,
        "alike": None if one.alike is None else one.alike.to_dict(),
        "alike_q": one.alike_q,
        "verdict": one.verdict,
        "on_the_way": one.on_the_way,
        "lopsided": one.lopsided,
        "longer_than": one.longer_than,
        "examples": list(one.examples),
    }
