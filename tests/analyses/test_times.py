"""How long things take, on logs small enough to check by eye; and the laws of a fold."""

import json
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.analyses import times
from klantreis.analyses.fold import fold
from klantreis.errors import OptionError
from klantreis.testing import Touch, Trip, journeys_of, split, trips

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")
SCHEMA = Path(times.__file__).parents[1] / "schemas/times.schema.json"
PHASES = (("ad", "aware"), ("shop", "consider"), ("look", "consider"), ("pay", "buy"))


def run(log, *, buckets=1, **options):
    made = log if isinstance(log, list) else trips(log)
    return fold(times, journeys_of(made, buckets=buckets), times.Options(**options))


def test_a_journey_lasts_from_its_first_to_its_last_touch():
    found = run({"u": [("a", 5), ("b", 6), ("c", 25)], "v": [("a", 0)], "w": [("a", 0), ("b", 40)]}).journey
    assert (found.n, found.min, found.median, found.max, found.mean) == (3, 0, 20, 40, 20)
    assert (found.q25, found.q75, found.p90) == (10, 30, 36)


def test_a_phase_lasts_until_the_first_touch_in_a_later_phase(kernels):
    found = run({"u": [("ad", 0), ("shop", 10), ("look", 25), ("ad", 27), ("pay", 40), ("pay", 70)]}, phases=PHASES)
    assert [(phase.source, phase.n, phase.median) for phase in found.phases] == [
        ("aware", 1, 10), ("consider", 1, 30), ("buy", 1, 30),
    ]  # fmt: skip


def test_a_phase_lasts_until_the_last_touch_when_none_is_later():
    log = [Trip("u", (Touch("shop", 3), Touch("ad", 5), Touch(None, 9, "?")))]
    found = run(log, phases=PHASES)
    assert [(phase.n, phase.median) for phase in found.phases] == [(1, 4), (1, 6), (0, None)]


def test_the_time_of_who_went_on_leaves_out_who_stopped(kernels):
    log = {"u": [("shop", 0), ("pay", 50)], "v": [("shop", 0)], "w": [("shop", 0), ("look", 8)], "x": [("pay", 0)]}
    found = run(log, buckets=2, phases=PHASES)
    assert [(one.source, one.n, one.median) for one in found.phases] == [
        ("aware", 0, None), ("consider", 3, 8), ("buy", 2, 0),
    ]  # fmt: skip
    assert [(one.source, one.n, one.median) for one in found.onward] == [
        ("aware", 0, None), ("consider", 1, 50), ("buy", 0, None),
    ]  # fmt: skip


def test_times_between_are_those_of_direct_successions():
    found = run({"u": [("a", 0), ("b", 4), ("a", 10), ("b", 20)]}).between
    assert [(one.source, one.target, one.n, one.mean) for one in found] == [("a", "b", 2, 7), ("b", "a", 1, 6)]


def test_events_off_the_map_stand_between_only_when_asked():
    log = [Trip("u", (Touch("a", 0), Touch(None, 3, "x"), Touch("b", 5)))]
    assert [(one.source, one.target, one.mean) for one in run(log).between] == [("a", "b", 5)]
    assert [(one.source, one.target, one.mean) for one in run(log, unmapped=True).between] == [
        ("a", "x", 3), ("x", "b", 2),
    ]  # fmt: skip


def test_pairs_compare_first_meetings_and_keep_their_sign(kernels):
    log = {"u": [("a", 0), ("x", 1), ("b", 9), ("b", 20)], "v": [("b", 0), ("a", 4)], "w": [("a", 0)]}
    found = run(log, buckets=2, pairs=(("a", "b"), ("b", "b"), ("a", "zz")))
    assert [(one.n, one.min, one.max, one.negative) for one in found.pairs] == [
        (2, -4, 9, 1), (2, 0, 0, 0), (0, None, None, 0),
    ]  # fmt: skip


