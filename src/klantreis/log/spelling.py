"""How a database spells the names that somebody gave: capitals aside, where only one can be meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from klantreis.errors import SourceError, did_you_mean, nearest
from klantreis.labels import Label, paragraph
from klantreis.log.connect import Session
from klantreis.log.dialects import table_parts
from klantreis.log.files import where
from klantreis.log.model import Database, Source

Named = tuple[str, ...]


def table_spelt(session: Session, source: Source) -> Database:
    """Returns the database with its table as it is spelt there: Snowflake keeps `orders` as ORDERS.

    A query stays as it is. A database without a list of tables is asked for the name as written, in capitals, and in
    small letters; where it knows none of these it says so itself.

    Raises:
        SourceError: the table is not there; with the nearest name.
    """
    database = session.database
    if not database.table:
        return database
    known = _listed(session)
    if not known:
        return _one_that_answers(session)
    parts = table_parts(database.table)
    asked = parts[-2:]

    def tail(listed: Named) -> Named:
        return listed[-len(asked) :]

    folded = [] if session.dialect.exact else [one for one in known if _folded(tail(one)) == _folded(asked)]
    found = next((one for one in known if tail(one) == asked), None) or next(iter(folded), None)
    if found is None:
        raise _no_table(session, source, known)
    return _named(database, (*parts[: -len(asked)], *tail(found)))


def mark_spelt(database: Database, source: Source, columns: Sequence[str]) -> Database:
    """Returns the database with `grows_by` as the column is spelt; raises SourceError when there is none."""
    asked = database.grows_by
    if not asked or asked in columns:
        return database
    for column in columns:
        if column.casefold() == asked.casefold():
            return replace(database, grows_by=column)
    raise SourceError(
        paragraph(
            Label(f"grows_by: {asked!r} is geen kolom.", f"grows_by: {asked!r} is no column."),
            did_you_mean(asked, columns),
        ),
        where=where(source),
        mend=Label(f"De kolommen zijn: {', '.join(columns)}.", f"The columns are: {', '.join(columns)}."),
    )


def _listed(session: Session) -> list[Named]:
    """Returns (schema, table) of every table; none where the database has no such list."""
    if not session.dialect.tables:
        return []
    try:
        return [(str(schema), str(table)) for schema, table in session.rows(session.dialect.tables)]
    except session.module.Error:
        if session.dialect.begin:
            raise
        session.afresh()
        return []  # a database of a kind we do not know: it says so itself when the table is asked


def _one_that_answers(session: Session) -> Database:
    parts = table_parts(session.database.table)
    for change in (str, str.upper, str.lower) if '"' not in session.database.table else ():
        one = _named(session.database, tuple(map(change, parts)))
        try:
            session.head(f"SELECT * FROM {session.dialect.origin(one)} WHERE 1 = 0")
        except session.module.Error:
            session.afresh()
        else:
            return one
    return session.database


def _named(database: Database, parts: Named) -> Database:
    return replace(database, table=".".join('"' + part.replace('"', '""') + '"' for part in parts))


def _folded(parts: Named) -> Named:
    return tuple(part.casefold() for part in parts)


def _no_table(session: Session, source: Source, known: list[Named]) -> SourceError:
    table = session.database.table
    names = [name if schema == session.dialect.home else f"{schema}.{name}" for schema, name in known]
    bare = dict(zip((name for _, name in known), names, strict=True))
    near = nearest(table, names) or bare.get(nearest(table_parts(table)[-1], bare) or "")
    return SourceError(
        paragraph(
            Label(f"Er is geen tabel {table!r}, of je mag hem niet zien.",
                  f"There is no table {table!r}, or you may not see it."),
            Label(f"Bedoelde je {near!r}?", f"Did you mean {near!r}?") if near else did_you_mean(table, names),
        ),
        where=where(source),
        mend=paragraph(
            Label("Noem ook het schema: table: schema.naam.", "Name the schema too: table: schema.name."),
            Label("Hoofdletters tellen.", "Capitals count.") if session.dialect.exact else Label(),
        ),
    )  # fmt: skip
