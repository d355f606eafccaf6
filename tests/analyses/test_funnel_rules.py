"""Exclusions, longest times per step and optional steps against an exhaustive search over every chain of events."""

import time
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.analyses import funnel
from klantreis.analyses.fold import fold
from klantreis.analyses.funnel import Exclusion
from klantreis.testing import SECOND, Touch, Trip, journeys_of

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")
LAST = 6


@dataclass(frozen=True)
class Asked:
    steps: tuple[tuple[str, ...], ...]
    within: int | None = None
    ties: str = "step"
    entry: str = "any"
    order: str = "ordered"
    gaps: tuple[int | None, ...] = ()
    exclude: tuple[tuple[str, int, int], ...] = ()
    optional: frozenset[int] = frozenset()

    @property
    def options(self):
        return funnel.Options(
            steps=tuple((str(place), touches) for place, touches in enumerate(self.steps)),
            within=None if self.within is None else self.within * SECOND,
            ties=self.ties,
            entry=self.entry,
            order=self.order,
            step_within=tuple(None if gap is None else gap * SECOND for gap in self.gaps),
            exclude=tuple(Exclusion((touch,), after, before) for touch, after, before in self.exclude),
            optional=tuple(str(place) for place in self.optional),
            by="channel",
        )


def measured(listed, asked):
    journeys = journeys_of([Trip("u", tuple(Touch(name, at) for name, at in listed))], last=LAST)
    return fold(funnel, journeys, asked.options)


class Search:
    """Every chain of one person, one by one; slow and plain."""

    def __init__(self, listed, asked):
        self.asked = asked
        log = sorted(listed, key=lambda event: event[1])
        if asked.order != "ordered" and asked.ties == "step":
            log.sort(key=lambda event: (event[1], next((i for i, s in enumerate(asked.steps) if event[0] in s), -1)))
        self.log = [(name, at, place) for place, (name, at) in enumerate(log)]
        self.by_place = asked.order != "ordered" or asked.ties == "file"

    def later(self, one, two):
        return two[2] > one[2] if self.by_place else two[1] > one[1]

    def follows(self, one, two):
        if self.asked.ties == "strict" and two[1] <= one[1]:
            return False
        return self.later(one, two) or (not self.by_place and self.asked.ties == "step" and one[1] == two[1])

    def nexts(self, step):
        for place in range(step + 1, len(self.asked.steps)):
            yield place
            if place not in self.asked.optional:
                return

    def gap(self, step):
        return self.asked.gaps[step] if self.asked.gaps and self.asked.gaps[step] is not None else 99

    def broken(self, chain, event):
        """In a strict order: whether something between the chain's end and this event may not be there."""
        if self.asked.order == "ordered":
            return False
        step, end = chain[-1]
        allowed = self.asked.steps[step : step + 1] if self.asked.order == "strict" else self.asked.steps[: step + 1]
        between = [other for other in self.log if end[2] < other[2] < event[2]]
        return any(not any(other[0] in touches for touches in allowed) for other in between)

    def clean(self, chain):
        met = dict(chain)
        for touch, after, before in self.asked.exclude:
            taints = [e for e in self.log if e[0] == touch and after in met and self.later(met[after], e)]
            if before in met and any(self.later(e, met[before]) for e in taints):
                return False
            if before not in met and any(not self.later(chain[-1][1], e) for e in taints):
                return False
        return True

    def safe(self, chain):
        step, end = chain[-1]
        if step == len(self.asked.steps) - 1:
            return True
        longest = max(self.gap(later) for later in self.nexts(step))
        return not any(
            event[0] == touch
            and after <= step < before
            and self.later(end, event)
            and self.in_time(chain, event)
            and event[1] - end[1] <= longest
            and not self.broken(chain, event)
            for touch, after, before in self.asked.exclude
            for event in self.log
        )

    def in_time(self, chain, event):
        return self.asked.within is None or event[1] - chain[0][1][1] <= self.asked.within

    def chains(self, chain):
        yield chain
        for step in self.nexts(chain[-1][0]):
            for event in self.log:
                if (
                    event[0] in self.asked.steps[step]
                    and event not in [used for _, used in chain]
                    and self.follows(chain[-1][1], event)
                    and self.in_time(chain, event)
                    and event[1] - chain[-1][1][1] <= self.gap(step)
                    and not self.broken(chain, event)
                ):
                    yield from self.chains([*chain, (step, event)])

    def depth(self, chain):
        return sum(step not in self.asked.optional for step, _ in chain)

    def entries(self):
        """Per entry its moment and its best chain, None when it is excluded."""
        starts = [event for event in self.log if event[0] in self.asked.steps[0]]
        entry = {event: event[2] if self.by_place else event[1] for event in starts}
        for own in dict.fromkeys(entry.values()):
            mine = [[(0, event)] for event in starts if entry[event] == own]
            clean = [chain for start in mine for chain in self.chains(start) if self.clean(chain)]
            deepest = max(self.depth(chain) for chain in clean)
            safe = [chain for chain in clean if self.depth(chain) == deepest and self.safe(chain)]
            yield mine[0][0][1][1], max(safe, key=lambda chain: (len(chain), -chain[-1][1][1]), default=None)
            if self.asked.entry == "first":
                return

    def best(self, until=99):
        found = None
        for moment, chain in self.entries():
            if moment <= until and chain is not None:
                size = (self.depth(chain), len(chain), -chain[-1][1][1])
                if found is None or size >= found[0]:
                    found = size, chain
        return None if found is None else found[1]


