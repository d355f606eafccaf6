"""Journeys are cut where the rule says; a slow, literal reading of the rule is the second opinion."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.journeys.cut import SECOND, by_name, by_rule, coded, whole
from klantreis.journeys.model import ENDED, OPEN, TIMED_OUT
from klantreis.kernels import compiled
from klantreis.map.model import JourneyRule

NAMES = ("a", "b", "c")


def cut(rule: JourneyRule, log: list[tuple[int, float, str | None]], last: float | None = None):
    """(person, seconds, touchpoint) rows -> journeys as lists of row numbers with states, and rows outside."""
    person = np.array([row[0] for row in log], dtype=np.int64)
    at = np.array([round(row[1] * SECOND) for row in log], dtype=np.int64)
    touch = np.array([-1 if row[2] is None else NAMES.index(row[2]) for row in log], dtype=np.int32)
    end = int(at.max(initial=0)) if last is None else round(last * SECOND)
    cuts = by_rule(person, at, touch, coded(rule, NAMES, end))
    found = [np.flatnonzero(cuts.number == journey).tolist() for journey in range(len(cuts.state))]
    return list(zip(found, cuts.state.tolist(), strict=True))


def reference(rule: JourneyRule, log, last: float):
    """The rule read word by word, one person at a time."""
    journeys = [cut for who in sorted({row[0] for row in log}) for cut in of_person(rule, log, who)]
    return [(rows, state(rule, log[rows[-1]][1], ended, last)) for rows, ended in journeys]


def of_person(rule: JourneyRule, log, who: int):
    current: list[int] = []
    for number, (person, at, name) in enumerate(log):
        if person != who:
            continue
        if current and rule.timeout_seconds is not None and at - log[current[-1]][1] > rule.timeout_seconds:
            yield current, False
            current = []
        if current or not rule.start or name in rule.start:
            current.append(number)
            if name is not None and name in rule.end:
                yield current, True
                current = []
    if current:
        yield current, False


def state(rule: JourneyRule, at: float, ended: bool, last: float) -> int:
    if ended or (not rule.end and rule.timeout_seconds is None):
        return ENDED
    if rule.timeout_seconds is None:
        return OPEN
    return OPEN if at + rule.timeout_seconds >= last else TIMED_OUT


ROW = st.tuples(st.integers(0, 2), st.integers(0, 12), st.sampled_from([*NAMES, None]))
RULES = st.builds(
    JourneyRule,
    start=st.sets(st.sampled_from(NAMES)).map(tuple),
    end=st.sets(st.sampled_from(NAMES)).map(tuple),
    timeout_seconds=st.none() | st.integers(0, 5),
)


@settings(max_examples=150, deadline=None)
@given(RULES, st.lists(ROW, max_size=25).map(lambda rows: sorted(rows, key=lambda row: row[:2])), st.integers(12, 20))
def test_cuts_equal_the_rule_read_word_by_word(rule, log, last):
    # Persons are numbered without gaps.
    numbers = {who: number for number, who in enumerate(sorted({row[0] for row in log}))}
    log = [(numbers[row[0]], *row[1:]) for row in log]
    assert cut(rule, log, last) == reference(rule, log, last)


def test_a_silence_as_long_as_the_timeout_does_not_cut_a_longer_one_does():
    rule = JourneyRule(timeout_seconds=10)
    assert [rows for rows, _ in cut(rule, [(0, 0, "a"), (0, 10, "a"), (0, 20.000001, "a")])] == [[0, 1], [2]]


def test_the_end_touch_belongs_to_its_journey_and_only_a_start_opens_the_next():
    rule = JourneyRule(start=("a",), end=("c",))
    log = [(0, 0, "b"), (0, 1, "a"), (0, 2, None), (0, 3, "c"), (0, 4, "b"), (0, 5, None), (0, 6, "a")]
    assert cut(rule, log) == [([1, 2, 3], ENDED), ([6], OPEN)]


def test_a_touch_that_starts_and_ends_is_a_journey_of_its_own():
    assert cut(JourneyRule(start=("a",), end=("a",)), [(0, 0, "a"), (0, 1, "a")]) == [([0], ENDED), ([1], ENDED)]


def test_an_open_journey_is_one_whose_silence_may_still_end():
    rule = JourneyRule(timeout_seconds=10)
    assert cut(rule, [(0, 0, "a")], last=10) == [([0], OPEN)]
    assert cut(rule, [(0, 0, "a")], last=10.000001) == [([0], TIMED_OUT)]


def test_a_journey_never_runs_on_into_the_next_person():
    assert cut(JourneyRule(), [(0, 0, "a"), (1, 0, "a")]) == [([0], ENDED), ([1], ENDED)]


def test_a_thousand_year_timeout_does_not_overflow():
    assert cut(JourneyRule(timeout_seconds=3.2e10), [(0, 0, "a")], last=9e12) == [([0], TIMED_OUT)]


def test_compiled_and_plain_cut_agree():
    from klantreis.journeys import cut as module

    chance = np.random.default_rng(5)
    person = np.sort(chance.integers(0, 200, 3_000))
    at = np.sort(chance.integers(0, 10_000, 3_000))[np.lexsort((np.arange(3_000), person))]
    touch = chance.integers(-1, 3, 3_000).astype(np.int32)
    doors = np.array([[True, False, False, False], [False, False, True, False]])
    plain = module._walk.__wrapped__
    for one, other in zip(
        plain(person, at, touch, doors, 40), compiled(plain)(person, at, touch, doors, 40), strict=True
    ):
        assert np.array_equal(one, other)


def test_a_name_makes_the_journey_and_nameless_touches_fall_outside():
    person = np.array([0, 0, 0, 0, 1])
    name = np.array([0, 7, 9, 9, 7], dtype=np.uint64)
    at = np.array([5, 6, 1, 8, 2]) * SECOND
    touch = np.array([0, 0, 0, 2, 0], dtype=np.int32)
    rule = coded(JourneyRule(end=("c",), timeout_seconds=3, by="order"), NAMES, 9 * SECOND)
    cuts = by_name(person, at, touch, name, rule)
    assert cuts.number.tolist() == [-1, 1, 0, 0, 2], "journeys are numbered by person and first touch"
    assert cuts.state.tolist() == [ENDED, OPEN, TIMED_OUT]


def test_without_a_rule_everything_of_a_person_is_one_ended_journey():
    cuts = whole(np.array([0, 0, 1]))
    assert cuts.number.tolist() == [0, 0, 1]
    assert cuts.state.tolist() == [ENDED, ENDED]


@pytest.mark.parametrize("rule", [JourneyRule(), JourneyRule(start=("a",), end=("c",), timeout_seconds=1)])
def test_nobody_has_no_journeys(rule):
    assert cut(rule, []) == []
