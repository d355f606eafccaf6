"""Examples of what is written, without personal data: a few words, and only words that many people use."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from klantreis.analyses.themes.matching import Text
from klantreis.analyses.themes.result import Options
from klantreis.stats.exchange import NotExchanged

Candidate = tuple[int, tuple[tuple[str, str], ...]]
"""(rank, words as written beside themselves folded)."""

AROUND, POOL, LEFT_OUT = 4, 24, "…"
RANK = 8
"""Bytes of a rank."""

HIGHEST = b"\xff" * RANK


def chosen(texts: Iterable[Text], keys: Iterable[int], themes: int) -> dict[int, dict[int, Candidate]]:
    """Returns per theme the candidates of comments, each by the person with that key: the words around a first find.

    A rank is the same whatever the order, so the same few are always kept.
    """
    pools: dict[int, dict[int, Candidate]] = {}
    highest, rank_of = [HIGHEST] * themes, hashlib.blake2b
    for text, key in zip(texts, keys, strict=True):
        finds = text.finds
        if not finds:
            continue
        whose = b"%d" % key
        for theme, place, told in finds:
            rank = rank_of(whose + told, digest_size=RANK).digest()
            if rank <= highest[theme]:
                pool = pools.setdefault(theme, {})
                low, high = max(0, place - AROUND), place + AROUND + 1
                words = tuple(zip(text.raw[low:high], text.plain[low:high], strict=True))
                keep(pool, (int.from_bytes(rank, "big"), words))
                if len(pool) == POOL:
                    highest[theme] = max(pool).to_bytes(RANK, "big")
    return pools


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
    told = {_shown(words, spoken, options.shared_by): rank for rank, words in candidates}
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
