"""How far a load is: sources weigh what their bytes do, and the engine tells how far it is with a query."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from klantreis.engines.duckdb import DuckDbEngine
from klantreis.errors import KlantreisError
from klantreis.log.files import files_of
from klantreis.log.model import Source
from klantreis.log.objects import remote

Tell = Callable[[float, float, str], None]
COMING = (0.0, 0.5)
"""Rows from elsewhere that come are the first half of the work on their source."""
JUDGING, STORING = (0.0, 0.2), (0.2, 1.0)
"""From where to where judging and storing rows takes the progress of a source: what they take of its time."""
OFTEN = 0.5
"""Seconds between two looks at the engine."""


@dataclass(slots=True)
class Told:
    """How far one source is; it never goes back. `base` and `size`: its bytes among those of all."""

    tell: Tell
    word: str
    base: float
    size: float
    all: float
    done: float = 0.0

    def reached(self, share: float, more: str = "") -> None:
        """Tells that this share of the source is done."""
        self.done = max(self.done, min(share, 1.0))
        self.tell(self.base + self.size * self.done, self.all, f"{self.word} {more}".strip())

    def come(self, rows: int, expected: int | None) -> None:
        """Tells that so many rows have come from elsewhere, of so many as are expected."""
        if expected:
            self.reached(COMING[0] + (COMING[1] - COMING[0]) * min(rows / expected, 0.95))
        else:
            self.reached(0.0, f"{rows:,}")


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much of the work each source is."""

    tell: Tell
    sizes: tuple[float, ...]

    def of(self, number: int, word: str) -> Told:
        """Returns what tells how far a source is, and tells that it begins."""
        told = Told(self.tell, word, sum(self.sizes[:number]), self.sizes[number], sum(self.sizes))
        told.reached(0.0)
        return told

    def over(self) -> None:
        """Tells that all is done."""
        self.tell(max(sum(self.sizes), 1), max(sum(self.sizes), 1), "")


def sizes_of(sources: Sequence[Source], tell: Tell) -> Sizes:
    """Returns the bytes of each source; what is not a file of this machine is taken for the mean of those that are."""
    known = [_bytes(source) for source in sources]
    sizes = [size for size in known if size]
    mean = sum(sizes) / len(sizes) if sizes else 1.0
    return Sizes(tell, tuple(size or mean for size in known))


def _bytes(source: Source) -> float:
    if source.database is not None or remote(source):
        return 0.0
    try:
        return float(sum(path.stat().st_size for path in files_of(source)))
    except (OSError, KlantreisError):
        return 0.0  # reading it says what is wrong


@contextmanager
def watched(engine: DuckDbEngine, tell: Told | None, part: tuple[float, float]) -> Iterator[None]:
    """Tells, while the block lasts, how far the engine is with it; `part`: from where to where of the source."""
    if tell is None:
        yield
        return
    low, high = part
    tell.reached(max(low, tell.done))
    low, over = tell.done, threading.Event()

    def look() -> None:
        while not over.wait(OFTEN):
            # Several queries follow each other: the first that is far is most of the work, and none is the last.
            tell.reached(low + (high - low) * 0.95 * engine.progress())

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    try:
        yield
    finally:
        over.set()
        looking.join()
    tell.reached(high)
