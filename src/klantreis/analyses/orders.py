"""Orders per customer: how many, when the first and the last, for how much. What RFM, concentration and CLV stand on.

An order is an event that the options name; or, when they name none, every event that carries a value. An event that
went wrong is none. A negative value is a refund: it is no order, and it is taken off what the customer spent.

Not an analysis itself: the arithmetic that those of customer value share.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from klantreis.errors import OptionError
from klantreis.journeys.model import FAILED, NO_VALUE, VALUE_UNIT, About, Bucket, holding
from klantreis.labels import Label
from klantreis.stats.calendar import Unit
from klantreis.stats.days import days, periods
from klantreis.stats.receipts import per_customer
from klantreis.stats.whole import runs_fit

Ints = NDArray[np.int64]
OneOrder = Literal["event", "moment", "day", "journey"]


@dataclass(frozen=True, slots=True)
class Rule:
    """What counts as an order, and until when. `names`: touchpoints or events; empty: every event with a value.

    `one_order`: what is one order: each 'event'; all events of a person at one 'moment' (the lines of one receipt), on
    one 'day', or in one 'journey'. `as_of`: the last day that counts (0 is 1970-01-01) in `time_zone`; None: the day of
    the last event in the data. `period`: in what orders are put together to count how often somebody returned.
    """

    names: tuple[str, ...] = ()
    one_order: OneOrder = "event"
    as_of: int | None = None
    time_zone: str = "UTC"
    period: Unit = "day"


@dataclass(frozen=True, slots=True)
class Orders:
    """One row per customer with an order up to the end, sorted by `key`; all int64 but `key` (uint64) and `ids`.

    `orders`; `first` and `last` day of an order; `begun` and `ended`, the same in periods, and `active`, how many
    periods had an order; `money` net of refunds and `first_money`, what of it fell up to the first period (VALUE_UNIT);
    `priced`, orders with a value. `later`: periods with an order after the end, `next_day` the first day of these.
    `ids`: customers as in the source, empty where they are not loaded. `refunds`: events with a negative value,
    `lost`: those of persons without an order.
    """

    key: NDArray[np.uint64]
    orders: Ints
    first: Ints
    last: Ints
    begun: Ints
    ended: Ints
    active: Ints
    money: Ints
    first_money: Ints
    priced: Ints
    later: Ints
    ids: NDArray[np.object_]
    people: int = 0
    refunds: int = 0
    lost: int = 0

    @property
    def customers(self) -> int:
        """How many customers there are."""
        return len(self.key)

    @property
    def named(self) -> tuple[str, ...]:
        """Returns what to call each customer: the id of the source, or a pseudonym that stays the same."""
        if len(self.ids) == len(self.key):
            return tuple(map(str, self.ids))
        signs = self.key.astype(">u4").tobytes().hex(" ", 4)  # of the last 32 bits of each key
        return tuple(("p" + signs.replace(" ", " p")).split())


_ROWS = ("key", "orders", "first", "last", "begun", "ended", "active", "money", "first_money", "priced", "later")


def in_zone(options: Any, about: About) -> Any:
    """Returns options whose `orders` count days in the zone of the data; a map does not know it, so `fold` tells."""
    return replace(options, orders=replace(options.orders, time_zone=about.time_zone))


def gathered(bucket: Bucket, rule: Rule) -> Orders:
    """Returns the orders of one bucket, one row per customer. Raises SourceError for money too large to add up."""
    told = _told(bucket, rule)
    person, day, value, priced = told.person, told.day, told.value, told.value != NO_VALUE
    bought = told.inside & told.sold
    kinds = (bought, ~told.inside & told.sold, told.inside & ~told.sold, priced, _fresh(told, bought))
    what = sum((kind.astype(np.uint8) << place for place, kind in enumerate(kinds)), np.zeros(len(day), np.uint8))
    counted = told.inside & priced
    money = value if counted.all() else np.where(counted, value, 0)
    begin = np.flatnonzero(np.concatenate([np.ones(len(person[:1]), np.bool_), person[1:] != person[:-1]]))
    runs_fit(money, begin)
    room = np.empty((len(_ROWS), len(begin)), np.int64)
    many, refunds, lost = per_customer((person, day, periods(day, rule.period), money), what, room)
    rows = dict(zip(_ROWS, room[:, :many], strict=True))
    buyers = rows.pop("key")
    return Orders(
        key=bucket.keys[buyers].astype(np.uint64),
        **rows,
        ids=np.empty(0, np.object_) if bucket.ids is None else bucket.ids[buyers],
        people=int(np.count_nonzero(np.diff(bucket.person, prepend=-1))),
        refunds=refunds,
        lost=lost,
    )


def _fresh(told: _Told, bought: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Returns which of the orders that were bought are the first of what makes one order."""
    return bought if told.of is None else _apart(told.person, told.of, bought)


