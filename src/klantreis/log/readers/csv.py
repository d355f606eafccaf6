"""Delimited text: any delimiter, encoding and line end, quoted fields over several lines, with or without a head.

Every column comes in as text. Rows that break the form (too few or too many fields, a quote that never closes) come
along with a reason and what they looked like, so that read = stored + duplicate + rejected.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, groupby
from pathlib import Path

import numpy as np

from klantreis.engines.base import Engine, Query, quoted
from klantreis.log.files import zipped
from klantreis.log.lines import lines_of
from klantreis.log.model import Source
from klantreis.log.reading import Reading, bound
from klantreis.log.survey import Surveyed, scan_of, survey
from klantreis.log.text import Dialect, dialect_of, encoding_of, head_of, transcoded

name = "csv"
ENDINGS = (".csv", ".tsv", ".txt")
BLOCK = 1024
MARKS = 'NULL::VARCHAR AS "#reason", NULL::VARCHAR AS "#seen"'


@dataclass(frozen=True, slots=True)
class Part:
    """Files alike in columns and packing, which one scan reads."""

    dialect: Dialect
    files: tuple[Surveyed, ...]


def prepare(engine: Engine, source: Source, files: tuple[Path, ...], scratch: Path) -> Reading:
    """Returns the files ready to be streamed, all columns as text.

    Raises:
        SourceError: a file of nothing but blank lines, not UTF-8 without `encoding`, cut short, or without a head.
    """
    opened = [_opened(source, file, scratch) for file in files]
    parts = [
        Part(alike[0], survey(engine, source, alike[0], [(file, path) for file, path, _ in group], scratch))
        for alike, group in groupby(opened, key=lambda one: (one[2], zipped(one[1])))
    ]
    columns = tuple(dict.fromkeys(name for part in parts for name in part.dialect.names))
    return Reading(
        query=_read(source, parts, columns),
        columns=dict.fromkeys(columns, "VARCHAR"),
        lines=partial(_lines, source, parts),
        counted={str(one.file): (one.good, len(one.bad)) for part in parts for one in part.files},
    )


def _opened(source: Source, file: Path, scratch: Path) -> tuple[Path, Path, Dialect]:
    """Returns the file, what to read for it, and how it is written."""
    encoding = encoding_of(source, file)
    head = head_of(file, encoding)
    dialect = dialect_of(source, head, file)
    old_ends = "\r" in head and "\n" not in head
    path = file if encoding == "utf-8" and not old_ends else transcoded(source, file, encoding, scratch)
    return file, path, dialect


def _read(source: Source, parts: Sequence[Part], columns: tuple[str, ...]) -> Query:
    """Returns the scans, numbered, with their file names, and the bad rows beside them."""
    looked = [one for part in parts for one in part.files]
    listed = "".join(f", {quoted(name)}" for name in columns)
    numbered = _numbered(source, parts)
    if not any(one.bad for one in looked):
        return _good(source, numbered, looked, listed)
    return _with_bad(source, _good(source, numbered, looked, listed, "good"), looked)


def _numbered(source: Source, parts: Sequence[Part]) -> Query:
    query = Query()
    for number, part in enumerate(parts):
        scan = scan_of(source, part.dialect, [one.path for one in part.files], number)
        query = Query((*query.steps, *scan.steps), {**query.values, **scan.values})
    scans = "\nUNION ALL BY NAME ".join(f"SELECT * FROM scan{number}" for number in range(len(parts)))
    return query.then("numbered", f'SELECT row_number() OVER () AS "#sequence", * FROM ({scans})')


def _good(source: Source, numbered: Query, looked: Sequence[Surveyed], listed: str, step: str = "read") -> Query:
    """Returns the rows that have the right form; their record number counts the bad rows before them too."""
    bad = any(one.bad for one in looked)
    if len(looked) == 1 and not bad:
        file = bound(source, "file")
        sql = f'SELECT ${file} AS "#file", "#sequence" AS "#record", "#sequence", {MARKS}{listed} FROM numbered'
        return numbered.then(step, sql, **{file: str(looked[0].file)})
    paths, shown, first = (bound(source, name) for name in ("paths", "shown", "first"))
    before = accumulate((one.good + len(one.bad) for one in looked), initial=0)
    query = numbered.then(
        "files",
        f"SELECT unnest(${paths}) AS path, unnest(${shown}) AS file, unnest(${first}) AS first",
        **{
            paths: [str(one.path) for one in looked],
            shown: [str(one.file) for one in looked],
            first: list(before)[:-1],
        },
    )
    shifted = f"{_SHIFT} - first" if bad else '"#sequence" - first'
    joined = f' LEFT JOIN shift ON block = "#sequence" // {BLOCK}' if bad else ""
    query = _shift(source, query, looked) if bad else query
    sql = (
        f'SELECT file AS "#file", {shifted} AS "#record", "#sequence", {MARKS}{listed} '
        f'FROM numbered JOIN files ON path = "#path"{joined}'
    )
    return query.then(step, sql)


_SHIFT = '"#sequence" + coalesce(before, 0) + coalesce(len(list_filter(gaps, lambda gap: gap < "#sequence")), 0)'


def _shift(source: Source, query: Query, looked: Sequence[Surveyed]) -> Query:
    """Returns the query with a step that tells, for each block of good rows, how many bad rows stand before it.

    A bad row's gap is how many good rows come before it. `before` counts the bad rows of earlier blocks, `gaps` lists
    those inside, so that each row looks at a few numbers only.
    """
    gaps = np.array(list(_gaps(looked)), dtype=np.int64)
    blocks = np.arange(sum(one.good for one in looked) // BLOCK + 1, dtype=np.int64)
    starts = np.searchsorted(gaps, blocks * BLOCK)
    inside = [part.tolist() for part in np.split(gaps, starts[1:])]
    names = {name: bound(source, name) for name in ("blocks", "before", "gaps")}
    return query.then(
        "shift",
        f"SELECT unnest(${names['blocks']}) AS block, unnest(${names['before']}) AS before, "
        f"unnest(${names['gaps']}::BIGINT[][]) AS gaps",
        **{names["blocks"]: blocks.tolist(), names["before"]: starts.tolist(), names["gaps"]: inside},
    )


def _gaps(looked: Sequence[Surveyed]) -> Iterator[int]:
    """Yields for each bad row how many good rows, over all files, come before it."""
    done = 0
    for one in looked:
        for record in _bad_records(one):
            yield done + record[1]
        done += one.good


def _bad_records(one: Surveyed) -> Iterator[tuple[int, int]]:
    """Yields each bad row's record number and how many good rows of its file come before it."""
    for number, bad in enumerate(one.bad):
        record = bad.row - one.head
        yield record, record - 1 - number


