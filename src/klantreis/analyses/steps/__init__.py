"""Step matrix: which share of the journeys is at which touchpoint at step 1, 2, ... n, who ended shown.

Anchored on a touchpoint, step 0 is that touchpoint and the steps run from -k to +k around it; the journeys that met
it are the denominator. A journey that is over counts at `end` from then on, one that had not begun at `start`, so
every step adds up to 100 %. The idea and the numbers are those of retentioneering's `step_matrix`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from klantreis.analyses.steps.compare import compared
from klantreis.analyses.steps.result import Cell, Cells, StepMatrix, listed
from klantreis.analyses.succession import Codes, Ints, Tally, added, code, runs
from klantreis.analyses.windows import Anchor, Occurrence, Windows, checked, windows
from klantreis.journeys.model import About, Bucket
from klantreis.kernels import kernel

name = "steps"
STEP_BITS, MIDDLE = 11, 1 << 10
BEGUN, OVER = 0, 1
"""Codes of 'not begun' and 'over' among the lasting codes, which are moved up by two."""

__all__ = ["Cell", "Cells", "Options", "Part", "StepMatrix", "compared", "finish", "measure", "merge", "name"]


@dataclass(frozen=True, slots=True)
class Options:
    """`forward`, `backward`: how many steps to look. `anchor`: touchpoints that step 0 is (a row of them: met directly
    after each other); empty: the start of the journey, where `backward` is of no use. `occurrence`: of the anchor in a
    journey the 'first', the 'last', or 'every' one. `unmapped`: also events the map does not know. `collapse`: repeats
    of a touchpoint in a row count once.
    """

    forward: int = 10
    backward: int = 0
    anchor: Anchor = ()
    occurrence: Occurrence = "first"
    unmapped: bool = False
    collapse: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """What one bucket adds: `totals` (journeys, people, windows, journeys and people with one, their windows squared
    a person, unmapped, left out, collapsed); `cells` (count, people, squares, cross) by node and step.
    """

    totals: Ints
    cells: Tally


def measure(bucket: Bucket, options: Options) -> Part:
    """Returns what one bucket adds to the matrix. Raises OptionError when no step, or too many, are asked for."""
    checked(options.forward, options.backward)
    found = runs(bucket, unmapped=options.unmapped, collapse=options.collapse)
    met = windows(found, bucket.names, options.anchor, options.occurrence)
    back = options.backward if options.anchor else 0
    table = _counted(found.node, found.start, (met.first, met.last, met.journey, met.person), _each(met), _shape(
        found.size, back, options
    ))  # fmt: skip
    used = np.flatnonzero(table[:, 0])
    width = back + options.forward + 1
    spot, step = used // width, used % width - back
    lasting = np.where(spot < found.size, code(spot, found.touchpoints) + 2, spot - found.size)
    sizes = met.sizes
    people = int(np.count_nonzero(np.diff(found.person, prepend=-1)))
    with_one = int(np.count_nonzero(np.diff(met.journey, prepend=-1)))
    totals = [len(found.person), people, len(met.last), with_one, len(sizes), int((sizes * sizes).sum())]
    keys = (lasting << STEP_BITS) | (step + MIDDLE)
    order = np.argsort(keys)
    return Part(
        np.array([*totals, found.unmapped, found.left_out, found.collapsed], np.int64),
        Tally(keys[order], table[used][order]),
    )


def merge(one: Part, other: Part) -> Part:
    """Returns two parts as one; associative and commutative."""
    return Part(one.totals + other.totals, added(one.cells, other.cells))


def finish(part: Part, options: Options, about: About) -> StepMatrix:
    """Returns the matrix; without journeys, or without the anchor, it has no rows and its denominator is 0."""
    nodes, steps = part.cells.keys >> STEP_BITS, (part.cells.keys & (2 * MIDDLE - 1)) - MIDDLE
    back = options.backward if options.anchor else 0
    first = -back if options.anchor else 1
    cells = Cells(nodes.tolist(), steps.tolist(), part.cells.table.tolist())
    return listed(part.totals.tolist(), cells, range(first, options.forward + 1), options, about)


def _each(met: Windows) -> Ints:
    """Returns per window how many windows its person has."""
    return np.repeat(met.sizes, met.sizes)


def _shape(size: int, back: int, options: Options) -> tuple[int, int, int, int]:
    return size, back, options.forward, int(bool(options.anchor))


@kernel
def _counted(
    node: Codes, start: Ints, met: tuple[Ints, Ints, Ints, Ints], each: Ints, shape: tuple[int, int, int, int]
) -> Ints:
    """Per cell (node, step): hits, people, and over persons the sums of hits squared and of hits times windows."""
    first, last, journey, person = met
    size, back, forward, anchored = shape
    width = back + forward + 1
    table = np.zeros(((size + 2) * width, 4), np.int64)
    who = np.full((size + 2) * width, -1, np.int64)
    hits = np.zeros((size + 2) * width, np.int64)
    for w in range(len(last)):
        begin, end = start[journey[w]], start[journey[w] + 1]
        for step in range(-back, forward + 1):
            if step == 0 and anchored == 0:
                continue
            place = last[w] + step if step >= 0 else first[w] + step
            here = np.int64(size)
            if place >= end:
                here = np.int64(size + 1)
            elif place >= begin:
                here = np.int64(node[place])
            cell = here * width + step + back
            if who[cell] != person[w]:
                who[cell] = person[w]
                hits[cell] = 0
                table[cell, 1] += 1
            hits[cell] += 1
            table[cell, 0] += 1
            table[cell, 2] += 2 * hits[cell] - 1
            table[cell, 3] += each[w]
    return table
