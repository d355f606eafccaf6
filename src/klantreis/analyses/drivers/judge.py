"""Judges each driver: compared or too few, odds ratios, all tests together, and which of them are barriers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.barriers import NOT_COMPARED, Barrier, at_stake, placed
from klantreis.analyses.drivers.count import BINS, least
from klantreis.analyses.drivers.laid_out import rows_of
from klantreis.analyses.drivers.options import Kind, Options
from klantreis.analyses.drivers.result import Driver, FeelDriver, Verdict
from klantreis.journeys.examples import MORE, lowest, named
from klantreis.journeys.model import Names
from klantreis.labels import Label
from klantreis.stats.association import Table, adjusted, alike_test, odds_ratio, stratified
from klantreis.stats.compare import difference
from klantreis.stats.intervals import Estimate, share

Ints = NDArray[np.int64]
SURE, LOPSIDED, NEARLY_ALL, LONGEST = 0.05, 10, 0.95, 0.9
AMONG = ("failed", "repeat", "back")
"""Compared among those who met the touchpoint."""

NO_OUTCOME = Label(
    "Zonder doel is er niets om mee samen te hangen. Noem een uitkomst.",
    "Without a goal there is nothing to go with. Name an outcome.",
)
NOBODY = Label("Er is nog niemand van wie de afloop bekend is.", "There is nobody yet whose outcome is known.")
SAME = Label(
    "Iedereen of niemand haalt het doel, dus is er niets te vergelijken.",
    "Everybody or nobody reaches the goal, so there is nothing to compare.",
)


class Counted(Protocol):
    """What adds up over buckets: see `Part`."""

    @property
    def did(self) -> Ints:
        """Units by (row, stratum, outcome)."""

    @property
    def examples(self) -> Ints:
        """Examples by row."""

    @property
    def met(self) -> Ints:
        """Units that met a touchpoint, by (touchpoint, stratum, outcome)."""

    @property
    def stayed(self) -> Ints:
        """Units by (touchpoint, bin of the longest stay, stratum, outcome)."""

    @property
    def stay_examples(self) -> Ints:
        """Examples by touchpoint and bin."""

    @property
    def everyone(self) -> Ints:
        """Units by (stratum, outcome)."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing to compare: units by (stratum, outcome) with it, and all whom it is compared among."""

    kind: Kind
    name: str
    did: Ints
    among: Ints
    examples: tuple[int, ...]
    longer_than: float | None = None


def drivers_of(part: Counted, options: Options, names: Names) -> tuple[tuple[Driver, ...], int]:
    """Returns all that can be compared, the most telling first, and how many had too few."""
    candidates = candidates_of(part, options, names)
    everyone = int(part.everyone.sum())
    compared = [(one, strata) for one in candidates if _enough(strata := _tables(one), everyone, options)]
    made, tables = [_driver(*both) for both in compared], [strata for _, strata in compared]
    q = adjusted([one.odds.p for one in made])
    tests = [alike_test(strata) for strata in tables]
    alike = adjusted([1.0 if test is None else test[1] for test in tests])
    judged = []
    for spot, one in enumerate(made):
        verdict = _verdict(one.odds.value, tests[spot], q[spot], alike[spot])
        judged.append(replace(one, q=q[spot], alike_q=alike[spot], verdict=verdict))
    return tuple(sorted(judged, key=_order)), len(candidates) - len(compared)


def candidates_of(part: Counted, options: Options, names: Names) -> list[Candidate]:
    """Returns all that somebody did or met, whether or not enough people did."""
    return [*_rows(part, options, names), *_slow(part, options, names)]


def barriers_of(
    drivers: tuple[tuple[Driver, ...], tuple[FeelDriver, ...]],
    options: Options,
    of: tuple[int, int],
    worth: float | None,
) -> tuple[Barrier, ...]:
    """Returns what goes with leaving or with feeling worse, most people first, with what is at stake.

    `of`: how many units there are, and how many of them answered.
    """
    on_map = None if options.drawn is None else dict(options.drawn)
    known = {(one.kind, one.name): one for one in drivers[0]}
    felt = {(one.kind, one.name): one for one in drivers[1]}
    worse = [key for key, one in felt.items() if one.verdict == "lower"]
    left = [key for key, one in known.items() if one.verdict == "leaving" and not one.on_the_way]
    found = [_barrier(known.get(key), felt.get(key), of, worth) for key in dict.fromkeys([*left, *worse])]
    return tuple(placed(one, on_map) for one in sorted(found, key=lambda one: (-one.people, one.kind, one.at)))