def test_nothing_lasts_no_time():
    found = run({}, phases=PHASES)
    assert (found.journey.n, found.journey.median, found.between) == (0, None, ())
    assert [phase.n for phase in found.phases] == [0, 0, 0]


def test_too_many_phases_are_refused():
    with pytest.raises(OptionError, match="at most 62"):
        run({"u": [("a", 0)]}, phases=tuple((str(place), str(place)) for place in range(63)))


def test_the_dictionary_keeps_its_published_shape():
    found = run({"u": [("ad", 0), ("shop", 10)], "v": [("shop", 0)]}, phases=PHASES, pairs=(("ad", "shop"),))
    told = json.loads(json.dumps(found.to_dict()))
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text())).validate(told)
    assert {key: told["between"][0][key] for key in ("from", "to", "n", "median_seconds", "p90_seconds")} == {
        "from": "ad", "to": "shop", "n": 1, "median_seconds": 10, "p90_seconds": 10,
    }  # fmt: skip
    assert told["phases"][2] == {
        "phase": "buy", "n": 0, "min_seconds": None, "q25_seconds": None, "median_seconds": None,
        "q75_seconds": None, "p90_seconds": None, "max_seconds": None, "mean_seconds": None, "exact": True,
    }  # fmt: skip
    assert [row["kind"] for row in found.rows()] == [
        "journey", *["phase"] * 3, *["onward"] * 3, "between", "pair",
    ]  # fmt: skip
    assert len({tuple(row) for row in found.rows()}) == 1


touches = st.lists(st.tuples(st.sampled_from(["ad", "shop", "pay", None]), st.integers(0, 9)), min_size=1, max_size=6)
logs = st.lists(st.tuples(st.sampled_from("pqrst"), touches), min_size=1, max_size=9)


def phase_searched(rows, phase):
    order = {"ad": 0, "shop": 1, "pay": 2}
    at = [at for _, at in rows]
    inside = [place for place, (name, _) in enumerate(rows) if order.get(name) == phase]
    if not inside:
        return None
    later = [place for place in range(inside[0], len(rows)) if order.get(rows[place][0], -1) > phase]
    return at[later[0] if later else -1] - at[inside[0]]


@settings(deadline=None)
@given(touches)
def test_phases_equal_their_definition(rows):
    rows = sorted(rows, key=lambda row: row[1])
    found = run([Trip("u", tuple(Touch(name, at, name or "?") for name, at in rows))], phases=PHASES).phases
    assert [one.median for one in found] == [phase_searched(rows, phase) for phase in range(3)]


@settings(max_examples=60, deadline=None)
@given(logs, st.integers(1, 5), st.randoms(), st.booleans())
def test_any_split_and_any_order_give_the_same_times(listed, buckets, chance, unmapped):
    made = [Trip(who, tuple(Touch(name, at, name or "?") for name, at in rows)) for who, rows in listed]
    whole = journeys_of(made, touchpoints=("ad", "shop", "pay"))
    options = times.Options(PHASES, (("ad", "pay"), ("pay", "shop")), unmapped)
    parts = [times.measure(bucket, options) for bucket in split(whole, made, buckets).buckets]
    while len(parts) > 1:
        chance.shuffle(parts)
        parts.append(times.merge(parts.pop(), parts.pop()))
    assert times.finish(parts[0], options, whole.about) == fold(times, whole, options)


def test_compiled_kernels_equal_plain_python(monkeypatch):
    rng = np.random.default_rng(7)
    names = ["ad", "shop", "look", "pay"]
    made = [
        Trip(str(who), tuple(Touch(str(rng.choice(names)), float(at)) for at in rng.integers(0, 99, 6)))
        for who in range(60)
    ]
    plain = run(made, phases=PHASES, pairs=(("ad", "pay"),))
    monkeypatch.setenv("KLANTREIS_KERNELS", "compiled")
    assert run(made, phases=PHASES, pairs=(("ad", "pay"),)) == plain
