"""A log without a map becomes journeys: order, buckets, names and counts."""

from __future__ import annotations

import json
import tracemalloc
from collections import Counter
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.engines.base import Query
from klantreis.engines.duckdb import DuckDbEngine
from klantreis.journeys import arrange, fetch
from klantreis.journeys.place import Wanted, only_events, place

SECOND = 1_000_000
COLUMNS = ("person", "at", "event", "channel", "value", "p.order", "reason")


@pytest.fixture(scope="module")
def engine():
    opened = DuckDbEngine(threads=1)
    yield opened
    opened.close()


def query(log) -> Query:
    """Rows of (person, seconds, event, channel, value, order, reason), short ones filled with None."""
    rows = [tuple(row) + (None,) * (len(COLUMNS) - len(row)) for row in log]
    listed = [[None if row[1] is None else str(round(row[1] * SECOND)), *row[2:], row[0]] for row in rows]
    kept = [[None if cell is None else str(cell) for cell in row] for row in listed]
    sql = """
        SELECT r[7] AS person, r[1]::BIGINT AS "at", r[2] AS event, r[3] AS channel, r[4]::DECIMAL(18, 4) AS "value",
            r[5] AS "p.order", r[6] AS reason
        FROM (SELECT unnest($log::VARCHAR[][]) AS r)"""
    return Query((("rows", sql),), {"log": kept})


def told(journeys):
    """The journeys as people would write them: {(person's key, trip): [(seconds, event), ...]}."""
    names = journeys.about.names.events
    trips = []
    for bucket in journeys.buckets:
        for trip in range(bucket.journeys):
            touches = range(int(bucket.start[trip]), int(bucket.start[trip + 1]))
            row = tuple((int(bucket.at[t]) / SECOND, names[bucket.event[t]]) for t in touches)
            trips.append((int(bucket.keys[bucket.person[trip]]), row))
    return trips


def successions(journeys):
    return Counter(
        pair for _, row in told(journeys) for pair in zip([e for _, e in row], [e for _, e in row][1:], strict=False)
    )


def test_ties_and_zones_give_the_successions_of_pm4py(engine, shared):
    cases = json.loads((shared / "oracles/process/dfg_ties.json").read_text())["cases"]
    for case in cases:
        log = [(who, datetime.fromisoformat(at).timestamp(), event) for who, at, event in case["events"]]
        journeys = place(engine, query(log))
        assert successions(journeys) == {(one, other): count for one, other, count in case["dfg"]}, case["name"]
        variants = Counter(tuple(event for _, event in row) for _, row in told(journeys))
        assert variants == {tuple(path): count for path, count in case["variants"]}


LOG = st.lists(st.tuples(st.sampled_from("uvwxyz"), st.integers(0, 4), st.sampled_from("abc")), max_size=40)


@settings(max_examples=40, deadline=None)
@given(LOG, st.integers(1, 4))
def test_any_number_of_buckets_gives_the_same_journeys(log, bits):
    engine = DuckDbEngine(threads=1)
    one, many = place(engine, query(log), bits=0), place(engine, query(log), bits=bits)
    engine.close()
    assert told(one) == told(many)
    assert one.about == many.about
    assert one.counts == many.counts


