"""Attribution on cases small enough to check by eye."""

import re
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from klantreis.analyses import attribution
from klantreis.analyses.attribution import Options, PathCount
from klantreis.analyses.channel_mix import Options as ChannelOptions
from klantreis.analyses.fold import fold
from klantreis.errors import OptionError
from klantreis.testing import SECOND, Touch, Trip, journeys_of

DAY = 86_400.0
PAGES = Path(__file__).resolve().parents[2] / "docs/reference"


def walk(person, *rows):
    """('mail', 2) is a touch on day 2, ('buy', 3) a conversion of 10; a third item is its value."""
    return Trip(
        person,
        tuple(
            Touch("buy", row[1] * DAY, value=row[2] if len(row) > 2 else 10.0)
            if row[0] == "buy"
            else Touch("visit", row[1] * DAY, channel=row[0])
            for row in rows
        ),
    )


def asked(*trips, last=None, **options):
    return fold(attribution, journeys_of(trips, last=last), Options(("buy",), **options))


def credit(result, model, field="conversions"):
    return {one.channel: getattr(one, field) for one in result.model(model).credits}


def test_the_toy_of_three_channels_has_its_published_effects():
    # semantics: c1>c2>c3 converts, c1 does not, c2>c3 does not: chance 1/3, effects 0.5, 1, 1; credit 0.2, 0.4, 0.4.
    result = asked(
        walk("a", ("c1", 0), ("c2", 1), ("c3", 2), ("buy", 3)), walk("b", ("c1", 0)), walk("c", ("c2", 0), ("c3", 1))
    )
    assert result.model("markov_1").chance == pytest.approx(1 / 3)
    assert credit(result, "markov_1", "removal") == pytest.approx({"c1": 0.5, "c2": 1, "c3": 1})
    assert credit(result, "markov_1") == pytest.approx({"c1": 0.2, "c2": 0.4, "c3": 0.4})
    assert credit(result, "markov_1", "value") == pytest.approx({"c1": 2, "c2": 4, "c3": 4})


def test_each_way_to_divide_one_path():
    result = asked(walk("a", ("x", 0), ("y", 7), ("x", 14), ("z", 21), ("buy", 21)))
    assert credit(result, "first") == {"x": 1, "y": 0, "z": 0}
    assert credit(result, "last") == {"x": 0, "y": 0, "z": 1}
    assert credit(result, "linear") == pytest.approx({"x": 0.5, "y": 0.25, "z": 0.25})
    assert credit(result, "position") == pytest.approx({"x": 0.5, "y": 0.1, "z": 0.4})
    assert credit(result, "time_decay") == pytest.approx({"x": 5 / 15, "y": 2 / 15, "z": 8 / 15})
    assert credit(result, "shapley") == pytest.approx({"x": 1 / 3, "y": 1 / 3, "z": 1 / 3})
    assert result.spread("x") == pytest.approx((0, 1))


def test_decay_is_the_same_whether_hours_count_to_the_conversion_or_to_the_last_touch():
    soon = asked(walk("a", ("x", 0), ("y", 7), ("buy", 7)))
    late = asked(walk("a", ("x", 0), ("y", 7), ("buy", 20)))
    assert credit(soon, "time_decay") == credit(late, "time_decay") == pytest.approx({"x": 1 / 3, "y": 2 / 3})


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        (0.4, 0.4, {"x": 0.5, "y": 0.5}),
        (1.0, 0.0, {"x": 1.0, "y": 0.0}),
        (0.0, 0.0, {"x": 0.5, "y": 0.5}),
        (0.6, 0.2, {"x": 0.75, "y": 0.25}),
    ],
)
def test_two_touches_share_by_their_positions(first, last, told):
    result = asked(walk("a", ("x", 0), ("y", 1), ("buy", 2)), first_share=first, last_share=last)
    assert credit(result, "position") == pytest.approx(told)


def test_a_conversion_ends_the_path_and_the_next_begins_after_it():
    result = asked(walk("a", ("x", 0), ("buy", 1), ("y", 2), ("buy", 3), ("buy", 4), ("z", 5)))
    assert (result.conversions, result.attributed, result.nulls) == (3, 2, 1)
    assert credit(result, "linear") == {"x": 1, "y": 1, "z": 0}


