"""Sums of whole numbers that are right whatever their size, or are refused: 64 bits silently begin again at the bottom.

Amounts are whole numbers of a ten-thousandth, so 64 bits hold 922 trillion of a currency.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.errors import SourceError
from klantreis.labels import Label

Ints = NDArray[np.int64]
HALF = 32
MASK = (1 << HALF) - 1
ROOM = 1 << 62


def total(numbers: Ints) -> int:
    """Returns the sum of up to 2**31 whole numbers as a Python integer, exact at any size; no numbers: 0."""
    if not numbers.size:
        return 0
    if _largest(numbers) * numbers.size < ROOM:
        return int(numbers.sum())
    return (int((numbers >> HALF).sum()) << HALF) + int((numbers & MASK).sum())


def bulk(numbers: Ints) -> int:
    """Returns the sum of what whole numbers are without their sign: no sum of some of them is further from 0."""
    return total(np.abs(numbers))


def fitting(size: int) -> int:
    """Returns a `bulk`, when sums of such numbers fit in 64 bits. Raises SourceError when they may not."""
    if size < ROOM:
        return size
    raise _too_large()


def runs_fit(numbers: Ints, begin: Ints) -> None:
    """Raises SourceError when numbers of one run do not fit in 64 bits together; runs `begin` at these places."""
    if not numbers.size or _largest(numbers) * int(np.diff(begin, append=numbers.size).max()) < ROOM:
        return
    if float(np.add.reduceat(np.abs(numbers).astype(np.float64), begin).max()) >= ROOM:
        raise _too_large()


def _largest(numbers: NDArray[Any]) -> int:
    return max(abs(int(numbers.min())), abs(int(numbers.max())))


def _too_large() -> SourceError:
    return SourceError(
        Label(
            "De bedragen zijn samen te groot om precies op te tellen: boven 461 biljoen (461.168.601.842.738).",
            "The amounts together are too large to add up exactly: above 461 trillion (461,168,601,842,738).",
        ),
        where=Label("de kolom met het bedrag (value)", "the column of the amount (value)"),
        mend=Label(
            "Kijk of er een verkeerd bedrag tussen staat, of geef bedragen in duizendtallen of miljoenen.",
            "See whether a wrong amount is among them, or give amounts in thousands or millions.",
        ),
    )
