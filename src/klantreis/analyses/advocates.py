"""Advocates: promoters who also come back or bring others; who refers, and what comes of it.

Why: a high score on a survey costs nothing; coming back and telling others is worth something. This counts both.

Options: `surveys`, the recommendation questions (0 to 10) whose answers count, or `answers`, events that carry such a
score; `orders`, what counts as an order; `referrals`, events that show that somebody referred another; `invited`,
events of somebody who came through a referral, their detail naming the referrer.

A promoter's last answer is 9 or 10. A *fan* is a promoter with two orders or more; an *advocate* is a promoter with two
orders or more, or with a referral. All are shares of those who answered: of who did not answer nothing is known.

Example: of 400 who answered, 180 are promoters (45 %), 60 of them ordered again or referred somebody: 15 % advocates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.orders import Rule, in_zone, journeys_at, orders_each, rows_called
from klantreis.analyses.orders import check as check_rule
from klantreis.analyses.result import Result, about_dict
from klantreis.journeys.model import NO_SCORE, SCORE_UNIT, About, Bucket, holding
from klantreis.labels import Label
from klantreis.map.goal import goal
from klantreis.map.model import JourneyMap
from klantreis.stats.exchange import exchanged
from klantreis.stats.intervals import Estimate, share
from klantreis.stats.nps import DETRACTOR, PROMOTER, nps

name = "advocates"
aware = in_zone
Ints = NDArray[np.int64]
TOP = 20
NO_ANSWERS = Label(
    nl="Niemand beantwoordde de vraag of ze je zouden aanbevelen, dus promotors zijn niet te tellen.",
    en="Nobody answered whether they would recommend you, so promoters cannot be counted.",
)


@dataclass(frozen=True, slots=True)
class Options:
    """Which answers, orders, referrals and arrivals through a referral count; names of touchpoints or events."""

    surveys: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    orders: Rule = field(default_factory=Rule)
    referrals: tuple[str, ...] = ()
    invited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Referrer:
    """Somebody who referred: as the detail of the arrivals names them; how many came, and how many of these ordered."""

    referrer: str
    invited: int
    ordered: int


@dataclass(frozen=True, slots=True)
class Advocates(Result):
    """Shares of those who answered: `promoters`, `fans` (promoters who ordered twice or more), `advocates` (promoters
    who ordered twice or more, or referred). `again`: of promoters who ordered, who did so again; `others_again`: the
    same of who answered lower. `referrers`: of all customers, who referred; `invited_ordered`: of who came through a
    referral, who ordered.
    """

    people: int = 0
    answered: int = 0
    customers: int = 0
    nps: Estimate = field(default_factory=lambda: Estimate(None, 0))
    promoters: Estimate = field(default_factory=lambda: Estimate(None, 0))
    fans: Estimate = field(default_factory=lambda: Estimate(None, 0))
    advocates: Estimate = field(default_factory=lambda: Estimate(None, 0))
    again: Estimate = field(default_factory=lambda: Estimate(None, 0))
    others_again: Estimate = field(default_factory=lambda: Estimate(None, 0))
    referrals: int = 0
    referrers: Estimate = field(default_factory=lambda: Estimate(None, 0))
    invited: int = 0
    invited_ordered: Estimate = field(default_factory=lambda: Estimate(None, 0))
    top: tuple[Referrer, ...] = ()
    why: Label = field(default_factory=Label)

    def to_dict(self) -> dict[str, Any]:
        """Returns the advocates in the shape of `schemas/advocates.schema.json`."""
        shares = ("nps", "promoters", "fans", "advocates", "again", "others_again", "referrers", "invited_ordered")
        return {
            "people": self.people,
            "answered": self.answered,
            "customers": self.customers,
            **{key: getattr(self, key).to_dict() for key in shares},
            "referrals": self.referrals,
            "invited": self.invited,
            "top": [{"referrer": one.referrer, "invited": one.invited, "ordered": one.ordered} for one in self.top],
            "why": {"nl": self.why.text("nl"), "en": self.why.text("en")},
            "about": about_dict(self.about),
        }

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row per share: what it is, value, n, low and high."""
        shares = ("nps", "promoters", "fans", "advocates", "again", "others_again", "referrers", "invited_ordered")
        return [{"share": key} | getattr(self, key).to_dict() for key in shares]


@dataclass(frozen=True, slots=True)
class Part:
    """Counts of persons by what they are, of arrivals by referrer, and of arrivals with an order by referrer."""

    counts: Counter[str] = field(default_factory=Counter)
    invited: Mapping[str, int] = field(default_factory=dict)
    ordered: Mapping[str, int] = field(default_factory=dict)


def asked_by(map_: JourneyMap) -> Options | None:
    """Returns what a map asks: its recommendation surveys, and the touchpoints of its advocacy phases as referrals."""
    surveys = tuple(survey.id for survey in map_.surveys if survey.kind == "NPS")
    return Options(surveys=surveys, orders=Rule(goal(map_)), referrals=referrals_of(map_)) if surveys else None


def referrals_of(map_: JourneyMap) -> tuple[str, ...]:
    """Returns the touchpoints of a map at which somebody refers another: those of its advocacy phases, seen in data."""
    late = {phase.id for phase in map_.phases if "AD" in phase.classes}
    return tuple(
        touch.id
        for touch in map_.touchpoints
        if touch.phase in late and touch.survey is None and touch.matcher is not None
    )


