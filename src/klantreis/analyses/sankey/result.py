"""The Sankey as a Result: stops and links, and what they are a part of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from klantreis.analyses.result import Result, about_dict
from klantreis.analyses.succession import outside
from klantreis.analyses.windows import Anchor, all_names, called, unknown
from klantreis.journeys.model import About
from klantreis.stats.intervals import Estimate, share

Counts = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Stop:
    """One touchpoint at one step: occurrences, distinct journeys, distinct people."""

    step: int
    id: str
    count: int
    journeys: int
    people: int


@dataclass(frozen=True, slots=True)
class Link:
    """The stream from `source` at `step` to `target` at `step` + 1; `share` of all occurrences of the source there, or,
    looking back (`step` below 0), of all occurrences of the target.
    """

    step: int
    source: str
    target: str
    count: int
    journeys: int
    people: int
    share: float


class Asked(Protocol):
    """What was asked, as far as the Result repeats it."""

    @property
    def anchor(self) -> Anchor:
        """Where the streams begin."""

    @property
    def occurrence(self) -> str:
        """Which times the anchor is met."""

    @property
    def forward(self) -> int:
        """Steps ahead."""

    @property
    def backward(self) -> int:
        """Steps back."""

    @property
    def unmapped(self) -> bool:
        """Whether events off the map are there."""


@dataclass(frozen=True, slots=True)
class Sankey(Result):
    """`stops` and `links`, by step, largest first. The denominator: `count` times the anchor was met, in `journeys`, by
    `people`, of `all_journeys` and `all_people` in the data. `end` is where a journey is over at exactly that step.
    """

    stops: tuple[Stop, ...] = ()
    links: tuple[Link, ...] = ()
    count: int = 0
    journeys: int = 0
    people: int = 0
    all_journeys: int = 0
    all_people: int = 0
    anchor: str = "start"
    occurrence: str = "every"
    forward: int = 3
    backward: int = 0
    start: str = "start"
    end: str = "end"
    other: str = "other"
    unknown: tuple[str, ...] = ()
    transforms: tuple[int, int, int] = (0, 0, 0)
    """Events off the map left out, journeys left out with nothing on the map, repeats in a row collapsed."""

    @property
    def reach(self) -> Estimate:
        """Returns the share of all people who met the anchor, with its interval."""
        return share(self.people, self.all_people)

    def to_dict(self) -> dict[str, Any]:
        """Returns the streams in the shape of `schemas/sankey.schema.json`."""
        return {
            "anchor": self.anchor,
            "occurrence": self.occurrence,
            "forward": self.forward,
            "backward": self.backward,
            "count": self.count,
            "journeys": self.journeys,
            "people": self.people,
            "all_journeys": self.all_journeys,
            "all_people": self.all_people,
            "reach": self.reach.to_dict(),
            "stops": [_named(stop) for stop in self.stops],
            "links": self.rows(),
            "start": self.start,
            "end": self.end,
            "other": self.other,
            "unknown": list(self.unknown),
            "transforms": dict(
                zip(("unmapped_left_out", "journeys_left_out", "collapsed"), self.transforms, strict=True)
            ),
            "about": about_dict(self.about),
        }

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row per link: step, from, to, count, journeys, people, share."""
        return [_link_dict(link) for link in self.links]


def told(
    totals: list[int],
    found: tuple[Sequence[tuple[int, int, Counts]], Sequence[tuple[int, tuple[int, int], Counts]]],
    lasting: Mapping[int, int],
    options: Asked,
    about: About,
) -> Sankey:
    """Returns the Result from totals and coded stops and links; `lasting` gives the lasting code of a packed one."""
    stops, links = found
    journeys, people, count, with_one, who, *transforms = totals
    names = all_names(about.names, [one for one in lasting.values() if one >= 0])
    start, end, other = (outside(word, about.names) for word in ("start", "end", "other"))
    own = (start, end, other, called(options.anchor, start))
    words = {packed: names[one] if one >= 0 else own[packed] for packed, one in lasting.items()}
    left = {(step, packed): row[0] for step, packed, row in stops}
    made = [Stop(step, words[packed], *row) for step, packed, row in stops]
    ways = [
        Link(step, words[one], words[two], *row, row[0] / (left[step, one] if step >= 0 else left[step + 1, two]))
        for step, (one, two), row in links
    ]
    return Sankey(
        about=about,
        stops=tuple(sorted(made, key=lambda stop: (stop.step, -stop.count, stop.id))),
        links=tuple(sorted(ways, key=lambda way: (way.step, -way.count, way.source, way.target))),
        count=count,
        journeys=with_one,
        people=who,
        all_journeys=journeys,
        all_people=people,
        anchor=own[3],
        occurrence=options.occurrence,
        forward=options.forward,
        backward=options.backward if options.anchor else 0,
        start=start,
        end=end,
        other=other,
        unknown=unknown(about.names, options.anchor, unmapped=options.unmapped),
        transforms=(transforms[0], transforms[1], transforms[2]),
    )


def _named(stop: Stop) -> dict[str, Any]:
    told_ = asdict(stop)
    return {"step": told_.pop("step"), "touchpoint": told_.pop("id"), **told_}


def _link_dict(link: Link) -> dict[str, Any]:
    told_ = asdict(link)
    return {"step": told_.pop("step"), "from": told_.pop("source"), "to": told_.pop("target"), **told_}
