"""Examples of what is written, without personal data: a few words, and only words that many people use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from klantreis.analyses.themes.counting import POOL, Said, leading
from klantreis.analyses.themes.reading import Ints, Texts, spread
from klantreis.analyses.themes.result import Options
from klantreis.analyses.themes.vocabulary import Vocabulary
from klantreis.journeys.examples import NONE
from klantreis.stats.exchange import NotExchanged

Candidate = tuple[int, str, str]
"""(rank, words as they were written, the same folded)."""

Pool = dict[int, Candidate]
"""Candidates by their rank."""

AROUND, LEFT_OUT = 4, "…"


def chosen(known: Vocabulary, texts: Texts, said: Said, ranks: Ints) -> dict[int, Pool]:
    """Returns per theme the candidates of comments, the words around a first find, by the lowest `ranks` of each theme.

    A rank is the same whatever the order, so the same few are always kept.
    """
    highest = ranks[:, -1].copy()
    row, spot = leading(said, texts, highest, int(highest[ranks[:, 0] < NONE].max(initial=-1)))
    text, place = said.text[row], texts.place[spot]
    low = texts.since[text] + np.maximum(place - AROUND, 0)
    size = np.minimum(texts.since[text] + place + AROUND + 1, texts.since[text + 1]) - low
    some, ends = spread(low, size), np.cumsum(size)
    written = [*map(known.written.__getitem__, texts.written[some].tolist())]
    plain = [*map(known.words.__getitem__, texts.words[some].tolist())]
    pools: dict[int, Pool] = {}
    told = (texts.theme[spot], said.rank[row], ends - size, ends)
    for theme, rank, begin, end in zip(*(column.tolist() for column in told), strict=True):
        _keep(pools.setdefault(theme, {}), (rank, " ".join(written[begin:end]), " ".join(plain[begin:end])))
    return pools


def kept(candidates: Iterable[Candidate]) -> Pool:
    """Returns the candidates of the lowest rank, by rank."""
    every: Pool = {}
    for candidate in candidates:
        _keep(every, candidate)
    return {rank: every[rank] for rank in sorted(every)[:POOL]}


def _keep(pool: Pool, candidate: Candidate) -> None:
    """Adds a candidate to a pool (by rank); of two of one rank the first by their words stays."""
    rank = candidate[0]
    if rank not in pool or candidate < pool[rank]:
        pool[rank] = candidate


def traded(whole: Mapping[int, Candidate], was: Mapping[int, Candidate], now: Mapping[int, Candidate]) -> Pool:
    """Returns the candidates of all when those of some, which were `was`, are `now`; a rank tells whose it is.

    Raises NotExchanged when others, which were not kept, would be among them.
    """
    found = kept([*(one for rank, one in whole.items() if rank not in was), *now.values()])
    if len(whole) >= POOL and (len(found) < POOL or max(found) > max(whole)):
        raise NotExchanged("too few candidates are left")
    return found


def shown(candidates: Iterable[Candidate], spoken: Mapping[str, int], options: Options) -> tuple[str, ...]:
    """Returns a few candidates as they may be shown, those with the most words that may be shown first."""
    told = {_shown(one, spoken, options.shared_by): one[0] for one in sorted(candidates, reverse=True)}
    worth = [text for text in told if sum(word != LEFT_OUT for word in text.split()) >= 2]
    return tuple(sorted(worth, key=lambda text: (-_clear(text), told[text]))[: options.examples])


def _shown(candidate: Candidate, spoken: Mapping[str, int], shared_by: int) -> str:
    said: list[str] = []
    for raw, plain in zip(*map(str.split, candidate[1:]), strict=True):
        if spoken.get(plain, 0) >= shared_by and not any(sign.isdigit() for sign in raw):
            said.append(raw)
        elif said[-1:] != [LEFT_OUT]:
            said.append(LEFT_OUT)
    return " ".join(said)


def _clear(text: str) -> int:
    return sum(word != LEFT_OUT for word in text.split())
