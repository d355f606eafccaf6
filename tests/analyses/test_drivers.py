"""Drivers: hand cases, no leakage, thresholds, statsmodels and scipy beside it, the laws of a fold."""

import json
import re
from dataclasses import fields
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from klantreis.analyses import drivers
from klantreis.analyses.barriers import drawn
from klantreis.analyses.drivers.count import BINS, least
from klantreis.analyses.fold import fold
from klantreis.errors import OptionError
from klantreis.journeys.model import OPEN
from klantreis.labels import plain
from klantreis.map.model import Barrier, JourneyMap, Opportunity, Phase, Touchpoint
from klantreis.stats.association import alike_test, odds_ratio, stratified
from klantreis.testing import Touch, Trip, journeys_of, split

ROOT = Path(__file__).resolve().parents[2]
LITERAL = {
    "odds": (0.3018192890309812, 0.16250123841272962, 0.5605796246290697, 0.0001493380409760257),
    "alike": (0.2904290429042904, 0.15180783385158422, 0.5556302782422049),
    "null": 0.00015062635105811406,
}
PAID = drivers.Options(outcome=("paid",))


def people(cell: str, size: int, *touches: Touch, paid: bool, state: int = 1) -> list[Trip]:
    end = (Touch("paid", 900, value=10),) if paid else ()
    return [Trip(f"{cell}{n}", (*touches, *end), state) for n in range(size)]


def two(a: int, b: int, c: int, d: int, with_it: Touch | None = None, strata: str = "") -> list[Trip]:
    """(with it: reached, not; without it: reached, not), all having looked first."""
    look, it = Touch("look", 0), with_it or Touch("call", 5)
    return [
        *people(f"{strata}a", a, look, it, paid=True),
        *people(f"{strata}b", b, look, it, paid=False),
        *people(f"{strata}c", c, look, Touch("chat", 5), paid=True),
        *people(f"{strata}d", d, look, Touch("chat", 5), paid=False),
    ]


def found(trips, options=PAID, **kwargs):
    return fold(drivers, journeys_of(trips, **kwargs), options)


def test_a_table_by_hand_is_the_table_that_is_judged():
    answer = found(two(10, 40, 30, 20))
    call = answer.driver("touchpoint", "call")
    assert (call.with_it.value, call.with_it.n) == (0.2, 50)
    assert (call.without_it.value, call.without_it.n) == (0.6, 50)
    assert call.odds == odds_ratio((10, 40, 30, 20))
    assert (call.verdict, answer.driver("touchpoint", "chat").verdict) == ("leaving", "reaching")
    assert (answer.reached.value, answer.per_success) == (0.4, 10.0)
    assert answer.driver("touchpoint", "look") is None


def test_a_barrier_has_reach_severity_at_most_what_money_and_examples():
    (barrier,) = found(two(10, 40, 30, 20)).barriers
    assert (barrier.kind, barrier.at, barrier.people, barrier.reach.value) == ("touchpoint", "call", 50, 0.5)
    assert barrier.severity.value == pytest.approx(0.4)
    assert barrier.at_most == pytest.approx(50 * 0.4 * 10)
    assert (len(barrier.examples), barrier.status) == (5, "unknown")
    assert all(re.fullmatch(r"p[0-9a-f]{8}-1", name) for name in barrier.examples)


def test_strata_of_length_equal_statsmodels():
    # statsmodels 0.15.0: StratifiedTable(...).oddsratio_pooled, _confint(), test_null_odds(correction=False); Table2x2
    # with 0.5 added to each cell.
    short, long = (12, 28, 30, 20), (20, 15, 45, 10)
    more = [Touch("look", 600 + n) for n in range(4)]
    trips = two(*short, strata="s") + [Trip(t.person, (*t.touches, *more)) for t in two(*long, strata="l")]
    call = found(trips).driver("touchpoint", "call")
    assert call.odds.value == pytest.approx(LITERAL["odds"][0])
    assert (call.odds.low, call.odds.high, call.odds.p) == pytest.approx(LITERAL["odds"][1:])
    assert (call.alike.value, call.alike.low, call.alike.high) == pytest.approx(LITERAL["alike"])
    assert alike_test([short, long])[1] == pytest.approx(LITERAL["null"])
    assert stratified([short, long]) == call.alike


