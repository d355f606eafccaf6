"""What a funnel tells: its steps, who is apart, how long it took, and the same per group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from klantreis.analyses.funnel.options import Exclusion
from klantreis.analyses.result import Result, about_dict
from klantreis.errors import OptionError, did_you_mean
from klantreis.labels import Label
from klantreis.stats.compare import difference
from klantreis.stats.intervals import Estimate
from klantreis.stats.spread import SECOND
from klantreis.stats.untold import Untold

NONE = Estimate(None, 0)


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """One step: `people` who reached it (all entries), `mature` of them whose entry had its whole window in the data,
    `share` of the mature entrants at step 1 that reached this step, `from_previous` of the mature that reached the
    step before that everybody takes, `of_all` of everyone in the data, and seconds from the previous step of the
    matched attempt (quartiles and p90; None when nobody). `optional`: it may be skipped. Without a window both shares
    are of `people`, and `mature` those whose journey is over.
    """

    step: str
    people: int
    mature: int
    share: Estimate
    from_previous: Estimate
    q25_seconds: float | None = None
    median_seconds: float | None = None
    q75_seconds: float | None = None
    p90_seconds: float | None = None
    of_all: Estimate = field(default_factory=lambda: NONE)
    optional: bool = False


@dataclass(frozen=True, slots=True)
class ToConvert:
    """Seconds from the first to the last step of the matched attempts that got there (`n` in `median`).

    `median_of_all`: the median over all entries, open ones counted until the end of the data (Kaplan-Meier); its value
    is None when fewer than half are known to convert. None: nobody's entry is open, or there is no window.
    """

    median: Estimate = NONE
    q25_seconds: float | None = None
    q75_seconds: float | None = None
    p90_seconds: float | None = None
    median_of_all: Estimate | None = None


@dataclass(frozen=True, slots=True)
class FunnelGroup:
    """Those whose matched attempt carries `value`. `kind`: 'value'; without a value 'missing' (the event carries
    none), 'not_reached' (the step was not), 'mixed' (its events differ) or 'other' (the smaller groups together).

    `difference`: the share that reached the last step, minus the same share of everybody else (Newcombe). `to_convert`
    is empty of the smaller groups together.
    """

    value: str | None
    kind: str
    steps: tuple[FunnelStep, ...]
    difference: Estimate
    median_seconds: float | None = None
    to_convert: ToConvert = field(default_factory=ToConvert)


@dataclass(frozen=True, slots=True)
class Funnel(Result):
    """The steps; `all_people` is everyone in the data, entered or not; `open_entries` people whose entry is immature;
    `excluded` people whose every attempt was excluded, who are in no step.

    `unknown`: touchpoints of the steps and exclusions that the data has no name for. `met`: in a funnel without an
    order, per step id how many did it in their matched attempt.
    """

    steps: tuple[FunnelStep, ...] = ()
    within: int | None = None
    all_people: int = 0
    open_entries: int = 0
    median_seconds: float | None = None
    """From first to last step, of those who got there."""
    ties: str = "step"
    entry: str = "any"
    order: str = "ordered"
    grain: str = "person"
    unknown: tuple[str, ...] = ()
    excluded: int = 0
    to_convert: ToConvert = field(default_factory=ToConvert)
    step_within: tuple[int | None, ...] = ()
    exclude: tuple[Exclusion, ...] = ()
    met: tuple[tuple[str, int], ...] = ()
    by: str | None = None
    value_of: str = "first"
    groups: tuple[FunnelGroup, ...] = ()
    compare: tuple[str, str] | None = None
    """Two groups whose difference stands in the dictionary; None: no two."""

    @property
    def may_go_on(self) -> int:
        """How many may still get further, so that the shares are so far: without a window, the open journeys that are
        not at the last step yet. 0 with a window, whose shares leave out who had too little time. Where how many are
        open is not told, only that these are few.
        """
        if self.within is not None or not self.steps:
            return 0
        if isinstance(self.open_entries, Untold):
            return Untold(self.open_entries.least)
        return max(0, self.open_entries - (self.steps[-1].people - self.steps[-1].mature))

    def difference(self, one: str | None, other: str | None, step: str | None = None) -> Estimate:
        """Returns the share of group `one` minus that of group `other` at a step (None: the last), -1 to 1.

        With Newcombe's interval at 95 %. Raises OptionError for a group or step there is not, and for segments, which
        share people: compare each with everybody else (`FunnelGroup.difference`).
        """
        if self.by == "segment":
            raise OptionError(
                Label(
                    "Segmenten kunnen personen delen, dus zijn twee ervan geen losse groepen.",
                    "Segments may share people, so two of them are no independent groups.",
                ),
                mend=Label(
                    "Neem het verschil van elk segment met alle anderen.",
                    "Use the difference of each segment with everybody else.",
                ),
            )
        ids = [found.step for found in self.steps]
        if step is not None and step not in ids:
            raise OptionError(
                Label(f"De stap {step!r} is er niet.", f"There is no step {step!r}."), mend=did_you_mean(step, ids)
            )
        place = len(ids) - 1 if step is None else ids.index(step)
        return difference(self._count(self._group(one), place), self._count(self._group(other), place))

    def _count(self, group: FunnelGroup, place: int) -> tuple[int, int]:
        first, last = group.steps[0], group.steps[place]
        return (last.people, first.people) if self.within is None else (last.mature, first.mature)

    def _group(self, value: str | None) -> FunnelGroup:
        for group in self.groups:
            if group.value == value and group.kind in {"value", "missing"}:
                return group
        known = [group.value for group in self.groups if group.value is not None]
        raise OptionError(
            Label(f"De groep {value!r} is er niet.", f"There is no group {value!r}."),
            mend=did_you_mean(str(value), known),
        )

    def to_dict(self) -> dict[str, Any]:
        """Returns the funnel in the shape of `schemas/funnel.schema.json`."""
        return {
            "steps": [asdict(step) for step in self.steps],
            "within_seconds": _seconds(self.within),
            "all_people": self.all_people,
            "open_entries": self.open_entries,
            "may_go_on": self.may_go_on,
            "excluded": self.excluded,
            "median_seconds": self.median_seconds,
            "to_convert": asdict(self.to_convert),
            "rules": {"ties": self.ties, "entry": self.entry, "order": self.order, "grain": self.grain}
            | {
                "step_within_seconds": [_seconds(limit) for limit in self.step_within],
                "exclude": [self._excluding(one) for one in self.exclude],
            },
            "met": [{"step": step, "people": people} for step, people in self.met],
            "by": self.by,
            "value_of": self.value_of if self.by else None,
            "groups": [asdict(group) for group in self.groups],
            "compared": self._compared(),
            "unknown": list(self.unknown),
            "about": about_dict(self.about),
        }

    def _compared(self) -> dict[str, Any] | None:
        if self.compare is None:
            return None
        one, other = self.compare
        steps = [
            {"step": step.step, "difference": self.difference(one, other, step.step).to_dict()} for step in self.steps
        ]
        return {"one": one, "other": other, "steps": steps}

    def _excluding(self, one: Exclusion) -> dict[str, Any]:
        ids = [step.step for step in self.steps]
        return {"touchpoints": list(one.touchpoints), "after": ids[one.after], "before": ids[one.before]}

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row per step; estimates stand in columns `share`, `share_low`, `share_high`, `share_n`.

        At the last step stands how long the whole way took: `convert_seconds` (median) and `convert_of_all`
        (Kaplan-Meier), each with `_low`, `_high`, `_n`; empty at the other steps. Split `by` something: first
        everybody, then each group; its value and kind stand in `group` and `group_kind`.
        """
        if self.by is None:
            return _rows(self.steps, self.to_convert)
        whole = [{"group": None, "group_kind": "everybody"} | row for row in _rows(self.steps, self.to_convert)]
        return whole + [
            {"group": one.value, "group_kind": one.kind} | row
            for one in self.groups
            for row in _rows(one.steps, one.to_convert)
        ]


def _rows(steps: Sequence[FunnelStep], took: ToConvert) -> list[dict[str, Any]]:
    ended = {"convert_seconds": asdict(took.median), "convert_of_all": asdict(took.median_of_all or NONE)}
    before = {key: dict.fromkeys(NONE.to_dict()) for key in ended}
    return [_flat(asdict(step) | (ended if step is steps[-1] else before)) for step in steps]


def _seconds(micros: int | None) -> float | None:
    return None if micros is None else micros / SECOND


def _flat(step: dict[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for key, value in step.items():
        if isinstance(value, dict):
            row |= {key if part == "value" else f"{key}_{part}": number for part, number in value.items()}
        else:
            row[key] = value
    return row
