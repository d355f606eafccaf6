"""Which words may tell a theme: whole words, beginnings of words, and words in a row; nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from klantreis.map.themes import Theme, parts_of


@dataclass(frozen=True, slots=True)
class Matcher:
    """A word list made ready: its entries are numbered through all themes. Begins of words are looked up by length, so
    that a long list costs no more.
    """

    themes: tuple[Theme, ...]
    theme: tuple[int, ...]
    """Per entry its theme."""
    entry: tuple[int, ...]
    """Per entry its place in the list of its theme."""
    rest: tuple[tuple[str, ...], ...]
    """Per entry what must follow its first word."""
    whole: dict[str, list[int]]
    begins: dict[str, list[int]]
    lengths: tuple[int, ...]
    """How long begins of words are."""

    def started(self, word: str) -> list[int]:
        """Returns the entries whose first word is this (folded) one."""
        found = [*self.whole.get(word, ())]
        for length in self.lengths:
            if length <= len(word):
                found += self.begins.get(word[:length], ())
        return found

    def follows(self, entry: int, ahead: int, word: str) -> bool:
        """Says whether a (folded) word may stand so many words behind the first one of an entry."""
        part = self.rest[entry][ahead - 1]
        return word.startswith(part[:-1]) if part.endswith("*") else word == part


def matcher(themes: tuple[Theme, ...]) -> Matcher:
    """Returns a word list ready to be looked for."""
    listed = [
        (number, entry, parts_of(text)) for number, theme in enumerate(themes) for entry, text in enumerate(theme.words)
    ]
    whole: dict[str, list[int]] = {}
    begins: dict[str, list[int]] = {}
    for place, (_, _, (first, *_)) in enumerate(listed):
        table, key = (begins, first[:-1]) if first.endswith("*") else (whole, first)
        table.setdefault(key, []).append(place)
    return Matcher(
        themes,
        tuple(theme for theme, _, _ in listed),
        tuple(entry for _, entry, _ in listed),
        tuple(parts[1:] for _, _, parts in listed),
        whole, begins, tuple(sorted({*map(len, begins)})),
    )  # fmt: skip
