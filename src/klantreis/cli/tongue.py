"""Which language a person speaks: as asked, else of the environment, else of the workspace, else of the machine."""

from __future__ import annotations

import locale
import os
import re
from collections.abc import Sequence
from pathlib import Path

from klantreis.labels import Language

SETTINGS = "klantreis.yaml"
FIRST = re.compile(r"^languages:[\s\[-]*[\"']?(nl|en)\b", re.MULTILINE)
"""The first language of a workspace in its settings, also when these hold a mistake."""


def language(asked: str | None = None, preferred: Sequence[str] = ()) -> Language:
    """Returns 'nl' or 'en': as asked, else KLANTREIS_LANGUAGE, else the workspace's first, else the machine's."""
    for word in (asked, os.environ.get("KLANTREIS_LANGUAGE"), *preferred):
        if word in {"nl", "en"}:
            return "nl" if word == "nl" else "en"
    return _of_the_machine()


def spoken(words: Sequence[str]) -> Language:
    """Returns the same before a verb has read its words: for help, and for what is wrong with them."""
    return language(_given(words, "--language"), _of_the_workspace(_given(words, "--workspace")))


def _given(words: Sequence[str], option: str) -> str | None:
    """Returns what was given to an option, the last time it was named; None when it was not."""
    pairs = zip(words, [*words[1:], None], strict=True)
    found = [after if word == option else word.partition("=")[2] for word, after in pairs if _names(word, option)]
    return found[-1] if found else None


def _names(word: str, option: str) -> bool:
    return word == option or word.startswith(f"{option}=")


def _of_the_workspace(folder: str | None) -> tuple[str, ...]:
    start = Path(folder or ".").absolute()
    for place in (start, *(() if folder else start.parents)):
        try:
            found = FIRST.search((place / SETTINGS).read_text("utf-8"))
        except (OSError, UnicodeDecodeError):
            continue
        return (found[1] if found else "nl",)
    return ()


def _of_the_machine() -> Language:
    told = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), locale.getlocale()[0] or "")
    # Windows says Dutch_Netherlands.
    return "nl" if told.casefold().startswith(("nl", "dutch")) else "en"
