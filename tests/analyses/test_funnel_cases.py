"""Exclusions, longest times, optional steps, any order and groups, case by case."""

import json
from pathlib import Path

import jsonschema
import pytest

from klantreis.analyses import funnel
from klantreis.analyses.fold import fold
from klantreis.analyses.funnel import Exclusion
from klantreis.errors import OptionError
from klantreis.stats.compare import difference
from klantreis.testing import SECOND, Touch, Trip, journeys_of, trips

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")
SCHEMA = Path(funnel.__file__).parents[2] / "schemas/funnel.schema.json"


def run(log, steps, *, last=None, excluding=(), gaps=(), **options):
    journeys = journeys_of(log if isinstance(log, list) else trips(log), last=last)
    listed = tuple(step if isinstance(step, tuple) else (step, (step,)) for step in steps)
    gaps = tuple(None if gap is None else gap * SECOND for gap in gaps)
    exclude = tuple(Exclusion((touch,), after, before) for touch, after, before in excluding)
    return fold(funnel, journeys, funnel.Options(listed, step_within=gaps, exclude=exclude, **options))


def people(*args, **options):
    return [step.people for step in run(*args, **options).steps]


def level(log, *, excluding, steps="abc", within=10, ties="step"):
    """(steps reached, excluded) of one person."""
    found = run({"u": log}, list(steps), excluding=excluding, within=within * SECOND, ties=ties)
    return sum(step.people for step in found.steps), found.excluded


def test_an_exclusion_after_the_window_no_longer_counts():
    """PostHog, test_funnel_exclusions_full_window: step 1 at 0, exclusion at 11 s, step 2 at 12 s, window 10 s."""
    assert level([("a", 0), ("x", 11), ("b", 12)], excluding=[("x", 0, 1)], steps="ab") == (1, 0)


def test_an_exclusion_between_two_steps_ends_the_attempt():
    assert level([("a", 0), ("x", 1), ("b", 2)], excluding=[("x", 0, 1)], steps="ab") == (0, 1)
    assert level([("a", 0), ("b", 2), ("x", 3)], excluding=[("x", 0, 1)], steps="ab") == (2, 0)
    assert level([("x", 0), ("a", 1), ("b", 2)], excluding=[("x", 0, 1)], steps="ab") == (2, 0)


def test_an_exclusion_in_time_ends_an_attempt_that_got_no_further():
    assert level([("a", 0), ("x", 10)], excluding=[("x", 0, 1)], steps="ab") == (0, 1)
    assert level([("a", 0), ("b", 1), ("x", 2)], excluding=[("x", 1, 2)]) == (0, 1)


def test_a_clean_retry_counts():
    assert level([("a", 0), ("x", 1), ("a", 2), ("b", 3)], excluding=[("x", 0, 1)], steps="ab") == (2, 0)
    assert level([("a", 0), ("x", 1), ("b", 2), ("a", 3)], excluding=[("x", 0, 1)], steps="ab") == (1, 0)
    assert level([("a", 0), ("b", 1), ("x", 2), ("b", 3), ("c", 4)], excluding=[("x", 1, 2)]) == (3, 0)


def test_an_exclusion_only_counts_in_its_own_span():
    log = [("a", 0), ("x", 1), ("b", 2), ("c", 3)]
    assert level(log, excluding=[("x", 1, 2)]) == (3, 0)
    assert level(log, excluding=[("x", 0, 2)]) == (0, 1)
    assert level(log, excluding=[("x", 1, 2), ("x", 0, 1)]) == (0, 1)


def test_events_at_one_instant_are_not_between_each_other():
    together = [("a", 0), ("x", 0), ("b", 1)]
    assert level(together, excluding=[("x", 0, 1)], steps="ab") == (2, 0)
    assert level(together, excluding=[("x", 0, 1)], steps="ab", ties="file") == (0, 1)
    assert level([("a", 0), ("b", 1), ("x", 1), ("c", 2)], excluding=[("x", 0, 2)]) == (0, 1)
    assert level([("a", 0), ("x", 0), ("b", 0)], excluding=[("x", 0, 1)], steps="ab") == (2, 0)


