"""Tails and quantiles against scipy, to ten digits."""

import math

import pytest
from scipy import stats

from klantreis.stats.quantiles import (
    chi_square_tail,
    normal_quantile,
    normal_tails,
    student_quantile,
    student_tails,
)

FREEDOMS = (0.7, 1, 1.5, 2, 5, 30, 123.4, 201, 5_000, 1e6)


@pytest.mark.parametrize("freedom", FREEDOMS)
@pytest.mark.parametrize("t", [1e-3, 0.01, 0.5, -1.96, 3, 10, 40])
def test_the_tails_of_students_t_are_those_of_scipy(t, freedom):
    assert student_tails(t, freedom) == pytest.approx(2 * stats.t.sf(abs(t), freedom), rel=1e-10, abs=1e-280)


@pytest.mark.parametrize("freedom", [one for one in FREEDOMS if one >= 1])
@pytest.mark.parametrize("chance", [0.001, 0.4, 0.5, 0.8, 0.975, 0.995])
def test_the_quantiles_of_students_t_are_those_of_scipy(chance, freedom):
    assert student_quantile(chance, freedom) == pytest.approx(stats.t.ppf(chance, freedom), rel=1e-10, abs=1e-12)


def test_students_t_of_endless_freedom_is_the_normal():
    assert student_tails(1.3, math.inf) == normal_tails(1.3) == pytest.approx(2 * stats.norm.sf(1.3), rel=1e-13)
    assert student_quantile(0.975, math.inf) == pytest.approx(normal_quantile(0.975), rel=1e-12)
    assert normal_quantile(0.975) == pytest.approx(stats.norm.ppf(0.975), rel=1e-14)


@pytest.mark.parametrize("freedom", [1, 2, 3, 10, 100])
@pytest.mark.parametrize("value", [0.001, 0.5, 3.84, 10.8, 50, 300])
def test_the_tail_of_chi_square_is_that_of_scipy(value, freedom):
    assert chi_square_tail(value, freedom) == pytest.approx(stats.chi2.sf(value, freedom), rel=1e-11)


def test_nothing_lies_below_a_chi_square_of_nothing():
    assert chi_square_tail(0, 3) == 1
