"""Concentration: hand cases, an outside figure on a real shop, coverage of the intervals, the laws of a fold."""

import json
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.analyses import concentration
from klantreis.analyses.fold import fold
from klantreis.analyses.orders import Rule
from klantreis.errors import OptionError
from klantreis.stats.concentration import gini, lorenz, needed, top_share
from klantreis.testing import Touch, Trip, journeys_of, split

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")


def bought(*values):
    return journeys_of([Trip(f"c{n}", (Touch("order", n, value=value),)) for n, value in enumerate(values)])


def test_one_of_four_who_brings_nearly_all():
    found = fold(concentration, bought(97, 1, 1, 1), concentration.Options(customers=0.25))
    assert (found.needed, found.customers_share.value, found.revenue_share.value) == (1, 0.25, 0.97)
    assert found.gini.value == pytest.approx(0.72)
    assert found.gini.low is None


def test_alike_customers_are_not_concentrated():
    found = fold(concentration, bought(*[5] * 10), concentration.Options())
    assert (found.needed, found.customers_share.value, found.revenue_share.value) == (8, 0.8, 0.2)
    assert found.gini.value == pytest.approx(0, abs=1e-12)


def test_a_curve_runs_from_nobody_to_everybody_and_never_falls():
    points = lorenz(np.sort(np.random.default_rng(1).lognormal(size=500)))
    assert (points[0], points[-1]) == ((0.0, 0.0), (1.0, 1.0))
    assert all(one <= other for one, other in pairwise(points))


def test_the_top_tenth_of_a_real_shop_equals_pandas(shared):
    summary = json.loads((shared / "oracles/rfm/online_retail_summary.json").read_text("utf-8"))
    import pandas

    money = pandas.read_csv(shared / "oracles/rfm/online_retail_rfm.csv")["monetary"]
    share = top_share(np.sort(money.to_numpy()), 0.1).value
    assert share == pytest.approx(summary["revenue_share_top_decile_customers"], abs=1e-9)


@pytest.mark.parametrize("number", [gini, lambda v: top_share(v, 0.2), lambda v: needed(v, 0.8)[1]])
def test_intervals_hold_the_truth_as_often_as_they_say(number):
    chance = np.random.default_rng(7)
    truth = number(np.sort(chance.gamma(1.5, size=1_000_000))).value
    drawn = (number(np.sort(chance.gamma(1.5, size=500))) for _ in range(400))
    held = np.mean([one.low <= truth <= one.high for one in drawn])
    assert 0.92 <= held <= 0.975


@pytest.mark.parametrize(
    ("number", "truth"),
    [(gini, 0.25), (lambda v: top_share(v, 0.2), 0.2**0.6), (lambda v: needed(v, 0.8)[1], 0.8 ** (2.5 / 1.5))],
)
def test_intervals_hold_the_truth_of_a_long_tail(number, truth):
    """A Pareto tail of 2.5, of which Gini and Lorenz curve are known: a normal limit held it in 88 to 89 %."""
    chance = np.random.default_rng(9)
    drawn = [number(np.sort(10 * (1 + chance.pareto(2.5, 300)))) for _ in range(600)]
    assert np.mean([one.low <= truth <= one.high for one in drawn]) >= 0.925
    assert number(np.sort(chance.pareto(2.5, 299))).low is None


def test_a_customer_below_zero_counts_as_zero():
    trips = [
        Trip("ann", (Touch("order", 1, value=5), Touch("order", 2, value=-9))),
        Trip("bob", (Touch("order", 1, value=5),)),
    ]
    found = fold(concentration, journeys_of(trips), concentration.Options())
    assert (found.below_zero, found.needed, found.money) == (1, 1, 1.0)


def test_nothing_and_no_amounts_say_so():
    assert "bedrag" in fold(
        concentration, journeys_of([Trip("a", (Touch("order", 1),))]), concentration.Options(Rule(("order",)))
    ).why.text("nl")
    empty = fold(concentration, journeys_of([]), concentration.Options())
    assert (empty.needed, empty.gini.value, empty.rows()) == (0, None, [])
    json.dumps(empty.to_dict())


def test_a_share_above_one_is_refused():
    with pytest.raises(OptionError, match="80 is not a share"):
        fold(concentration, bought(1), concentration.Options(revenue=80))


shops = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(-2, 50)), max_size=20)


@settings(max_examples=60, deadline=None)
@given(shops, st.integers(1, 5), st.randoms())
def test_any_split_and_any_order_give_the_same_concentration(rows, buckets, chance):
    made = [Trip(who, (Touch("order", place, value=value),)) for place, (who, value) in enumerate(rows)]
    whole, options = journeys_of(made), concentration.Options()
    parts = [concentration.measure(bucket, options) for bucket in split(whole, made, buckets).buckets]
    while len(parts) > 1:
        chance.shuffle(parts)
        parts.append(concentration.merge(parts.pop(), parts.pop()))
    assert concentration.finish(parts[0], options, whole.about) == fold(concentration, whole, options)
