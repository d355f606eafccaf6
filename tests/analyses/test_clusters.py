"""Groups of routes: the same whatever the order, around routes that were really taken, and honest about its cap."""

import json
from pathlib import Path

import jsonschema
import pytest

from klantreis.analyses import clusters
from klantreis.analyses.fold import fold
from klantreis.errors import OptionError
from klantreis.testing import journeys_of, trips

SCHEMA = Path(clusters.__file__).parents[2] / "schemas/clusters.schema.json"


def log(*routes):
    return {
        f"{place}-{number}": [(name, at) for at, name in enumerate(route)]
        for place, (route, often) in enumerate(routes)
        for number in range(often)
    }


TWO = log(("abcd", 9), ("abce", 2), ("abd", 1), ("xyz", 5), ("xyzw", 1))


def run(made, **options):
    return fold(clusters, journeys_of(trips(made)), clusters.Options(**options))


def test_routes_that_go_alike_stand_together_around_a_route_that_was_taken():
    found = run(TWO)
    assert [(one.path, one.journeys, one.variants, one.exactly) for one in found.clusters] == [
        (("a", "b", "c", "d"), 12, 3, 9),
        (("x", "y", "z"), 6, 2, 5),
    ]
    assert found.clusters[0].also == (("a", "b", "c", "e"), ("a", "b", "d"))
    assert found.clusters[0].share.value == 12 / 18
    assert [groups for groups, _ in found.tried] == [2, 3, 4]


def test_the_distance_is_the_normalised_number_of_edits():
    # abcd -> abce: 1 edit, 2 * 1 / (4 + 4 + 1); abcd -> abd: 1 edit, 2 / (4 + 3 + 1)
    found = run(TWO, groups=2)
    assert found.clusters[0].distance == pytest.approx((2 * (2 / 9) + 1 * (2 / 8)) / 12)


def test_one_group_has_the_middle_of_all_journeys():
    found = run(TWO, groups=1)
    assert found.clusters[0].path == found.medoid == ("a", "b", "c", "d")
    assert found.clusters[0].silhouette is None
    assert found.clusters[0].journeys == 18


def test_routes_beyond_the_cap_are_counted_and_said():
    found = run(TWO, most=2)
    assert (found.variants, found.variants_all, found.compared_journeys, found.compared.value) == (2, 5, 14, 14 / 18)
    assert sum(one.journeys for one in found.clusters) == 14


def test_long_routes_are_left_out_and_counted():
    found = run(TWO, longest=3)
    assert (found.too_long, found.journeys, found.variants_all) == (12, 18, 2)


def test_repeats_in_a_row_count_once_unless_told_otherwise():
    assert run({"u": [("a", 0), ("a", 1), ("b", 2)]}).medoid == ("a", "b")
    assert run({"u": [("a", 0), ("a", 1), ("b", 2)]}, collapse=False).medoid == ("a", "a", "b")


def test_more_groups_than_routes_are_as_many_as_there_are():
    assert len(run(TWO, groups=40).clusters) == 5


@pytest.mark.parametrize("options", [{"groups": 0}, {"most": 0}, {"most": 99_999}, {"longest": 0}])
def test_what_cannot_be_is_refused(options):
    with pytest.raises(OptionError):
        run(TWO, **options)


def test_the_order_of_the_log_does_not_matter():
    turned = dict(sorted(TWO.items(), reverse=True))
    assert run(turned).rows() == run(TWO).rows()


def test_a_real_log_has_clusters_that_add_up(shared, log_of_receipt):
    found = fold(clusters, log_of_receipt, clusters.Options(most=50))
    assert sum(one.journeys for one in found.clusters) == found.compared_journeys
    assert found.journeys == 1434


@pytest.fixture
def log_of_receipt(log, place):
    return place(log("receipt"), buckets=3)


def test_the_shape_is_the_published_one():
    for found in (run(TWO), run({}), run(TWO, groups=1)):
        jsonschema.validate(found.to_dict(), json.loads(SCHEMA.read_text()))
    assert list(run(TWO).rows()[0])[:3] == ["cluster", "journeys", "share"]
