"""Two groups as one: shares of each, the difference with Newcombe's interval, nothing where there is nothing."""

import json
from pathlib import Path

import jsonschema
import pytest

from klantreis.analyses import contrast, follows, steps
from klantreis.analyses.fold import fold
from klantreis.errors import OptionError
from klantreis.stats.compare import difference
from klantreis.stats.intervals import share
from klantreis.testing import journeys_of, trips

SCHEMA = Path(contrast.__file__).parents[1] / "schemas/contrast.schema.json"
NEW = {f"n{number}": [("home", 0), ("look", 1), *([("pay", 2)] if number < 8 else [])] for number in range(40)}
OLD = {f"o{number}": [("look", 0), *([("pay", 1)] if number < 20 else [])] for number in range(30)}
NAMES = ("new", "old")


def matrix(log, **options):
    return fold(steps, journeys_of(trips(log)), steps.Options(forward=3, **options))


def graph(log):
    return fold(follows, journeys_of(trips(log)), follows.Options())


def cell(found, touchpoint, target=None, step=None):
    return next(one for one in found.gaps if (one.touchpoint, one.target, one.step) == (touchpoint, target, step))


def test_a_difference_of_matrices_is_that_of_each_cell():
    found = steps.compared(matrix(NEW), matrix(OLD), NAMES)
    home = cell(found, "home", step=1)
    assert (home.one, home.other) == (share(40, 40), share(0, 30))
    assert home.difference == difference((40, 40), (0, 30))
    assert home.sure
    assert not cell(found, "home", step=2).sure
    assert (found.n, found.names) == ((40, 30), NAMES)
    assert [one.touchpoint for one in found.gaps][-3:] == ["end"] * 3


def test_a_difference_of_graphs_is_of_the_people_who_go_a_way():
    found = follows.compared(graph(NEW), graph(OLD), NAMES)
    pay = cell(found, "look", "pay")
    assert pay.difference == difference((8, 40), (20, 30))
    assert pay.difference.value == pytest.approx(8 / 40 - 20 / 30)
    assert cell(found, "home").other == share(0, 30)


def test_a_group_without_anybody_has_no_difference():
    for found in (steps.compared(matrix(NEW), matrix({}), NAMES), follows.compared(graph(NEW), graph({}), NAMES)):
        assert all(one.difference.value is None and not one.sure for one in found.gaps)
        assert found.n[1] == 0
    assert steps.compared(matrix({}), matrix({}), NAMES).rows() == []


def test_the_same_group_twice_differs_nowhere():
    assert {one.difference.value for one in steps.compared(matrix(NEW), matrix(NEW), NAMES).gaps} == {0.0}


def test_matrices_that_were_asked_differently_are_refused():
    with pytest.raises(OptionError, match="around"):
        steps.compared(matrix(NEW), matrix(OLD, anchor=(("look",),)), NAMES)
    longer = fold(steps, journeys_of(trips(OLD)), steps.Options(forward=5))
    with pytest.raises(OptionError, match="lengths"):
        steps.compared(matrix(NEW), longer, NAMES)


def test_the_shape_is_the_published_one():
    for found in (steps.compared(matrix(NEW), matrix(OLD), NAMES), follows.compared(graph(NEW), graph({}), NAMES)):
        jsonschema.validate(found.to_dict(), json.loads(SCHEMA.read_text()))
        assert len(found.rows()) == len(found.gaps)
