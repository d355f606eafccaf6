"""Cuts one person's touches into sessions: visits with no long pause, per channel that stands apart."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from klantreis.journeys.cut import Cuts
from klantreis.journeys.model import ENDED
from klantreis.kernels import kernel

GAP_SECONDS = 30 * 60
LONGEST_SECONDS = 24 * 60 * 60
SECOND = 1_000_000


def sessions(
    person: NDArray[np.int64],
    at: NDArray[np.int64],
    apart: NDArray[np.int32] | None = None,
    *,
    gap_seconds: float = GAP_SECONDS,
    longest_seconds: float = LONGEST_SECONDS,
) -> Cuts:
    """Returns one ended journey per session; touches sorted by (person, at).

    A pause strictly longer than `gap_seconds` begins a new session, an equal one does not; midnight does not matter;
    a touch more than `longest_seconds` after the first begins a new one too. `apart`: per touch 0 for the web, or a
    number from 1 for a channel (tickets, letters, survey answers) that keeps sessions of its own and never prolongs
    another's; None: all together.
    """
    spans = round(gap_seconds * SECOND), round(longest_seconds * SECOND)
    size = 1 if apart is None or not len(apart) else int(apart.max()) + 1
    number, count = (
        _together(person, at, spans) if apart is None or size == 1 else _number(person, at, apart, size, spans)
    )
    return Cuts(number, np.full(count, ENDED, dtype=np.int8))


@kernel
def _together(
    person: NDArray[np.int64], at: NDArray[np.int64], spans: tuple[int, int]
) -> tuple[NDArray[np.int64], int]:
    """Kernel: the same as `_number` where nothing stands apart; nothing branches on chance."""
    gap, longest = spans
    number = np.empty(len(at), dtype=np.int64)
    first = at[0] if len(at) else 0
    count = 0
    for row in range(len(at)):
        before = max(row - 1, 0)
        new = (row == 0) | (person[row] != person[before]) | (at[row] - at[before] > gap) | (at[row] - first > longest)
        first = at[row] if new else first
        count += new
        number[row] = count - 1
    return number, count


@kernel
def _number(
    person: NDArray[np.int64],
    at: NDArray[np.int64],
    group: NDArray[np.int32],
    groups: int,
    spans: tuple[int, int],
) -> tuple[NDArray[np.int64], int]:
    """Kernel: the session of each touch, numbered as they begin."""
    gap, longest = spans
    number = np.empty(len(at), dtype=np.int64)
    current = np.full(groups, -1, dtype=np.int64)
    first = np.zeros(groups, dtype=np.int64)
    last = np.zeros(groups, dtype=np.int64)
    count = 0
    for row in range(len(at)):
        if row > 0 and person[row] != person[row - 1]:
            current[:] = -1
        which = group[row]
        if current[which] < 0 or at[row] - last[which] > gap or at[row] - first[which] > longest:
            current[which] = count
            first[which] = at[row]
            count += 1
        last[which] = at[row]
        number[row] = current[which]
    return number, count