def test_q_is_adjusted_for_all_that_were_compared_as_scipy_does():
    trips = two(10, 40, 30, 20) + two(20, 30, 25, 25, Touch("mail", 5), strata="x")
    listed = found(trips).drivers
    assert [one.q for one in listed] == pytest.approx(list(false_discovery_control([one.odds.p for one in listed])))


def test_what_follows_the_outcome_counts_nowhere():
    after = [Trip(t.person, (*t.touches, Touch("thanks", 950), Touch("call", 960))) for t in two(0, 0, 30, 0)]
    before = found([*after, *two(0, 40, 0, 10, strata="z")])
    assert before.driver("touchpoint", "thanks") is None
    assert before.driver("touchpoint", "call").with_it.value == 0


def test_at_one_instant_only_what_stands_before_the_outcome_counts():
    rows = [(Touch("call", 9), Touch("paid", 9)), (Touch("paid", 9), Touch("mail", 9))]
    trips = [Trip(f"{n}{k}", rows[k]) for n in range(30) for k in (0, 1)] + people(
        "q", 40, Touch("look", 0), paid=False
    )
    answer = found(trips)
    assert answer.driver("touchpoint", "call").with_it.n == 30
    assert answer.driver("touchpoint", "mail") is None


def test_only_the_first_outcome_of_a_person_cuts_but_journeys_can_be_counted_apart():
    trips = []
    for n in range(40):
        trips += [Trip(f"p{n}", (Touch("look", 0), Touch("paid", 1))), Trip(f"p{n}", (Touch("call", 99),))]
    trips += people("q", 40, Touch("look", 0), paid=False)
    assert found(trips).driver("touchpoint", "call") is None
    apart = found(trips, drivers.Options(outcome=("paid",), unit="journey"))
    assert (apart.reached.n, apart.driver("touchpoint", "call").with_it.n) == (120, 40)


def test_who_may_still_reach_it_counts_nowhere():
    trips = two(10, 40, 30, 20) + people("o", 7, Touch("look", 0), paid=False, state=OPEN)
    trips += people("k", 3, Touch("look", 0), paid=True, state=OPEN)
    answer = found(trips)
    assert (answer.still, answer.reached.n) == (7, 103)


def test_what_failed_is_no_outcome_and_is_compared_among_those_who_tried():
    wrong = Touch("paid", 5, failed=True)
    trips = [*people("a", 10, wrong, paid=True), *people("b", 40, wrong, paid=False)]
    trips += [*people("c", 60, Touch("look", 0), paid=True), *people("d", 90, Touch("look", 0), paid=False)]
    failed = found(trips).driver("failed", "paid")
    assert (failed.with_it.value, failed.with_it.n) == (0.2, 50)
    assert (failed.without_it.value, failed.without_it.n) == (1.0, 60)


def test_twice_in_a_row_and_back_are_told_apart():
    row = (Touch("a", 0), Touch("a", 1), Touch("b", 2))
    back = (Touch("a", 0), Touch("b", 1), Touch("a", 2))
    once = (Touch("a", 0), Touch("b", 1))
    trips = [
        Trip(f"{n}{k}", (*way, *([Touch("paid", 9)] * (n % 2))))
        for n in range(40)
        for k, way in enumerate((row, back, once))
    ]
    answer = found(trips)
    assert (answer.driver("repeat", "a").with_it.n, answer.driver("repeat", "a").without_it.n) == (40, 80)
    assert answer.driver("back", "a").with_it.n == 40
    assert answer.driver("back", "b") is None
    apart = drivers.Options(outcome=("paid",), phases=(("a", "one"), ("b", "two")))
    assert found(trips, apart).driver("back", "a") is None


