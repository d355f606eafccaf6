"""Which themes a comment is about: whole words, beginnings of words, and words in a row; nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

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
    first told, with what tells that find from others; its entries (theme, entry of its list); and its distinct words.
    """

    raw: tuple[str, ...]
    plain: tuple[str, ...]
    bits: int
    finds: tuple[tuple[int, int, bytes], ...]
    entries: frozenset[tuple[int, int]]
    spoken: frozenset[str]


@dataclass(frozen=True, slots=True)
class Matcher:
    """A word list made ready. Begins of words are looked up by length, so that a long list costs no more.

    What was read is remembered, as comments and words come back; threads may share it.
    """

    themes: tuple[Theme, ...]
    whole: dict[str, list[tuple[int, int, tuple[str, ...]]]] = field(default_factory=dict)
    begins: dict[str, list[tuple[int, int, tuple[str, ...]]]] = field(default_factory=dict)
    known: dict[str, list[tuple[int, int, tuple[str, ...]]]] = field(default_factory=dict)
    """Entries that a word seen before may start."""
    plain: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Words seen before, folded."""
    texts: dict[str, Text] = field(default_factory=dict)
    """Comments read before."""

    def text(self, comment: str) -> Text:
        """Returns a comment, read."""
        found = self.texts.get(comment)
        if found is None:
            found = self._read(comment)
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
        return Text(
            tuple(raw),
            tuple(plain),
            sum(1 << theme for theme in firsts),
            tuple((theme, place, f":{place}{told}".encode()) for theme, place in firsts.items()),
            frozenset((theme, entry) for theme, entry, _ in hits),
            frozenset(plain),
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
    made = Matcher(themes)
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
