"""Sessions equal those of retentioneering 5.2.4 (`split_sessions`) on shared/oracles/sessions."""

from __future__ import annotations

import json

import numpy as np
import pytest

from klantreis.journeys.sessions import SECOND, sessions
from klantreis.kernels import compiled


def cut(log, apart=None, **options):
    person = np.unique([row[0] for row in log], return_inverse=True)[1].astype(np.int64)
    at = np.array([round(row[1] * SECOND) for row in log], dtype=np.int64)
    groups = None if apart is None else np.array(apart, dtype=np.int32)
    return sessions(person, at, groups, **options).number.tolist()


def test_sessions_equal_those_of_another_tool(shared):
    told = json.loads((shared / "oracles/sessions/sessionization_edge.json").read_text())
    log = [(row["user"], row["t_seconds"]) for row in told["events"]]
    names = [row[3] for row in told["results"]["30m"]]
    wanted = list(dict.fromkeys(names))
    assert [wanted[number] for number in cut(log)] == names


def test_a_pause_of_exactly_half_an_hour_stays_one_microsecond_more_does_not():
    assert cut([("u", 0), ("u", 1800), ("u", 3600.000001)]) == [0, 0, 1]


def test_a_session_is_at_most_a_day_long():
    assert cut([("u", hour * 1200) for hour in range(74)])[71:] == [0, 0, 1], "24 h is 72 pauses of 20 minutes"


def test_a_ticket_never_prolongs_a_visit_and_has_a_session_of_its_own():
    log = [("u", 0), ("u", 1500), ("u", 3000), ("u", 3100)]
    assert cut(log) == [0, 0, 0, 0]
    assert cut(log, apart=[0, 1, 0, 1]) == [0, 1, 2, 1]


def test_compiled_and_plain_sessions_agree():
    from klantreis.journeys import sessions as module

    chance = np.random.default_rng(5)
    person = np.sort(chance.integers(0, 50, 2_000))
    at = chance.integers(0, 10**11, 2_000)
    at = at[np.lexsort((at, person))]
    at = at[np.argsort(person, kind="stable")]
    group = chance.integers(0, 3, 2_000).astype(np.int32)
    plain = module._number.__wrapped__
    args = (person, np.sort(at), group, 3, (1800 * SECOND, 86400 * SECOND))
    assert np.array_equal(plain(*args)[0], compiled(plain)(*args)[0])


@pytest.mark.parametrize("longest", [3_000, 86_400])
def test_sessions_where_nothing_stands_apart_are_those_of_one_channel(longest):
    from klantreis.journeys import sessions as module

    chance = np.random.default_rng(6)
    person = np.sort(chance.integers(0, 50, 2_000))
    at = chance.integers(0, 50_000, 2_000) * SECOND
    at = at[np.lexsort((at, person))]
    spans = (1800 * SECOND, longest * SECOND)
    number, count = module._together.__wrapped__(person, at, spans)
    wanted, many = module._number.__wrapped__(person, at, np.zeros(2_000, np.int32), 1, spans)
    fast, found = compiled(module._together.__wrapped__)(person, at, spans)
    assert np.array_equal(number, wanted)
    assert np.array_equal(fast, wanted)
    assert count == many == found == wanted[-1] + 1


@pytest.mark.parametrize("apart", [None, []])
def test_nobody_has_no_sessions(apart):
    assert cut([], apart=apart) == []