def _with_bad(source: Source, good: Query, looked: Sequence[Surveyed]) -> Query:
    rows = [
        (str(one.file), record, gap, bad.reason, bad.seen)
        for one in looked
        for bad, (record, gap) in zip(one.bad, _bad_records(one), strict=True)
    ]
    columns = ("#file", "#record", "#sequence", "#reason", "#seen")
    names = [bound(source, f"bad{number}") for number in range(len(columns))]
    unnested = ", ".join(f"unnest(${name}) AS {quoted(column)}" for name, column in zip(names, columns, strict=True))
    query = good.then("bad", f"SELECT {unnested}", **{name: [row[at] for row in rows] for at, name in enumerate(names)})
    return query.then("read", "SELECT * FROM good UNION ALL BY NAME SELECT * FROM bad")


def _lines(source: Source, parts: Sequence[Part], file: str, records: Collection[int]) -> Mapping[int, int]:
    """Returns the line each record of `file` starts on."""
    for part in parts:
        for one in part.files:
            if str(one.file) == file:
                known = {record: bad.line for bad, (record, _) in zip(one.bad, _bad_records(one), strict=True)}
                asked = [record for record in records if record not in known]
                return {**lines_of(one.path, part.dialect.delimiter, source.header, asked), **known}
    return {}
