"""CLV: what your present customers will still buy, who of them are still customers, and what that is worth.

Why: revenue of the past says who was valuable; this says who will be, with how sure.

Options: `orders`, what counts as an order, until when, and the `period` in which orders are put together; `model`
'bgnbd' or 'paretonbd'; `horizon`, how far ahead, in microseconds; `per_customer`, list every customer in the JSON.

How: per customer the number of periods in which they came back (the first does not count), the time from first to last,
and from first to the end of observation; a period is a calendar day unless said otherwise, and time is counted in weeks
(in months when the period is a month). Parameters by maximum likelihood, standard errors from the observed information.

Refuses: fewer than 10 customers came back; a parameter that the data do not pin down (the standard error of its
logarithm above 1, or it runs away) is left empty and named, while the purchases to expect, which hardly depend on it,
stay; how many still are customers is not told when nobody who came back is left, and nothing at all when all did the
same and then stopped. Money needs at least 20 customers with a repeat order of some value.

Example: 2,357 customers of a music shop, seen for 39 weeks, are expected to buy 1,653 times in the next 39 (1,400 to
1,900). A shop where each customer ordered once gets no forecast.

Source: Fader, Hardie & Lee (2005), Marketing Science 24:275-284; Schmittlein, Morrison & Colombo (1987).
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from klantreis.analyses.clv.fitting import (
    ALL_STOPPED,
    MODELS,
    Ahead,
    ahead_of,
    all_stopped,
    fitted_as,
    none_stayed,
    of_parameters,
    repeats,
    still_customers,
    summed,
)
from klantreis.analyses.clv.money import TOO_WILD, Spending, spending, worth
from klantreis.analyses.clv.result import Clv, Fitted, Foretold, Held
from klantreis.analyses.orders import Orders, Rule, by_id, end_of, gathered, in_order, joined
from klantreis.analyses.orders import check as check_rule
from klantreis.errors import OptionError, did_you_mean
from klantreis.journeys.model import About, Bucket
from klantreis.labels import Label
from klantreis.stats.buyers import Buyers, buyers, sample
from klantreis.stats.days import day_text, days, periods
from klantreis.stats.intervals import Estimate
from klantreis.stats.optimum import Peak, nearer, peak

__all__ = ["Clv", "Options", "finish", "measure", "merge", "name"]

name = "clv"
Part = Orders
YEAR = 365 * 86_400_000_000
UNITS = {"day": ("week", 7.0, 7.0), "week": ("week", 1.0, 7.0), "month": ("month", 1.0, 30.4375)}
"""Per period: the model's unit of time, periods in a unit, days in a unit."""

NOBODY = Label(nl="Niemand heeft iets besteld in deze gegevens.", en="Nobody ordered anything in these data.")
NO_REPEAT = Label(
    nl="Te weinig klanten kwamen terug (n = {n} van {all}, nodig {need}), dus hoe vaak ze terugkomen is niet te "
    "schatten.",
    en="Too few customers came back (n = {n} of {all}, need {need}), so how often they do cannot be estimated.",
)
SAMPLE = 5_000
"""The climb begins where so many kinds of customers have their peak."""

LEAST = 10
"""Fewer customers who came back than this say nothing about how often the others will."""


@dataclass(frozen=True, slots=True)
class Options:
    """What is an order; the model; how far ahead in microseconds; whether customers are listed."""

    orders: Rule = field(default_factory=Rule)
    model: str = "bgnbd"
    horizon: int = YEAR
    per_customer: bool = False


def measure(bucket: Bucket, options: Options) -> Part:
    """Returns the orders of each customer in a bucket. Raises OptionError for an option that cannot be used."""
    check_rule(options.orders)
    if options.model not in MODELS:
        raise OptionError(
            Label(f"Het model {options.model!r} is er niet.", f"There is no model {options.model!r}."),
            mend=did_you_mean(options.model, MODELS),
        )
    if options.horizon <= 0:
        raise OptionError(
            Label("Een verwachting heeft een tijd vooruit nodig.", "A forecast needs some time ahead."),
            where="horizon",
            mend=Label("Geef een tijdsduur, zoals '26w'.", "Give a span such as '26w'."),
        )
    return gathered(bucket, options.orders)


def merge(one: Part, other: Part) -> Part:
    """Returns two parts as one; associative and commutative."""
    return joined(one, other)


