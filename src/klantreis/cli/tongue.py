"""Which language the terminal speaks: as asked, else KLANTREIS_LANGUAGE, else the workspace's, else the machine's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from klantreis.labels import Language
from klantreis.language import language as first_of

SETTINGS = "klantreis.yaml"
FIRST = re.compile(r"^languages:[\s\[-]*[\"']?(nl|en)\b", re.MULTILINE)
"""The first language of a workspace in its settings, also when these hold a mistake."""


def language(asked: str | None = None, preferred: Sequence[str] | None = None) -> Language:
    """Returns 'nl' or 'en': as asked, else KLANTREIS_LANGUAGE, else the first that is preferred, else the machine's.

    `preferred`: the languages of the workspace or map that is spoken of; None: none is, so the workspace we are in.
    """
    return first_of(asked, _of_the_workspace(None) if preferred is None else preferred)


def spoken(words: Sequence[str]) -> Language:
    """Returns the same before a verb has read its words: for help, and for what is wrong with them."""
    return language(_given(words, "--language"), _of_the_workspace(_given(words, "--workspace")))


def ordered(words: Sequence[str]) -> tuple[str | None, list[str]]:
    """Returns the verb, None when there is none, and the words with the verb first.

    A language that is named before the verb goes to the end. Help is told in it, and needs it no more.
    """
    before = ["", *words]
    named = [_names(word, "--language") or before[spot] == "--language" for spot, word in enumerate(words)]
    at = next((spot for spot, word in enumerate(words) if word[:1] != "-" and not named[spot]), None)
    others = [word for spot, word in enumerate(words) if not named[spot]]
    if at is None or "--help" in words:
        return None if at is None else words[at], others
    ahead = [word for spot, word in enumerate(words[:at]) if named[spot]]
    return words[at], [*others[: at - len(ahead)], *words[at:], *ahead]


def _given(words: Sequence[str], option: str) -> str | None:
    """Returns what was given to an option, the last time it was named; None when it was not."""
    pairs = zip(words, [*words[1:], None], strict=False)
    found = [after if word == option else word.partition("=")[2] for word, after in pairs if _names(word, option)]
    return found[-1] if found else None


def _names(word: str, option: str) -> bool:
    return word == option or word.startswith(f"{option}=")


def _of_the_workspace(folder: str | None) -> tuple[str, ...]:
    """Returns the first language of the workspace in a folder, else of the one we are in; () when there is none."""
    here = Path.cwd()
    for place in (*([Path(folder)] if folder else []), here, *here.parents):
        try:
            found = FIRST.search((place / SETTINGS).read_text("utf-8"))
        except (OSError, UnicodeDecodeError):
            continue
        return (found[1] if found else "nl",)
    return ()
