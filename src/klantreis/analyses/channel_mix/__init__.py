"""Channel mix: which channels people really use, per phase and segment, beside the channels that the map draws.

The mix of a place is the share of each channel in the touches there; its `reach` is the share of the journeys that
come there at all. The places are the whole journey, its first touch, and each phase. Channels come from the data; what
a touchpoint is drawn with is only compared. A touch without a channel in the data counts nowhere, and is told.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.channel_mix.asked import FIRST, WHOLE, Options, asked_by, canonical
from klantreis.analyses.channel_mix.count import Log, counted
from klantreis.analyses.result import Result, about_dict
from klantreis.journeys.model import About, Bucket
from klantreis.stats.exchange import exchanged
from klantreis.stats.groups import GROUPS, group_of, grouped, ratio_moves
from klantreis.stats.intervals import Estimate, share

__all__ = [
    "FIRST",
    "WHOLE",
    "ChannelMix",
    "Options",
    "Part",
    "Spot",
    "Used",
    "asked_by",
    "canonical",
    "exchange",
    "finish",
    "measure",
    "merge",
]

name = "channel_mix"
verb = "channels"
Ints = NDArray[np.int64]
Drawn = Literal["drawn", "unmeasured", "no"]


@dataclass(frozen=True, slots=True)
class Used:
    """One channel at one place: its `share` of the touches there, and the `reach`: the share of the journeys that come
    there which use it. `drawn`: whether the map draws it there, 'unmeasured' when it does but nothing could show it.
    """

    channel: str
    touches: int
    journeys: int
    people: int
    share: Estimate
    reach: Estimate
    drawn: Drawn

    @property
    def verdict(self) -> Literal["both", "drawn_only", "seen_only", "unmeasured"]:
        """What the map and the data say together; 'unmeasured': drawn, not seen, and nothing could show it."""
        if self.touches:
            return "seen_only" if self.drawn == "no" else "both"
        return "drawn_only" if self.drawn == "drawn" else "unmeasured"


@dataclass(frozen=True, slots=True)
class Spot:
    """The channels at one place ('whole', 'first' or a phase), for a segment or (None) everybody, most touches first.

    `touches`, `journeys` and `people` are those that meet any channel there.
    """

    segment: str | None
    place: str
    touches: int
    journeys: int
    people: int
    channels: tuple[Used, ...] = ()

    def used(self, channel: str) -> Used | None:
        """Returns one channel, None when it is neither drawn nor seen here."""
        return next((one for one in self.channels if one.channel == channel), None)


@dataclass(frozen=True, slots=True)
class ChannelMix(Result):
    """The channel mix of every place and segment. `nameless`: touches without a channel in the data. `recognised`: the
    drawn channels that the data has a word for; none of them: the data's channels are of another kind than the map's.
    """

    spots: tuple[Spot, ...] = ()
    nameless: int = 0
    recognised: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()

    def spot(self, place: str, segment: str | None = None) -> Spot | None:
        """Returns one place for one segment (None: everybody); None when it was not asked."""
        return next((one for one in self.spots if (one.place, one.segment) == (place, segment)), None)

    def to_dict(self) -> dict[str, Any]:
        """Returns the channel mix in the shape of `schemas/channel_mix.schema.json`."""
        return {
            "spots": [_spot_dict(one) for one in self.spots],
            "nameless": self.nameless,
            "recognised": list(self.recognised),
            "channels": list(self.channels),
            "about": about_dict(self.about),
        }

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row per segment, place and channel: counts, share and reach with interval, drawn or not."""
        return [
            {"segment": spot.segment, "place": spot.place, "channel": one.channel, "touches": one.touches}
            | {"journeys": one.journeys, "people": one.people}
            | {"share": one.share.value, "share_low": one.share.low, "share_high": one.share.high}
            | {"share_n": one.share.n}
            | {"reach": one.reach.value, "reach_low": one.reach.low, "reach_high": one.reach.high}
            | {"reach_n": one.reach.n, "drawn": one.drawn, "verdict": one.verdict}
            for spot in self.spots
            for one in spot.channels
        ]


@dataclass(frozen=True, slots=True)
class Part:
    """Touches by (segment, place, group of persons, channel); journeys and people by (segment, place, channel), the
    last channel for any of them; and the touches that have none.
    """

    touches: Ints
    journeys: Ints
    people: Ints
    nameless: int = 0
    names: tuple[str, ...] = field(default=())