def test_who_is_excluded_is_in_no_step_and_in_no_denominator():
    log = {"u": [("a", 0), ("x", 1)], "v": [("a", 0), ("b", 1)], "w": [("a", 0)]}
    found = run(log, ["a", "b"], excluding=[("x", 0, 1)])
    assert [(step.people, step.share.value) for step in found.steps] == [(2, 1.0), (1, 0.5)]
    assert (found.excluded, found.all_people) == (1, 3)


def test_each_step_may_have_a_longest_time_of_its_own():
    log = {
        "u": [("a", 0), ("b", 5), ("c", 6)],
        "v": [("a", 0), ("b", 2), ("c", 6)],
        "w": [("a", 0), ("b", 2), ("c", 4)],
    }
    assert people(log, ["a", "b", "c"], gaps=(None, 4, 3)) == [3, 2, 1]
    assert people(log, ["a", "b", "c"], gaps=(None, 5, None)) == [3, 3, 3]


def test_a_later_event_may_keep_the_longest_time_where_the_first_does_not():
    assert people({"u": [("a", 0), ("b", 1), ("b", 8), ("c", 10)]}, ["a", "b", "c"], gaps=(None, None, 2)) == [1, 1, 1]


def test_after_its_longest_time_a_step_is_over_and_nothing_excludes_it():
    found = run({"u": [("a", 0), ("x", 5)]}, ["a", "b"], gaps=(None, 4), excluding=[("x", 0, 1)])
    assert (found.steps[0].people, found.excluded) == (1, 0)


def test_an_optional_step_may_be_skipped():
    log = {"u": [("a", 0), ("b", 1), ("c", 2)], "v": [("a", 0), ("c", 2)], "w": [("a", 0)]}
    found = run(log, ["a", "b", "c"], optional=("b",))
    assert [step.people for step in found.steps] == [3, 1, 2]
    assert [step.from_previous.n for step in found.steps[1:]] == [3, 3]
    assert [step.median_seconds for step in found.steps[1:]] == [1, 1.5]
    assert [step.optional for step in found.steps] == [False, True, False]


def test_an_attempt_that_takes_the_optional_step_is_preferred():
    found = run({"u": [("a", 0), ("c", 1), ("b", 2), ("c", 3)]}, ["a", "b", "c"], optional=("b",))
    assert [step.people for step in found.steps] == [1, 1, 1]
    assert found.median_seconds == 3


@pytest.mark.parametrize("word", ["abc", "cba", "bac", "aabbcc"])
def test_in_any_order_all_steps_within_one_window_count(word):
    """PostHog, unordered funnels: all steps within one window of each other, distinct events."""
    log = {"u": [(letter, at) for at, letter in enumerate(word)]}
    assert people(log, list("abc"), order="any", within=4 * SECOND) == [1, 1, 1]


def test_in_any_order_the_window_runs_from_whichever_came_first():
    assert people({"u": [("c", 0), ("a", 5), ("b", 9)]}, list("abc"), order="any", within=8 * SECOND) == [1, 1, 0]
    assert (
        people({"u": [("c", 0), ("c", 2), ("a", 5), ("b", 10)]}, list("abc"), order="any", within=8 * SECOND) == [1] * 3
    )


def test_in_any_order_two_steps_of_one_touchpoint_need_two_events():
    assert people({"u": [("a", 0), ("b", 1)]}, list("aab"), order="any") == [1, 1, 0]
    steps = [("one", ("a", "b")), ("two", ("a",)), ("three", ("b", "c"))]
    assert people({"u": [("b", 0), ("a", 1), ("c", 2)]}, steps, order="any") == [1, 1, 1]
    assert people({"u": [("a", 0), ("a", 1), ("a", 2)]}, steps, order="any") == [1, 1, 0]


