"""A data frame as a file that is read like any other, and what is wrong with it said of the frame."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from klantreis.engines.base import Query
from klantreis.engines.duckdb import DuckDbEngine
from klantreis.errors import OptionError, SourceError
from klantreis.findings import Finding
from klantreis.labels import LANGUAGES, Label, paragraph
from klantreis.log.files import shown_path
from klantreis.log.glance import glanced
from klantreis.log.guess import Guess, guess_roles
from klantreis.log.model import Source

FILE = "frame.parquet"
SHOWN = Label("het dataframe", "the data frame")
ROLES = {
    "person": Label("de persoon", "the person"),
    "at": Label("het moment", "the moment"),
    "event": Label("de gebeurtenis", "the event"),
}


class NoColumn(OptionError):
    """It was not said which column of a file plays the part of `role`; says which one probably does."""

    def __init__(self, role: str, file: Path, guess: Guess | None = None) -> None:
        part = ROLES[role]
        super().__init__(
            Label(
                f"In welke kolom van {file.name} staat {part.text('nl')}?",
                f"Which column of {file.name} holds {part.text('en')}?",
            ),
            where=shown_path(file),
            mend=_mend_of_file(role, guess),
        )
        self.role = role

    def __reduce__(self) -> tuple[Any, ...]:
        # On its way from another process it needs no file: its texts go with it.
        return OptionError, (self.what,), self.__dict__


def guessed(source: Source) -> Guess:
    """Returns which columns of a file are probably which; raises SourceError when it cannot be read at all."""
    engine = DuckDbEngine(threads=1)
    try:
        with TemporaryDirectory() as scratch:
            cells = glanced(engine, source, Path(scratch))
        return guess_roles(list(cells), cells)
    finally:
        engine.close()


def filed(frame: Any, folder: Path) -> Path:
    """Writes a data frame (pandas, polars, arrow) to a file in a folder, and returns the file."""
    engine, path = DuckDbEngine(), folder / FILE
    try:
        engine.offer("frame", frame)
        engine.write(Query((("rows", "SELECT * FROM frame"),)), path)
    finally:
        engine.close()
    return path


def once(frame: Any, names: Iterable[str | None]) -> None:
    """Raises OptionError when a data frame has two columns of one of these names: which one plays the part?"""
    columns = _columns(frame)
    twice = [name for name in dict.fromkeys(names) if name is not None and columns.count(name) > 1]
    if twice:
        told = ", ".join(map(repr, twice))
        raise OptionError(
            Label(
                f"Het dataframe heeft meer dan één kolom {told}.", f"The data frame has more than one column {told}."
            ),
            where=SHOWN,
            mend=Label("Geef elke kolom een eigen naam.", "Give each column a name of its own."),
        )


def said_of(finding: Finding) -> Label:
    """Returns what was found in the rows as sentences for who reads them in Python, of a file or of a data frame."""

    def sentence(text: str) -> str:
        return text if text.endswith((".", "?", "!")) else f"{text}."

    parts = paragraph(*(part.each(sentence) for part in (finding.title, finding.detail, finding.advice) if part))
    here = parts.each(lambda text: text.replace("dates: [", "dates=["))
    told = {language: here.text(language).replace(FILE, SHOWN.text(language)) for language in LANGUAGES}
    return Label(**told)


@contextmanager
def told_of(data: Any) -> Iterator[None]:
    """Lets what is wrong with a data frame be said of the frame and its columns; of a path nothing changes."""
    try:
        yield
    except (OptionError, SourceError) as error:
        if isinstance(data, str | Path):
            raise
        kind = OptionError if isinstance(error, NoColumn) else type(error)
        what, where, mend = error.texts
        what = Label(*(what.text(language).replace(FILE, SHOWN.text(language)) for language in LANGUAGES))
        if isinstance(error, NoColumn):
            mend = _mend(error.role, _columns(data))
        mend = paragraph(_mend_of_index(data, what.text("en")), mend)
        raise kind(what, where=SHOWN if FILE in error.where else where, mend=mend) from None


def _mend_of_file(role: str, guess: Guess | None) -> Label:
    named = Label(
        f"Noem hem: --{role} ... op de opdrachtregel, {role}=... in Python.",
        f"Name it: --{role} ... on the command line, {role}=... in Python.",
    )
    if guess is None:
        return named
    listed = ", ".join(guess.columns)
    found = " ".join(f"--{one} {shlex.quote(guess.found[one])}" for one in ROLES if one in guess.found)
    return paragraph(
        named,
        Label(f"De kolommen zijn: {listed}.", f"The columns are: {listed}."),
        Label(f"Waarschijnlijk: {found}", f"Probably: {found}") if found else Label(),
        between="\n  ",
    )


def _mend(role: str, columns: Sequence[str]) -> Label:
    named, listed = _guessed(role, columns), ", ".join(columns)
    return Label(f"Noem hem: {named} De kolommen zijn: {listed}.", f"Name it: {named} The columns are: {listed}.")


def _mend_of_index(frame: Any, what: str) -> Label:
    """Returns how an index of pandas becomes columns, when what lacks may stand in it; else an empty Label."""
    names = [str(name) for name in getattr(getattr(frame, "index", None), "names", ()) if name is not None]
    if not names or not ("Which column" in what or any(repr(name) in what for name in names)):
        return Label()
    told = ", ".join(map(repr, names))
    return Label(
        f"De index heet {told} en is geen kolom: geef frame.reset_index().",
        f"The index is called {told} and is no column: give frame.reset_index().",
    )


def _columns(frame: Any) -> list[str]:
    """Returns the names of the columns of a data frame of any of the libraries."""
    names = getattr(frame, "column_names", None)  # arrow; elsewhere that could only be a column
    return [str(name) for name in (names if isinstance(names, list) else getattr(frame, "columns", ()))]


def _guessed(role: str, columns: Sequence[str]) -> str:
    """Returns how to name the column of a role, with the one that it probably is."""
    guess = guess_roles(columns).found.get(role)
    return f"{role}=..." if guess is None else f"{role}={guess!r}?"
