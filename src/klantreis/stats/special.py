"""Special functions as arrays, in operations that take complex numbers, so that their slopes are exact."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_STIRLING = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360)
_HALF_LOG_2PI = 0.5 * math.log(2 * math.pi)


def log_gamma(x: Any) -> Any:
    """Returns ln Γ(x) of an array with positive real parts: Stirling's series above 10 (DLMF 5.11.1), else stepped up.

    Accurate to 1e-13 of the larger of 1 and the value.
    """
    x = np.asarray(x)
    lift = np.ones_like(x)
    for _ in range(10):
        low = x.real < 10
        if not low.any():
            break
        lift = np.where(low, lift * x, lift)
        x = np.where(low, x + 1, x)
    inverse = 1 / x
    square, series = inverse * inverse, 0.0 * x
    for factor in reversed(_STIRLING):
        series = series * square + factor
    return (x - 0.5) * np.log(x) - x + _HALF_LOG_2PI + series * inverse - np.log(lift)


def log_gamma_slopes(x: Floats) -> tuple[Floats, Floats]:
    """Returns the first and the second slope of ln Γ(x) of an array above 0: digamma and trigamma.

    The slopes of Stirling's series (DLMF 5.11.2 and 5.15.8) ten steps up, and back (5.5.2).
    """
    steps = 1 / (x + np.arange(10)[:, None])
    high = x + 10
    inverse = 1 / high
    square, first, second = inverse * inverse, 0.0 * x, 0.0 * x
    for place, factor in reversed(tuple(enumerate(_STIRLING))):
        first = first * square + (2 * place + 1) * factor
        second = second * square + (2 * place + 1) * (2 * place + 2) * factor
    digamma = np.log(high) - inverse / 2 - first * square - steps.sum(axis=0)
    trigamma = inverse + square / 2 + second * square * inverse + (steps * steps).sum(axis=0)
    return digamma, trigamma


def log_rising(start: Any, most: int) -> Any:
    """Returns ln of start · (start + 1) · ... (start + x - 1) for x from 0 to `most`: ln Γ(start + x) / Γ(start)."""
    return np.concatenate([np.zeros(1), np.cumsum(np.log(start + np.arange(most)))])


def hypergeometric_one(b: Any, c: Any, z: Any) -> Any:
    """Returns 2F1(1, b; c; z) for c > b > 0 and 0 <= z < 1, by Gauss's continued fraction (DLMF 15.7.1).

    The number of terms is chosen so that the rest is below 1e-12; it is 500 at most, which leaves less than
    1e-8 up to z = 0.9999.
    """
    largest = min(float(np.max(np.real(z), initial=0.0)), 1 - 1e-9)
    root = math.sqrt(1 - largest)
    pace = -2 * math.log(max((1 - root) / (1 + root), 1e-300)) / 2
    terms = int(min(500, 12 + 18 / max(pace, 1e-6)))
    base = c - 1
    rest = base + terms
    for step in range(terms - 1, -1, -1):
        half, odd = divmod(step, 2)
        up = (half + 1) * (base - b + half + 1) if odd else (b + half) * (base + half)
        rest = (base + step) - up * z / rest
    return base / rest


def jacobi(nodes: int, a: float, b: Any) -> tuple[Floats, Floats]:
    """Returns points in 0..1 and weights that average a smooth function over the Beta(a, b) distribution.

    With an array of b they stand in the last axis. Source: Golub & Welsch (1969), Mathematics of Computation
    23:221-230, with Jacobi's recurrence moved to 0..1.
    """
    alpha, beta = np.asarray(b, float)[..., None] - 1, a - 1
    k = np.arange(nodes, dtype=float)
    whole = 2 * k + alpha + beta
    later = whole[..., 1:]
    diagonal = np.empty(whole.shape)
    diagonal[..., :1] = (beta - alpha) / (alpha + beta + 2)
    diagonal[..., 1:] = (beta - alpha) * (beta + alpha) / (later * (later + 2))
    n = k[1:]
    top = 4 * n * (n + alpha) * (n + beta) * (n + alpha + beta)
    below = later**2 * (later + 1) * (later - 1)
    squares = top / np.where(below == 0, 1.0, below)
    squares[..., :1] = 4 * (1 + alpha) * (1 + beta) / ((2 + alpha + beta) ** 2 * (3 + alpha + beta))
    matrix, place = np.zeros((*whole.shape, nodes)), np.arange(nodes)
    matrix[..., place, place] = diagonal
    matrix[..., place[1:], place[:-1]] = np.sqrt(squares)  # its lower half, which is all that is looked at
    points, vectors = np.linalg.eigh(matrix)
    return np.clip((points + 1) / 2, 0.0, 1.0), vectors[..., 0, :] ** 2
