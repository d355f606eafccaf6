"""A connection to a database: opened, asked, and closed. What goes wrong is told without a secret in it."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any, NoReturn
from urllib.parse import quote

from klantreis.errors import SourceError
from klantreis.labels import Label, paragraph
from klantreis.log.dialects import BACKTICKS, DUCKDB, MYSQL, OTHER, QUOTES, SQLITE, Dialect, dialect_of
from klantreis.log.files import no_room, where
from klantreis.log.model import POSTGRESQL, Database, Source
from klantreis.log.modules import ARROW, module_of
from klantreis.log.mysql import options_of, streaming, told_by
from klantreis.log.secrets import Access, access_of
from klantreis.spans import shown

ROWS_AT_ONCE = 50_000
AROUND = re.compile(r"^[A-Z_]+: (\[libpq\] )?(Failed to (connect|prepare query): )?|\s*Query was: .*$")

LOST = ("server closed the connection", "terminating connection", "lost connection", "server has gone away")
"""What libraries of databases say when the other side is gone in the middle."""
UNTOUCHED = Label(
    "Er is nu niets bewaard; wat al bewaard was, is nog heel.",
    "Nothing of this load was stored; what was stored before is still whole.",
)
AGAIN = Label(
    "Draait de database weer, doe dan klantreis load nog eens.",
    "Run klantreis load again when the database runs.",
)


@dataclass(frozen=True, slots=True)
class Session:
    """An open connection, in a transaction that only reads. `arrow`: rows come as Arrow batches, else as tuples."""

    source: Source
    database: Database
    dialect: Dialect
    module: Any
    connection: Any
    access: Access
    until: float

    @property
    def arrow(self) -> bool:
        """Whether rows come as Arrow batches."""
        return self.database.module.startswith(ARROW) or self.database.module == POSTGRESQL

    def head(self, sql: str) -> tuple[str, ...]:
        """Returns the names of the columns that a statement gives."""
        with self._cursor(sql) as cursor:
            found = tuple(str(column[0]) for column in cursor.description or ())
            cursor.fetchall()  # else some modules refuse the next question
            return found

    def zoned(self, sql: str) -> frozenset[str]:
        """Returns the columns with moments in a zone, of a module that needs a library more to make those."""
        if self.arrow or self.dialect is not DUCKDB:
            return frozenset()
        with self._cursor(sql) as cursor:
            return frozenset(str(column[0]) for column in cursor.description if "TIME ZONE" in str(column[1]))

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Returns all rows of a small answer."""
        with self._cursor(sql) as cursor:
            return list(cursor.fetchall())

    def batches(self, sql: str, given: Any = ()) -> Iterator[Any]:
        """Yields the rows of a large answer: Arrow batches, or lists of at most 50,000 tuples."""
        with self._cursor(sql, given, large=True) as cursor:
            if self.arrow:
                reader = cursor.fetch_record_batch()
                yield reader.schema
                for batch in reader:
                    yield batch
                    self._in_time()
                return
            told = told_by(cursor.description) if self.dialect is MYSQL else tuple
            while found := cursor.fetchmany(ROWS_AT_ONCE):
                yield told(found)
                self._in_time()

    def afresh(self) -> None:
        """Begins anew after a question that was refused: until then some databases answer nothing else."""
        with suppress(Exception):
            self.connection.rollback()

    def refused(self, error: Exception) -> SourceError:
        """Returns what the database said, as an error of this source."""
        said = _plain(error, self.access)
        if (full := no_room(self.source, said)) is not None:
            return full
        if self.until <= time.monotonic() or "57014" in said:
            return SourceError(
                Label(
                    f"De database deed er langer over dan {shown(self.database.timeout_seconds, 'nl')}.",
                    f"The database took longer than {shown(self.database.timeout_seconds, 'en')}.",
                ),
                where=where(self.source),
                mend=Label(
                    "Geef meer tijd: timeout: 4h bij `database`. Of noem grows_by, dan wordt er minder gevraagd.",
                    "Give it more time: timeout: 4h in `database`. Or name grows_by, so that less is asked.",
                ),
            )
        what, mend = Label(f"De database weigerde: {said[:600]}", f"The database refused: {said[:600]}"), UNTOUCHED
        if any(one in said.lower() for one in LOST):
            what = Label(
                f"De verbinding met de database viel halverwege weg: {said[:600]}",
                f"The connection with the database was lost half way: {said[:600]}",
            )
            mend = paragraph(UNTOUCHED, AGAIN)
        return SourceError(what, where=where(self.source), mend=mend)

    def close(self) -> None:
        """Ends the reading and gives the connection back; also one that was lost."""
        with suppress(Exception):
            self.connection.rollback()
        with suppress(Exception):
            self.connection.close()

    @contextmanager
    def _cursor(self, sql: str, given: Any = (), *, large: bool = False) -> Iterator[Any]:
        flows = large and self.dialect is MYSQL
        cursor = streaming(self.database.module, self.connection) if flows else self.connection.cursor()
        try:
            cursor.execute(sql, given) if given else cursor.execute(sql)
            yield cursor
        finally:
            with suppress(Exception):
                cursor.close()

    def _in_time(self) -> None:
        if self.until <= time.monotonic():
            raise self.refused(TimeoutError()) from None


