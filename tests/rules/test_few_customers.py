"""Few customers who bring most: only when surely so, of enough customers, and where orders have values."""

from dataclasses import replace

import numpy as np

from klantreis.analyses import concentration
from klantreis.analyses.fold import fold
from klantreis.analyses.orders import Rule
from klantreis.rules import few_customers
from klantreis.testing import Touch, Trip, journeys_of


def divided(values):
    trips = [Trip(f"c{n}", (Touch("paid", n, value=float(value)),)) for n, value in enumerate(values)]
    return fold(concentration, journeys_of(trips), concentration.Options(Rule(("paid",))))


def test_a_few_customers_who_bring_most_are_told_with_their_number(shop, changed):
    # 80 % of 60 x 100 + 940 x 0.5 = 6,470 is 5,176: 52 customers of 100 each.
    values = np.r_[np.full(60, 100.0), np.full(940, 0.5)]
    (found,) = few_customers.check(shop, replace(changed(), more={"concentration": divided(values)}))
    assert found.title.text("nl") == "52 van de 1.000 klanten brengen 80,0% van de omzet"
    assert (found.people, found.place.id, found.evidence[0].n) == (52, "paid", 1000)


def test_alike_customers_few_customers_or_no_values_say_nothing(shop, changed):
    for values in (np.full(1000, 5.0), [100.0, *[1.0] * 28], []):
        assert list(few_customers.check(shop, replace(changed(), more={"concentration": divided(values)}))) == []
    assert list(few_customers.check(shop, changed())) == []
