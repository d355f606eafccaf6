"""Coverage: what people do that nobody drew, and what was drawn that nobody is seen to do."""

from __future__ import annotations

from dataclasses import dataclass, field

from klantreis.analyses.result import Result
from klantreis.stats.intervals import Estimate

name = "coverage"


@dataclass(frozen=True, slots=True)
class Options:
    """`outcome`: touchpoints that mean the journey succeeded (empty: no association is computed)."""

    outcome: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Association:
    """What goes with something else (never: causes): odds ratio with its 95 % interval, and the shares compared."""

    odds_ratio: float
    low: float
    high: float
    with_it: Estimate
    without_it: Estimate


@dataclass(frozen=True, slots=True)
class Behaviour:
    """Something people do that no touchpoint matches: an event, with the words most used with it (search terms).

    `after`/`before` are the touchpoints it most often directly follows and precedes. `words` are (text, events) most
    frequent first. `success` compares the share that reaches the outcome with and without this behaviour before it.
    """

    event: str
    events: int
    journeys: int
    people: int
    share: Estimate
    words: tuple[tuple[str, int], ...] = ()
    after: str | None = None
    before: str | None = None
    success: Association | None = None
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """One drawn touchpoint with a matcher: events, journeys, people, and when it was last seen (microseconds; None)."""

    touchpoint: str
    events: int
    journeys: int
    people: int
    last: int | None


@dataclass(frozen=True, slots=True)
class Coverage(Result):
    """`mapped` is the share of events that some touchpoint matches. Behaviours are ranked by people."""

    journeys: int = 0
    people: int = 0
    mapped: Estimate = field(default_factory=lambda: Estimate(None, 0))
    behaviours: tuple[Behaviour, ...] = ()
    touchpoints: tuple[Seen, ...] = ()
