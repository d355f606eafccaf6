"""Paths: what follows what (directly-follows graph) and which whole routes people take (variants).

Every journey gets an artificial start and end. An edge counts immediate successions and the distinct people who made
them; its share is of everything that leaves its source, the end included. Steps from a touchpoint to itself are kept.
So the edges add up to events + journeys, always. A variant is a journey's full row of touchpoints.

Two transforms, each with a counter: events the map does not know are left out (unless `unmapped`), and with
`collapse` repeats of the same touchpoint in a row count once, at their first moment. A journey in which nothing is
left is left out, and counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np

from klantreis.analyses.later import Later
from klantreis.analyses.paths_graph import graph
from klantreis.analyses.paths_variants import Chunk, joined, most_taken_row, routes
from klantreis.analyses.paths_variants import exchanged as routes_exchanged
from klantreis.analyses.result import Result, about_dict, made
from klantreis.analyses.succession import OUTSIDE, Codes, Ints, Tally, added, ends, named, outside, runs, waits
from klantreis.journeys.model import About, Bucket
from klantreis.stats.exchange import exchanged
from klantreis.stats.intervals import Estimate, share
from klantreis.stats.spread import Spreads, Summary, summaries
from klantreis.stats.spread import merge as spread_over
from klantreis.stats.spread import settled as one_piece

name = "paths"
START, END = "start", "end"


@dataclass(frozen=True, slots=True)
class Options:
    """`unmapped`: also draw events the map does not know, under their event name. `collapse`: repeats of the same
    touchpoint in a row count once. `top`: how many variants the Result keeps (all are counted).
    """

    unmapped: bool = False
    collapse: bool = False
    top: int = 10_000


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
    min_seconds: float | None = None
    max_seconds: float | None = None
    exact: bool = True
    """False: median and p90 come from a histogram, within 0.4 %."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One whole route: how many journeys took exactly it, their share, and the share covered so far."""

    path: tuple[str, ...]
    count: int
    share: Estimate
    coverage: float