def orders_each(bucket: Bucket, rule: Rule) -> Ints:
    """Returns how many orders each person of a bucket has up to the end."""
    told = _told(bucket, rule)
    bought = told.inside & told.sold
    return np.bincount(told.person[_fresh(told, bought)], minlength=len(bucket.keys)).astype(np.int64)


@dataclass(frozen=True, slots=True)
class _Told:
    """Orders and refunds of one bucket by person and moment; `of`: what makes one order of several, None: nothing."""

    person: Ints
    day: Ints
    value: Ints
    of: Ints | None
    inside: NDArray[np.bool_]
    sold: NDArray[np.bool_]


def _told(bucket: Bucket, rule: Rule) -> _Told:
    touched = order_rows(bucket, rule)
    rows = slice(None) if len(touched) == bucket.touches else touched
    person, at, value = journeys_at(bucket, touched, bucket.person), bucket.at[rows], _values(bucket, rows)
    journey = journeys_at(bucket, touched) if rule.one_order == "journey" else None
    if ((person[1:] == person[:-1]) & (at[1:] < at[:-1])).any():  # most buckets are in order already
        sort = np.lexsort((at, person))
        journey, value, at = None if journey is None else journey[sort], value[sort], at[sort]
    day = days(at, rule.time_zone)
    end = np.iinfo(np.int64).max if rule.as_of is None else rule.as_of
    of = {"event": None, "moment": at, "day": day, "journey": journey}[rule.one_order]
    return _Told(person, day, value, of, day <= end, (value >= 0) | (value == NO_VALUE))


def journeys_at(bucket: Bucket, rows: Ints, each: Ints | None = None) -> Ints:
    """Returns the journey of each of these touches, which rise; or what `each` journey has."""
    if len(rows) < bucket.journeys:
        found = np.searchsorted(bucket.start, rows, side="right") - 1
        return found if each is None else each[found]
    begin = bucket.start if len(rows) == bucket.touches else np.searchsorted(rows, bucket.start)
    return np.repeat(np.arange(bucket.journeys) if each is None else each, np.diff(begin))


def joined(one: Orders, other: Orders) -> Orders:
    """Returns two parts as one; associative and commutative, as a person is in one bucket only."""
    key = np.concatenate([one.key, other.key])
    sort = np.argsort(key, kind="stable")
    rows: dict[str, Any] = {name: np.concatenate([getattr(one, name), getattr(other, name)])[sort] for name in _ROWS}
    whole = all(len(part.ids) == len(part.key) for part in (one, other))
    ids = np.concatenate([one.ids, other.ids])[sort] if whole else np.empty(0, np.object_)
    counts = {name: getattr(one, name) + getattr(other, name) for name in ("people", "refunds", "lost")}
    return Orders(**rows, ids=ids, **counts)


def traded(whole: Orders, was: Orders, now: Orders) -> Orders:
    """Returns the part of all when some, who were `was`, are `now`; the customers of all are sorted by key."""
    stay = ~np.isin(whole.key, was.key)
    rows = {name: getattr(whole, name)[stay] for name in _ROWS}
    ids = whole.ids[stay] if len(whole.ids) == len(whole.key) else whole.ids
    counts = {name: getattr(whole, name) - getattr(was, name) for name in ("people", "refunds", "lost")}
    return joined(Orders(**rows, ids=ids, **counts), now)


