"""Counts channels per segment and place in one pass over the journeys."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from klantreis.kernels import inline, kernel

Ints = NDArray[np.int64]
Codes = NDArray[np.int32]


class Log(NamedTuple):
    """The arrays of a bucket: `channel` and `touch` per touch; `code` and `spot` tell which channel and place (-1:
    none; places from 2, see `counted`) these are, those of -1 first; the rest per journey.
    """

    channel: Codes
    touch: Codes
    code: Ints
    spot: Ints
    start: Ints
    person: Ints
    group: Ints
    bits: Ints


@kernel
def counted(log: Log, size: tuple[int, int, int, int]) -> tuple[Ints, Ints, Ints]:
    """Returns touches by (segment, place, group, channel), and journeys and people by (segment, place, channel).

    `bits` is per (journey, segment) 1 when the journey is in it. Place 0 is the whole journey, 1 its first touch, the
    others are phases. The last channel counts what meets any channel.
    """
    segments, places, groups, channels = size
    touches = np.zeros((segments, places, groups, channels), np.int64)
    # Of each place and channel: journeys, people, the last journey, the last person.
    notes = np.zeros((segments, places, channels + 1, 4), np.int64)
    notes[:, :, :, 2:] = -1
    for journey in range(len(log.person)):
        for segment in range(segments):
            if log.bits[journey, segment] == 1:
                _walk(log, journey, touches[segment], notes[segment])
    return touches, notes[:, :, :, 0].copy(), notes[:, :, :, 1].copy()


@inline
def _walk(log: Log, journey: int, touches: Ints, notes: Ints) -> None:
    """Counts the touches of one journey; what holds for all of it once, at its end."""
    group, who, any_, first = log.group[journey], log.person[journey], notes.shape[1] - 1, np.int64(-1)
    for i in range(log.start[journey], log.start[journey + 1]):
        here = log.code[np.uint64(log.channel[np.uint64(i)] + 1)]
        if here < 0:
            continue
        first = here if first < 0 else first
        _note(touches, notes, (0, group, here), (journey, who))
        spot = log.spot[np.uint64(log.touch[np.uint64(i)] + 1)]
        if spot >= 0:
            _note(touches, notes, (spot, group, here), (journey, who))
            _once(notes, spot, any_, (journey, who))
    if first >= 0:
        _note(touches, notes, (1, group, first), (journey, who))
        _once(notes, 1, any_, (journey, who))
        _once(notes, 0, any_, (journey, who))


@inline
def _note(touches: Ints, notes: Ints, at: tuple[int, Any, Any], who: tuple[int, int]) -> None:
    """Counts a touch, and its journey and person once."""
    spot, group, channel = at
    touches[np.uint64(spot), np.uint64(group), np.uint64(channel)] += 1
    _once(notes, spot, channel, who)


@inline
def _once(notes: Ints, spot: int, channel: int, who: tuple[int, int]) -> None:
    place, code = np.uint64(spot), np.uint64(channel)
    for kind in range(2):
        notes[place, code, kind] += notes[place, code, kind + 2] != who[kind]
        notes[place, code, kind + 2] = who[kind]
