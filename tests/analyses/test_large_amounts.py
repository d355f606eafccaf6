"""Amounts whose sum 64 bits do not hold: the right sum, or a refusal; never one that began again at the bottom."""

import pandas
import pytest

import klantreis
from klantreis.analyses import balance, effect, kpis
from klantreis.analyses.fold import fold
from klantreis.errors import SourceError
from klantreis.journeys.behaviour import _value
from klantreis.labels import plain
from klantreis.map.model import Kpi
from klantreis.map.work import Arm, Change
from klantreis.testing import Touch, Trip, journeys_of

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")
DAY = 86_400.0
EACH = 90_000_000_000_000.0
COLUMNS = {"person": "who", "at": "at", "event": "event", "value": "value"}


def orders(people, each, per=2):
    start = pandas.Timestamp("2026-01-01", tz="UTC")
    rows = [
        {"who": f"p{who}", "at": start + pandas.Timedelta(days=7 * turn, hours=who), "event": "order", "value": each}
        for who in range(people)
        for turn in range(per)
    ]
    seen = [{"who": f"p{who}", "at": start, "event": "seen", "value": None} for who in range(people)]
    return pandas.DataFrame(seen + rows)


def test_revenue_of_all_is_right_above_what_64_bits_hold():
    frame, whole = orders(40, EACH), 40 * 2 * EACH
    assert klantreis.rfm(frame, **COLUMNS).money == whole
    assert sum(group.money for group in klantreis.rfm(frame, **COLUMNS).groups) == whole
    assert klantreis.concentration(frame, **COLUMNS).money == whole
    assert klantreis.concentration(orders(40, EACH, per=1), **COLUMNS).once_money_share == 1
    assert klantreis.drivers(frame, outcome="order", **COLUMNS).per_success == EACH


def test_balance_and_kpis_add_up_above_what_64_bits_hold():
    rows = [Trip(f"p{who}", tuple(Touch("koopt", day * DAY, value=EACH) for day in (1, 9))) for who in range(40)]
    log = journeys_of(rows, buckets=2)
    found = fold(balance, log, balance.Options())
    assert (found.revenue_first, found.revenue_later) == (40 * EACH, 40 * EACH)
    (total,) = fold(kpis, log, kpis.Options((Kpi("omzet", plain("Omzet"), "value_sum", at="koopt"),))).values
    assert total.estimate.value == 80 * EACH


def test_one_person_who_spends_too_much_to_add_up_is_refused():
    with pytest.raises(SourceError, match="too large to add up"):
        klantreis.rfm(orders(2, EACH, per=20), **COLUMNS)
    log = journeys_of([Trip("p", tuple(Touch("koopt", day * DAY, value=EACH) for day in range(20)))])
    with pytest.raises(SourceError, match="too large to add up"):
        _value(log.buckets[0])


def test_values_too_large_to_divide_over_channels_are_refused_and_large_ones_are_not():
    with pytest.raises(SourceError, match="too large to add up"):
        klantreis.attribution(orders(40, EACH), conversions="order", by="event", own=True, **COLUMNS)
    found = klantreis.attribution(orders(2, EACH), conversions="order", by="event", own=True, **COLUMNS)
    assert found.value == 4 * EACH


@pytest.mark.parametrize("arms", [{}, {"treated": Arm("nieuw"), "control": Arm("oud")}])
def test_an_effect_on_values_too_large_to_add_up_is_refused(arms):
    rows = [
        Trip(f"p{day}{arm}", (Touch("koopt", (20_600 + day) * DAY, value=EACH),), segments=(arm,))
        for day in range(60)
        for arm in ("nieuw", "oud")
    ]
    change = Change("knop", plain("Knop"), starts="2026-07-01", metric="omzet", window_seconds=20 * DAY, **arms)
    kpi = Kpi("omzet", plain("Omzet"), "value_sum", at="koopt")
    with pytest.raises(SourceError, match="too large to add up"):
        fold(effect, journeys_of(rows, buckets=3), effect.Options(changes=(change,), kpis=(kpi,)))
