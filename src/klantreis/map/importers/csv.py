"""csv: a map from a table of text, one row a step.

Why: many a journey map begins as a list in a spreadsheet. One column names the step ('stap' or 'step'), one the phase;
the others may be 'gevoel' (-2 to +2), 'denkt', 'verwacht', 'contactmoment', 'kanaal', 'barrière' and what else
`klantreis export --to csv` writes. The separator is found out; an unknown column stays behind and is told.

Example: `klantreis import stappen.csv --as ring-kopen`. It does not fit for events of customers: name those as a source
in klantreis.yaml.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from klantreis.errors import SourceError
from klantreis.findings import Finding
from klantreis.labels import Label
from klantreis.map.read_rows import DEEPEST, sketch_of_rows
from klantreis.map.rows import key_of
from klantreis.map.sketch import Sketch

name = "csv"
endings = (".csv", ".tsv")

SIGNS = ";\t,"
MOST = 20_000_000
"""The most bytes a table of steps may be."""


def read(data: bytes, map_id: str) -> tuple[Sketch, tuple[Finding, ...]]:
    """Returns what a table of text holds; UTF-8 (with or without a mark), else Windows-1252.

    Raises SourceError when it has no column for the step, or is over 20 MB.
    """
    if len(data) > MOST:
        raise SourceError(
            Label(
                "Een tabel met stappen van meer dan 20 MB is geen kaart.",
                "A table of steps of over 20 MB is not a map.",
            ),
            mend=Label("Is het een log? Noem het dan als bron.", "Is it a log? Name it as a source."),
        )
    text = _text(data).replace("\x00", "")
    named = re.match(r"sep=(.)(?=\r?\n)", text, re.IGNORECASE)  # Excel's own first line, which is no row of the table
    text, apart = (text[named.end() :], named[1]) if named else (text, _separator(text.splitlines()))
    try:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=apart, strict=False)
        rows = [[freed(cell) for cell in row] for row in lines]
    except csv.Error as error:
        raise SourceError(
            Label(f"Deze tabel is niet te lezen: {error}.", f"This table cannot be read: {error}."),
            mend=Label("Bewaar haar opnieuw als CSV in UTF-8.", "Save it again as CSV in UTF-8."),
        ) from error
    return sketch_of_rows(rows, "import.csv", map_id, title=map_id)


def freed(cell: str) -> str:
    """Returns a cell without the quote that keeps a program from taking it for a formula."""
    return cell[1:] if re.match(r"'+[=+\-@\t\r|%]", cell) else cell


def _separator(lines: Sequence[str]) -> str:
    """The sign that sets the step apart in the headings; else the one that is most in the first line."""
    for line in lines[:DEEPEST]:
        for sign in SIGNS:
            if sign in line and "label" in {key_of(cell.strip('" ')) for cell in line.split(sign)}:
                return sign
    return max(SIGNS, key=lines[0].count) if lines else SIGNS[0]


def _text(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
