"""A count that is not told, so that nobody can be found in it: '< 10', or '≥ 10' where it would give another away."""

from __future__ import annotations

from typing import Literal


class Untold(int):
    """A count of which only a bound is told: fewer than `least` (`sign` '<'), or that many and more ('≥').

    As a number it is the largest (or smallest) that it can be, whatever it was, so that a picture which draws it says
    no more than its words do.
    """

    least: int
    sign: Literal["<", "≥"]

    def __new__(cls, least: int, sign: Literal["<", "≥"] = "<") -> Untold:
        """Makes one for a bound; which number it stands for is not asked."""
        made = super().__new__(cls, least - 1 if sign == "<" else least)
        made.least, made.sign = least, sign
        return made

    def __getnewargs__(self) -> tuple[int, Literal["<", "≥"]]:  # type: ignore[override]
        """Returns what makes the same one again, for copies."""
        return self.least, self.sign

    def __repr__(self) -> str:
        """Returns what is told: '< 10'."""
        return f"{self.sign} {self.least}"

    __str__ = __repr__
