"""`Marks`: what a marked map shows of how it differs from another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from klantreis.map.diff import Difference, Kind

Key = tuple[str, str]
"""What kind of thing, and its id: ('step', 'kassa')."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What a marked map shows: the differences, whence and whereto, and which of them have no place on the map."""

    found: tuple[Difference, ...] = ()
    names: tuple[str, str] = ("", "")
    beside: tuple[Difference, ...] = ()
    kinds: Mapping[Key, tuple[Kind, ...]] = field(default_factory=dict)
