"""Clicks of a web shop: sessions equal ClickHouse and retentioneering, double rows count once."""

import json

import pytest


@pytest.fixture
def visit(reports):
    return next(report for report in reports("ecom") if report.map.id == "bezoek")


@pytest.fixture
def purchase(reports):
    return reports("ecom")[0]


def test_double_rows_count_once(visit):
    counts = visit.results.counts
    assert (counts["read"], counts["stored"], counts["duplicate"], counts["rejected"]) == (31_106, 31_076, 30, 0)


def test_the_funnel_of_a_visit_equals_clickhouse(visit, shared):
    known = json.loads((shared / "oracles/funnels/ecom_funnels_clickhouse.json").read_text())["funnels"]
    (told,) = (
        one["counts_default"]
        for one in known
        if (one["name"], one["unit"], one["window"]) == ("checkout", "session", "unbounded_400d")
    )
    assert [step.people for step in visit.results.funnel.steps] == told


@pytest.mark.parametrize(
    ("kpi", "start", "end", "within"),
    [
        ("product_mandje", "product_view", "add_to_cart", None),
        ("mandje_aankoop", "cart", "purchase", None),
        ("mandje_aankoop_30m", "cart", "purchase", "30m"),
    ],
)
def test_conversion_in_a_visit_equals_retentioneering(visit, shared, kpi, start, end, within):
    known = json.loads((shared / "oracles/funnels/ecom_retentioneering.json").read_text())["get_conversion_rate"]
    (row,) = (
        one["result"]["data"][0]
        for one in known
        if (one["start"], one["end"], one["path_col"], one["within"]) == (start, end, "session_id", within)
    )
    (value,) = (one for one in visit.results.kpis.values if one.kpi == kpi and one.segment is None)
    assert (value.estimate.n, value.estimate.value) == (row[2], pytest.approx(row[4], abs=1e-9))


def test_segments_add_up_to_at_most_everybody(purchase):
    parts = purchase.results.segments
    everybody = purchase.results.paths.journeys
    by_life = [parts[name].paths.journeys for name in ("nieuw", "terugkerend", "trouw")]
    assert sum(by_life) == everybody
    assert 0 < parts["mobiel"].paths.journeys + parts["computer"].paths.journeys < everybody


def test_what_nobody_drew_is_proposed(purchase):
    proposed = {finding.place.id for finding in purchase.findings if finding.rule == "unmapped_behaviour"}
    assert {"payment_error", "support_chat", "review_page", "compare"} <= proposed
