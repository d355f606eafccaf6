"""The first look at delimited files: how many rows each holds, and which rows break the form.

One pass in the engine counts the rows and keeps those with too few or too many fields, a quote that never closes, or a
field beyond all measure. A quote that never closes would swallow the rows after it: its line is set apart in a copy,
and the pass is made again, so that only that row is lost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from klantreis.engines.base import Engine, Query, quoted
from klantreis.errors import QueryError, SourceError
from klantreis.labels import Label
from klantreis.log.files import where, zipped
from klantreis.log.lines import blanks_of, lines_at, whole, without_lines
from klantreis.log.model import Source
from klantreis.log.reading import bound
from klantreis.log.text import Dialect, copy_of, not_utf8, transcoded

MOST_OPEN_QUOTES = 20
SHOWN = 1000


@dataclass(frozen=True, slots=True)
class Bad:
    """One row that breaks the form; `row` counts head, records and blank lines alike from 1."""

    row: int
    line: int
    reason: str
    seen: str


@dataclass(frozen=True, slots=True)
class Surveyed:
    """One file after the first look.

    `path` is what to read: `file` itself or a mended copy. `head`: how many rows are the head. `set_apart`: the bad
    rows that the copy leaves out.
    """

    file: Path
    path: Path
    head: int = 1
    good: int = 0
    bad: tuple[Bad, ...] = ()
    set_apart: tuple[Bad, ...] = field(default=())


def scan_of(source: Source, dialect: Dialect, files: Sequence[Path], part: int = 0) -> Query:
    """Returns the query that reads these files, alike in columns, as text, without the rows that break the form.

    The engine is always told to keep those rows, also when nobody asks: told to ignore them, DuckDB 2.0 drops good rows
    after a bad quote as well.
    """
    names = {
        "files": [str(path) for path in files],
        "columns": dict.fromkeys(dialect.names, "VARCHAR"),
        "delimiter": dialect.delimiter,
    }
    values = {bound(source, f"{name}{part}"): value for name, value in names.items()}
    paths, columns, delimiter = values
    packed = "gzip" if zipped(files[0]) else "none"
    sql = (
        f"SELECT * FROM read_csv(${paths}, columns = ${columns}, delim = ${delimiter}, quote = '\"', escape = '\"', "
        f"header = {str(source.header).lower()}, auto_detect = false, compression = '{packed}', "
        f"filename = '#path', store_rejects = true)"
    )
    return Query(((f"scan{part}", sql),), values)


def survey(
    engine: Engine, source: Source, dialect: Dialect, files: Sequence[tuple[Path, Path]], scratch: Path
) -> tuple[Surveyed, ...]:
    """Returns each file with its rows counted and its bad rows known; `files` are (file, what to read for it).

    Raises:
        SourceError: a file that is not UTF-8, cut short, or full of quotes that never close.
    """
    looked = [Surveyed(file, path, int(source.header)) for file, path in files]
    for _ in range(MOST_OPEN_QUOTES):
        looked = _look(engine, source, dialect, looked, scratch)
        opened = [_first_open(one, dialect) for one in looked]
        if len(dialect.names) == 1 or not any(opened):
            return tuple(_finished(one, dialect) for one in looked)
        looked = [_set_apart(one, bad, scratch) if bad else one for one, bad in zip(looked, opened, strict=True)]
    raise SourceError(
        Label(
            f"In meer dan {MOST_OPEN_QUOTES} rijen begint een aanhalingsteken dat nooit sluit.",
            f"More than {MOST_OPEN_QUOTES} rows open a quote that never closes.",
        ),
        where=where(source, looked[0].file, looked[0].set_apart[0].line if looked[0].set_apart else None),
        mend=Label(
            "Kijk naar `delimiter`, of hoe het bestand is geëxporteerd: een aanhalingsteken in een "
            "veld moet er dubbel staan.",
            "Look at `delimiter`, or at how the file was exported: a quote inside a field must be doubled.",
        ),
    )


def _look(engine: Engine, source: Source, dialect: Dialect, looked: list[Surveyed], scratch: Path) -> list[Surveyed]:
    paths = [one.path for one in looked]
    for table in ("reject_errors", "reject_scans"):
        engine.run(Query((("forget", f"DROP TABLE IF EXISTS {table}"),)))
    scan = scan_of(source, dialect, paths)
    counts = "".join(f", count({quoted(name)})" for name in dialect.names)
    try:
        counted = engine.rows(scan.then("counted", f'SELECT "#path", count(*){counts} FROM scan0 GROUP BY "#path"'))
    except QueryError as error:
        if "invalid state" not in error.what:
            raise _unreadable(source, paths, error) from error
        again = [replace(one, path=transcoded(source, one.path, "utf-8", scratch)) for one in looked]
        return _look(engine, source, dialect, again, scratch)
    good = {str(row[0]): int(row[1]) for row in counted}
    rejects = _rejects(engine)
    for one in looked:
        if any(kind == "INVALID ENCODING" for _, _, kind, _ in rejects.get(str(one.path), ())):
            raise not_utf8(source, one.file)
    return [
        replace(one, good=good.get(str(one.path), 0), bad=_bad(one.path, rejects.get(str(one.path), [])))
        for one in looked
    ]


def _rejects(engine: Engine) -> Mapping[str, list[tuple[int, int, str, str]]]:
    rows = engine.rows(
        Query(
            (
                (
                    "rejects",
                    "SELECT file_path, line, line_byte_position, min(CAST(error_type AS VARCHAR)), "
                    f"any_value(left(csv_line, {SHOWN})) "
                    "FROM reject_errors JOIN reject_scans USING (scan_id, file_id) GROUP BY ALL ORDER BY 1, 3",
                ),
            )
        )
    )
    found: dict[str, list[tuple[int, int, str, str]]] = {}
    for path, row, position, kind, text in rows:
        found.setdefault(str(path), []).append((int(row), int(position), str(kind), str(text)))
    return found


def _bad(path: Path, rejects: list[tuple[int, int, str, str]]) -> tuple[Bad, ...]:
    starts = {position: position + len(text) - len(text.lstrip("\r\n")) for _, position, _, text in rejects}
    lines = lines_at(path, set(starts.values()))
    return tuple(
        Bad(
            row=row,
            line=lines[starts[position]],
            reason="too_long" if kind == "LINE SIZE OVER MAXIMUM" else "bad_row",
            seen=text.strip("\r\n"),
        )
        for row, position, kind, text in rejects
    )


def _first_open(one: Surveyed, dialect: Dialect) -> Bad | None:
    """Returns the first bad row whose open quote took the lines after it along."""
    for bad in one.bad:
        if "\n" in bad.seen and (bad.reason == "bad_row" or not whole(one.path, bad.line, dialect.delimiter)):
            return bad
    return None


def _set_apart(one: Surveyed, bad: Bad, scratch: Path) -> Surveyed:
    copy = copy_of(one.file, scratch, f"mended{len(one.set_apart)}")
    without_lines(one.path, copy, {bad.line})
    kept = replace(bad, reason="bad_row", seen=bad.seen.split("\n", 1)[0].rstrip("\r"))
    return replace(one, path=copy, set_apart=(*one.set_apart, kept))


def _finished(one: Surveyed, dialect: Dialect) -> Surveyed:
    """Returns the file with all bad rows in order, each counted without the blank lines before it."""
    bad = sorted((*one.bad, *one.set_apart), key=lambda row: row.row)
    if not bad or len(dialect.names) == 1:
        return replace(one, bad=tuple(bad))
    apart = {row.row for row in one.set_apart}
    blanks = [row for row in blanks_of(one.path, dialect.delimiter) if row not in apart]
    counted, before = [], 0
    for row in bad:
        while before < len(blanks) and blanks[before] < row.row:
            before += 1
        counted.append(replace(row, row=row.row - before))
    return replace(one, bad=tuple(counted))


def _unreadable(source: Source, paths: Sequence[Path], error: QueryError) -> SourceError:
    if "GZIP" in error.what:
        return SourceError(
            Label("Het .gz-bestand is afgekapt of beschadigd.", "The .gz file is cut short or damaged."),
            where=where(source, paths[0]),
            mend=Label("Kopieer het opnieuw, helemaal.", "Copy it again, whole."),
        )
    return SourceError(
        Label(f"Het bestand is niet te lezen: {error.what}", f"The file cannot be read: {error.what}"),
        where=where(source, paths[0]),
    )
