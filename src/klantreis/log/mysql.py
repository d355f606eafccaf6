"""What modules of MySQL and MariaDB do differently: an address is taken apart, rows stream, moments are in UTC."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

WAIT_SECONDS = 15
PACKAGES = {"mysql": "mysql-connector-python", "MySQLdb": "mysqlclient"}
"""What is installed for a module that is called otherwise."""
TIMESTAMP, TIME, BIT = 7, 11, 16
"""What the description of an answer calls a moment, a time of day and a row of bits; all modules tell it."""
MULTI_STATEMENTS = 1 << 16
"""The flag by which a client says that it may send several statements at once; two modules do by themselves."""


def options_of(module: str, address: str) -> dict[str, object]:
    """Returns what `connect` takes for an address, mysql://user:password@host:3306/database?name=value.

    Raises:
        ValueError: the text is no such address.
    """
    told: dict[str, object] = {"connect_timeout": WAIT_SECONDS}
    if module == "mysql.connector":
        told = {"connection_timeout": WAIT_SECONDS, "client_flags": [-MULTI_STATEMENTS]}
    if module == "MySQLdb":
        told |= {"charset": "utf8mb4", "multi_statements": False}
    if not address:
        return told
    parts = urlsplit(address)
    if parts.scheme.partition("+")[0] not in {"mysql", "mariadb"} or not parts.hostname:
        raise ValueError("no address such as mysql://user@host/database")
    told |= {"host": parts.hostname, "port": parts.port or 3306}
    given = {"user": parts.username, "password": parts.password, "database": parts.path.strip("/")}
    told |= {name: unquote(value) for name, value in given.items() if value}
    return told | dict(parse_qsl(parts.query))


def streaming(module: str, connection: Any) -> Any:
    """Returns a cursor that takes rows as they come: most of these modules take all of them into memory else."""
    if module in {"pymysql", "MySQLdb"}:
        return connection.cursor(importlib.import_module(f"{module}.cursors").SSCursor)
    return connection.cursor(buffered=False)


def told_by(description: Sequence[Sequence[Any]]) -> Callable[[Sequence[tuple[Any, ...]]], Sequence[tuple[Any, ...]]]:
    """Returns what makes rows say what their types mean: moments are in UTC, times have hours, bits are a number."""
    how = [_TOLD.get(column[1], _set) for column in description]
    return lambda rows: [tuple(tell(value) for tell, value in zip(how, row, strict=True)) for row in rows]


def bare(value: Any) -> Any:
    """Returns a moment as it is bound: in UTC, as the session is, and without saying so."""
    aware = isinstance(value, datetime) and value.tzinfo is not None
    return value.astimezone(UTC).replace(tzinfo=None) if aware else value


def _moment(value: Any) -> Any:
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) else value


def _clock(value: Any) -> Any:
    if not isinstance(value, timedelta):
        return value
    minutes, seconds = divmod(abs(value).seconds, 60)
    sign, hours = "-" if value < timedelta() else "", abs(value).days * 24 + minutes // 60
    part = f".{abs(value).microseconds:06}" if value.microseconds else ""
    return f"{sign}{hours:02}:{minutes % 60:02}:{seconds:02}{part}"


def _set(value: Any) -> Any:
    return ",".join(sorted(map(str, value))) if isinstance(value, set | frozenset) else value


def _bits(value: Any) -> Any:
    return int.from_bytes(value, "big") if isinstance(value, bytes | bytearray) else value


_TOLD: dict[Any, Callable[[Any], Any]] = {TIMESTAMP: _moment, TIME: _clock, BIT: _bits}
