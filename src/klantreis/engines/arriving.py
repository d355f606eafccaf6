"""Rows of an engine into arrays of numpy while they arrive, so that nothing is ever held twice.

They come by the C stream of Arrow (arrow.apache.org/docs/format/CStreamInterface.html), for which pyarrow is not
needed: its three structures are spelled out here. Plain numbers and texts only.
"""

from __future__ import annotations

import ctypes
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.generic]

KINDS = {
    **{"c": np.int8, "s": np.int16, "i": np.int32, "l": np.int64, "f": np.float32},
    **{"C": np.uint8, "S": np.uint16, "I": np.uint32, "L": np.uint64, "g": np.float64},
    "u": np.object_,
}
"""What Arrow calls a column of numbers, or of texts -> its type in numpy."""

SPARE = 16
"""A column grows by a sixteenth at least: to grow seldom, and hold little that is empty."""

NAME = b"arrow_array_stream"


class NotPlain(ValueError):
    """A column is no row of numbers or texts: `column` is its name, `kind` what Arrow calls it, '' with NULL."""

    def __init__(self, column: str, kind: str = "") -> None:
        """Takes the name of the column, and what it is instead."""
        super().__init__(column)
        self.column, self.kind = column, kind


class Broken(RuntimeError):
    """The stream stopped; its text is what the engine said."""


class _Schema(ctypes.Structure):
    pass


class _Rows(ctypes.Structure):
    pass


class _Stream(ctypes.Structure):
    pass


_Release = ctypes.CFUNCTYPE(None, ctypes.c_void_p)
_END: list[tuple[str, Any]] = [("dictionary", ctypes.c_void_p), ("release", _Release), ("own", ctypes.c_void_p)]
_Schema._fields_ = [
    *((name, ctypes.c_char_p) for name in ("format", "name", "metadata")),
    *((name, ctypes.c_int64) for name in ("flags", "n_children")),
    ("children", ctypes.POINTER(ctypes.POINTER(_Schema))),
    *_END,
]
_Rows._fields_ = [
    *((name, ctypes.c_int64) for name in ("length", "null_count", "offset", "n_buffers", "n_children")),
    ("buffers", ctypes.POINTER(ctypes.c_void_p)),
    ("children", ctypes.POINTER(ctypes.POINTER(_Rows))),
    *_END,
]
_Stream._fields_ = [
    ("get_schema", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.POINTER(_Schema))),
    ("get_next", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.POINTER(_Rows))),
    ("get_last_error", ctypes.CFUNCTYPE(ctypes.c_char_p, ctypes.c_void_p)),
    ("release", _Release),
    ("own", ctypes.c_void_p),
]
_at = ctypes.pythonapi.PyCapsule_GetPointer
_at.restype, _at.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]


def arrived(capsule: object) -> dict[str, Array]:
    """Returns the columns of a stream by name, each one array, of length 0 when it has no rows.

    `capsule`: what `__arrow_c_stream__` gives; it is closed after. Raises NotPlain when a column holds anything but
    numbers or texts, NULL included, and Broken when the stream stops with an error.
    """
    at = _at(capsule, NAME)
    stream = _Stream.from_address(at)
    try:
        columns = _begun(stream, at)
        rows = 0
        while True:
            piece = _Rows()
            _asked(stream, at, stream.get_next(at, ctypes.byref(piece)))
            if not piece.release:
                break
            rows += _added(columns, rows, piece)
        for column in columns.values():
            column.resize(rows, refcheck=False)
    finally:
        stream.release(at)
    return columns


def _begun(stream: _Stream, at: int) -> dict[str, Array]:
    """Returns an empty array for each column."""
    schema = _Schema()
    _asked(stream, at, stream.get_schema(at, ctypes.byref(schema)))
    try:
        told = [schema.children[place].contents for place in range(schema.n_children)]
        kinds = [(one.name.decode(), one.format.decode()) for one in told]
    finally:
        schema.release(ctypes.addressof(schema))
    for name, kind in kinds:
        if kind not in KINDS:
            raise NotPlain(name, kind)
    return {name: np.empty(0, KINDS[kind]) for name, kind in kinds}


def _added(columns: dict[str, Array], rows: int, piece: _Rows) -> int:
    """Puts the rows of a piece behind the first `rows` of the columns, gives it back, and returns how many it had."""
    try:
        for place, (name, column) in enumerate(columns.items()):
            one = piece.children[place].contents
            if one.null_count:
                raise NotPlain(name)
            at = piece.offset + one.offset, piece.length
            if piece.length:
                _put(column, rows, _texts(one, *at) if column.dtype.hasobject else _numbers(one, *at, column.dtype))
        return int(piece.length)
    finally:
        piece.release(ctypes.addressof(piece))


def _put(column: Array, rows: int, more: Array) -> None:
    """Puts values behind the first `rows` of a column, which grows where it stands."""
    end = rows + len(more)
    if end > len(column):
        # The system moves no bytes for it, as adding pieces together at the end would.
        column.resize(end + (end // SPARE if rows else 0), refcheck=False)
    column[rows:end] = more


def _numbers(one: _Rows, low: int, count: int, dtype: np.dtype[Any]) -> Array:
    """Returns the numbers of one column of a piece where they stand; they are gone with the piece."""
    held = (ctypes.c_char * (count * dtype.itemsize)).from_address(one.buffers[1] + low * dtype.itemsize)
    return np.frombuffer(memoryview(held), dtype)


def _texts(one: _Rows, low: int, count: int) -> Array:
    """Returns the texts of one column of a piece, which stand behind each other there."""
    ends = _numbers(one, low, count + 1, np.dtype(np.int32))
    held = ctypes.string_at(one.buffers[2], int(ends[-1]))[int(ends[0]) :] if ends[-1] else b""
    found = np.empty(count, np.object_)
    found[:] = [held[first:end].decode() for first, end in pairwise((ends - ends[0]).tolist())]
    return found


def _asked(stream: _Stream, at: int, wrong: int) -> None:
    if wrong:
        raise Broken((stream.get_last_error(at) or b"").decode(errors="replace"))
