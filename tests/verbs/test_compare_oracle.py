"""`compare` against numpy and scipy, from the plain events on: nothing of it is asked of our own arithmetic."""

import numpy as np
import pytest
from scipy import stats

from klantreis.journeys.model import ENDED
from klantreis.map.read import map_of
from klantreis.testing import Touch, Trip, journeys_of
from klantreis.verbs.compare import compare

HOUR, DAY = 3600.0, 86_400.0
NAMES = ("zien", "mand", "koop")
MAP = map_of(
    """
    klantreis: 1
    id: winkel
    title: Winkel
    languages: [nl]
    phases:
      orienteren: {zien: {match: zien}}
      kiezen: {mand: {match: mand}}
      kopen: {koop: {match: koop}}
    segments: {naïef: soort = naïef, slim: soort = slim}
    kpis:
      mandt: {metric: conversion, from: zien, to: mand, label: Mandt}
      koopt: {metric: conversion, from: zien, to: koop, label: Koopt}
    """
)


def events(seed, people):
    """Returns (segment, times per touchpoint) of each person; one journey each."""
    chance = np.random.default_rng(seed)
    for _ in range(people):
        slim = bool(chance.random() < 0.4)
        mand = bool(chance.random() < (0.6 if slim else 0.5))
        koop = bool(mand and chance.random() < (0.7 if slim else 0.4))
        waits = chance.exponential(HOUR * (2 if slim else 3), 2)
        yield "slim" if slim else "naïef", [0.0, *([waits[0]] if mand else []), *([waits.sum()] if koop else [])]


def newcombe(hits, n, hits2, n2):
    """Newcombe (1998), method 10, written out from the paper."""
    z = stats.norm.ppf(0.975)

    def wilson(x, m):
        middle, half = (2 * x + z * z) / (2 * (m + z * z)), z * np.sqrt(z * z + 4 * x * (1 - x / m)) / (2 * (m + z * z))
        return middle - half, middle + half

    (low, high), (low2, high2) = wilson(hits, n), wilson(hits2, n2)
    p, p2 = hits / n, hits2 / n2
    return (
        p - p2 - np.sqrt((p - low) ** 2 + (high2 - p2) ** 2),
        p - p2 + np.sqrt((high - p) ** 2 + (p2 - low2) ** 2),
    )


@pytest.mark.parametrize("seed", range(4))
def test_two_segments_differ_as_scipy_says(seed):
    listed = list(events(seed, 700))
    trips = []
    for n, (segment, times) in enumerate(listed):
        touches = [Touch(name, n * DAY + at) for name, at in zip(NAMES, times, strict=False)]
        trips.append(Trip(f"p{n}", tuple(touches), state=ENDED, segments=(segment,)))
    found = compare(journeys_of(trips, buckets=3, touchpoints=NAMES), MAP, "slim", other="naïef")
    sides = {name: [times for segment, times in listed if segment == name] for name in ("slim", "naïef")}
    n = {name: len(rows) for name, rows in sides.items()}
    assert found.n == found.people == (n["slim"], n["naïef"])
    expected = {}
    for length, ids in ((2, (("phase", "kiezen"), ("kpi", "mandt"))), (3, (("phase", "kopen"), ("kpi", "koopt")))):
        hits = {name: sum(len(times) >= length for times in rows) for name, rows in sides.items()}
        table = [[hits[name], n[name] - hits[name]] for name in ("slim", "naïef")]
        chi = stats.chi2_contingency(table, correction=False)
        for one in ids:
            expected[one] = (hits["slim"] / n["slim"] - hits["naïef"] / n["naïef"], chi.pvalue,
                             newcombe(hits["slim"], n["slim"], hits["naïef"], n["naïef"]))  # fmt: skip
    lines = {(line.kind, line.id): line for line in found.lines}
    for key, (gap, p, ends) in expected.items():
        line = lines[key]
        assert line.difference.value == pytest.approx(gap, abs=1e-12)
        assert line.p == pytest.approx(p, rel=1e-9)
        assert (line.difference.low, line.difference.high) == pytest.approx(ends, abs=1e-9)
    judged = [line for line in found.lines if line.p is not None]
    told = stats.false_discovery_control([line.p for line in judged], method="bh")
    assert [line.q for line in judged] == pytest.approx(told.tolist(), rel=1e-9)
    whole = lines["time", "journey"]
    medians = [np.median([times[-1] for times in sides[name]]) for name in ("slim", "naïef")]
    assert (whole.one.value, whole.other.value) == pytest.approx(medians, rel=0.02)
    assert [line.sure for line in found.lines] == sorted((line.sure for line in found.lines), reverse=True)