def test_the_look_back_includes_its_end_and_tells_what_it_left_out():
    rows = (("x", 0), ("y", 10), ("z", 10.5), ("buy", 40))
    result = asked(walk("a", *rows), walk("b", ("x", 0), ("y", 31)))
    assert credit(result, "linear") == {"y": 0.5, "z": 0.5}
    assert (result.old, result.touches, result.nulls) == (2, 3, 1)
    assert asked(walk("a", *rows), within=None).old == 0
    gone = asked(walk("a", ("x", 0), ("buy", 31)))
    assert (gone.conversions, gone.attributed, gone.rate.n) == (1, 0, 0)


def test_paths_that_may_still_convert_are_told():
    trips = (walk("a", ("x", 0)), walk("b", ("x", 20)))
    assert asked(*trips, last=40 * DAY).open_nulls == 1
    assert asked(*trips, last=40 * DAY, within=None).open_nulls == 2


def test_a_failed_conversion_is_none():
    failed = Trip("a", (Touch("visit", 0, channel="x"), Touch("buy", 1, failed=True)))
    assert asked(failed).conversions == 0


def test_touches_without_a_channel_are_left_out_and_counted():
    trip = Trip(
        "a", (Touch("visit", 0), Touch("visit", 1, channel="x"), Touch("visit", 2, channel="y"), Touch("buy", 3))
    )
    assert (credit(asked(trip), "linear"), asked(trip).nameless) == ({"x": 0.5, "y": 0.5}, 1)
    only = asked(trip, only=("y", "unheard-of"))
    assert (credit(only, "linear"), only.nameless) == ({"y": 1}, 2)
    assert only.value is None
    assert credit(only, "last", "value") == {"y": None}


def test_a_channel_may_be_a_touchpoint_an_event_or_a_detail():
    trip = Trip("a", (Touch("look", 0, event="page", detail="shoes"), Touch(None, 1, event="chat"), Touch("buy", 2)))
    assert set(asked(trip, by="touchpoint").channels) == {"look"}
    assert set(asked(trip, by="event").channels) == {"page", "chat"}
    assert set(asked(trip, by="detail").channels) == {"shoes"}
    assert asked(trip, by="channel").models[0].credits == ()


def test_touchpoints_may_belong_to_one_channel():
    trip = Trip("a", (Touch("post", 0), Touch("reel", 1), Touch("shelf", 2), Touch("buy", 3)))
    found = asked(trip, by="touchpoint", called=(("post", "social"), ("reel", "social"), ("unmet", "mail")))
    assert credit(found, "linear") == pytest.approx({"social": 2 / 3, "shelf": 1 / 3})
    assert credit(found, "shapley") == pytest.approx({"social": 1 / 2, "shelf": 1 / 2})


def test_the_conversion_may_be_its_own_last_touch():
    trip = Trip("a", (Touch("visit", 0, channel="x"), Touch("buy", 1, channel="shop")))
    assert credit(asked(trip, own=True), "last") == {"shop": 1, "x": 0}
    assert credit(asked(trip), "last") == {"x": 1}
    alone = asked(Trip("a", (Touch("buy", 1, channel="shop"),)), own=True)
    assert credit(alone, "markov_3") == {"shop": 1}


def test_a_person_is_followed_through_all_journeys_also_when_they_overlap():
    one = walk("a", ("x", 0), ("z", 4))
    other = walk("a", ("y", 1), ("buy", 5))
    assert credit(asked(one, other), "linear") == pytest.approx({"x": 1 / 3, "y": 1 / 3, "z": 1 / 3})
    assert credit(asked(one, other), "last")["z"] == 1
    per_journey = asked(one, other, grain="journey")
    assert credit(per_journey, "linear") == {"y": 1, "x": 0, "z": 0}
    assert per_journey.nulls == 1


def test_without_the_paths_that_led_to_none_a_channel_only_they_met_counts_for_nothing():
    result = asked(walk("a", ("x", 0), ("buy", 1)), walk("b", ("y", 0)), walk("c", ("y", 0), ("x", 1), ("buy", 2)))
    assert credit(result, "markov_1_no_null")["y"] == pytest.approx(2 / 3)
    loose = asked(walk("a", ("x", 0), ("buy", 1)), walk("b", ("y", 0)))
    assert credit(loose, "markov_1_no_null") == {"x": 1, "y": 0}


