"""Standing: cases small enough to check by eye, an exhaustive count, nothing at all, and the laws of a fold."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.analyses import standing
from klantreis.analyses.fold import fold
from klantreis.journeys.model import ENDED, OPEN, TIMED_OUT
from klantreis.journeys.slices import sliced
from klantreis.map.read import map_of
from klantreis.testing import SECOND, Touch, Trip, journeys_of, split

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")
PHASES = (("ad", "aware"), ("search", "aware"), ("look", "weigh"), ("pay", "buy"))
OPTIONS = standing.Options(PHASES)


def trip(person, words, state=OPEN, begin=0):
    return Trip(person, tuple(Touch(None if w == "x" else w, begin + n, event=w) for n, w in enumerate(words)), state)


def stand(log, **more):
    return fold(standing, journeys_of(log, touchpoints=("ad", "search", "look", "pay"), **more), OPTIONS)


def people(found):
    return {one.phase: one.people for one in found.phases}


def test_an_open_journey_counts_in_the_phase_of_its_last_known_touch():
    found = stand([trip("a", ["ad", "look"]), trip("b", ["look", "ad"]), trip("c", ["pay", "x", "x"])])
    assert people(found) == {"aware": 1, "weigh": 1, "buy": 1}
    assert (found.people, found.journeys, found.elsewhere, found.all_people) == (3, 3, 0, 3)


def test_who_is_done_or_silent_for_too_long_is_in_no_phase():
    found = stand([trip("a", ["look"], ENDED), trip("b", ["look"], TIMED_OUT), trip("c", ["look"])])
    assert (people(found)["weigh"], found.people, found.all_people) == (1, 1, 3)


def test_who_has_several_open_journeys_stands_once_where_they_were_last():
    found = stand([trip("a", ["pay"], begin=5), trip("a", ["ad"], begin=0), trip("a", ["x"], begin=9)])
    assert people(found) == {"aware": 0, "weigh": 0, "buy": 1}
    assert (found.people, found.journeys) == (1, 3)


def test_at_one_moment_the_journey_that_began_last_decides():
    found = stand([Trip("a", (Touch("ad", 1), Touch("look", 5)), OPEN), Trip("a", (Touch("pay", 5),), OPEN)])
    assert people(found) == {"aware": 0, "weigh": 0, "buy": 1}


def test_who_met_no_phase_yet_is_counted_apart_so_that_all_add_up():
    found = stand([trip("a", ["x"]), trip("b", ["look"])])
    assert (found.elsewhere, found.people) == (1, 2)
    assert found.rows()[-1] == {"phase": None, "people": 1, "journeys": 1}


def test_the_moment_is_the_end_of_the_data_also_of_a_period():
    journeys = journeys_of([trip("a", ["look"]), trip("b", ["look"], begin=50)], last=100)
    early = fold(standing, sliced(journeys, until=10 * SECOND), OPTIONS)
    assert (early.at, early.people) == (100 * SECOND, 1)
    assert early.to_dict()["at"] == "1970-01-01T00:01:40Z"


def test_nothing_at_all_has_every_phase_at_zero_and_no_moment():
    found = fold(standing, journeys_of([]), OPTIONS)
    assert (set(people(found).values()), found.at, found.why.text("nl")) == ({0}, None, "")
    json.dumps(found.to_dict())


def test_journeys_without_an_end_tell_why_nobody_can_be_placed():
    found = fold(standing, journeys_of([trip("a", ["look"], ENDED)]), standing.Options(PHASES, ends=False))
    assert found.of("weigh") is None
    assert "timeout" in found.why.text("en")
    assert "einde" in found.why.text("nl")


@pytest.mark.parametrize(
    ("rule", "ends"), [("{timeout: 3 days}", True), ("{end: [b]}", True), ("{timeout: never}", False)]
)
def test_a_map_asks_with_its_own_end(rule, ends):
    map_ = map_of(
        f"""
        klantreis: 1
        id: shop
        title: Shop
        languages: [en]
        journey: {rule}
        phases: {{one: {{a: {{match: a}}}}, two: {{b: {{match: b}}, c: {{do: I think}}}}}}
        """
    )
    assert standing.asked_by(map_) == standing.Options((("a", "one"), ("b", "two")), ends)


def test_a_map_that_data_cannot_show_asks_nothing():
    text = "klantreis: 1\nid: shop\ntitle: Shop\nlanguages: [en]\nphases: {one: {a: {do: I think}}}\n"
    assert standing.asked_by(map_of(text)) is None


trips = st.lists(
    st.tuples(
        st.sampled_from("pqr"),
        st.lists(st.sampled_from(["ad", "look", "pay", "x"]), min_size=1, max_size=4),
        st.sampled_from([OPEN, ENDED]),
        st.integers(0, 3),
    ),
    max_size=8,
)


@settings(max_examples=150, deadline=None)
@given(trips, st.integers(1, 4), st.randoms())
def test_it_equals_looking_at_everybody_and_any_split_gives_the_same(listed, buckets, chance):
    log = [trip(person, words, state, 10 * begin) for person, words, state, begin in listed]
    phase = dict(PHASES)
    latest = {}
    for number, (person, words, state, begin) in enumerate(listed):
        known = [(10 * begin + n, phase[word]) for n, word in enumerate(words) if word in phase]
        if state == OPEN:
            moment, where = known[-1] if known else (-1, None)
            latest[person] = max(latest.get(person, (-2,)), (moment, 10 * begin, number, where))
    whole = journeys_of(log, touchpoints=("ad", "search", "look", "pay"))
    found = fold(standing, whole, OPTIONS)
    expected = [where for *_, where in latest.values()]
    assert people(found) == {name: expected.count(name) for name in ("aware", "weigh", "buy")}
    assert (found.elsewhere, found.people) == (expected.count(None), len(expected))
    parts = [standing.measure(bucket, OPTIONS) for bucket in split(whole, log, buckets).buckets]
    while len(parts) > 1:
        chance.shuffle(parts)
        parts.append(standing.merge(parts.pop(), parts.pop()))
    assert standing.finish(parts[0], OPTIONS, whole.about).to_dict()["phases"] == found.to_dict()["phases"]
