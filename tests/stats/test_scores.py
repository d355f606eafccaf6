"""Two groups of scores, against scipy and the olist figures of pandas and scipy."""

import csv
import gzip
import json
from collections import Counter
from datetime import datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from klantreis.stats.means import moments_of
from klantreis.stats.nps import nps_gap
from klantreis.stats.scores import mann_whitney, welch

LATE, ON_TIME = [1, 1, 2, 5, 3, 1], [5, 4, 5, 5, 3, 5, 2, 4]
scores = st.lists(st.integers(1, 7), min_size=1, max_size=30)


def counted(numbers):
    return Counter(numbers).items()


def test_welch_and_its_interval_are_those_of_scipy():
    found = welch(moments_of(counted(LATE)), moments_of(counted(ON_TIME)))
    told = stats.ttest_ind(LATE, ON_TIME, equal_var=False)
    assert (found.t, found.p) == pytest.approx((told.statistic, told.pvalue), abs=1e-12)
    assert (found.gap.low, found.gap.high) == pytest.approx(tuple(told.confidence_interval()), abs=1e-10)
    assert found.gap.n == 6


@settings(max_examples=60, deadline=None)
@given(scores, scores)
def test_ranks_are_those_of_scipy_ties_included(one, other):
    found = mann_whitney(counted(one), counted(other))
    told = stats.mannwhitneyu(one, other, method="asymptotic")
    assert found.u == told.statistic
    assert found.ahead == pytest.approx(np.mean([(a > b) + (a == b) / 2 for a in one for b in other]))
    if found.p is None:
        assert len({*one, *other}) == 1
    else:
        assert found.p == pytest.approx(told.pvalue, abs=1e-10)


def test_what_cannot_be_told_is_not_told():
    none, one, same = moments_of([]), moments_of([(3, 1)]), moments_of([(4, 9)])
    assert welch(none, same).gap.value is None
    assert (welch(one, same).gap.value, welch(one, same).gap.low, welch(one, same).p) == (-1, None, None)
    assert (welch(same, same).gap.value, welch(same, same).p) == (0, None)
    assert mann_whitney([], [(1, 1)]) is None
    assert mann_whitney([(4, 3)], [(4, 2)]).p is None


def test_two_recommendation_scores_differ_as_r_says(shared):
    case = json.loads((shared / "oracles/satisfaction/nps_cases.json").read_text())["cases"][-1]
    # The samples are not in the oracle; these have its scores and its standard error: 60/20 and 45/25 of 100.
    gap, p = nps_gap((60, 20, 100), (45, 25, 100))
    assert (gap.value, p) == pytest.approx((case["delta"], case["p"]), abs=1e-7)
    assert (gap.low, gap.high) == pytest.approx((case["lo"], case["hi"]), abs=1e-7)
    assert nps_gap((0, 0, 0), (1, 0, 1)) == (nps_gap((0, 0, 0), (1, 0, 1))[0], None)


def _orders(shared):
    def table(name):
        with gzip.open(shared / f"data/olist_sample_3k/olist_{name}_dataset.csv.gz", "rt", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    scored = {}
    for row in table("order_reviews"):
        scored.setdefault(row["order_id"], []).append(int(row["review_score"]))
    for row in table("orders"):
        brought, promised = (
            row[f"order_{name}"] and datetime.fromisoformat(row[f"order_{name}"])
            for name in ("delivered_customer_date", "estimated_delivery_date")
        )
        for score in scored.get(row["order_id"], ()) if brought else ():
            yield brought > promised, score


def test_late_and_on_time_olist_orders_equal_scipy(shared):
    told = json.loads((shared / "oracles/satisfaction/olist_3k_durations_csat.json").read_text())["csat"]
    rows = list(_orders(shared))
    late, on_time = ([score for is_late, score in rows if is_late == side] for side in (True, False))
    gap = welch(moments_of(counted(late)), moments_of(counted(on_time)))
    assert (gap.t, gap.p) == pytest.approx(tuple(told["welch_t"]), rel=1e-6)
    found = mann_whitney(counted(late), counted(on_time))
    assert (found.u, found.p) == pytest.approx(tuple(told["mannwhitney"]), rel=1e-6)