def check(listed, asked):
    seen, search = measured(listed, asked), Search(listed, asked)
    chain, ripe = search.best(), search.best(99 if asked.within is None else LAST - asked.within)
    entries = list(search.entries())
    assert seen.excluded == int(bool(entries) and chain is None)
    for found, counted in ((chain, [s.people for s in seen.steps]), (ripe, [s.mature for s in seen.steps])):
        met = {step for step, _ in found or []}
        if len(asked.optional) < 2:  # else several chains may be as good, by other steps
            assert counted == [int(place in met) for place in range(len(asked.steps))]
        must = [n for place, n in enumerate(counted) if place not in asked.optional]
        assert (sum(must), sum(counted)) == (search.depth(found) if found else 0, len(met))
    if chain is not None and chain[-1][0] == len(asked.steps) - 1:
        assert seen.median_seconds == chain[-1][1][1] - chain[0][1][1]


def rules(step, *, order=("ordered",), entry=("any", "first"), optional=None):
    @st.composite
    def draw(pick):
        steps = pick(st.lists(step, min_size=1, max_size=4))
        size = len(steps)
        skipped = frozenset(place for place in (() if optional is None else pick(optional)) if 0 < place < size - 1)
        must = [place for place in range(size) if place not in skipped]
        gaps = pick(st.one_of(st.just(()), st.tuples(*[st.sampled_from([None, 0, 1, 2])] * size)))
        spans = st.tuples(st.sampled_from("xy"), st.sampled_from(must), st.sampled_from(must))
        listed = pick(st.lists(spans, max_size=2))
        return Asked(
            steps=tuple(tuple(sorted(touches)) for touches in steps),
            within=pick(st.sampled_from([None, 1, 2, 4])),
            ties=pick(st.sampled_from(["step", "strict", "file"])),
            entry=pick(st.sampled_from(entry)),
            order=pick(st.sampled_from(order)),
            gaps=gaps,
            exclude=tuple(one for one in listed if one[1] < one[2]),
            optional=skipped,
        )

    return draw()


steps = st.sets(st.sampled_from("abc"), min_size=1, max_size=2)
one_step = st.sampled_from("abc").map(lambda name: {name})
tied = st.lists(st.tuples(st.sampled_from("abcxy"), st.integers(0, 2)), min_size=1, max_size=7)
spread = st.lists(st.tuples(st.sampled_from("aabbccxy"), st.integers(0, LAST)), min_size=1, max_size=8)


@settings(max_examples=250, deadline=None)
@given(st.one_of(tied, spread), rules(steps))
def test_exclusions_and_longest_times_equal_an_exhaustive_search(listed, asked):
    check(listed, asked)


@settings(max_examples=200, deadline=None)
@given(st.one_of(tied, spread), rules(steps, optional=st.sets(st.integers(1, 2), max_size=2)))
def test_optional_steps_equal_an_exhaustive_search(listed, asked):
    check(listed, asked)


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(tied, spread),
    rules(one_step, order=("strict", "reentry"), entry=("any",), optional=st.sets(st.integers(1, 2), max_size=1)),
)
def test_a_strict_order_with_more_rules_equals_an_exhaustive_search(listed, asked):
    check(listed, asked)


@pytest.mark.parametrize("seed", range(4))
def test_many_random_logs_full_of_ties_equal_an_exhaustive_search(seed):
    rng = np.random.default_rng(seed)
    for _ in range(60):
        size = int(rng.integers(2, 5))
        spans = [("x", *sorted(rng.choice(size, 2, replace=False).tolist())) for _ in range(int(rng.integers(0, 3)))]
        asked = Asked(
            steps=tuple((str(touch),) for touch in rng.choice(list("abc"), size)),
            within=[None, 1, 3][rng.integers(3)],
            ties=["step", "strict", "file"][rng.integers(3)],
            gaps=() if rng.random() < 0.5 else tuple([None, 0, 1][rng.integers(3)] for _ in range(size)),
            exclude=tuple(spans),
        )
        check([(str(rng.choice(list("abcx"))), int(at)) for at in rng.integers(0, 4, 8)], asked)


