"""What stands in the way and what is done: needs, barriers, offers, opportunities, changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from klantreis.labels import Label
from klantreis.map.kinds import BarrierKind, ChangeKind, Provenance, Severity
from klantreis.map.matching import Condition


@dataclass(frozen=True, slots=True)
class Need:
    """What the customer wants to know or have at a step or touchpoint `at` (behoefte, vraag).

    `content` is the asset or https address that answers it, `offer` the offer that meets it; `answered` None means
    that nobody looked.
    """

    id: str
    label: Label
    at: str
    kind: Literal["question", "need"] = "question"
    content: str | None = None
    offer: str | None = None
    answered: Literal["yes", "partly", "no"] | None = None
    provenance: Provenance = "assumed"
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """An offer at a step or touchpoint, from `starts` up to and including `ends` (dates), judged by a KPI."""

    id: str
    label: Label
    at: str | None = None
    terms: Label = field(default_factory=Label)
    kpi: str | None = None
    starts: str | None = None
    ends: str | None = None


@dataclass(frozen=True, slots=True)
class Barrier:
    """What gets in the customer's way (barrière) at a step or touchpoint `at`."""

    id: str
    label: Label
    at: str
    kind: BarrierKind = "other"
    severity: Severity = "workaround"
    quote: Label = field(default_factory=Label)
    provenance: Provenance = "assumed"
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opportunity:
    """An idea that takes a barrier away (kans). Impact, effort and confidence run from 1 to 5.

    `cost` is what it would take once, in the workspace's currency. The score is in `klantreis.map.score`.
    """

    id: str
    label: Label
    solves: tuple[str, ...] = ()
    kind: ChangeKind = "process"
    impact: int | None = None
    effort: int | None = None
    confidence: int | None = None
    status: Literal["idea", "planned", "testing", "shipped", "rejected"] = "idea"
    note: Label = field(default_factory=Label)
    owner: str | None = None
    cost: float | None = None
    assets: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arm:
    """Who has a change, or who has not: a segment or touchpoint by its id, or a rule on the event that opens a journey.

    `text` is what was written; `any_of` the sets of conditions of a rule, () when `text` is an id.
    """

    text: str
    any_of: tuple[tuple[Condition, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """Something that is changed to try an opportunity, and what came of it (verandering).

    `tests` is the opportunity; a change with the id of an opportunity tests that one. `metric` is the KPI that
    decides, after `window_seconds`; `guardrail` is what must not get worse. `verdict` None: not known yet. `treated`
    and `control` say who has it and who has not, `split` which share of them should have it. `min_lift` is the
    smallest relative effect (0 to 1) that would matter.
    """

    id: str
    label: Label
    tests: str | None = None
    kind: ChangeKind | None = None
    at: str | None = None
    design: Literal["ab", "before_after", "holdout", "rollout", "none"] = "none"
    starts: str | None = None
    metric: str | None = None
    window_seconds: float | None = None
    guardrail: str | None = None
    verdict: Literal["improved", "no_difference", "worse", "inconclusive"] | None = None
    note: Label = field(default_factory=Label)
    treated: Arm | None = None
    control: Arm | None = None
    split: float | None = None
    min_lift: float | None = None
