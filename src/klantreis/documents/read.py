"""A whole document in one call: file or text to the noun of its root."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from klantreis.documents.parse import LIMITS, Limits, parsed, read_text
from klantreis.documents.reader import Record
from klantreis.documents.reading import Reading
from klantreis.errors import DocumentError
from klantreis.labels import Label

T = TypeVar("T")


def read_document(file: Path, record: Record[T], limits: Limits = LIMITS) -> T:
    """Returns the noun that `record` reads from a YAML file. Raises DocumentError with every mistake in it."""
    return read_document_text(read_text(file, limits), record, file=str(file), limits=limits)


def read_document_text(text: str, record: Record[T], *, file: str | None = None, limits: Limits = LIMITS) -> T:
    """Returns the noun that `record` reads from YAML text; `file` is only named in findings."""
    reading = Reading(file)
    root = parsed(text, reading, limits)
    named = root.entry("id")
    reading.document = named.source if named is not None and named.scalar else None
    noun = record.read(root, reading)
    reading.finish()
    if noun is None:
        raise DocumentError(
            Label("In het document staat niets dat te lezen is.", "the document holds nothing that can be read"),
            where=file or "",
        )
    return noun
