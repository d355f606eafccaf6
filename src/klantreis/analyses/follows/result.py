"""What follows what as a Result: a row per touchpoint and a row per pair."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Protocol

from klantreis.analyses.result import Result, about_dict
from klantreis.analyses.succession import Tally, ends
from klantreis.analyses.windows import all_names
from klantreis.journeys.model import About
from klantreis.stats.intervals import Estimate, share
from klantreis.stats.spread import Spreads, Summary, summaries


@dataclass(frozen=True, slots=True)
class Touchpoint:
    """One touchpoint: touches, journeys, people; journeys (their share) and people who met it more than once; returns
    directly after itself (`repeats`) and after something else (`loops`, in `loop_journeys`); the fewest touches between
    two meetings (None: nobody came back).
    """

    id: str
    count: int
    journeys: int
    people: int
    rework_journeys: int
    rework_people: int
    rework: Estimate
    repeats: int
    loops: int
    loop_journeys: int
    least_distance: int | None


@dataclass(frozen=True, slots=True)
class Pair:
    """`target` after `source`: directly, eventually, and as a step back, each in times, journeys and people; `reached`
    is the share of the source's journeys in which the target eventually follows; seconds from the first source to the
    first target after it (of `n` journeys; None where not asked).
    """

    source: str
    target: str
    direct: int
    direct_journeys: int
    direct_people: int
    later: int
    later_journeys: int
    later_people: int
    back: int
    back_journeys: int
    back_people: int
    reached: Estimate
    n: int = 0
    q25_seconds: float | None = None
    median_seconds: float | None = None
    q75_seconds: float | None = None
    p90_seconds: float | None = None
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Turns:
    """Touches of one kind (returns, loops, steps back), the journeys and people with one, and the share of journeys."""

    count: int
    journeys: int
    people: int
    share: Estimate


class Asked(Protocol):
    """What was asked, as far as the Result repeats it."""

    @property
    def order(self) -> tuple[tuple[str, ...], ...]:
        """The order that is meant."""

    @property
    def between(self) -> tuple[tuple[str, str], ...] | None:
        """The pairs whose time is asked."""

    @property
    def only(self) -> tuple[str, ...] | None:
        """The touchpoints in scope."""

    @property
    def unmapped(self) -> bool:
        """Whether events off the map are there."""


@dataclass(frozen=True, slots=True)
class Follows(Result):
    """`touchpoints` by touches, `pairs` by how often one directly follows the other, then eventually. `returns`,
    `loops` and `backs` are over all touchpoints; `order` is the order steps back are against, empty: none was given.
    """

    touchpoints: tuple[Touchpoint, ...] = ()
    pairs: tuple[Pair, ...] = ()
    journeys: int = 0
    people: int = 0
    events: int = 0
    returns: Turns = Turns(0, 0, 0, Estimate(None, 0))
    loops: Turns = Turns(0, 0, 0, Estimate(None, 0))
    backs: Turns | None = None
    order: tuple[tuple[str, ...], ...] = ()
    unknown: tuple[str, ...] = ()
    transforms: tuple[int, int, int] = (0, 0, 0)
    """Events off the map or out of scope left out, journeys left out with nothing left, repeats in a row collapsed."""

    def pair(self, source: str, target: str) -> Pair | None:
        """Returns the pair of two touchpoints, None when the one never comes after the other."""
        return next((one for one in self.pairs if (one.source, one.target) == (source, target)), None)

    def to_dict(self) -> dict[str, Any]:
        """Returns everything in the shape of `schemas/follows.schema.json`."""
        return {
            "touchpoints": [_touchpoint_dict(one) for one in self.touchpoints],
            "pairs": [_pair_dict(one) for one in self.pairs],
            "journeys": self.journeys,
            "people": self.people,
            "events": self.events,
            "returns": asdict(self.returns),
            "loops": asdict(self.loops),
            "backs": None if self.backs is None else asdict(self.backs),
            "order": [list(group) for group in self.order],
            "unknown": list(self.unknown),
            "transforms": dict(
                zip(("unmapped_left_out", "journeys_left_out", "collapsed"), self.transforms, strict=True)
            ),
            "about": about_dict(self.about),
        }

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row per pair; the share of journeys in columns reached, reached_low, reached_high, reached_n."""
        rows = []
        for pair in self.pairs:
            row = _pair_dict(pair)
            reached = row.pop("reached")
            rows.append(row | {"reached" if key == "value" else f"reached_{key}": reached[key] for key in reached})
        return rows


