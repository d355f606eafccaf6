"""Sample-ratio alarm: were people divided over the groups as planned?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from klantreis.stats.quantiles import beta_below, chi_square_tail

ALARM = 0.001
"""Below this chance the alarm goes: one false alarm in a thousand tests (Fabijan et al. 2019, KDD)."""

FEW = 10_000
"""A group that is to have fewer people than this is told by the binomial."""


@dataclass(frozen=True, slots=True)
class Split:
    """How many people each group got, what it should have been, and the chance `p` of being this far off by luck."""

    counts: tuple[int, ...]
    planned: tuple[float, ...]
    p: float

    @property
    def alarm(self) -> bool:
        """Says whether the groups cannot be trusted: somebody fell out of one of them, or was never in it."""
        return self.p < ALARM


def split(counts: Sequence[int], planned: Sequence[float]) -> Split:
    """Returns the counts against planned shares (of any sum), by Pearson's chi-square; `p` 1 when nobody is there.

    Two groups of which one is to have fewer than 10,000 people are told by the binomial, twice its smaller tail. There
    the chi-square alarms too often: of 100 people with a tenth held out twice, with a hundredth four times.

    Source: Fabijan, Gupchup, Gupta, Omhover, Qin, Vermeer & Dmitriev (2019), "Diagnosing Sample Ratio Mismatch in
    Online Controlled Experiments", KDD.
    """
    total, whole = sum(counts), sum(planned)
    shares = tuple(share / whole for share in planned)
    if total == 0:
        return Split(tuple(counts), shares, 1.0)
    if len(counts) == 2 and total * min(shares) < FEW:
        return Split(tuple(counts), shares, _exact(counts[0], total, shares[0]))
    off = sum((count - total * share) ** 2 / (total * share) for count, share in zip(counts, shares, strict=True))
    return Split(tuple(counts), shares, chi_square_tail(off, len(counts) - 1))


def _exact(count: int, of: int, share: float) -> float:
    low = 1.0 if count == of else beta_below(of - count, count + 1, 1 - share)
    high = 1.0 if count == 0 else beta_below(count, of - count + 1, share)
    return min(1.0, 2 * min(low, high))
