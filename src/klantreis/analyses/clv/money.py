"""What the coming purchases are worth: Gamma-Gamma on the value of orders, or the reason why it cannot be said."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.clv.fitting import Ahead, fitted_as
from klantreis.analyses.clv.result import Fitted
from klantreis.analyses.orders import Orders, currency
from klantreis.labels import Label
from klantreis.stats import gammagamma
from klantreis.stats.buyers import dot
from klantreis.stats.intervals import Z95, Estimate
from klantreis.stats.optimum import Peak, nearer, peak, spread_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SAMPLE = 10_000
"""The climb begins where about so many customers, spread evenly over all, have their peak."""

LEAST = 20
"""Fewer customers with repeat orders of some value than this say nothing about all."""

TOO_CLOSE = 0.3
"""A correlation this far from 0 makes Gamma-Gamma misleading."""

NO_MONEY = Label(nl="Bij geen enkele bestelling staat een bedrag.", en="No order carries an amount.")
TOO_FEW = Label(
    nl="Te weinig klanten met een vervolgbestelling met een bedrag (n = {n}, nodig {need}).",
    en="Too few customers with a repeat order of some value (n = {n}, need {need}).",
)
LINKED = Label(
    nl="Let op: wie vaker koopt, besteedt per keer {more} (correlatie {r}). Het model gaat ervan uit dat dat niet "
    "samenhangt.",
    en="Mind: who buys more often spends {more} each time (correlation {r}). The model assumes that "
    "these are unrelated.",
)
NOT_FOUND = Label(
    nl="Niet te bepalen: de gegevens leggen de verdeling van bestedingen niet vast.",
    en="Not identified: the data do not pin down how spending is spread.",
)
TOO_WILD = Label(
    nl="De bestedingen lopen zo ver uiteen dat het model er geen spreiding voor geeft; daarom staat er geen interval "
    "bij.",
    en="Spending differs so much that the model gives it no finite spread; so there is no interval.",
)


@dataclass(frozen=True, slots=True)
class Spending:
    """The model of spending, `found` None when there is none; each customer's repeat periods and their mean value."""

    fitted: Fitted | None
    found: Peak | None
    again: Ints
    mean: Floats
    correlation: Estimate
    why: Label

    def each(self) -> Floats:
        """Returns the value per order that is expected of each customer; NaN when it is not known."""
        if self.found is None:
            return np.full(len(self.again), np.nan)
        return gammagamma.spent(self.found.parameters, self.again, self.mean)

    def squared(self) -> Floats:
        """Returns the mean square of the value per order of each customer; infinity when it has none."""
        assert self.found is not None
        return gammagamma.squared(self.found.parameters, self.again, self.mean)

    def around(self, weights: Floats, chance: float) -> Estimate:
        """Returns what all are expected to spend, each so many times, with its 95 % interval: that of unsure parameters
        together with `chance`, the variance of all else. No interval when that is infinite.
        """
        assert self.found is not None
        total = gammagamma.summed(self.again, self.mean, weights)
        value, n = total(self.found.parameters), len(self.again)
        if not math.isfinite(chance):
            return Estimate(value, n)
        half = Z95 * math.hypot(spread_of(total, self.found), math.sqrt(max(0.0, chance)))
        return Estimate(value, n, max(0.0, value - half), value + half)


def spending(part: Orders) -> Spending:
    """Returns the model of spending per repeat period of these customers."""
    again, money = part.active - 1, part.money - part.first_money
    mean = np.where(again > 0, currency(money) / np.maximum(again, 1), 0.0)
    used = (again > 0) & (money > 0)
    if not part.priced.any():
        return Spending(None, None, again, mean, Estimate(None, 0), NO_MONEY)
    x, total = _sorted(again[used], money[used])
    m = currency(total) / x
    together = correlation(x.astype(float), m)
    if len(x) < LEAST:
        few = Label(*(text.format(n=len(x), need=LEAST) for text in (TOO_FEW.text("nl"), TOO_FEW.text("en"))))
        return Spending(None, None, again, mean, together, few)
    seen = np.where(used, again, 0)
    found = peak(gammagamma.likelihood(x, m), _starts(x, m), weight=len(x))
    told = fitted_as("gammagamma", gammagamma.PARAMETERS, found, len(x))
    below_one = found.parameters[1] <= 1
    if not found.identified or below_one:
        return Spending(told, None, seen, mean, together, NOT_FOUND)
    return Spending(told, found, seen, mean, together, _warned(together))


