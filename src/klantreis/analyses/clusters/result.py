"""Clusters as a Result: each with its size, its middle journey and how close together it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol

import numpy as np

from klantreis.analyses.paths_variants import Chunk
from klantreis.analyses.result import Result, about_dict
from klantreis.analyses.succession import Codes
from klantreis.analyses.windows import all_names
from klantreis.journeys.model import About
from klantreis.stats.intervals import Estimate, share
from klantreis.stats.sequences import Floats, Grouping, Ints, distances, medoids

Taken = Callable[[tuple[Chunk, ...], int, dict[int, int]], tuple[int, list[tuple[int, Codes]]]]


@dataclass(frozen=True, slots=True)
class Cluster:
    """One group: its `path` is the medoid, a route really taken (by `exactly` journeys); `journeys` in `variants`
    routes belong to it, a `share` of all that were compared; `distance` is their mean from the medoid, `silhouette`
    how well its routes are apart from the next group (mean, -1 to 1; None with one group). `also` are its
    next most taken routes.
    """

    path: tuple[str, ...]
    journeys: int
    share: Estimate
    variants: int
    exactly: int
    distance: float
    silhouette: float | None
    also: tuple[tuple[str, ...], ...] = ()


class Asked(Protocol):
    """What was asked."""

    @property
    def groups(self) -> int | None:
        """How many clusters."""

    @property
    def most(self) -> int:
        """How many routes at most."""

    @property
    def longest(self) -> int:
        """How long a route may be."""


@dataclass(frozen=True, slots=True)
class Clusters(Result):
    """`clusters`, largest first. `medoid` is the middle of all journeys together. `compared` of the `journeys` took one
    of the `variants` routes laid beside each other, of `variants_all` there are; `too_long` took a longer route than
    is compared. `tried`: the mean silhouette per number of groups that was tried.
    """

    clusters: tuple[Cluster, ...] = ()
    medoid: tuple[str, ...] = ()
    medoid_distance: float | None = None
    silhouette: float | None = None
    journeys: int = 0
    people: int = 0
    compared: Estimate = field(default_factory=lambda: Estimate(None, 0))
    compared_journeys: int = 0
    variants: int = 0
    variants_all: int = 0
    too_long: int = 0
    longest: int = 0
    tried: tuple[tuple[int, float], ...] = ()
    transforms: tuple[int, int, int] = (0, 0, 0)
    """Events off the map left out, journeys left out with nothing on the map, repeats in a row collapsed."""

    def to_dict(self) -> dict[str, Any]:
        """Returns the clusters in the shape of `schemas/clusters.schema.json`."""
        return {
            "clusters": [
                asdict(one) | {"path": list(one.path), "also": [list(path) for path in one.also]}
                for one in self.clusters
            ],
            "medoid": list(self.medoid),
            "medoid_distance": self.medoid_distance,
            "silhouette": self.silhouette,
            "journeys": self.journeys,
            "people": self.people,
            "compared": self.compared.to_dict(),
            "compared_journeys": self.compared_journeys,
            "variants": self.variants,
            "variants_all": self.variants_all,
            "too_long": self.too_long,
            "longest": self.longest,
            "tried": [{"groups": groups, "silhouette": width} for groups, width in self.tried],
            "transforms": dict(
                zip(("unmapped_left_out", "journeys_left_out", "collapsed"), self.transforms, strict=True)
            ),
            "about": about_dict(self.about),
        }

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row per cluster: cluster, journeys, share, variants, exactly, distance, silhouette, path."""
        return [
            {
                "cluster": number,
                "journeys": one.journeys,
                "share": one.share.value,
                "share_low": one.share.low,
                "share_high": one.share.high,
                "variants": one.variants,
                "exactly": one.exactly,
                "distance": one.distance,
                "silhouette": one.silhouette,
                "path": " > ".join(one.path),
            }
            for number, one in enumerate(self.clusters, start=1)
        ]


def told(
    totals: list[int], found: tuple[list[int], tuple[Chunk, ...]], taken: Taken, options: Asked, about: About
) -> Clusters:
    """Returns the Result: of the nodes there are and the routes found, the most taken routes grouped."""
    journeys, people, unmapped, left_out, collapsed, too_long = totals
    nodes, chunks = found
    names = all_names(about.names, nodes)
    rank = {one: place for place, one in enumerate(sorted(names, key=lambda one: names[one]))}
    every, kept = taken(chunks, options.most, rank) if chunks else (0, [])
    listed = sorted(((-count, tuple(rank[one] for one in row.tolist())) for count, row in kept))
    by_rank = [names[one] for one in rank]
    rows = [row for _, row in listed]
    weight = np.array([-count for count, _ in listed], np.int64)
    apart = distances(rows)
    best, tried = _best(apart, weight, options.groups)
    middle = medoids(apart, weight, 1)
    paths = [tuple(by_rank[one] for one in row) for row in rows]
    compared = int(weight.sum())
    return Clusters(
        about=about,
        clusters=tuple(_cluster(best, spot, paths, weight, apart) for spot in range(len(best.medoids))),
        medoid=paths[middle.medoids[0]] if rows else (),
        medoid_distance=middle.cost if rows else None,
        silhouette=best.silhouette,
        journeys=journeys,
        people=people,
        compared=share(compared, journeys),
        compared_journeys=compared,
        variants=len(rows),
        variants_all=every,
        too_long=too_long,
        longest=options.longest,
        tried=tried,
        transforms=(unmapped, left_out, collapsed),
    )


def _best(apart: Floats, weight: Ints, groups: int | None) -> tuple[Grouping, tuple[tuple[int, float], ...]]:
    """Returns the grouping that was asked for, or of 2 to 8 the widest apart, the fewest groups first."""
    if groups is not None or len(weight) < 3:
        return medoids(apart, weight, groups or 1), ()
    made = [medoids(apart, weight, number) for number in range(2, min(8, len(weight) - 1) + 1)]
    tried = tuple((len(one.medoids), one.silhouette or 0.0) for one in made)
    widest = max(width for _, width in tried)
    return next(one for one in made if (one.silhouette or 0.0) >= widest - 1e-9), tried


def _cluster(found: Grouping, spot: int, paths: list[tuple[str, ...]], weight: Ints, apart: Floats) -> Cluster:
    mine = np.flatnonzero(found.group == spot)
    middle, size = found.medoids[spot], int(weight[mine].sum())
    return Cluster(
        path=paths[middle],
        journeys=size,
        share=share(size, int(weight.sum())),
        variants=len(mine),
        exactly=int(weight[middle]),
        distance=float((apart[mine, middle] * weight[mine]).sum() / size),
        silhouette=None if found.silhouette is None else float(found.widths[mine].mean()),
        also=tuple(paths[row] for row in mine.tolist() if row != middle)[:3],
    )
