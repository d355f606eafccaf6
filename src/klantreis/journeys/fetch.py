"""Fetches events as plain numbers: persons as hashes, words as codes, amounts as whole units.

Texts never leave the engine row by row: a word crosses once, when its code is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from klantreis.engines.base import Engine, Query, quoted
from klantreis.journeys.model import NO_SCORE, NO_VALUE, SCORE_UNIT, VALUE_UNIT

SAMPLE = 20_000
"""Rows that are looked at first for the words of a column; most logs show all their event names there."""

CHUNK = 1_000_000

CHECK = "SELECT hash('klantreis')::UBIGINT"
"""Tells which hash this engine uses: it may change with the engine's version, and then the buckets are rebuilt."""

PERSON = 'hash("person")'
AMOUNTS = {
    "value": f'coalesce(CAST("value" * {VALUE_UNIT} AS BIGINT), {NO_VALUE + 1} - 1)',
    "score": f'coalesce(CAST("score" * {SCORE_UNIT} AS INTEGER), {NO_SCORE + 1} - 1)::INTEGER',
}
"""How amounts become whole units; NULL becomes NO_VALUE or NO_SCORE."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """Columns by name, all of one length: `key` uint64, `at` int64, words as int32 codes (-1: none), and the rest."""

    columns: dict[str, NDArray[np.generic]]
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.columns["key"])


def fetch(
    engine: Engine,
    rows: Query,
    *,
    words: Mapping[str, str],
    others: Mapping[str, str],
    known: Mapping[str, tuple[str, ...]] | None = None,
    unordered: Query | None = None,
) -> Fetched:
    """Returns the events of `rows` in their order.

    `words`: name -> SQL of a text that becomes codes; `others`: name -> SQL of a number without NULL. `known`: words
    that have their code already; new ones are added behind them, in alphabetical order. `unordered`: the same rows in
    any order, when that is quicker to ask for their words.
    """
    asked = {
        "key": PERSON,
        "at": 'coalesce("at", 0)',
        **{name: _hashed(sql) for name, sql in words.items()},
        **others,
    }
    select = ", ".join(f"{sql} AS {quoted(name)}" for name, sql in asked.items())
    columns = engine.arrays(rows.then("coded", f"SELECT {select} FROM {quoted(rows.steps[-1][0])}"))
    dictionaries = {}
    for name, sql in words.items():
        hashes = columns[name]
        found = _words(engine, unordered or rows, sql, hashes)
        dictionaries[name] = added((known or {}).get(name, ()), found)
        columns[name] = _codes(hashes, dictionaries[name], found)
    return Fetched(columns, dictionaries)


def persons(engine: Engine, rows: Query) -> dict[int, str]:
    """Returns the id in the source of every person, by their key."""
    asked = rows.then("ids", f'SELECT DISTINCT "person", {PERSON} FROM {quoted(rows.steps[-1][0])}')
    return {int(key): str(person) for person, key in engine.rows(asked) if person is not None}


def added(known: Iterable[str], new: Iterable[str]) -> tuple[str, ...]:
    """Returns the known words with the new ones behind them, sorted; a known word keeps its place."""
    first = tuple(known)
    return (*first, *sorted(set(new).difference(first)))


def _hashed(sql: str) -> str:
    # 0 stands for no word: hash(NULL) is a number like any other.
    return f"CASE WHEN {sql} IS NULL THEN 0::UBIGINT ELSE hash({sql}) END"


def _words(engine: Engine, rows: Query, sql: str, hashes: NDArray[np.generic]) -> dict[str, int]:
    """Returns each word of the column with its hash: from the first rows when they tell all, else from every row."""
    table = quoted(rows.steps[-1][0])
    for limit in (f" LIMIT {SAMPLE}", ""):
        asked = rows.then("first_rows", f"SELECT {sql} AS word FROM {table}{limit}").then(
            "words", "SELECT DISTINCT word, hash(word) FROM first_rows WHERE word IS NOT NULL"
        )
        found = {str(word): int(code) for word, code in engine.rows(asked)}
        if len(hashes) <= SAMPLE or _tells_all(hashes, found):
            break
    return found


def _tells_all(hashes: NDArray[np.generic], found: Mapping[str, int]) -> bool:
    known = np.sort(np.array([0, *found.values()], dtype=np.uint64))
    for low in range(0, len(hashes), CHUNK):
        piece = hashes[low : low + CHUNK]
        if not np.array_equal(known[np.minimum(np.searchsorted(known, piece), len(known) - 1)], piece):
            return False
    return True


def _codes(hashes: NDArray[np.generic], words: tuple[str, ...], found: Mapping[str, int]) -> NDArray[np.int32]:
    place = {word: code for code, word in enumerate(words)}
    pairs = sorted([(0, -1), *((code, place[word]) for word, code in found.items())])
    known = np.array([code for code, _ in pairs], dtype=np.uint64)
    meaning = np.array([word for _, word in pairs], dtype=np.int32)
    codes = np.empty(len(hashes), dtype=np.int32)
    for low in range(0, len(hashes), CHUNK):
        codes[low : low + CHUNK] = meaning[np.searchsorted(known, hashes[low : low + CHUNK])]
    return codes
