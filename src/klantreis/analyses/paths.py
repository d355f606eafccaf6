"""Paths: what follows what (directly-follows graph) and which whole routes people take (variants)."""

from __future__ import annotations

from dataclasses import dataclass

from klantreis.analyses.result import Result
from klantreis.stats.intervals import Estimate

name = "paths"
START, END = "start", "end"


@dataclass(frozen=True, slots=True)
class Options:
    """`unmapped`: also draw events the map does not know, under their event name. `collapse`: repeats of the same
    touchpoint in a row count once. `top`: how many variants the Result keeps (all are counted).
    """

    unmapped: bool = False
    collapse: bool = False
    top: int = 1000


@dataclass(frozen=True, slots=True)
class Node:
    """One touchpoint: how often it was met, in how many journeys, by how many people; journeys starting, ending and
    coming back (met more than once) there.
    """

    id: str
    count: int
    journeys: int
    people: int
    starts: int
    ends: int
    repeats: int


@dataclass(frozen=True, slots=True)
class Edge:
    """`count` immediate successions, by `people` distinct persons; `share` of all that leave `source` (end included);
    seconds between the two (None for start and end).
    """

    source: str
    target: str
    count: int
    people: int
    share: float
    mean_seconds: float | None = None
    median_seconds: float | None = None
    p90_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Variant:
    """One whole route: how many journeys took exactly it, their share, and the share covered so far."""

    path: tuple[str, ...]
    count: int
    share: Estimate
    coverage: float


@dataclass(frozen=True, slots=True)
class Paths(Result):
    """The graph and the variants, most frequent first (ties by name). Sum of edge counts = events + journeys."""

    journeys: int = 0
    people: int = 0
    events: int = 0
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    variants: tuple[Variant, ...] = ()
    variants_all: int = 0
    collapsed: int = 0
