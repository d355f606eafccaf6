"""Which events mean what: conditions on properties, and matchers made of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from klantreis.map.kinds import Comparison


@dataclass(frozen=True, slots=True)
class Condition:
    """One test on a property: `property comparison values`, or against another property (`$name` in the YAML).

    `~` is a regular expression found anywhere, ignoring case. `in` holds when the property equals any of `values`.
    A missing property fails every test but `!=`.
    """

    property: str
    comparison: Comparison
    values: tuple[str | float | bool, ...] = ()
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Matcher:
    """Which events mean that a touchpoint was met: an event name and conditions that must all hold."""

    event: str
    where: tuple[Condition, ...] = ()
    take: Literal["first", "any", "last"] = "any"
    since: str | None = None
