"""Rows of an engine into arrays of numpy while they arrive, so that nothing is ever held twice.

They come as a stream of Arrow, which nanoarrow opens: pyarrow does the same in fifty times the room. Plain numbers and
texts only.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.generic]

KINDS: dict[str, Any] = {
    **{"c": np.int8, "s": np.int16, "i": np.int32, "l": np.int64, "f": np.float32},
    **{"C": np.uint8, "S": np.uint16, "I": np.uint32, "L": np.uint64, "g": np.float64},
    "u": np.object_,
}
"""What Arrow calls a column of numbers, or of texts -> its type in numpy."""

SPARE = 16
"""A column grows by a sixteenth at least: to grow seldom, and hold little that is empty."""


class NotPlain(ValueError):
    """A column is no row of numbers or texts: `column` is its name, `kind` what Arrow calls it, '' with NULL."""

    def __init__(self, column: str, kind: str = "") -> None:
        """Takes the name of the column, and what it is instead."""
        super().__init__(column)
        self.column, self.kind = column, kind


class Broken(RuntimeError):
    """The stream stopped; its text is what the engine said."""


def arrived(rows: object) -> dict[str, Array]:
    """Returns the columns of a stream by name, each one array, of length 0 when it has no rows.

    `rows`: anything with `__arrow_c_stream__`. Raises NotPlain when a column holds anything but numbers or texts, NULL
    included, and Broken when the stream stops with an error.
    """
    import nanoarrow

    try:
        with nanoarrow.c_array_stream(rows) as stream:
            columns = _begun(stream.get_schema())
            size = 0
            for piece in stream:
                if piece.length:
                    _add(columns, size, piece)
                size += piece.length
    except RuntimeError as stopped:  # nanoarrow's own; what the engine said is its message
        raise Broken(getattr(stopped, "message", str(stopped))) from stopped
    for column in columns.values():
        column.resize(size, refcheck=False)
    return columns


def _begun(schema: Any) -> dict[str, Array]:
    """Returns an empty array for each column."""
    told = [(one.name, one.format) for one in schema.children]
    for name, kind in told:
        if kind not in KINDS:
            raise NotPlain(name, kind)
    return {name: np.empty(0, KINDS[kind]) for name, kind in told}


def _add(columns: dict[str, Array], size: int, piece: Any) -> None:
    """Puts the rows of a piece behind the first `size` of the columns."""
    view = piece.view()
    for place, (name, column) in enumerate(columns.items()):
        one = view.child(place)
        if one.null_count:
            raise NotPlain(name)
        first = piece.offset + one.offset
        rows = slice(first, first + piece.length)
        _put(column, size, _texts(one, rows) if column.dtype.hasobject else np.asarray(one.buffer(1))[rows])


def _put(column: Array, size: int, more: Array) -> None:
    """Puts values behind the first `size` of a column, which grows where it stands."""
    end = size + len(more)
    if end > len(column):
        # The system moves no bytes for it, as adding pieces together at the end would.
        column.resize(end + (end // SPARE if size else 0), refcheck=False)
    column[size:end] = more


def _texts(one: Any, rows: slice) -> Array:
    """Returns the texts of one column of a piece, which stand behind each other there."""
    ends = np.asarray(one.buffer(1))[rows.start : rows.stop + 1]
    held = np.asarray(one.buffer(2))[ends[0] : ends[-1]].tobytes()
    found = np.empty(len(ends) - 1, np.object_)
    found[:] = [held[first:end].decode() for first, end in pairwise((ends - ends[0]).tolist())]
    return found
