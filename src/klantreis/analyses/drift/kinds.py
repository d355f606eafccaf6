"""The mixes of one period: how many journeys went which way, met which touchpoint, came in by which channel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import compress, pairwise

import numpy as np
from numpy.typing import NDArray

from klantreis.journeys.model import Bucket

Kind = tuple[str, ...]
"""One kind of a mix: a channel or touchpoint as one name, a way as all of its touchpoints; () for none."""

ODD = np.uint64(0x9E3779B97F4A7C15)
LONGEST = 40
"""Ways longer than this are one kind: no two are alike."""


def mixes(bucket: Bucket) -> dict[str, Counter[Kind]]:
    """Returns 'routes', 'touchpoints' and, where the log tells them, 'channels', each as journeys per kind."""
    found = {"routes": _routes(bucket), "touchpoints": _touchpoints(bucket)}
    if bucket.channel is not None:
        found["channels"] = _channels(bucket)
    return found


def merged(one: Mapping[str, Counter[Kind]], other: Mapping[str, Counter[Kind]]) -> dict[str, Counter[Kind]]:
    """Returns two lots of mixes as one."""
    none: Counter[Kind] = Counter()
    return {name: _together(one.get(name, none), other.get(name, none)) for name in sorted({*one, *other})}


def _together(one: Counter[Kind], other: Counter[Kind]) -> Counter[Kind]:
    """Returns two counts as one: the smaller is added to a copy of the larger."""
    few, many = sorted((one, other), key=len)
    both, known = many.copy(), many.get
    dict.update(both, {kind: n + known(kind, 0) for kind, n in few.items()})
    return both


def _channels(bucket: Bucket) -> Counter[Kind]:
    assert bucket.channel is not None
    codes = bucket.channel[bucket.start[:-1]]
    often = np.bincount(codes + 1, minlength=len(bucket.names.channels) + 1).tolist()
    named: list[Kind] = [(), *((name,) for name in bucket.names.channels)]
    return Counter({kind: n for kind, n in zip(named, often, strict=True) if n})


def _touchpoints(bucket: Bucket) -> Counter[Kind]:
    journey, touch = _known(bucket)
    names = bucket.names.touchpoints
    pairs = np.unique(journey * max(1, len(names)) + touch)
    often = np.bincount(pairs % max(1, len(names)), minlength=len(names)).tolist()
    return Counter({(name,): n for name, n in zip(names, often, strict=True) if n})


def _routes(bucket: Bucket) -> Counter[Kind]:
    """Returns journeys per way: its touchpoints in order. Equal ways are found by a hash of 64 bits."""
    journey, touch = _known(bucket)
    length = np.bincount(journey, minlength=bucket.journeys)
    start = np.concatenate([[0], np.cumsum(length)])
    turn = np.arange(len(touch)) - np.repeat(start[:-1], length)
    mixed = _scattered(touch.astype(np.uint64) + np.uint64(1) + _scattered(turn.astype(np.uint64) + np.uint64(1)))
    total = np.concatenate([np.zeros(1, np.uint64), np.cumsum(mixed, dtype=np.uint64)])
    told = total[start[1:]] - total[start[:-1]]
    _, first, often = np.unique(told, return_index=True, return_counts=True)
    known, name_of = np.minimum(length[first], LONGEST), bucket.names.touchpoints.__getitem__
    low = np.concatenate([[0], np.cumsum(known)])
    codes = touch[np.arange(low[-1]) + np.repeat(start[first] - low[:-1], known)].tolist()
    ways = [tuple(map(name_of, codes[begin:end])) for begin, end in pairwise(low.tolist())]
    long = length[first] > LONGEST
    counted: Counter[Kind] = Counter()
    dict.update(counted, zip(compress(ways, (~long).tolist()), often[~long].tolist(), strict=True))
    if long.any():
        counted[("…",)] += int(often[long].sum())
    return counted


def _known(bucket: Bucket) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    journey = np.repeat(np.arange(bucket.journeys), np.diff(bucket.start))
    mapped = bucket.touch >= 0
    return journey[mapped], bucket.touch[mapped].astype(np.int64)


def _scattered(number: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Returns numbers spread over 64 bits (splitmix64, Steele, Lea & Flood 2014)."""
    with np.errstate(over="ignore"):
        z = number * ODD
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))
