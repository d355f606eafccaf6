"""An engine with room on disk for what does not fit in memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from klantreis.engines.duckdb import DuckDbEngine, modest


@contextmanager
def scratch_engine() -> Iterator[DuckDbEngine]:
    """Gives an engine with a scratch folder; both are gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="klantreis-") as scratch:
        engine = DuckDbEngine(scratch=Path(scratch), memory=modest())
        try:
            yield engine
        finally:
            engine.close()
