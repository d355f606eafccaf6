"""Some of those who were counted are exchanged for others: what was counted, less what they were, and what they are.

Counts are whole numbers, so this is exact. It works for numbers, arrays of one shape, mappings and counters by key, and
tuples and dataclasses of these; what is told otherwise has an `exchanged(was, now)` of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

import numpy as np

from klantreis.stats.spread import Spreads, empty
from klantreis.stats.spread_ends import NotExchanged
from klantreis.stats.spread_exchange import exchanged as spread_exchanged

__all__ = ["NotExchanged", "exchanged"]

Part = TypeVar("Part")
NO_COUNT = 1 << 62
"""From here on a number marks an empty place (of an example, a moment), and counts nothing."""


def exchanged(whole: Part, was: Part | None, now: Part | None) -> Part:
    """Returns what `whole` becomes when those counted in `was` are counted as in `now`; None: nothing.

    A counter may hold numbers below zero, which another part of the same whole makes good. A key that nobody has any
    more is left out. Raises NotExchanged when it cannot be told, as for the highest of all.
    """
    found: Any = _exchanged(whole, was, now)
    return found  # type: ignore[no-any-return]


def _exchanged(whole: Any, was: Any, now: Any) -> Any:
    if was is None and now is None:
        return whole
    given = [one for one in (whole, was, now) if one is not None]
    if isinstance(whole, Spreads):
        return spread_exchanged(whole, was or empty(whole.limits), now or empty(whole.limits))
    if hasattr(whole, "exchanged"):
        return whole.exchanged(was, now)
    if all(isinstance(one, int | np.integer) and not isinstance(one, bool) for one in given):
        return int(whole) - int(was or 0) + int(now or 0)
    if isinstance(whole, np.ndarray):
        return _arrays(whole, was, now)
    if isinstance(whole, Mapping):
        return _mappings(whole, was or {}, now or {})
    if isinstance(whole, tuple) and len({len(one) for one in given}) == 1:
        return tuple(_exchanged(one, *others) for one, *others in _side_by_side(whole, was, now))
    return _field_by_field(whole, was, now) if is_dataclass(whole) else _the_same(given)


def _field_by_field(whole: Any, was: Any, now: Any) -> Any:
    names = [field.name for field in fields(whole)]
    columns = ([None if one is None else getattr(one, name) for name in names] for one in (whole, was, now))
    return type(whole)(*(_exchanged(*three) for three in zip(*columns, strict=True)))


def _the_same(given: list[Any]) -> Any:
    """Returns what is no count (a name, a setting), which nobody changes."""
    if all(type(one) is type(given[0]) and one == given[0] for one in given) and not isinstance(given[0], float):
        return given[0]
    raise NotExchanged(f"{type(given[0]).__name__} cannot be exchanged")


def _side_by_side(whole: tuple[Any, ...], was: Any, now: Any) -> Any:
    nothing = (None,) * len(whole)
    return zip(whole, was or nothing, now or nothing, strict=True)


def _arrays(whole: Any, was: Any, now: Any) -> Any:
    if whole.dtype.kind not in "iu" or any(one is not None and one.shape != whole.shape for one in (was, now)):
        raise NotExchanged(f"an array of {whole.dtype} {whole.shape}")
    if whole.size and whole.max() >= NO_COUNT:
        raise NotExchanged("an array with empty places holds no counts")
    return whole - (0 if was is None else was) + (0 if now is None else now)


def _mappings(whole: Mapping[Any, Any], was: Mapping[Any, Any], now: Mapping[Any, Any]) -> Any:
    counted = isinstance(whole, Counter)
    found = dict(whole)
    for key in {**was, **now}:
        if counted:
            found[key] = int(whole[key]) - int(was.get(key, 0)) + int(now.get(key, 0))
        elif key in whole:
            found[key] = exchanged(whole[key], was.get(key), now.get(key))
        elif key in was:
            raise NotExchanged(f"{key} was not counted")
        else:
            found[key] = now[key]
        if (counted or key not in now) and _nothing(found[key]):
            del found[key]
    return Counter(found) if counted else found


def _nothing(value: Any) -> bool:
    if isinstance(value, int | np.integer):
        return bool(value == 0 or value >= NO_COUNT)
    if isinstance(value, np.ndarray):
        return not value.any()
    if isinstance(value, tuple):
        return all(map(_nothing, value))
    if is_dataclass(value):
        return all(_nothing(getattr(value, field.name)) for field in fields(value))
    return isinstance(value, Mapping) and not value