@dataclass(frozen=True, slots=True)
class Paths(Result):
    """The graph and the variants, most frequent first (ties by name). Sum of edge counts = events + journeys.

    `unmapped_left_out`, `collapsed`: events that a transform took away; `journeys_left_out`: journeys without one
    event on the map. `start`, `end`: what the artificial nodes are called here.
    """

    journeys: int = 0
    people: int = 0
    events: int = 0
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    variants: Sequence[Variant] = ()
    variants_all: int = 0
    collapsed: int = 0
    unmapped_left_out: int = 0
    journeys_left_out: int = 0
    start: str = START
    end: str = END

    @property
    def between(self) -> list[Edge]:
        """The edges from one touchpoint to another or to itself: all but those of the start and the end."""
        return [edge for edge in self.edges if edge.source != self.start and edge.target != self.end]

    @property
    def transitions(self) -> int:
        """How many times somebody went from one touchpoint to another or to itself, whether or not an edge is told."""
        return max(0, self.events - self.journeys)

    def to_dict(self) -> dict[str, Any]:
        """Returns the paths in the shape of `schemas/paths.schema.json`."""
        return {
            "journeys": self.journeys,
            "events": self.events,
            "people": self.people,
            "transitions": self.transitions,
            "edges": [_edge_dict(edge) for edge in self.edges],
            "variants": [_variant_dict(variant) for variant in self.variants],
            "nodes": [asdict(node) for node in self.nodes],
            "variants_all": self.variants_all,
            "start": self.start,
            "end": self.end,
            "transforms": {
                "unmapped_left_out": self.unmapped_left_out,
                "journeys_left_out": self.journeys_left_out,
                "collapsed": self.collapsed,
            },
            "about": about_dict(self.about),
        }

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row per edge."""
        return [_edge_dict(edge) for edge in self.edges]


@dataclass(frozen=True, slots=True)
class Part:
    """What one bucket adds: `totals` (journeys, people, events, unmapped, journeys left out, collapsed), `edges`
    (count, people), `nodes` (journeys, people, repeats), waiting times per edge, and distinct routes.
    """

    totals: Ints
    edges: Tally
    nodes: Tally
    seconds: Spreads
    routes: tuple[Chunk, ...]


def measure(bucket: Bucket, options: Options) -> Part:
    """Returns what one bucket adds to the graph and the variants."""
    found = runs(bucket, unmapped=options.unmapped, collapse=options.collapse)
    counted = graph(found)
    people = int(np.count_nonzero(found.person[1:] != found.person[:-1])) + min(1, len(found.person))
    totals = [len(found.person), people, len(found.node), found.unmapped, found.left_out, found.collapsed]
    return Part(
        totals=np.array(totals, np.int64),
        edges=counted.edges,
        nodes=counted.nodes,
        seconds=waits(found, counted.taken),
        routes=(routes(found, counted.mixed),),
    )


def merge(one: Part, other: Part) -> Part:
    """Returns two parts as one; associative and commutative."""
    return Part(
        totals=one.totals + other.totals,
        edges=added(one.edges, other.edges),
        nodes=added(one.nodes, other.nodes),
        seconds=spread_over(one.seconds, other.seconds),
        routes=joined(one.routes, other.routes),
    )


def exchange(whole: Part, was: Part, now: Part) -> Part:
    """Returns the part of all when some, who were `was`, are `now`."""
    routes = routes_exchanged(whole.routes, was.routes, now.routes)
    bare = (replace(part, routes=()) for part in (whole, was, now))
    return replace(exchanged(*bare), routes=routes)


def settled(part: Part) -> Part:
    """Returns the part of all, its durations in one piece."""
    return replace(part, seconds=one_piece(part.seconds))


def finish(part: Part, options: Options, about: About) -> Paths:
    """Returns the graph and the variants; without journeys all counts are 0 and all lists empty."""
    journeys, people, events, unmapped, left_out, collapsed = part.totals.tolist()
    codes = part.nodes.keys.tolist()
    called = dict(zip(codes, named(codes, about.names), strict=True))
    start, end = outside(START, about.names), outside(END, about.names)
    with ThreadPoolExecutor(1) as beside:  # names are Python's work, quantiles are a kernel's
        seconds = beside.submit(summaries, part.seconds)
        variants_all, variants = _variants(part, options.top, called, journeys)
    return Paths(
        about=about,
        journeys=journeys,
        people=people,
        events=events,
        nodes=_nodes(part, called),
        edges=_edges(part.edges, seconds.result(), called, (start, end)),
        variants=variants,
        variants_all=variants_all,
        collapsed=collapsed,
        unmapped_left_out=unmapped,
        journeys_left_out=left_out,
        start=start,
        end=end,
    )


def _nodes(part: Part, called: dict[int, str]) -> tuple[Node, ...]:
    source, target = ends(part.edges.keys)
    count = part.edges.table[:, 0]

    def sums(places: Ints, where: Ints | slice = slice(None)) -> Ints:
        out = np.zeros(len(part.nodes.keys), np.int64)
        np.add.at(out, np.searchsorted(part.nodes.keys, places[where]), count[where])
        return out

    first, last = np.flatnonzero(source == OUTSIDE), np.flatnonzero(target == OUTSIDE)
    columns = [sums(target, np.flatnonzero(target != OUTSIDE)), sums(target, first), sums(source, last)]
    listed = [
        Node(called[key], met, journeys, people, starts, stops, repeats)
        for key, met, starts, stops, (journeys, people, repeats) in zip(
            part.nodes.keys.tolist(), *(column.tolist() for column in columns), part.nodes.table.tolist(), strict=True
        )
    ]
    return tuple(sorted(listed, key=lambda node: (-node.count, node.id)))


def _edges(
    edges: Tally, seconds: dict[int, Summary], called: dict[int, str], outside: tuple[str, str]
) -> tuple[Edge, ...]:
    start, end = outside
    source, target = (side.tolist() for side in ends(edges.keys))
    leaving: dict[int, int] = {}
    for one, count in zip(source, edges.table[:, 0].tolist(), strict=True):
        leaving[one] = leaving.get(one, 0) + count
    listed = [
        _edge((called.get(one, start), called.get(other, end)), counts, leaving[one], seconds.get(key))
        for key, one, other, counts in zip(edges.keys.tolist(), source, target, edges.table.tolist(), strict=True)
    ]
    return tuple(sorted(listed, key=lambda edge: (-edge.count, edge.source, edge.target)))


def _edge(names: tuple[str, str], counts: list[int], leaving: int, seconds: Summary | None) -> Edge:
    count, people = counts
    if seconds is None:
        return Edge(*names, count, people, count / leaving)
    spread = seconds.mean, seconds.median, seconds.p90, seconds.min, seconds.max
    return Edge(*names, count, people, count / leaving, *spread, seconds.exact)


def _variants(part: Part, top: int, called: dict[int, str], journeys: int) -> tuple[int, Sequence[Variant]]:
    """Returns how many variants there are, and the most frequent with the share of journeys they cover together."""
    by_name = sorted(called, key=lambda key: called[key])
    rank = {key: place for place, key in enumerate(by_name)}
    every, count, first, nodes = most_taken_row(part.routes, top, rank)
    return every, Later(len(count), partial(_told, (count, first, nodes), called, journeys))


def _told(row: tuple[Ints, Ints, Codes], called: dict[int, str], journeys: int) -> tuple[Variant, ...]:
    """Returns the variants of a row as `most_taken_row` gives it."""
    count, first, nodes = row
    name = tuple(map(called.__getitem__, nodes.tolist()))
    paths = [name[begin:end] for begin, end in pairwise(first.tolist())]
    shares = {once: share(once, journeys) for once in np.unique(count).tolist()}
    often = count.tolist()
    columns = (paths, often, map(shares.get, often), (np.cumsum(count) / journeys).tolist())
    return made(Variant, len(often), columns)


def _edge_dict(edge: Edge) -> dict[str, Any]:
    told = asdict(edge)
    return {"from": told.pop("source"), "to": told.pop("target"), **told}


def _variant_dict(variant: Variant) -> dict[str, Any]:
    return {
        "path": list(variant.path),
        "count": variant.count,
        "share": variant.share.value,
        "share_low": variant.share.low,
        "share_high": variant.share.high,
        "coverage": variant.coverage,
    }