def _rows(part: Counted, options: Options, names: Names) -> Iterator[Candidate]:
    codes = {name: code for code, name in enumerate(names.touchpoints)}
    somebody = np.any(part.did, axis=(1, 2))
    for row, (kind, name) in enumerate(rows_of(names, options)):
        if somebody[row]:
            among = part.met[codes[name]] if kind in AMONG else part.everyone
            yield Candidate(kind, name, part.did[row], among, lowest(part.examples[row].tolist()))


def _slow(part: Counted, options: Options, names: Names) -> Iterator[Candidate]:
    """Yields stays that are longer than expected, or than nine in ten people need."""
    expected = dict(options.expected)
    for code, name in enumerate(names.touchpoints[: len(part.stayed)]):
        stays = part.stayed[code]
        all_ = stays.sum(0)
        if not all_.any():
            continue
        first, seconds = (1, expected[name]) if expected.get(name, 0) > 0 else _beyond(heads(stays).sum(1))
        did = stays[first:].sum(0)
        if did.any():
            rows = part.stay_examples[code * BINS + first : (code + 1) * BINS]
            yield Candidate("slow", name, did, all_, lowest(rows[rows < MORE].tolist()), float(seconds))


def heads(cells: Ints) -> Ints:
    """Returns how many units are in each cell, by outcome or with their feelings."""
    many: Ints = cells.sum(-1) if cells.shape[-1] == 2 else cells[..., 0]
    return many


def _beyond(stays: Ints) -> tuple[int, int]:
    """Returns the first bin that at most one in ten reach, and the seconds where it begins."""
    below = np.cumsum(stays)
    first = int(np.searchsorted(below, LONGEST * below[-1], side="left")) + 1
    return first, least(first)


def _enough(strata: list[Table], everyone: int, options: Options) -> bool:
    a, b, c, d = _whole(strata)
    few = min(a + b, c + d) < max(options.n_min, 1) or a + b < options.share_min * everyone
    return not few and b + d > 0 and a + c > 0


def _driver(one: Candidate, strata: list[Table]) -> Driver:
    a, b, c, d = whole = _whole(strata)
    odds = odds_ratio(whole)
    return Driver(
        kind=one.kind,
        name=one.name,
        with_it=share(a, a + b),
        without_it=share(c, c + d),
        odds=odds,
        q=odds.p,
        alike=stratified(strata),
        on_the_way=one.kind in {"touchpoint", "event", "channel"} and a >= NEARLY_ALL * (a + c),
        lopsided=max(a + b, c + d) > LOPSIDED * min(a + b, c + d),
        longer_than=one.longer_than,
        examples=named(one.examples),
    )


def _tables(one: Candidate) -> list[Table]:
    return [_table(*both) for both in zip(one.did.tolist(), one.among.tolist(), strict=True)]


def _whole(strata: list[Table]) -> Table:
    a, b, c, d = (sum(cells) for cells in zip(*strata, strict=True))
    return a, b, c, d


def _table(did: list[int], among: list[int]) -> Table:
    missed, reached = did
    return reached, missed, among[1] - reached, among[0] - missed


def _verdict(odds: float, test: tuple[float, float] | None, q: float, alike_q: float) -> Verdict:
    """Returns what it goes with: sure after adjusting for all tests, and as sure among journeys of like length."""
    if q > SURE or test is None:
        return "unclear"
    if alike_q > SURE or (test[0] > 0) != (odds > 1):
        return "length"
    return "reaching" if odds > 1 else "leaving"


VERDICTS: tuple[Verdict, ...] = ("leaving", "reaching", "length", "unclear")


def _order(one: Driver) -> tuple[object, ...]:
    strength = abs(np.log(one.odds.value))
    return one.on_the_way, VERDICTS.index(one.verdict), -round(float(strength), 12), one.kind, one.name


def _barrier(one: Driver | None, felt: FeelDriver | None, of: tuple[int, int], worth: float | None) -> Barrier:
    """One barrier; `of`: as for `barriers_of`. Met by nobody before the outcome: it is of those who answered."""
    worse = NOT_COMPARED if felt is None else _less(felt.gap)
    if one is None:
        assert felt is not None
        people = felt.with_it.n
        return Barrier(
            felt.kind, felt.name, people, share(people, of[1]), NOT_COMPARED, None, felt.examples, severity_feel=worse
        )
    with_it, without_it = ((round((e.value or 0) * e.n), e.n) for e in (one.with_it, one.without_it))
    severity, people = difference(without_it, with_it), one.with_it.n
    stake = at_stake(people, severity, worth) if one.verdict == "leaving" else None
    return Barrier(
        one.kind, one.name, people, share(people, of[0]), severity, stake, one.examples, severity_feel=worse
    )  # fmt: skip


def _less(gap: Estimate) -> Estimate:
    """How much lower, of how much higher."""
    value, low, high = (None if one is None else -one for one in (gap.value, gap.high, gap.low))
    return Estimate(value, gap.n, low, high)
