"""A PostgreSQL, a MariaDB and an S3 storage of our own, on this machine only, for as long as a test needs them."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

PASSWORD = "zeer-geheim-77"


@dataclass(frozen=True)
class Postgres:
    """A running server; `reader` may only read, with a password."""

    port: int
    folder: Path

    def address(self, user: str = "postgres", password: str = PASSWORD) -> str:
        return f"postgresql://{user}:{password}@127.0.0.1:{self.port}/postgres"

    def run(self, *statements: str) -> None:
        """Runs statements as the owner."""
        from adbc_driver_postgresql import dbapi

        with dbapi.connect(self.address(), autocommit=True) as connection, connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def insert(self, table: str, rows: list[dict[str, Any]]) -> None:
        """Puts rows in a table, every value as text that PostgreSQL reads as the column's type."""
        for row in rows:
            names = ", ".join(f'"{name}"' for name in row)
            self.run(f"INSERT INTO {table} ({names}) VALUES ({', '.join(_said(value) for value in row.values())})")


def _said(value: Any) -> str:
    if value is None:
        return "NULL"
    text = str(value).replace("'", "''")
    return f"'{text}'"


def postgres_programs() -> Path | None:
    """Returns the folder with initdb and pg_ctl, or None."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    return next((folder for folder in folders if (folder / "pg_ctl").exists()), None)


@contextmanager
def postgres() -> Iterator[Postgres]:
    """Starts a server with a folder and port of its own; skips aloud when PostgreSQL is not installed."""
    programs = postgres_programs()
    if programs is None:
        pytest.skip("NOT RUN: PostgreSQL is not installed (Debian: postgresql), so no table was read")
    # PostgreSQL refuses to run as root.
    other: dict[str, Any] = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="klantreis-pg-"))
    words = folder / "words"
    words.write_text(PASSWORD)
    if other:
        for path in (folder, words):
            shutil.chown(path, "postgres")

    def run(*command: object) -> None:
        subprocess.run(
            list(map(str, command)), check=True, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.STDOUT, **other,
        )  # fmt: skip

    port = free_port()
    settings = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder} -c fsync=off"
    try:
        run(
            programs / "initdb", "-D", folder / "data", "-U", "postgres", "--auth=scram-sha-256", f"--pwfile={words}",
            "--no-sync", "--encoding=UTF8", "--locale=C",
        )  # fmt: skip
        run(programs / "pg_ctl", "-D", folder / "data", "-w", "-o", settings, "-l", folder / "log", "start")
        try:
            yield Postgres(port, folder)
        finally:
            run(programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True)
class MariaDb:
    """A running server with an empty database `shop`; `reader` has a password, and may do what it is granted."""

    port: int
    connection: Any

    def address(self) -> str:
        return f"mysql://reader:{PASSWORD}@127.0.0.1:{self.port}/shop"

    def run(self, *statements: str) -> None:
        """Runs statements as the owner."""
        for statement in statements:
            with self.connection.cursor() as cursor:
                cursor.execute(statement)


@contextmanager
def mariadb() -> Iterator[MariaDb]:
    """Starts a server with a folder and port of its own; skips aloud when MariaDB or pymysql is not installed.

    KLANTREIS_MARIADB names the folder that Debian's packages were unpacked in, where they are not installed.
    """
    base = Path(os.environ.get("KLANTREIS_MARIADB", "/")) / "usr"
    if not (base / "sbin" / "mariadbd").exists():
        pytest.skip("NOT RUN: MariaDB is not installed (Debian: mariadb-server), so no table was read")
    pymysql = pytest.importorskip("pymysql", reason="NOT RUN: pymysql is not installed, so no table was put in MariaDB")
    folder, port = Path(tempfile.mkdtemp(prefix="klantreis-my-")), free_port()
    libraries = {"LD_LIBRARY_PATH": ":".join(str(base / "lib" / one) for one in ("x86_64-linux-gnu", ""))}
    environ = os.environ | (libraries if base != Path("/usr") else {})
    user = ["--user=root"] if os.geteuid() == 0 else []
    base_, data = f"--basedir={base}", f"--datadir={folder}/data"
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": environ}
    made = [base / "bin" / "mariadb-install-db", "--no-defaults", base_, data, *user, "--skip-test-db"]
    server = None
    try:
        subprocess.run(
            ["sh", *map(str, made), "--auth-root-authentication-method=normal"], check=True, cwd=base.parent, **quiet
        )
        words = [base / "sbin" / "mariadbd", "--no-defaults", base_, data, *user, f"--socket={folder}/s"]
        words += [f"--port={port}", "--bind-address=127.0.0.1", "--skip-name-resolve", "--innodb-flush-method=nosync"]
        server = subprocess.Popen(list(map(str, words)), **quiet)
        connection = _patient(lambda: pymysql.connect(unix_socket=f"{folder}/s", user="root", autocommit=True))
        found = MariaDb(port, connection)
        found.run(
            "CREATE DATABASE shop CHARACTER SET utf8mb4",
            "USE shop",
            f"CREATE USER reader IDENTIFIED BY '{PASSWORD}'",
        )
        yield found
    finally:
        if server is not None:
            server.kill()
            server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _patient(connect: Callable[[], Any]) -> Any:
    """Returns the connection, once the server is there."""
    for _ in range(300):
        with suppress(Exception):
            return connect()
        time.sleep(0.1)
    return connect()


@dataclass(frozen=True)
class Storage:
    """A running S3 storage, and what puts objects in it."""

    endpoint: str
    files: Any

    def put(self, key: str, content: bytes) -> None:
        with self.files.open_output_stream(key) as out:
            out.write(content)


@contextmanager
def storage(environ: pytest.MonkeyPatch) -> Iterator[Storage]:
    """Starts a storage with one bucket `shop`; this process may get in."""
    from moto.server import ThreadedMotoServer
    from pyarrow import fs

    for name, value in {"AWS_ACCESS_KEY_ID": "sleutel", "AWS_SECRET_ACCESS_KEY": "zeer-geheim-88"}.items():
        environ.setenv(name, value)
    environ.setenv("AWS_EC2_METADATA_DISABLED", "true")
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        endpoint = f"http://{host}:{port}"
        files = fs.S3FileSystem(endpoint_override=endpoint, region="us-east-1", allow_bucket_creation=True)
        files.create_dir("shop")
        yield Storage(endpoint, files)
    finally:
        server.stop()


def free_port() -> int:
    """Returns a port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
