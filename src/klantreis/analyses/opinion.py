"""Opinion: whether customers with a high score buy again more often than those who scored lower.

Why: what somebody thinks after the purchase is said to steer the next one. This tells how strongly the two go together.

Options: `survey`, the question, with its scale (`low`, `high`, `reverse`); `orders`, touchpoints or events that are an
order (none: every event with a value); `within`, the time after the answer in which the next order must fall, in
microseconds (None: any time before the end of the data; answers whose time has not passed are then left out); `least`,
how many people each group needs before a difference is told.

Each customer counts once, with the first answer they gave at or after their first order. A high score is one of the two
best points of the scale (9 and 10 of 0 to 10). To buy again is a later order than the answer, so that what is compared
never comes before the opinion. An answer off the scale, an order that went wrong and a refund do not count.

It is observed and not tried: who is content may have bought again anyway. An experiment is the proof.

Example: of 212 with a high score 31 % bought again, of 80 who scored lower 19 %: 12 points more (1 to 22). It goes
together; it is no cause.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.orders import Rule, journeys_at, order_rows
from klantreis.analyses.result import Result, about_dict
from klantreis.errors import OptionError
from klantreis.journeys.answers import Scale
from klantreis.journeys.model import NO_SCORE, NO_VALUE, About, Bucket, holding
from klantreis.labels import Label
from klantreis.map.goal import goal
from klantreis.map.model import JourneyMap, Survey
from klantreis.stats.compare import difference
from klantreis.stats.exchange import exchanged
from klantreis.stats.intervals import Estimate, share

name = "opinion"
Ints = NDArray[np.int64]
LEAST = 25
NEVER = int(np.iinfo(np.int64).max)
AFTER = frozenset({"US", "SE", "LO", "AD"})
"""Classes of phases that come after the purchase."""
NONE = Estimate(None, 0)


@dataclass(frozen=True, slots=True)
class Options:
    """The question with its scale, what an order is, the time in which the next one must fall, and the least group."""

    survey: str = ""
    low: float = 1
    high: float = 5
    reverse: bool = False
    orders: tuple[str, ...] = ()
    within: int | None = None
    least: int = LEAST
    last: int | None = None
    """The end of all data; filled in by `aware`."""


@dataclass(frozen=True, slots=True)
class Opinion(Result):
    """`content`: of customers with a high score, the share that bought again; `others`: of those who scored lower.

    `gap`: the first minus the second, -1 to 1, with n the smaller group; no value while a group has fewer than `least`
    people, and `why` says so. `survey`: which question. `young`: customers left out because their time had not passed.
    """

    survey: str = ""
    content: Estimate = NONE
    others: Estimate = NONE
    gap: Estimate = NONE
    least: int = LEAST
    young: int = 0
    why: Label = field(default_factory=Label)

    @property
    def verdict(self) -> str:
        """'stronger': surely buys again more often, 'weaker': surely less, 'unsure', or 'few'."""
        if self.gap.value is None or self.gap.low is None or self.gap.high is None:
            return "few"
        return "stronger" if self.gap.low > 0 else "weaker" if self.gap.high < 0 else "unsure"

    def to_dict(self) -> dict[str, Any]:
        """Returns the opinion in the shape of `schemas/opinion.schema.json`."""
        return {
            "survey": self.survey,
            "content": self.content.to_dict(),
            "others": self.others.to_dict(),
            "gap": self.gap.to_dict(),
            "verdict": self.verdict,
            "causal": False,
            "least": self.least,
            "young": self.young,
            "why": {"nl": self.why.text("nl"), "en": self.why.text("en")},
            "about": about_dict(self.about),
        }

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row per group and one for the difference: value, n, low and high."""
        return [{"share": key} | getattr(self, key).to_dict() for key in ("content", "others", "gap")]


@dataclass(frozen=True, slots=True)
class Part:
    """Counts of customers: 'high', 'high_again', 'low', 'low_again', 'young'."""

    counts: Counter[str] = field(default_factory=Counter)


def asked_by(map_: JourneyMap) -> Options | None:
    """Returns what a map asks: whether they recommend it, else a satisfaction question about what comes after the
    purchase; None without such a question or without a goal that is an order.
    """
    late = {phase.id for phase in map_.phases if AFTER & set(phase.classes)}
    touches = {touch.id for touch in map_.touchpoints if touch.phase in late}
    bound = {touch.survey: touch.id for touch in map_.touchpoints if touch.survey}

    def after(survey: Survey) -> bool:
        return bool(touches & {*survey.about, bound.get(survey.id, "")})

    surveys = [one for one in map_.surveys if one.kind == "NPS"]
    surveys += [one for one in map_.surveys if one.kind == "CSAT" and after(one)]
    if not surveys or not goal(map_) or map_.type != "purchase":
        return None
    chosen = surveys[0]
    return Options(chosen.id, chosen.low, chosen.high, chosen.reverse, goal(map_))


