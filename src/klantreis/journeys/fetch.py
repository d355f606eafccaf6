"""Fetches events as plain numbers: persons as hashes, words as codes, amounts as whole units.

Texts never leave the engine row by row: a word crosses once, when its code is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import cast

import numpy as np
from numpy.typing import NDArray

from klantreis.engines.base import Engine, Query, quoted
from klantreis.journeys.model import NO_SCORE, NO_VALUE, SCORE_UNIT, VALUE_UNIT

SAMPLE = 20_000
"""Rows that are looked at first for the words of a column; most logs show all their event names there."""

CHUNK = 1 << 16
"""Rows whose words are looked up at once: their hashes and codes stay in the processor's cache."""

TABLE_BITS = 20
"""Most top bits of a hash by which words are looked up in a table; words that these do not tell apart are searched."""

NO_WORD = np.uint64(0)
"""The hash of no word."""

CHECK = "SELECT hash('klantreis')::UBIGINT"
"""Tells which hash this engine uses: it may change with the engine's version, and then the buckets are rebuilt."""

PERSON = 'hash("person")'
SMALL = '"value" BETWEEN -9999999999 AND 9999999999'
"""Most amounts; only larger ones do not fit when they are multiplied as they are, and take twenty times as long."""

AMOUNTS = {
    "value": f'coalesce(CASE WHEN {SMALL} THEN CAST("value" * {VALUE_UNIT} AS BIGINT) '
    f'ELSE CAST("value"::DECIMAL(38, 4) * {VALUE_UNIT} AS BIGINT) END, {NO_VALUE + 1} - 1)',
    "score": f'coalesce(CAST("score" * {SCORE_UNIT} AS INTEGER), {NO_SCORE + 1} - 1)::INTEGER',
}
"""How amounts become whole units; NULL becomes NO_VALUE or NO_SCORE."""

Hashes = NDArray[np.uint64]


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
        found, hashes, spots = _words(engine, unordered or rows, sql, cast(Hashes, columns[name]))
        before = (known or {}).get(name, ())
        dictionaries[name] = added(before, found) if before else tuple(found)
        columns[name] = _codes(spots, hashes, _places(found, dictionaries[name]) if before else None)
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


def _words(engine: Engine, rows: Query, sql: str, hashes: Hashes) -> tuple[list[str], Hashes, NDArray[np.int32]]:
    """Returns each word of the column, sorted, with its hash, and per row the place of its hash among all, sorted too.

    The words come from the first rows when they tell all, else from every row. Place 0 is no word.
    """
    table = quoted(rows.steps[-1][0])
    for limit in (f" LIMIT {SAMPLE}", ""):
        asked = rows.then("first_rows", f"SELECT {sql} AS word FROM {table}{limit}")
        asked = asked.then("words", "SELECT DISTINCT word FROM first_rows WHERE word IS NOT NULL")
        found = engine.arrays(
            asked.then("sorted", "SELECT word::VARCHAR AS word, hash(word) AS hash FROM words ORDER BY 1")
        )
        own = cast(Hashes, found["hash"])
        spots = _spots(hashes, np.sort(np.append(own, NO_WORD)))
        if spots is not None:
            return found["word"].tolist(), own, spots
    raise AssertionError("every row was read, and a word is still not among them")


def _spots(hashes: Hashes, known: Hashes) -> NDArray[np.int32] | None:
    """Returns the place of each hash among the known ones; None when one is not among them."""
    spots = np.empty(len(hashes), dtype=np.int32)
    find = _finder(known)
    for low in range(0, len(hashes), CHUNK):
        piece = hashes[low : low + CHUNK]
        spot = find(piece)
        if not np.array_equal(known[spot], piece):
            return None
        spots[low : low + CHUNK] = spot
    return spots


def _finder(known: Hashes) -> Callable[[Hashes], NDArray[np.integer]]:
    """Returns what tells where among the known hashes another must stand, if it is there at all."""
    for bits in range(min(8, TABLE_BITS), TABLE_BITS + 1, 4):
        top = (known >> np.uint64(64 - bits)).astype(np.int64)
        if len(np.unique(top)) == len(known):
            table = np.zeros(1 << bits, dtype=np.int32)
            table[top] = np.arange(len(known), dtype=np.int32)
            return lambda piece: table[(piece >> np.uint64(64 - bits)).view(np.int64)]
    return lambda piece: np.minimum(np.searchsorted(known, piece), len(known) - 1)


def _codes(spots: NDArray[np.int32], hashes: Hashes, places: NDArray[np.int32] | None) -> NDArray[np.int32]:
    """Returns the code of each row's word, -1 for none, from the place of its hash; `places`: the code of each word
    that was found (None: its place among them).
    """
    own = np.arange(len(hashes), dtype=np.int32) if places is None else places
    meaning = np.append(own, np.int32(-1))[np.argsort(np.append(hashes, NO_WORD), kind="stable")]
    for low in range(0, len(spots), CHUNK):
        piece = spots[low : low + CHUNK]
        piece[:] = meaning[piece]
    return spots


def _places(found: list[str], words: tuple[str, ...]) -> NDArray[np.int32]:
    """Returns the code of each word that was found."""
    place = dict.fromkeys(found, -1)  # one bucket meets few of all words that a store knows
    place.update((word, code) for code, word in enumerate(words) if word in place)
    return np.fromiter(place.values(), np.int32, len(place))
