"""Draws customers of the demo shop: one array per fact, all journeys of a chunk at once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from klantreis.log.generate.truths import OTHER_WORDS, SCORES, SIZE_WORDS, Shop, trials

SECOND, HOUR, DAY = 1_000_000, 3_600_000_000, 86_400_000_000
BEGINS = int(datetime(2026, 4, 20, tzinfo=UTC).timestamp()) * 1_000_000
NEW, OLD = 1, 0
MEDIA = ("social", "organic", "paid", "email", "direct")
BANDS = ("25-50", "50-150", "150+")
URGENCY = ("hours", "days", "weeks")
WORDS = (*SIZE_WORDS, *OTHER_WORDS)

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Visits:
    """Web events of a chunk, one row each: person, at (microseconds UTC), event code, word code (-1 none), score
    (0 none), and the row of `Facts` the event belongs to.
    """

    event: Ints
    at: Ints
    journey: Ints
    word: Ints
    score: Ints


@dataclass(frozen=True, slots=True)
class Facts:
    """What is so of each journey of a chunk, one row each. Times are microseconds UTC, -1 for never."""

    person: Ints
    medium: Ints
    band: Ints
    urgency: Ints
    mobile: Bools
    orders: Ints
    paid: Ints
    shipped: Ints
    promised: Ints
    delivered: Ints
    returned: Ints
    received: Ints
    refunded: Ints
    cents: Ints
    reviewed: Ints
    review: Ints
    complained: Ints
    answered: Ints
    resolved: Ints
    repair: Ints
    repaired: Ints


EVENTS = (
    "session_start", "list_view", "filter_used", "site_search", "product_view", "add_to_cart", "checkout_start",
    "loyalty_joined", "referral_shared", "survey_answer:product",
    "survey_answer:betalen",
)  # fmt: skip


def draw(shop: Shop, chance: np.random.Generator, person: Ints, begin: Ints, orders: Ints) -> tuple[Visits, Facts]:
    """Returns the events and facts of one purchase journey for each `person`, beginning at `begin`.

    `orders` is how many orders the person had before. Nothing here knows when the data ends; the writer cuts there.
    """
    n = len(person)
    story = _Story(chance, n)
    medium = _pick(chance, n, (0.36, 0.34, 0.12, 0.10, 0.08))
    medium = np.where(orders > 0, _pick(chance, n, (0.14, 0.20, 0.06, 0.42, 0.18)), medium)
    band, urgency = _pick(chance, n, (0.45, 0.40, 0.15)), _pick(chance, n, (0.10, 0.50, 0.40))
    mobile = chance.random(n) < shop.mobile
    pace = np.array([0.4, 1.0, 2.6])[band] * np.array([0.15, 1.0, 2.2])[urgency]
    everyone = np.ones(n, dtype=bool)
    story.tell("session_start", everyone, begin)
    views, at = _consider(shop, chance, story, begin, tried(person, begin, "test_filter") == NEW)
    carts, doubting, at = _decide(shop, chance, story, views=views, at=at, pace=pace)
    paid, paid_at = _buy(shop, chance, story, carts=carts, mobile=mobile, at=at)
    story.tell("loyalty_joined", paid & (chance.random(n) < shop.joins), paid_at + _span(chance, n, 3, 9) * DAY)
    story.tell("referral_shared", paid & (chance.random(n) < shop.tips), paid_at + _span(chance, n, 9, 20) * DAY)
    after = _afterwards(shop, chance, paid=paid, paid_at=paid_at, doubting=doubting)
    facts = Facts(
        person=person, medium=medium, band=band, urgency=urgency, mobile=mobile, orders=orders,
        cents=np.round(np.exp(chance.normal(0, 0.25, n)) * np.array([3600, 8900, 23900])[band]).astype(np.int64),
        **after,
    )  # fmt: skip
    return story.visits(), facts


class _Story:
    """Gathers events as they are told; `visits()` gives them as one set of arrays."""

    def __init__(self, chance: np.random.Generator, journeys: int) -> None:
        self.chance, self.journeys = chance, journeys
        self.told: list[tuple[int, Ints, Ints, Ints, Ints]] = []

    def tell(self, event: str, who: Bools, at: Ints, *, word: Ints | None = None, score: Ints | None = None) -> None:
        """Adds one event for each journey in `who`, at its own time."""
        rows = np.flatnonzero(who)
        none = np.full(len(rows), -1, dtype=np.int64)
        scores = np.zeros(len(rows), dtype=np.int64) if score is None else score[rows]
        self.told.append((EVENTS.index(event), rows, at[rows], none if word is None else word[rows], scores))

    def ask(self, survey: str, who: Bools, at: Ints, *, share: float, chances: tuple[float, ...]) -> None:
        """Adds answers to a survey question: each of `who` answers with chance `share`."""
        answers = who & (self.chance.random(self.journeys) < share)
        scores = _pick(self.chance, self.journeys, chances) + SCORES[0]
        self.tell(f"survey_answer:{survey}", answers, at, score=scores)

    def visits(self) -> Visits:
        """Returns everything told so far."""
        event = np.concatenate([np.full(len(rows), code, dtype=np.int64) for code, rows, *_ in self.told])
        rows, at, word, score = (np.concatenate([part[i] for part in self.told]) for i in (1, 2, 3, 4))
        return Visits(event=event, at=at, journey=rows, word=word, score=score)


def _consider(shop: Shop, chance: np.random.Generator, story: _Story, begin: Ints, opened: Bools) -> tuple[Bools, Ints]:
    n = len(begin)
    consider = chance.random(n) < shop.considers
    listed = begin + _span(chance, n, 5, 60) * SECOND
    story.tell("list_view", consider, listed)
    filtered = listed + _span(chance, n, 10, 120) * SECOND
    filters = np.where(opened, shop.filters_shown, shop.filters)
    story.tell("filter_used", consider & (chance.random(n) < filters), filtered)
    searching = consider & (chance.random(n) < shop.searches)
    searched = filtered + _span(chance, n, 5, 90) * SECOND
    sizes = chance.integers(0, len(SIZE_WORDS), n)
    others = chance.integers(len(SIZE_WORDS), len(WORDS), n)
    story.tell("site_search", searching, searched, word=np.where(chance.random(n) < shop.size_words, sizes, others))
    on = np.where(searching, shop.product_after_search, shop.product_else)
    return consider & (chance.random(n) < on), searched + 30 * SECOND


def _decide(
    shop: Shop, chance: np.random.Generator, story: _Story, *, views: Bools, at: Ints, pace: NDArray[np.float64]
) -> tuple[Bools, Bools, Ints]:
    n = len(at)
    delay = np.clip(np.exp(chance.normal(np.log(3.0), 1.2, n)) * pace, 0.01, 24 * 14) * HOUR
    viewed = at + delay.astype(np.int64)
    doubting = chance.random(n) < shop.doubts
    story.tell("product_view", views, viewed)
    again = viewed + _span(chance, n, 1, 30) * HOUR
    looks_again = views & doubting & (chance.random(n) < 0.55)
    story.tell("product_view", looks_again, again)
    last = np.where(looks_again, again, viewed)
    story.ask("product", views, last + 40 * SECOND, share=shop.asks_product, chances=shop.score_product)
    carts = views & (chance.random(n) < np.where(doubting, shop.cart_doubting, shop.cart_sure))
    carted = last + _span(chance, n, 60, 600) * SECOND
    story.tell("add_to_cart", carts, carted)
    return carts, doubting, carted


def _buy(
    shop: Shop, chance: np.random.Generator, story: _Story, *, carts: Bools, mobile: Bools, at: Ints
) -> tuple[Bools, Ints]:
    n = len(at)
    checkout = carts & (chance.random(n) < shop.checkout)
    started = at + _span(chance, n, 20, 900) * SECOND
    story.tell("checkout_start", checkout, started)
    paid = checkout & (chance.random(n) < np.where(mobile, shop.pays_mobile, shop.pays_desktop))
    paid_at = started + (np.exp(chance.normal(np.log(190), 0.5, n)) * SECOND).astype(np.int64)
    story.ask("betalen", paid, paid_at + 30 * SECOND, share=shop.asks_paid, chances=shop.score_paid)
    return paid, paid_at


def _afterwards(
    shop: Shop, chance: np.random.Generator, *, paid: Bools, paid_at: Ints, doubting: Bools
) -> dict[str, Ints]:
    n = len(paid)
    late = chance.random(n) < shop.late
    promised = paid_at + 2 * DAY
    delivered = np.where(late, promised + _span(chance, n, 4, 96) * HOUR, paid_at + _span(chance, n, 20, 46) * HOUR)
    reviewed = delivered + _span(chance, n, 6, 120) * HOUR
    review = np.where(late, _pick(chance, n, shop.score_late), _pick(chance, n, shop.score_on_time)) + SCORES[0]
    returning = chance.random(n) < np.where(doubting, shop.returns_doubting, shop.returns_sure)
    returned = delivered + _span(chance, n, 24, 240) * HOUR
    complaining = chance.random(n) < np.where(late, shop.complains_late, shop.complains_on_time)
    complained = np.where(late, promised, delivered) + _span(chance, n, 3, 48) * HOUR
    answered = complained + _span(chance, n, 2, 72) * HOUR
    breaking = chance.random(n) < shop.repairs
    repair = delivered + _span(chance, n, 10, 30) * DAY

    def when(who: Bools, at: Ints) -> Ints:
        return np.where(paid & who, at, -1)

    always = np.ones(n, dtype=bool)
    return {
        "paid": when(always, paid_at), "shipped": when(always, paid_at + _span(chance, n, 4, 19) * HOUR),
        "promised": when(always, promised), "delivered": when(always, delivered),
        "returned": when(returning, returned), "received": when(returning, returned + _span(chance, n, 2, 6) * DAY),
        "refunded": when(returning, returned + _span(chance, n, 7, 11) * DAY),
        "reviewed": when(chance.random(n) < shop.reviews, reviewed), "review": review,
        "complained": when(complaining, complained), "answered": when(complaining, answered),
        "resolved": when(complaining, answered + _span(chance, n, 1, 96) * HOUR),
        "repair": when(breaking, repair), "repaired": when(breaking, repair + _span(chance, n, 5, 15) * DAY),
    }  # fmt: skip


def tried(person: Ints, at: Ints, column: str) -> Ints:
    """Returns in which group of a test each person is at a moment: NEW, OLD, or -1 outside its days.

    The group follows from the person and the test alone, so that it takes no chance from anything else: all that is
    drawn stays what it was.
    """
    trial = next(one for one in trials(Shop()) if one.column == column)
    begins, ends = BEGINS + trial.first * DAY - 2 * HOUR, BEGINS + trial.last * DAY - 2 * HOUR
    salt = int.from_bytes(hashlib.blake2b(column.encode(), digest_size=8).digest(), "little")
    mixed = person.astype(np.uint64) + np.uint64(salt)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB), (31, 1)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    group = np.where(mixed >> np.uint64(63) == 1, NEW, OLD)
    return np.where((at >= begins) & (at < ends), group, -1)


def _pick(chance: np.random.Generator, n: int, chances: tuple[float, ...]) -> Ints:
    """Returns n codes, code i with chance `chances[i]`."""
    return np.searchsorted(np.cumsum(chances)[:-1], chance.random(n), side="right").astype(np.int64)


def _span(chance: np.random.Generator, n: int, low: int, high: int) -> Ints:
    return chance.integers(low, high, n)
