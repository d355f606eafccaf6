"""What drivers go with in feeling: how those who did or met a thing before their last answer scored, beside others."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.drivers.count import STRATA, Counts, Log, Place, counted
from klantreis.analyses.drivers.judge import SURE, Candidate, candidates_of
from klantreis.analyses.drivers.laid_out import said_of
from klantreis.analyses.drivers.options import Options
from klantreis.analyses.drivers.result import FeelDriver, FeelVerdict
from klantreis.journeys.examples import exchanged as examples_exchanged
from klantreis.journeys.examples import joined, named
from klantreis.journeys.last_answers import FEEL_UNIT
from klantreis.journeys.model import Bucket, Names
from klantreis.stats.association import adjusted
from klantreis.stats.intervals import Z95, Estimate
from klantreis.stats.means import Moments, mean
from klantreis.stats.quantiles import normal_tails
from klantreis.stats.scores import welch

Ints = NDArray[np.int64]
EXAMPLES = ("examples", "stay_examples")
VERDICTS: tuple[FeelVerdict, ...] = ("lower", "higher", "length", "unclear")


@dataclass(frozen=True, slots=True)
class Felt:
    """Those who answered: how many, the sum of their feelings and of the squares (the last axis), as `Part` has units
    by outcome.
    """

    did: Ints
    examples: Ints
    met: Ints
    stayed: Ints
    stay_examples: Ints
    everyone: Ints

    def __add__(self, other: Felt) -> Felt:
        """Returns both together."""
        pairs = {one.name: (getattr(self, one.name), getattr(other, one.name)) for one in fields(self)}
        return Felt(**{name: joined(*both) if name in EXAMPLES else both[0] + both[1] for name, both in pairs.items()})

    def exchanged(self, was: Felt, now: Felt) -> Felt:
        """Returns those of all when some, who were `was`, are `now`; see `stats.exchange`."""
        found = {}
        for one in fields(self):
            mine, gone, come = (getattr(part, one.name) for part in (self, was, now))
            found[one.name] = examples_exchanged(mine, gone, come) if one.name in EXAMPLES else mine - gone + come
        return Felt(**found)


def felt_of(bucket: Bucket, options: Options, log: Log, place: Place, rows: int) -> Felt:
    """Returns what those in a bucket who answered did before their last answer, with how they felt."""
    said = said_of(bucket, options)
    if not said.spot.size:
        return _nobody(counted(log, place, np.empty(0, np.bool_), rows, said))
    return Felt(*counted(log, place, np.empty(0, np.bool_), rows, said)[:6])


def _nobody(counts: Counts) -> Felt:
    """The same of a bucket without anybody, which is counted by outcome."""
    wide = {"did": counts.did, "met": counts.met, "stayed": counts.stayed, "everyone": counts.everyone}
    zeros = {name: np.zeros((*cells.shape[:-1], 3), np.int64) for name, cells in wide.items()}
    return Felt(examples=counts.examples, stay_examples=counts.stay_examples, **zeros)


def feel_of(part: Felt | None, options: Options, names: Names) -> tuple[tuple[FeelDriver, ...], int]:
    """Returns all that can be compared, the most telling first, and how many answered."""
    if part is None:
        return (), 0
    answered = int(part.everyone[:, 0].sum())
    enough = [one for one in candidates_of(part, options, names) if _enough(one, answered, options)]
    sides = [(_moments(one.did.sum(0)), _moments((one.among - one.did).sum(0))) for one in enough]
    gaps = [welch(*both, FEEL_UNIT) for both in sides]
    alike = [_alike(one) for one in enough]
    q = adjusted([1.0 if gap.p is None else gap.p for gap in gaps])
    alike_q = adjusted([1.0 if found is None else found[1] for found in alike])
    found = []
    for spot, one in enumerate(enough):
        same, gap = alike[spot], gaps[spot].gap
        driver = FeelDriver(
            one.kind, one.name, mean(sides[spot][0], FEEL_UNIT), mean(sides[spot][1], FEEL_UNIT), gap, q[spot],
            None if same is None else same[0], alike_q[spot], longer_than=one.longer_than, examples=named(one.examples),
        )  # fmt: skip
        found.append(replace(driver, verdict=_verdict(driver)))
    return tuple(sorted(found, key=_order)), answered


def _enough(one: Candidate, answered: int, options: Options) -> bool:
    did, all_ = int(one.did[:, 0].sum()), int(one.among[:, 0].sum())
    return min(did, all_ - did) >= max(options.n_min, 2) and did >= options.share_min * answered


def _alike(one: Candidate) -> tuple[Estimate, float] | None:
    """Returns the gap among those of like length and the p of none; None when no length has two on both sides.

    The gaps of the lengths, each weighing n1 n2 / (n1 + n2), as Cochran (1954), Biometrics 10:417-451; normal interval.
    """
    total = spread = weights = 0.0
    n = 0
    for stratum in range(STRATA):
        mine, others = _moments(one.did[stratum]), _moments(one.among[stratum] - one.did[stratum])
        if min(mine.n, others.n) < 2:
            continue
        weight = mine.n * others.n / (mine.n + others.n)
        total += weight * (mine.total / mine.n - others.total / others.n) / FEEL_UNIT
        spread += weight**2 * (_error(mine) + _error(others))
        weights += weight
        n += min(mine.n, others.n)
    if not weights or spread <= 0:
        return None
    gap, error = total / weights, math.sqrt(spread) / weights
    return Estimate(gap, n, gap - Z95 * error, gap + Z95 * error), normal_tails(abs(gap) / error)


def _error(side: Moments) -> float:
    """The squared error of a mean of feelings."""
    return (side.n * side.squares - side.total**2) / (side.n - 1) / side.n**2 / FEEL_UNIT**2


def _moments(cell: Ints) -> Moments:
    return Moments(*cell.tolist())


def _verdict(one: FeelDriver) -> FeelVerdict:
    """Returns what it goes with: sure after adjusting for all tests, and as sure among journeys of like length."""
    gap = one.gap.value
    if one.q > SURE or gap is None or one.alike is None or one.alike.value is None:
        return "unclear"
    if one.alike_q > SURE or (one.alike.value > 0) != (gap > 0):
        return "length"
    return "higher" if gap > 0 else "lower"


def _order(one: FeelDriver) -> tuple[object, ...]:
    return VERDICTS.index(one.verdict), -round(abs(one.gap.value or 0.0), 12), one.kind, one.name
