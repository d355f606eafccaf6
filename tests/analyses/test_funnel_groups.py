"""Funnels in any order and per group against an exhaustive search; and the laws of a fold with every rule on."""

from collections import Counter
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.analyses import funnel
from klantreis.analyses.fold import fold
from klantreis.analyses.funnel import Exclusion
from klantreis.testing import SECOND, Touch, Trip, journeys_of, split

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")
LAST = 6

touches = st.lists(
    st.tuples(st.sampled_from("aabbccxy"), st.integers(0, LAST), st.sampled_from(["web", "app", None])),
    min_size=1,
    max_size=7,
)
logs = st.lists(
    st.tuples(st.sampled_from("pqrst"), touches, st.sampled_from([0, 1]), st.sets(st.sampled_from(["old", "new"]))),
    min_size=1,
    max_size=6,
)


def made_of(listed):
    return [
        Trip(who, tuple(Touch(name, at, channel=channel) for name, at, channel in rows), state, tuple(sorted(bits)))
        for who, rows, state, bits in listed
    ]


def done_by(events, steps):
    """How many steps can have an event of their own, by trying every way to deal them out."""
    most = 0
    for order in permutations(range(len(steps)), len(steps)):
        used: set[int] = set()
        for step in order:
            free = next((i for i, (name, *_) in enumerate(events) if i not in used and name in steps[step]), None)
            if free is not None:
                used.add(free)
        most = max(most, len(used))
    return most


@st.composite
def any_order(pick):
    steps = pick(st.lists(st.sets(st.sampled_from("abc"), min_size=1, max_size=2), min_size=1, max_size=4))
    return [tuple(sorted(step)) for step in steps], pick(st.sampled_from([None, 0, 2, 4])), pick(st.booleans())


def attempts(log, steps, within):
    """Per entry its moment, how many steps and when: all windows, every prefix of each."""
    log = sorted(log, key=lambda event: event[1])
    for place, (name, at, *_) in enumerate(log):
        if any(name in step for step in steps):
            window = [event for event in log[place:] if within is None or event[1] - at <= within]
            reached = [done_by(window[: size + 1], steps) for size in range(len(window))]
            yield at, reached[-1], window[reached.index(reached[-1])][1]


@settings(max_examples=200, deadline=None)
@given(touches, any_order())
def test_a_funnel_in_any_order_equals_an_exhaustive_search(log, rule):
    steps, within, only_first = rule
    micros = None if within is None else within * SECOND
    options = funnel.Options(
        tuple((str(place), step) for place, step in enumerate(steps)),
        micros,
        order="any",
        entry="first" if only_first else "any",
    )
    seen = fold(funnel, journeys_of(made_of([("u", log, 1, ())]), last=LAST), options)
    found = list(attempts(log, steps, within))[: 1 if only_first else None]
    size = max((size for _, size, _ in found), default=0)
    ripe = max((size for at, size, _ in found if within is None or at + within <= LAST), default=0)
    assert [step.people for step in seen.steps] == [int(size > place) for place in range(len(steps))]
    assert [step.mature for step in seen.steps] == [int(ripe > place) for place in range(len(steps))]
    assert sum(people for _, people in seen.met) == size
    if size == len(steps):
        end, start = max((-end, at) for at, done, end in found if done == size)
        assert seen.median_seconds == -end - start


def carried(log, steps, within, value_of):
    """What the matched attempt carries, found by trying every chain; moments are all different."""
    found = None
    log = sorted(log, key=lambda event: event[1])
    for place, first in enumerate(log):
        if first[0] != steps[0]:
            continue
        chain = [first]
        for event in log[place + 1 :]:
            if len(chain) < len(steps) and event[0] == steps[len(chain)] and event[1] - first[1] <= within:
                chain.append(event)
        if found is None or (len(chain), -chain[-1][1]) >= (len(found), -found[-1][1]):
            found = chain
    if found is None:
        return None
    values = [channel for *_, channel in found]
    if value_of == "all":
        return ((values[0], "value") if values[0] else (None, "missing")) if len(set(values)) == 1 else (None, "mixed")
    place = {"first": 0, "last": -1, "1": 1}[value_of]
    if place >= len(values):
        return None, "not_reached"
    return (values[place], "value") if values[place] else (None, "missing")


