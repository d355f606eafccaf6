"""What an importer is: a module with a `name`, the `endings` of its files, and `read`."""

from __future__ import annotations

from typing import Protocol

from klantreis.findings import Finding
from klantreis.map.sketch import Sketch


class Importer(Protocol):
    """What a module must offer to be an importer; its docstring is its page in the docs."""

    name: str
    endings: tuple[str, ...]

    def read(self, data: bytes, map_id: str) -> tuple[Sketch, tuple[Finding, ...]]:
        """Returns what the bytes of a file hold of a map, and what could not be taken over.

        Raises SourceError when they are not a file of this kind.
        """
