"""Examples of what is written, without personal data: a few words, and only words that many people use."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.themes.counting import Ints, distinct, joined, spread
from klantreis.analyses.themes.matching import Matcher, Text
from klantreis.analyses.themes.result import Options
from klantreis.stats.exchange import NotExchanged

Candidate = tuple[int, tuple[tuple[str, str], ...]]
"""(rank, words as written beside themselves folded)."""

AROUND, POOL, LEFT_OUT = 4, 24, "…"
RANK = 8
"""Bytes of a rank."""


def chosen(
    texts: Sequence[Text], place: Ints, keys: NDArray[np.uint64], known: Matcher
) -> dict[int, dict[int, Candidate]]:
    """Returns per theme the candidates of comments: the words around a first find. Per comment the `place` of its text,
    and the key of the person whose it is.

    A rank is the same whatever the order, so the same few are always kept.
    """
    themes, sizes = joined([text.themes for text in texts])
    finds = np.array([*chain.from_iterable([text.finds for text in texts])], object)
    some = np.flatnonzero(sizes[place])
    often, begins = sizes[place[some]], (np.cumsum(sizes) - sizes)[place[some]]
    found, which = np.repeat(some, often), spread(begins, often)
    whose = np.repeat(np.array([b"%d" % key for key in keys[some].tolist()], object), often)
    ranks, theme = _ranks(whose.tolist(), finds[which].tolist()), themes[which]
    pools: dict[int, dict[int, Candidate]] = {}
    for number in np.flatnonzero(np.bincount(theme)).tolist():
        mine = np.flatnonzero(theme == number)
        last = distinct(ranks[mine])[:POOL][-1]
        pool = pools[number] = {}
        for spot in mine[ranks[mine] <= last].tolist():
            comment, find = texts[place[found[spot]]].comment, finds[which[spot]]
            keep(pool, (int(ranks[spot]), _around(comment, int(find.split(b":")[1]), known)))
    return pools


def _ranks(whose: Sequence[bytes], told: Sequence[bytes]) -> NDArray[np.uint64]:
    """Returns the rank of each find: the first bytes of a hash of whose it is and what is told."""
    hashed = hashlib.blake2b
    every = [hashed(one + other, digest_size=RANK).digest() for one, other in zip(whose, told, strict=True)]
    return np.frombuffer(b"".join(every), ">u8").astype(np.uint64)


def _around(comment: str, middle: int, known: Matcher) -> tuple[tuple[str, str], ...]:
    low, high = max(0, middle - AROUND), middle + AROUND + 1
    raw, plain = known.words_of(comment)
    return tuple(zip(raw[low:high], plain[low:high], strict=True))


def keep(pool: dict[int, Candidate], candidate: Candidate) -> None:
    """Adds a candidate to a pool (by rank) when it is among those of the lowest rank."""
    if candidate[0] in pool:
        pool[candidate[0]] = min(pool[candidate[0]], candidate)
    elif len(pool) < POOL or candidate[0] < max(pool):
        pool[candidate[0]] = candidate
        if len(pool) > POOL:
            del pool[max(pool)]


def kept(candidates: Iterable[Candidate]) -> dict[int, Candidate]:
    """Returns the candidates of the lowest rank, by rank."""
    pool: dict[int, Candidate] = {}
    for candidate in candidates:
        keep(pool, candidate)
    return pool


def traded(
    whole: Mapping[int, Candidate], was: Mapping[int, Candidate], now: Mapping[int, Candidate]
) -> dict[int, Candidate]:
    """Returns the candidates of all when those of some, which were `was`, are `now`; a rank tells whose it is.

    Raises NotExchanged when others, which were not kept, would be among them.
    """
    found = kept([*(one for rank, one in whole.items() if rank not in was), *now.values()])
    if len(whole) >= POOL and (len(found) < POOL or max(found) > max(whole)):
        raise NotExchanged("too few candidates are left")
    return found


def shown(candidates: Iterable[Candidate], spoken: Mapping[str, int], options: Options) -> tuple[str, ...]:
    """Returns a few candidates as they may be shown, those with the most words that may be shown first."""
    told = {_shown(words, spoken, options.shared_by): rank for rank, words in sorted(candidates, reverse=True)}
    worth = [text for text in told if sum(word != LEFT_OUT for word in text.split()) >= 2]
    return tuple(sorted(worth, key=lambda text: (-_clear(text), told[text]))[: options.examples])


def _shown(words: Sequence[tuple[str, str]], spoken: Mapping[str, int], shared_by: int) -> str:
    said: list[str] = []
    for raw, plain in words:
        if spoken.get(plain, 0) >= shared_by and not any(sign.isdigit() for sign in raw):
            said.append(raw)
        elif said[-1:] != [LEFT_OUT]:
            said.append(LEFT_OUT)
    return " ".join(said)


def _clear(text: str) -> int:
    return sum(word != LEFT_OUT for word in text.split())
