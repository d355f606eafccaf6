"""Fit against alignments that pm4py computed, on models that a path can express."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path as File
from typing import Any

import pytest

from klantreis import bare
from klantreis.analyses import fit
from klantreis.analyses.fold import fold
from klantreis.map.path import AnyOrder, Choice, Path, Repeat, Sequence, Visit
from klantreis.testing import Touch, Trip, journeys_of

LOGS = ["running_example", "receipt", "bpi2013_closed", "greps", "olist_sample_3k", "roadtraffic_variants"]


def path_of(tree: str) -> Path:
    """Returns a process tree as a path: -> is a sequence, X a choice, + any order, * a loop with its redo part."""
    return _node(iter(re.findall(r"'[^']*'|->|[X+*(),]|tau", tree)))


def _node(words: Iterator[str]) -> Path:
    word = next(words)
    if word == "tau":
        return Sequence(())
    if word.startswith("'"):
        return Visit(word[1:-1])
    parts = []
    while next(words) in "(,":
        parts.append(_node(words))
    if word == "*":
        return Repeat(parts[0], None if parts[1] == Sequence(()) else parts[1])
    return {"->": Sequence, "X": Choice, "+": AnyOrder}[word](tuple(parts))


def costs(path: Path, ways: list[list[str]]) -> list[tuple[int, float]]:
    """Returns cost and fitness of each way, in order."""
    trips = [Trip(f"{n:05d}", tuple(Touch(name, at) for at, name in enumerate(way))) for n, way in enumerate(ways)]
    journeys = journeys_of(trips)
    found: fit.Fit = fold(fit, journeys, fit.Options(path=path, per_journey=True))
    assert found.computed
    by_name = {one.journey: (one.cost, one.fitness) for one in found.per_journey}
    bucket = journeys.buckets[0]
    return [by_name[bucket.journey_name(journey)] for journey in range(bucket.journeys)]


def opened(file: File) -> Any:
    return json.loads(file.read_text())


@pytest.mark.parametrize("log", LOGS)
def test_every_variant_costs_what_pm4py_says(shared: File, log: str) -> None:
    for model, told in opened(shared / f"oracles/process/{log}/{log}_pm4py.json")["models"].items():
        expected = told["alignment_variant_deviations"]
        found = costs(path_of(told["process_tree"]), [way for way, *_ in expected])
        assert [cost for cost, _ in found] == [cost for _, cost, *_ in expected], model
        assert [fitness for _, fitness in found] == pytest.approx([one[2] for one in expected], abs=1e-6), model


@pytest.mark.parametrize(
    ("file", "log"),
    [
        ("running_example/running_example.xes", "running_example"),
        ("receipt/receipt.xes.gz", "receipt"),
        ("roadtraffic_variants/roadtraffic_1t_per_variant.xes.gz", "roadtraffic_variants"),
    ],
)
def test_a_file_read_from_disk_has_the_share_and_mean_fitness_of_pm4py(shared: File, file: str, log: str) -> None:
    journeys = bare.read(shared / "data" / file)
    for told in opened(shared / f"oracles/process/{log}/{log}_pm4py.json")["models"].values():
        found: fit.Fit = fold(fit, journeys, fit.Options(path=path_of(told["process_tree"])))
        assert 100 * (found.share.value or 0) == pytest.approx(told["alignment"]["percentage_of_fitting_traces"])
        assert found.mean_fitness == pytest.approx(told["alignment"]["average_trace_fitness"], abs=1e-6)


def test_hand_made_sequences_choices_and_parallels_equal_pm4py(shared: File) -> None:
    for model in opened(shared / "oracles/conformance/conformance_edge.json")["models"]:
        found = costs(path_of(model["process_tree"]), [case["trace"] for case in model["cases"]])
        assert [cost for cost, _ in found] == [case["alignment_cost"] for case in model["cases"]]
        assert [fitness for _, fitness in found] == pytest.approx(
            [case["fitness"] for case in model["cases"]], abs=1e-6
        )


def test_3000_web_shop_orders_conform_as_pm4py_counted(shared: File) -> None:
    told = opened(shared / "oracles/conformance/olist_3k_ideal_conformance.json")
    ways = [variant["variant"] for variant in told["per_variant"] for _ in range(variant["cases"])]
    ideal = Sequence(tuple(Visit(step) for step in told["ideal"]))
    trips = [Trip(str(n), tuple(Touch(name, at) for at, name in enumerate(way))) for n, way in enumerate(ways)]
    found: fit.Fit = fold(fit, journeys_of(trips, buckets=3), fit.Options(path=ideal))
    assert (found.journeys, found.conforming, found.cost) == (3000, 2602, 801)
    assert found.mean_fitness == pytest.approx(told["mean_fitness"], abs=1e-12)
    assert found.share.value == pytest.approx(told["share_conform"], abs=1e-12)
    per_variant = costs(ideal, [variant["variant"] for variant in told["per_variant"]])
    assert [cost for cost, _ in per_variant] == [variant["alignment_cost"] for variant in told["per_variant"]]
