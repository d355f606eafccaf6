"""Standing: in which phase people are now, by their open journeys.

Why: a strategy is for who is in a phase, not for who ever came through it. This counts them at one moment: the end of
the data.

Options: `phases`, (touchpoint, phase) pairs, phases in the order of the map; `ends`, whether a journey can be over at
all (the map names an `end` or a `timeout`).

A journey is open when neither an end touch nor its timeout closed it before the end of the data. Its phase is that of
its last touch at a touchpoint of a phase; what the map does not know lies in no phase. Who has several open journeys
stands once: in the phase of the latest of those touches. Who met no phase at all yet is counted apart (`elsewhere`), so
that the phases and `elsewhere` add up to all people with an open journey. A count, not a sample: it has no interval.

Example: 1,204 people have an open journey on 21 November; 310 of them were last seen in the purchase.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.result import Result, about_dict
from klantreis.journeys.model import OPEN, About, Bucket
from klantreis.kernels import kernel
from klantreis.labels import Label
from klantreis.map.model import JourneyMap
from klantreis.stats.exchange import exchanged

name = "standing"
Ints = NDArray[np.int64]
NEVER = int(np.iinfo(np.int64).min)
NO_END = Label(
    nl="Deze reizen kennen geen einde, dus niemand is aantoonbaar nog onderweg. Geef de kaart een einde of een stilte: "
    "journey: {timeout: 45 days}.",
    en="These journeys know no end, so nobody is known to be still under way. Give the map an end or a silence: "
    "journey: {timeout: 45 days}.",
)


@dataclass(frozen=True, slots=True)
class Options:
    """`phases`: (touchpoint, phase) pairs, phases in the order of the map. `ends`: False when no journey can be over,
    so that an open one says nothing.
    """

    phases: tuple[tuple[str, str], ...] = ()
    ends: bool = True


@dataclass(frozen=True, slots=True)
class Stand:
    """How many people are now in one phase, and how many open journeys are."""

    phase: str
    people: int
    journeys: int


@dataclass(frozen=True, slots=True)
class Standing(Result):
    """The phases in the order of the map. `people` and `journeys`: with an open journey, of `all_people` in the data;
    `elsewhere`: people of these who met no phase yet. `at`: the moment, in microseconds UTC; None without events.
    """

    phases: tuple[Stand, ...] = ()
    people: int = 0
    journeys: int = 0
    elsewhere: int = 0
    all_people: int = 0
    at: int | None = None
    why: Label = field(default_factory=Label)

    def of(self, phase: str) -> Stand | None:
        """Returns who is in a phase; None for one that was not asked, and when that cannot be told."""
        return None if self.why else next((one for one in self.phases if one.phase == phase), None)

    def to_dict(self) -> dict[str, Any]:
        """Returns the standing in the shape of `schemas/standing.schema.json`."""
        return {
            "phases": [{"phase": one.phase, "people": one.people, "journeys": one.journeys} for one in self.phases],
            "people": self.people,
            "journeys": self.journeys,
            "elsewhere": self.elsewhere,
            "all_people": self.all_people,
            "at": None
            if self.at is None
            else datetime.fromtimestamp(self.at / 1e6, UTC).isoformat().replace("+00:00", "Z"),
            "why": {"nl": self.why.text("nl"), "en": self.why.text("en")},
            "about": about_dict(self.about),
        }

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row per phase, and one (phase None) for who met none yet."""
        listed = [{"phase": one.phase, "people": one.people, "journeys": one.journeys} for one in self.phases]
        left = self.journeys - sum(one.journeys for one in self.phases)
        return [*listed, {"phase": None, "people": self.elsewhere, "journeys": left}]


@dataclass(frozen=True, slots=True)
class Part:
    """People and open journeys by phase, the last place for none, and how many persons there are."""

    people: Ints
    journeys: Ints
    all_people: int


def asked_by(map_: JourneyMap) -> Options | None:
    """Returns what a map asks; None when no phase has a touchpoint that data can show."""
    order = {phase.id: place for place, phase in enumerate(map_.phases)}
    seen = [one for one in map_.touchpoints if one.matcher is not None and one.phase in order]
    pairs = tuple((one.id, one.phase) for one in sorted(seen, key=lambda one: order[one.phase]))
    ends = bool(map_.journey.end) or map_.journey.timeout_seconds is not None
    return Options(pairs, ends) if pairs else None


def measure(bucket: Bucket, options: Options) -> Part:
    """Returns where people stand in one bucket."""
    order = _order(options)
    of_touch = np.full(len(bucket.names.touchpoints) + 1, -1, np.int64)
    for touch, phase in options.phases:
        if touch in bucket.names.touchpoints:
            of_touch[bucket.names.touchpoints.index(touch)] = order.index(phase)
    going = np.flatnonzero(bucket.state == OPEN)
    spot, at = _last_known(of_touch, bucket.touch, bucket.at, bucket.start, going)
    spot[spot < 0] = len(order)
    person = bucket.person[going]
    by_time = np.lexsort((np.arange(len(going)), at, person))
    latest = by_time[np.flatnonzero(np.diff(person[by_time], append=-1))]
    size = len(order) + 1
    return Part(
        people=np.bincount(spot[latest], minlength=size).astype(np.int64),
        journeys=np.bincount(spot, minlength=size).astype(np.int64),
        all_people=int(np.count_nonzero(np.diff(bucket.person, prepend=-1))),
    )


def merge(one: Part, other: Part) -> Part:
    """Returns two parts as one; associative and commutative."""
    return Part(one.people + other.people, one.journeys + other.journeys, one.all_people + other.all_people)


def exchange(whole: Part, was: Part, now: Part) -> Part:
    """Returns the part of all when some, who were `was`, are `now`."""
    return exchanged(whole, was, now)


def finish(part: Part, options: Options, about: About) -> Standing:
    """Returns who stands where; nobody under way: every phase has 0. `why` when journeys cannot be over."""
    rows = zip(_order(options), part.people[:-1].tolist(), part.journeys[:-1].tolist(), strict=True)
    nothing = about.first == 0 == about.last
    return Standing(
        about=about,
        phases=tuple(Stand(*row) for row in rows),
        people=int(part.people.sum()),
        journeys=int(part.journeys.sum()),
        elsewhere=int(part.people[-1]),
        all_people=part.all_people,
        at=None if nothing else about.last,
        why=Label() if options.ends else NO_END,
    )


def _order(options: Options) -> list[str]:
    return list(dict.fromkeys(phase for _, phase in options.phases))


@kernel
def _last_known(of_touch: Ints, touch: NDArray[np.int32], at: Ints, start: Ints, going: Ints) -> tuple[Ints, Ints]:
    """Per open journey: the phase of its last touch in any phase and when that was; none: -1 and NEVER."""
    phase = np.full(len(going), -1, np.int64)
    when = np.full(len(going), NEVER, np.int64)
    for row in range(len(going)):
        for i in range(start[going[row] + 1] - 1, start[going[row]] - 1, -1):
            here = of_touch[touch[i]]
            if here >= 0:
                phase[row] = here
                when[row] = at[i]
                break
    return phase, when
