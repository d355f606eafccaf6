"""Permits at a Dutch municipality: an XES file on a Dutch map gives the numbers of pm4py."""

import json
import re

import pytest

IDEAL = (
    "ontvangen gecontroleerd (aangepast gecontroleerd )?vastgesteld verzonden advies_nodig "
    "(advies_[1-5] advies_nodig )?stoppen_nodig "
    "(vrij_opgesteld vrij_gecontroleerd (vrij_aangepast vrij_gecontroleerd )?vrij_vastgesteld vrij_verzonden "
    "|stop_redenen stop_gecontroleerd (stop_aangepast stop_gecontroleerd )?stop_vastgesteld stop_verzonden )?"
)
"""The ideal path once more, as a regular expression, to count by another road who follows it."""


@pytest.fixture
def report(reports):
    (one,) = reports("receipt")
    return one


@pytest.fixture
def told(shared):
    return json.loads((shared / "oracles/process/receipt/receipt_pm4py.json").read_text())


@pytest.fixture
def called(report):
    """Returns the touchpoint of each event in the file."""
    return {touch.matcher.event: touch.id for touch in report.map.touchpoints if touch.matcher is not None}


def test_all_applications_and_events_are_there(report, told):
    found = report.results.paths
    assert (found.journeys, found.events, found.variants_all) == (1434, 8577, 116)
    assert (found.journeys, found.events, found.variants_all) == (
        told["n_cases"], told["n_events"], told["n_variants"],
    )  # fmt: skip
    assert report.results.counts["stored"] == 8577
    assert report.results.coverage.behaviours == ()


def test_the_graph_equals_pm4py(report, told, called):
    inner = {(edge.source, edge.target): edge.count for edge in report.results.paths.edges}
    assert {(called[a], called[b]): n for a, b, n in told["dfg"]} == {
        pair: n for pair, n in inner.items() if not {"start", "end"} & set(pair)
    }


def test_applications_take_as_long_as_pm4py_says(report, told):
    for measure in ("median", "p90", "max", "mean"):
        known = told["case_duration_seconds"][measure]
        assert getattr(report.results.times.journey, measure) == pytest.approx(known, abs=1e-3)


def test_who_follows_the_ideal_is_who_matches_it_as_an_expression(report, told, called):
    ways = [("".join(f"{called[event]} " for event in way), often) for way, often in told["variants_top"]]
    following = sum(often for way, often in ways if re.fullmatch(IDEAL, way))
    assert sum(often for _, often in ways) == 1434
    assert report.results.fits["ideaal"].conforming == following == 759


def test_findings_speak_of_waiting_and_of_the_order_of_work(report):
    found = {finding.id for finding in report.findings}
    assert {
        "missed_target/ontvangst/tijd_bevestiging_p90",
        "missed_target/ontvangst/bevestigd",
        "detour/ontvangst/verzonden",
        "detour/ontvangst/ideaal",
    } <= found
    # Few applications ever get an outcome of their own; that the others do not is no loss.
    assert not any(id_.startswith("leak/") for id_ in found)