def test_a_stay_is_long_beyond_what_the_map_expects_else_beyond_nine_in_ten():
    trips = []
    for n in range(200):
        stay = 100 if n < 30 else 10
        trips.append(Trip(f"p{n}", (Touch("a", 0), Touch("b", stay), *([Touch("paid", 999)] * (n % 2)))))
    expected = found(trips, drivers.Options(outcome=("paid",), expected=(("a", 10.0),))).driver("slow", "a")
    assert (expected.with_it.n, expected.without_it.n, expected.longer_than) == (30, 170, 10.0)
    assert found(trips).driver("slow", "a") is None  # 15 % stay long: the slowest tenth is not apart from them
    some = [*trips, *(Trip(f"x{n}", (Touch("a", 0), Touch("b", 10))) for n in range(150))]
    tenth = found(some).driver("slow", "a")
    assert tenth.with_it.n == 30
    assert 10 < tenth.longer_than <= 100


def test_bins_of_stays_follow_one_another():
    edges = [least(spell) for spell in range(BINS)]
    assert edges == sorted(set(edges))


@pytest.mark.parametrize(
    ("size", "of", "told"), [(25, 1000, True), (24, 1000, False), (25, 1251, False), (25, 1250, True)]
)
def test_few_people_and_small_shares_are_left_out(size, of, told):
    trips = people("w", size, Touch("call", 0), paid=False) + people("a", 500, Touch("look", 0), paid=True)
    trips += people("b", of - size - 500, Touch("look", 0), paid=False)
    answer = found(trips)
    assert (answer.driver("touchpoint", "call") is not None) is told
    assert answer.driver("touchpoint", "look") is not None if told else answer.few >= 1


def test_nobody_with_it_who_reached_it_is_still_a_verdict():
    answer = found(two(0, 40, 40, 20))
    call = answer.driver("touchpoint", "call")
    assert (call.alike, call.verdict) == (None, "leaving")


def test_groups_beyond_one_to_ten_are_marked():
    trips = people("w", 30, Touch("call", 0), paid=False) + people("a", 301, Touch("look", 0), paid=True)
    assert found(trips).driver("touchpoint", "call").lopsided
    assert not found(trips[:-1]).driver("touchpoint", "call").lopsided


def test_what_nearly_all_who_reach_it_do_is_on_the_way_and_no_barrier():
    trips = people("a", 60, Touch("basket", 0), paid=True) + people("b", 30, Touch("basket", 0), paid=False)
    answer = found(trips + people("c", 60, Touch("look", 0), paid=False))
    assert answer.driver("touchpoint", "basket").on_the_way
    assert answer.drivers[-1].name == "basket"


def test_longer_journeys_alone_explain_what_is_gone_at_like_length():
    long = [Touch("look", n) for n in range(8)]
    trips = people("a", 80, *long, Touch("call", 50), paid=True) + people("b", 20, *long, Touch("call", 50), paid=False)
    trips += people("c", 80, *long, Touch("look", 50), paid=True) + people(
        "d", 20, *long, Touch("look", 50), paid=False
    )
    trips += people("e", 20, Touch("look", 0), paid=True) + people("f", 180, Touch("look", 0), paid=False)
    call = found(trips).driver("touchpoint", "call")
    assert call.odds.low > 1
    assert call.alike.value == pytest.approx(1)
    assert call.verdict == "length"


def test_the_status_is_that_of_the_barrier_drawn_there():
    touch = Touchpoint("call", plain("Call"), "p")
    map_ = JourneyMap(
        id="m", title=plain("M"), phases=(Phase("p", plain("P"), ("CO",)),), touchpoints=(touch,),
        barriers=(Barrier("wait", plain("Wait"), "call"),),
        opportunities=(Opportunity("idea", plain("I"), ("wait",), status="testing"),),
    )  # fmt: skip
    (barrier,) = found(two(10, 40, 30, 20), drivers.Options(outcome=("paid",), drawn=drawn(map_))).barriers
    assert (barrier.status, barrier.drawn) == ("testing", ("wait",))
    (barrier,) = found(two(10, 40, 30, 20), drivers.Options(outcome=("paid",), drawn=())).barriers
    assert (barrier.status, barrier.drawn) == ("new", ())


