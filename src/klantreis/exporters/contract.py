"""What an exporter is: a module with a `name`, a `suffix`, `Options`, and `export`."""

from __future__ import annotations

from typing import Any, Protocol

from klantreis.report import Report


class Exporter(Protocol):
    """What a module must offer to be an exporter; its docstring is its page in the docs."""

    name: str
    suffix: str

    def export(self, report: Report, options: Any) -> bytes:
        """Returns the report's map in this format, whole, as the bytes of one file."""
