"""What an assistant is not told: numbers about fewer people than may be shared. Where it sends them is not ours to say.

An answer is plain values here, of any question; so what counts people is known by its name, as in what is shared. A row
about too few keeps its words and loses its numbers. Asking for one segment after another can still tell of a few: who
may ask, may subtract.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from klantreis.stats.intervals import Estimate
from klantreis.workspace.secondary import ALONE, COUNTS, SIZES, of_few, pinned

ESTIMATE = {"value", "n", "low", "high"}
PAIR = {"one", "other", "difference"}
"""What a row of two groups beside each other has."""


def without_few(answer: Any, least: int, name: str = "") -> tuple[Any, int]:
    """Returns an answer whose numbers about 1 to `least` - 1 people are None, and how many those were.

    `name`: the word that the value stands under. Where a list has one such row whose number the others give away, that
    of the smallest other goes too.
    """
    if isinstance(answer, Mapping):
        if set(answer) >= ESTIMATE:
            return _estimate(answer, least, name)
        if set(answer) >= PAIR and all(_told(answer[part]) for part in PAIR):
            return _pair(answer, least)
        if 0 < _size(answer) < least:
            return _bare(answer), 1
        return _each(answer, least)
    if isinstance(answer, list | tuple):
        beside = _beside([_size(one) for one in answer], least)
        found = [
            (_bare(one), 1) if place in beside else without_few(one, least, name) for place, one in enumerate(answer)
        ]
        return [one for one, _ in found], sum(out for _, out in found)
    return answer, 0


def _each(answer: Mapping[str, Any], least: int) -> tuple[dict[str, Any], int]:
    told: dict[str, Any] = {}
    out = 0
    for key, value in answer.items():
        if key in COUNTS | ALONE and _whole(value) and 0 < value < least:
            told[key], more = None, 1
        elif key in COUNTS and isinstance(value, list | tuple) and value and all(map(_whole, value)):
            told[key] = [None if 0 < one < least else one for one in value]
            more = told[key].count(None)
        else:
            told[key], more = without_few(value, least, key)
        out += more
    return told, out


def _estimate(answer: Mapping[str, Any], least: int, name: str) -> tuple[dict[str, Any], int]:
    n, value = answer["n"], answer["value"]
    few = _whole(n) and (0 < n < least or (value is not None and of_few(Estimate(value, n), name, least)))
    return ({**answer, "value": None, "low": None, "high": None}, 1) if few else (dict(answer), 0)


def _pair(answer: Mapping[str, Any], least: int) -> tuple[dict[str, Any], int]:
    """Returns a row of two groups; when one number is about a few, none is told: the others give it away."""
    name = "" if answer.get("unit", "share") == "share" else "mean"
    out = sum(_estimate(answer[part], least, name)[1] for part in ("one", "other"))
    return (_bare(answer), out) if out else (dict(answer), 0)


def _told(value: Any) -> bool:
    return isinstance(value, Mapping) and set(value) >= ESTIMATE


def _beside(sizes: list[int], least: int) -> set[int]:
    hidden = [size for size in sizes if 0 < size < least]
    left = sorted((size, place) for place, size in enumerate(sizes) if size >= least)
    found: set[int] = set()
    while left and pinned(hidden, least):
        size, place = left.pop(0)
        found.add(place)
        hidden.append(size)
    return found


def _bare(answer: Any) -> Any:
    """Returns a value without any number in it."""
    if isinstance(answer, Mapping):
        return {key: _bare(value) for key, value in answer.items()}
    if isinstance(answer, list | tuple):
        return [_bare(one) for one in answer]
    return None if isinstance(answer, int | float) and not isinstance(answer, bool) else answer


def _size(answer: Any) -> int:
    if not isinstance(answer, Mapping) or set(answer) >= ESTIMATE:
        return 0
    return next((answer[name] for name in SIZES if _whole(answer.get(name))), 0)


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
