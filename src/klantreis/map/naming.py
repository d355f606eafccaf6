"""A readable name for what has an id but no label yet."""

from __future__ import annotations

from klantreis.labels import Label


def titled(id_: str) -> Label:
    """Returns the id as a label: 'lange_wachttijd' reads 'Lange wachttijd'."""
    words = id_.replace("_", " ").strip() or id_
    return Label(anyway=words[:1].upper() + words[1:])