def test_events_channels_and_words_are_compared_but_known_events_are_not():
    it = Touch(None, 5, event="search", channel="app", detail="size")
    answer = found(two(10, 40, 30, 20, it))
    for kind, name in (("event", "search"), ("channel", "app"), ("detail", "size")):
        assert answer.driver(kind, name).with_it.n == 50
    known = found(two(10, 40, 30, 20, it), drivers.Options(outcome=("paid",), known=("search",), details=0))
    assert known.driver("event", "search") is None
    assert known.driver("detail", "size") is None


def test_nothing_no_outcome_and_everybody_say_so():
    for answer, word in (
        (found([]), "niemand"),
        (found(two(5, 5, 5, 5), drivers.Options()), "uitkomst"),
        (found(people("a", 50, Touch("look", 0), paid=True)), "Iedereen"),
    ):
        assert word in answer.why.text("nl")
        assert (answer.drivers, answer.barriers, answer.rows()) == ((), (), [])
        json.dumps(answer.to_dict(), allow_nan=False)


def test_a_wrong_unit_is_refused():
    with pytest.raises(OptionError, match="is not a value of 'unit'"):
        found([], drivers.Options(outcome=("paid",), unit="visit"))


def test_the_shape_is_the_published_one():
    schema = json.loads((ROOT / "src/klantreis/schemas/drivers.schema.json").read_text("utf-8"))
    for answer in (found(two(10, 40, 30, 20)), found([])):
        jsonschema.validate(json.loads(json.dumps(answer.to_dict())), schema)


def test_the_page_names_every_option_and_its_example_runs():
    page = (ROOT / "docs/reference/drivers.md").read_text("utf-8")
    assert [one.name for one in fields(drivers.Options) if f"`{one.name}`" not in page] == []
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    exec(compile(code, "drivers.md", "exec"), {})


touches = st.builds(
    Touch,
    st.sampled_from(["a", "b", "paid", None]),
    st.integers(0, 40),
    st.just("e"),
    channel=st.sampled_from(["web", "app", None]),
    detail=st.sampled_from(["x", None]),
    failed=st.booleans(),
    value=st.sampled_from([None, 5.0]),
)
logs = st.lists(
    st.builds(
        Trip, st.sampled_from("pqrst"), st.lists(touches, min_size=1, max_size=6).map(tuple), st.sampled_from([0, 1, 2])
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(logs, st.integers(1, 4), st.randoms(), st.sampled_from(["person", "journey"]))
def test_any_split_and_any_order_give_the_same_drivers(trips, buckets, chance, unit):
    whole = journeys_of(trips)
    options = drivers.Options(outcome=("paid",), unit=unit, n_min=1, share_min=0, expected=(("b", 3.0),))
    parts = [drivers.measure(bucket, options) for bucket in split(whole, trips, buckets).buckets]
    while len(parts) > 1:
        chance.shuffle(parts)
        parts.append(drivers.merge(parts.pop(), parts.pop()))
    answer = drivers.finish(parts[0], options, whole.about)
    assert answer.to_dict() | {"about": 0} == fold(drivers, whole, options).to_dict() | {"about": 0}


@settings(max_examples=60, deadline=None)
@given(logs)
def test_every_table_adds_up_to_those_whose_outcome_is_known(trips):
    answer = fold(drivers, journeys_of(trips), drivers.Options(outcome=("paid",), n_min=1, share_min=0))
    for one in answer.drivers:
        if one.kind in {"touchpoint", "event", "channel", "detail"}:
            assert one.with_it.n + one.without_it.n == answer.reached.n
    assert answer.reached.n + answer.still == len({trip.person for trip in trips})
