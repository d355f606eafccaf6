"""Tails and quantiles of the distributions that tests lean on: normal, Student's t and chi-square."""

from __future__ import annotations

import math
from statistics import NormalDist

_NORMAL = NormalDist()
_STEPS = 2_000
_CLOSE = 1e-15


def normal_quantile(chance: float) -> float:
    """Returns the standard normal value that `chance` (0 to 1) lies below."""
    return _NORMAL.inv_cdf(chance)


def normal_tails(z: float) -> float:
    """Returns the chance that a standard normal lies farther from 0 than `z`, on either side."""
    return math.erfc(abs(z) / math.sqrt(2))


def student_tails(t: float, freedom: float) -> float:
    """Returns the chance that |T| > |t| for any positive `freedom`; infinity is the normal (DLMF 8.17)."""
    if math.isinf(freedom) or freedom > 1e9:
        return normal_tails(t)
    if t == 0:
        return 1.0
    square = t * t
    whole = freedom + square
    return _beta(freedom / 2, 0.5, freedom / whole, square / whole)


def student_quantile(chance: float, freedom: float) -> float:
    """Returns the value of Student's t that `chance` (0 to 1) lies below, for any positive `freedom`.

    By Newton's method on `student_tails`, kept between bounds, to the last digits that a float holds.
    """
    if chance == 0.5:
        return 0.0
    tails = 2 * min(chance, 1 - chance)
    low, high = 0.0, 1.0
    while student_tails(high, freedom) > tails and high < 1e300:
        low, high = high, high * 2
    found = (low + high) / 2
    for _ in range(100):
        off = student_tails(found, freedom) - tails
        low, high = (found, high) if off > 0 else (low, found)
        step = found + off / (2 * _density(found, freedom))
        step = step if low < step < high else (low + high) / 2
        if abs(step - found) <= 4e-16 * abs(step):
            break
        found = step
    return found if chance > 0.5 else -found


def _density(t: float, freedom: float) -> float:
    if math.isinf(freedom) or freedom > 1e9:
        return math.exp(-t * t / 2) / math.sqrt(2 * math.pi)
    return math.exp(
        -(freedom + 1) / 2 * math.log1p(t * t / freedom) - 0.5 * math.log(freedom) - _log_beta(freedom / 2, 0.5)
    )


def chi_square_tail(value: float, freedom: float) -> float:
    """Returns the chance that a chi-square of `freedom` degrees lies above `value` (DLMF 8.7.1 and 8.9.2)."""
    if value <= 0:
        return 1.0
    a, x = freedom / 2, value / 2
    front = math.exp(a * math.log(x) - x - math.lgamma(a))
    return 1 - front * _gamma_series(a, x) if x < a + 1 else front * _gamma_fraction(a, x)


def _gamma_series(a: float, x: float) -> float:
    term = total = 1 / a
    for step in range(1, _STEPS):
        term *= x / (a + step)
        total += term
        if term < total * _CLOSE:
            break
    return total


def _gamma_fraction(a: float, x: float) -> float:
    tiny = 1e-300
    b = x + 1 - a
    c, d = 1 / tiny, 1 / b
    value = d
    for step in range(1, _STEPS):
        factor = -step * (step - a)
        b += 2
        d = 1 / (factor * d + b or tiny)
        c = b + factor / c or tiny
        value *= c * d
        if abs(c * d - 1) < _CLOSE:
            break
    return value


def beta_below(a: float, b: float, x: float) -> float:
    """Returns the chance that a Beta(a, b) lies below `x`: the regularised incomplete beta function (DLMF 8.17).

    With whole a and b the chance of `a` or more successes in a + b - 1 trials of chance `x`.
    """
    return _beta(a, b, x, 1 - x)


def _beta(a: float, b: float, x: float, rest: float) -> float:
    """Returns the regularised incomplete beta function at `x`, where `rest` is 1 - x without loss of digits."""
    log_x = math.log1p(-rest) if rest < 0.5 else math.log(x)
    log_front = a * log_x + b * math.log(rest) - _log_beta(a, b)
    if x < (a + 1) / (a + b + 2):
        return math.exp(log_front) * _beta_fraction(a, b, x) / a
    return 1 - math.exp(log_front) * _beta_fraction(b, a, rest) / b


def _log_beta(a: float, b: float) -> float:
    """Returns the logarithm of the beta function; for a half and a large `a` by the ratio of DLMF 5.11.13.

    There the two large logarithms of gamma would take each other's digits away.
    """
    if b == 0.5 and a > 100:
        rise = 1 / (8 * a) - 1 / (192 * a**3) + 1 / (640 * a**5)
        return math.lgamma(0.5) - 0.5 * math.log(a) + rise
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


def _beta_fraction(a: float, b: float, x: float) -> float:
    """Returns the continued fraction of the incomplete beta function (DLMF 8.17.22), by Lentz's method."""
    tiny = 1e-300
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1) or tiny)
    value = d
    for step in range(1, _STEPS):
        even = step * (b - step) * x / ((a + 2 * step - 1) * (a + 2 * step))
        odd = -(a + step) * (a + b + step) * x / ((a + 2 * step) * (a + 2 * step + 1))
        for term in (even, odd):
            d = 1 / (1 + term * d or tiny)
            c = 1 + term / c or tiny
            value *= c * d
        if abs(c * d - 1) < _CLOSE:
            break
    return value
