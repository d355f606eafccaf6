"""xlsx: a map from a workbook of Excel, one row a step.

Why: as csv, without losing accents or commas on the way. The first sheet that has a column for the step is read; the
columns are those of csv. Formulas are not computed: the value that was saved counts.

Needs: `pip install 'klantreis[office]'`. Example: `klantreis import kaart.xlsx --as ring-kopen`. It does not fit for a
drawing made of shapes on a sheet: only cells are read.
"""

from __future__ import annotations

import io
import zipfile
from itertools import islice
from xml.etree.ElementTree import ParseError

import openpyxl

from klantreis.errors import SourceError
from klantreis.findings import Finding
from klantreis.labels import Label
from klantreis.map.losses import lost
from klantreis.map.read_rows import head_of, sketch_of_rows
from klantreis.map.sketch import Sketch

name = "xlsx"
endings = (".xlsx",)

MOST, ROWS, COLUMNS = 200_000_000, 20_000, 200
"""The most bytes unpacked, rows and columns that are read: a workbook made to harm is refused."""


def read(data: bytes, map_id: str) -> tuple[Sketch, tuple[Finding, ...]]:
    """Returns what the first sheet with steps holds.

    Raises SourceError when it is no workbook, is far too large, or no sheet has a column for the step.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST:
                raise SourceError(
                    Label("Dit werkboek is uitgepakt meer dan 200 MB.", "This workbook is over 200 MB when unpacked."),
                    mend=Label("Bewaar alleen het blad met de stappen.", "Save only the sheet of steps."),
                )
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = [(str(sheet.title), _cells(sheet)) for sheet in book.worksheets]
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, ParseError, OSError) as error:
        raise SourceError(
            Label(
                f"Dit is geen werkboek van Excel (.xlsx): {error}.",
                f"This is not a workbook of Excel (.xlsx): {error}.",
            ),
            mend=Label("Bewaar het opnieuw als .xlsx.", "Save it again as .xlsx."),
        ) from error
    empty: tuple[str, list[list[object]]] = ("", [])
    title, chosen = next((one for one in sheets if head_of(one[1]) is not None), sheets[0] if sheets else empty)
    if len(chosen) > ROWS:
        raise SourceError(
            Label(f"Dit blad heeft meer dan {ROWS} rijen.", f"This sheet has more than {ROWS} rows."),
            mend=Label("Is het een log? Noem het dan als bron.", "Is it a log? Name it as a source."),
        )
    sketch, told = sketch_of_rows(chosen, "import.xlsx", map_id, title=map_id)
    unread = [name for name, rows in sheets if rows and name != title]
    return sketch, (*told, *([lost("import.xlsx", map_id, _unread(title, unread))] if unread else []))


def _unread(title: str, names: list[str]) -> Label:
    some = ", ".join(names)
    return Label(
        f"Alleen het blad '{title}' is gelezen. Niet gelezen ({len(names)}): {some}",
        f"Only the sheet '{title}' was read. Not read ({len(names)}): {some}",
    )


def _cells(sheet: openpyxl.worksheet.worksheet.Worksheet) -> list[list[object]]:
    """The rows of a sheet, at most one more than are read; those that are empty at its end left out."""
    rows = [list(row) for row in islice(sheet.iter_rows(values_only=True, max_col=COLUMNS), ROWS + 1)]
    while rows and all(cell is None for cell in rows[-1]):
        rows.pop()
    return rows
