"""The words that a field of the map may hold, taken from the nouns themselves so that they are written once."""

from __future__ import annotations

from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from klantreis.documents import Choice, Many
from klantreis.map.model import PhaseClass

CLASSES: Many[PhaseClass] = Many(Choice(get_args(PhaseClass)))
"""One phase class or a list of them."""


@cache
def allowed(noun: type, field: str) -> tuple[Any, ...]:
    """Returns the words of the Literal type that `field` of the dataclass `noun` has; None is left out."""
    kind = get_type_hints(noun)[field]
    if get_origin(kind) in {Union, UnionType}:
        kind = next(part for part in get_args(kind) if part is not type(None))
    return get_args(kind)
