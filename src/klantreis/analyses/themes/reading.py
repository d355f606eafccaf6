"""Reads comments: their words, and the themes these tell. All comments of a bucket at once, each of them once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.themes.matching import Matcher, matcher
from klantreis.analyses.themes.vocabulary import END, NO_WORD, Codes, Vocabulary
from klantreis.map.themes import Theme

BLANK = bytes(sign if sign in b"'`\0" or sign >= 128 or chr(sign).isalnum() else 32 for sign in range(256))
"""What no word and no apostrophe holds, in UTF-8, is a blank."""

ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+", re.IGNORECASE)

MOST_TEXTS, MOST_WORDS = 1 << 16, 1 << 16
"""When more comments or words were read than these, all are forgotten: some 20 MB."""

Ints = NDArray[np.int64]


class Texts(NamedTuple):
    """Comments that were read, in a row. `since` says where the `words` of each begin (numbers of folded ones; beside
    them the codes of those `written`), `theme_since` where its themes do, with the `place` of the word that first tells
    each, and `entry_since` its entries of the list. `mark`: a hash of all its words.
    """

    since: Ints
    words: Codes
    written: Codes
    theme_since: Ints
    theme: Codes
    place: Codes
    entry_since: Ints
    entry: Codes
    mark: NDArray[np.uint64]


@dataclass(slots=True)
class Reader:
    """Reads comments by their codes, and remembers them, as they come back; threads may share it."""

    listed: Matcher
    details: tuple[str, ...] = ()
    known: Vocabulary = field(init=False)
    texts: Texts = field(init=False)
    number: Ints = field(init=False)
    """Per code the number of its text; -1: not read."""
    alone: Lock = field(default_factory=Lock)
    """Held by who reads, so that no two threads read the same."""

    def __post_init__(self) -> None:
        """Begins with nothing read."""
        self._forget(self.details)

    def __reduce__(self) -> tuple[Any, ...]:
        """Leaves what was read where it was read."""
        return reader, (self.listed.themes,)

    def read(self, codes: Codes, details: tuple[str, ...]) -> tuple[Vocabulary, Texts, Ints]:
        """Returns the words of comments by their codes, the texts that were read, and which of them each comment is."""
        with self.alone:
            if details is not self.details or len(self.texts.mark) > MOST_TEXTS or len(self.known) > MOST_WORDS:
                self._forget(details)
            new = np.unique(codes[self.number[codes] < 0])
            if new.size:
                self.number[new] = len(self.texts.mark) + np.arange(new.size)
                self.texts = _joined(self.texts, read(self.known, map(details.__getitem__, new.tolist())))
            return self.known, self.texts, self.number[codes]

    def _forget(self, details: tuple[str, ...]) -> None:
        self.details, self.known = details, Vocabulary(self.listed)
        self.texts, self.number = read(self.known, ()), np.full(len(details), -1, np.int64)


def reader(themes: tuple[Theme, ...]) -> Reader:
    """Returns who reads comments by a word list."""
    return Reader(matcher(themes))


def read(known: Vocabulary, comments: Iterable[str]) -> Texts:
    """Returns comments, read."""
    pieces = _blank("".join([f"{_lean(comment)} {END} " for comment in comments])).split()
    code, number = known.spelled(np.fromiter(map(known.__getitem__, pieces), np.int32, len(pieces)))
    within = number != NO_WORD
    ends = np.flatnonzero(~within)
    since, words = _since(np.diff(ends, prepend=-1) - 1), number[within]
    spot, text, entry = _told(known, words, since)
    themes, entries = max(len(known.listed.themes), 1), max(len(known.listed.rest), 1)
    about, first = np.unique(text * themes + np.array(known.listed.theme, np.int64)[entry], return_index=True)
    told = np.unique(text * entries + entry)
    return Texts(
        since, words, code[within],
        _counted(about // themes, ends.size), (about % themes).astype(np.int32),
        (spot - since[text])[first].astype(np.int32),
        _counted(told // entries, ends.size), (told % entries).astype(np.int32),
        _marked(np.array(known.marks, np.uint64)[words], since),
    )  # fmt: skip


def _lean(comment: str) -> str:
    """Returns a comment in which addresses are a 0."""
    if "@" in comment or "://" in comment or ("." in comment and "www." in comment.lower()):
        comment = ADDRESS.sub(" 0 ", comment)
    return comment.replace(END, " ")


def _blank(text: str) -> str:
    """Returns a text with blanks for what stands between words; a tenth of what it takes to look for words."""
    return text.encode("utf-8", "surrogatepass").translate(BLANK).decode("utf-8", "surrogatepass")


def _told(known: Vocabulary, words: Codes, since: Ints) -> tuple[Ints, Ints, Ints]:
    """Returns every place where an entry of the list stands, in their order, in which text that is, and which entry."""
    begins = np.array(known.since, np.int64)
    sizes = np.diff(begins)[words]
    some = np.flatnonzero(sizes)
    spot = np.repeat(some, sizes[some])
    text = np.searchsorted(since, spot, side="right") - 1
    entry = np.array(known.entries, np.int64)[spread(begins[words[some]], sizes[some])]
    more, holds = np.array([*map(len, known.listed.rest)], np.int64)[entry], np.ones(spot.size, np.bool_)
    for ahead in range(1, int(more.max(initial=0)) + 1):
        rows = np.flatnonzero(holds & (more >= ahead))
        within = spot[rows] + ahead < since[text[rows] + 1]
        holds[rows[~within]], rows = False, rows[within]
        pairs, which = np.unique(entry[rows] * len(known.words) + words[spot[rows] + ahead], return_inverse=True)
        both = [divmod(pair, len(known.words)) for pair in pairs.tolist()]
        fits = [known.listed.follows(one, ahead, known.words[word]) for one, word in both]
        holds[rows] = np.array(fits, np.bool_)[which]
    return spot[holds], text[holds], entry[holds]


def _marked(marks: NDArray[np.uint64], since: Ints) -> NDArray[np.uint64]:
    """Returns a hash of the words of each comment, in their order."""
    place = np.arange(marks.size) - np.repeat(since[:-1], np.diff(since))
    total = np.append(np.uint64(0), np.cumsum(mixed(marks + place.astype(np.uint64)), dtype=np.uint64))
    return total[since[1:]] - total[since[:-1]]


def mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Returns numbers spread over 64 bits (splitmix64, Steele, Lea & Flood 2014)."""
    found = values + np.uint64(0x9E3779B97F4A7C15)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB), (31, 1)):
        found = (found ^ (found >> np.uint64(shift))) * np.uint64(factor)
    return found


def spread(begins: Ints, sizes: Ints) -> Ints:
    """Returns the numbers begin, begin + 1, ... of each run of such a size, one run after the other."""
    ends = np.cumsum(sizes)
    return np.arange(ends[-1] if ends.size else 0) + np.repeat(begins - ends + sizes, sizes)


def _counted(text: Ints, size: int) -> Ints:
    """Returns where the rows of each text begin, by the (rising) text of each row."""
    return _since(np.bincount(text, minlength=size))


def _since(sizes: Ints) -> Ints:
    return np.append(0, np.cumsum(sizes))


def _joined(one: Texts, other: Texts) -> Texts:
    """Returns comments with others behind them."""
    moved = other._replace(
        since=other.since[1:] + one.since[-1],
        theme_since=other.theme_since[1:] + one.theme_since[-1],
        entry_since=other.entry_since[1:] + one.entry_since[-1],
    )
    columns: Iterable[Any] = zip(one, moved, strict=True)
    return Texts(*map(np.concatenate, columns))
