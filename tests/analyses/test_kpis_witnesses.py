"""How sure a KPI is: journeys of one person are no separate witnesses, and who is too young does not count yet."""

import numpy as np
import pytest

from klantreis.analyses import kpis
from klantreis.analyses.fold import fold
from klantreis.analyses.kpi_young import Young
from klantreis.analyses.kpis import Options
from klantreis.labels import plain
from klantreis.map.model import Kpi
from klantreis.stats.clustered import Clusters, clustered_share
from klantreis.stats.intervals import share
from klantreis.testing import Touch, Trip, journeys_of, split

from .test_kpis import PHASES, one, trip


def test_cases_that_may_be_too_young_add_up_as_counters_do():
    one = Young(np.array([-1, 6, 7]), np.array([1, 2, 3]))
    other = Young(np.array([6, 9]), np.array([4, 1]))

    both = one + other

    assert dict(zip(both.case.tolist(), both.often.tolist(), strict=True)) == {-1: 1, 6: 6, 7: 3, 9: 1}
    assert both.ripe(10, 13) == {0: 6, 1: 4}
    back = both.exchanged(other, None)
    assert (back.case.tolist(), back.often.tolist()) == (one.case.tolist(), one.often.tolist())


def test_closed_no_case_is_too_young():
    log = journeys_of([trip("a", "product", "paid"), trip("b", "product", at=50)], touchpoints=("product", "paid"))
    asked = Kpi("k", plain("k"), "conversion", start="product", end="paid", within="3 min")
    options = Options((asked,), (), PHASES)

    assert kpis.measure(log.buckets[0], options).tallies["k", None].young.case.size == 2
    found = kpis.measure(log.buckets[0], options, closed=True).tallies["k", None]
    assert (found.counts, found.young.case.size) == ({1: 1, 0: 1}, 0)


def test_orders_of_one_person_are_no_separate_witnesses_of_a_mean_value():
    amounts = [3, 5, 5, 8, 13, 21, 34, 55] * 5

    def log(times):
        return [
            Trip(f"p{who}", tuple(Touch("paid", place, value=amount) for place in range(times)))
            for who, amount in enumerate(amounts)
        ]

    once, often = (one(log(times), "value_mean", at="paid").estimate for times in (1, 6))
    assert (often.n, once.n) == (240, 40)
    assert (often.value, often.low, often.high) == pytest.approx((once.value, once.low, once.high))


def test_journeys_of_one_person_are_no_separate_witnesses_of_a_share():
    """Each person always or never pays: with six journeys each, as sure as with one, and n counts the journeys."""

    def log(times):
        return [
            trip(f"p{who:02}", "product", *(["paid"] if who < 12 else [])) for who in range(40) for _ in range(times)
        ]

    kpi = {"start": "product", "end": "paid"}
    once, often = (one(log(times), "conversion", **kpi).estimate for times in (1, 6))
    assert (once.n, often.n) == (40, 240)
    assert (often.value, often.low, often.high) == pytest.approx((once.value, once.low, once.high), rel=0.02)


def test_a_share_of_some_journeys_of_each_person_is_as_sure_as_a_plain_count_says():
    chance = np.random.default_rng(5)
    paid = [(f"p{who:02}", bool(chance.random() < who / 30)) for who in range(30) for _ in range(chance.integers(1, 6))]
    log = [trip(who, "product", *(["paid"] if pays else [])) for who, pays in paid]
    hits, all_ = (
        np.array([sum(w == f"p{n:02}" and (p or every) for w, p in paid) for n in range(30)]) for every in (0, 1)
    )
    witnesses = Clusters(int(all_.sum()), 30, int(all_ @ all_))
    expected = clustered_share(int(hits.sum()), witnesses, int(hits @ hits), int(hits @ all_))
    assert one(log, "conversion", start="product", end="paid").estimate == expected


def test_journeys_of_one_person_are_no_separate_witnesses_within_a_time_either():
    chance = np.random.default_rng(6)
    drawn = [
        (who, 1000 * nth + int(chance.integers(0, 900)), bool(chance.random() < who / 30))
        for who in range(30)
        for nth in range(chance.integers(1, 6))
    ]
    log = [trip(f"p{who:02}", "product", *(["paid"] if pays else []), at=at) for who, at, pays in drawn]
    last, hits, all_ = max(at + 60 * pays for _, at, pays in drawn), np.zeros(30, int), np.zeros(30, int)
    for who, at, pays in drawn:
        hits[who] += pays and at + 2000 <= last
        all_[who] += at + 2000 <= last
    witnesses = Clusters(int(all_.sum()), np.count_nonzero(all_), int(all_ @ all_))
    expected = clustered_share(int(hits.sum()), witnesses, int(hits @ hits), int(hits @ all_))
    kpi = Kpi("k", plain("k"), "conversion", start="product", end="paid", within="2000 s")
    whole = journeys_of(log, touchpoints=("product", "paid"))
    assert {fold(kpis, split(whole, log, n), Options((kpi,))).values[0].estimate for n in (1, 3, 9)} == {expected}
    assert expected.high > share(int(hits.sum()), expected.n).high
