"""A bucket on its way to a worker: an array that stands in a file is told by its path, the rest goes along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.errors import StoreError
from klantreis.journeys.model import Bucket, Journeys, Names
from klantreis.journeys.slices import Later
from klantreis.labels import Label

Change = Callable[[Bucket], Bucket]


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a worker makes a bucket from: whole values, arrays of which only the file is told, and what is then cut.

    `changes` make the bucket that was asked for of the one that travelled, the first one first.
    """

    whole: dict[str, Any]
    told: dict[str, str]
    changes: tuple[Change, ...] = ()

    def bucket(self, names: Names) -> Bucket:
        """Returns the bucket, with the names that all buckets share; raises StoreError when a file is not seen here."""
        arrays = {name: _read(path) for name, path in self.told.items()}
        bucket = Bucket(**{"names": names, **self.whole, **arrays})
        for change in self.changes:
            bucket = change(bucket)
        return bucket


def parcels(journeys: Journeys, *, shared: bool) -> list[Parcel]:
    """Returns every bucket ready to travel; a slice is cut where it arrives, so its files are still told by path."""
    buckets: Sequence[Bucket] = journeys.buckets
    layers: tuple[Later, ...] = ()
    while isinstance(buckets, Later):
        layers = (buckets, *layers)
        buckets = buckets.source
    names = journeys.about.names
    return [
        replace(parcel(bucket, names, shared=shared), changes=tuple(layer.changing(place) for layer in layers))
        for place, bucket in enumerate(buckets)
    ]


def parcel(bucket: Bucket, names: Names, *, shared: bool) -> Parcel:
    """Returns a bucket ready to travel; `names` go apart, once. `shared`: a file need only be told by its path."""
    held = {one.name: getattr(bucket, one.name) for one in fields(bucket)}
    if bucket.names == names:
        del held["names"]
    files = {name: _file(value) for name, value in held.items()} if shared else {}
    told = {name: path for name, path in files.items() if path is not None}
    return Parcel({name: value for name, value in held.items() if name not in told}, told)


def _file(value: object) -> str | None:
    """Returns the file that holds exactly this array, None when there is none."""
    if not isinstance(value, np.ndarray) or not value.flags.c_contiguous:
        return None
    root = value
    while isinstance(root.base, np.ndarray):
        root = root.base
    if not isinstance(root, np.memmap) or root.filename is None:
        return None
    same = (value.ctypes.data, value.dtype, value.shape) == (root.ctypes.data, root.dtype, root.shape)
    return str(Path(root.filename).resolve()) if same else None


def _read(path: str) -> NDArray[np.generic]:
    try:
        return np.asarray(np.load(path, mmap_mode="c", allow_pickle=False))
    except OSError as error:
        raise StoreError(
            Label("Een worker ziet een bestand van de opslag niet.", "A worker does not see a file of the store."),
            where=path,
            mend=Label(
                "Zet de werkmap op een schijf die alle computers delen, of schrijf: spark: {files: sent}",
                "Put the workspace on a disk that all machines share, or write: spark: {files: sent}",
            ),
        ) from error
