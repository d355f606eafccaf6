"""The store keeps every event once and places only what changed."""

from __future__ import annotations

import pytest

from klantreis.errors import StoreError
from klantreis.journeys import append as appending
from klantreis.journeys.manifest import read_manifest
from klantreis.journeys.model import ENDED, OPEN, TIMED_OUT
from klantreis.journeys.store import Store
from klantreis.labels import plain
from klantreis.map.model import Condition, JourneyMap, JourneyRule, Segment
from stored import MAP, SECOND, log, told, touch


def files(folder):
    return {path.relative_to(folder): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def counted(load):
    return (load.read, load.stored, load.duplicate, load.rejected)


def test_a_load_is_stored_placed_and_opened(engine, store, rows, source):
    load = store.append(engine, rows(log()), source())
    assert counted(load) == (24, 24, 0, 0)
    assert not store.current(MAP)
    assert store.place(engine, MAP) == 1
    assert store.current(MAP)
    journeys = store.open_journeys(MAP)
    assert (journeys.people, journeys.journeys, journeys.touches) == (6, 6, 24)
    assert journeys.counts == {"read": 24, "stored": 24, "duplicate": 0, "rejected": 0, "dropped": 0}
    assert (journeys.about.first, journeys.about.last) == (0, 35 * SECOND)
    assert journeys.about.names.touchpoints == ("look", "pay")
    assert next(iter(told(journeys).values()))[0][1] in {"view", "paid", "search"}
    assert store.verify() == ()


def test_a_repeated_load_changes_not_one_file(engine, store, rows, source):
    store.append(engine, rows(log()), source())
    store.place(engine, MAP)
    before, version = files(store.folder), store.log().version
    load = store.append(engine, rows(log()), source())
    assert counted(load) == (24, 0, 24, 0)
    after = files(store.folder)
    assert {p: t for p, t in after.items() if p.name != "lock"} == {p: t for p, t in before.items() if p.name != "lock"}
    assert store.log().version == version
    assert store.place(engine, MAP) == 0


def test_a_file_that_grew_adds_only_what_is_new_and_the_counts_add_up(engine, store, rows, source):
    store.append(engine, rows(log(events=2)), source())
    grown = [*log(events=4), {"person": "u0", "at": 0, "event": "z", "reason": "bad_time"}]
    assert counted(store.append(engine, rows(grown), source())) == (25, 12, 12, 1)
    total = store.log()
    assert (total.read, total.stored, total.duplicate, total.rejected) == (37, 24, 12, 1)
    assert total.read == total.stored + total.duplicate + total.rejected


def test_equal_rows_are_one_event_unless_the_source_keeps_them(engine, store, rows, source):
    twice = [{"person": "u", "at": 1, "event": "view"}] * 2
    assert counted(store.append(engine, rows(twice), source("drops"))) == (2, 1, 1, 0)
    keeps = source("keeps", duplicates="keep")
    assert counted(store.append(engine, rows(twice), keeps)) == (2, 2, 0, 0)
    assert counted(store.append(engine, rows(twice), keeps)) == (2, 0, 2, 0)
    assert counted(store.append(engine, rows(twice * 2), keeps)) == (4, 2, 2, 0)


def test_an_id_makes_the_same_event_whatever_else_differs(engine, store, rows, source):
    first = {"person": "u", "at": 1, "event": "view", "id": "7"}
    assert store.append(engine, rows([first, {**first, "at": 2}, {**first, "person": "v"}]), source()).stored == 1
    assert store.append(engine, rows([{**first, "event": "paid"}]), source()).duplicate == 1
    assert store.append(engine, rows([{**first, "at": 900}]), source()).duplicate == 1, "long after what is stored"
    assert store.append(engine, rows([first]), source("other")).stored == 1, "an id is of its source"


def test_rows_that_differ_in_one_property_are_two_events(engine, store, rows, source):
    row = {"person": "u", "at": 1, "event": "view"}
    assert store.append(engine, rows([{**row, "product": "ring"}, {**row, "product": "ketting"}]), source()).stored == 2


def test_a_new_empty_column_does_not_make_old_events_new(engine, store, rows, source):
    row = {"person": "u", "at": 1, "event": "view"}
    store.append(engine, rows([row]), source())
    assert store.append(engine, rows([{**row, "later": None}]), source()).duplicate == 1


def test_keys_are_compared_in_passes_with_the_same_outcome(engine, store, rows, source, monkeypatch):
    monkeypatch.setattr(appending, "KEYS_AT_ONCE", 5)
    doubled = [*log(), *log()]
    assert counted(store.append(engine, rows(doubled), source())) == (48, 24, 24, 0)
    assert counted(store.append(engine, rows(doubled), source())) == (48, 0, 48, 0)


@pytest.mark.parametrize("bits", [1, 3])
def test_any_number_of_buckets_gives_the_same_journeys(engine, tmp_path, rows, source, monkeypatch, bits):
    answers = []
    for cut in (0, bits):
        monkeypatch.setattr(appending, "bucket_bits", lambda touches, cut=cut: cut)
        store = Store(tmp_path / str(cut))
        store.append(engine, rows(log(people=12)), source())
        store.place(engine, MAP)
        assert store.verify() == ()
        journeys = store.open_journeys(MAP)
        answers.append((told(journeys), journeys.about.names, journeys.outside))
        assert store.log().buckets == 1 << cut
    assert answers[0] == answers[1]


def test_a_growing_store_gets_more_buckets(engine, store, rows, source, monkeypatch):
    def few(touches):
        return max(0, (touches - 1) // 10).bit_length()

    monkeypatch.setattr(appending, "bucket_bits", few)
    store.append(engine, rows(log(events=1)), source("a"))
    store.place(engine, MAP)
    assert store.log().buckets == 1
    store.append(engine, rows(log(people=40, events=3)), source("b"))
    assert store.log().buckets > 1
    assert store.log().stored == 126
    store.place(engine, MAP)
    assert store.verify() == ()
    assert store.open_journeys(MAP).touches == 126


def test_only_buckets_with_new_events_are_made_again(engine, store, rows, source, monkeypatch):
    monkeypatch.setattr(appending, "bucket_bits", lambda touches: 3)
    store.append(engine, rows(log(people=60)), source())
    made = store.place(engine, MAP)
    assert made == 8
    before = {b.bucket: b.files for b in read_manifest(store.folder).maps[0].buckets}
    store.append(engine, rows([{"person": "u3", "at": 99, "event": "paid"}]), source())
    assert store.place(engine, MAP) == 1
    after = {b.bucket: b.files for b in read_manifest(store.folder).maps[0].buckets}
    assert sum(before[b] != after[b] for b in before) == 1
    assert store.open_journeys(MAP).touches == 241
    assert store.verify() == ()


def test_the_end_of_the_data_settles_journeys_in_buckets_that_did_not_change(engine, store, rows, source, monkeypatch):
    monkeypatch.setattr(appending, "bucket_bits", lambda touches: 4)
    rule = JourneyRule(end=("pay",), timeout_seconds=100)
    map_ = JourneyMap("buy", plain("buy"), touchpoints=MAP.touchpoints, journey=rule)
    store.append(engine, rows([{"person": "u1", "at": 0, "event": "view"}]), source())
    store.place(engine, map_)
    assert store.open_journeys(map_).buckets[0].state.tolist() == [OPEN]
    store.append(engine, rows([{"person": "u2", "at": 101, "event": "paid"}]), source())
    assert store.place(engine, map_) == 1
    states = [state for bucket in store.open_journeys(map_).buckets for state in bucket.state.tolist()]
    assert sorted(states) == [ENDED, TIMED_OUT]


def test_two_maps_of_one_person_run_side_by_side(engine, store, rows, source):
    events = [("view", 0), ("ticket", 5), ("paid", 10), ("view", 12), ("solved", 20), ("paid", 30)]
    store.append(engine, rows([{"person": "u", "at": at, "event": event} for event, at in events]), source())
    buy = JourneyMap("buy", plain("b"), touchpoints=MAP.touchpoints, journey=JourneyRule(("look",), ("pay",)))
    complain = JourneyMap(
        "complain", plain("c"), touchpoints=(touch("ask", "ticket"), touch("end", "solved")),
        journey=JourneyRule(start=("ask",), end=("end",)),
    )  # fmt: skip
    store.place(engine, buy)
    store.place(engine, complain)
    bought, complained = store.open_journeys(buy), store.open_journeys(complain)
    spans = {tuple(at for at, *_ in row) for row in told(bought).values()}
    assert spans == {(0, 5, 10), (12, 20, 30)}
    ((trip,),) = [list(told(complained).values())]
    assert [at for at, *_ in trip] == [5, 10, 12, 20]
    assert complained.outside == 2
    assert bought.outside == 0


def test_ties_follow_the_order_of_the_sources_then_of_their_rows(engine, store, rows, source):
    tie = [{"person": "u", "at": 1, "event": event} for event in ("b", "a")]
    store.append(engine, rows([{"person": "u", "at": 1, "event": "z"}]), source("late", order=2))
    store.append(engine, rows(tie), source("early", order=1))
    store.place(engine, MAP)
    assert [event for _, event, *_ in next(iter(told(store.open_journeys(MAP)).values()))] == ["b", "a", "z"]
    store.append(engine, rows(tie), source("early", order=3))
    store.place(engine, MAP)
    assert [event for _, event, *_ in next(iter(told(store.open_journeys(MAP)).values()))] == ["z", "b", "a"]


def test_the_order_of_loading_does_not_matter(engine, tmp_path, rows, source):
    days = [[{"person": "u", "at": 1, "event": event}] for event in "abc"]
    answers = []
    for name, order in (("forth", days), ("back", days[::-1])):
        store = Store(tmp_path / name)
        for day in order:
            store.append(engine, rows(day), source())
        store.place(engine, MAP)
        answers.append([event for _, event, *_ in next(iter(told(store.open_journeys(MAP)).values()))])
    assert answers[0] == answers[1]


def test_first_and_last_are_taken_per_journey(engine, store, rows, source):
    events = [("view", 0), ("view", 1), ("mail", 2), ("mail", 3), ("paid", 4), ("view", 5), ("mail", 6)]
    store.append(engine, rows([{"person": "u", "at": at, "event": event} for event, at in events]), source())
    touchpoints = (touch("look", "view", take="first"), touch("read", "mail", take="last"), touch("pay", "paid"))
    map_ = JourneyMap("m", plain("m"), touchpoints=touchpoints, journey=JourneyRule(end=("pay",)))
    store.place(engine, map_)
    journeys = store.open_journeys(map_)
    assert {tuple(at for at, *_ in row) for row in told(journeys).values()} == {(0, 3, 4), (5, 6)}
    assert journeys.counts["dropped"] == 2
    assert store.verify() == ()


def test_a_column_names_the_journey(engine, store, rows, source):
    events = [("o1", "view", 0), ("o2", "view", 1), ("o1", "paid", 2), (None, "view", 3)]
    store.append(engine, rows([{"person": "u", "at": at, "event": e, "order": o} for o, e, at in events]), source())
    map_ = JourneyMap("m", plain("m"), touchpoints=MAP.touchpoints, journey=JourneyRule(end=("pay",), by="order"))
    store.place(engine, map_)
    journeys = store.open_journeys(map_)
    assert [[at for at, *_ in row] for row in told(journeys).values()] == [[0, 2], [1]]
    assert journeys.buckets[0].state.tolist() == [ENDED, OPEN]
    assert (journeys.outside, journeys.about.grain) == (1, "order")


def test_segments_are_those_of_the_first_event(engine, store, rows, source):
    segments = (Segment("new", plain("new"), "", ((Condition("orders", "=", (0,)),),)),)
    events = [
        {"person": "u", "at": 0, "event": "view", "orders": 0},
        {"person": "u", "at": 1, "event": "paid", "orders": 1},
    ]
    store.append(engine, rows([*events, {**events[1], "person": "v"}]), source())
    map_ = JourneyMap("m", plain("m"), touchpoints=MAP.touchpoints, segments=segments)
    store.place(engine, map_)
    bucket = store.open_journeys(map_).buckets[0]
    assert sorted(bucket.segments.tolist()) == [0, 1]


def test_a_map_with_other_words_is_not_placed_again_one_with_another_matcher_is(engine, store, rows, source):
    store.append(engine, rows(log()), source())
    store.place(engine, MAP)
    renamed = JourneyMap("buy", plain("Kopen"), touchpoints=MAP.touchpoints)
    assert store.place(engine, renamed) == 0
    rematched = JourneyMap("buy", plain("buy"), touchpoints=(touch("look", "search"), touch("pay", "paid")))
    with pytest.raises(StoreError, match="changed since"):
        store.open_journeys(rematched)
    assert store.place(engine, rematched) == 1


def test_another_hash_of_the_engine_makes_the_buckets_again(engine, store, rows, source):
    store.append(engine, rows(log()), source())
    store.place(engine, MAP)
    manifest = store.folder / "manifest.json"
    manifest.write_text(
        manifest.read_text().replace(f'"hash_check":{read_manifest(store.folder).hash_check}', '"hash_check":1')
    )
    assert store.place(engine, MAP) == 1
    assert store.verify() == ()
    assert store.open_journeys(MAP).touches == 24


def test_an_empty_store_has_one_empty_bucket(engine, store, rows, source):
    store.append(engine, rows([{"person": None, "at": 0, "event": "x", "reason": "no_person"}]), source())
    store.place(engine, MAP)
    journeys = store.open_journeys(MAP)
    assert (len(journeys.buckets), journeys.touches) == (1, 0)
    assert journeys.counts["rejected"] == 1
    assert store.verify() == ()
