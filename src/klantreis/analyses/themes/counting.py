"""Counts of one bucket: comments per survey, themes and score; comments per entry of the list; people per word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.themes.matching import MOST_WORDS, Matcher, Text
from klantreis.journeys.model import NO_SCORE

Ints = NDArray[np.int64]
Codes = NDArray[np.signedinteger[Any]]
NUMBER = 4
"""Bytes of a number of a word or an entry."""


def counted(
    texts: Sequence[Text], place: Ints, answered: tuple[Codes, Codes], surveys: tuple[str, ...]
) -> Counter[tuple[str, int, int]]:
    """Returns how many comments there are per survey, bits of themes and score."""
    survey, score = (column.astype(np.int64) for column in answered)
    kinds = list(dict.fromkeys(text.bits for text in texts))
    spots = {bits: spot for spot, bits in enumerate(kinds)}
    kind = np.array([spots[text.bits] for text in texts], np.int64)[place]
    keys, often = np.unique(((survey * len(kinds) + kind) << 32) + score - NO_SCORE, return_counts=True)
    found = Counter[tuple[str, int, int]]()
    for key, times in zip(keys.tolist(), often.tolist(), strict=True):
        code, spot = divmod(key >> 32, len(kinds))
        found[surveys[code], kinds[spot], (key & 0xFFFFFFFF) + NO_SCORE] = times
    return found


def told(texts: Sequence[Text], place: Ints, known: Matcher) -> Counter[tuple[int, int]]:
    """Returns how many comments tell each entry of the list."""
    counts = _summed([text.entries for text in texts], np.bincount(place, minlength=len(texts)))
    return Counter({known.entry(number): times for number, times in enumerate(counts) if times})


def spoken(texts: Sequence[Text], place: Ints, person: Ints, known: Matcher) -> Counter[str]:
    """Returns how many people use each word: those of one text are counted together, the others person by person."""
    lists = [text.words for text in texts]
    who, what = np.divmod(_distinct(person * len(texts) + place), max(len(texts), 1))
    new = np.diff(who, prepend=-1) != 0
    single = new & np.append(new[1:], True)[: new.size]
    alone = np.bincount(what[single], minlength=len(texts))
    who, what = who[~single], what[~single]
    words, sizes = _joined([lists[number] for number in what.tolist()])
    pairs = _distinct(np.repeat(who, sizes) * MOST_WORDS + words)
    found = Counter[str]()
    for counts in (_summed(lists, alone), np.bincount(pairs % MOST_WORDS).tolist()):
        for word, times in zip(list(known.numbers), counts, strict=False):
            if times:
                found[word] += times
    return found + _rare(texts, alone, (who, what)) if any(text.rare for text in texts) else found


def _summed(lists: Sequence[bytes], often: Ints) -> list[int]:
    """Returns how often each number is met, when each list of numbers is met so often."""
    numbers, sizes = _joined(lists)
    counts = np.bincount(numbers, weights=np.repeat(often, sizes))
    found: list[int] = counts.astype(np.int64).tolist()
    return found


def _distinct(values: Ints) -> Ints:
    """Returns the distinct values, sorted; quicker than `numpy.unique`, which looks each of them up."""
    found = np.sort(values)
    new = np.ones(found.size, np.bool_)
    new[1:] = found[1:] != found[:-1]
    return found[new]


def _joined(lists: Sequence[bytes]) -> tuple[Ints, Ints]:
    """Returns all numbers in a row, and how many each list has."""
    numbers = np.frombuffer(b"".join(lists), np.int32).astype(np.int64)
    return numbers, np.fromiter(map(len, lists), np.int64, len(lists)) // NUMBER


def _rare(texts: Sequence[Text], alone: Ints, several: tuple[Ints, Ints]) -> Counter[str]:
    """Returns how many people use each word without a number, of those with one text and of those with several."""
    found = Counter[str]()
    for text, times in zip(texts, alone.tolist(), strict=True):
        for word in text.rare if times else ():
            found[word] += times
    pairs = {
        (who, word) for who, what in zip(*map(np.ndarray.tolist, several), strict=True) for word in texts[what].rare
    }
    found.update(word for _, word in pairs)
    return found
