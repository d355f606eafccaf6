"""Paths that were counted elsewhere: rows of a path, its conversions, their value, and how often it led to none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from klantreis.analyses.attribution.credit import ONE, Walked
from klantreis.analyses.attribution.part import Counts
from klantreis.journeys.model import VALUE_UNIT
from klantreis.stats.whole import fitting


@dataclass(frozen=True, slots=True)
class PathCount:
    """One path: its channels in order, how often it converted, the value of all those conversions together (None:
    unknown), and how often it led to none.
    """

    channels: tuple[str, ...]
    conversions: int
    nulls: int = 0
    value: float | None = None


def walked(rows: Iterable[PathCount]) -> tuple[Walked, Counts, tuple[str, ...]]:
    """Returns rows as paths to divide, their counts, and the names of the channels; equal paths are one."""
    won: Counter[tuple[str, ...]] = Counter()
    lost: Counter[tuple[str, ...]] = Counter()
    worth: Counter[tuple[str, ...]] = Counter()
    valued = 0
    for row in rows:
        won[row.channels] += row.conversions
        lost[row.channels] += row.nulls
        if row.value is not None and row.channels:
            worth[row.channels] += round(row.value * VALUE_UNIT * ONE)
            valued += row.conversions
    listed = sorted(path for path in won if won[path] or lost[path])
    names = tuple(sorted({channel for path in listed for channel in path}))
    code = {channel: number for number, channel in enumerate(names)}
    lengths = [len(path) for path in listed]
    codes = np.array([code[channel] for path in listed for channel in path], np.int64)
    fitting(sum(abs(one) // ONE for one in worth.values()))
    values = [divmod(worth[path], ONE) for path in listed]
    found = Walked(
        codes=codes,
        when=np.zeros(len(codes), np.int64),
        end=np.cumsum([0, *lengths], dtype=np.int64),
        group=np.zeros(len(listed), np.int64),
        conversions=np.array([won[path] for path in listed], np.int64),
        nulls=np.array([lost[path] for path in listed], np.int64),
        units=np.array([whole for whole, _ in values], np.int64),
        rest=np.array([rest for _, rest in values], np.int64),
    )
    return found, _counts(listed, won, lost, valued), names


def _counts(
    listed: Sequence[tuple[str, ...]], won: Counter[tuple[str, ...]], lost: Counter[tuple[str, ...]], valued: int
) -> Counts:
    some = [path for path in listed if path]
    return Counts(
        conversions=won.total(),
        attributed=sum(won[path] for path in some),
        nulls=sum(lost[path] for path in some),
        valued=valued,
        touches=sum(len(path) * (won[path] + lost[path]) for path in some),
    )
