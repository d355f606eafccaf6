"""Which language a person is spoken to in, where nobody said which: that of the environment, else of the machine."""

from __future__ import annotations

import locale
import os
from collections.abc import Sequence

from klantreis.labels import Language


def language(asked: str | None = None, preferred: Sequence[str] = ()) -> Language:
    """Returns 'nl' or 'en': as asked, else KLANTREIS_LANGUAGE, else the first that is preferred, else the machine's."""
    for word in (asked, os.environ.get("KLANTREIS_LANGUAGE"), *preferred):
        if word in {"nl", "en"}:
            return "nl" if word == "nl" else "en"
    return _of_the_machine()


def _of_the_machine() -> Language:
    told = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), locale.getlocale()[0] or "")
    # Windows says Dutch_Netherlands.
    return "nl" if told.casefold().startswith(("nl", "dutch")) else "en"
