"""One writer at a time: a lock that the system takes back by itself when its holder dies. Readers need none."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from klantreis.errors import StoreError
from klantreis.labels import Label

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

BEYOND = 1 << 30
"""Where Windows locks a byte: past all that is written, as nobody else may read what is locked there."""


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Holds the store's lock; raises StoreError, with the number of the process that holds it, when it is taken."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "lock"
    with path.open("a+", encoding="ascii") as held:
        try:
            _take(held.fileno())
        except OSError:
            held.seek(0)
            owner = held.read().strip() or "unknown"
            raise StoreError(
                Label(
                    f"Een ander proces (nummer {owner}) schrijft nu in deze opslag.",
                    f"Another process (number {owner}) is writing to this store.",
                ),
                where=str(path),
                mend=Label(
                    "Wacht tot het klaar is, of stop het; het slot gaat dan vanzelf weg.",
                    "Wait until it is done, or end it; the lock goes with it.",
                ),
            ) from None
        held.truncate(0)
        held.write(str(os.getpid()))
        held.flush()
        try:
            yield
        finally:
            _free(held.fileno())


def _take(handle: int) -> None:
    if sys.platform == "win32":
        os.lseek(handle, BEYOND, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _free(handle: int) -> None:
    """Gives the lock back; elsewhere than on Windows it goes with the file."""
    if sys.platform == "win32":
        os.lseek(handle, BEYOND, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)
