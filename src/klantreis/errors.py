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
import errno
import inspect
import warnings
from collections.abc import Iterable, Sequence

from klantreis.findings import Finding
from klantreis.labels import Label, Language, plain

AT = Label("bij", "at")
HERE = __name__.partition(".")[0]
SYSTEM = {
    errno.EACCES: "je hebt daar geen rechten voor",
    errno.EEXIST: "er staat al iets met die naam",
    errno.EISDIR: "dit is een map, geen bestand",
    errno.ENAMETOOLONG: "de naam is te lang",
    errno.ENOENT: "het bestand of de map is er niet",
    errno.ENOSPC: "de schijf is vol",
    errno.ENOTDIR: "een deel van het pad is een bestand, geen map",
    errno.EPERM: "dat mag hier niet",
    errno.EROFS: "op deze schijf kan niet geschreven worden",
}
"""What a system says in English, in Dutch."""


class KlantreisError(Exception):
    """The family's base: `what` is wrong, `where` it is, how to `mend` it, and a stable `code`.

    `what`, `where` and `mend` are English; `texts` are the same three as Labels, for who hands them on. Words that
    were given without a language read the same in every language.
    """

    code = "klantreis"

    def __init__(self, what: str | Label, *, where: str | Label = "", mend: str | Label = "") -> None:
        self.texts = (_label(what), _label(where), _label(mend))
        self.what, self.where, self.mend = self.parts("en")
        super().__init__(self.what)

    def parts(self, language: Language) -> tuple[str, str, str]:
        """Returns what is wrong, where, and how to mend it, in a language; '' for a part that is not told."""
        what, where, mend = self.texts
        return what.text(language), where.text(language), mend.text(language)

    def told(self, language: Language) -> str:
        """Returns the error in a language: what is wrong, and on lines of their own where and how to mend it."""
        what, where, mend = self.parts(language)
        return "\n".join(
            part for part in (what, where and f"  {AT.text(language)} {where}", mend and f"  {mend}") if part
        )

    def __str__(self) -> str:
        return self.told("en")


class DocumentError(KlantreisError):
    """A document cannot be used; `findings` names every mistake with its line and column."""

    code = "document"

    def __init__(
        self, what: str | Label, findings: Sequence[Finding] = (), *, where: str | Label = "", mend: str | Label = ""
    ) -> None:
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


class Remark(UserWarning):
    """A warning that is told in two languages; a log and a notebook have it in English."""

    def __init__(self, text: Label) -> None:
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        return self.text.text("en")


def warn(text: Label) -> None:
    """Warns of something, at the line outside Klantreis that asked for it, however deep the remark is made."""
    frame, depth = inspect.currentframe(), 1
    while frame is not None and frame.f_globals.get("__name__", "").partition(".")[0] == HERE:
        frame, depth = frame.f_back, depth + 1
    warnings.warn(Remark(text), stacklevel=depth)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Returns the known word that looks most like `word`, or None when none comes near."""
    words = list(known)
    folded = {str(name).casefold(): name for name in words}
    found = difflib.get_close_matches(str(word).casefold(), list(folded), n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> Label:
    """Returns "Did you mean 'x'?", or the list of known words when none comes near; empty when nothing is known."""
    words = list(known)
    close = nearest(word, words)
    if close is not None:
        return Label(f"Bedoelde je {close!r}?", f"Did you mean {close!r}?")
    listed = f"{', '.join(map(str, words[:20]))}{' …' if len(words) > 20 else ''}"
    return Label(f"Wel bekend: {listed}.", f"Known: {listed}.") if words else Label()


def reason(error: OSError) -> Label:
    """Returns why the system refused, as the end of a sentence: without a capital or a full stop of ours."""
    told = error.strerror or str(error)
    return Label(SYSTEM.get(error.errno or 0, told), told)


def _label(text: str | Label) -> Label:
    return text if isinstance(text, Label) else plain(text)
