"""Counts channels per segment and place in one pass over the journeys."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from klantreis.kernels import inline, kernel

Ints = NDArray[np.int64]


class Log(NamedTuple):
    """The arrays of a bucket: `channel` and `place` per touch (-1: none; places from 2, see `counted`)."""

    channel: Ints
    place: Ints
    start: Ints
    person: Ints
    group: Ints
    bits: Ints


@kernel
def counted(channel: Ints, log: Log, size: tuple[int, int, int, int]) -> tuple[Ints, Ints, Ints]:
    """Returns touches by (segment, place, group, channel), and journeys and people by (segment, place, channel).

    `bits` is per (journey, segment) 1 when the journey is in it. Place 0 is the whole journey, 1 its first touch, the
    others are phases. The last channel counts what meets any channel.
    """
    _, place, start, person, group, bits = log
    segments, places, groups, channels = size
    touches = np.zeros((segments, places, groups, channels), np.int64)
    met = np.zeros((2, segments, places, channels + 1), np.int64)
    last = np.full((2, segments, places, channels + 1), -1, np.int64)
    for journey in range(person.size):
        first = True
        for i in range(start[journey], start[journey + 1]):
            if channel[i] < 0:
                continue
            for spot in (0, 1 if first else -1, place[i]):
                for segment in range(segments if spot >= 0 else 0):
                    if bits[journey, segment] == 1:
                        touches[segment, spot, group[journey], channel[i]] += 1
                        _note(met, last, (segment, spot, channel[i]), (journey, person[journey]))
                        _note(met, last, (segment, spot, channels), (journey, person[journey]))
            first = False
    return touches, met[0], met[1]


@inline
def _note(met: Ints, last: Ints, at: tuple[int, int, int], who: tuple[int, int]) -> None:
    """Counts a journey, and its person, once at each place."""
    segment, spot, channel = at
    for kind in range(2):
        if last[kind, segment, spot, channel] != who[kind]:
            last[kind, segment, spot, channel] = who[kind]
            met[kind, segment, spot, channel] += 1