def measure(bucket: Bucket, options: Options) -> Part:
    """Returns the counts of one bucket. Raises OptionError for an option that cannot be used."""
    check_rule(options.orders)
    people = int(np.count_nonzero(np.diff(bucket.person, prepend=-1)))
    orders, score = orders_each(bucket, options.orders), _last_scores(bucket, options)
    referred = np.bincount(_whose(bucket, rows_called(bucket, options.referrals)), minlength=len(bucket.keys))
    some, again = orders > 0, orders > 1
    promoter, answered = score >= PROMOTER * SCORE_UNIT, score != NO_SCORE
    lower = answered & ~promoter
    arrived = rows_called(bucket, options.invited)
    guest = _whose(bucket, arrived)
    counts: Counter[str] = Counter(
        people=people,
        customers=int(some.sum()),
        answered=int(answered.sum()),
        promoters=int(promoter.sum()),
        detractors=int((answered & (score < (DETRACTOR + 1) * SCORE_UNIT)).sum()),
        fans=int((promoter & again).sum()),
        advocates=int((promoter & (again | (referred > 0))).sum()),
        promoters_once=int((promoter & some).sum()),
        lower_once=int((lower & some).sum()),
        lower_again=int((lower & again).sum()),
        referrals=int(referred.sum()),
        referrers=int(((referred > 0) & some).sum()),
        invited=len(np.unique(guest)),
        invited_ordered=len(np.unique(guest[some[guest]])),
    )
    return Part(counts, *_by_referrer(bucket, arrived, guest, some))


def merge(one: Part, other: Part) -> Part:
    """Returns two parts as one; associative and commutative."""
    both = [Counter(getattr(one, key)) + Counter(getattr(other, key)) for key in ("counts", "invited", "ordered")]
    return Part(*both)


def exchange(whole: Part, was: Part, now: Part) -> Part:
    """Returns the part of all when some, who were `was`, are `now`."""
    return exchanged(whole, was, now)


def finish(part: Part, options: Options, about: About) -> Advocates:
    """Returns the shares; nobody answered: no values for what needs an answer, and `why`.

    Nobody asked which events are referrals: no share who referred, for that is unknown and not nobody.
    """
    n = part.counts
    top = sorted(part.invited, key=lambda who: (-part.invited[who], who))[:TOP]
    return Advocates(
        about=about,
        people=n["people"],
        answered=n["answered"],
        customers=n["customers"],
        nps=nps(n["promoters"], n["detractors"], n["answered"]),
        promoters=share(n["promoters"], n["answered"]),
        fans=share(n["fans"], n["answered"]),
        advocates=share(n["advocates"], n["answered"]),
        again=share(n["fans"], n["promoters_once"]),
        others_again=share(n["lower_again"], n["lower_once"]),
        referrals=n["referrals"],
        referrers=share(n["referrers"], n["customers"]) if options.referrals else Estimate(None, 0),
        invited=n["invited"],
        invited_ordered=share(n["invited_ordered"], n["invited"]),
        top=tuple(Referrer(who, part.invited[who], part.ordered.get(who, 0)) for who in top),
        why=Label() if n["answered"] else NO_ANSWERS,
    )


def _last_scores(bucket: Bucket, options: Options) -> Ints:
    """Returns each person's last score from 0 to 10; NO_SCORE for who gave none."""
    found = np.full(len(bucket.keys), NO_SCORE, np.int64)
    if bucket.score is None:
        return found
    rows = rows_called(bucket, options.answers)
    if bucket.survey is not None and options.surveys:
        codes = [code for code, survey in enumerate(bucket.names.surveys) if survey in options.surveys]
        rows = np.union1d(rows, np.flatnonzero(holding(bucket.survey, codes)))
    score = bucket.score[rows].astype(np.int64)
    inside = (score >= 0) & (score <= 10 * SCORE_UNIT)
    rows, score = rows[inside], score[inside]
    person, at = _whose(bucket, rows), bucket.at[rows]
    if ((person[1:] == person[:-1]) & (at[1:] < at[:-1])).any():  # a journey that began later ended earlier
        sort = np.lexsort((at, person))
        person, score = person[sort], score[sort]
    last = np.append(person[1:] != person[:-1], True)[: person.size]
    found[person[last]] = score[last]
    return found


def _whose(bucket: Bucket, rows: Ints) -> Ints:
    whose: Ints = bucket.person[journeys_at(bucket, rows)]
    return whose


def _by_referrer(
    bucket: Bucket, arrived: Ints, guest: Ints, some: NDArray[np.bool_]
) -> tuple[dict[str, int], dict[str, int]]:
    """Returns how many persons each referrer brought, and how many of these ordered."""
    if bucket.detail is None:
        return {}, {}
    told = zip(bucket.detail[arrived].tolist(), guest.tolist(), strict=True)
    pairs = {(who, one) for who, one in told if who >= 0}
    names = bucket.names.details
    invited = Counter(names[who] for who, _ in pairs)
    return dict(invited), dict(Counter(names[who] for who, one in pairs if some[one]))
