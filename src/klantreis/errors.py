"""Every error of Klantreis: what is wrong, where, and how to mend it.

KlantreisError                 the one to catch
├── DocumentError              a document has mistakes; `findings` holds all of them, not the first
├── SourceError                a data source cannot be read, or misses a column
├── OptionError                an option or argument is off
├── QueryError                 a step of a query failed; names the step and shows its SQL
├── StoreError                 the workspace's own files are damaged or from another version
├── MissingPart                an optional library or part is not there; says what to install
└── NothingToMeasure           the question is fine but there is no data to answer it
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from klantreis.findings import Finding


class KlantreisError(Exception):
    """The family's base: `what` is wrong, `where` it is, how to `mend` it, and a stable `code`."""

    code = "klantreis"

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        super().__init__(what)
        self.what, self.where, self.mend = what, where, mend

    def __str__(self) -> str:
        return "\n".join(
            part for part in (self.what, self.where and f"  at {self.where}", self.mend and f"  {self.mend}") if part
        )


class DocumentError(KlantreisError):
    """A document cannot be used; `findings` names every mistake with its line and column."""

    code = "document"

    def __init__(self, what: str, findings: Sequence[Finding] = (), *, where: str = "", mend: str = "") -> None:
        super().__init__(what, where=where, mend=mend)
        self.findings = tuple(findings)


class SourceError(KlantreisError):
    """A data source cannot be read as told."""

    code = "source"


class OptionError(KlantreisError):
    """An option or argument has a value that cannot be used."""

    code = "option"


class QueryError(KlantreisError):
    """A step of a query failed in the engine; `where` shows its SQL."""

    code = "query"


class StoreError(KlantreisError):
    """The store under `.klantreis/` is damaged, locked, or of another version."""

    code = "store"


class MissingPart(KlantreisError):
    """A part that is not installed was asked for; `mend` is the line that installs it."""

    code = "missing-part"


class NothingToMeasure(KlantreisError):
    """There is no data (yet) to answer the question with."""

    code = "nothing-to-measure"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Returns the known word that looks most like `word`, or None when none comes near."""
    words = list(known)
    folded = {str(name).casefold(): name for name in words}
    found = difflib.get_close_matches(str(word).casefold(), list(folded), n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Returns "Did you mean 'x'?", or the list of known words when none comes near."""
    words = list(known)
    close = nearest(word, words)
    if close is not None:
        return f"Did you mean {close!r}?"
    return f"Known: {', '.join(map(str, words[:20]))}{' …' if len(words) > 20 else ''}." if words else ""
