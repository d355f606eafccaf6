"""Parquet: one file, several, or a folder of them. Types are kept; a column that some files lack is empty there."""

from __future__ import annotations

from pathlib import Path

from klantreis.engines.base import Engine, Query, quoted
from klantreis.errors import QueryError, SourceError
from klantreis.labels import Label
from klantreis.log.files import where
from klantreis.log.model import Source
from klantreis.log.reading import Reading, bound

name = "parquet"
ENDINGS = (".parquet", ".pq")
MARK = b"PAR1"


def prepare(engine: Engine, source: Source, files: tuple[Path, ...], scratch: Path) -> Reading:
    """Returns the files ready to be streamed; a record is a row, and there are no lines.

    Raises:
        SourceError: a file is cut short or is no Parquet at all.
    """
    del scratch
    for file in files:
        _check(source, file)
    names = bound(source, "files")
    scan = Query(
        (
            (
                "scan",
                f"SELECT * FROM read_parquet(${names}, union_by_name = true, file_row_number = true, filename = true)",
            ),
        ),
        {names: [str(file) for file in files]},
    )
    try:
        told = engine.columns(scan)
    except QueryError as error:
        raise SourceError(
            Label(f"De Parquet is niet te lezen: {error.what}", f"The Parquet cannot be read: {error.what}"),
            where=where(source, files[0]),
        ) from error
    columns = {name: kind for name, kind in told.items() if name not in {"filename", "file_row_number"}}
    return Reading(_numbered(source, scan, columns, len(files)), columns)


def _numbered(source: Source, scan: Query, columns: dict[str, str], count: int) -> Query:
    listed = "".join(f", {quoted(name)}" for name in columns)
    marks = 'NULL::VARCHAR AS "#reason", NULL::VARCHAR AS "#seen"'
    record = 'file_row_number + 1 AS "#record"'
    if count == 1:
        return scan.then(
            "read",
            f'SELECT filename AS "#file", {record}, file_row_number + 1 AS "#sequence", {marks}{listed} FROM scan',
        )
    files = f"${bound(source, 'files')}"
    return scan.then("files", f"SELECT unnest({files}) AS path, generate_subscripts({files}, 1) AS number").then(
        "read",
        f'SELECT filename AS "#file", {record}, (number << 40) + file_row_number + 1 AS "#sequence", {marks}{listed} '
        "FROM scan JOIN files ON path = filename",
    )


def _check(source: Source, file: Path) -> None:
    with file.open("rb") as opened:
        start = opened.read(4)
        opened.seek(max(file.stat().st_size - 4, 0))
        end = opened.read(4)
    if start != MARK:
        raise SourceError(
            Label("Dit is geen Parquet-bestand.", "This is not a Parquet file."),
            where=where(source, file),
            mend=Label("Geef de juiste `format`, zoals csv.", "Give the right `format`, such as csv."),
        )
    if end != MARK:
        raise SourceError(
            Label(
                "Het Parquet-bestand is afgekapt: het einde ontbreekt.",
                "The Parquet file is cut short: its end is missing.",
            ),
            where=where(source, file),
            mend=Label("Kopieer het opnieuw, helemaal.", "Copy it again, whole."),
        )