def test_in_any_order_an_event_may_give_its_step_to_another():
    steps = [("one", ("a", "b")), ("two", ("a",)), ("three", ("a",))]
    assert people({"u": [("a", 0), ("b", 1), ("b", 2)]}, steps, order="any") == [1, 1, 0]
    assert people({"u": [("a", 0), ("b", 1), ("a", 2)]}, steps, order="any") == [1, 1, 1]


def test_in_any_order_it_is_told_which_steps_were_done():
    found = run({"u": [("c", 0), ("a", 5)], "v": [("a", 1)]}, list("abc"), order="any")
    assert [step.step for step in found.steps] == ["1/3", "2/3", "3/3"]
    assert found.met == (("a", 2), ("b", 0), ("c", 1))
    assert found.steps[1].median_seconds == 5


def trip(who, *touches, segments=()):
    made = tuple(Touch(name, at, channel=channel, detail=channel) for name, at, channel in touches)
    return Trip(who, made, segments=segments)


TWO = [trip("u", ("a", 0, "web"), ("b", 1, "app"), ("c", 2, "app")), trip("v", ("a", 0, "app"), ("b", 3, "app"))]


def groups(found):
    return {(one.value, one.kind): [step.people for step in one.steps] for one in found.groups}


def test_a_breakdown_takes_the_value_of_the_first_step_unless_another_is_asked():
    by = {"by": "channel"}
    assert groups(run(TWO, "abc", **by)) == {("web", "value"): [1, 1, 1], ("app", "value"): [1, 1, 0]}
    assert groups(run(TWO, "abc", **by, value_of="last")) == {("app", "value"): [2, 2, 1]}
    told = groups(run(TWO, "abc", **by, value_of="c"))
    assert told == {("app", "value"): [1, 1, 1], (None, "not_reached"): [1, 1, 0]}
    told = groups(run(TWO, "abc", **by, value_of="all"))
    assert told == {(None, "mixed"): [1, 1, 1], ("app", "value"): [1, 1, 0]}


def test_the_value_is_never_that_of_another_attempt():
    log = [trip("u", ("a", 0, "web"), ("a", 5, "app"), ("b", 14, "mail"), ("a", 20, "post"))]
    assert groups(run(log, "ab", by="channel", within=10 * SECOND)) == {("app", "value"): [1, 1]}


def test_a_mature_attempt_counts_under_its_own_value():
    """The mature attempt came by web and failed; the one that succeeded, by app, is too recent to judge."""
    log = [trip("u", ("a", 0, "web"), ("a", 95, "app"), ("b", 96, "app"))]
    found = run(log, "ab", by="channel", within=10 * SECOND, last=100)
    assert {one.value: [(s.people, s.mature) for s in one.steps] for one in found.groups} == {
        "web": [(0, 1), (0, 0)], "app": [(1, 0), (1, 0)],
    }  # fmt: skip


def test_a_breakdown_by_segment_takes_the_journey_of_the_event():
    log = [trip("u", ("a", 0, "web"), segments=("new", "big")), trip("v", ("a", 0, "web"), ("b", 1, "web"))]
    told = groups(run(log, "ab", by="segment"))
    assert told == {("new", "value"): [1, 0], ("big", "value"): [1, 0], (None, "missing"): [1, 1]}
    with pytest.raises(OptionError, match="may share people"):
        run(log, "ab", by="segment").difference("new", "big")


def test_a_breakdown_by_touchpoint_tells_alternatives_apart():
    log = {"u": [("a", 0), ("c", 1)], "v": [("b", 0)]}
    assert groups(run(log, [("in", ("a", "b")), ("out", ("c",))], by="touchpoint")) == {
        ("a", "value"): [1, 1], ("b", "value"): [1, 0],
    }  # fmt: skip