def finish(part: Part, options: Options, about: About) -> Clv:
    """Returns what is to be expected; nobody, or nobody who came back: no values, and `why`."""
    part, rule = in_order(part), options.orders
    unit, in_unit, unit_days = UNITS[rule.period]
    end = end_of(rule, about)
    seen = _buyers(part, rule, end, in_unit)
    horizon = options.horizon / 86_400_000_000 / unit_days
    found = Clv(
        about=about,
        model=options.model,
        as_of=day_text(end),
        period=rule.period,
        unit=unit,
        horizon=horizon,
        customers=seen.n,
        repeaters=seen.repeaters,
        fitted=Fitted(options.model),
        listed=options.per_customer,
    )
    if seen.repeaters < LEAST:
        texts = (NO_REPEAT.text("nl"), NO_REPEAT.text("en"))
        few = Label(*(text.format(n=seen.repeaters, need=LEAST, all=seen.n) for text in texts))
        return replace(found, why=few if seen.n else NOBODY)
    model = MODELS[options.model]
    with ThreadPoolExecutor(1) as beside:  # what is spent and what each will do, on another core
        spent = beside.submit(spending, part)
        best = peak(model.likelihood(seen), _starts(model, seen), weight=seen.n)
        if not best.climbed or all_stopped(model, best, seen):
            fitted = fitted_as(options.model, model.PARAMETERS, best, seen.n)
            why = ALL_STOPPED if best.climbed else Label()
            return replace(found, fitted=replace(fitted, why=why or fitted.why), why=why)
        ahead = ahead_of(model, best, seen, horizon)
        told = replace(ahead, alive=np.full_like(ahead.alive, np.nan)) if none_stayed(model, best, seen) else ahead
        each = beside.submit(_foretold, part, (seen, told), spent.result())
        foreseen = replace(_foreseen(found, seen, best, ahead), foretold=each.result())
    held = _held(part, seen, best, (options, end, unit_days), about)
    return _valued(replace(foreseen, held=held), ahead.of(seen.kind), spent.result())


def _buyers(part: Orders, rule: Rule, end: int, in_unit: float) -> Buyers:
    last = int(periods(np.array([end]), rule.period)[0])
    return buyers(part.active - 1, part.ended - part.begun, last - part.begun, unit=in_unit)


def _starts(model: Any, seen: Buyers) -> Any:
    """Returns where to begin the climb: with many kinds of customers, where a sample of them has its peak."""
    few = sample(seen, SAMPLE)
    if few is seen:
        return model.starts(seen)
    return nearer(model.likelihood(few), model.starts(seen), weight=few.n)


def _foreseen(found: Clv, seen: Buyers, best: Peak, ahead: Ahead) -> Clv:
    model, time = MODELS[found.model], found.horizon

    def newcomer(parameters: Any) -> float:
        return float(model.newcomer(parameters, np.array([time]))[0])

    return replace(
        found,
        fitted=fitted_as(found.model, model.PARAMETERS, best, seen.n),
        purchases=summed(model, best, seen, time, ahead),
        alive=still_customers(model, best, seen),
        newcomer=of_parameters(newcomer, best, seen.n),
        repeats=repeats(model, best, seen),
    )


def _held(part: Orders, seen: Buyers, best: Peak, asked: tuple[Options, int, float], about: About) -> Held | None:
    """Returns the model against what happened, when the data go on after the last day that counts."""
    options, end, unit_days = asked
    ahead = int(days(np.array([about.last]), options.orders.time_zone)[0]) - end
    if ahead <= 0 or options.orders.as_of is None:
        return None
    model, time = MODELS[options.model], ahead / unit_days
    foreseen = summed(model, best, seen, time, ahead_of(model, best, seen, time))
    return Held(ahead / 7, foreseen, int(part.later.sum()))


def _foretold(part: Orders, fit: tuple[Buyers, Ahead], spent: Spending) -> Foretold:
    """Returns all that is told of each customer, in the order of their ids."""
    seen, all_ahead = fit
    each, ahead, likely = spent.each(), all_ahead.expected[seen.kind], all_ahead.alive[seen.kind]
    whose = by_id(part)
    order: Any = slice(None) if whose is part else np.searchsorted(part.key, whose.key)
    columns: tuple[Any, ...] = (seen.again[seen.kind], seen.recency[seen.kind], seen.known[seen.kind])
    return Foretold(whose.named, *(column[order] for column in (*columns, likely, ahead, each, ahead * each)))


def _valued(found: Clv, ahead: Ahead, spent: Spending) -> Clv:
    value = each = Estimate(None, found.customers)
    why = spent.why
    if spent.found is not None:
        value, each = worth(spent, found.purchases, ahead)
        why = why if value.low is not None else TOO_WILD
    return replace(
        found, money=spent.fitted, value=value, order_value=each, correlation=spent.correlation, value_why=why
    )
