"""The funnel's meaning, case by case; names of outside sources stand with the cases they come from."""

import json
from pathlib import Path

import jsonschema
import pytest

from klantreis.analyses import funnel
from klantreis.analyses.fold import fold
from klantreis.errors import OptionError
from klantreis.testing import SECOND, Touch, Trip, journeys_of, trips

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")

SCHEMA = Path(funnel.__file__).parents[2] / "schemas/funnel.schema.json"
HOUR = 3600 * SECOND


def run(log, steps, *, last=None, **options):
    journeys = journeys_of(log if isinstance(log, list) else trips(log), last=last)
    listed = tuple(step if isinstance(step, tuple) else (step, (step,)) for step in steps)
    return fold(funnel, journeys, funnel.Options(listed, **options))


def people(*args, **options):
    return [step.people for step in run(*args, **options).steps]


def depth(word, steps="abc", **options):
    return sum(people({"u": [(letter, at) for at, letter in enumerate(word)]}, list(steps), **options))


@pytest.mark.parametrize(("window", "reached"), [(2, 3), (3, 4), (4, 5)])
def test_the_window_is_inclusive_at_its_end(window, reached):
    """ClickHouse test 00632_aggregation_window_funnel, by hand."""
    log = {"u": [(str(1000 + at), at) for at in range(9)]}
    assert sum(people(log, ["1003", "1004", "1005", "1006", "1007"], within=window * SECOND)) == reached


def test_steps_must_come_in_order():
    """ClickHouse test 00632_aggregation_window_funnel."""
    assert sum(people({"u": [(str(1000 + at), at) for at in range(9)]}, ["1008", "1001"])) == 1


@pytest.mark.parametrize(("ties", "reached"), [("step", 5), ("strict", 2)])
def test_events_at_one_instant_convert_unless_ties_are_strict(ties, reached):
    """ClickHouse test 00632_aggregation_window_funnel (default, strict_increase)."""
    log = {"u": [("1000", 0), ("1001", 1), ("1002", 1), ("1003", 1), ("1004", 2)]}
    assert sum(people(log, ["1000", "1001", "1002", "1003", "1004"], ties=ties)) == reached


@pytest.mark.parametrize("ties", ["step", "file", "strict"])
def test_an_event_is_used_once(ties):
    """ClickHouse strict_once (issue 21835)."""
    assert sum(people({"u": [("1004", 0)]}, ["1004", "1004", "1004"], ties=ties)) == 1


USERS = ["abc", "adbc", "aabbcc", "aaaabbcc", "aabbdcc", "ccbbaa"]


@pytest.mark.parametrize(("word", "reached"), list(zip(USERS, [3, 3, 3, 3, 3, 1], strict=True)))
def test_anything_may_happen_between_steps(word, reached):
    """ClickHouse test 01286 (windowFunnel, default)."""
    assert depth(word) == reached


@pytest.mark.parametrize(("word", "reached"), list(zip(USERS, [3, 1, 3, 3, 2, 1], strict=True)))
@pytest.mark.parametrize("entry", ["any", "first"])
def test_a_strict_order_lets_only_repeats_between(word, reached, entry):
    """ClickHouse test 01286 (strict_order)."""
    assert depth(word, order="strict", entry=entry) == reached


def test_a_strict_order_may_allow_steps_met_before():
    """ClickHouse: strict_order with and without allow_reentry on A, B, A, C."""
    assert (depth("abac", order="strict"), depth("abac", order="reentry"), depth("abdc", order="reentry")) == (2, 3, 2)


def test_only_touchpoints_in_scope_break_a_strict_order():
    assert depth("adbc", order="strict", scope=("a", "b", "c")) == 3
    assert depth("adbc", order="strict", scope=("d",)) == 1


def test_a_clean_retry_counts_in_a_strict_order_unless_only_the_first_entry_does():
    assert (depth("adbcabc", order="strict"), depth("adbcabc", order="strict", entry="first")) == (3, 1)


@pytest.mark.parametrize("entry", ["any", "first"])
@pytest.mark.parametrize("order", ["strict", "reentry"])
def test_a_strict_order_goes_on_past_a_step_that_may_be_skipped(order, entry):
    log = {
        "u": [("a", 0), ("d", 1)],
        "v": [("a", 0), ("c", 1), ("c", 2), ("d", 3)],
        "w": [("a", 0), ("x", 1), ("d", 2)],
    }
    assert people(log, "abcd", order=order, entry=entry, optional=("b", "c")) == [3, 0, 1, 2]