def test_two_groups_are_compared_with_an_interval():
    """Newcombe (1998), Statistics in Medicine 17:873-890, table II, row (a): 56/70 against 48/80."""
    log = [trip(f"u{n}", ("a", 0, "web"), *([("b", 1, "web")] if n < 56 else [])) for n in range(70)]
    log += [trip(f"v{n}", ("a", 0, "app"), *([("b", 1, "web")] if n < 48 else [])) for n in range(80)]
    found = run(log, "ab", by="channel")
    gap = found.difference("web", "app")
    assert (gap.value, gap.low, gap.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)
    assert found.difference("web", "app") == difference((56, 70), (48, 80))
    assert {one.value: one.difference for one in found.groups}["web"] == gap  # everybody else is the other group
    with pytest.raises(OptionError, match="no group 'wbe'") as caught:
        found.difference("wbe", "app")
    assert "web" in str(caught.value)


def test_small_groups_stand_together():
    log = [trip(str(n), ("a", 0, f"c{n if n > 2 else 0}")) for n in range(8)]
    found = run(log, "a", by="channel", most=2)
    assert [(one.kind, one.steps[0].people) for one in found.groups] == [("value", 3), ("value", 1), ("other", 4)]


def test_the_time_to_convert_counts_open_entries_too():
    """By hand: converted after 2 and 4 of a window of 10; one open entry of 3, one that had its time.

    Left after 2: 3/4; after 4: 3/4 x 1/2 = 3/8. So half convert within 4.
    """
    log = {"u": [("a", 0), ("b", 2)], "v": [("a", 0), ("b", 4)], "w": [("a", 97)], "z": [("a", 0)]}
    found = run(log, ["a", "b"], within=10 * SECOND, last=100)
    assert (found.to_convert.median.value, found.to_convert.q25_seconds, found.to_convert.p90_seconds) == (3, 2.5, 3.8)
    assert (found.to_convert.median_of_all.value, found.to_convert.median_of_all.n) == (4, 2)
    assert run(log, ["a", "b"], by="channel", within=10 * SECOND, last=100).to_convert == found.to_convert


def test_each_group_has_its_time_to_convert_with_open_entries():
    """By hand, web as in the test above; of app one converts after 6, one is open after 1: half within 6."""
    log = [
        trip("u", ("a", 0, "web"), ("b", 2, "web")), trip("v", ("a", 0, "web"), ("b", 4, "app")),
        trip("w", ("a", 97, "web")), trip("z", ("a", 0, "web")),
        trip("p", ("a", 0, "app"), ("b", 6, "web")), trip("q", ("a", 99, "app")),
        trip("k", ("a", 0, "shop"), ("b", 8, "shop")), trip("l", ("a", 0, "shop"), ("b", 9, "shop")),
        trip("m", ("a", 90, None)),
    ]  # fmt: skip
    found = run(log, ["a", "b"], by="channel", within=10 * SECOND, last=100)
    took = {one.value: one.to_convert for one in found.groups}
    assert (took["web"].median.value, took["web"].median_of_all.value, took["web"].median_of_all.n) == (3, 4, 2)
    assert (took["web"].q25_seconds, took["web"].p90_seconds) == (2.5, 3.8)
    assert (took["app"].median.value, took["app"].median_of_all.value) == (6, 6)
    assert (took["shop"].median_of_all.value, took["shop"].median_of_all.n) == (8, 2)  # none open, yet comparable
    assert (took[None].median.value, took[None].median_of_all.value, took[None].median_of_all.n) == (None, None, 0)
    ends = [row for row in found.rows() if row["step"] == "b"]
    assert [row["convert_of_all"] for row in ends] == [8, 4, 6, 8, None]
    assert [row["convert_seconds_n"] for row in ends] == [5, 2, 1, 2, 0]
    assert {row["convert_of_all"] for row in found.rows() if row["step"] == "a"} == {None}


