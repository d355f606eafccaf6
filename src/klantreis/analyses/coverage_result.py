"""`Coverage`: the Result of the coverage analysis, and the rows it is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from klantreis.analyses.result import Result, about_dict
from klantreis.stats.association import OddsRatio
from klantreis.stats.intervals import Estimate


@dataclass(frozen=True, slots=True)
class Association:
    """What goes with something else (never: causes): odds ratio with its 95 % interval, and the shares compared.

    `alike`: the same among people who did about as much (longer journeys hold more of everything, success included);
    None when it cannot be told. `q`: the chance that it is a fluke, adjusted for how many behaviours were compared
    (Benjamini-Hochberg). `lopsided`: one group is over ten times the other, so be careful.
    """

    odds_ratio: float
    low: float
    high: float
    with_it: Estimate
    without_it: Estimate
    alike: OddsRatio | None = None
    q: float = 1.0
    lopsided: bool = False


@dataclass(frozen=True, slots=True)
class Behaviour:
    """Something people do that no touchpoint matches: an event, with the words most used with it (search terms).

    `share` is that of all journeys, `people_share` that of all people. `after`/`before` are the touchpoints it most
    often directly follows and precedes, other behaviour off the map left aside. `words` are (text, events) most
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
    people_share: Estimate = field(default_factory=lambda: Estimate(None, 0))


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

    def to_dict(self) -> dict[str, Any]:
        """Returns the result as plain values, in the shape of `schemas/coverage.schema.json`."""
        return {
            "journeys": self.journeys,
            "people": self.people,
            "mapped": self.mapped.to_dict(),
            "behaviours": [_behaviour(found) for found in self.behaviours],
            "touchpoints": [
                {
                    "touchpoint": seen.touchpoint,
                    "events": seen.events,
                    "journeys": seen.journeys,
                    "people": seen.people,
                    "last": None if seen.last is None else _moment(seen.last),
                }
                for seen in self.touchpoints
            ],
            "about": about_dict(self.about),
        }

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row per behaviour off the map, most people first; an empty list when all is on the map."""
        return [
            {
                "event": found.event,
                "events": found.events,
                "journeys": found.journeys,
                "people": found.people,
                "share": found.share.value,
                "share_low": found.share.low,
                "share_high": found.share.high,
                "after": found.after,
                "before": found.before,
                "odds_ratio": found.success.odds_ratio if found.success else None,
                "odds_low": found.success.low if found.success else None,
                "odds_high": found.success.high if found.success else None,
                "words": ", ".join(word for word, _ in found.words),
            }
            for found in self.behaviours
        ]


def _moment(micros: int) -> str:
    return datetime.fromtimestamp(micros / 1e6, UTC).isoformat().replace("+00:00", "Z")


def _behaviour(found: Behaviour) -> dict[str, Any]:
    return {
        "event": found.event,
        "events": found.events,
        "journeys": found.journeys,
        "people": found.people,
        "share": found.share.to_dict(),
        "people_share": found.people_share.to_dict(),
        "words": [{"word": word, "events": events} for word, events in found.words],
        "after": found.after,
        "before": found.before,
        "success": None if found.success is None else _association(found.success),
        "examples": list(found.examples),
    }


def _association(found: Association) -> dict[str, Any]:
    return {
        "odds_ratio": found.odds_ratio,
        "low": found.low,
        "high": found.high,
        "with_it": found.with_it.to_dict(),
        "without_it": found.without_it.to_dict(),
        "alike": None if found.alike is None else found.alike.to_dict(),
        "q": found.q,
        "lopsided": found.lopsided,
    }
