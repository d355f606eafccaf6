"""Real orders of a marketplace: one command from three tables to the numbers that pm4py and pandas gave."""

import json
import re
from collections import Counter

import pytest

from klantreis.cli import main
from klantreis.exporters.html import html
from klantreis.exporters.svg import export
from reproduced import unexplained

ONE = {"op_tijd": "delivered", "te_laat": "delivered"}
"""The oracle knows one delivery; the map tells late from on time."""


@pytest.fixture
def report(reports):
    (one,) = reports("olist")
    return one


@pytest.fixture
def told(shared):
    def read(file):
        return json.loads((shared / "oracles" / file).read_text())

    return read


def test_every_event_is_stored_once(report, told):
    counts = report.results.counts
    assert counts["read"] == counts["stored"] == told("process/olist_sample_3k/olist_sample_3k_pm4py.json")["n_events"]
    assert (counts["duplicate"], counts["rejected"]) == (0, 0)


def test_fit_to_the_ideal_equals_pm4py(report, told):
    fit, known = report.results.fits["ideaal"], told("conformance/olist_3k_ideal_conformance.json")
    assert (fit.journeys, fit.conforming, fit.cost) == (known["cases"], known["cases_conform"], known["total_cost"])
    assert fit.mean_fitness == pytest.approx(known["mean_fitness"], abs=1e-12)


def test_the_graph_equals_pm4py_when_late_and_on_time_are_one(report, told):
    known = told("process/olist_sample_3k/olist_sample_3k_pm4py.json")
    found = report.results.paths
    assert (found.journeys, found.events) == (known["n_cases"], known["n_events"])
    edges: Counter[tuple[str, str]] = Counter()
    for edge in found.edges:
        edges[ONE.get(edge.source, edge.source), ONE.get(edge.target, edge.target)] += edge.count
    assert {pair: n for pair, n in edges.items() if not {"start", "end"} & set(pair)} == {
        (a, b): n for a, b, n in known["dfg"]
    }
    assert {b: n for (a, b), n in edges.items() if a == "start"} == known["start_activities"]
    assert {a: n for (a, b), n in edges.items() if b == "end"} == known["end_activities"]


def test_journeys_take_as_long_as_pm4py_says(report, told):
    known = told("process/olist_sample_3k/olist_sample_3k_pm4py.json")["case_duration_seconds"]
    journey = report.results.times.journey
    for measure in ("min", "median", "p90", "max", "mean"):
        assert getattr(journey, measure) == pytest.approx(known[measure], abs=1e-3)


def test_late_and_on_time_score_as_pandas_counts(report, told):
    known = told("satisfaction/olist_3k_durations_csat.json")["csat"]
    raw = {feeling.touchpoint: feeling.raw for feeling in report.results.emotion.feelings}
    compared = known["late_vs_on_time"]
    assert (raw["te_laat"].n, raw["op_tijd"].n) == (compared["n_late"], compared["n_on_time"])
    assert raw["te_laat"].value == pytest.approx(compared["mean_late"], abs=1e-12)
    assert raw["op_tijd"].value == pytest.approx(compared["mean_on_time"], abs=1e-12)
    assert report.results.emotion.answers == known["n_reviews"]


@pytest.mark.parametrize(
    ("kpi", "leg", "measure", "scale"),
    [
        ("betaling", "purchase_to_approved", "median_hours", 3600),
        ("bezorgdagen", "purchase_to_delivered", "median_hours", 3600),
        ("bezorgdagen_p90", "purchase_to_delivered", "p90_hours", 3600),
    ],
)
def test_times_to_deliver_equal_pandas(report, told, kpi, leg, measure, scale):
    known = told("satisfaction/olist_3k_durations_csat.json")["durations"][leg]
    (value,) = (one for one in report.results.kpis.values if one.kpi == kpi and one.segment is None)
    assert value.estimate.n == known["n"]
    assert value.estimate.value == pytest.approx(known[measure] * scale, abs=1)


def test_the_mean_review_misses_its_target(report, told):
    known = told("satisfaction/olist_3k_durations_csat.json")["csat"]
    (value,) = (one for one in report.results.kpis.values if one.kpi == "score" and one.segment is None)
    assert (value.estimate.value, value.estimate.n) == (pytest.approx(known["mean"]), known["n_reviews"])
    assert value.verdict == "missed"


def test_the_first_finding_is_the_late_delivery_with_both_scores(report):
    first = report.findings[0]
    assert (first.rule, first.place.id, first.level) == ("low_emotion", "te_laat", "warning")
    assert first.title.text("nl").startswith("Het dieptepunt van de reis: 'Te laat bezorgd'")
    assert "2,55" in first.detail.text("nl")
    assert "(n = 2,670; as asked, from 1 to 5: 4.27)" in first.detail.text("en")


def test_the_journeys_that_do_not_go_as_drawn_are_a_finding(report):
    (found,) = (one for one in report.findings if one.rule == "detour" and one.place.id == "ideaal")
    assert found.title.text("en") == "398 of 3,000 journeys do not go as you drew in 'As it should be'"
    assert found.evidence[1].value == pytest.approx(0.9765882524882524)


def test_the_map_and_the_report_show_them_all(report):
    page = re.sub(r"<[^>]+>", " ", html(report, language="nl"))
    picture = " ".join(re.findall(r">([^<]+)<", export(report).decode()))
    for shown in (page, picture):
        assert "2.602 van 3.000" in " ".join(shown.split())
        assert "2,55" in shown
        assert "4,27" in shown
    assert "0,977" in page or "97,7%" in page


def test_one_command_builds_the_report(example, capsys):
    shop = example("olist")
    assert main(["report", "--workspace", str(shop.folder), "--language", "en", "--json"]) == 0
    (written,) = json.loads(capsys.readouterr().out)
    assert "Delivered late" in (shop.folder / "reports" / "bestelling.en.html").read_text("utf-8")
    assert written["map"] == "bestelling"


def test_each_number_of_the_report_is_given_by_the_command_under_its_chapter(example, report, capsys):
    folder = example("olist").folder

    def run(command):
        capsys.readouterr()
        assert main([*command.split()[1:], "--workspace", str(folder), "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    assert unexplained(html(report, language="en"), run) == []
