"""XES event logs, also as .xes.gz: what is what stands in the file, so roles may be left out.

`case:concept:name` is the person, `time:timestamp` the time, `concept:name` the event; all else is a property.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial
from pathlib import Path

from klantreis.engines.base import Engine, Query, quoted
from klantreis.errors import SourceError
from klantreis.labels import Label
from klantreis.log.files import where
from klantreis.log.model import Source
from klantreis.log.reading import Reading, bound
from klantreis.log.text import copy_of
from klantreis.log.xes import LINE, written

name = "xes"
ENDINGS = (".xes",)


def prepare(engine: Engine, source: Source, files: tuple[Path, ...], scratch: Path) -> Reading:
    """Returns the files ready to be streamed from a flat copy in `scratch`; a record is an event.

    Raises:
        SourceError: no XML, cut short, not an XES log, declares entities, or holds no event.
    """
    query, steps, columns = Query(), [], dict[str, str]()
    for number, file in enumerate(files):
        copy = copy_of(file, scratch, "xes")
        with copy.open("w", encoding="utf-8", newline="") as out:
            names, events = written(source, file, out)
        if not events:
            raise SourceError(
                Label("In het log staat geen gebeurtenis.", "The log holds no event."),
                where=where(source, file),
                mend=Label("Exporteer het opnieuw.", "Export it again."),
            )
        columns |= dict.fromkeys(names[1:], "VARCHAR")
        query = _scanned(source, query, (number, file, copy), names)
        steps.append(f"SELECT * FROM events{number}")
    listed = "".join(f", {quoted(name)}" for name in columns)
    query = query.then("events", " UNION ALL BY NAME ".join(steps)).then(
        "read",
        f'SELECT "#file", "#record", shift + "#record" AS "#sequence", NULL::VARCHAR AS "#reason", '
        f'NULL::VARCHAR AS "#seen"{listed} FROM events',
    )
    return Reading(query, columns, partial(_lines, engine, query))


def _scanned(source: Source, query: Query, numbered: tuple[int, Path, Path], names: tuple[str, ...]) -> Query:
    number, file, copy = numbered
    shown, path, columns = (bound(source, f"{name}{number}") for name in ("shown", "path", "columns"))
    return query.then(
        f"events{number}",
        f'SELECT ${shown} AS "#file", row_number() OVER () AS "#record", {number}::BIGINT << 40 AS shift, * FROM '
        f"read_csv(${path}, columns = ${columns}, header = false, auto_detect = false, delim = ',', quote = '\"', "
        "escape = '\"', null_padding = true, parallel = false, max_line_size = 64000000)",
        **{shown: str(file), path: str(copy), columns: dict.fromkeys(names, "VARCHAR")},
    )


def _lines(engine: Engine, query: Query, file: str, records: Collection[int]) -> Mapping[int, int]:
    """Returns the line of each of these events in the file."""
    if not records:
        return {}
    flat = Query(query.steps[:-1], query.values)
    rows = engine.rows(
        flat.then(
            "lines",
            f'SELECT "#record", {quoted(LINE)} FROM events WHERE "#file" = $asked_file '
            'AND list_contains($asked_records, "#record")',
            asked_file=file,
            asked_records=list(records),
        )
    )
    return {int(record): int(line) for record, line in rows}
