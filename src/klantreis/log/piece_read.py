"""One piece of a source as its reader gives it: the same rows, columns and lines as in the whole file.

Records and sequence count from 1 in the piece (Parquet: in the file); who knows all pieces adds what comes before.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from klantreis.engines.base import Engine, quoted
from klantreis.errors import SourceError
from klantreis.log.model import Source
from klantreis.log.piece_look import copied
from klantreis.log.pieces import Piece, Pieces
from klantreis.log.reading import Lines, Reading, bound
from klantreis.plugins import part

MARKS = ('"#reason"', '"#seen"')


def read_piece(engine: Engine, cut: Pieces, piece: Piece, scratch: Path) -> Reading:
    """Returns a piece ready to be streamed, with every column of the source; raises SourceError as its reader does."""
    path = copied(piece, scratch) if cut.kind != "parquet" else piece.file
    source = _as_written(cut.source, piece)
    with _in_the_file(piece, path):
        if cut.kind == "jsonl":
            found = part("reader", "jsonl").reading_of(source, (path,), scratch, dict(cut.columns))
        else:
            found = part("reader", cut.kind).prepare(engine, source, (path,), scratch)
    return _own_rows(source, cut, piece, found, path)


def _as_written(source: Source, piece: Piece) -> Source:
    """Returns the source as its piece is written: what is repeated from the first line is a head now."""
    if piece.delimiter is None:
        return source
    if not piece.head:
        return replace(source, delimiter=piece.delimiter)
    return replace(source, delimiter=piece.delimiter, header=True)


def _own_rows(source: Source, cut: Pieces, piece: Piece, found: Reading, path: Path) -> Reading:
    """Returns the rows that are the piece's own, under the name of its file, with the columns that all pieces have."""
    repeated = int(cut.kind == "jsonl" and piece.head != b"")
    kinds = dict.fromkeys(cut.columns, "VARCHAR") if cut.kind == "jsonl" else dict(cut.columns)
    known = {name.casefold(): name for name in found.columns}
    cells = [
        f"CAST({quoted(known[name.casefold()])} AS {kind}) AS {quoted(name)}"
        if name.casefold() in known
        else f"CAST(NULL AS {kind}) AS {quoted(name)}"
        for name, kind in kinds.items()
    ]
    named = bound(source, "of_file")
    place = [f'${named} AS "#file"', f'"#record" - {repeated} AS "#record"', f'"#sequence" - {repeated} AS "#sequence"']
    listed = ", ".join([*place, *MARKS, *cells])
    before = quoted(found.query.steps[-1][0])
    query = found.query.then(
        "own", f"SELECT {listed} FROM {before}{_asked(cut, piece, repeated)}", **{named: str(piece.file)}
    )
    counted = {str(piece.file): found.counted[str(path)]} if str(path) in found.counted else {}
    lines = partial(_lines, found.lines, str(path), piece)
    return replace(
        found, query=query, columns=kinds, counted=counted, lines=found.lines if path == piece.file else lines
    )


def _asked(cut: Pieces, piece: Piece, repeated: int) -> str:
    if cut.kind == "parquet" and piece.end is not None:
        return f' WHERE "#record" BETWEEN {piece.start + 1} AND {piece.end}'
    return ' WHERE "#record" > 1' if repeated else ""


def _lines(lines: Lines, path: str, piece: Piece, file: str, records: Collection[int]) -> Mapping[int, int]:
    """Returns where records of a copied piece stand in their file."""
    del file
    headed = int(piece.head != b"")
    repeated = headed if piece.delimiter is None else 0
    found = lines(path, [record + repeated for record in records])
    return {record - repeated: piece.lines + line - headed for record, line in found.items()}


@contextmanager
def _in_the_file(piece: Piece, path: Path) -> Iterator[None]:
    """Lets what is wrong in a copy be said of the file it was made of."""
    try:
        yield
    except SourceError as error:
        if path == piece.file:
            raise
        what, spot, mend = error.texts
        spot = spot.each(lambda told: told.replace(str(path), str(piece.file)))
        spot = spot.each(lambda told: re.sub(r"(?<=(?:line|egel) )\d+$", lambda line: _line(piece, line[0]), told))
        raise SourceError(what, where=spot, mend=mend) from error


def _line(piece: Piece, line: str) -> str:
    return str(piece.lines + int(line) - bool(piece.head))
