"""The graph, the variants and the waiting times equal those of pm4py and retentioneering (shared/oracles/process)."""

import json

import pandas
import pytest

from klantreis.analyses import paths
from klantreis.analyses.fold import fold

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")

LOGS = ["running_example", "receipt", "roadtraffic_variants", "bpi2013_closed", "greps", "olist_sample_3k", "ecom"]


def oracle(shared, name):
    file = "ecom_sessions/ecom_session_id" if name == "ecom" else f"{name}/{name}"
    return json.loads((shared / f"oracles/process/{file}_pm4py.json").read_text())


@pytest.fixture(params=LOGS)
def pair(request, shared, log, place, monkeypatch):
    monkeypatch.setenv("KLANTREIS_KERNELS", "compiled")
    journeys = place(log(request.param), buckets=3)
    return fold(paths, journeys, paths.Options(top=10_000)), oracle(shared, request.param)


def test_the_graph_equals_pm4py(pair):
    found, told = pair
    inner = {(edge.source, edge.target): edge for edge in found.edges}
    starts = {target: edge.count for (source, target), edge in inner.items() if source == found.start}
    stops = {source: edge.count for (source, target), edge in inner.items() if target == found.end}
    assert {(a, b): inner[a, b].count for a, b, _ in told["dfg"]} == {(a, b): count for a, b, count in told["dfg"]}
    assert len(inner) == len(told["dfg"]) + len(starts) + len(stops)
    assert (starts, stops) == (told["start_activities"], told["end_activities"])
    assert (found.journeys, found.events) == (told["n_cases"], told["n_events"])
    nodes = {node.id: node for node in found.nodes}
    assert {name: node.count for name, node in nodes.items()} == told["activities"]
    assert {name: node.repeats for name, node in nodes.items() if node.repeats} == told["rework_cases_per_activity"]


def test_waiting_times_equal_pm4py(pair):
    found, told = pair
    inner = {(edge.source, edge.target): edge for edge in found.edges}
    for source, target, seconds in told.get("dfg_performance_seconds") or []:
        edge = inner[source, target]
        assert edge.median_seconds == pytest.approx(seconds["median"], abs=1e-3)
        assert edge.mean_seconds == pytest.approx(seconds["mean"], abs=1e-3)
        assert edge.min_seconds == pytest.approx(seconds["min"], abs=1e-3)
        assert edge.max_seconds == pytest.approx(seconds["max"], abs=1e-3)
        assert edge.mean_seconds * edge.count == pytest.approx(seconds["sum"], abs=1e-3)


def test_variants_equal_pm4py(pair):
    found, told = pair
    mine = {variant.path: variant.count for variant in found.variants}
    assert found.variants_all == len(mine) == told["n_variants"]
    assert {tuple(path): mine[tuple(path)] for path, _ in told["variants_top"]} == {
        tuple(path): count for path, count in told["variants_top"]
    }
    assert [variant.count for variant in found.variants[: len(told["variants_top"])]] == [
        count for _, count in told["variants_top"]
    ]


def test_ties_and_zones_equal_pm4py(shared, place):
    for case in json.loads((shared / "oracles/process/dfg_ties.json").read_text())["cases"]:
        frame = pandas.DataFrame(case["events"], columns=["case", "when", "event"])
        at = pandas.to_datetime(frame["when"], utc=True, format="ISO8601").astype("datetime64[us, UTC]").astype("int64")
        found = fold(paths, place(frame.assign(person=frame["case"], at=at)), paths.Options())
        inner = sorted(
            [edge.source, edge.target, edge.count]
            for edge in found.edges
            if edge.source != found.start and edge.target != found.end
        )
        assert inner == sorted(case["dfg"]), case["name"]
        assert [[list(variant.path), variant.count] for variant in found.variants] == sorted(case["variants"])


def test_transitions_of_the_shop_equal_retentioneering(shared, log, place):
    """Per session: occurrences, distinct sessions and shares, artificial start and end included."""
    frame = log("ecom")
    found = fold(paths, place(frame.assign(person=frame["case"]), buckets=2), paths.Options())
    told = json.loads((shared / "oracles/funnels/ecom_retentioneering.json").read_text())
    called = {"path_start": found.start, "path_end": found.end}
    mine = {(edge.source, edge.target): edge for edge in found.edges}
    for measure, value in {"count": "count", "unique_paths": "people", "proba_out": "share"}.items():
        table = told[f"transition_graph_data|{measure}|session_id"]
        for source, row in zip(table["index"], table["data"], strict=True):
            for target, number in zip(table["columns"], row, strict=True):
                edge = mine.get((called.get(source, source), called.get(target, target)))
                seen = 0 if edge is None else getattr(edge, value)
                assert seen == pytest.approx(number or 0, abs=1e-9), (measure, source, target)


def test_transitions_add_up_to_events_and_people_as_in_retentioneering(log, place):
    """31,706 = 31,106 + 600, one path per user."""
    frame = log("ecom")
    found = fold(paths, place(frame.assign(case=frame["person"])), paths.Options())
    assert (sum(edge.count for edge in found.edges), found.events, found.people) == (31_706, 31_106, 600)
