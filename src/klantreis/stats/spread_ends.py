"""Who is the least, or the most, of a histogram when the one that was goes.

A histogram tells of a duration no more than its bin. Of some durations the whole is known: the least and the most of
each piece that was added. When those in the outermost bin are all among these, the outermost of them is asked.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from klantreis.stats.bins import SINGLE, bins
from klantreis.stats.pieces import Piece

Ints = NDArray[np.int64]
MOST = 64
"""So many known durations are enough at each side of a group, once there are very many."""
MANY = 1 << 18


class NotExchanged(ValueError):
    """What was counted does not tell what is left without some: it has to be counted again."""


def known(pieces: Sequence[Piece], large: Sequence[NDArray[np.bool_]]) -> Ints:
    """Returns durations (a column each: key, duration) that are surely among those of these pieces together, each once.

    `large`: of each piece which of its groups have a histogram from now on; of the others all durations are known.
    """
    told = [_told(piece, mine) for piece, mine in zip(pieces, large, strict=True)]
    keys, n, low, high = (np.concatenate(column) for column in zip(*told, strict=True))
    more = n > 1
    ends = np.stack([np.concatenate([keys, keys[more]]), np.concatenate([low, high[more]])])
    every = np.concatenate([*(piece.ends for piece in pieces if piece.ends.size), ends], axis=1)
    return _outermost(every) if every.shape[1] > MANY else every


def _told(piece: Piece, large: NDArray[np.bool_]) -> tuple[Ints, Ints, Ints, Ints]:
    """Returns keys, n, least and most of the large groups that had no histogram yet; of the others `ends` tells."""
    new = large & (np.diff(piece.binned) == 0) if len(piece.counts) else large
    return piece.keys[new], piece.n[new], piece.low[new], piece.high[new]


def _outermost(every: Ints) -> Ints:
    every = every[:, np.lexsort((every[1], every[0]))]
    first, last = (np.searchsorted(every[0], every[0], side) for side in ("left", "right"))
    place = np.arange(every.shape[1])
    return every[:, (place - first < MOST) | (last - place <= MOST)]


def staying(mine: Ints, gone: Ints, times: Ints) -> Ints:
    """Returns which of some durations (rising) stay when each of `gone` (rising, distinct) goes so many times."""
    spot = np.minimum(np.searchsorted(gone, mine), len(gone) - 1)
    turn = np.arange(len(mine)) - np.searchsorted(mine, mine)
    left: Ints = mine[(gone[spot] != mine) | (turn >= times[spot])]
    return left


def outer(counts: Ints, mine: Ints, gone: Ints, ends: tuple[int, int]) -> tuple[int, int]:
    """Returns the least and the most of a histogram after some went; `ends`: what they were, `mine`: what is known.

    `counts` runs from the bin of the least to that of the most. Raises NotExchanged when they cannot be told.
    """
    first, filled, code = int(bins(np.array([ends[0]]))[0]), np.flatnonzero(counts), bins(mine)
    found = []
    for end, place, side in zip(ends, filled[[0, -1]].tolist(), (np.min, np.max), strict=True):
        inside = mine[code == first + place]
        if end not in gone or end in inside:
            found.append(end)
        elif -SINGLE <= first + place < SINGLE:  # such a bin holds one value
            found.append(first + place + (first + place < 0))
        elif len(inside) == counts[place]:
            found.append(int(side(inside)))
        else:
            raise NotExchanged("the least or the most of a histogram went")
    return found[0], found[1]
