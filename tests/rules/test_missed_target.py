"""Missed targets: only when the whole interval lies on the wrong side."""

from dataclasses import replace

import pytest

from klantreis.analyses.coverage import Seen
from klantreis.analyses.kpis import KpiValue
from klantreis.labels import Label
from klantreis.map.model import Kpi, Segment, Target
from klantreis.rules import missed_target
from klantreis.stats.intervals import Estimate

GOAL = Kpi(
    "buys",
    Label(nl="Kopers", en="Buyers"),
    "conversion",
    start="product",
    end="paid",
    target=Target(">=", 0.5, ">= 50%"),
)
VALUE = KpiValue("buys", Estimate(0.41, 4000, 0.39, 0.43), "share", "missed", 0.5, ">=")


def said(shop, changed, *values, kpi=GOAL):
    drawn = replace(shop, kpis=(kpi,), segments=(Segment("new", Label(nl="Nieuwe klanten", en="New customers"), ""),))
    return list(missed_target.check(drawn, changed(kpis={"values": values})))


def test_a_missed_conversion_has_its_shortfall_in_journeys_and_money(shop, changed):
    (found,) = said(shop, changed, VALUE)
    assert found.title.text("nl") == "Kopers: 41,0%, doel ≥ 50% niet gehaald"
    assert "n = 4.000: 41,0%, met 95% zekerheid tussen 39,0% en 43,0%" in found.detail.text("nl")
    assert (found.people, found.journeys, found.money, found.id) == (
        0,
        360,
        pytest.approx(360 * 80),
        "missed_target/ring/buys",
    )


@pytest.mark.parametrize("verdict", ["met", "unsure", "no_target"])
def test_any_other_verdict_is_no_finding(shop, changed, verdict):
    assert said(shop, changed, replace(VALUE, verdict=verdict)) == []


def test_a_segment_speaks_when_everybody_together_does_not(shop, changed):
    (found,) = said(shop, changed, replace(VALUE, verdict="unsure"), replace(VALUE, segment="new"))
    assert found.title.text("en") == "Buyers for New customers: 41.0%, target ≥ 50% missed"
    (found,) = said(shop, changed, VALUE, replace(VALUE, segment="new"))
    assert found.title.text("en") == "Buyers: 41.0%, target ≥ 50% missed"


def test_a_target_that_cannot_be_measured_is_a_hint_with_its_reason(shop, changed):
    why = Label(nl="Te weinig antwoorden (n = 3, nodig 30).", en="Too few answers (n = 3, need 30).")
    (found,) = said(shop, changed, replace(VALUE, verdict="unknown", estimate=Estimate(None, 3), reason=why))
    assert (found.level, found.detail, found.evidence[0].value) == ("hint", why, None)


def test_times_counts_and_scores_are_written_in_their_own_way(shop, changed):
    slow = replace(VALUE, estimate=Estimate(420, 90, 380, 470), unit="seconds", target=300, comparison="<=")
    (found,) = said(shop, changed, slow, kpi=replace(GOAL, metric="median_minutes", target=Target("<=", 5, "<= 5")))
    assert found.title.text("nl") == "Kopers: 7 min, doel ≤ 5 min niet gehaald"
    score = replace(VALUE, estimate=Estimate(3.456, 90, 3.2, 3.7), unit="score", target=4)
    (found,) = said(shop, changed, score, kpi=replace(GOAL, metric="survey_mean"))
    assert "3,46" in found.title.text("nl")
    (found,) = said(
        shop, changed, replace(score, estimate=Estimate(-0.2, 90, -0.3, -0.1)), kpi=replace(GOAL, metric="nps")
    )
    assert "−20" in found.title.text("nl")
    few = replace(VALUE, estimate=Estimate(12, 12), unit="people", target=20)
    (found,) = said(shop, changed, few, kpi=replace(GOAL, metric="people"))
    assert found.detail.text("nl") == "Geteld: 12. Het doel is ≥ 20."
    assert (found.people, found.journeys) == (8, 0)


def test_what_the_shortfall_counts_is_said(shop, changed):
    (found,) = said(shop, changed, VALUE)
    assert (found.evidence[-1].value, found.evidence[-1].unit) == (360, "journeys")
    (found,) = said(shop, changed, VALUE, kpi=replace(GOAL, metric="repeat_share"))
    assert (found.people, found.journeys, found.evidence[-1].unit) == (360, 0, "people")
    (found,) = said(shop, changed, replace(VALUE, unit="score", target=4), kpi=replace(GOAL, metric="survey_mean"))
    assert (found.people, found.journeys, len(found.evidence)) == (0, 0, 2)


def test_nobody_where_no_event_is_recognised_is_no_missed_target(shop, changed):
    kpi, none = replace(GOAL, end="card"), replace(VALUE, estimate=Estimate(0.0, 16, 0.0, 0.19))
    drawn = replace(shop, kpis=(kpi,))
    unseen = changed(kpis={"values": (none,)}, coverage={"touchpoints": (Seen("card", 0, 0, 0, None),)})
    assert list(missed_target.check(drawn, unseen)) == []
    seen = changed(kpis={"values": (none,)}, coverage={"touchpoints": (Seen("card", 3, 3, 3, None),)})
    assert len(list(missed_target.check(drawn, seen))) == 1