@settings(max_examples=250, deadline=None)
@given(
    st.lists(spread, min_size=1, max_size=5),
    rules(steps, order=("ordered", "strict", "reentry")),
)
def test_following_attempts_one_by_one_equals_the_quick_way(logs, asked):
    asked = replace(asked, gaps=(), exclude=())
    made = [Trip(str(who), tuple(Touch(name, at) for name, at in rows)) for who, rows in enumerate(logs)]
    slow = fold(funnel, journeys_of(made, last=LAST), asked.options)
    quick = fold(funnel, journeys_of(made, last=LAST), replace(asked.options, by=None))
    assert replace(slow, by=None, groups=()) == quick


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("ab", Asked((("a",), ("b",), ("c",)), exclude=(("x", 0, 1),))),
        ("ab", Asked((("a",), ("b",), ("c",), ("d",)), exclude=(("x", 0, 3),), optional=frozenset({1, 2}))),
    ],
)
def test_a_long_log_of_one_person_takes_time_by_its_length_not_by_its_square(words, asked, monkeypatch):
    monkeypatch.setenv("KLANTREIS_KERNELS", "compiled")
    measured([("a", 0)], asked)
    began = time.process_time()
    seen = measured([(words[at % len(words)], at) for at in range(60_000)], asked)  # followed one by one: 50 s
    assert seen.steps[0].people == 1
    assert time.process_time() - began < 10


touches = st.lists(st.tuples(st.sampled_from("aabbcxy"), st.integers(0, LAST)), min_size=1, max_size=5)
people = st.lists(st.lists(touches, min_size=1, max_size=3), min_size=1, max_size=4)


def of_units(listed, asked, grain):
    trips = [
        Trip(f"u{who}", tuple(Touch(name, at) for name, at in sorted(one, key=lambda event: event[1])))
        for who, own in enumerate(listed)
        for one in own
    ]
    journeys = journeys_of(trips, buckets=2, last=LAST)
    if grain == "session":
        journeys, grain = replace(journeys, about=replace(journeys.about, grain="session")), "journey"
    return fold(funnel, journeys, replace(asked.options, grain=grain, by=None))


def expected(units, asked):
    """Returns how many reached each step of ripe ones too, and how many units are excluded."""
    size = len(asked.steps)
    counts, ripe, excluded = [0] * size, [0] * size, 0
    for unit in units:
        search = Search(unit, asked)
        chain, early = search.best(), search.best(99 if asked.within is None else LAST - asked.within)
        excluded += bool(list(search.entries())) and chain is None
        for told, found in ((counts, chain), (ripe, early)):
            for step, _ in found or []:
                told[step] += 1
    return counts, ripe, excluded


@pytest.mark.parametrize("grain", ["journey", "session"])
@settings(max_examples=80, deadline=None)
@given(people, rules(steps, order=("ordered", "strict", "reentry"), entry=("any",)))
def test_each_journey_and_session_is_searched_by_itself(grain, listed, asked):
    if asked.order != "ordered":
        asked = replace(asked, steps=tuple(one[:1] for one in asked.steps))
    seen = of_units(listed, asked, grain)
    units = [one for own in listed for one in own]
    told = [one.people for one in seen.steps], [one.mature for one in seen.steps], seen.excluded
    assert told == expected(units, asked)
    assert seen.all_people == len(units)


@settings(max_examples=80, deadline=None)
@given(people, rules(steps))
def test_a_person_is_searched_over_all_their_journeys_also_where_those_overlap(listed, asked):
    if asked.ties == "file":
        asked = replace(asked, ties="strict")  # which journey's touch stood first in the file is another question
    seen = of_units(listed, asked, "person")
    units = [[event for one in own for event in one] for own in listed]
    told = [one.people for one in seen.steps], [one.mature for one in seen.steps], seen.excluded
    assert told == expected(units, asked)
    assert seen.all_people == len(listed)


def test_an_exclusion_in_another_journey_ends_nothing_there():
    asked = Asked((("a",), ("b",)), exclude=(("x", 0, 1),))
    apart = [[[("a", 0), ("b", 3)], [("a", 1), ("x", 2), ("b", 4)]]]
    assert [one.people for one in of_units(apart, asked, "journey").steps] == [1, 1]
    assert of_units(apart, asked, "journey").excluded == 1
    assert of_units(apart, asked, "person").excluded == 1, "of the person the x lies between every a and b"