def test_nothing_at_all_and_nobody_who_converts():
    for journeys in (journeys_of([]), journeys_of([walk("a", ("x", 0))])):
        result = fold(attribution, journeys, Options(("buy",)))
        assert result.attributed == 0
        assert all(model.credits == () for model in result.models)
        assert result.rows() == []
        assert result.to_dict()["claim"] == "observational"
    assert asked(walk("a", ("x", 0))).unknown == ("buy",)


def test_huge_values_keep_their_cents():
    result = asked(walk("a", ("x", 0), ("y", 1), ("z", 2), ("buy", 3, 900_000_000_000.01)))
    assert sum(credit(result, "linear", "value").values()) == pytest.approx(900_000_000_000.01, rel=1e-15)


def test_options_that_cannot_be_are_refused_with_the_way_to_mend_them():
    for options in ({"within": -1}, {"half_life": 0}, {"order": 4}, {"first_share": 0.7}, {"last_share": -0.1}):
        with pytest.raises(OptionError) as refused:
            asked(walk("a", ("x", 0), ("buy", 1)), **options)
        assert refused.value.mend


def test_counted_paths_and_the_same_paths_as_events_agree():
    rows = [PathCount(("x", "y"), 3, 1, 30.0), PathCount(("y",), 0, 4), PathCount(("x", "y"), 1, 0, 10.0)]
    trips = [walk(f"w{number}", ("x", 0), ("y", 1), ("buy", 2)) for number in range(4)]
    trips += [walk("l", ("x", 0), ("y", 1)), *(walk(f"n{number}", ("y", 0)) for number in range(4))]
    counted, met = attribution.of_paths(rows, Options(())), asked(*trips)
    for model in met.models:
        if model.model != "time_decay":
            assert credit(counted, model.model) == pytest.approx(credit(met, model.model))
            assert credit(counted, model.model, "value") == pytest.approx(credit(met, model.model, "value"))
    assert (counted.attributed, counted.nulls, counted.touches) == (met.attributed, met.nulls, met.touches)
    assert not counted.model("time_decay").computed
    assert counted.no_interval
    assert attribution.of_paths([], Options(())).rows() == []


def many(people, seed=3):
    rng = np.random.default_rng(seed)
    return [
        walk(f"p{number}", (str(rng.choice(["x", "y", "z"])), 0), (str(rng.choice(["x", "y"])), 1),
             *([("buy", 2)] if rng.random() < 0.4 else []))
        for number in range(people)
    ]  # fmt: skip


def test_shares_have_an_interval_when_there_are_enough_people_and_else_say_why():
    result = asked(*many(500))
    for model in result.models:
        for one in model.credits:
            assert one.share.n == result.attributed
            assert 0 < one.share.low < one.share.value < one.share.high < 1 or one.share.value == 0
    assert not result.no_interval
    few = asked(*many(40))
    assert few.attributed < 30
    assert few.rows()[0]["share_low"] is None
    assert "30" in few.no_interval.text("en")


def test_the_interval_covers_the_truth_about_95_times_in_100():
    truth = {one.channel: one.share.value for one in asked(*many(20_000, 99), order=1).model("markov_1").credits}
    inside = total = 0
    for seed in range(40):
        for one in asked(*many(300, seed), order=1).model("markov_1").credits:
            inside, total = inside + (one.share.low <= truth[one.channel] <= one.share.high), total + 1
    assert 0.88 <= inside / total <= 1


def test_a_half_life_is_in_microseconds_and_the_rules_say_seconds():
    rules = dict(asked(walk("a", ("x", 0), ("buy", 1)), half_life=5 * SECOND).rules)
    assert (rules["half_life_seconds"], rules["within_seconds"]) == (5, 30 * DAY)


@pytest.mark.parametrize(("page", "options"), [("attribution", Options), ("channels", ChannelOptions)])
def test_the_page_names_every_option_and_its_examples_run(page, options):
    text = (PAGES / f"{page}.md").read_text("utf-8")
    assert [field.name for field in fields(options) if f"`{field.name}`" not in text] == []
    (example,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    exec(compile(example, f"{page}.md", "exec"), {})
