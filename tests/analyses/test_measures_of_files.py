"""From a file on disk to the numbers of other programs: reading, placing and measuring together."""

import json

import pytest

from klantreis.analyses import funnel, paths, times
from klantreis.analyses.fold import fold
from klantreis.bare import read
from klantreis.testing import SECOND

FILES = {
    "running_example": "running_example/running_example.xes",
    "receipt": "receipt/receipt.xes.gz",
    "roadtraffic_variants": "roadtraffic_variants/roadtraffic_1t_per_variant.xes.gz",
    "bpi2013_closed": "bpi2013_closed_problems/bpic2013_closed.xes.gz",
}
SHOP = "data/ecom_clickstream/ecom.csv.gz"
COLUMNS = {"person": "user_id", "at": "timestamp", "event": "event"}


@pytest.mark.parametrize("name", FILES)
def test_an_event_log_in_xes_equals_pm4py(shared, name):
    told = json.loads((shared / f"oracles/process/{name}/{name}_pm4py.json").read_text())
    journeys = read(shared / "data" / FILES[name])
    found = fold(paths, journeys, paths.Options(top=5000))
    inner = {(edge.source, edge.target): edge for edge in found.edges}
    assert (found.journeys, found.events, found.variants_all) == (told["n_cases"], told["n_events"], told["n_variants"])
    assert [[a, b, inner[a, b].count] for a, b, _ in told["dfg"]] == told["dfg"]
    for source, target, seconds in told["dfg_performance_seconds"]:
        assert inner[source, target].median_seconds == pytest.approx(seconds["median"], abs=1e-3)
    taken = fold(times, journeys, times.Options()).journey
    for measure in ("min", "median", "p90", "max", "mean"):
        assert getattr(taken, measure) == pytest.approx(told["case_duration_seconds"][measure], abs=1e-3)


def test_sessions_of_the_shop_equal_pm4py_and_retentioneering(shared):
    journeys = read(shared / SHOP, grain="session_id", **COLUMNS)
    told = json.loads((shared / "oracles/process/ecom_sessions/ecom_session_id_pm4py.json").read_text())
    found = fold(paths, journeys, paths.Options())
    inner = {(edge.source, edge.target): edge.count for edge in found.edges}
    assert (found.journeys, found.people, found.variants_all) == (told["n_cases"], 600, told["n_variants"])
    assert [[a, b, inner[a, b]] for a, b, _ in told["dfg"]] == told["dfg"]


@pytest.mark.parametrize(("unit", "grain"), [("user", "person"), ("session", "session_id")])
def test_funnels_of_the_shop_equal_the_brute_force_beside_clickhouse(shared, unit, grain):
    journeys = read(shared / SHOP, grain=grain, **COLUMNS)
    for case in json.loads((shared / "oracles/funnels/ecom_funnels_clickhouse.json").read_text())["funnels"]:
        if case["unit"] == unit:
            options = funnel.Options(
                tuple((step, (step,)) for step in case["steps"]),
                within=case["window_seconds"] * SECOND,
                grain="person" if unit == "user" else "journey",
            )
            seen = [step.people for step in fold(funnel, journeys, options).steps]
            assert seen == case["counts_bruteforce_ties_in_step_order"], (case["name"], case["window"])