@pytest.mark.parametrize("entry", ["any", "first"])
def test_an_exclusion_that_also_breaks_a_strict_order_ends_the_attempt(entry):
    found = run(
        {"u": [("a", 0), ("x", 1)]}, "ab", order="strict", entry=entry, exclude=(funnel.Exclusion(("x",), 0, 1),)
    )
    assert (found.excluded, [step.people for step in found.steps]) == (1, [0, 0])


def test_at_one_instant_what_is_out_of_scope_stands_before_the_steps_too():
    kept_out = (funnel.Exclusion(("x",), 0, 1),)
    rules = {"order": "strict", "scope": ("a", "b"), "exclude": kept_out}
    assert people({"u": [("a", 5), ("x", 5), ("b", 5)]}, "ab", **rules) == [1, 1]


def test_steps_in_a_strict_order_can_be_asked_strictly_later():
    log = {"u": [("a", 0), ("b", 0)], "v": [("a", 0), ("a", 0), ("b", 1)]}
    assert people(log, ["a", "b"], order="strict", ties="strict") == [2, 1]
    assert people(log, ["a", "b"], order="strict", ties="step") == [2, 2]


@pytest.mark.parametrize(("log", "reached"), [("180f 220f 250s", 3), ("100f 250f", 2), ("200s 210f 230s", 1)])
def test_one_touchpoint_may_be_two_steps(log, reached):
    """ClickHouse test 00632 (strict_once): fail, fail, success within 200; the third has one fail before a success."""
    rows = [("fail" if item[-1] == "f" else "success", int(item[:-1])) for item in log.split()]
    assert sum(people({"u": rows}, ["fail", "fail", "success"], within=200 * SECOND)) == reached


@pytest.mark.parametrize(("entry", "reached"), [("first", 2), ("any", 3)])
def test_any_entry_may_succeed_unless_only_the_first_counts(entry, reached):
    """Mixpanel's funnel documentation: A 13:00, A 13:30, B 13:45, C 14:15, window one hour."""
    log = {"u": [("A", 13 * 3600), ("A", 13.5 * 3600), ("B", 13.75 * 3600), ("C", 14.25 * 3600)]}
    assert sum(people(log, ["A", "B", "C"], within=HOUR, entry=entry)) == reached


def test_a_repeated_step_may_use_two_events_of_one_instant():
    """PostHog issue 25048."""
    assert sum(people({"u": [("o", 0), ("p", 1), ("p", 1), ("p", 2)]}, ["o", "p", "p"])) == 3


def test_a_step_may_be_several_touchpoints_and_share_them():
    steps = [("look", ("a", "b")), ("decide", ("b", "c"))]
    assert people({"u": [("b", 0)], "v": [("b", 0), ("b", 0)], "w": [("c", 0), ("a", 0)]}, steps) == [3, 2]


def test_rates_speak_of_entries_whose_window_lies_in_the_data():
    log = {"old": [("a", 0), ("b", 5)], "lost": [("a", 1)], "new": [("a", 95), ("b", 96)], "newer": [("a", 99)]}
    found = run(log, ["a", "b"], within=10 * SECOND, last=100)
    assert [(step.people, step.mature, step.share.value) for step in found.steps] == [(4, 2, 1.0), (2, 1, 0.5)]
    assert (found.all_people, found.open_entries) == (4, 2)
    assert found.steps[1].from_previous.n == 2


def test_an_entry_is_mature_when_its_window_ends_with_the_data():
    assert run({"u": [("a", 90)]}, ["a"], within=10 * SECOND, last=100).steps[0].mature == 1
    assert run({"u": [("a", 90.000001)]}, ["a"], within=10 * SECOND, last=100).steps[0].mature == 0


def test_an_early_failure_stays_a_failure_when_a_late_entry_succeeds():
    """Else recent successes would leave the denominator and pull the rate up."""
    found = run({"u": [("a", 0), ("a", 95), ("b", 96)]}, ["a", "b"], within=10 * SECOND, last=100)
    assert [(step.people, step.mature) for step in found.steps] == [(1, 1), (1, 0)]


def test_open_journeys_are_immature_without_a_window():
    log = [Trip("u", (Touch("a", 0), Touch("b", 1))), Trip("v", (Touch("a", 0),), state=0)]
    found = run(log, ["a", "b"], grain="journey")
    assert [(step.people, step.mature) for step in found.steps] == [(2, 1), (1, 1)]
    assert run(log, ["a", "b"]).steps[0].mature == 2


