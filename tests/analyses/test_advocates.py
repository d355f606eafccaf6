"""Advocates: a case small enough to check by eye, nothing at all, and the laws of a fold."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.analyses import advocates
from klantreis.analyses.fold import fold
from klantreis.analyses.orders import Rule
from klantreis.testing import Touch, Trip, journeys_of, split

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")
OPTIONS = advocates.Options(answers=("nps",), orders=Rule(("order",)), referrals=("refer",), invited=("invited",))
SHOP = [
    Trip("ann", (Touch("order", 1), Touch("nps", 2, score=10), Touch("order", 3))),  # promoter who came back: a fan
    Trip("bob", (Touch("order", 1), Touch("nps", 2, score=9), Touch("refer", 3))),  # promoter who refers: an advocate
    Trip("cas", (Touch("order", 1), Touch("nps", 2, score=9), Touch("nps", 5, score=3), Touch("order", 6))),  # last: 3
    Trip("dee", (Touch("invited", 1, detail="bob"), Touch("order", 2))),
    Trip("eve", (Touch("invited", 1, detail="bob"), Touch("nps", 2, score=7))),
    Trip("fay", (Touch("nps", 1, score=99),)),  # off the scale: no answer
]


def test_a_case_to_check_by_eye():
    found = fold(advocates, journeys_of(SHOP), OPTIONS)
    assert (found.people, found.answered, found.customers) == (6, 4, 4)
    assert (found.promoters.value, found.fans.value, found.advocates.value) == (0.5, 0.25, 0.5)
    assert (found.nps.value, found.advocates.n) == (0.25, 4)
    assert (found.again.value, found.again.n, found.others_again.value, found.others_again.n) == (0.5, 2, 1.0, 1)
    assert (found.referrals, found.referrers.value, found.invited) == (1, 0.25, 2)
    assert (found.invited_ordered.value, found.top) == (0.5, (advocates.Referrer("bob", 2, 1),))


def test_nobody_answered_is_said():
    found = fold(advocates, journeys_of([]), OPTIONS)
    assert (found.promoters.value, found.top) == (None, ())
    assert found.why.text("nl")
    json.dumps(found.to_dict())


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 6), st.randoms())
def test_any_split_and_any_order_give_the_same_advocates(buckets, chance):
    whole = journeys_of(SHOP)
    parts = [advocates.measure(bucket, OPTIONS) for bucket in split(whole, SHOP, buckets).buckets]
    while len(parts) > 1:
        chance.shuffle(parts)
        parts.append(advocates.merge(parts.pop(), parts.pop()))
    assert advocates.finish(parts[0], OPTIONS, whole.about) == fold(advocates, whole, OPTIONS)
