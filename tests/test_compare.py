"""Two groups on every measure: hand cases, scipy's tests, and the promise about false finds."""

import numpy as np
import pytest
from scipy import stats as scipy_stats

import klantreis
from klantreis.analyses.comparison import Comparison, Measure, lined
from klantreis.errors import OptionError
from klantreis.journeys.model import About, Names
from klantreis.journeys.slices import sliced
from klantreis.stats.intervals import Estimate, share
from klantreis.testing import Touch, Trip, journeys_of


def shares(name, count, of):
    return Measure("phase", name, "share", share(count, of), of_cases=True)


def test_a_share_is_tested_as_scipy_does_and_sorted_before_a_weaker_one():
    one = [shares("weak", 510, 1000), shares("strong", 600, 1000)]
    other = [shares("weak", 500, 1000), shares("strong", 400, 1000)]
    strong, weak = lined(one, other)
    assert (strong.id, strong.sure, weak.id, weak.sure) == ("strong", True, "weak", False)
    table = [[510, 490], [500, 500]]
    assert weak.p == pytest.approx(scipy_stats.chi2_contingency(table, correction=False).pvalue)
    assert strong.q == pytest.approx(2 * strong.p)  # Benjamini and Hochberg by hand: p * 2 / 1
    assert weak.q == pytest.approx(weak.p)


def test_strength_is_the_difference_in_standard_deviations():
    (line,) = lined([shares("a", 600, 1000)], [shares("a", 400, 1000)])
    assert line.strength.value == pytest.approx(0.2 / 0.5)  # together half of them: variance 0.25
    assert line.strength.low < line.strength.value < line.strength.high


def test_too_few_in_a_group_are_shown_and_not_judged():
    (line,) = lined([shares("a", 10, 19)], [shares("a", 1, 1000)])
    assert (line.p, line.q, line.sure) == (None, None, False)
    assert line.why.text("en") == "too few (n = 19, need 20)"
    assert line.difference.value == pytest.approx(10 / 19 - 0.001)


def test_an_estimate_without_an_interval_is_not_judged():
    bare = Measure("kpi", "a", "money", Estimate(3.0, 100))
    (line,) = lined([bare], [bare])
    assert line.why.text("en") == "no interval known"


def test_groups_that_do_not_differ_give_a_sure_line_in_at_most_five_of_a_hundred():
    chance, wrong = np.random.default_rng(2), 0
    for _ in range(400):
        sides = [[shares(str(k), int(chance.binomial(500, 0.1 + 0.08 * k)), 500) for k in range(10)] for _ in range(2)]
        wrong += any(line.sure for line in lined(*sides))
    assert wrong / 400 <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / 400)


def test_the_rest_is_everybody_who_is_not_in_the_segment():
    listed = [Trip(f"p{n}", (Touch("a", n),), segments=("x",) if n < 3 else ()) for n in range(10)]
    journeys = journeys_of(listed, buckets=3)
    assert sliced(journeys, segment="x").journeys == 3
    assert sliced(journeys, without="x").journeys == 7
    with pytest.raises(OptionError, match="no segment 'y'"):
        sliced(journeys, without="y")


def test_empty_groups_are_a_picture_that_says_so():
    found = Comparison(About(names=Names((), ())), names=("a", None))
    assert found.rows() == []
    assert klantreis.picture(found, language="nl")
