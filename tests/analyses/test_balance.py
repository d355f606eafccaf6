"""Effort balance: a case small enough to check by eye, a map without actions, and the laws of a fold."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.analyses import balance
from klantreis.analyses.balance import Asked, Given, Options
from klantreis.analyses.fold import fold
from klantreis.analyses.orders import Rule
from klantreis.testing import Touch, Trip, journeys_of, split

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")
DAY = 86_400
OPTIONS = Options(
    phases=(Given("win", "winning", 2, 10, 900), Given("buy", "winning"), Given("keep", "keeping", 1, None, 100)),
    touches=(("ad", "win"), ("order", "buy"), ("mail", "keep")),
    surveys=(Asked("ces", 1, 5, True, ("order",)),),
    orders=Rule(("order",)),
)
SHOP = [
    Trip("ann", (Touch("ad", 1), Touch("ad", 2), Touch("order", DAY, value=60), Touch("order", 9 * DAY, value=30))),
    Trip("bob", (Touch("ad", 1), Touch("order", DAY, value=10), Touch("order", DAY + 9, score=2, survey="ces"))),
    Trip("cas", (Touch("mail", 4),)),
]


def test_a_case_to_check_by_eye():
    found = fold(balance, journeys_of(SHOP), OPTIONS)
    win, buy, keep = found.phases
    assert (win.people, win.contacts.value, win.revenue) == (2, 1.5, None)
    assert (buy.people, buy.revenue, buy.score.value, buy.score.n) == (2, 100.0, 1.0, 1)
    assert (keep.people, keep.cost) == (1, 100)
    assert (found.cost_keeping, found.hours_keeping) == (0.1, 0.0)
    assert (found.revenue_first, found.revenue_later, found.revenue_again) == (70.0, 30.0, 0.3)
    assert (found.returning.value, found.returning.n) == (0.5, 2)
    assert (found.actions_winning, found.actions_keeping) == (2, 1)


def test_a_refund_before_the_first_order_is_no_later_revenue():
    bought = (Touch("order", 0, value=-5), Touch("order", 3 * DAY, value=40), Touch("order", 9 * DAY, value=30))
    found = fold(balance, journeys_of([Trip("ann", bought)]), OPTIONS)
    assert (found.revenue_first, found.revenue_later) == (35.0, 30.0)


def test_a_score_on_seven_points_is_not_rounded():
    asked = replace(OPTIONS, surveys=(Asked("ces", 1, 7, False, ("order",)),))
    row = (Touch("order", DAY), Touch("order", DAY + 9, score=3, survey="ces"))
    assert fold(balance, journeys_of([Trip("ann", row)]), asked).phases[1].score.value == pytest.approx(
        -2 / 3, abs=1e-9
    )


def test_a_refund_of_who_has_no_order_counts_in_no_phase_either():
    rows = [*SHOP, Trip("dirk", (Touch("order", DAY, value=-25),)), Trip("eva", (Touch("order", DAY, value=-7),))]
    bob = Trip("bob", (*SHOP[1].touches, Touch("order", 20 * DAY, value=-4)))
    found = fold(balance, journeys_of([rows[0], bob, *rows[2:]], buckets=2), OPTIONS)
    assert found.phases[1].revenue == 96.0
    assert (found.revenue_first, found.revenue_later) == (70.0, 26.0)
    assert found.phases[1].people == 4


def test_a_map_without_actions_has_nothing_to_weigh():
    found = fold(balance, journeys_of([]), Options((Given("win", "winning"),)))
    assert "actie" in found.why.text("nl")
    assert (found.cost_keeping, found.revenue_again, found.phases[0].people) == (None, None, 0)
    json.dumps(found.to_dict())
    assert found.rows()[0]["contacts"] is None


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 4), st.randoms())
def test_any_split_and_any_order_give_the_same_balance(buckets, chance):
    whole = journeys_of(SHOP)
    parts = [balance.measure(bucket, OPTIONS) for bucket in split(whole, SHOP, buckets).buckets]
    while len(parts) > 1:
        chance.shuffle(parts)
        parts.append(balance.merge(parts.pop(), parts.pop()))
    assert balance.finish(parts[0], OPTIONS, whole.about) == fold(balance, whole, OPTIONS)
