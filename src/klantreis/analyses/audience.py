"""Audience: whether you reach whom you want to reach, by the first contact of each person.

Why: attention that goes to the wrong people costs the same and brings little. This tells which share of the people who
come for the first time are in the segments that you aim at.

Options: `segments`, the segments that you aim at: on a map those of its personas, an anti-persona's left out.

A person's first contact is the first touch of their first journey in these data. It is in a segment when that journey
is; in the target when it is in any of these segments. Each person counts once, however often they come back.

Example: 61 % (58 to 64, n = 1,204) of first contacts are of new customers from the region, 12 % of schools.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.result import Result, about_dict
from klantreis.journeys.model import About, Bucket
from klantreis.labels import Label
from klantreis.map.model import JourneyMap
from klantreis.stats.exchange import exchanged
from klantreis.stats.intervals import Estimate, share

name = "audience"
Ints = NDArray[np.int64]
NO_ONE = Label(
    nl="In deze gegevens is niemand die voor het eerst komt.", en="Nobody comes for the first time in these data."
)


@dataclass(frozen=True, slots=True)
class Options:
    """`segments`: those that you aim at, by id."""

    segments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Aimed:
    """One segment: how many first contacts are in it, and which share of all that is."""

    segment: str
    people: int
    share: Estimate


@dataclass(frozen=True, slots=True)
class Audience(Result):
    """`fit`: the share of first contacts in any of the segments; `segments` apart, which may overlap.

    `unknown`: segments the data does not know. `why`: why there is no share.
    """

    fit: Estimate = field(default_factory=lambda: Estimate(None, 0))
    segments: tuple[Aimed, ...] = ()
    unknown: tuple[str, ...] = ()
    why: Label = field(default_factory=Label)

    def to_dict(self) -> dict[str, Any]:
        """Returns the audience in the shape of `schemas/audience.schema.json`."""
        return {
            "fit": self.fit.to_dict(),
            "segments": [
                {"segment": one.segment, "people": one.people, "share": one.share.to_dict()} for one in self.segments
            ],
            "unknown": list(self.unknown),
            "why": {"nl": self.why.text("nl"), "en": self.why.text("en")},
            "about": about_dict(self.about),
        }

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row for the whole target (segment None), and one per segment."""
        whole = {"segment": None, **self.fit.to_dict()}
        return [whole, *({"segment": one.segment, **one.share.to_dict()} for one in self.segments)]


@dataclass(frozen=True, slots=True)
class Part:
    """First contacts per segment, the last place for any of them, and all of them."""

    counts: Ints
    people: int


def asked_by(map_: JourneyMap) -> Options | None:
    """Returns what a map asks: the segments of its personas, without those it does not want; None without any."""
    known = [segment.id for segment in map_.segments]
    wanted = [one.segment for one in map_.personas if one.kind != "anti" and one.segment in known]
    found = tuple(dict.fromkeys(segment for segment in wanted if segment))
    return Options(found) if found else None


def measure(bucket: Bucket, options: Options) -> Part:
    """Returns the first contacts of one bucket."""
    bits = bucket.segments[_first_journeys(bucket)]
    known = bucket.names.segments
    mine = [np.uint64(1 << known.index(segment) if segment in known else 0) for segment in options.segments]
    mine.append(np.bitwise_or.reduce(mine, dtype=np.uint64))
    return Part(np.array([np.count_nonzero(bits & own) for own in mine], np.int64), len(bits))


def merge(one: Part, other: Part) -> Part:
    """Returns two parts as one; associative and commutative."""
    return Part(one.counts + other.counts, one.people + other.people)


def exchange(whole: Part, was: Part, now: Part) -> Part:
    """Returns the part of all when some, who were `was`, are `now`."""
    return exchanged(whole, was, now)


def finish(part: Part, options: Options, about: About) -> Audience:
    """Returns the shares with Wilson's interval; nobody came: no values, and `why`."""
    *each, any_ = part.counts.tolist()
    known = about.names.segments
    return Audience(
        about=about,
        fit=share(any_, part.people) if any(one in known for one in options.segments) else Estimate(None, part.people),
        segments=tuple(
            Aimed(segment, count, share(count, part.people))
            for segment, count in zip(options.segments, each, strict=True)
            if segment in known
        ),
        unknown=tuple(one for one in options.segments if one not in known),
        why=NO_ONE if not part.people else Label(),
    )


def _first_journeys(bucket: Bucket) -> Ints:
    """Returns the journey of each person that began first; of those at one moment the one that stands first."""
    new = np.flatnonzero(np.diff(bucket.person, prepend=-1))
    if len(new) == bucket.journeys:
        return new
    begun = bucket.at[bucket.start[:-1]]
    least = np.repeat(np.minimum.reduceat(begun, new), np.diff(new, append=bucket.journeys))
    found = np.flatnonzero(begun == least)
    return found[np.flatnonzero(np.diff(bucket.person[found], prepend=-1))]