def aware(options: Options, about: About) -> Options:
    """Returns options that know where all data end, so that young answers can be left out."""
    if options.within is not None and options.within < 0:
        raise OptionError(
            Label("within is minder dan geen tijd.", "within is less than no time."),
            where="within",
            mend=Label("Bijvoorbeeld: within='365d'.", "For example: within='365d'."),
        )
    return replace(options, last=about.last)


def measure(bucket: Bucket, options: Options) -> Part:
    """Returns the counts of one bucket."""
    people = len(bucket.keys)
    orders = _orders(bucket, options)
    buyer, bought = _person(bucket, orders), bucket.at[orders]
    first = np.full(people, NEVER)
    np.minimum.at(first, buyer, bought)
    answer = _answer(bucket, options, first)
    person = _person(bucket, answer)
    said = np.full(people, NEVER)
    said[person] = bucket.at[answer]
    after = bought > said[buyer]
    if options.within is not None:
        after &= bought - options.within <= said[buyer]
    again = np.bincount(buyer[after], minlength=people) > 0
    ripe = np.ones(len(answer), np.bool_)
    if options.within is not None and options.last is not None:
        ripe = bucket.at[answer] + options.within <= options.last
    high = _judged(bucket, answer, Scale(options.low, options.high, options.reverse).in_top_two)
    mine = again[person]
    return Part(
        Counter(
            high=int((high & ripe).sum()),
            high_again=int((high & ripe & mine).sum()),
            low=int((~high & ripe).sum()),
            low_again=int((~high & ripe & mine).sum()),
            young=int((~ripe).sum()),
        )
    )


def merge(one: Part, other: Part) -> Part:
    """Returns two parts as one; associative and commutative."""
    return Part(Counter(one.counts) + Counter(other.counts))


def exchange(whole: Part, was: Part, now: Part) -> Part:
    """Returns the part of all when some, who were `was`, are `now`."""
    return exchanged(whole, was, now)


def ripens(then: Options, now: Options) -> tuple[int, ...]:
    """Returns after how long an answer counts."""
    return () if now.within is None else (now.within,)


def finish(part: Part, options: Options, about: About) -> Opinion:
    """Returns both shares and their difference (Newcombe); too few in a group: no difference, and `why`."""
    n = part.counts
    content, others = (n["high_again"], n["high"]), (n["low_again"], n["low"])
    smaller = min(content[1], others[1])
    return Opinion(
        about=about,
        survey=options.survey,
        content=share(*content),
        others=share(*others),
        gap=difference(content, others) if smaller >= max(1, options.least) else Estimate(None, smaller),
        least=options.least,
        young=n["young"],
        why=Label() if smaller >= max(1, options.least) else _few(smaller, options.least),
    )


def _few(n: int, least: int) -> Label:
    return Label(
        nl=f"Te weinig klanten met een antwoord na hun bestelling (kleinste groep n = {n}, nodig {least}).",
        en=f"Too few customers with an answer after their order (smaller group n = {n}, need {least}).",
    )


def _orders(bucket: Bucket, options: Options) -> Ints:
    """Returns the touches that are an order; a refund is none."""
    rows = order_rows(bucket, Rule(options.orders))
    if bucket.value is None:
        return rows
    sold: Ints = rows[(bucket.value[rows] >= 0) | (bucket.value[rows] == NO_VALUE)]
    return sold


def _answer(bucket: Bucket, options: Options, first: Ints) -> Ints:
    """Returns the touch of each customer's first answer at or after their first order."""
    if bucket.score is None:
        return np.empty(0, np.int64)
    rows = np.flatnonzero(_asked(bucket, options.survey))
    rows = rows[bucket.score[rows] != NO_SCORE]
    rows = rows[_judged(bucket, rows, Scale(options.low, options.high).holds)]
    person = _person(bucket, rows)
    late = bucket.at[rows] >= first[person]
    rows, person = rows[late], person[late]
    order = np.lexsort((rows, bucket.at[rows], person))
    found: Ints = rows[order][np.flatnonzero(np.diff(person[order], prepend=-1))]
    return found


def _person(bucket: Bucket, rows: Ints) -> Ints:
    """Returns whose touch each row is."""
    found: Ints = bucket.person[journeys_at(bucket, rows)]
    return found


def _judged(bucket: Bucket, rows: Ints, judge: Callable[[int], bool]) -> NDArray[np.bool_]:
    """Returns what `judge` says of the score of each touch; every score there is is judged once."""
    if bucket.score is None or not len(rows):
        return np.zeros(len(rows), np.bool_)
    scores, spot = np.unique(bucket.score[rows], return_inverse=True)
    return np.array([judge(int(score)) for score in scores], np.bool_)[spot]


def _asked(bucket: Bucket, survey: str) -> NDArray[np.bool_]:
    """Returns which touches answer the question: of the survey, or events of that name."""
    found = holding(bucket.event, [code for code, event in enumerate(bucket.names.events) if event == survey])
    if bucket.survey is not None:
        codes = [code for code, known in enumerate(bucket.names.surveys) if known == survey]
        found |= holding(bucket.survey, codes)
    return found
