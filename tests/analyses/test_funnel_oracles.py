"""Funnels equal those of other programs: ClickHouse, retentioneering, pandas (shared/oracles/funnels)."""

import json

import pandas
import pytest

from klantreis.analyses import funnel
from klantreis.analyses.fold import fold
from klantreis.testing import SECOND, Touch, Trip, journeys_of

ONE_BY_ONE = [{}, {"by": "event"}]
"""The quick way, and the way that follows attempts one by one."""
KINDS = {"file": "file_order", "step": "step_order", "strict": "strictly_later"}


def people(journeys, steps, **options):
    found = fold(funnel, journeys, funnel.Options(tuple((step, (step,)) for step in steps), **options))
    return [step.people for step in found.steps]


@pytest.mark.parametrize("way", ONE_BY_ONE)
@pytest.mark.parametrize("ties", KINDS)
def test_hand_made_cases_equal_the_brute_force_reference(shared, ties, way):
    for case in json.loads((shared / "oracles/funnels/funnel_edge.json").read_text())["cases"]:
        users: dict[str, list[Touch]] = {}
        for event in case["events"]:
            users.setdefault(event["user"], []).append(Touch(event["event"], event["t"]))
        journeys = journeys_of(Trip(user, tuple(touches)) for user, touches in users.items())
        found = people(journeys, case["steps"], within=case["window_seconds"] * SECOND, ties=ties, **way)
        assert found == case[f"reference_ties_in_{KINDS[ties]}" if ties != "strict" else "reference_strictly_later"], (
            case["name"]
        )


@pytest.mark.parametrize("way", ONE_BY_ONE)
def test_hand_made_cases_without_a_window_equal_retentioneering(shared, way):
    events = {}
    for case in json.loads((shared / "oracles/funnels/funnel_edge.json").read_text())["cases"]:
        users: dict[str, list[Touch]] = {}
        for event in case["events"]:
            users.setdefault(event["user"], []).append(Touch(event["event"], event["t"]))
        events[case["name"]] = [Trip(user, tuple(touches)) for user, touches in users.items()]
    told = json.loads((shared / "oracles/funnels/funnel_edge_retentioneering.json").read_text())["results"]
    answered = [case for case in told if isinstance(case["unique_paths"], list)]  # it refuses a step nobody met
    for case in answered:
        found = people(journeys_of(events[case["name"]]), case["steps"], ties="file", **way)
        assert found == case["unique_paths"], case["name"]
    assert len(answered) == len(told) - 1


@pytest.fixture
def ecom(log, place):
    frame = log("ecom")
    return {"user": place(frame, buckets=3), "session": place(frame.assign(person=frame["case"]), buckets=2)}


@pytest.mark.parametrize("way", ONE_BY_ONE)
@pytest.mark.parametrize("ties", KINDS)
def test_shop_funnels_equal_the_brute_force_beside_clickhouse(shared, ecom, ties, way, monkeypatch):
    monkeypatch.setenv("KLANTREIS_KERNELS", "compiled")
    key = "counts_bruteforce_strictly_later" if ties == "strict" else f"counts_bruteforce_ties_in_{KINDS[ties]}"
    for case in json.loads((shared / "oracles/funnels/ecom_funnels_clickhouse.json").read_text())["funnels"]:
        found = people(ecom[case["unit"]], case["steps"], within=case["window_seconds"] * SECOND, ties=ties, **way)
        assert found == case[key], (case["name"], case["unit"], case["window"])


@pytest.mark.parametrize("way", ONE_BY_ONE)
def test_a_first_entry_with_reentry_equals_clickhouse_strict_order(shared, ecom, way, monkeypatch):
    monkeypatch.setenv("KLANTREIS_KERNELS", "compiled")
    for case in json.loads((shared / "oracles/funnels/ecom_funnels_clickhouse.json").read_text())["funnels"]:
        rules = {"within": case["window_seconds"] * SECOND, "order": "reentry", "entry": "first"}
        found = people(ecom[case["unit"]], case["steps"], **rules, **way)
        assert found == case["counts_strict_order"], (case["name"], case["unit"], case["window"])


def test_funnels_without_a_window_equal_retentioneering(shared, ecom, monkeypatch):
    monkeypatch.setenv("KLANTREIS_KERNELS", "compiled")
    told = json.loads((shared / "oracles/funnels/ecom_retentioneering.json").read_text())["funnel_data"]
    for name, expected in told.items():
        unit = name.split("|")[1].removesuffix("_id")
        steps = [step["step"] for step in expected["steps"]]
        options = funnel.Options(tuple((step, (step,)) for step in steps), ties="file")
        found = fold(funnel, ecom[unit], options)
        assert [step.people for step in found.steps] == [step["unique_paths"] for step in expected["steps"]]
        for mine, theirs in zip(found.steps, expected["steps"], strict=True):
            assert mine.of_all.value == pytest.approx(theirs["conversion_rate"], abs=1e-9)


def test_leads_and_days_to_win_equal_pandas(shared, place):
    told = json.loads((shared / "oracles/funnels/olist_leads_funnel.json").read_text())
    folder = shared / "data/olist_leads_funnel"
    leads = pandas.read_csv(folder / "marketing_qualified_leads_noheader.csv.gz", header=None).iloc[:, :2]
    won = pandas.read_csv(folder / "closed_deals.csv.gz")[["mql_id", "won_date"]]
    frames = [leads.set_axis(["case", "when"], axis=1), won.set_axis(["case", "when"], axis=1)]
    frame = pandas.concat([frames[0].assign(event="lead"), frames[1].assign(event="won")], ignore_index=True)
    frame = frame.assign(
        person=frame["case"], at=pandas.to_datetime(frame["when"]).astype("datetime64[us]").astype(int)
    )
    journeys = place(frame, buckets=2)
    assert people(journeys, ["lead"])[0] == told["leads"]
    assert people(journeys, ["won"])[0] == told["won"]
    # One deal was won before its first contact: the order of events leaves it out of lead -> won.
    assert people(journeys, ["lead", "won"]) == [told["leads"], told["won"] - told["days_to_win"]["negative"]]
    for days, count in told["won_within_days"].items():
        within = people(journeys, ["lead", "won"], within=int(days) * 86_400 * SECOND)[1]
        assert within == count - told["days_to_win"]["negative"]
