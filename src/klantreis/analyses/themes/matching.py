"""Which themes a comment is about: whole words, beginnings of words, and words in a row; nothing else."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from threading import Lock
from typing import Any, NamedTuple

from klantreis.map.themes import Theme, folded, parts_of

WORD = re.compile(r"[^\W_]+")
RAW_WORD = re.compile(r"[^\W_]+(?:['’`´][^\W_]+)*")
"""A word as it was written; folded, its apostrophes are gone."""

ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+", re.IGNORECASE)

MOST_TEXTS, MOST_WORDS = 1 << 14, 1 << 16
"""So many comments, and words as they were written, are remembered: some 20 MB."""

Hit = tuple[int, int, int]
"""(theme, entry of its list, place of the word in the comment)."""

Entry = tuple[int, int, tuple[str, ...]]
"""(theme, entry of its list, what must follow the first word)."""


class Text(NamedTuple):
    """A comment that was read: the number of its kind (which themes it is about); its themes, with per theme what
    tells its first find from others (its place, and all words); its entries and its distinct words. All numbers are
    bytes of int32, which are quick to join.
    """

    comment: str
    kind: int
    themes: bytes
    finds: tuple[bytes, ...]
    entries: bytes
    words: bytes


@dataclass(frozen=True, slots=True)
class Matcher:
    """A word list made ready. Begins of words are looked up by length, so that a long list costs no more.

    What was read is remembered, as comments and words come back; threads may share it.
    """

    themes: tuple[Theme, ...]
    before: tuple[int, ...] = ()
    """Per theme how many entries there are before its own, which gives each a number."""
    whole: dict[str, list[Entry]] = field(default_factory=dict)
    begins: dict[str, list[Entry]] = field(default_factory=dict)
    starting: dict[int, list[Entry]] = field(default_factory=dict)
    """Entries that a word, by its number, may start; words that start none are not in it."""
    written: dict[str, int] = field(default_factory=dict)
    """Words as they were written, and the number of the one folded word that each stands for."""
    numbers: dict[str, int] = field(default_factory=dict)
    """The number of each word seen before, folded."""
    words: list[str] = field(default_factory=list)
    """Words seen before, folded, by their numbers."""
    kinds: dict[int, int] = field(default_factory=dict)
    """Bits of the themes of comments seen before, in the order of their numbers."""
    texts: dict[str, Text] = field(default_factory=dict)
    """Comments read before."""
    alone: Lock = field(default_factory=Lock)
    """Held by who reads, so that no two threads read the same."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Leaves what was read where it was read."""
        return matcher, (self.themes,)

    def read(self, comments: Iterable[str]) -> list[Text]:
        """Returns comments, each read once."""
        listed = [*comments]
        found = [*map(self.texts.get, listed)]
        return [text or self._text(comment) for text, comment in zip(found, listed, strict=True)]

    def entry(self, number: int) -> tuple[int, int]:
        """Returns the theme, and the entry of its list, that have this number."""
        theme = bisect_right(self.before, number) - 1
        return theme, number - self.before[theme]

    def hits(self, words: Sequence[str]) -> list[Hit]:
        """Returns every place where an entry of the list stands in a comment of these (folded) words."""
        return self._hits([self._number(word) for word in words], words)

    def words_of(self, comment: str) -> tuple[list[str], list[str]]:
        """Returns the words of a comment that was read as `words_of` does, quicker."""
        numbers = [(word, number) for word in _written(comment) for number in self._numbers(word)]
        return [word for word, _ in numbers], [self.words[number] for _, number in numbers]

    def _text(self, comment: str) -> Text:
        with self.alone:
            found = self.texts.get(comment) or self._read(comment)
            if len(self.texts) < MOST_TEXTS:
                self.texts[comment] = found
        return found

    def _read(self, comment: str) -> Text:
        written = _written(comment)
        numbers: list[Any] = [*map(self.written.get, written)]
        if None in numbers:
            numbers = [number for word in written for number in self._numbers(word)]
        words = array("i", {*numbers}).tobytes()
        if self.starting.keys().isdisjoint(numbers):
            return Text(comment, self.kinds.setdefault(0, len(self.kinds)), b"", (), b"", words)
        plain = [self.words[number] for number in numbers]
        hits = self._hits(numbers, plain)
        firsts: dict[int, int] = {}
        for theme, _, place in hits:
            firsts.setdefault(theme, place)
        told = f":{' '.join(plain)}"
        return Text(
            comment,
            self.kinds.setdefault(sum(1 << theme for theme in firsts), len(self.kinds)),
            array("i", firsts).tobytes(),
            tuple(f":{place}{told}".encode() for place in firsts.values()),
            array("i", {self.before[theme] + entry for theme, entry, _ in hits}).tobytes(),
            words,
        )

    def _numbers(self, word: str) -> list[int]:
        """Returns the numbers of the folded words that one as it was written stands for."""
        known = self.written.get(word)
        if known is not None:
            return [known]
        found = [self._number(plain) for plain in WORD.findall(folded(word))]
        if len(found) == 1 and len(self.written) < MOST_WORDS:
            self.written[word] = found[0]
        return found

    def _number(self, word: str) -> int:
        """Returns the number of a folded word; a new one gets the next."""
        number = self.numbers.get(word)
        if number is None:
            number = self.numbers[word] = len(self.words)
            self.words.append(word)
            started = [*self._started(word)]
            if started:
                self.starting[number] = started
        return number

    def _hits(self, numbers: Sequence[int], words: Sequence[str]) -> list[Hit]:
        return [
            (theme, entry, place)
            for place, number in enumerate(numbers)
            for theme, entry, rest in self.starting.get(number, ())
            if not rest or _follow(words, place + 1, rest)
        ]

    def _started(self, word: str) -> Iterator[Entry]:
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
    raw: list[str] = []
    plain: list[str] = []
    for word in _written(comment):
        known = WORD.findall(folded(word))
        # One sign may fold to more words (a ligature with a space in it); then it stands for each of them.
        raw.extend([word] * len(known))
        plain.extend(known)
    return raw, plain


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
