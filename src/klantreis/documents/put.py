"""A file is written whole or not at all, and keeps who may read it."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path


def put_whole(path: Path, data: bytes) -> None:
    """Writes a file whole or not at all: who reads it meanwhile sees the old one.

    A file that is there keeps its permissions, and a link keeps leading to it; a new one is 0644. Raises OSError, and
    leaves nothing behind, when the folder or the file may not be written.
    """
    path = path.resolve()
    if path.exists():
        with path.open("ab"):  # what may not be written is not replaced either
            pass
    with tempfile.NamedTemporaryFile("wb", dir=path.parent, prefix=path.name, suffix=".new", delete=False) as new:
        made = Path(new.name)
        try:
            new.write(data)
            new.flush()
            os.fsync(new.fileno())
            if path.exists():
                shutil.copymode(path, made)
            else:
                made.chmod(0o644)
        except BaseException:
            made.unlink()
            raise
    made.replace(path)
