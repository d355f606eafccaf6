"""Elementary functions of numbers with a very slight imaginary part: what a complex step (1e-30) needs, and quick.

At a height of 1e-30 above a real x, f(x + ih) is f(x) + ih f'(x) to the last digit, so the general functions of a
complex number, which take ten times as long, have nothing to add. Source: Squire & Trapp (1998), SIAM Review
40:110-112. Real numbers give real numbers.
"""

from __future__ import annotations

from typing import Any

import numpy as np


def log(x: Any) -> Any:
    """Returns the natural logarithm of an array with positive real parts."""
    if not np.iscomplexobj(x):
        return np.log(x)
    return _joined(np.log(x.real), x.imag / x.real)


def exp(x: Any) -> Any:
    """Returns e to the power of each number of an array."""
    if not np.iscomplexobj(x):
        return np.exp(x)
    real = np.exp(x.real)
    return _joined(real, real * x.imag)


def log1p(x: Any) -> Any:
    """Returns the natural logarithm of one more than each number of an array with real parts above -1."""
    if not np.iscomplexobj(x):
        return np.log1p(x)
    return _joined(np.log1p(x.real), x.imag / (1 + x.real))


def _joined(real: Any, imaginary: Any) -> Any:
    found = np.empty(np.shape(real), np.complex128)
    found.real, found.imag = real, imaginary
    return found
