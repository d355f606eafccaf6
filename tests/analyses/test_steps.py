"""The step matrix on logs small enough to check by eye, and against retentioneering (shared/oracles/funnels)."""

import json
from pathlib import Path

import jsonschema
import pytest

from klantreis.analyses import steps
from klantreis.analyses.fold import fold
from klantreis.errors import OptionError
from klantreis.stats.intervals import share
from klantreis.testing import Touch, Trip, journeys_of, trips

SCHEMA = Path(steps.__file__).parents[2] / "schemas/steps.schema.json"
SHOP = {
    "ann": [("home", 0), ("look", 1), ("look", 2), ("pay", 3)],
    "bob": [("home", 0), ("look", 1)],
    "cas": [("look", 0)],
}


def counts(found):
    return {row.id: [cell.count for cell in row.cells] for row in found.table}


def run(log, **options):
    made = log if isinstance(log, list) else trips(log)
    return fold(steps, journeys_of(made), steps.Options(**options))


def test_the_numbers_are_those_of_retentioneering(shared, log, place, monkeypatch):
    # retentioneering 5.2.4, step_matrix_data(max_steps=10), path_col = session_id
    monkeypatch.setenv("KLANTREIS_KERNELS", "compiled")
    told = json.loads((shared / "oracles/funnels/ecom_retentioneering.json").read_text())
    told = told["step_matrix_data|max_steps=10|session_id"]
    found = fold(steps, place(log("ecom"), buckets=3), steps.Options(forward=10))
    mine = {row.id: row.cells for row in found.table}
    assert found.of == 3605
    for name, row in zip(told["index"], told["data"], strict=True):
        if name == "path_start":
            continue
        cells = mine.pop({"path_end": "end"}.get(name, name))
        assert [cell.share.value for cell in cells] == pytest.approx(row[1:], abs=1e-9)
        assert [cell.count for cell in cells] == [round(value * 3605) for value in row[1:]]
    assert mine == {}


def test_who_is_over_stays_at_the_end_so_every_step_adds_up():
    found = run(SHOP, forward=5)
    assert counts(found) == {"look": [1, 2, 1, 0, 0], "home": [2, 0, 0, 0, 0], "pay": [0, 0, 0, 1, 0],
                             "end": [0, 1, 2, 2, 3]}  # fmt: skip
    assert found.steps == (1, 2, 3, 4, 5)


def test_an_anchor_stands_at_step_0_and_its_journeys_are_the_denominator():
    found = run(SHOP, forward=2, backward=2, anchor=(("look",),))
    assert found.steps == (-2, -1, 0, 1, 2)
    assert counts(found) == {
        "look": [0, 0, 3, 1, 0], "home": [0, 2, 0, 0, 0], "pay": [0, 0, 0, 0, 1],
        "start": [3, 1, 0, 0, 0], "end": [0, 0, 0, 2, 2],
    }  # fmt: skip
    assert (found.of, found.journeys, found.people, found.all_journeys) == (3, 3, 3, 3)


def test_the_last_and_every_time_the_anchor_is_met_can_be_asked():
    last = run(SHOP, forward=1, anchor=(("look",),), occurrence="last")
    assert (last.of, counts(last)) == (3, {"look": [3, 0], "pay": [0, 1], "end": [0, 2]})
    every = run(SHOP, forward=1, anchor=(("look",),), occurrence="every")
    assert (every.of, every.journeys, every.people) == (4, 3, 3)
    assert counts(every) == {"look": [4, 1], "pay": [0, 1], "end": [0, 2]}


def test_an_anchor_of_several_touchpoints_is_met_directly_in_a_row():
    found = run(SHOP, forward=1, anchor=(("home",), ("look", "pay")))
    assert (found.of, found.anchor) == (2, "home > look|pay")
    assert counts(found) == {"look": [2, 1], "end": [0, 1]}


def test_an_anchor_that_nobody_meets_has_an_empty_matrix_and_is_said():
    found = run(SHOP, anchor=(("lok",),))
    assert (found.of, found.table, found.steps, found.unknown) == (0, (), (), ("lok",))
    assert found.reach.value == 0.0


def test_journeys_of_one_person_are_not_separate_witnesses():
    alone = run([Trip(str(who), (Touch("ab"[who % 2], 0),)) for who in range(20)], forward=1)
    assert alone.table[0].cells[0].share == share(10, 20)
    twins = run([Trip(str(who // 2), (Touch("ab"[who // 2 % 2], 0),)) for who in range(20)], forward=1)
    cell = twins.table[0].cells[0]
    half = run([Trip(str(who), (Touch("ab"[who % 2], 0),)) for who in range(10)], forward=1).table[0].cells[0]
    assert (cell.count, cell.people, cell.share.value, cell.share.n) == (10, 5, 0.5, 20)
    # two journeys a person that always agree say as much as one; n / (n - 1) persons makes it a little wider still
    assert cell.share.low == pytest.approx(half.share.low, abs=0.02)
    assert cell.share.low < half.share.low


def test_artificial_ends_step_aside_for_touchpoints_of_that_name():
    found = run({"u": [("end", 0), ("start", 1)]}, forward=3)
    assert {row.id for row in found.table} == {"end", "start", "(end)"}


def test_no_steps_or_too_many_are_refused():
    with pytest.raises(OptionError, match="0 steps forward"):
        run(SHOP, forward=0)
    with pytest.raises(OptionError, match="forward"):
        run(SHOP, forward=5000)


def test_the_shape_is_the_published_one():
    found = run(SHOP, forward=2, backward=1, anchor=(("look",),))
    jsonschema.validate(found.to_dict(), json.loads(SCHEMA.read_text()))
    assert list(found.rows()[0]) == ["touchpoint", "step", "count", "people", "share", "share_low", "share_high"]