def measure(bucket: Bucket, options: Options) -> Part:
    """Returns what one bucket adds."""
    names, code = _channels(bucket, options)
    places = _places(options)
    channel = np.full(bucket.touches, -1, np.int32) if bucket.channel is None else bucket.channel
    spot = {touch: places.index(phase) for touch, phase in options.phases}
    place = np.array([-1, *(spot.get(touch, -1) for touch in bucket.names.touchpoints)], np.int64)
    bits = np.ones((bucket.journeys, 1 + len(options.segments)), np.int64)
    for number, segment in enumerate(options.segments, start=1):
        known = segment in bucket.names.segments
        bit = np.uint64(bucket.names.segments.index(segment) if known else 0)
        bits[:, number] = (bucket.segments >> bit) & np.uint64(1) if known else 0
    group = group_of(bucket.keys)[bucket.person] if bucket.journeys else np.zeros(0, np.int64)
    log = Log(channel, bucket.touch, code, place, bucket.start, bucket.person, group, bits)
    touches, journeys, people = counted(log, (bits.shape[1], len(places), GROUPS, len(names)))
    return Part(touches, journeys, people, int(np.count_nonzero(channel < 0)), names)


def merge(one: Part, other: Part) -> Part:
    """Returns two parts as one; associative and commutative."""
    return Part(
        one.touches + other.touches,
        one.journeys + other.journeys,
        one.people + other.people,
        one.nameless + other.nameless,
        one.names,
    )


def exchange(whole: Part, was: Part, now: Part) -> Part:
    """Returns the part of all when some, who were `was`, are `now`."""
    return exchanged(whole, was, now)


def finish(part: Part, options: Options, about: About) -> ChannelMix:
    """Returns the channel mix; a log without channels has no channels, and places with nothing in them."""
    drawn = dict.fromkeys(channel for _, channel in (*options.drawn, *options.unseen))
    spots = tuple(
        _spot(part, (number, place), segment, options)
        for number, segment in enumerate((None, *options.segments))
        for place in range(len(_places(options)))
    )
    return ChannelMix(
        about=about,
        spots=spots,
        nameless=part.nameless,
        recognised=tuple(one for one in drawn if one in part.names),
        channels=part.names,
    )


def _places(options: Options) -> list[str]:
    return [WHOLE, FIRST, *dict.fromkeys(phase for _, phase in options.phases)]


def _channels(bucket: Bucket, options: Options) -> tuple[tuple[str, ...], Ints]:
    """Returns the channels by the map's words, and per channel code of the data, from -1 (none) on, its number among
    them.
    """
    called = canonical(bucket.names.channels, options)
    names = tuple(sorted(set(called)))
    return names, np.array([-1, *(names.index(one) for one in called)], np.int64)


def _spot(part: Part, at: tuple[int, int], segment: str | None, options: Options) -> Spot:
    number, place = at
    where = _places(options)[place]
    touches = part.touches[number, place].astype(np.float64)
    moves, any_ = ratio_moves(touches, touches.sum(1)), int(touches.sum())
    groups = int((touches.sum(1) > 0).sum())
    journeys, people = part.journeys[number, place].tolist(), part.people[number, place].tolist()
    counts = touches.sum(0).astype(np.int64).tolist()
    found = [
        Used(
            channel,
            counts[code],
            journeys[code],
            people[code],
            grouped(counts[code] / any_, any_, moves[:, code], groups) if any_ else Estimate(None, 0),
            share(journeys[code], journeys[-1]),
            _drawn(options, where, channel),
        )
        for code, channel in enumerate(part.names)
        if counts[code] or _drawn(options, where, channel) != "no"
    ]
    never = [one for one in _all_drawn(options, where) if one not in part.names]
    found += [_unseen(one, any_, journeys[-1], _drawn(options, where, one)) for one in never]
    ordered = sorted(found, key=lambda one: (-one.touches, one.channel))
    return Spot(segment, where, any_, journeys[-1], people[-1], tuple(ordered))


def _unseen(channel: str, touches: int, journeys: int, drawn: Drawn) -> Used:
    return Used(channel, 0, 0, 0, share(0, touches), share(0, journeys), drawn)


def _drawn(options: Options, place: str, channel: str) -> Drawn:
    """Says whether a channel is drawn at a place; at the whole journey and its first touch: anywhere on the map."""

    def among(pairs: tuple[tuple[str, str], ...]) -> bool:
        return any(channel == one and place in {WHOLE, FIRST, phase} for phase, one in pairs)

    return "drawn" if among(options.drawn) else "unmeasured" if among(options.unseen) else "no"


def _all_drawn(options: Options, place: str) -> list[str]:
    """Returns the channels that must have a row at a place; the first touch has only those that were met."""
    pairs = (*options.drawn, *options.unseen)
    return [] if place == FIRST else list(dict.fromkeys(one for phase, one in pairs if place in {WHOLE, phase}))


def _spot_dict(spot: Spot) -> dict[str, Any]:
    return {
        "segment": spot.segment,
        "place": spot.place,
        "touches": spot.touches,
        "journeys": spot.journeys,
        "people": spot.people,
        "channels": [
            {
                "channel": one.channel,
                "touches": one.touches,
                "journeys": one.journeys,
                "people": one.people,
                "share": one.share.to_dict(),
                "reach": one.reach.to_dict(),
                "drawn": one.drawn,
                "verdict": one.verdict,
            }
            for one in spot.channels
        ],
    }
