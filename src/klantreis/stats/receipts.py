"""Rows of orders and refunds, told as one row per customer."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.kernels import kernel

Ints = NDArray[np.int64]
NEVER = int(np.iinfo(np.int64).min)
BOUGHT, LATER, REFUND, PRICED, FRESH = 1, 2, 4, 8, 16
"""What a row is: an order up to the end or after it, a refund; with a value; the first of what makes one order."""


@kernel
def per_customer(rows: tuple[Any, ...], what: NDArray[np.uint8], room: Ints) -> tuple[int, int, int]:
    """Writes who bought in the columns of a room, by person; returns how many they are, how many refunds there are, and
    how many of these are of who bought nothing.

    The columns: the person; orders; first and last day; first and last period, and how many had an order; money, and
    what of it fell up to the first period; orders with a value; later periods. `rows` are the person, day, period and
    money of each, `what` says what it is. They stand by person and moment, so days and periods never fall within one.
    """
    person, day, step, money = rows
    many, all_refunds, lost, row = 0, 0, 0, 0
    while row < person.size:
        who, bought, orders, active, priced, later, refunds, spent, early = person[row], 0, 0, 0, 0, 0, 0, 0, 0
        first = last = begun = ended = after = NEVER
        while row < person.size and person[row] == who:
            kind, now = what[row], step[row]
            if kind & BOUGHT:
                if bought == 0:
                    first, begun = day[row], now
                bought += 1
                active += 1 if now != ended else 0
                last, ended = day[row], now
                orders += 1 if kind & FRESH else 0
                priced += 1 if kind & PRICED else 0
            elif kind & LATER:
                later += 1 if now != after else 0
                after = now
            elif kind & REFUND:
                refunds += 1
            # A refund of what was bought before the data begin is no later revenue.
            early += money[row] if bought == 0 or now <= begun else 0
            spent += money[row]
            row += 1
        all_refunds += refunds
        if bought == 0:
            lost += refunds
            continue
        told = (who, orders, first, last, begun, ended, active, spent, early, priced, later)
        for column in range(len(told)):
            room[column, many] = told[column]
        many += 1
    return many, all_refunds, lost
