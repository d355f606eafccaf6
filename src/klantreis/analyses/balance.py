"""Effort balance: what you put into each phase, what it asks of customers, and where the revenue comes from.

Why: much effort goes into winning a customer and little into keeping one, while selling to who bought before is easier.
This lays both beside the revenue of first and of later orders.

Options: `phases`, per phase of the map its actions with hours and cost a month, and whether it is about winning or
keeping; `touches`, (touchpoint, phase) pairs; `surveys`, the effort questions; `orders`, what counts as an order.

Yours: `actions`, `hours` and `cost` come from the map (what you wrote down), so they are assumed, not measured. Theirs:
contacts per person in the phase, and the effort score, −2 (much effort) to +2 (none), both measured.

Example: 90 % of the cost is in phases before the purchase, while 41 % of the revenue comes from later orders.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.orders import Rule, gathered, in_zone, journeys_at, order_rows
from klantreis.analyses.result import Result, about_dict
from klantreis.journeys.answers import Scale, answers
from klantreis.journeys.last_answers import FEEL_UNIT
from klantreis.journeys.model import NO_VALUE, SCORE_UNIT, VALUE_UNIT, About, Bucket
from klantreis.kernels import kernel
from klantreis.labels import Label
from klantreis.map.goal import goal
from klantreis.map.model import JourneyMap, Phase, Survey
from klantreis.stats.intervals import Estimate, share
from klantreis.stats.means import Moments, mean, moments
from klantreis.stats.whole import total

name = "balance"
aware = in_zone
Ints = NDArray[np.int64]
Side = Literal["winning", "keeping"]
NO_ACTIONS = Label(
    nl="Geen enkele fase op de kaart heeft een actie, dus er is geen moeite te wegen. Schrijf op wat je doet: "
    "actions: {bellen: {do: …, hours: 4, cost: 200}}.",
    en="No phase of the map has an action, so there is no effort to weigh. Write down what you do: "
    "actions: {calling: {do: …, hours: 4, cost: 200}}.",
)
AFTER = frozenset({"US", "SE", "LO", "AD"})
"""Classes of phases that come after the purchase: use, service, loyalty, advocacy."""


@dataclass(frozen=True, slots=True)
class Given:
    """What is put into a phase, as the map says: actions, their hours and cost a month (None: nobody said)."""

    phase: str
    side: Side
    actions: int = 0
    hours: float | None = None
    cost: float | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """An effort question: its id, its scale as asked, and the touchpoints that its answers are about."""

    survey: str
    low: float = 1
    high: float = 5
    reverse: bool = False
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Options:
    """What the map says of its phases, which touchpoints they hold, the effort questions, and what an order is."""

    phases: tuple[Given, ...] = ()
    touches: tuple[tuple[str, str], ...] = ()
    surveys: tuple[Asked, ...] = ()
    orders: Rule = field(default_factory=Rule)


@dataclass(frozen=True, slots=True)
class PhaseEffort:
    """One phase: what is given (see `Given`), `people` who were in it, `contacts` per person, the effort `score` (−2 to
    +2), and the `revenue` of customers' orders in it, net of refunds (None: none, or without values).
    """

    phase: str
    side: Side
    actions: int
    hours: float | None
    cost: float | None
    people: int
    contacts: Estimate
    score: Estimate
    revenue: float | None


@dataclass(frozen=True, slots=True)
class Balance(Result):
    """The phases, and both sides: `hours_keeping` and `cost_keeping` are the share of what is given that goes to
    phases after the purchase (None: nobody said); `revenue_again` the share of revenue from orders after a
    customer's first day of buying; `returning` the share of customers who ordered on more than one day.
    """

    phases: tuple[PhaseEffort, ...] = ()
    actions_winning: int = 0
    actions_keeping: int = 0
    hours_keeping: float | None = None
    cost_keeping: float | None = None
    revenue_first: float | None = None
    revenue_later: float | None = None
    revenue_again: float | None = None
    returning: Estimate = field(default_factory=lambda: Estimate(None, 0))
    why: Label = field(default_factory=Label)
    """Why there is no effort to weigh, when there is none."""

    def to_dict(self) -> dict[str, Any]:
        """Returns the balance in the shape of `schemas/balance.schema.json`."""
        plain = {key: value for key, value in asdict(self).items() if key not in {"about", "why"}}
        why = {"nl": self.why.text("nl"), "en": self.why.text("en")}
        return plain | {"why": why, "about": about_dict(self.about)}

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row per phase; estimates stand in columns `contacts`, `contacts_low` and so on."""
        found = []
        for phase in self.phases:
            row = asdict(phase)
            for key in ("contacts", "score"):
                row |= {key if part == "value" else f"{key}_{part}": cell for part, cell in row.pop(key).items()}
            found.append(row)
        return found