@settings(max_examples=40, deadline=None)
@given(LOG, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_matters_only_within_a_tie(log, chance):
    rows = list({row[:2]: row for row in log}.values())  # no ties
    mixed = list(rows)
    chance.shuffle(mixed)
    engine = DuckDbEngine(threads=1)
    one, other = place(engine, query(rows)), place(engine, query(mixed))
    engine.close()
    assert told(one) == told(other)
    assert one.about == other.about


@pytest.mark.parametrize("table", [fetch.TABLE_BITS, 8, 0])
def test_many_words_have_their_own_codes_by_table_and_by_search(engine, monkeypatch, table):
    monkeypatch.setattr(fetch, "TABLE_BITS", table)
    monkeypatch.setattr(fetch, "CHUNK", 7)
    log = [("u", second, f"word {second % 90}") for second in range(200)]
    found = [event for _, event in told(place(engine, query(log)))[0][1]]
    assert found == [event for _, _, event in log]


def test_words_beyond_the_first_rows_are_found(engine, monkeypatch):
    monkeypatch.setattr(fetch, "SAMPLE", 2)
    journeys = place(engine, query([("u", 0, "a"), ("u", 1, "a"), ("u", 2, "b")]))
    assert journeys.about.names.events == ("a", "b")
    assert [event for _, event in told(journeys)[0][1]] == ["a", "a", "b"]


def test_bad_rows_are_counted_and_leave_no_trace(engine):
    log = [
        ("u", 3, "a"),
        (None, 1, "z", None, None, None, "no person"),
        ("u", None, "z", None, None, None, "no moment"),
    ]
    journeys = place(engine, query(log))
    assert journeys.counts == {"read": 3, "stored": 1, "duplicate": 0, "rejected": 2, "repeated": 0}
    assert journeys.about.names.events == ("a",)
    assert (journeys.about.first, journeys.about.last) == (3 * SECOND, 3 * SECOND)


def test_repeated_rows_are_kept_and_counted_even_apart_within_a_tie(engine):
    log = [("u", 1, "a"), ("u", 1, "b"), ("u", 1, "a"), ("v", 1, "a"), ("u", 2, "a"), ("u", 1, "a")]
    journeys = place(engine, query(log))
    assert journeys.counts["repeated"] == 2
    assert journeys.touches == 6


def test_nothing_is_one_empty_bucket(engine):
    journeys = place(engine, query([]))
    assert (len(journeys.buckets), journeys.touches, journeys.journeys, journeys.people) == (1, 0, 0, 0)
    assert journeys.buckets[0].start.tolist() == [0]


def test_the_id_NA_is_a_person_and_an_empty_channel_is_none(engine):
    journeys = place(engine, query([("NA", 0, "a", None), ("NA", 1, "b", "web")]), Wanted(channel=True))
    assert journeys.people == 1
    assert journeys.buckets[0].channel.tolist() == [-1, 0]
    assert journeys.about.names.channels == ("web",)


def test_values_are_exact_whole_units(engine):
    from klantreis.journeys.model import NO_VALUE

    journeys = place(engine, query([("u", 0, "a", None, "0.1"), ("u", 1, "a", None, None)]), Wanted(value=True))
    assert journeys.buckets[0].value.tolist() == [1000, NO_VALUE]


def test_a_column_names_the_journey_in_the_order_they_began(engine):
    log = [
        ("u", 5, "a", None, None, "o1"),
        ("u", 1, "b", None, None, "o2"),
        ("u", 6, "c", None, None, "o2"),
        ("u", 2, "d"),
    ]
    journeys = place(engine, query(log), Wanted(name="p.order", grain="order"))
    assert [row for _, row in told(journeys)] == [((1.0, "b"), (6.0, "c")), ((5.0, "a"),)]
    assert journeys.outside == 1, "a row without an order belongs to no journey"
    assert journeys.people == 1
    assert journeys.about.grain == "order"


def test_a_name_that_persons_share_is_one_journey(engine):
    log = [("u", 0, "a", None, None, "o1"), ("v", 1, "b", None, None, "o1"), ("v", 2, "c", None, None, "o2")]
    journeys = place(engine, query(log), Wanted(name="p.order"), bits=3)
    assert sorted(row for _, row in told(journeys)) == [((0.0, "a"), (1.0, "b")), ((2.0, "c"),)]


def test_rows_without_a_name_keep_their_own_person(engine):
    log = [("u", 0, "a"), ("v", 0, "a"), ("u", 1, "a", None, None, "o"), ("v", 1, "b", None, None, "o")]
    journeys = place(engine, query(log), Wanted(name="p.order"))
    assert (journeys.outside, journeys.counts["repeated"]) == (2, 0)


def test_sessions_are_journeys_and_a_ticket_stands_apart(engine):
    log = [("u", 0, "a", "web"), ("u", 1000, "t", "ticket"), ("u", 2000, "b", "web"), ("u", 4000, "c", "web")]
    together = place(engine, query(log), Wanted(channel=True, gap_seconds=1800, grain="session"))
    assert [[event for _, event in row] for _, row in told(together)] == [["a", "t", "b"], ["c"]]
    apart = place(engine, query(log), Wanted(channel=True, gap_seconds=1800, apart=("ticket",), grain="session"))
    assert [[event for _, event in row] for _, row in told(apart)] == [["a"], ["t"], ["b"], ["c"]]


def test_only_some_events_are_read(engine):
    journeys = place(engine, only_events(query([("u", 0, "a"), ("u", 1, "b")]), ("b",)))
    assert told(journeys)[0][1] == ((1.0, "b"),)
    assert journeys.counts["read"] == 1


def test_the_version_follows_the_data_not_its_order(engine):
    log = [("u", 0, "a"), ("v", 1, "b")]
    version = place(engine, query(log)).about.version
    assert place(engine, query(log[::-1])).about.version == version
    assert place(engine, query([("u", 0, "a"), ("v", 2, "b")])).about.version != version
    assert place(engine, query([("v", 0, "a"), ("u", 1, "b")])).about.version != version


SAID = """
    SELECT 'k' || (n * 7919 % 30000) AS person, n * 1000 AS "at", 'e' || n % 9 AS event, 'c' || n % 200 AS detail,
        (n % 50)::DECIMAL(18, 4) AS "value", (n % 5)::DECIMAL(9, 3) AS score,
        CASE WHEN n % $bad = 1 THEN 'no_time' END AS reason
    FROM range(300000) AS r(n)"""
ROW = 8 + 8 + 8 + 8 + 8 + 4 + 1
"""What a row is when it comes from the engine: person, moment, event and comment as hashes, value, score, verdict."""


@pytest.mark.parametrize("bad", [1000, 1_000_000])
def test_no_column_is_held_twice_on_the_way_to_buckets(engine, monkeypatch, bad):
    monkeypatch.setattr(arrange, "AT_ONCE", 1 << 14)
    rows = Query((("rows", SAID),), {"bad": bad})
    wanted = Wanted(detail=True, value=True, score=True)
    place(engine, only_events(rows, ("e1",)), wanted)  # what is made once, at a first time
    tracemalloc.start()
    try:
        journeys = place(engine, rows, wanted, bits=6, threads=1)
        held, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # Beside each row as it came: one column more at a time, a few bytes for its place, and what one bucket takes.

    assert most / journeys.counts["read"] < ROW + 12
    assert held / journeys.touches < 8 + 4 + 4 + 8 + 4 + 12


def test_words_are_sorted_by_their_signs_whatever_they_are_and_however_many(engine):
    signs = ["a", "a\0", "a\0b", "A", "aa" * 9, "aa" * 9 + "b", "é", "z", "Z", "\U0001f600", "\uffff", "~", " x"]
    words = [f"{sign}{number}" for number in range(3_000) for sign in signs]
    rows = [("p", spot, "e", word) for spot, word in enumerate(words)]
    journeys = place(engine, query(rows), Wanted(channel=True))
    assert list(journeys.about.names.channels) == sorted(words)
    (bucket,) = journeys.buckets
    assert [journeys.about.names.channels[code] for code in bucket.channel] == words
