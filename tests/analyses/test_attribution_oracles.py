"""Attribution equals that of other programs: ChannelAttribution, marketing_attribution_models, a linear solve by hand
and a brute force over all coalitions (shared/oracles/attribution)."""

import csv
import functools
import gzip
import json
from datetime import datetime

import pytest

from klantreis.analyses import attribution
from klantreis.analyses.attribution import Options, PathCount
from klantreis.analyses.fold import fold
from klantreis.testing import SECOND, Touch, Trip, journeys_of

HOUR = 3600 * SECOND


def credit(result, model, field="conversions"):
    return {one.channel: getattr(one, field) for one in result.model(model).credits}


@pytest.fixture
def oracle(shared):
    return lambda name: json.loads((shared / f"oracles/attribution/{name}.json").read_text())


@pytest.fixture
def found(shared):
    return of_file(shared / "data/channelattribution_paths/path_data.csv.gz")


@functools.cache
def of_file(path):
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [
            PathCount(
                tuple(row["path"].split(" > ")),
                int(row["total_conversions"]),
                int(row["total_null"]),
                float(row["total_conversion_value"]),
            )
            for row in csv.DictReader(file)
        ]
    return attribution.of_paths(rows, Options(()))


def test_first_last_and_linear_equal_channelattribution(found, oracle):
    for row in oracle("pathdata_channelattribution")["heuristic"]:
        for model in ("first", "last", "linear"):
            for field, word in (("conversions", "conversions"), ("value", "value")):
                told = row[f"{model}_touch_{word}"]
                assert credit(found, model, field)[row["channel_name"]] == pytest.approx(told, rel=1e-10, abs=1e-8)


@pytest.mark.parametrize("key", ["last_click", "first_click", "linear", "position_based_40_20_40"])
def test_paths_divided_one_by_one_equal_marketing_attribution_models(found, oracle, key):
    model = key.split("_", maxsplit=1)[0]
    assert credit(found, model) == pytest.approx(oracle("pathdata_mam_full")["results"][key], abs=1e-8)


def test_removal_effects_equal_a_linear_solve_and_marketing_attribution_models(found, oracle):
    told = oracle("pathdata_markov_exact")["order1_keep_self_loops"]
    assert credit(found, "markov_1", "removal") == pytest.approx(told["removal_effects"], abs=1e-9)
    assert credit(found, "markov_1") == pytest.approx(told["attributed_conversions"], abs=1e-6)
    other = oracle("pathdata_mam_full")["results"]["markov_removal_effects|transition_to_same_state=False"]
    assert credit(found, "markov_1", "removal") == pytest.approx(other, abs=1e-9)


def test_shapley_equals_a_brute_force_over_all_coalitions(found, oracle):
    assert credit(found, "shapley") == pytest.approx(oracle("pathdata_shapley_full")["full"], abs=1e-6)


@pytest.mark.parametrize("order", [1, 2, 3])
def test_every_order_equals_the_simulation_of_channelattribution(found, oracle, order):
    # It simulates: 1 % above 1,000 conversions, 5 % above 150; the smallest are up to 15 % off and not compared.
    for row in oracle("pathdata_channelattribution")["markov"][str(order)]["result"]:
        told = row["total_conversions"]
        if told > 150:
            near = pytest.approx(told, rel=0.01 if told > 1000 else 0.05)
            assert credit(found, f"markov_{order}")[row["channel_name"]] == near


def test_without_null_paths_it_equals_the_simulation_of_channelattribution(found, oracle):
    for row in oracle("pathdata_channelattribution")["markov_order1_without_null"]["result"]:
        told = row["total_conversions"]
        if told > 150:
            near = pytest.approx(told, rel=0.01 if told > 1000 else 0.05)
            assert credit(found, "markov_1_no_null")[row["channel_name"]] == near


@pytest.mark.parametrize("order", [1, 2, 3])
def test_the_chance_of_the_chain_is_the_observed_rate_at_any_order(found, order):
    assert found.rate.value == pytest.approx(19785 / 88387, abs=1e-12)
    assert found.model(f"markov_{order}").chance == pytest.approx(found.rate.value, abs=1e-12)
    assert found.model(f"markov_{order}_no_null").chance == pytest.approx(1, abs=1e-12)


def edge(oracle):
    """The hand-made journeys; the conversion stands at the last touch, which is what the oracle counts hours to."""
    trips: dict[str, list[Touch]] = {}
    for row in oracle("attribution_edge")["touches"]:
        at = datetime.fromisoformat(f"{row['t']}+00:00").timestamp()
        trips.setdefault(row["journey"], []).append(Touch("visit", at, channel=row["channel"], value=row["value"]))
    won = {row["journey"] for row in oracle("attribution_edge")["touches"] if row["converted"]}
    for journey in won:
        trips[journey].append(Touch("buy", trips[journey][-1].at, value=trips[journey][-1].value))
    return journeys_of([Trip(journey, tuple(rows)) for journey, rows in trips.items()])


MODELS = {
    "last_click": ("last", 168),
    "first_click": ("first", 168),
    "linear": ("linear", 168),
    "position_based_40_20_40": ("position", 168),
    "time_decay_half_life_168h": ("time_decay", 168),
    "time_decay_half_life_24h": ("time_decay", 24),
}


@pytest.mark.parametrize("key", MODELS)
def test_values_with_times_equal_marketing_attribution_models(oracle, key):
    model, hours = MODELS[key]
    result = fold(attribution, edge(oracle), Options(("buy",), half_life=hours * HOUR))
    told = oracle("attribution_edge")["results"][key]
    given = credit(result, model, "value")
    assert {channel: given[channel] for channel in told} == pytest.approx(told, abs=1e-6)
    assert sum(given.values()) == pytest.approx(290, abs=1e-9)


def test_removal_effects_of_journeys_equal_marketing_attribution_models(oracle):
    result = fold(attribution, edge(oracle), Options(("buy",)))
    told = oracle("attribution_edge")["results"]["markov_removal_effect"]
    assert credit(result, "markov_1", "removal") == pytest.approx(told, abs=1e-9)
