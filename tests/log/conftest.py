"""An engine in memory, and a short way to write a file and read it as events."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from klantreis.engines.duckdb import DuckDbEngine
from klantreis.log.model import CheckedRows, Roles, Source
from klantreis.log.read import checked

WEB = Roles(person="who", at="when", event="what")


@dataclass(frozen=True)
class Desk:
    """Where a test writes files and reads them back."""

    engine: DuckDbEngine
    folder: Path
    roles: Roles = field(default=WEB)

    def write(self, name: str, content: str | bytes) -> Path:
        data = content.encode() if isinstance(content, str) else content
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        return path

    def source(self, path: str | Path, roles: Roles | None = None, **more: Any) -> Source:
        return Source(name="web", path=str(path), folder=self.folder, roles=roles or self.roles, **more)

    def checked(self, path: str | Path, roles: Roles | None = None, **more: Any) -> CheckedRows:
        return checked(self.engine, self.source(path, roles, **more), self.folder / "scratch")

    def select(self, rows: CheckedRows, cells: str, tail: str = "ORDER BY sequence") -> list[tuple[Any, ...]]:
        last = rows.query.steps[-1][0]
        return self.engine.rows(rows.query.then("asked", f'SELECT {cells} FROM "{last}" {tail}'))

    def counts(self, rows: CheckedRows) -> dict[str | None, int]:
        return dict(self.select(rows, "reason, count(*)", "GROUP BY reason"))

    def read(self, content: str | bytes, cells: str, name: str = "web.csv", **more: Any) -> list[tuple[Any, ...]]:
        return self.select(self.checked(self.write(name, content), **more), cells)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    engine = DuckDbEngine(threads=2, scratch=tmp_path / "spill")
    yield Desk(engine, tmp_path)
    engine.close()