apart = st.lists(
    st.tuples(st.sampled_from("aabbcx"), st.integers(0, 30), st.sampled_from(["web", "app", None])),
    min_size=1,
    max_size=8,
    unique_by=lambda event: event[1],
)


@settings(max_examples=150, deadline=None)
@given(st.lists(apart, min_size=1, max_size=5), st.sampled_from(["first", "last", "1", "all"]), st.integers(1, 20))
def test_each_group_is_what_matched_attempts_carry(listed, value_of, within):
    options = funnel.Options(
        (("0", ("a",)), ("1", ("b",)), ("2", ("c",))), within * SECOND, by="channel", value_of=value_of
    )
    seen = fold(funnel, journeys_of(made_of([(str(n), log, 1, ()) for n, log in enumerate(listed)])), options)
    told = Counter(carried(log, "abc", within, value_of) for log in listed)
    del told[None]
    assert {(one.value, one.kind): one.steps[0].people for one in seen.groups if one.steps[0].people} == dict(told)
    assert [sum(one.steps[place].people for one in seen.groups) for place in range(3)] == [s.people for s in seen.steps]
    assert [sum(one.steps[place].mature for one in seen.groups) for place in range(3)] == [s.mature for s in seen.steps]


ASKED = [
    {"by": "channel", "within": 3 * SECOND},
    {"by": "segment", "value_of": "last", "within": 2 * SECOND},
    {"by": "channel", "value_of": "all", "most": 1},
    {"order": "any", "within": 3 * SECOND, "by": "touchpoint"},
    {"exclude": (Exclusion(("x",), 0, 2),), "within": 4 * SECOND, "optional": ("1",)},
    {"step_within": (None, SECOND, 2 * SECOND), "exclude": (Exclusion(("x",), 0, 1), Exclusion(("y",), 1, 2))},
    {"order": "strict", "by": "channel", "ties": "strict", "entry": "first"},
]
STEPS = (("0", ("a",)), ("1", ("b",)), ("2", ("b", "c")))


def test_journeys_of_one_person_that_overlap_are_read_in_time():
    made = [
        Trip("p", (Touch("a", 1.0),)),
        Trip("p", (Touch("a", 0.0), Touch("b", 2.0))),
        Trip("s", (Touch("a", 3.0),)),
    ]
    asked = funnel.Options((("a", ("a",)), ("b", ("b",))), within=2 * SECOND, by="segment", value_of="last")
    found = fold(funnel, journeys_of(made), asked)
    assert [(step.people, step.mature) for step in found.steps] == [(2, 1), (1, 1)]
    assert found.steps[1].median_seconds == 1.0  # from the latest entry, at 1 s


@pytest.mark.parametrize("asked", ASKED)
@settings(max_examples=30, deadline=None)
@given(logs, st.integers(1, 5), st.randoms(), st.sampled_from(["person", "journey"]))
def test_any_split_and_any_order_give_the_same_funnel(asked, listed, buckets, chance, grain):
    made = made_of(listed)
    whole = journeys_of(made)
    options = funnel.Options(STEPS, grain=grain, **asked)
    parts = [funnel.measure(bucket, options) for bucket in split(whole, made, buckets).buckets]
    while len(parts) > 1:
        chance.shuffle(parts)
        parts.append(funnel.merge(parts.pop(), parts.pop()))
    assert funnel.finish(parts[0], options, whole.about) == fold(funnel, whole, options)


@pytest.mark.parametrize("asked", ASKED)
def test_compiled_kernels_equal_plain_python(asked, monkeypatch):
    rng = np.random.default_rng(5)
    made = [
        Trip(
            str(who),
            tuple(
                Touch(str(rng.choice(list("aabbccxy"))), int(at), channel=str(rng.choice(["web", "app"])))
                for at in rng.integers(0, 9, 10)
            ),
        )
        for who in range(80)
    ]
    options = funnel.Options(STEPS, **asked)
    plain = fold(funnel, journeys_of(made, last=9), options)
    monkeypatch.setenv("KLANTREIS_KERNELS", "compiled")
    assert fold(funnel, journeys_of(made, last=9), options) == plain
    assert plain.steps[2].people not in {0, 80}
