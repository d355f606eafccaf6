"""What was counted by name, of two groups together."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from operator import add
from typing import TypeVar

Name = TypeVar("Name", bound=Hashable)
Value = TypeVar("Value")


def together(
    one: Mapping[Name, Value], other: Mapping[Name, Value], both: Callable[[Value, Value], Value] = add
) -> dict[Name, Value]:
    """Returns everything of both by name; what both have, as `both` says: added up. Of nothing: nothing."""
    return {**one, **{name: both(one[name], value) if name in one else value for name, value in other.items()}}
