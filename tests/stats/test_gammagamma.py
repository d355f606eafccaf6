"""What customers are expected to spend, together."""

import numpy as np
import pytest

from klantreis.stats import gammagamma


@pytest.mark.parametrize("parameters", [(6.25, 3.74, 15.44), (0.4, 1.5, 900.0), (0.2, 0.3, 5.0)])
def test_a_sum_by_how_often_somebody_came_is_that_over_all_customers(parameters):
    chance = np.random.default_rng(4)
    again = chance.integers(0, 9, 500)
    mean, weights = chance.gamma(2, 30, 500), chance.uniform(0, 3, 500)
    one_by_one = weights @ gammagamma.spent(np.array(parameters), again, mean)
    together = gammagamma.summed(again, mean, weights)(np.array(parameters))
    assert together == pytest.approx(one_by_one, rel=1e-12, nan_ok=True)
    assert np.isnan(together) == (parameters[1] < 1)


def test_the_mean_square_is_that_of_drawn_customers():
    chance = np.random.default_rng(6)
    again, mean = np.array([0, 1, 4]), np.array([0.0, 12.0, 30.0])
    p, q, v = 6.25, 3.74, 15.44
    own = p / chance.gamma(q + p * again, 1 / (v + again * mean), (400_000, 3))
    assert gammagamma.spent(np.array([p, q, v]), again, mean) == pytest.approx(own.mean(0), rel=0.01)
    assert gammagamma.squared(np.array([p, q, v]), again, mean) == pytest.approx((own * own).mean(0), rel=0.03)
    assert gammagamma.squared(np.array([p, 1.5, v]), again, mean)[0] == np.inf