def test_without_a_window_shares_are_of_all_who_entered_so_far():
    """Going on keeps a journey open: of those that are over nobody got there, though two of four did."""
    on = [Trip(who, (Touch("a", 0), Touch("b", 1)), state=0) for who in "uv"]
    log = [*on, Trip("w", (Touch("a", 0),)), Trip("x", (Touch("a", 0),), state=0)]
    found = run(log, ["a", "b"], grain="journey")
    last = found.steps[-1]
    assert (last.share.value, last.share.n, last.from_previous.value, last.mature) == (0.5, 4, 0.5, 0)
    assert (found.open_entries, found.may_go_on, found.to_dict()["may_go_on"]) == (3, 1, 1)
    assert run(log, ["a", "b"], grain="journey", within=5 * SECOND).may_go_on == 0
    assert run([*on, log[2]], ["a", "b"], grain="journey").may_go_on == 0


def test_groups_without_a_window_compare_all_who_entered():
    log = [
        Trip("u", (Touch("a", 0, channel="web"), Touch("b", 1)), state=0),
        Trip("v", (Touch("a", 0, channel="app"),)),
    ]
    found = run(log, ["a", "b"], grain="journey", by="channel")
    assert {one.value: one.difference.value for one in found.groups} == {"web": 1.0, "app": -1.0}
    assert found.difference("web", "app").value == 1.0


def test_a_person_is_followed_through_journeys_that_overlap():
    log = [
        Trip("u", (Touch("a", 0), Touch("x", 9))),
        Trip("u", (Touch("b", 4), Touch("c", 20))),
        Trip("v", (Touch("c", 0),)),
    ]
    assert people(log, ["a", "b", "x", "c"]) == [1, 1, 1, 1]
    assert people(log, ["a", "b"], grain="journey") == [1, 0]
    assert run(log, ["a"], grain="journey").all_people == 3


def test_seconds_are_those_of_the_matched_attempt():
    log = {"u": [("a", 0), ("a", 100), ("b", 130), ("b", 150), ("c", 170)]}
    found = run(log, ["a", "b", "c"])
    assert [step.median_seconds for step in found.steps] == [None, 30, 40]
    assert found.median_seconds == 70
    quarters = run({str(wait): [("a", 0), ("b", wait)] for wait in (10, 20, 30, 40)}, ["a", "b"]).steps[1]
    assert (quarters.q25_seconds, quarters.q75_seconds, quarters.p90_seconds) == (17.5, 32.5, 37.0)


def test_sub_second_time_counts():
    """rybbit issue 1133: whole seconds and a strict comparison gave 0 % instead of 100 %."""
    assert people({"u": [("a", 0.1), ("b", 0.2)]}, ["a", "b"], ties="strict") == [1, 1]


def test_nobody_gives_zeroes_and_no_estimate():
    found = run({}, ["a", "b"], within=SECOND)
    assert [(step.people, step.share.value, step.median_seconds) for step in found.steps] == [(0, None, None)] * 2
    assert run({"u": [("a", 0)]}, []).steps == ()


def test_nobody_is_nobody_for_compiled_code_too(monkeypatch):
    monkeypatch.setenv("KLANTREIS_KERNELS", "compiled")
    assert people({}, ["a", "b"], within=SECOND) == [0, 0]


def test_touchpoints_the_data_does_not_know_are_named():
    assert run({"u": [("a", 0)]}, ["a", "aa"]).unknown == ("aa",)


def test_too_many_steps_are_refused():
    with pytest.raises(OptionError, match="at most 62"):
        run({"u": [("a", 0)]}, ["a"] * 63)


def test_the_dictionary_keeps_its_published_shape():
    found = run({"u": [("a", 0), ("b", 7)], "v": [("a", 0)]}, ["a", "b"], within=10 * SECOND, last=100)
    told = found.to_dict()
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text())).validate(json.loads(json.dumps(told)))
    assert told["steps"][1]["share"] == found.steps[1].share.to_dict()
    assert (told["steps"][1]["people"], told["within_seconds"], told["all_people"]) == (1, 10, 2)
    assert {key: found.rows()[1][key] for key in ("step", "people", "share", "share_n")} == {
        "step": "b", "people": 1, "share": 0.5, "share_n": 2,
    }  # fmt: skip