@dataclass(frozen=True, slots=True)
class Part:
    """Per phase: contacts per person, answers and values as moments; and sums over customers."""

    contacts: Mapping[str, Moments] = field(default_factory=dict)
    scores: Mapping[str, Moments] = field(default_factory=dict)
    values: Mapping[str, Moments] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)


def asked_by(map_: JourneyMap) -> Options | None:
    """Returns what a map asks; None when no phase has an action, so that there is nothing to weigh."""
    return options_of(map_) if any(phase.actions for phase in map_.phases) else None


def options_of(map_: JourneyMap) -> Options:
    """Returns the phases of a map with their actions, their touchpoints, and its effort questions."""
    return Options(
        phases=tuple(_given(phase) for phase in map_.phases),
        touches=tuple((touch.id, touch.phase) for touch in map_.touchpoints if touch.matcher is not None),
        orders=Rule(goal(map_)),
        surveys=tuple(_asked(map_, survey) for survey in map_.surveys if survey.kind == "CES"),
    )


def measure(bucket: Bucket, options: Options) -> Part:
    """Returns what one bucket adds: contacts per person, answers and values of each phase, and revenue by order."""
    place = {phase: number for number, phase in enumerate(dict.fromkeys(phase for _, phase in options.touches))}
    phase_of = dict(options.touches)
    outside = len(place)
    codes = [place[phase_of[name]] if name in phase_of else outside for name in bucket.names.touchpoints]
    table = np.array([outside, *codes], np.int64)
    told = _contacts(bucket.start, bucket.person, bucket.touch, table, outside).tolist()
    contacts = {phase: Moments(*told[number]) for phase, number in place.items() if told[number][0]}
    values, bought = {}, gathered(bucket, options.orders)
    if bucket.value is not None:
        sold = order_rows(bucket, options.orders)
        mine = np.isin(bucket.keys[bucket.person[journeys_at(bucket, sold)]], bought.key)
        sold = sold[mine & (bucket.value[sold] != NO_VALUE)]
        where, worth = table[bucket.touch[sold] + 1], bucket.value[sold]
        values = {phase: moments(worth[where == number]) for phase, number in place.items()}
    sums = Counter(
        first=total(bought.first_money),
        all=total(bought.money),
        priced=int(bought.priced.sum()),
        customers=bought.customers,
        returning=int((bought.active > 1).sum()),
    )
    return Part(contacts, _scores(bucket, options), values, sums)


def merge(one: Part, other: Part) -> Part:
    """Returns two parts as one; associative and commutative."""
    counts = Counter(one.counts)
    counts.update(other.counts)
    return Part(
        _added(one.contacts, other.contacts),
        _added(one.scores, other.scores),
        _added(one.values, other.values),
        counts,
    )


