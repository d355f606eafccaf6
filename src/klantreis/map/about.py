"""What belongs to the map as a document: scope, parent, version, price bands, assets, comments, blueprint rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from klantreis.labels import Label
from klantreis.map.kinds import Band, Influence, Provenance


@dataclass(frozen=True, slots=True)
class Scope:
    """Where the map begins and ends, and why there. `preset` says which stretch is meant, so that checks know."""

    preset: Literal["whole", "to_purchase", "from_purchase", "part"] = "whole"
    start: Label = field(default_factory=Label)
    end: Label = field(default_factory=Label)


@dataclass(frozen=True, slots=True)
class Parent:
    """The map, and the step of it, that this map looks into."""

    map: str
    step: str | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """What was changed last, by whom and when."""

    note: Label = field(default_factory=Label)
    author: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class PriceBand:
    """A range of prices and how many times longer than usual a customer takes there; None: no bound."""

    id: str
    label: Label
    low: float | None = None
    high: float | None = None
    times: float = 1


@dataclass(frozen=True, slots=True)
class Asset:
    """An image, page or text that is used on the map or towards customers. Width and height in pixels.

    `file` lies within the folder of the map; `url` is an https address. An image has one of the two, and `alt`.
    """

    id: str
    label: Label
    kind: Literal["photo", "video", "page", "text", "ebook", "mail", "tool", "other"] = "photo"
    file: str | None = None
    url: str | None = None
    alt: Label = field(default_factory=Label)
    width: int | None = None
    height: int | None = None
    credit: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark at something on the map; `at` is its id."""

    id: str
    label: Label
    at: str
    author: str | None = None
    date: str | None = None
    resolved: bool = False


@dataclass(frozen=True, slots=True)
class Criterion:
    """What customers choose by (beslisfactor), from 1 (hardly) to 5 (decisive), and whether it is ours to change."""

    id: str
    label: Label
    weight: int = 3
    phase: str | None = None
    influence: Influence = "own"


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another supplier, or another way, that customers weigh; `scores` are (criterion, 1 to 5).

    `us`: this one is ourselves. `differs` says how we differ from it.
    """

    id: str
    label: Label
    phase: str | None = None
    us: bool = False
    pros: tuple[Label, ...] = ()
    cons: tuple[Label, ...] = ()
    scores: tuple[tuple[str, int], ...] = ()
    differs: Label = field(default_factory=Label)
    evidence: tuple[str, ...] = ()


LaneKind = Literal[
    "stage", "step", "do", "think", "expect", "feel", "touchpoint", "channel", "need", "barrier", "opportunity",
    "kpi", "alternative", "owner", "image", "quote", "evidence", "free",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class LaneCell:
    """A text in a free lane under the steps from `start` up to and including `end`."""

    start: str
    end: str
    label: Label
    provenance: Provenance = "assumed"
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of the map (rij): one of the fixed kinds, or free with cells of its own. Rows stand by `order`."""

    id: str
    label: Label
    kind: LaneKind = "free"
    band: Band = "customer"
    order: int | None = None
    hidden: bool = False
    pinned: bool = False
    actor: str | None = None
    cells: tuple[LaneCell, ...] = ()
