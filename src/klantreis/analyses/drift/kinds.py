"""The mixes of one period: how many journeys met which touchpoint, and came in by which channel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np

from klantreis.analyses.drift.walk import Ints, Walk

Kind = tuple[str, ...]
"""One kind of a mix: a channel or touchpoint as one name, a way as all of its touchpoints; () for none."""


FEW = 4
"""Up to so many times as many cells as there are numbers, each is counted at its place, without a sort."""


def mixes(walk: Walk) -> dict[int, dict[str, Counter[Kind]]]:
    """Returns per period 'touchpoints' and, where the log tells them, 'channels', each as journeys per kind."""
    names = walk.bucket.names
    found = {"touchpoints": _told(walk.met, [(name,) for name in names.touchpoints], walk)}
    if walk.bucket.channel is not None:
        kinds: list[Kind] = [(), *((name,) for name in names.channels)]
        codes = walk.bucket.channel[walk.bucket.start[:-1]] + 1
        found["channels"] = _told(walk.page * len(kinds) + codes, kinds, walk)
    return {
        period: {name: pages.get(page, Counter()) for name, pages in found.items()}
        for page, period in enumerate(walk.periods.tolist())
    }


def merged(one: Mapping[str, Counter[Kind]], other: Mapping[str, Counter[Kind]]) -> dict[str, Counter[Kind]]:
    """Returns two lots of mixes as one."""
    none: Counter[Kind] = Counter()
    return {name: one.get(name, none) + other.get(name, none) for name in sorted({*one, *other})}


def _told(cells: Ints, kinds: list[Kind], walk: Walk) -> dict[int, Counter[Kind]]:
    """Returns how often each kind is met on each page; a cell is the place of a page times the kinds, and the kind."""
    found: dict[int, dict[Kind, int]] = {}
    once, often = counted(cells)
    pages, codes = np.divmod(once, max(1, len(kinds)))
    for page, code, n in zip(pages.tolist(), codes.tolist(), often.tolist(), strict=True):
        found.setdefault(page, {})[kinds[code]] = n
    return {page: Counter(told) for page, told in found.items()}


def counted(cells: Ints) -> tuple[Ints, Ints]:
    """Returns each cell once, rising, and how often it is there; cells are whole numbers from 0 on."""
    if not len(cells) or cells.max() > FEW * len(cells):
        return np.unique(cells, return_counts=True)
    often = np.bincount(cells)
    once = np.flatnonzero(often)
    return once, often[once]
