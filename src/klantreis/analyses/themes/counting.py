"""Counts of one bucket: comments per survey, themes and score; comments per entry of the list; people per word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.themes.matching import Matcher, Text
from klantreis.journeys.model import NO_SCORE

Ints = NDArray[np.int64]
Codes = NDArray[np.signedinteger[Any]]
Number = TypeVar("Number", bound=np.integer[Any])
NUMBER = 4
"""Bytes of a number of a word or an entry."""


def counted(
    texts: Sequence[Text], place: Ints, answered: tuple[Codes, Codes], surveys: tuple[str, ...], known: Matcher
) -> Counter[tuple[str, int, int]]:
    """Returns how many comments there are per survey, bits of themes and score."""
    survey, score = (column.astype(np.int64) for column in answered)
    kinds = list(known.kinds)
    kind = np.array([text.kind for text in texts], np.int64)[place]
    keys, often = np.unique(((survey * len(kinds) + kind) << 32) + score - NO_SCORE, return_counts=True)
    found = Counter[tuple[str, int, int]]()
    for key, times in zip(keys.tolist(), often.tolist(), strict=True):
        code, spot = divmod(key >> 32, len(kinds))
        found[surveys[code], kinds[spot], (key & 0xFFFFFFFF) + NO_SCORE] = times
    return found


def told(texts: Sequence[Text], place: Ints, known: Matcher) -> Counter[tuple[int, int]]:
    """Returns how many comments tell each entry of the list."""
    numbers, sizes = joined([text.entries for text in texts])
    counts = _summed(numbers, sizes, np.bincount(place, minlength=len(texts)))
    return Counter({known.entry(number): int(counts[number]) for number in np.flatnonzero(counts).tolist()})


def spoken(texts: Sequence[Text], place: Ints, person: Ints, known: Matcher) -> Counter[str]:
    """Returns how many people use each word: those of one text are counted together, the others person by person."""
    words, sizes = joined([text.words for text in texts])
    who, what = np.divmod(distinct(person * len(texts) + place), max(len(texts), 1))
    new = np.diff(who, prepend=-1) != 0
    single = new & np.append(new[1:], True)[: new.size]
    counts = _summed(words, sizes, np.bincount(what[single], minlength=len(texts)))
    who, what = who[~single], what[~single]
    begins = np.cumsum(sizes) - sizes
    theirs = words[spread(begins[what], sizes[what])]
    pairs = distinct(np.repeat(who, sizes[what]) * max(counts.size, 1) + theirs)
    counts = counts + np.bincount(pairs % max(counts.size, 1), minlength=counts.size)
    used = np.flatnonzero(counts)
    return Counter({known.words[word]: times for word, times in zip(used.tolist(), counts[used].tolist(), strict=True)})


def distinct(values: NDArray[Number]) -> NDArray[Number]:
    """Returns the distinct values, sorted; quicker than `numpy.unique`, which looks each of them up."""
    found = np.sort(values)
    new = np.ones(found.size, np.bool_)
    new[1:] = found[1:] != found[:-1]
    return found[new]


def spread(begins: Ints, sizes: Ints) -> Ints:
    """Returns the numbers begin, begin + 1, ... of each run of such a size, one run after the other."""
    ends = np.cumsum(sizes)
    return np.arange(ends[-1] if ends.size else 0) + np.repeat(begins - ends + sizes, sizes)


def _summed(numbers: Ints, sizes: Ints, often: Ints) -> Ints:
    """Returns how often each number is met, when each run of numbers is met so often."""
    return np.bincount(numbers, weights=np.repeat(often, sizes)).astype(np.int64)


def joined(lists: Sequence[bytes]) -> tuple[Ints, Ints]:
    """Returns all numbers in a row, and how many each list has."""
    numbers = np.frombuffer(b"".join(lists), np.int32).astype(np.int64)
    return numbers, np.fromiter(map(len, lists), np.int64, len(lists)) // NUMBER