def finish(part: Part, options: Options, about: About) -> Balance:
    """Returns the balance; a phase that nobody was in has n = 0."""
    phases = tuple(_phase(given, part) for given in options.phases)
    priced, n = part.counts["priced"] > 0, part.counts
    later = n["all"] - n["first"]
    keeping = [given for given in options.phases if given.side == "keeping"]
    return Balance(
        about=about,
        phases=phases,
        actions_winning=sum(given.actions for given in options.phases if given.side == "winning"),
        actions_keeping=sum(given.actions for given in keeping),
        hours_keeping=_part([g.hours for g in keeping], [g.hours for g in options.phases]),
        cost_keeping=_part([g.cost for g in keeping], [g.cost for g in options.phases]),
        revenue_first=n["first"] / VALUE_UNIT if priced else None,
        revenue_later=later / VALUE_UNIT if priced else None,
        revenue_again=later / n["all"] if priced and n["all"] > 0 else None,
        returning=share(n["returning"], n["customers"]),
        why=Label() if any(given.actions for given in options.phases) else NO_ACTIONS,
    )


def _given(phase: Phase) -> Given:
    return Given(
        phase.id,
        "keeping" if AFTER.intersection(phase.classes) else "winning",
        len(phase.actions),
        _total([action.hours for action in phase.actions]),
        _total([action.cost for action in phase.actions]),
    )


def _asked(map_: JourneyMap, survey: Survey) -> Asked:
    about = survey.about or tuple(touch.id for touch in map_.touchpoints if touch.survey == survey.id)
    return Asked(survey.id, survey.low, survey.high, survey.reverse, about)


def _total(numbers: list[float | None]) -> float | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def _part(some: list[float | None], whole: list[float | None]) -> float | None:
    total = _total(whole)
    return (_total(some) or 0.0) / total if total else None


def _scores(bucket: Bucket, options: Options) -> dict[str, Moments]:
    """Returns the effort scores per phase, -2 to 2 in FEEL_UNIT."""
    asked = {one.survey: one for one in options.surveys}
    given = answers(bucket, {one.survey: one.about for one in options.surveys}) if asked else None
    found: dict[str, Moments] = {}
    if given is None:
        return found
    phase_of = dict(options.touches)
    rows = zip(given.survey.tolist(), given.place.tolist(), given.score.tolist(), strict=True)
    for (survey, place, score), often in Counter(rows).items():
        one = asked[bucket.names.surveys[survey]]
        scale = Scale(one.low, one.high, one.reverse)
        phase = phase_of.get(bucket.names.touchpoints[place]) if place >= 0 else None
        if phase is not None and scale.holds(score):
            feel = round(scale.feel(score / SCORE_UNIT) * FEEL_UNIT)
            found[phase] = found.get(phase, Moments()) + Moments(often, often * feel, often * feel * feel)
    return found


@kernel
def _contacts(start: Ints, person: Ints, touch: NDArray[np.int32], phase: Ints, phases: int) -> Ints:
    """Kernel: per phase how many persons were in it, their touches there, and the sum of the squares of these.

    `phase`: that of each touchpoint code, the unmapped first; `phases`: none.
    """
    told, often = np.zeros((phases, 3), np.int64), np.zeros(phases + 1, np.int64)
    for journey in range(len(person)):
        for row in range(start[journey], start[journey + 1]):
            often[phase[touch[row] + 1]] += 1
        if journey + 1 == len(person) or person[journey + 1] != person[journey]:
            for own in range(phases):
                told[own, 0] += often[own] > 0
                told[own, 1] += often[own]
                told[own, 2] += often[own] * often[own]
            often[:] = 0
    return told


def _added(one: Mapping[str, Moments], other: Mapping[str, Moments]) -> dict[str, Moments]:
    return {key: one.get(key, Moments()) + other.get(key, Moments()) for key in {*one, *other}}


def _phase(given: Given, part: Part) -> PhaseEffort:
    contacts, values = part.contacts.get(given.phase, Moments()), part.values.get(given.phase, Moments())
    return PhaseEffort(
        phase=given.phase,
        side=given.side,
        actions=given.actions,
        hours=given.hours,
        cost=given.cost,
        people=contacts.n,
        contacts=mean(contacts),
        score=mean(part.scores.get(given.phase, Moments()), FEEL_UNIT),
        revenue=values.total / VALUE_UNIT if values.n else None,
    )
