"""Words in Dutch and English: every text a person reads is a `Label`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")
_MARK = re.compile(r"[“‘\"'+−]?\s*\[(nl|en)\] ")
_SUBJECTS = frozenset("ik wij we mijn ons onze hij zij ze je jij u i i'm i've my our he she they it you".split())
_SHORT = 2
_STOPS = (".", "?", "!", "…")
_QUOTES = ("'", "‘", "“", '"')


@dataclass(frozen=True, slots=True)
class Label:
    """One text in Dutch, in English, or the same in both (`anyway`).

    `anyway` holds a text that was written without naming its language; it is shown as it is.
    """

    nl: str | None = None
    en: str | None = None
    anyway: str | None = None

    def text(self, language: Language) -> str:
        """Returns the text in `language`; else the unnamed text; else the other language; else ''."""
        asked = self.nl if language == "nl" else self.en
        other = self.en if language == "nl" else self.nl
        return next((text for text in (asked, self.anyway, other) if text), "")

    def missing(self, language: Language) -> bool:
        """Says whether `text(language)` has to fall back on the other language."""
        asked = self.nl if language == "nl" else self.en
        return not asked and not self.anyway and bool(self.nl or self.en)

    def shown(self, language: Language) -> str:
        """Returns `text(language)`; one that had to come from the other language says so: '[en] Find a size'.

        The mark stands in front, so that it is still there when the end of a long text is cut; `tongue` reads it back.
        """
        text = self.text(language)
        return f"[{'en' if language == 'nl' else 'nl'}] {text}" if self.missing(language) else text

    def each(self, change: Callable[[str], str]) -> Label:
        """Returns the label with `change` done to each of its texts."""
        return Label(*(None if text is None else change(text) for text in (self.nl, self.en, self.anyway)))

    def __bool__(self) -> bool:
        return bool(self.nl or self.en or self.anyway)


def tongue(text: str) -> Language | None:
    """Returns the language that a shown text says it is in: 'en' for '[en] Find a size'; None when it says nothing."""
    found = _MARK.match(text)
    return None if found is None else "nl" if found[1] == "nl" else "en"


def plain(text: str) -> Label:
    """Returns a label that reads the same in every language, such as a name."""
    return Label(anyway=text)


def paragraph(*texts: Label, between: str = " ") -> Label:
    """Returns whole sentences one after the other, in both languages; empty ones are left out."""
    return Label(*(between.join(text.text(language) for text in texts if text) for language in LANGUAGES))


def mentioned(name: str) -> str:
    """Returns a name to stand inside a sentence: one that could be read as part of that sentence gets quotes.

    'Productpagina' stays as it is; 'Ik betaal' and 'Bezorgd op tijd' (a sentence, or more than two words) are quoted,
    so that the text around them reads well whatever a step is called. One that begins with a quote keeps its own.
    """
    words = name.casefold().split()
    plain_enough = len(words) <= _SHORT and not _SUBJECTS.intersection(words[:1]) and not name.endswith(_STOPS)
    if plain_enough or name.startswith(_QUOTES):
        return name
    return f"“{name}”" if "'" in name else f"'{name}'"


def dotted(count: int) -> str:
    """Returns a count with its thousands apart as Dutch writes it: '9.399'; English has `{count:,}` for it."""
    return f"{count:,}".replace(",", ".")
