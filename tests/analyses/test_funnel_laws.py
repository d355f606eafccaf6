"""Funnels against an exhaustive search, and the laws of a fold: any split, any order, plain or compiled."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.analyses import funnel
from klantreis.analyses.fold import fold
from klantreis.testing import SECOND, Touch, Trip, journeys_of, split

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")

events = st.lists(st.tuples(st.sampled_from("abcx"), st.integers(0, 3)), min_size=1, max_size=7)
step = st.sets(st.sampled_from("abc"), min_size=1, max_size=3).map(lambda found: tuple(sorted(found)))
rules = st.fixed_dictionaries(
    {
        "steps": st.lists(step, min_size=1, max_size=4),
        "within": st.sampled_from([None, 0, 1, 2]),
        "ties": st.sampled_from(["step", "strict", "file"]),
        "entry": st.sampled_from(["any", "first"]),
    }
)


def options_of(rule, **more):
    named = tuple((str(place), touches) for place, touches in enumerate(rule["steps"]))
    within = None if rule["within"] is None else rule["within"] * SECOND
    return funnel.Options(named, within, rule["ties"], rule["entry"], **more)


def follows(one, two, ties):
    if ties == "strict":
        return two[1] > one[1]
    return two[1] > one[1] or (two[1] == one[1] and (ties == "step" or two[2] > one[2]))


def searched(listed, rule):
    """Every chain there is, one by one: {(entry's time, place): {depth: earliest moment}}; ties share one place."""
    log = sorted(((name, at, place) for place, (name, at) in enumerate(listed)), key=lambda event: event[1])
    log = [(name, at, place) for place, (name, at, _) in enumerate(log)]
    starts = [event for event in log if event[0] in rule["steps"][0]]
    if rule["entry"] == "first":
        starts = [event for event in starts if event[1] == starts[0][1]][: 1 if rule["ties"] == "file" else None]
    found: dict[tuple[int, int], dict[int, int]] = {}

    def go(chain):
        reached = found.setdefault((chain[0][1], chain[0][2] if rule["ties"] == "file" else 0), {})
        reached[len(chain)] = min(reached.get(len(chain), 99), chain[-1][1])
        if len(chain) < len(rule["steps"]):
            for event in log:
                if (
                    event not in chain
                    and event[0] in rule["steps"][len(chain)]
                    and follows(chain[-1], event, rule["ties"])
                    and (rule["within"] is None or event[1] - chain[0][1] <= rule["within"])
                ):
                    go([*chain, event])

    for start in starts:
        go([start])
    return found


@settings(max_examples=400, deadline=None)
@given(events, rules)
def test_a_funnel_equals_an_exhaustive_search(listed, rule):
    found = searched(listed, rule)
    deepest = max((max(reached) for reached in found.values()), default=0)
    journeys = journeys_of([Trip("u", tuple(Touch(name, at) for name, at in listed))], last=4)
    seen = fold(funnel, journeys, options_of(rule))
    assert [step.people for step in seen.steps] == [int(deepest > place) for place in range(len(rule["steps"]))]
    ripe = [entry for entry in found if rule["within"] is None or entry[0] + rule["within"] <= 4]
    mature = max((max(found[entry]) for entry in ripe), default=0)
    assert [step.mature for step in seen.steps] == [int(mature > place) for place in range(len(rule["steps"]))]
    if deepest:
        soonest = min(reached[deepest] for reached in found.values() if max(reached) == deepest)
        entry = max(entry for entry, reached in found.items() if reached.get(deepest) == soonest)
        moments = [found[entry][depth] for depth in range(1, deepest + 1)]
        assert [step.median_seconds for step in seen.steps[1:deepest]] == [b - a for a, b in pairwise(moments)]


def searched_strictly(listed, rule, tolerated):
    log = sorted(listed, key=lambda event: event[1])
    if rule["ties"] == "step":
        first = [[place for place, touches in enumerate(rule["steps"]) if name in touches] for name, _ in log]
        log = [log[i] for i in sorted(range(len(log)), key=lambda i: (log[i][1], first[i][0] if first[i] else -1))]
    deepest = 0

    def go(places):
        nonlocal deepest
        deepest = max(deepest, len(places))
        if len(places) == len(rule["steps"]):
            return
        for place in range(places[-1] + 1, len(log)):
            name, at = log[place]
            later = rule["ties"] != "strict" or at > log[places[-1]][1]
            in_time = rule["within"] is None or at - log[places[0]][1] <= rule["within"]
            if later and in_time and name in rule["steps"][len(places)]:
                go([*places, place])
            allowed = rule["steps"][: len(places)] if tolerated == "reentry" else [rule["steps"][len(places) - 1]]
            if not any(name in touches for touches in allowed):
                return

    for place, (name, _) in enumerate(log):
        if name in rule["steps"][0]:
            go([place])
    return deepest


@settings(max_examples=300, deadline=None)
@given(events, rules, st.sampled_from(["strict", "reentry"]))
def test_a_strict_order_equals_an_exhaustive_search(listed, rule, order):
    rule = rule | {"entry": "any"}
    journeys = journeys_of([Trip("u", tuple(Touch(name, at) for name, at in listed))])
    seen = fold(funnel, journeys, options_of(rule, order=order))
    assert sum(step.people for step in seen.steps) == searched_strictly(listed, rule, order)


logs = st.lists(st.tuples(st.sampled_from("pqrst"), events, st.sampled_from([0, 1])), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(logs, rules, st.integers(1, 5), st.randoms(), st.sampled_from(["person", "journey"]))
def test_any_split_and_any_order_give_the_same_funnel(listed, rule, buckets, chance, grain):
    made = [Trip(who, tuple(Touch(name, at) for name, at in rows), state) for who, rows, state in listed]
    whole = journeys_of(made)
    options = options_of(rule, grain=grain)
    parts = [funnel.measure(bucket, options) for bucket in split(whole, made, buckets).buckets]
    while len(parts) > 1:
        chance.shuffle(parts)
        parts.append(funnel.merge(parts.pop(), parts.pop()))
    assert funnel.finish(parts[0], options, whole.about) == fold(funnel, whole, options)


@pytest.mark.parametrize("order", ["ordered", "strict", "reentry"])
@pytest.mark.parametrize("ties", ["step", "strict", "file"])
def test_compiled_kernels_equal_plain_python(order, ties, monkeypatch):
    rng = np.random.default_rng(3)
    made = [
        Trip(str(who), tuple(Touch(str(rng.choice(list("abcx"))), int(at)) for at in rng.integers(0, 6, 9)))
        for who in range(60)
    ]
    steps = (("1", ("a",)), ("2", ("a", "b")), ("3", ("b", "c")))
    options = funnel.Options(steps, 3 * SECOND, ties, "any", order)
    plain = fold(funnel, journeys_of(made), options)
    monkeypatch.setenv("KLANTREIS_KERNELS", "compiled")
    assert fold(funnel, journeys_of(made), options) == plain
    assert plain.steps[2].people not in {0, 60}
