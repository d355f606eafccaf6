"""What one bucket adds to the lifecycle: counts per unit and per day, and how long people took and stayed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.lifecycle.kernel import tally
from klantreis.stats.calendar import DAY

Ints = NDArray[np.int64]
NOWHEN = -(2**62)


@dataclass(frozen=True, slots=True)
class Part:
    """`states[s, u]`: persons in state s in unit `unit + u`; `spread[u]`: per group of persons (`stats.groups`), those
    active on 0, 1, ... days of it. `days[:, d]` of day `day + d`: per group those active on it, and differences of who
    was within 7 and 30 days.

    `again[d]`: who came a second time d whole days after the first; `once`: first moments of those who did not (yet).
    `stayed[d]`: lives of d whole days that surely ended; `open`: first and last moment of those that may go on.
    """

    unit: int
    states: Ints
    spread: Ints
    day: int
    days: Ints
    again: Ints
    once: Ints
    stayed: Ints
    open: Ints
    silence: int | None
    now: int


def lived(lives: Ints, silence: int | None, now: int) -> tuple[Ints, Ints, Ints, Ints]:
    """Returns again, once, stayed and open from the first, second and last moment of persons."""
    first, second, last = lives.T
    came = second >= first
    again, once = tally((second[came] - first[came]) // DAY), first[~came]
    if silence is None:
        return again, once, np.zeros(0, np.int64), np.zeros((0, 2), np.int64)
    return again, once, *settled(np.stack([first, last], axis=1), silence, now)


def settled(lives: Ints, silence: int, now: int) -> tuple[Ints, Ints]:
    """Returns the whole days of the lives that ended, and the lives after which the silence is not long enough yet."""
    if not len(lives):
        return np.zeros(0, np.int64), lives
    first, last = lives[:, 0], lives[:, 1]
    ended = last <= now - silence
    return tally((last[ended] - first[ended]) // DAY), lives[~ended]


def added(one: Part, other: Part) -> Part:
    """Returns two parts as one; associative and commutative."""
    now = max(one.now, other.now)
    unit, (states, spread) = laid(
        [(part.unit, [part.states, part.spread.T]) for part in (one, other) if part.spread.size]
    ) or (0, (one.states, one.spread.T))
    day, (days,) = laid([(part.day, [part.days]) for part in (one, other) if part.days.size]) or (0, (one.days,))
    stayed, open_ = summed(one.stayed, other.stayed), np.concatenate([one.open, other.open])
    if one.silence is not None:
        ended, open_ = settled(open_, one.silence, now)
        stayed = summed(stayed, ended)
    return Part(
        unit=unit,
        states=states,
        spread=spread.T,
        day=day,
        days=days,
        again=summed(one.again, other.again),
        once=np.concatenate([one.once, other.once]),
        stayed=stayed,
        open=open_,
        silence=one.silence,
        now=now,
    )


def laid(parts: list[tuple[int, list[Ints]]]) -> tuple[int, list[Ints]] | None:
    """Returns tables whose columns count from a number, laid over each other; None without any."""
    if not parts:
        return None
    first = min(start for start, _ in parts)
    found = []
    for tables in zip(*(tables for _, tables in parts), strict=True):
        size = max(start - first + table.shape[1] for (start, _), table in zip(parts, tables, strict=True))
        whole = np.zeros((tables[0].shape[0], size), np.int64)
        for (start, _), table in zip(parts, tables, strict=True):
            whole[:, start - first : start - first + table.shape[1]] += table
        found.append(whole)
    return first, found


def summed(one: Ints, other: Ints) -> Ints:
    """Returns the sum of two counts from 0 on, the shorter one filled up with nothing."""
    whole = np.zeros(max(len(one), len(other)), np.int64)
    whole[: len(one)] += one
    whole[: len(other)] += other
    return whole
