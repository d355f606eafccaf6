"""Rows that are made when somebody looks."""

from __future__ import annotations

import pickle
from collections.abc import Sequence

from klantreis.analyses.later import Later


class Maker:
    def __init__(self) -> None:
        self.asked = 0

    def __call__(self) -> tuple[str, ...]:
        self.asked += 1
        return ("a", "b", "c")


def test_nothing_is_made_to_tell_how_many_and_all_is_made_once() -> None:
    maker = Maker()
    rows: Sequence[str] = Later(3, maker)
    assert len(rows) == 3
    assert maker.asked == 0
    assert (rows[0], rows[-1], rows[1:], list(rows)) == ("a", "c", ("b", "c"), ["a", "b", "c"])
    assert maker.asked == 1


def test_it_equals_a_tuple_of_the_same_rows_and_travels_as_one() -> None:
    rows: Later[str] = Later(3, Maker())
    same: Later[str] = Later(3, Maker())
    assert rows == ("a", "b", "c")
    assert rows == same
    assert rows != ("a", "b")
    assert hash(rows) == hash(("a", "b", "c"))
    assert pickle.loads(pickle.dumps(rows)) == ("a", "b", "c")
    assert repr(rows) == "('a', 'b', 'c')"
