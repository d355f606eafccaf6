"""`Effects`: what became of each change, with its verdict, its rung on the ladder of proof, and its reasons."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from klantreis.analyses.result import Result, about_dict
from klantreis.labels import Label
from klantreis.stats.intervals import Estimate
from klantreis.stats.split import Split

Rung = Literal["A", "B", "C", "D"]
Verdict = Literal["improved", "no_difference", "worse", "too_soon"]
NONE = Estimate(None, 0)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a verdict is what it is; `code` is stable, `words` say it with its numbers."""

    code: str
    words: Label

    def to_dict(self) -> dict[str, Any]:
        """Returns the code, and the words in both languages."""
        return {"code": self.code, "nl": self.words.text("nl"), "en": self.words.text("en")}


@dataclass(frozen=True, slots=True)
class Guard:
    """The guardrail: which KPI, how much it changed (unit of that KPI), and whether it got worse; None: not known."""

    kpi: str
    gap: Estimate
    unit: str
    broken: bool | None
    label: Label = field(default_factory=Label)

    def to_dict(self) -> dict[str, Any]:
        """Returns the guardrail as plain values."""
        return {"kpi": self.kpi, "gap": self.gap.to_dict(), "unit": self.unit, "broken": self.broken}


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the metric: `value` as it was, `expected` without the change (after it: with its 95 % interval)."""

    day: str
    value: float
    expected: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """What became of one change.

    `treated` and `control` are the metric with the change and without (a period before, or what was foretold), `gap`
    the difference in `unit`, `lift` the same relative to `control`; both with a 95 % interval. `always` is the gap with
    an interval that may be looked at every day. `smallest` is the smallest difference that matters, in `unit`: the band
    of indifference. `n` people, `need` how many find `smallest` four times in five. `days_left` until the window is
    over, 0 when it is. `rung`: A randomised, B rolled out in steps, C a series that is interrupted, D before and after.
    """

    change: str
    kpi: str | None
    design: str
    rung: Rung
    verdict: Verdict
    reasons: tuple[Reason, ...]
    label: Label = field(default_factory=Label)
    kpi_label: Label = field(default_factory=Label)
    unit: str = "share"
    better: Literal["more", "less"] = "more"
    method: str = ""
    treated: float | None = None
    control: float | None = None
    gap: Estimate = NONE
    lift: Estimate = NONE
    always: Estimate = NONE
    p: float | None = None
    smallest: float | None = None
    min_lift: float = 0.1
    n: tuple[int, int] = (0, 0)
    need: int | None = None
    starts: str = ""
    window_days: float | None = None
    days_left: int | None = None
    split: Split | None = None
    both: int = 0
    kept: float = 1.0
    guard: Guard | None = None
    trend: Estimate = NONE
    gone_on: Estimate = NONE
    """Of B: the gap with an interval that holds whether the groups would have gone on level or along a line."""
    gone_on_lately: Estimate = NONE
    """The same, and when their drift began late."""
    placebos: tuple[int, int] | None = None
    """Of how many placebo dates, how many showed as much as the real one: (as much, all)."""
    days: tuple[Day, ...] = ()

    @property
    def causal(self) -> bool:
        """Whether the difference may be called an effect of the change."""
        return self.rung in {"A", "B"} and not any(reason.code == "lately" for reason in self.reasons)

    @property
    def seen(self) -> Estimate:
        """The gap with the interval that may be shown now: while the window runs, the one that holds on any day; of a
        rollout, the one that holds however the groups would have gone on.
        """
        if self.gone_on.value is not None:
            return self.gone_on
        early = bool({"running", "sequence"} & {reason.code for reason in self.reasons})
        return self.always if early and self.always.value is not None else self.gap

    def to_dict(self) -> dict[str, Any]:
        """Returns the effect as plain values, as in `schemas/effect.schema.json`."""
        plain = {name: getattr(self, name) for name in PLAIN}
        estimates = {name: getattr(self, name).to_dict() for name in ESTIMATES}
        return {
            **plain,
            **estimates,
            "causal": self.causal,
            "label": _texts(self.label),
            "kpi_label": _texts(self.kpi_label),
            "reasons": [reason.to_dict() for reason in self.reasons],
            "n": {"treated": self.n[0], "control": self.n[1]},
            "split": None if self.split is None else _split_dict(self.split),
            "guard": None if self.guard is None else self.guard.to_dict(),
            "placebos": None if self.placebos is None else {"as_much": self.placebos[0], "all": self.placebos[1]},
            "days": [asdict(day) for day in self.days],
        }


ESTIMATES = ("gap", "lift", "always", "trend", "gone_on", "gone_on_lately")
PLAIN = (
    "change", "kpi", "design", "rung", "verdict", "unit", "better", "method", "treated", "control", "p", "smallest",
    "min_lift", "need", "starts", "window_days", "days_left", "both", "kept",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Effects(Result):
    """One `Effect` per change that has a date, in the order of the map."""

    effects: tuple[Effect, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Returns the effects as plain values, as in `schemas/effect.schema.json`."""
        return {"about": about_dict(self.about), "effects": [effect.to_dict() for effect in self.effects]}

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row per change."""
        return [_row(effect) for effect in self.effects]

    def effect(self, change: str) -> Effect | None:
        """Returns the effect of a change by its id; None when it was not asked for."""
        return next((one for one in self.effects if one.change == change), None)


def _row(effect: Effect) -> dict[str, Any]:
    return {
        "change": effect.change,
        "kpi": effect.kpi,
        "rung": effect.rung,
        "verdict": effect.verdict,
        "reasons": ", ".join(reason.code for reason in effect.reasons),
        "unit": effect.unit,
        "treated": effect.treated,
        "control": effect.control,
        "gap": effect.gap.value,
        "gap_low": effect.gap.low,
        "gap_high": effect.gap.high,
        "lift": effect.lift.value,
        "lift_low": effect.lift.low,
        "lift_high": effect.lift.high,
        "p": effect.p,
        "n_treated": effect.n[0],
        "n_control": effect.n[1],
        "need": effect.need,
        "days_left": effect.days_left,
        "method": effect.method,
    }


def _texts(label: Label) -> dict[str, str]:
    return {"nl": label.text("nl"), "en": label.text("en")}


def _split_dict(split: Split) -> dict[str, Any]:
    return {"counts": list(split.counts), "planned": list(split.planned), "p": split.p, "alarm": split.alarm}
