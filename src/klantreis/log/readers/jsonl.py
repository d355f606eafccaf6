"""JSON Lines: one object a line. What is nested gets a name with points: `properties.revenue`. Lists stay JSON.

Values come in as text, null as nothing. A line that is no JSON object comes along as a bad row, a blank line does not.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from klantreis.engines.base import Engine, Query, quoted
from klantreis.errors import QueryError, SourceError
from klantreis.labels import Label
from klantreis.log.files import where, zipped
from klantreis.log.model import Source
from klantreis.log.reading import Reading, bound, same_line
from klantreis.log.text import encoding_of, head_of, not_utf8, transcoded

name = "jsonl"
ENDINGS = (".jsonl", ".ndjson", ".json")
LONGEST_LINE = 64_000_000


def prepare(engine: Engine, source: Source, files: tuple[Path, ...], scratch: Path) -> Reading:
    """Returns the files ready to be streamed; a record is a line.

    Raises:
        SourceError: one JSON document instead of lines, not UTF-8, cut short, or not one object in it.
    """
    columns = columns_of([form for form, _ in forms_of(engine, source, files, scratch)])
    if not columns:
        raise SourceError(
            Label("Geen regel van het bestand is een JSON-object.", "No line of the file is a JSON object."),
            where=where(source, files[0]),
            mend=Label('Elke regel ziet eruit als {"a": 1, ...}.', 'Each line must be {"a": 1, ...}.'),
        )
    return reading_of(source, files, scratch, columns)


def forms_of(engine: Engine, source: Source, files: tuple[Path, ...], scratch: Path) -> list[tuple[str, int]]:
    """Returns each form that objects have, as JSON, and the first line that has it; [] when no line is an object."""
    paths = [_opened(source, file, scratch) for file in files]
    try:
        found = engine.rows(_lines(source, files, paths).then("forms", _FORMS))
    except QueryError as error:
        raise _unreadable(source, files, error) from error
    return [(str(form), int(line)) for form, line in found]


def reading_of(source: Source, files: tuple[Path, ...], scratch: Path, columns: dict[str, str]) -> Reading:
    """Returns the files ready to be streamed, with these columns: name -> JSON path."""
    paths = [_opened(source, file, scratch) for file in files]
    lines = _lines(source, files, paths)
    return Reading(_read(source, lines, columns), dict.fromkeys(columns, "VARCHAR"), same_line)


_FITS = "json_valid(line) AND json_type(CASE WHEN json_valid(line) THEN line END) = 'OBJECT'"

_FORMS = (
    f'SELECT CAST(json_structure(line) AS VARCHAR), min("#record") FROM lines WHERE {_FITS} '
    'GROUP BY 1 ORDER BY min("#record"), 1'
)


def _opened(source: Source, file: Path, scratch: Path) -> Path:
    encoding = encoding_of(source, file)
    head = head_of(file, encoding)
    if head.lstrip().startswith("[") and "\n{" in head.replace("\n ", "\n"):
        raise SourceError(
            Label(
                "Het bestand is één JSON-lijst, niet een regel per gebeurtenis.",
                "The file is one JSON list, not a line for each event.",
            ),
            where=where(source, file),
            mend=Label(
                f"Maak er regels van: jq -c '.[]' {file.name} > {file.stem}.jsonl",
                f"Make lines of it: jq -c '.[]' {file.name} > {file.stem}.jsonl",
            ),
        )
    return file if encoding == "utf-8" else transcoded(source, file, encoding, scratch)


def _lines(source: Source, files: tuple[Path, ...], paths: list[Path]) -> Query:
    """Returns the query of all lines, each file's numbered apart."""
    query, steps = Query(), []
    for number, (file, path) in enumerate(zip(files, paths, strict=True)):
        shown, read = bound(source, f"shown{number}"), bound(source, f"read{number}")
        packed = "gzip" if zipped(path) else "none"
        query = query.then(
            f"lines{number}",
            f'SELECT ${shown} AS "#file", row_number() OVER () AS "#record", line FROM read_csv(${read}, '
            "columns = {'line': 'VARCHAR'}, header = false, auto_detect = false, delim = chr(1), quote = '', "
            f"escape = '', compression = '{packed}', max_line_size = {LONGEST_LINE})",
            **{shown: str(file), read: str(path)},
        )
        steps.append(f"SELECT *, {number}::BIGINT << 40 AS shift FROM lines{number}")
    return query.then("lines", " UNION ALL ".join(steps))


def _read(source: Source, lines: Query, columns: dict[str, str]) -> Query:
    """Returns the query with each column taken out of the line's JSON, all in one go."""
    paths = bound(source, "paths")
    listed = "".join(f", cells[{number}] AS {quoted(name)}" for number, name in enumerate(columns, start=1))
    query = lines.then(
        "taken",
        f'SELECT "#file", "#record", shift + "#record" AS "#sequence", {_FITS} AS fits, line, '
        f"CASE WHEN fits THEN json_extract_string(line, ${paths}) END AS cells FROM lines WHERE trim(line) <> ''",
        **{paths: list(columns.values())},
    )
    return query.then(
        "read",
        'SELECT "#file", "#record", "#sequence", CASE WHEN NOT fits THEN \'bad_row\' END AS "#reason", '
        f'CASE WHEN NOT fits THEN left(line, 1000) END AS "#seen"{listed} FROM taken',
    )


def columns_of(forms: Sequence[str]) -> dict[str, str]:
    """Returns column name -> JSON path of every value that any line has, in order of first sight."""
    leaves = dict.fromkeys(leaf for form in forms for leaf in _leaves(json.loads(form), ()))
    outer = {keys[:count] for keys, _ in leaves for count in range(1, len(keys))}
    found: dict[str, str] = {}
    for keys, kind in leaves:
        if kind != "NULL" or keys not in outer:
            path = "$" + "".join('."' + key.replace('"', '\\"') + '"' for key in keys)
            found.setdefault(".".join(keys), path)
    return found


def _leaves(form: object, keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(form, dict):
        for key, inside in form.items():
            yield from _leaves(inside, (*keys, key))
    elif keys:
        yield keys, str(form)


def _unreadable(source: Source, files: tuple[Path, ...], error: QueryError) -> SourceError:
    if "GZIP" in error.what:
        return SourceError(
            Label("Het .gz-bestand is afgekapt of beschadigd.", "The .gz file is cut short or damaged."),
            where=where(source, files[0]),
            mend=Label("Kopieer het opnieuw, helemaal.", "Copy it again, whole."),
        )
    if "unicode" in error.what.lower() or "utf-8" in error.what.lower():
        return not_utf8(source, files[0])
    return SourceError(
        Label(f"Het bestand is niet te lezen: {error.what}", f"The file cannot be read: {error.what}"),
        where=where(source, files[0]),
    )
