"""Clusters: groups of journeys that go alike, each shown by the journey in its middle.

Two whole routes are as far apart as the steps it takes to make one from the other: touchpoints put in, left out or
replaced, normalised to 0 (the same) to 1 (nothing shared) as 2e / (m + n + e) (Li & Liu 2007). Groups are made around
*medoids*, routes that were really taken (PAM, Kaufman & Rousseeuw 1990), each route weighing as many journeys as took
it; nothing is drawn by chance. Without a number of groups, the one of 2 to 8 with the widest mean silhouette is taken
(Rousseeuw 1987; each distinct route counts once). Only the `most` taken routes are laid beside each other; how many
journeys they are is always said.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from klantreis.analyses.clusters.result import Cluster, Clusters, told
from klantreis.analyses.paths_variants import Chunk, joined, most_taken, routes
from klantreis.analyses.succession import Ints, Runs, code, runs
from klantreis.errors import OptionError
from klantreis.journeys.model import About, Bucket
from klantreis.labels import Label, dotted

name = "clusters"
MOST_ROUTES = 1000

__all__ = ["Cluster", "Clusters", "Options", "Part", "finish", "measure", "merge", "name"]


@dataclass(frozen=True, slots=True)
class Options:
    """`groups`: how many clusters; None: the number from 2 to 8 that parts them best. `most`: at most so many distinct
    routes, the most taken, are laid beside each other. `longest`: routes of more touchpoints are left out. `unmapped`:
    also events the map does not know. `collapse`: repeats of a touchpoint in a row count once.
    """

    groups: int | None = None
    most: int = 300
    longest: int = 100
    unmapped: bool = False
    collapse: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """What one bucket adds: `totals` (journeys, people, unmapped, left out, collapsed, journeys too long), and the
    distinct routes that are not too long.
    """

    totals: Ints
    routes: tuple[Chunk, ...]


def measure(bucket: Bucket, options: Options) -> Part:
    """Returns what one bucket adds. Raises OptionError for a number of groups or routes that cannot be."""
    _checked(options)
    found = runs(bucket, unmapped=options.unmapped, collapse=options.collapse, timed=False)
    short = _short(found, options.longest)
    people = int(np.count_nonzero(np.diff(found.person, prepend=-1)))
    totals = [len(found.person), people, found.unmapped, found.left_out, found.collapsed]
    return Part(
        np.array([*totals, len(found.person) - len(short.person)], np.int64),
        (routes(short),) if len(short.person) else (),
    )


def merge(one: Part, other: Part) -> Part:
    """Returns two parts as one; associative and commutative."""
    return Part(one.totals + other.totals, joined(one.routes, other.routes))


def finish(part: Part, options: Options, about: About) -> Clusters:
    """Returns the clusters, largest first; without journeys there are none."""
    touchpoints, events = len(about.names.touchpoints), len(about.names.events) if options.unmapped else 0
    nodes = code(np.arange(touchpoints + events), touchpoints)
    return told(part.totals.tolist(), (nodes.tolist(), part.routes), most_taken, options, about)


def _checked(options: Options) -> None:
    if options.groups is not None and options.groups < 1:
        raise OptionError(
            Label(f"{options.groups} groepen zijn niet te maken.", f"{options.groups} clusters cannot be made."),
            mend=Label(
                "Vraag er 1 of meer, of geen om het aantal te laten kiezen.",
                "Ask for 1 or more, or for none to choose.",
            ),
        )
    if not 1 <= options.most <= MOST_ROUTES:
        raise OptionError(
            Label(
                f"{dotted(options.most)} routes zijn niet naast elkaar te leggen.",
                f"{options.most:,} routes cannot be laid beside each other.",
            ),
            mend=Label(f"Vraag er 1 tot {dotted(MOST_ROUTES)}.", f"Ask for 1 to {MOST_ROUTES:,}."),
        )
    if options.longest < 1:
        raise OptionError(
            Label("Een route heeft minstens één contactmoment.", "A route has at least one touchpoint."),
            mend=Label("Vraag een langste route van 1 of meer.", "Ask for a longest of 1 or more."),
        )


def _short(found: Runs, longest: int) -> Runs:
    """Returns the runs without those of more than `longest` nodes."""
    sizes = np.diff(found.start)
    kept = sizes <= longest
    if kept.all():
        return found
    start = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes[kept])])
    return Runs(found.node[np.repeat(kept, sizes)], found.at, start, found.person[kept], found.touchpoints, found.size)
