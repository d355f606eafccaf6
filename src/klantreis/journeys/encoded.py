"""Writes the Parts of analyses as bytes, and reads them back: numbers, texts, tuples, mappings, arrays, dataclasses.

Nothing in the bytes is ever run, as a pickle's would be: a class is looked up by name among the dataclasses of packages
that were named beforehand, and whatever else the bytes say is refused.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import reduce
from importlib import import_module
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from klantreis.labels import Label

MARK = b"KRP2"
DIGEST = 16
NUMBERS = "biuf"
"""Kinds of numpy arrays that are plain numbers."""
ALIGN = 8
MANY = 8
"""From so many alike values on, they are written as columns: a mapping of numbers becomes two arrays."""

Array = NDArray[np.generic]


class NotPlain(ValueError):
    """Something that is not made of plain values, or bytes that do not say what they should."""


def encoded(value: object, key: str) -> bytes:
    """Returns a value as bytes that belong to `key`.

    Raises NotPlain when it is made of anything but numbers, texts, None, tuples, lists, mappings, sets, arrays of
    numbers and dataclasses of these. A Label is refused too: words are no part of what was counted.
    """
    return b"".join(pieces(value, key))


def pieces(value: object, key: str) -> list[bytes | memoryview]:
    """Returns the same bytes in pieces, to be written one after the other: the arrays in it are not copied."""
    arrays: list[Array] = []
    tree = _told(value, arrays)
    kinds = [(array.dtype.str, list(array.shape)) for array in arrays]
    head = json.dumps([tree, kinds], separators=(",", ":")).encode()
    head += b" " * (-(len(head) + len(MARK) + DIGEST + ALIGN) % ALIGN)
    blobs = [blob for array in arrays for blob in _padded(np.ascontiguousarray(array))]
    body = [len(head).to_bytes(ALIGN, "little"), head, *blobs]
    return [MARK, _digest(key, body), *body]


def decoded(data: bytes | memoryview, key: str, packages: tuple[str, ...]) -> Any:
    """Returns the value that `encoded` wrote for `key`; dataclasses come from `packages` only.

    Raises NotPlain for bytes that were cut short, changed, or written for another key.
    """
    start = len(MARK) + DIGEST
    if data[: len(MARK)] != MARK or data[len(MARK) : start] != _digest(key, [memoryview(data)[start:]]):
        raise NotPlain("these bytes are damaged, or were written for something else")
    try:
        first = start + ALIGN + int.from_bytes(data[start : start + ALIGN], "little")
        tree, kinds = json.loads(bytes(data[start + ALIGN : first]))
        return _read(tree, _arrays(data, first, kinds), packages)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, ImportError) as error:
        raise NotPlain(str(error)) from error


def fingerprint(value: object) -> str:
    """Returns a hash of a value in which words (Labels) do not count, and the order of a mapping does not either.

    Raises NotPlain when it is made of anything but plain values and dataclasses of them.
    """
    arrays: list[Array] = []
    told = json.dumps(_told(value, arrays, words=False), sort_keys=True)
    digest = hashlib.blake2b(told.encode(), digest_size=DIGEST)
    for array in arrays:
        digest.update(repr((array.dtype.str, array.shape)).encode() + np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()


def _digest(key: str, body: Sequence[bytes | memoryview]) -> bytes:
    """Returns what tells these bytes for this key from damaged ones: by a sum of 32 bits, as many bytes are read."""
    told = reduce(lambda crc, piece: zlib.crc32(piece, crc), body, 0), sum(map(len, body))
    return hashlib.blake2b(repr(told).encode(), digest_size=DIGEST, key=key.encode()[:64]).digest()


def _padded(array: Array) -> tuple[bytes | memoryview, bytes]:
    """Returns the bytes of an array, not copied, and those that follow it."""
    return array.data.cast("B") if array.size else b"", b"\0" * (-array.nbytes % ALIGN)


def _told(value: Any, arrays: list[Array], *, words: bool = True) -> Any:
    """Returns a value as JSON: plain ones as they are, others as [kind, ...]; arrays are put aside by number."""
    kind = type(value)
    if value is None or kind in (bool, int, str):
        return value
    if kind is float:
        return ["f", value.hex()]
    if isinstance(value, np.ndarray | np.generic):
        if value.dtype.kind not in NUMBERS and value.size:
            raise NotPlain(f"an array of {value.dtype}")
        arrays.append(np.asarray(value))
        return ["a" if isinstance(value, np.ndarray) else "n", len(arrays) - 1]
    inside = _together(value, arrays, words)
    if inside is not None:
        return inside
    if isinstance(value, Label) and not words:
        return ["words"]
    if is_dataclass(value) and not isinstance(value, Label | type):
        value = value.laid_out() if hasattr(value, "laid_out") else value  # what is found elsewhere comes along
        told = [_told(getattr(value, field.name), arrays, words=words) for field in fields(value)]
        return ["d", kind.__module__, kind.__qualname__, *told]
    raise NotPlain(f"a {kind.__name__}")


def _together(value: Any, arrays: list[Array], words: bool) -> Any:
    """Returns what holds other values as JSON, as columns when they are many; None when it holds none."""
    kind, many = type(value), words and isinstance(value, Collection) and len(value) >= MANY
    if kind in PLURAL:
        if many:
            return ["s", PLURAL[kind], _column(list(value), arrays)]
        return [PLURAL[kind], *(_told(one, arrays, words=words) for one in value)]
    if kind in (set, frozenset):
        return [kind.__name__, *sorted((_told(one, arrays, words=words) for one in value), key=json.dumps)]
    if not isinstance(value, Mapping):
        return None
    name = "c" if kind is Counter else "m"
    if many:
        return ["p", name, _column(list(value), arrays), _column(list(value.values()), arrays)]
    pairs = [[_told(one, arrays, words=words), _told(other, arrays, words=words)] for one, other in value.items()]
    return [name, *(pairs if words else sorted(pairs, key=json.dumps))]


def _column(values: list[Any], arrays: list[Array]) -> Any:
    """Returns values as one column where they are alike: numbers, tuples of one length, dataclasses of one kind."""
    kinds = set(map(type, values))
    first = values[0]
    if kinds == {int}:
        try:
            arrays.append(np.array(values, dtype=np.int64))
            return ["i", len(arrays) - 1]
        except OverflowError:
            pass
    elif kinds == {tuple} and first and len(set(map(len, values))) == 1:
        return ["T", *(_column(list(column), arrays) for column in zip(*values, strict=True))]
    elif len(kinds) == 1 and is_dataclass(first) and fields(first) and not isinstance(first, Label):
        inside = [_column([getattr(value, field.name) for value in values], arrays) for field in fields(first)]
        return ["D", type(first).__module__, type(first).__qualname__, *inside]
    return ["v", *(_told(value, arrays) for value in values)]


PLURAL: dict[Any, str] = {tuple: "t", list: "l"}


def _arrays(data: bytes | memoryview, first: int, kinds: list[tuple[str, list[int]]]) -> list[Array]:
    found = []
    for name, shape in kinds:
        dtype = np.dtype(name)
        count = int(np.prod(shape, dtype=np.int64))
        if (dtype.kind not in NUMBERS and count) or min(shape, default=0) < 0:
            raise NotPlain(f"an array of {dtype}")
        if not count:
            found.append(np.empty(shape, dtype))
            continue
        # What was read may be written to, as what was measured may: memory allows it, of bytes a copy is made.
        array = np.frombuffer(data, dtype, count, first).reshape(shape)
        found.append(array if array.flags.writeable else array.copy())
        first += -(-count * dtype.itemsize // ALIGN) * ALIGN
    return cast(list[Array], found)


def _read(tree: Any, arrays: list[Array], packages: tuple[str, ...]) -> Any:
    if not isinstance(tree, list):
        return tree
    kind, *rest = tree
    if kind == "f":
        return float.fromhex(rest[0])
    if kind in ("a", "n"):
        return arrays[rest[0]] if kind == "a" else arrays[rest[0]][()]
    if kind == "d":
        return _dataclass(rest[0], rest[1], packages)(*(_read(one, arrays, packages) for one in rest[2:]))
    if kind in ("s", "p"):
        columns = [_values(one, arrays, packages) for one in rest[1:]]
        return MADE[rest[0]](columns[0] if kind == "s" else dict(zip(*columns, strict=True)))
    if kind in ("m", "c"):
        return MADE[kind]({_read(one, arrays, packages): _read(other, arrays, packages) for one, other in rest})
    return MADE[kind](_read(one, arrays, packages) for one in rest)


MADE: dict[str, Any] = {"t": tuple, "l": list, "set": set, "frozenset": frozenset, "m": dict, "c": Counter}


def _values(column: Any, arrays: list[Array], packages: tuple[str, ...]) -> list[Any]:
    kind, *rest = column
    if kind == "i":
        return list(arrays[rest[0]].tolist())
    if kind == "T":
        return list(zip(*(_values(one, arrays, packages) for one in rest), strict=True))
    if kind == "D":
        made = _dataclass(rest[0], rest[1], packages)
        return [made(*row) for row in zip(*(_values(one, arrays, packages) for one in rest[2:]), strict=True)]
    return [_read(one, arrays, packages) for one in rest]


def _dataclass(module: str, name: str, packages: tuple[str, ...]) -> Any:
    """Returns a dataclass by its name, only from these packages."""
    if not any(module == package or module.startswith(f"{package}.") for package in packages):
        raise NotPlain(f"{module}.{name} is not one of ours")
    found: Any = sys.modules.get(module) or import_module(module)
    for word in name.split("."):
        found = getattr(found, word)
    if not (isinstance(found, type) and is_dataclass(found)):
        raise NotPlain(f"{module}.{name} is no dataclass")
    return found
