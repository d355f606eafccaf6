"""A table or a query of a database: copied once, a batch at a time, and then judged as any file is.

The copy stands in the scratch folder as Parquet, and holds only the columns that the source uses and only the rows that
may be new. So the database is asked once, sees one moment of itself, and a connection that is lost leaves nothing half.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from klantreis.engines.base import Engine, Query, quoted
from klantreis.errors import SourceError
from klantreis.findings import Finding, Place
from klantreis.labels import Label
from klantreis.log.columns import needed, resolved
from klantreis.log.connect import Session, opened
from klantreis.log.copying import GROWS, Copy, Desk, of_arrow, of_tuples
from klantreis.log.dialects import MYSQL, POSTGRES, bound, literal
from klantreis.log.files import where
from klantreis.log.growth import Mark
from klantreis.log.model import POSTGRESQL, Database, Source
from klantreis.log.mysql import bare
from klantreis.log.reading import EVERYTHING, Asked, Reading
from klantreis.log.reading import bound as bound_name
from klantreis.log.spelling import mark_spelt, table_spelt

name = "database"
ENDINGS = ()
MARKS = 'NULL::VARCHAR AS "#reason", NULL::VARCHAR AS "#seen"'


def prepare(
    engine: Engine, source: Source, files: tuple[Path, ...], scratch: Path, asked: Asked = EVERYTHING
) -> Reading:
    """Returns the rows ready to be streamed; a record is a row, in the order in which the database gave them.

    Raises:
        MissingPart: the module is not installed.
        SourceError: a variable that is not set, a database that cannot be reached or refuses, a table or column that
            is not there, or a connection that was lost.
    """
    assert source.database is not None
    folder = scratch / f"{source.order}-rows"
    folder.mkdir(parents=True, exist_ok=True)
    with opened(source, source.database) as found:
        table = replace(found, database=table_spelt(found, source))
        every = _columns(table, source)
        session, columns = replace(table, database=mark_spelt(table.database, source, every)), needed(source, every)
        copy = _copied(engine, session, columns, folder, asked)
    if not copy.files:
        return _nothing(columns, asked)
    names, label = bound_name(source, "files"), bound_name(source, "file")
    scan = Query((("copy", f"SELECT * FROM read_parquet(${names})"),), {names: [str(path) for path in copy.files]})
    kinds = {column: kind for column, kind in engine.columns(scan).items() if column in columns}
    listed = "".join(f", {quoted(column)}" for column in columns)
    read = scan.then(
        "read",
        f'SELECT ${label} AS "#file", "#record", "#record" AS "#sequence", {MARKS}{listed} FROM copy',
        **{label: source.shown},
    )
    findings = (markless(source, source.database),) if source.database.grows_by and copy.mark is None else ()
    return Reading(read, {column: kinds[column] for column in columns}, findings=findings, mark=copy.mark)


def markless(source: Source, database: Database) -> Finding:
    """Returns what to say of a table whose `grows_by` tells no moment up to now."""
    return Finding(
        rule="no-mark",
        level="warning",
        place=Place(id=database.grows_by, file=source.shown),
        title=Label(
            nl=f"Kolom {database.grows_by!r} vertelt niet wat nieuw is",
            en=f"Column {database.grows_by!r} does not tell what is new",
        ),
        detail=Label(
            nl="Er staan geen momenten in die tot nu lopen, dus elke keer wordt alles gelezen.",
            en="It holds no moments up to now, so everything is read each time.",
        ),
        advice=Label(
            nl="Noem bij `grows_by` een kolom met momenten, zoals created_at, of laat het weg.",
            en="Name a column of moments in `grows_by`, such as created_at, or leave it out.",
        ),
    )


def _nothing(columns: Sequence[str], asked: Asked) -> Reading:
    """Returns no rows: the table is empty, or has nothing new."""
    listed = "".join(f", NULL::VARCHAR AS {quoted(column)}" for column in columns)
    sql = (
        f'SELECT NULL::VARCHAR AS "#file", NULL::BIGINT AS "#record", NULL::BIGINT AS "#sequence", {MARKS}{listed} '
        "WHERE false"
    )
    return Reading(Query((("read", sql),)), dict.fromkeys(columns, "VARCHAR"), mark=asked.mark)


def _columns(session: Session, source: Source) -> tuple[str, ...]:
    """Returns the columns of the table or query; a name that is not there is told before any row comes."""
    columns = session.head(f"SELECT * FROM {session.dialect.origin(session.database)} WHERE 1 = 0")
    spelt = [column.casefold() for column in columns]
    double = next((column for column in columns if spelt.count(column.casefold()) > 1), None)
    if double is not None:
        raise SourceError(
            Label(
                f"Er zijn twee kolommen die op hoofdletters na {double!r} heten.",
                f"There are two columns called {double!r}, capitals aside.",
            ),
            where=where(source),
            mend=Label(
                "Neem een query, en geef een van de twee daarin een andere naam: AS andere_naam.",
                "Use a query, and give one of them another name there: AS other_name.",
            ),
        )
    if not source.lookups:
        resolved(source, columns, ())
    return columns


def _copied(engine: Engine, session: Session, columns: Sequence[str], folder: Path, asked: Asked) -> Copy:
    sql, given = _statement(session, columns, asked.mark)
    expected = _expected(session, asked.mark)
    telling = _telling(asked.tell, expected)
    batches = session.batches(sql, given)
    growing = asked if session.database.grows_by else Asked(now=asked.now)
    desk = Desk(folder, growing, telling)
    return of_arrow(batches, desk) if session.arrow else of_tuples(engine, batches, columns, desk)


def _statement(session: Session, columns: Sequence[str], mark: Mark | None) -> tuple[str, Any]:
    """Returns the statement that asks these columns, and the rows from the mark on; a row without a moment too."""
    dialect, database = session.dialect, session.database
    zoned = session.zoned(f"SELECT * FROM {dialect.origin(database)} WHERE 1 = 0")

    def cell(name: str, text: str) -> str:
        return ("CAST({} AS VARCHAR)" if name in zoned else text).replace("{}", dialect.quoted(name))

    cells = [f"{cell(name, dialect.text or '{}')} AS {dialect.quoted(name)}" for name in columns]
    grows = dialect.quoted(database.grows_by)
    if database.grows_by:
        cells.append(f"{cell(database.grows_by, '{}')} AS {dialect.quoted(GROWS)}")
    sql = f"SELECT {', '.join(cells)} FROM {dialect.origin(database)}"
    if mark is None or not database.grows_by:
        return sql, ()
    before, after = f"{sql} WHERE ({grows} >= ", f" OR {grows} IS NULL)"
    least = mark.before(database.overlap_seconds)
    if dialect in {POSTGRES, MYSQL}:  # some modules of MySQL leave a doubled % as it is
        return f"{before}{literal(bare(least) if dialect is MYSQL else least)}{after}", ()
    return bound(session.module.paramstyle, before, after, least)


def _expected(session: Session, mark: Mark | None) -> int | None:
    """Returns how many rows the database expects to give; None when it cannot say, or only a part is asked."""
    if not session.dialect.count or mark is not None:
        return None
    sql = session.dialect.count.format(session.dialect.origin(session.database))
    if session.database.module != POSTGRESQL:
        # A query would be worked out twice to count it.
        return int(session.rows(sql)[0][0]) if session.database.table else None
    cursor = session.connection.cursor()
    try:
        # EXPLAIN cannot be copied out, which is how this module takes rows otherwise.
        cursor.adbc_statement.set_options(**{"adbc.postgresql.use_copy": "false"})
        cursor.execute(sql)
        plan = json.loads(cursor.fetchall()[0][0])
        return int(plan[0]["Plan"]["Plan Rows"])
    except (ValueError, KeyError, IndexError):
        return None
    finally:
        cursor.close()


def _telling(tell: Callable[[int, int | None], None] | None, expected: int | None) -> Callable[[int], None]:
    return (lambda rows: None) if tell is None else (lambda rows: tell(rows, expected))
