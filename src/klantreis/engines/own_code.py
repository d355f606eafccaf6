"""Which Klantreis this is: its version and a hash of its own files, so that no worker answers by other rules."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable


@functools.cache
def own_code() -> str:
    """Returns '<version>+<hash of all source files>'; made once in each process, in some 25 ms."""
    return f"{version('klantreis')}+{code_in(files('klantreis'))}"


def code_in(folder: Traversable) -> str:
    """Returns a hash of the source files under a folder and where they stand in it, whatever ends their lines."""
    digest = hashlib.blake2b(digest_size=8)
    for place, file in sorted(_sources(folder, ""), key=lambda found: found[0]):
        text = file.read_bytes().replace(b"\r\n", b"\n")
        digest.update(place.encode() + b"\0" + hashlib.blake2b(text, digest_size=16).digest())
    return digest.hexdigest()


def _sources(folder: Traversable, place: str) -> Iterator[tuple[str, Traversable]]:
    for one in folder.iterdir():
        if one.name.endswith(".py"):
            yield f"{place}/{one.name}", one
        elif "." not in one.name and one.name != "__pycache__" and one.is_dir():
            yield from _sources(one, f"{place}/{one.name}")