def test_a_group_converts_as_fast_as_the_same_people_alone():
    paces = [
        (channel, n, (n * 7) % 40, (n * pace) % 13) for channel, pace in (("web", 5), ("app", 11)) for n in range(60)
    ]
    log = [
        trip(f"{channel}{n}", ("a", at, channel), *([("b", at + took, channel)] * (n % 3 > 0 and at + took <= 45)))
        for channel, n, at, took in paces
    ]
    found = run(log, ["a", "b"], by="channel", within=12 * SECOND, last=45)
    for one in found.groups:
        theirs = [each for each in log if each.person.startswith(one.value)]
        alone = run(theirs, ["a", "b"], within=12 * SECOND, last=45)
        assert one.to_convert == alone.to_convert
        assert one.to_convert.median_of_all.value > one.to_convert.median.value


def test_a_median_that_less_than_half_reach_has_no_value():
    log = {"u": [("a", 0), ("b", 2)], "v": [("a", 0)], "w": [("a", 0)], "x": [("a", 97)]}
    assert run(log, ["a", "b"], within=10 * SECOND, last=100).to_convert.median_of_all.value is None
    assert run(log, ["a", "b"]).to_convert.median_of_all is None


def test_sessions_are_counted_as_sessions():
    from dataclasses import replace

    journeys = journeys_of(trips({"u": [("a", 0)]}))
    cut = replace(journeys, about=replace(journeys.about, grain="session"))
    assert fold(funnel, cut, funnel.Options((("a", ("a",)),), grain="journey")).grain == "session"
    assert fold(funnel, cut, funnel.Options((("a", ("a",)),))).grain == "person"


def test_nobody_gives_zeroes_for_every_rule():
    for more in ({"by": "channel"}, {"order": "any"}, {"optional": ("b",)}, {"by": "segment", "value_of": "all"}):
        found = run({}, ["a", "b", "c"], within=SECOND, **more)
        assert [(step.people, step.share.value) for step in found.steps] == [(0, None)] * 3
        assert (found.excluded, found.groups) == (0, ())
    lone = run({"u": [("x", 0)]}, ["a", "b"], excluding=[("x", 0, 1)], within=SECOND, by="channel")
    assert (lone.excluded, lone.groups, lone.all_people) == (0, (), 1)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"excluding": [("b", 0, 1)]}, "cannot be step 2 and an exclusion"),
        ({"excluding": [("x", 1, 1)]}, "lies between two steps"),
        ({"excluding": [("x", 0, 9)]}, "lies between two steps"),
        ({"excluding": [("x", 0, 1)], "optional": ("b",)}, "everybody takes"),
        ({"optional": ("a",)}, "cannot be optional"),
        ({"optional": ("bb",)}, "no step 'bb'"),
        ({"order": "any", "excluding": [("x", 0, 1)]}, "any order"),
        ({"order": "any", "gaps": (None, 0, None)}, "any order"),
        ({"gaps": (None, 1)}, "3 steps and 2 times"),
        ({"gaps": (None, -1, None)}, "shorter than nothing"),
        ({"by": "chanel"}, "'chanel' is not a value of 'by'"),
        ({"by": "channel", "value_of": "d"}, "no step 'd'"),
    ],
)
def test_a_funnel_that_cannot_be_asked_is_refused(options, told):
    with pytest.raises(OptionError, match=told):
        run({"u": [("a", 0)]}, ["a", "b", "c"], **options)


def test_the_dictionary_keeps_its_published_shape():
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text()))
    found = run(
        TWO, "abc", by="channel", excluding=[("x", 0, 2)], gaps=(None, 9, None), optional=("b",), within=90 * SECOND
    )
    told = json.loads(json.dumps(found.to_dict()))
    validator.validate(told)
    assert told["rules"]["exclude"] == [{"touchpoints": ["x"], "after": "a", "before": "c"}]
    assert (told["rules"]["step_within_seconds"], told["by"], told["groups"][0]["value"]) == (
        [None, 9, None],
        "channel",
        "web",
    )
    validator.validate(json.loads(json.dumps(run(TWO, "abc", order="any").to_dict())))
    assert {row["group_kind"] for row in found.rows()} == {"everybody", "value"}
    assert len({tuple(row) for row in found.rows()}) == 1
