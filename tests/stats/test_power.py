"""How many people a test needs, against statsmodels 0.15.0."""

import pytest

from klantreis.errors import OptionError
from klantreis.stats.power import (
    days_for,
    people_for_mean,
    people_for_share,
    reach_factor,
    smallest_lift,
)


@pytest.mark.parametrize(
    ("base", "lift", "split", "people"),
    [
        # statsmodels 0.15.0: NormalIndPower().solve_power(proportion_effectsize(base * (1 + lift), base), power=0.8,
        # alpha=0.05, ratio=(1 - split) / split), both groups together.
        (0.05, 0.1, 0.5, 62434.846861555496),
        (0.05, 0.1, 0.9, 173430.1301668653),
        (0.05, 0.2, 0.5, 16285.190788872907),
        (0.05, 0.2, 0.9, 45236.64107891045),
        (0.3, 0.05, 0.5, 29709.186902326524),
    ],
)
def test_a_share_needs_as_many_people_as_statsmodels_says(base, lift, split, people):
    assert people - 1 <= people_for_share(base, lift, split=split) - 1 <= people + 1e-6


def test_the_numbers_of_the_plan_hold():
    # 62,000 at 50/50 and 173,000 with a tenth held out, of a base of 5 % and a lift of 10 %; 16,000 and 45,000 of 20 %.
    rounded = [round(people_for_share(0.05, lift, split=split), -3) for lift in (0.1, 0.2) for split in (0.5, 0.9)]
    assert rounded == [62_000, 173_000, 16_000, 45_000]


def test_a_mean_needs_as_many_people_as_statsmodels_says():
    # statsmodels 0.15.0: NormalIndPower().solve_power(2 / 30, power=0.9, alpha=0.01, ratio=1) * 2.
    assert people_for_mean(30, 2, power=0.9, alpha=0.01) == 13_392


def test_the_smallest_lift_is_the_one_that_needs_so_many_people():
    for base, split in ((0.05, 0.5), (0.4, 0.9)):
        lift = smallest_lift(base, 20_000, split=split)
        assert people_for_share(base, lift, split=split) == pytest.approx(20_000, abs=1)
    assert smallest_lift(0.05, 0) is None
    assert smallest_lift(0.9, 4) is None


def test_days_are_whole_and_nobody_never_comes():
    assert days_for(62_435, 400) == 157
    assert days_for(10, 0) is None
    assert reach_factor() == pytest.approx(2.8016, abs=1e-4)


@pytest.mark.parametrize(("base", "lift"), [(0, 0.1), (1, 0.1), (0.6, 0.7), (0.05, 0), (0.05, -1)])
def test_what_cannot_be_is_refused(base, lift):
    with pytest.raises(OptionError):
        people_for_share(base, lift)
    with pytest.raises(OptionError):
        people_for_share(0.05, 0.1, split=1)
