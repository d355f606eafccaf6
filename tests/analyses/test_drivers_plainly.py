"""Drivers of drawn journeys against a second count, in plain Python: back, twice in a row, and long stays."""

import random
from collections import defaultdict
from itertools import pairwise

import numpy as np
import pytest

from klantreis.analyses import drivers
from klantreis.analyses.fold import fold
from klantreis.stats.association import adjusted, odds_ratio
from klantreis.testing import Touch, Trip, journeys_of

PHASE = {"a": "p", "b": "p", "c": "q", "d": "q", "goal": "q"}
EXPECTED = {"a": 50.0, "c": 400.0}
WAITS = [0, 0, 1, 2, 3, 5, 8, 30, 60, 400, 4000, 90000]


def drawn(seed, size=150):
    chance, made = random.Random(seed), []
    for who in range(size):
        at, row = 0.0, []
        for _ in range(chance.randint(1, 12)):
            at += chance.choice(WAITS)
            name = chance.choices(["goal", None, *"abcd"], [6, 9, 21, 21, 21, 22])[0]
            row.append(Touch(name, at, event=None if name else "off the map", failed=chance.random() < 0.1))
        made.append(Trip(f"u{who}", tuple(row)))
    return made


def counted(made):
    """Per kind and touchpoint a list of (did, reached) of who met it, and of (longest stay, reached)."""
    did, stays = defaultdict(list), defaultdict(list)
    for trip in made:
        goals = [place for place, touch in enumerate(trip.touches) if touch.touchpoint == "goal" and not touch.failed]
        seen = trip.touches[: goals[0]] if goals else trip.touches
        visited = [touch.touchpoint for touch in seen if touch.touchpoint]
        twice = {one for one, other in pairwise(visited) if one == other}
        back = {
            here
            for place, (last, here) in enumerate(pairwise(visited), start=1)
            if here != last and here in visited[:place] and PHASE[last] == PHASE[here]
        }
        for here in {*visited, *(["goal"] if goals else [])}:
            did["repeat", here].append((here in twice, bool(goals)))
            did["back", here].append((here in back, bool(goals)))
        longest = defaultdict(float)
        for touch, after in pairwise(seen):
            if touch.touchpoint:
                longest[touch.touchpoint] = max(longest[touch.touchpoint], after.at - touch.at)
        for here, stay in longest.items():
            stays[here].append((stay, bool(goals)))
    return did, stays


def table(rows):
    a, b = (sum(did and reached == hit for did, reached in rows) for hit in (True, False))
    c, d = (sum(not did and reached == hit for did, reached in rows) for hit in (True, False))
    return a, b, c, d


def told(driver):
    a, c = (round((one.value or 0) * one.n) for one in (driver.with_it, driver.without_it))
    return a, driver.with_it.n - a, c, driver.without_it.n - c


@pytest.mark.parametrize("seed", range(8))
def test_back_twice_and_slow_are_those_of_a_plain_count(seed):
    made, expected = drawn(seed), EXPECTED if seed % 2 else {}
    asked = drivers.Options(
        ("goal",), n_min=0, share_min=0, phases=tuple(PHASE.items()), expected=tuple(expected.items())
    )
    found = {
        (one.kind, one.name): one
        for one in fold(drivers, journeys_of(made, touchpoints=PHASE, buckets=3), asked).drivers
    }
    did, stays = counted(made)
    for here, rows in stays.items():
        limit = expected.get(here)
        if limit is None and ("slow", here) in found:  # nine in ten stay shorter
            limit = found["slow", here].longer_than
            assert sum(stay >= limit for stay, _ in rows) <= 0.1 * len(rows)
            did["slow", here] = [(stay >= limit, reached) for stay, reached in rows]
        elif limit is not None:
            did["slow", here] = [(stay > limit, reached) for stay, reached in rows]
    for key, rows in did.items():
        a, b, c, d = table(rows)
        if min(a + b, c + d, a + c, b + d) > 0:
            assert told(found[key]) == (a, b, c, d), key
        else:
            assert key not in found


def test_of_many_that_go_with_nothing_few_are_called_so():
    """Of twenty things that go with nothing, any is called a driver in 5 of 100 sets (Benjamini & Hochberg 1995)."""
    chance, wrong = np.random.default_rng(6), 0
    for _ in range(200):
        reached = chance.random(200) < 0.3
        sets = chance.random((20, 200)) < chance.uniform(0.15, 0.5, 20)[:, None]
        tables = [
            (int((x & reached).sum()), int((x & ~reached).sum()), int((~x & reached).sum()), int((~x & ~reached).sum()))
            for x in sets
        ]
        wrong += min(adjusted([odds_ratio(one).p for one in tables])) <= 0.05
    assert wrong <= 18  # more has a chance of 1 in 100 at 5 %
