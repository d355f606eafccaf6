"""Fits a model of repeat buying, and says what follows from it, with how sure."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.clv.result import Fitted, Parameter, Repeats
from klantreis.labels import Label
from klantreis.stats import bgnbd, paretonbd
from klantreis.stats.buyers import Buyers, dot
from klantreis.stats.intervals import Z95, Estimate
from klantreis.stats.optimum import Peak, spread_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
MODELS: dict[str, Any] = {"bgnbd": bgnbd, "paretonbd": paretonbd}
MOST_REPEATS = 7
WIDER = 1.5
"""How much larger an error is than its linear part where the likelihood is a ridge: what makes 95 % hold 95 %, see
`docs/reference/clv.md`.
"""
NOT_IDENTIFIED = Label(
    nl="Niet te bepalen uit deze gegevens: {names}. Zeer verschillende waarden passen even goed, dus lees deze "
    "parameters niet; de verwachte aankopen hangen er nauwelijks van af. Hun intervallen zijn daarom ruimer, en "
    "nog ruimer over een tijd die langer is dan je iemand kent.",
    en="Not identified by these data: {names}. Very different values fit equally well, so do not read these "
    "parameters; the purchases to be expected hardly depend on them. So their intervals are wider, and wider "
    "still of a time that is longer than anybody is known.",
)
ALL_STOPPED = Label(
    nl="Niets te bepalen: alle klanten deden precies hetzelfde en kochten daarna niet meer. Geen enkele parameter ligt "
    "vast, dus is er geen verwachting.",
    en="Nothing is identified: all customers did exactly the same and then bought no more. No parameter is pinned "
    "down, so there is no forecast.",
)
NO_END = Label(nl="Het passen van het model kwam niet tot een eind.", en="Fitting the model did not come to an end.")


def fitted_as(model: str, names: tuple[str, ...], found: Peak, n: int) -> Fitted:
    """Returns a peak as a Result tells it; a parameter that the data do not pin down has no value."""
    told = []
    for place, name in enumerate(names):
        value, error = float(found.parameters[place]), float(found.errors[place])
        known = found.climbed and place not in found.loose
        away = math.exp(min(Z95 * error / value, 500.0))
        estimate = Estimate(value, n, value / away, value * away) if known else Estimate(None, n)
        told.append(Parameter(name, estimate, error if known else None, known))
    loose = ", ".join(one.name for one in told if not one.identified)
    why = Label() if found.identified else NO_END
    if found.climbed and found.loose:
        why = Label(*(text.format(names=loose) for text in (NOT_IDENTIFIED.text("nl"), NOT_IDENTIFIED.text("en"))))
    return Fitted(model, tuple(told), found.log_likelihood, found.identified, why)


def all_stopped(model: Any, found: Peak, buyers: Buyers) -> bool:
    """Says whether the data pin no parameter down and the climb ran away to where nobody is a customer any more: 0
    purchases to come, with 0 to 0 around it, is no answer.
    """
    nothing = len(found.loose) == len(found.parameters)
    return nothing and dot(buyers.often.astype(float), model.alive(found.parameters, buyers)) < 1


def none_stayed(model: Any, found: Peak, buyers: Buyers) -> bool:
    """Says whether the model, not pinned down, has nobody left of those who came back: then who never did is a customer
    still because BG/NBD says so of them all, and not because anything was seen.
    """
    back = buyers.often * (buyers.again > 0)
    return bool(found.loose) and dot(back.astype(float), model.alive(found.parameters, buyers)) < 1


@dataclass(frozen=True, slots=True)
class Ahead:
    """Per kind of customer: the chance to be one still, the purchases to expect, and their variance by chance alone."""

    alive: Floats
    expected: Floats
    variance: Floats

    def of(self, kind: Ints) -> Ahead:
        """Returns the same per customer, of whom it says what `kind` they are."""
        return Ahead(self.alive[kind], self.expected[kind], self.variance[kind])


def ahead_of(model: Any, found: Peak, buyers: Buyers, time: float) -> Ahead:
    """Returns what each kind of customer is to do within `time`, were the parameters what they seem."""
    alive = model.alive(found.parameters, buyers)
    return Ahead(alive, *(of(found.parameters, buyers, time, alive) for of in (model.expected, model.variance)))


def summed(model: Any, found: Peak, buyers: Buyers, time: float, ahead: Ahead) -> Estimate:
    """Returns the purchases of all customers within `time`, between where the real number will lie in 95 % of cases.

    Two things are unsure: the parameters (delta method), and what each customer does by chance, which adds up.
    """
    often = buyers.often.astype(float)

    def total(parameters: Floats) -> float:
        return dot(often, model.expected(parameters, buyers, time))

    value = dot(often, ahead.expected)
    chance = dot(often, ahead.variance)
    longest = float(buyers.known.max(initial=0.0))
    beyond = max(1.0, time / longest) if longest > 0 else 1.0
    return _around(value, buyers.n, math.hypot(_error(total, found, beyond), math.sqrt(chance)), found)


def still_customers(model: Any, found: Peak, buyers: Buyers) -> Estimate:
    """Returns how many are customers still, between where the real number lies in 95 % of cases.

    As `summed`: unsure parameters and chance together. The interval is that of the log odds, so from 0 to all of them.
    No value when `none_stayed`.
    """
    if none_stayed(model, found, buyers):
        return Estimate(None, buyers.n)
    often, all_ = buyers.often.astype(float), float(buyers.n)
    each = model.alive(found.parameters, buyers)
    value, chance = dot(often, each), dot(often, each * (1 - each))
    if not 0 < value < all_:
        return Estimate(value, buyers.n, value, value)
    unsure = _error(lambda parameters: dot(often, model.alive(parameters, buyers)), found)
    odds = math.log(value / (all_ - value))
    far = Z95 * math.hypot(unsure, math.sqrt(chance)) * all_ / value / (all_ - value)
    low, high = (all_ / (1 + math.exp(-min(max(one, -700.0), 700.0))) for one in (odds - far, odds + far))
    return Estimate(value, buyers.n, low, high)


def of_parameters(function: Callable[[Floats], float], found: Peak, n: int) -> Estimate:
    """Returns a number above 0 that follows from the parameters, with the interval that they give its logarithm."""
    value = function(found.parameters)
    away = math.exp(min(Z95 * _error(function, found) / value, 500.0)) if value > 0 else 1.0
    return Estimate(value, n, value / away, value * away)


def _error(function: Callable[[Floats], float], found: Peak, beyond: float = 1.0) -> float:
    """Returns the standard error that the parameters give a number, larger where they are not pinned down: the more so
    when it is told of a time so many times as long as anybody is known.
    """
    return spread_of(function, found) * (WIDER * beyond if found.loose else 1)


def _around(value: float, n: int, error: float, found: Peak) -> Estimate:
    """Returns a number that is not below 0 with its interval, whose high end is that of its logarithm where parameters
    are not pinned down: then much more is possible sooner than much less.
    """
    high = value + Z95 * error
    if found.loose and value > 0:
        high = max(high, value * math.exp(min(Z95 * error / value, 500.0)))
    return Estimate(value, n, max(0.0, value - Z95 * error), high)


def repeats(model: Any, found: Peak, buyers: Buyers) -> tuple[Repeats, ...]:
    """Returns how many customers came back 0, 1 ... 7 or more times, and how many the model expects."""
    known, place = np.unique(buyers.known, return_inverse=True)
    often = np.bincount(place, weights=buyers.often, minlength=len(known))
    expected = often @ model.chances(found.parameters, known, MOST_REPEATS)
    seen = np.bincount(np.minimum(buyers.again, MOST_REPEATS), weights=buyers.often, minlength=MOST_REPEATS + 1)
    return tuple(
        Repeats(times, times == MOST_REPEATS, int(seen[times]), float(expected[times]))
        for times in range(MOST_REPEATS + 1)
    )