def told(
    totals: list[int], tallies: tuple[Tally, Tally, Tally], seconds: Spreads, options: Asked, about: About
) -> Follows:
    """Returns the Result from totals, the rows of touchpoints, their least distances, the rows of pairs, and times."""
    nodes, least, pairs = tallies
    journeys, people, events, *rest = totals
    names = all_names(about.names, nodes.keys.tolist())
    met = dict(zip(nodes.keys.tolist(), nodes.table[:, 1].tolist(), strict=True))
    near = dict(zip(least.keys.tolist(), least.table[:, 0].tolist(), strict=True))
    times = summaries(seconds)
    touchpoints = [
        _touchpoint(names[one], row, near.get(one))
        for one, row in zip(nodes.keys.tolist(), nodes.table.tolist(), strict=True)
    ]
    source, target = (side.tolist() for side in ends(pairs.keys))
    found = [
        _pair((names[one], names[two]), row, met[one], times.get(key))
        for key, one, two, row in zip(pairs.keys.tolist(), source, target, pairs.table.tolist(), strict=True)
    ]
    return Follows(
        about=about,
        touchpoints=tuple(sorted(touchpoints, key=lambda one: (-one.count, one.id))),
        pairs=tuple(sorted(found, key=lambda one: (-one.direct, -one.later, one.source, one.target))),
        journeys=journeys,
        people=people,
        events=events,
        returns=_turns(rest[3:6], journeys),
        loops=_turns(rest[6:9], journeys),
        backs=_turns(rest[9:12], journeys) if options.order else None,
        order=options.order,
        unknown=_unknown(options, about),
        transforms=(rest[0], rest[1], rest[2]),
    )


def _turns(counts: list[int], journeys: int) -> Turns:
    return Turns(counts[0], counts[1], counts[2], share(counts[1], journeys))


def _touchpoint(name: str, row: list[int], least: int | None) -> Touchpoint:
    count, journeys, people, again, again_people, repeats, loops, loop_journeys = row
    return Touchpoint(
        id=name,
        count=count,
        journeys=journeys,
        people=people,
        rework_journeys=again,
        rework_people=again_people,
        rework=share(again, journeys),
        repeats=repeats,
        loops=loops,
        loop_journeys=loop_journeys,
        least_distance=least,
    )


def _pair(names: tuple[str, str], row: list[int], met: int, took: Summary | None) -> Pair:
    pair = Pair(*names, row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], row[8], share(row[4], met))
    if took is None:
        return pair
    return replace(
        pair,
        n=took.n,
        q25_seconds=took.q25,
        median_seconds=took.median,
        q75_seconds=took.q75,
        p90_seconds=took.p90,
        exact=took.exact,
    )


def _unknown(options: Asked, about: About) -> tuple[str, ...]:
    known = set(about.names.touchpoints) | (set(about.names.events) if options.unmapped else set())
    asked = [one for pair in options.between or () for one in pair]
    asked += [one for group in options.order for one in group]
    return tuple(dict.fromkeys(one for one in [*asked, *(options.only or ())] if one not in known))


def _touchpoint_dict(one: Touchpoint) -> dict[str, Any]:
    told_ = asdict(one)
    return {"touchpoint": told_.pop("id"), **told_}


def _pair_dict(one: Pair) -> dict[str, Any]:
    told_: Mapping[str, Any] = asdict(one)
    return {"from": told_["source"], "to": told_["target"]} | {
        key: value for key, value in told_.items() if key not in {"source", "target"}
    }
