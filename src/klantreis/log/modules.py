"""The Python module through which a database is spoken to: found, or told how to install it."""

from __future__ import annotations

import importlib
import importlib.util
from contextlib import suppress
from pathlib import Path
from typing import Any

from klantreis.errors import MissingPart, SourceError
from klantreis.labels import Label, plain
from klantreis.log.files import where
from klantreis.log.model import POSTGRESQL, Database, Source
from klantreis.log.mysql import PACKAGES
from klantreis.plugins import install_line

ARROW = "adbc_driver_"


def module_of(source: Source, database: Database) -> Any:
    """Returns the module with `connect`: our own PostgreSQL, an ADBC module's database interface, or the one named.

    Raises:
        MissingPart: it is not installed.
        SourceError: it is no database module, or a file beside the work.
    """
    name = database.module
    if name == POSTGRESQL:
        name = "adbc_driver_postgresql"
    if name.startswith(ARROW) and not name.endswith(".dbapi"):
        name += ".dbapi"
    _installed(source, name.split(".", 1)[0])
    try:
        if name.startswith(ARROW):
            importlib.import_module("pyarrow")
        module = importlib.import_module(name)
    except ImportError as error:
        raise _missing(source, database, error.name or name) from error
    if not all(hasattr(module, part) for part in ("connect", "Error", "paramstyle")):
        raise SourceError(
            Label(
                f"Module {database.module!r} is geen databasemodule van Python.",
                f"Module {database.module!r} is no database module of Python.",
            ),
            where=where(source),
            mend=Label(
                "Noem er een met de database-interface van Python (PEP 249), zoals sqlite3, of een ADBC-module.",
                "Name one with the Python database interface (PEP 249), such as sqlite3, or an ADBC module.",
            ),
        )
    return module


def _installed(source: Source, name: str) -> None:
    """Raises SourceError when the module is a file of the workspace: settings may name a module, never bring one."""
    with suppress(ValueError):
        spec = importlib.util.find_spec(name)
        origin = Path(spec.origin).resolve() if spec is not None and spec.origin and spec.has_location else None
        here = (Path.cwd(), source.folder.resolve())
        if origin is not None and any(one in {origin.parent, origin.parent.parent} for one in here):
            raise SourceError(
                Label(
                    f"Module {name!r} is een bestand naast je werk, geen geïnstalleerd pakket.",
                    f"Module {name!r} is a file beside your work, not an installed package.",
                ),
                where=where(source),
                mend=Label(
                    "Installeer de module, of geef het bestand een andere naam.",
                    "Install the module, or give the file another name.",
                ),
            )


def _missing(source: Source, database: Database, library: str) -> MissingPart:
    first = library.partition(".")[0]
    line = plain(f"pip install {PACKAGES.get(first, first)}")
    if database.module == POSTGRESQL:
        line = install_line("postgres")
    if database.module.startswith(ARROW):
        line = plain(f"pip install {database.module.split('.', 1)[0].replace('_', '-')} pyarrow")
    return MissingPart(
        Label(
            f"Een database van module {database.module!r} heeft {library!r} nodig, en dat is niet geïnstalleerd.",
            f"A database of module {database.module!r} needs {library!r}, which is not installed.",
        ),
        where=where(source),
        mend=line,
    )