def worth(spent: Spending, purchases: Estimate, ahead: Ahead) -> tuple[Estimate, Estimate]:
    """Returns the revenue to come, and the value per order of these customers, between where the real ones will lie.

    Unsure are the parameters of both models, how often each customer will come, what each usually spends, and how far
    orders lie from that. `ahead`: per customer. Source of the variance of a sum of so many orders: Wald's identities.
    """
    assert spent.found is not None
    each, squared, p, n = spent.each(), spent.squared(), float(spent.found.parameters[0]), len(spent.again)
    if not np.all(np.isfinite(squared)):
        return spent.around(ahead.expected, math.inf), spent.around(np.full(n, 1 / n), math.inf)
    often = ahead.variance + ahead.expected**2
    orders = float((squared * (ahead.expected / p + often) - (ahead.expected * each) ** 2).sum())
    revenue = dot(ahead.expected, each)
    unsure = 0.0
    if purchases.value and purchases.high is not None:
        by_parameters = ((purchases.high - purchases.value) / Z95) ** 2 - float(ahead.variance.sum())
        unsure = max(0.0, by_parameters) * (revenue / purchases.value) ** 2
    own = float((squared - each * each).sum()) / n**2
    return spent.around(ahead.expected, orders + unsure), spent.around(np.full(n, 1 / n), own)


def _sorted(again: Ints, money: Ints) -> tuple[Ints, Ints]:
    """Returns both by `again` and then by `money` (above 0), so that no sum depends on the order of the customers."""
    bits = int(money.max(initial=0)).bit_length()
    if int(again.max(initial=0)).bit_length() + bits > 63:
        order = np.lexsort((money, again))
        return again[order], money[order]
    both = np.sort(again << bits | money)
    return both >> bits, both & ((1 << bits) - 1)


def _starts(again: Ints, mean: Floats) -> Sequence[Sequence[float]]:
    """Returns where to begin the climb: with many customers, where a sample of them has its peak."""
    each = -(-len(again) // SAMPLE)
    x, m = again[::each], mean[::each]
    starts = gammagamma.starts(m)
    return starts if each == 1 else nearer(gammagamma.likelihood(x, m), starts, weight=len(x))


def correlation(x: Floats, y: Floats) -> Estimate:
    """Returns Pearson's correlation with Fisher's interval (Fisher 1921, Metron 1:3-32); no value without spread."""
    n = len(x)
    if n < 3 or float(np.ptp(x)) == 0 or float(np.ptp(y)) == 0:
        return Estimate(None, n)
    aside, beside = x - x.mean(), y - y.mean()
    r = dot(aside, beside) / math.sqrt(dot(aside, aside) * dot(beside, beside))
    r = max(-1.0, min(1.0, r))
    if n < 4 or abs(r) >= 1:
        return Estimate(r, n)
    half = Z95 / math.sqrt(n - 3)
    return Estimate(r, n, math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half))


def _warned(together: Estimate) -> Label:
    r = together.value
    if r is None or abs(r) < TOO_CLOSE:
        return Label()
    more = ("meer", "more") if r > 0 else ("minder", "less")
    nl, en = f"{r:.2f}".replace(".", ","), f"{r:.2f}"
    return Label(nl=LINKED.text("nl").format(more=more[0], r=nl), en=LINKED.text("en").format(more=more[1], r=en))