@contextmanager
def opened(source: Source, database: Database) -> Iterator[Session]:
    """Gives a session with the database of a source; what goes wrong in it becomes a SourceError.

    Raises:
        MissingPart: the module is not installed.
        SourceError: a variable is not set, the database cannot be reached, refuses, or takes too long.
    """
    module = module_of(source, database)
    access = access_of(source, database, os.environ)
    connection = _connected(source, database, module, access)
    until = time.monotonic() + database.timeout_seconds
    session = Session(source, database, dialect_of(database.module), module, connection, access, until)
    try:
        with _told(session):
            _begin(session)
            yield replace(session, dialect=_spoken(session))
    finally:
        session.close()


@contextmanager
def _told(session: Session) -> Iterator[None]:
    """Turns what the module raises into an error of ours; nothing of the old one is kept, as it may tell a secret."""
    told = None
    heard: tuple[type[Exception], ...] = (*_faults(session), RuntimeError)
    try:
        yield
    except heard as error:
        if _stopped(session, error):
            raise KeyboardInterrupt from None
        if not isinstance(error, _faults(session)):
            raise
        told = session.refused(error)
    if told is not None:
        raise told from None


def _stopped(session: Session, error: Exception) -> bool:
    """Says whether this is Ctrl-C, which SQLite and DuckDB, in this process, tell as an error of theirs."""
    here = session.dialect in {SQLITE, DUCKDB} and time.monotonic() < session.until
    return here and "interrupt" in str(error).lower()


def _plain(error: Exception, access: Access) -> str:
    """Returns what a database says, without secrets, line ends, and the words of the library around it."""
    return access.masked(AROUND.sub("", " ".join(str(error).split())))


def _faults(session: Session) -> tuple[type[Exception], ...]:
    found: list[type[Exception]] = [session.module.Error, OSError]
    if session.arrow:
        import pyarrow

        found.append(pyarrow.ArrowException)
    return tuple(found)


def _spoken(session: Session) -> Dialect:
    """Returns how a database is spoken to; one that nobody knows is asked how it quotes a name."""
    if session.dialect is not OTHER:
        return session.dialect
    try:
        session.head(QUOTES)
    except _faults(session):
        session.afresh()
        return OTHER
    return BACKTICKS


def _begin(session: Session) -> None:
    timeout = int(session.database.timeout_seconds * 1000)
    if session.database.module == "sqlite3":
        session.connection.set_progress_handler(lambda: session.until <= time.monotonic(), 100_000)
    for statement in session.dialect.begin:
        cursor = session.connection.cursor()
        cursor.execute(statement.format(timeout=timeout))
        cursor.close()


def _connected(source: Source, database: Database, module: Any, access: Access) -> Any:
    try:
        return _connect(database, module, access)
    except (module.Error, OSError, TypeError, ValueError) as error:
        told = _plain(error, access)
    _unreachable(source, database, told)


def _connect(database: Database, module: Any, access: Access) -> Any:
    options: dict[str, Any] = dict(access.options)
    if database.module == POSTGRESQL or database.module.startswith(ARROW):
        # We begin and end the transaction ourselves, to say that it only reads.
        options = {"autocommit": True} | ({"db_kwargs": options} if options else {})
        if database.module == "adbc_driver_sqlite" and database.file:
            return module.connect(f"file:{quote(access.address)}?mode=ro", **options)
    elif database.module == "sqlite3" and database.file:
        return module.connect(f"file:{quote(access.address)}?mode=ro", uri=True, isolation_level=None, **options)
    elif database.module == "duckdb" and database.file:
        return module.connect(access.address, read_only=True, **options)
    elif dialect_of(database.module) is MYSQL:
        return module.connect(**options_of(database.module, access.address) | options)
    return module.connect(access.address, **options) if access.address else module.connect(**options)


def _unreachable(source: Source, database: Database, told: str) -> NoReturn:
    said = told[:400]
    what = Label(f"De database is niet te bereiken: {said}", f"The database cannot be reached: {said}")
    mend = Label(
        "Kijk naar het adres, en of de database draait en deze computer toelaat.",
        "Look at the address, and whether the database runs and lets this machine in.",
    )
    if "authentication" in told or "password" in told.lower():
        what = Label(f"De database laat je niet binnen: {said}", f"The database does not let you in: {said}")
        mend = _rights(database)
    elif database.env and "could not translate host name" in told:
        mend = Label(
            "Klopt de naam? Tekens als @ : / in een wachtwoord schrijf je in een adres als %40 %3A %2F.",
            "Is the name right? Signs such as @ : / in a password are written %40 %3A %2F in an address.",
        )
    raise SourceError(what, where=where(source), mend=mend)


def _rights(database: Database) -> Label:
    look = Label("Kijk naar de gebruiker en het wachtwoord.", "Look at the user and password.")
    if database.env:
        look = Label(
            f"Kijk naar de gebruiker en het wachtwoord in {database.env}.",
            f"Look at the user and password in {database.env}.",
        )
    elsewhere = Label(
        "Een wachtwoord mag ook in ~/.pgpass staan, of in een service.",
        "A password may also stand in ~/.pgpass or in a service.",
    )
    return paragraph(look, elsewhere) if database.module == POSTGRESQL else look
