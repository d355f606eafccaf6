"""The mixes of one period: how many journeys met which touchpoint, and came in by which channel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from klantreis.journeys.model import Bucket

Kind = tuple[str, ...]
"""One kind of a mix: a channel or touchpoint as one name, a way as all of its touchpoints; () for none."""

CELLS = 1 << 22
"""So many (journey, touchpoint) pairs are looked at at once."""


def mixes(bucket: Bucket) -> dict[str, Counter[Kind]]:
    """Returns 'touchpoints' and, where the log tells them, 'channels', each as journeys per kind."""
    found = {"touchpoints": _touchpoints(bucket)}
    if bucket.channel is not None:
        found["channels"] = _channels(bucket)
    return found


def merged(one: Mapping[str, Counter[Kind]], other: Mapping[str, Counter[Kind]]) -> dict[str, Counter[Kind]]:
    """Returns two lots of mixes as one."""
    none: Counter[Kind] = Counter()
    return {name: one.get(name, none) + other.get(name, none) for name in sorted({*one, *other})}


def _channels(bucket: Bucket) -> Counter[Kind]:
    assert bucket.channel is not None
    codes = bucket.channel[bucket.start[:-1]]
    often = np.bincount(codes + 1, minlength=len(bucket.names.channels) + 1).tolist()
    named: list[Kind] = [(), *((name,) for name in bucket.names.channels)]
    return Counter({kind: n for kind, n in zip(named, often, strict=True) if n})


def _touchpoints(bucket: Bucket) -> Counter[Kind]:
    journey, touch = _known(bucket)
    names = bucket.names.touchpoints
    often = np.zeros(len(names), np.int64)
    for low in range(0, bucket.journeys, step := max(1, CELLS // max(1, len(names)))):
        mine = slice(*np.searchsorted(journey, [low, low + step]).tolist())
        met = np.zeros((min(step, bucket.journeys - low), len(names)), np.bool_)
        met[journey[mine] - low, touch[mine]] = True
        often += met.sum(axis=0)
    return Counter({(name,): n for name, n in zip(names, often.tolist(), strict=True) if n})


def _known(bucket: Bucket) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    journey = np.repeat(np.arange(bucket.journeys), np.diff(bucket.start))
    mapped = bucket.touch >= 0
    return journey[mapped], bucket.touch[mapped].astype(np.int64)
