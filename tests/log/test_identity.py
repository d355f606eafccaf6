"""Whose an event is: the rule for devices against a search by hand, the ids, the limits, the blocked values."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from klantreis.engines.base import Query
from klantreis.engines.duckdb import DuckDbEngine
from klantreis.log.identity import DAY, USUAL, Rules, blocked_sql, blocked_values
from klantreis.log.identity_joined import joined
from klantreis.log.identity_stitch import Decisions, recognised, stitch

KINDS = ("device", "i.email", "i.phone")
FIELDS = ("person", "at", "device", "i.email", "i.phone")


@pytest.fixture(scope="module")
def engine():
    opened = DuckDbEngine(threads=1)
    yield opened
    opened.close()


def stitched(engine, events, rules=USUAL, decided=None):
    """Stitches events given as dictionaries; `n` numbers them."""
    rows = [
        [str(n), *(None if event.get(name) is None else str(event[name]) for name in FIELDS)] for n, event in events
    ]
    sql = """SELECT r[1] AS n, md5(r[1])::UUID AS key, r[2] AS person, r[3]::BIGINT AS "at", r[4] AS device,
        r[5] AS "i.email", r[6] AS "i.phone", 'web' AS source FROM (SELECT unnest($log::VARCHAR[][]) AS r)"""
    return stitch(engine, Query((("events", sql),), {"log": rows}), KINDS, rules, decided)


def names(engine, events, rules=USUAL, decided=None):
    """Returns (name, how, ambiguous) of each event, in their order."""
    found = stitched(engine, list(enumerate(events)), rules, decided)
    asked = found.events.then("asked", 'SELECT n, "#name", "#how", "#ambiguous" FROM named')
    told = {
        int(n): (None if name is None else name.replace("\x1f", ":"), how, unsure)
        for n, name, how, unsure in engine.rows(asked)
    }
    return [told[n] for n in range(len(events))]


def ledger(engine, events, rules=USUAL, decided=None):
    found = stitched(engine, list(enumerate(events)), rules, decided)
    return {
        (who.replace("\x1f", ":"), kind, key): (state, link)
        for link, who, kind, key, _, _, _, state in engine.rows(found.ledger)
    }


def by_hand(events, within):
    """The device rule, event by event, by looking at all logins of the device."""
    for event in events:
        if event.get("person"):
            yield event["person"], "person", False
            continue
        logins = [other for other in events if other.get("person") and other["device"] == event["device"]]
        later = [login for login in logins if login["at"] >= event["at"]]
        earlier = [login for login in logins if login["at"] < event["at"]]
        if not later:
            yield f"device:{event['device']}", "anonymous", False
            continue
        moment = min(login["at"] for login in later)
        who = {login["person"] for login in later if login["at"] == moment}
        before = {login["person"] for login in earlier if login["at"] == max(one["at"] for one in earlier)}
        unsure = len(who) > 1 or (bool(before) and before != who)
        if len(who) == 1 and moment - event["at"] <= within:
            yield who.pop(), "by_device", unsure
        else:
            yield f"device:{event['device']}", "anonymous", unsure


@pytest.mark.parametrize("seed", range(3))
def test_an_anonymous_event_goes_to_who_next_logs_in_there(engine, seed):
    chance = random.Random(seed)
    within = chance.randrange(7)
    worlds = [[_event(chance, world) for _ in range(chance.randrange(1, 15))] for world in range(300)]
    told = names(engine, [event for world in worlds for event in world], Rules(within=within))
    assert told == [one for world in worlds for one in by_hand(world, within)]


def _event(chance, world):
    """One event of a small world with many ties."""
    person = chance.choice([None, None, f"P{world}", f"Q{world}", f"R{world}"])
    return {"person": person, "device": f"{world}-{chance.choice('de')}", "at": chance.randrange(13)}


FULL = st.fixed_dictionaries(
    {
        "person": st.sampled_from([None, None, "P", "Q", "null"]),
        "device": st.sampled_from([None, "d1", "d2", "0"]),
        "i.email": st.sampled_from([None, None, "a@b", "A@B", "c@d"]),
        "i.phone": st.sampled_from([None, None, "06", "07"]),
        "at": st.integers(0, 8),
    }
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(FULL, min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_events_changes_nothing(engine, events, chance):
    order = list(range(len(events)))
    chance.shuffle(order)
    found = names(engine, events)
    assert [found[at] for at in order] == names(engine, [events[at] for at in order])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(FULL, min_size=1, max_size=12))
def test_two_known_persons_never_become_one(engine, events):
    for event, (name, how, _) in zip(events, names(engine, events), strict=True):
        if event["person"] in {"P", "Q"}:
            assert (name, how) == (event["person"], "person")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(FULL, min_size=1, max_size=12))
def test_the_parts_add_up_to_all_events(engine, events):
    told = recognised(engine, stitched(engine, list(enumerate(events))))
    assert told.events == len(events)
    assert told.ambiguous <= told.by_device + told.anonymous


def test_the_thirtieth_day_counts_and_a_microsecond_more_does_not(engine):
    login = {"person": "P", "device": "d", "at": 40 * DAY}
    assert names(engine, [login, {"device": "d", "at": 10 * DAY}])[1] == ("P", "by_device", False)
    assert names(engine, [login, {"device": "d", "at": 10 * DAY - 1}])[1] == ("device:d", "anonymous", False)


def test_what_comes_after_the_last_login_stays_anonymous(engine):
    assert names(engine, [{"person": "P", "device": "d", "at": 1}, {"device": "d", "at": 2}])[1][1] == "anonymous"


def test_between_two_people_an_event_goes_to_the_next_and_is_flagged(engine):
    people = [
        {"person": "P", "device": "d", "at": 1},
        {"device": "d", "at": 2},
        {"person": "Q", "device": "d", "at": 3},
    ]
    assert names(engine, people)[1] == ("Q", "by_device", True)


def test_nobody_gets_what_comes_before_two_people_at_one_moment(engine):
    people = [
        {"device": "d", "at": 1},
        {"person": "P", "device": "d", "at": 2},
        {"person": "Q", "device": "d", "at": 2},
    ]
    assert names(engine, people)[0] == ("device:d", "anonymous", True)


def test_a_device_of_too_many_people_says_nothing(engine):
    till = [{"person": f"P{n}", "device": "till", "at": 2 * n + 1} for n in range(3)]
    events = [*till, {"device": "till", "at": 0}]
    assert names(engine, events, Rules(people_per_device=3))[3][0] == "P0"
    assert names(engine, events, Rules(people_per_device=2))[3] == ("device:till", "anonymous", False)
    assert {state for state, _ in ledger(engine, events, Rules(people_per_device=2)).values()} == {"shared"}


def test_a_person_with_too_many_devices_is_linked_to_none(engine):
    desk = [{"person": "P", "device": f"d{n}", "at": 5} for n in range(3)]
    events = [*desk, {"device": "d1", "at": 0}]
    assert names(engine, events, Rules(limits=(("device", 3),)))[3][0] == "P"
    assert names(engine, events, Rules(limits=(("device", 2),)))[3] == ("device:d1", "anonymous", False)


def test_an_address_says_who_whatever_its_capitals_and_whenever(engine):
    events = [
        {"i.email": "a@B.nl", "at": 1},
        {"person": "P", "i.email": "A@b.nl", "at": 9},
        {"i.email": "c@d", "at": 2},
    ]
    assert names(engine, events) == [("P", "by_id", False), ("P", "person", False), ("email:c@d", "by_id", False)]


def test_an_address_of_two_people_says_nothing(engine):
    events = [{"person": who, "i.email": "a@b", "at": 1} for who in "PQ"] + [{"i.email": "a@b", "at": 2}]
    assert names(engine, events)[2] == ("email:a@b", "anonymous", False)
    assert ledger(engine, events)["P", "email", "a@b"][0] == "shared"


def test_undoing_one_of_two_links_gives_the_address_to_the_other(engine):
    events = [{"person": who, "i.email": "a@b", "at": 1} for who in "PQ"] + [{"i.email": "a@b", "at": 2}]
    link = ledger(engine, events)["Q", "email", "a@b"][1]
    assert names(engine, events, decided=Decisions((link,)))[2] == ("P", "by_id", False)


def test_two_ids_seen_together_are_one_and_join_a_person(engine):
    events = [
        {"i.email": "a@b", "i.phone": "06", "at": 5},
        {"i.phone": "06", "at": 1},
        {"person": "P", "i.email": "a@b", "at": 9},
    ]
    assert [name for name, _, _ in names(engine, events)] == ["P", "P", "P"]
    assert [name for name, _, _ in names(engine, events[:2])] == ["email:a@b", "email:a@b"]


def test_two_ids_of_two_people_seen_together_are_refused(engine):
    events = [
        {"person": "P", "i.email": "a@b", "at": 1},
        {"person": "Q", "i.phone": "06", "at": 2},
        {"i.email": "a@b", "i.phone": "06", "at": 3},
    ]
    assert names(engine, events)[2] == ("email:a@b", "anonymous", False)
    assert ledger(engine, events)["email:a@b", "phone", "06"][0] == "persons"


def test_an_undone_login_gives_its_past_back_to_the_device_and_to_nobody_else(engine):
    events = [
        {"device": "d", "at": 1},
        {"person": "P", "device": "d", "at": 2},
        {"person": "Q", "device": "d", "at": 3},
    ]
    link = ledger(engine, events)["P", "device", "d"][1]
    assert names(engine, events, decided=Decisions((link,)))[0] == ("device:d", "anonymous", False)


def test_a_forgotten_login_gives_its_past_to_nobody_else(engine):
    events = [{"device": "d", "at": 1}, {"person": "Q", "device": "d", "at": 3}]
    assert names(engine, events)[0][0] == "Q"
    assert names(engine, events, decided=Decisions((), (("d", 2),)))[0][0] == "device:d"


def test_without_stitching_every_event_keeps_what_it_says_itself(engine):
    events = [
        {"device": "d", "at": 1},
        {"person": "P", "device": "d", "i.email": "a@b", "at": 2},
        {"i.email": "a@b", "at": 3},
    ]
    assert [name for name, _, _ in names(engine, events, Rules(stitch=False))] == ["device:d", "P", "email:a@b"]


def test_no_events_give_no_counts(engine):
    told = recognised(engine, stitched(engine, [("0", {"person": "P", "at": 1})]))
    assert (told.events, told.share) == (1, 1.0)


@pytest.mark.parametrize("value", ["", "NULL", "undefined", "0", "test@winkel.nl", "Test@x", "kassa-1", "a@intern.nl"])
def test_blocked_values_are_nobody(engine, value):
    bound = blocked_values(["kassa-1", "*@intern.nl"])
    ((blocked,),) = engine.rows(Query((("one", f"SELECT {blocked_sql('$value')}"),), {"value": value, **bound}))
    assert blocked


@pytest.mark.parametrize(
    "value", ["NA", "00", "10", "nulltje", "tester@winkel.nl", "mijn-kassa-1", "a@intern.nl.com", "P"]
)
def test_other_values_are_somebody(engine, value):
    bound = blocked_values(["kassa-1", "*@intern.nl"])
    ((blocked,),) = engine.rows(Query((("one", f"SELECT {blocked_sql('$value')}"),), {"value": value, **bound}))
    assert not blocked


def test_union_takes_links_from_old_to_young_in_whatever_order_they_come():
    edges = [
        (1, ("email", "e"), ("person", "P")),
        (2, ("email", "e"), ("phone", "f")),
        (3, ("person", "Q"), ("phone", "f")),
    ]
    for seed in range(6):
        shuffled = list(edges)
        random.Random(seed).shuffle(shuffled)
        found, refused = joined(shuffled)
        assert found["phone", "f"] == ("person", "P")
        assert refused == {edges[2]}
    assert joined([]) == ({}, frozenset())
