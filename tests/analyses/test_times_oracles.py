"""Durations equal those of pm4py (shared/oracles/process) and pandas (shared/oracles/satisfaction)."""

import json

import pytest

from klantreis.analyses import times
from klantreis.analyses.fold import fold

LOGS = ["running_example", "receipt", "roadtraffic_variants", "bpi2013_closed", "greps", "olist_sample_3k", "ecom"]
HOUR = 3600


@pytest.mark.parametrize("name", LOGS)
def test_how_long_cases_take_equals_pm4py(shared, log, place, name, monkeypatch):
    monkeypatch.setenv("KLANTREIS_KERNELS", "compiled")
    file = "ecom_sessions/ecom_session_id" if name == "ecom" else f"{name}/{name}"
    told = json.loads((shared / f"oracles/process/{file}_pm4py.json").read_text())
    found = fold(times, place(log(name), buckets=3), times.Options())
    for measure, seconds in told["case_duration_seconds"].items():
        seen = found.journey.mean * found.journey.n if measure == "sum" else getattr(found.journey, measure)
        assert seen == pytest.approx(seconds, abs=1e-3, rel=1e-12), measure
    between = {(one.source, one.target): one for one in found.between}
    for source, target, seconds in told["dfg_performance_seconds"]:
        assert between[source, target].median == pytest.approx(seconds["median"], abs=1e-3)
        assert between[source, target].mean == pytest.approx(seconds["mean"], abs=1e-3)


def test_legs_of_an_order_equal_pandas(shared, log, place, monkeypatch):
    """Fifty orders went to the carrier before their payment was approved: signs are kept."""
    monkeypatch.setenv("KLANTREIS_KERNELS", "compiled")
    told = json.loads((shared / "oracles/satisfaction/olist_3k_durations_csat.json").read_text())["durations"]
    called = {"approved": "payment_approved", "carrier": "handed_to_carrier"}
    pairs = tuple(tuple(called.get(end, end) for end in leg.split("_to_")) for leg in told)
    found = fold(times, place(log("olist_sample_3k"), buckets=3), times.Options(pairs=pairs))
    for one, expected in zip(found.pairs, told.values(), strict=True):
        assert (one.n, one.negative) == (expected["n"], expected["negative"])
        for measure in ("mean", "median", "p90"):
            assert getattr(one, measure) / HOUR == pytest.approx(expected[f"{measure}_hours"], abs=1e-6)
