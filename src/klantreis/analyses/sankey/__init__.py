"""Sankey: where people go from a touchpoint, and where they came from, step by step, as streams that add up.

A *window* is a place where the anchor is met; without an anchor, the start of a journey. In every window each step
holds exactly one touchpoint, `end` (the journey is over) or, looking back, `start`; so at every touchpoint of every
step what comes in equals what goes out, in occurrences. Touchpoints that are not `shown` go together as `other`,
where the same holds. Each stream counts its occurrences, the distinct journeys and the distinct people.

The journeys on the stream from the anchor A to X are those of the funnel A, X in strict order, per journey, in file
order, with what is left out of the journeys out of its scope; its people are theirs. With an anchor of several
touchpoints in a row and `collapse`, the denominator is the strict funnel of that row (without repeats in it).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from klantreis.analyses.sankey.result import Link, Sankey, Stop, told
from klantreis.analyses.succession import Codes, Ints, Runs, Tally, added, code, named, runs
from klantreis.analyses.windows import Anchor, Occurrence, checked, windows
from klantreis.errors import OptionError
from klantreis.journeys.model import About, Bucket, Names
from klantreis.kernels import kernel
from klantreis.labels import Label, dotted

name = "sankey"
MOST_CELLS = 1 << 21
"""Up to this many possible streams are counted; beyond it somebody must say which touchpoints to show."""
STEP_BITS, NODE_BITS, MIDDLE = 11, 26, 1 << 10
LEAST = 4
"""Lasting codes are moved up by four: before them stand begun, over, other and the anchor."""
BEGUN, OVER, OTHER, ANCHOR = range(LEAST)

__all__ = ["Link", "Options", "Part", "Sankey", "Stop", "finish", "measure", "merge", "name"]


@dataclass(frozen=True, slots=True)
class Options:
    """`anchor`: touchpoints to begin at (a row of them: met directly after each other); empty: the start of the
    journey. `forward`, `backward`: how many steps to follow. `occurrence`: 'every' time the anchor is met, or only the
    'first' or 'last' in a journey. `shown`: the touchpoints with a stop of their own, all others are 'other'; None:
    all. `unmapped`: also events the map does not know. `collapse`: repeats of a touchpoint in a row count once.
    """

    anchor: Anchor = ()
    forward: int = 3
    backward: int = 0
    occurrence: Occurrence = "every"
    shown: tuple[str, ...] | None = None
    unmapped: bool = False
    collapse: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """What one bucket adds: `totals` (journeys, people, windows, journeys and people with one, unmapped, left out,
    collapsed), and (count, journeys, people) of each stop and each link.
    """

    totals: Ints
    stops: Tally
    links: Tally


def measure(bucket: Bucket, options: Options) -> Part:
    """Returns what one bucket adds to the streams.

    Raises OptionError when no step, or too many, are asked for, or when there are too many touchpoints to show.
    """
    checked(options.forward, options.backward)
    found = runs(bucket, unmapped=options.unmapped, collapse=options.collapse)
    met = windows(found, bucket.names, options.anchor, options.occurrence)
    back = options.backward if options.anchor else 0
    slot, lasting = _slots(found, bucket.names, options.shown)
    width, levels = len(lasting), back + options.forward + 1
    if width * width * levels > MOST_CELLS:
        raise OptionError(
            Label(
                f"{dotted(width - LEAST)} contactmomenten over {levels} stappen geven meer stromen dan te tellen is.",
                f"{width - LEAST:,} touchpoints over {levels} steps are more streams than can be counted.",
            ),
            mend=Label(
                "Zeg welke contactmomenten in beeld komen; de rest gaat samen.",
                "Say which touchpoints to show; the others go together.",
            ),
        )
    stops, links = _flowed(
        (found.node, slot), found.start, (met.first, met.last, met.journey, met.person), (width, back, options.forward)
    )
    people = int(np.count_nonzero(np.diff(found.person, prepend=-1)))
    with_one = int(np.count_nonzero(np.diff(met.journey, prepend=-1)))
    totals = [len(found.person), people, len(met.last), with_one, len(met.sizes)]
    return Part(
        np.array([*totals, found.unmapped, found.left_out, found.collapsed], np.int64),
        _stops(stops, lasting, back),
        _links(links, lasting, back),
    )


def merge(one: Part, other: Part) -> Part:
    """Returns two parts as one; associative and commutative."""
    return Part(one.totals + other.totals, added(one.stops, other.stops), added(one.links, other.links))


def finish(part: Part, options: Options, about: About) -> Sankey:
    """Returns the streams; without journeys, or without the anchor, there are none and every count is 0."""
    node = (1 << NODE_BITS) - 1
    keys = part.stops.keys
    stops = [
        (step - MIDDLE, code_, (row[0], row[1], row[2]))
        for code_, step, row in zip(
            (keys >> STEP_BITS).tolist(), (keys & (2 * MIDDLE - 1)).tolist(), part.stops.table.tolist(), strict=True
        )
    ]
    keys = part.links.keys
    links = [
        (step - MIDDLE, (source, target), (row[0], row[1], row[2]))
        for source, target, step, row in zip(
            (keys >> (STEP_BITS + NODE_BITS)).tolist(),
            ((keys >> STEP_BITS) & node).tolist(),
            (keys & (2 * MIDDLE - 1)).tolist(),
            part.links.table.tolist(),
            strict=True,
        )
    ]
    packed = {code_ for _, code_, _ in stops}
    return told(part.totals.tolist(), (stops, links), {one: _unpacked(one) for one in packed}, options, about)


def _slots(found: Runs, names: Names, shown: tuple[str, ...] | None) -> tuple[Ints, Ints]:
    """Returns per node its slot in the tables, and per slot its packed code."""
    lasting = code(np.arange(found.size), found.touchpoints)
    packed = _packed(lasting)
    if shown is None:
        return np.arange(found.size) + LEAST, np.concatenate([np.arange(LEAST), packed])
    wanted = set(shown)
    kept = np.array([one in wanted for one in named(lasting.tolist(), names)], np.bool_)
    slot = np.full(found.size, OTHER, np.int64)
    slot[kept] = LEAST + np.arange(int(kept.sum()))
    return slot, np.concatenate([np.arange(LEAST), packed[kept]])


EVENTS = 1 << (NODE_BITS - 1)


def _packed(lasting: Ints) -> Ints:
    """Returns lasting codes of at most 26 bits, moved up by the four of our own."""
    return np.where(lasting >= 1 << 30, lasting - (1 << 30) + EVENTS, lasting) + LEAST


def _unpacked(packed: int) -> int:
    """Returns the lasting code of a packed one; -1 for one of our own."""
    if packed < LEAST:
        return -1
    lasting = packed - LEAST
    return lasting - EVENTS + (1 << 30) if lasting >= EVENTS else lasting


def _stops(table: Ints, lasting: Ints, back: int) -> Tally:
    width = len(lasting)
    used = np.flatnonzero(table[:, 0])
    return _sorted((lasting[used % width] << STEP_BITS) | (used // width - back + MIDDLE), table[used])


def _links(table: Ints, lasting: Ints, back: int) -> Tally:
    width = len(lasting)
    used = np.flatnonzero(table[:, 0])
    step, pair = used // (width * width) - back + MIDDLE, used % (width * width)
    source, target = lasting[pair // width], lasting[pair % width]
    return _sorted((((source << NODE_BITS) | target) << STEP_BITS) | step, table[used])


def _sorted(keys: Ints, table: Ints) -> Tally:
    order = np.argsort(keys)
    return Tally(keys[order], table[order])


@kernel
def _flowed(
    nodes: tuple[Codes, Ints], start: Ints, met: tuple[Ints, Ints, Ints, Ints], shape: tuple[int, int, int]
) -> tuple[Ints, Ints]:
    """Counts occurrences, journeys and people of every stop (step, slot) and link (step, slot, slot)."""
    node, slot = nodes
    first, last, journey, person = met
    width, back, forward = shape
    levels = back + forward + 1
    stops = np.zeros((levels * width, 3), np.int64)
    links = np.zeros((levels * width * width, 3), np.int64)
    seen = np.full((levels * width, 2), -1, np.int64)
    taken = np.full((levels * width * width, 2), -1, np.int64)
    for w in range(len(last)):
        trip, who = journey[w], person[w]
        begin, end = start[trip], start[trip + 1]
        before = np.int64(-1)
        for step in range(-back, forward + 1):
            place = last[w] + step if step >= 0 else first[w] + step
            if step < 0 and place < begin - 1:
                continue
            if place > end:
                break
            here = np.int64(3)
            if step != 0:
                here = np.int64(0) if place < begin else np.int64(1) if place == end else slot[node[place]]
            level = step + back
            stop = level * width + here
            stops[stop, 0] += 1
            stops[stop, 1] += seen[stop, 0] != trip
            stops[stop, 2] += seen[stop, 1] != who
            seen[stop, 0], seen[stop, 1] = trip, who
            if before >= 0:
                link = ((level - 1) * width + before) * width + here
                links[link, 0] += 1
                links[link, 1] += taken[link, 0] != trip
                links[link, 2] += taken[link, 1] != who
                taken[link, 0], taken[link, 1] = trip, who
            before = here
    return stops, links