def in_order(orders: Orders) -> Orders:
    """Returns the same customers sorted by key, whatever bucket they came from."""
    if (orders.key[1:] >= orders.key[:-1]).all():
        return orders
    nobody = Orders(**{name: getattr(orders, name)[:0] for name in _ROWS}, ids=orders.ids[:0])
    return joined(orders, nobody)


def by_id(orders: Orders) -> Orders:
    """Returns the same customers in the order of their ids: whole numbers by size, then texts; else by key."""
    if len(orders.ids) != len(orders.key):
        return in_order(orders)
    listed = [_sortable(str(name)) for name in orders.ids]
    order = np.array(sorted(range(len(listed)), key=listed.__getitem__), np.int64)
    rows = {name: getattr(orders, name)[order] for name in _ROWS}
    return replace(orders, **rows, ids=orders.ids[order])


def end_of(rule: Rule, about: About) -> int:
    """Returns the last day that counts."""
    return rule.as_of if rule.as_of is not None else int(days(np.array([about.last]), rule.time_zone)[0])


def currency(money: Ints) -> NDArray[np.float64]:
    """Returns money in the currency."""
    return money / VALUE_UNIT


def _sortable(name: str) -> tuple[int, int, str]:
    plain = name.removesuffix(".0")
    return (0, int(plain), name) if plain.isascii() and plain.isdigit() and len(plain) < 4000 else (1, 0, name)


def order_rows(bucket: Bucket, rule: Rule) -> Ints:
    """Returns the touches that are an order or a refund, whenever they were."""
    if rule.names:
        return rows_called(bucket, rule.names)
    found = np.zeros(0, np.int64) if bucket.value is None else np.flatnonzero(bucket.value != NO_VALUE)
    return _gone_well(bucket, found)


def rows_called(bucket: Bucket, names: tuple[str, ...]) -> Ints:
    """Returns the touches whose touchpoint or event is one of these names, and that did not go wrong."""
    if not names:
        return np.zeros(0, np.int64)
    known = bucket.names
    found = holding(bucket.touch, [code for code, name in enumerate(known.touchpoints) if name in names])
    found |= holding(bucket.event, [code for code, name in enumerate(known.events) if name in names])
    return _gone_well(bucket, np.flatnonzero(found))


def _gone_well(bucket: Bucket, rows: Ints) -> Ints:
    return rows if bucket.flags is None else rows[(bucket.flags[rows] & FAILED) == 0]


def _values(bucket: Bucket, rows: Ints | slice) -> Ints:
    if bucket.value is None:
        return np.full(len(bucket.at[rows]), NO_VALUE)
    return np.asarray(bucket.value[rows], np.int64)


def _apart(person: Ints, of: Ints, wanted: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Returns the first of the wanted rows for every person and every value of `of`."""
    rows, found = np.flatnonzero(wanted), np.zeros(len(wanted), np.bool_)
    if not len(rows):
        return found
    whose, what = (person, of) if len(rows) == len(wanted) else (person[rows], of[rows])
    same = whose[1:] == whose[:-1]
    if (same & (what[1:] < what[:-1])).any():
        sort = np.lexsort((rows, what, whose))
        rows, whose, what = rows[sort], whose[sort], what[sort]
        same = whose[1:] == whose[:-1]
    found[rows[0]] = True
    found[rows[1:]] = ~same | (what[1:] != what[:-1])
    return found


def check(rule: Rule) -> None:
    """Raises OptionError when a word of the rule is none of those that are known."""
    for option, value, known in (
        ("one_order", rule.one_order, ("event", "moment", "day", "journey")),
        ("period", rule.period, ("day", "week", "month")),
    ):
        if value not in known:
            raise OptionError(
                Label(f"{option} {value!r} is niet bekend.", f"{option} {value!r} is not known."),
                mend=Label(f"Kies er een: {', '.join(known)}.", f"Choose one of {', '.join(known)}."),
            )
