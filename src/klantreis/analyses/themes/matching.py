"""Which themes a comment is about: whole words, beginnings of words, and words in a row; nothing else."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from threading import Lock
from typing import Any

from klantreis.map.themes import Theme, folded, parts_of

WORD = re.compile(r"[^\W_]+")
RAW_WORD = re.compile(r"[^\W_]+(?:['’`´][^\W_]+)*")
"""A word as it was written; folded, its apostrophes are gone."""

ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+", re.IGNORECASE)

MOST_TEXTS, MOST_WORDS = 1 << 14, 1 << 16
"""So many comments, and words, are remembered: some 20 MB."""

Hit = tuple[int, int, int]
"""(theme, entry of its list, place of the word in the comment)."""


@dataclass(frozen=True, slots=True)
class Text:
    """A comment that was read: its words as written and folded; the bits of its themes; per theme the place where it is
    first told, with what tells that find from others; the numbers of its entries and of its distinct words, as bytes of
    int32, which are quick to join; and the words that have no number.
    """

    raw: tuple[str, ...]
    plain: tuple[str, ...]
    bits: int
    finds: tuple[tuple[int, int, bytes], ...]
    entries: bytes
    words: bytes
    rare: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matcher:
    """A word list made ready. Begins of words are looked up by length, so that a long list costs no more.

    What was read is remembered, as comments and words come back; threads may share it.
    """

    themes: tuple[Theme, ...]
    before: tuple[int, ...] = ()
    """Per theme how many entries there are before its own, which gives each a number."""
    whole: dict[str, list[tuple[int, int, tuple[str, ...]]]] = field(default_factory=dict)
    begins: dict[str, list[tuple[int, int, tuple[str, ...]]]] = field(default_factory=dict)
    known: dict[str, list[tuple[int, int, tuple[str, ...]]]] = field(default_factory=dict)
    """Entries that a word seen before may start."""
    plain: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Words seen before, folded."""
    numbers: dict[str, int] = field(default_factory=dict)
    """Words seen before, folded, in the order of their numbers."""
    texts: dict[str, Text] = field(default_factory=dict)
    """Comments read before."""
    alone: Lock = field(default_factory=Lock)
    """Held by who reads, so that no two threads read the same."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Leaves what was read where it was read."""
        return matcher, (self.themes,)

    def read(self, comments: Iterable[str]) -> list[Text]:
        """Returns comments, each read once."""
        known = self.texts.get
        return [known(comment) or self._text(comment) for comment in comments]

    def entry(self, number: int) -> tuple[int, int]:
        """Returns the theme, and the entry of its list, that have this number."""
        theme = bisect_right(self.before, number) - 1
        return theme, number - self.before[theme]

    def _text(self, comment: str) -> Text:
        with self.alone:
            found = self.texts.get(comment) or self._read(comment)
            if len(self.texts) < MOST_TEXTS:
                self.texts[comment] = found
        return found

    def _read(self, comment: str) -> Text:
        raw, plain = self.words(comment)
        hits = self.hits(plain)
        firsts: dict[int, int] = {}
        for theme, _, place in hits:
            firsts.setdefault(theme, place)
        told = f":{' '.join(plain)}"
        words, numbers = set(plain), self.numbers
        rare = []
        for word in words:
            if word not in numbers:
                if len(numbers) < MOST_WORDS:
                    numbers[word] = len(numbers)
                else:
                    rare.append(word)
        return Text(
            tuple(raw),
            tuple(plain),
            sum(1 << theme for theme in firsts),
            tuple((theme, place, f":{place}{told}".encode()) for theme, place in firsts.items()),
            array("i", {self.before[theme] + entry for theme, entry, _ in hits}).tobytes(),
            array("i", [numbers[word] for word in words if word in numbers]).tobytes(),
            tuple(rare),
        )

    def words(self, comment: str) -> tuple[list[str], list[str]]:
        """Returns the words of a comment as `words_of` does, quicker where words come back."""
        raw: list[str] = []
        plain: list[str] = []
        for word in _written(comment):
            known = self.plain.get(word)
            if known is None:
                known = tuple(WORD.findall(folded(word)))
                if len(self.plain) < MOST_WORDS:
                    self.plain[word] = known
            # One sign may fold to more words (a ligature with a space in it); then it stands for each of them.
            raw.extend([word] * len(known))
            plain.extend(known)
        return raw, plain

    def hits(self, words: Sequence[str]) -> list[Hit]:
        """Returns every place where an entry of the list stands in a comment of these (folded) words."""
        found: list[Hit] = []
        for place, word in enumerate(words):
            started = self.known.get(word)
            if started is None:
                started = list(self._started(word))
                if len(self.known) < MOST_WORDS:
                    self.known[word] = started
            for theme, entry, rest in started:
                if not rest or _follow(words, place + 1, rest):
                    found.append((theme, entry, place))
        return found

    def _started(self, word: str) -> Iterable[tuple[int, int, tuple[str, ...]]]:
        yield from self.whole.get(word, ())
        for length in range(1, len(word) + 1):
            yield from self.begins.get(word[:length], ())


def matcher(themes: tuple[Theme, ...]) -> Matcher:
    """Returns a word list ready to be looked for."""
    made = Matcher(themes, tuple(accumulate((len(theme.words) for theme in themes), initial=0)))
    for number, theme in enumerate(themes):
        for entry, text in enumerate(theme.words):
            first, *rest = parts_of(text)
            table, key = (made.begins, first[:-1]) if first.endswith("*") else (made.whole, first)
            table.setdefault(key, []).append((number, entry, tuple(rest)))
    return made


def words_of(comment: str) -> tuple[list[str], list[str]]:
    """Returns the words of a comment as they were written, and folded, one beside the other; addresses become a 0."""
    return Matcher(()).words(comment)


def _written(comment: str) -> list[str]:
    lean = ADDRESS.sub(" 0 ", comment) if "@" in comment or "/" in comment or "." in comment else comment
    found: list[str] = RAW_WORD.findall(lean)
    return found


def _follow(words: Sequence[str], place: int, rest: tuple[str, ...]) -> bool:
    if place + len(rest) > len(words):
        return False
    return all(
        word.startswith(part[:-1]) if part.endswith("*") else word == part
        for word, part in zip(words[place:], rest, strict=False)
    )
