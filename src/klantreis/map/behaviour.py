"""What a segment may ask of the journey itself: what was done, how often, by which channels, for how much, how long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from klantreis.map.kinds import Comparison

Fact = Literal["times", "touches", "days", "value", "channels", "number", "channel", "first_channel", "last_channel"]
"""`times` at a touchpoint; of the whole journey: its touches, its length in days, the sum of its values, how many
channels, which trip of this person it is (1 is the first), any channel, the channel of the first and of the last touch.
"""


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One test on what happened in a journey: `fact comparison values`; `touchpoint` is that of `times`.

    `within_seconds`: only the first so many seconds of the journey count, the last one included; None: all of it.
    """

    fact: Fact
    comparison: Comparison
    values: tuple[str | float | bool, ...]
    touchpoint: str | None = None
    within_seconds: float | None = None
