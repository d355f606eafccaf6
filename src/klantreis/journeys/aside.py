"""Persons who changed since their bucket was laid stand beside it, in one small file, until somebody looks at them all.

So a refresh writes what changed, and no bucket again; whoever asks for a bucket gets it whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields
from functools import partial
from pathlib import Path

import numpy as np

from klantreis.journeys.disk import checksum
from klantreis.journeys.encoded import NotPlain, decoded, encoded
from klantreis.journeys.manifest import Stored
from klantreis.journeys.model import Bucket
from klantreis.journeys.slices import Later
from klantreis.journeys.woven import NOBODY, TOUCHED, Arrays, Keys, instead, of, woven


@dataclass(frozen=True, slots=True)
class Aside:
    """Some persons of a bucket. `gone`: who they are, those without journeys too; `arrays`: theirs, {} for nobody."""

    gone: Keys = field(default_factory=lambda: NOBODY)
    arrays: Arrays = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.arrays)

    def changed(self, people: Keys, now: Arrays) -> Aside:
        """Returns these and others, who are as they are `now`."""
        return Aside(np.union1d(self.gone, people), instead(self.arrays, now, people) if self else now)

    def over(self, arrays: Arrays) -> Arrays:
        """Returns the arrays of a bucket with these persons in the place of what stands there of them."""
        return instead(arrays, self.arrays, self.gone) if self else arrays

    def theirs(self, arrays: Arrays, people: Keys) -> Arrays:
        """Returns `over`, of some persons only."""
        left = of(arrays, np.setdiff1d(people, self.gone))
        return woven([left, of(self.arrays, people)]) if self else left


def write_aside(store: Path, path: Path, aside: Aside) -> tuple[Stored, ...]:
    """Writes persons in one file, in a folder that is made when needed; nothing when there are none."""
    if not aside:
        return ()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encoded({TOUCHED: aside.gone, **aside.arrays}, path.stem))
    return (Stored(path.relative_to(store).as_posix(), path.stat().st_size, checksum(path)),)


def read_aside(store: Path, files: Iterable[Stored]) -> Aside:
    """Returns what `write_aside` wrote; raises OSError or ValueError when it cannot be read."""
    for stored in files:
        path = store / stored.path
        try:
            arrays = decoded(path.read_bytes(), path.stem, ())
            return Aside(arrays.pop(TOUCHED), arrays)
        except (NotPlain, KeyError, AttributeError) as error:
            raise ValueError(f"{stored.path}: {error}") from error
    return Aside()


class Whole(Later):
    """Buckets with the persons who stand beside them in their places; `others` are those, None beside most."""

    def __init__(
        self, source: Sequence[Bucket], others: Sequence[tuple[Keys, Bucket] | None], generations: tuple[str, ...]
    ) -> None:
        """Takes for each bucket who stand beside it, and as what bucket of their own."""
        super().__init__(source, _same, generations)
        self.others = tuple(others)

    def changing(self, place: int) -> Callable[[Bucket], Bucket]:
        """Returns what puts them in the bucket at this place."""
        other = self.others[place]
        return _same if other is None else partial(_put_in, gone=other[0], other=other[1], told=self.generations[place])


def _same(bucket: Bucket) -> Bucket:
    return bucket


def _put_in(bucket: Bucket, *, gone: Keys, other: Bucket, told: str) -> Bucket:
    arrays = instead(_arrays(bucket), _arrays(other), gone)
    return Bucket(names=bucket.names, generation=told, **arrays)


def _arrays(bucket: Bucket) -> Arrays:
    held = {one.name: getattr(bucket, one.name) for one in fields(bucket)}
    return {name: value for name, value in held.items() if isinstance(value, np.ndarray)}
