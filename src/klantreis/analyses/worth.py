"""What one success brings: the mean value of touches at the goal, where events carry values.

Not a measure with a page of its own: a number that findings need to tell what something costs.
"""

from __future__ import annotations

from dataclasses import dataclass

from klantreis.journeys.model import VALUE_UNIT, About, Bucket
from klantreis.journeys.success import brought
from klantreis.stats.exchange import exchanged

name = "worth"


@dataclass(frozen=True, slots=True)
class Options:
    """Which touchpoints are a success."""

    success: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """The sum, in VALUE_UNIT, of the values above zero at the goal, and how many there are."""

    total: int = 0
    touches: int = 0


def measure(bucket: Bucket, options: Options) -> Part:
    """Returns what the successes of one bucket brought; nothing when its events carry no values."""
    return Part(*brought(bucket, options.success))


def merge(one: Part, other: Part) -> Part:
    """Returns two parts as one."""
    return Part(one.total + other.total, one.touches + other.touches)


def exchange(whole: Part, was: Part, now: Part) -> Part:
    """Returns the part of all when some, who were `was`, are `now`."""
    return exchanged(whole, was, now)


def finish(part: Part, options: Options, about: About) -> dict[str, float]:
    """Returns 'per_success': the mean in the currency; empty when no success carries a value."""
    return {"per_success": part.total / part.touches / VALUE_UNIT} if part.touches else {}
