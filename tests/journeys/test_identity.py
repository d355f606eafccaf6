"""A store whose events come from devices and addresses: any order of loading, links undone, people forgotten."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import pytest

from klantreis.engines.base import Query
from klantreis.engines.duckdb import DuckDbEngine
from klantreis.errors import OptionError
from klantreis.journeys import append as appending
from klantreis.journeys.links import ledger, person, undo
from klantreis.journeys.manifest import read_manifest
from klantreis.journeys.store import Store
from klantreis.log.identity import DAY, Rules
from klantreis.log.model import CheckedRows, Roles, Source
from stored import MAP

COLUMNS = ("person", "device", "i.email", "at", "event", "detail", "reason")
SHOP = Source("shop", "x.csv", Path(), Roles("person"), order=1)
WEB = Source("web", "x.csv", Path(), Roles("person", device="cookie"), ids=(("email", "mail"),), order=0)


def rows(log: list[dict[str, object]]) -> CheckedRows:
    """CheckedRows of dictionaries; `at` in days."""
    told = [
        [str(n), *(None if row.get(name) is None else str(row[name]) for name in COLUMNS)]
        for n, row in enumerate(log, 1)
    ]
    sql = f"""SELECT r[1]::BIGINT AS sequence, r[2] AS person, r[3] AS device, r[4] AS "i.email",
        round(r[5]::DOUBLE * {DAY})::BIGINT AS "at", r[6] AS event, r[7] AS detail, r[8] AS reason, NULL::VARCHAR AS id,
        NULL::VARCHAR AS channel, NULL::VARCHAR AS session, NULL::DECIMAL(18,4) AS value, NULL::DECIMAL(9,3) AS score,
        r[1]::BIGINT AS record, 'x.csv' AS file, NULL::VARCHAR AS seen FROM (SELECT unnest($log::VARCHAR[][]) AS r)"""
    return CheckedRows(Query((("rows", sql),), {"log": told}), (), (), ids=("device", "i.email"))


def loaded(folder, loads, rules=None):
    """Returns a store with these loads (source, rows), placed on the small map."""
    store = Store(folder) if rules is None else Store(folder, rules)
    for source, log in loads:
        engine = DuckDbEngine(threads=1)
        store.append(engine, store.remembered(rows(log)), source)
        engine.close()
    place(store)
    return store


def place(store):
    engine = DuckDbEngine(threads=1)
    made = store.place(engine, MAP)
    engine.close()
    return made


def told(store):
    """Returns all arrays of the journeys, bucket by bucket, and what is known of people."""
    journeys = store.open_journeys(MAP)
    arrays = [
        {name: getattr(bucket, name) for name in ("at", "event", "start", "person", "keys", "touch", "detail")}
        for bucket in journeys.buckets
    ]
    names = journeys.about.names
    return [
        {
            **{name: None if array is None else array.tolist() for name, array in one.items()},
            "event": [names.events[code] for code in one["event"]],
            "detail": None,
        }
        for one in arrays
    ], journeys.about.identity


def owners(store):
    """Returns person -> events, from the files of people."""
    manifest = read_manifest(store.folder)
    files = [str(store.folder / file.path) for bucket in manifest.identity.buckets for file in bucket.files]
    engine = DuckDbEngine(threads=1)
    found = engine.rows(
        Query(
            (
                (
                    "all",
                    'SELECT person, list(event ORDER BY "at", event) '
                    "FROM read_parquet($f, hive_partitioning=false) GROUP BY 1",
                ),
            ),
            {"f": files},
        )
    )
    engine.close()
    return {name.replace("\x1f", ":"): events for name, events in found}


_OWNED = """
    SELECT person, list(event ORDER BY "at", event) FROM read_parquet($f, hive_partitioning=false) GROUP BY person"""


def bytes_of(store):
    """Returns everything on the disk of the store: path -> bytes."""
    return {path: path.read_bytes() for path in sorted(store.folder.rglob("*")) if path.is_file()}


LOG = [
    {"device": "d1", "at": 1, "event": "view"},
    {"device": "d1", "person": "anna", "i.email": "Anna@x.nl", "at": 2, "event": "login"},
    {"device": "d1", "at": 3, "event": "search", "detail": "schoenen"},
    {"device": "d1", "person": "bram", "at": 4, "event": "login"},
    {"device": "d2", "at": 5, "event": "view"},
    {"i.email": "anna@x.nl", "at": 6, "event": "mail_open"},
]
ORDERS = [{"person": "anna", "at": 7, "event": "order"}, {"person": "bram", "at": 8, "event": "order"}]


def test_events_of_a_person_are_together_whoever_named_them(tmp_path):
    store = loaded(tmp_path, [(WEB, LOG), (SHOP, ORDERS)])
    assert owners(store) == {
        "anna": ["view", "login", "mail_open", "order"],
        "bram": ["search", "login", "order"],
        "device:d2": ["view"],
    }
    seen = store.open_journeys(MAP).about.identity
    assert (seen.person, seen.by_id, seen.by_device, seen.anonymous, seen.ambiguous) == (4, 1, 2, 1, 1)
    assert (seen.people, seen.devices, seen.shared, seen.events) == (2, 2, 1, 8)
    assert store.verify() == ()


def test_any_order_of_loading_gives_the_same(tmp_path):
    loads = [(WEB, LOG[:3]), (WEB, LOG[3:]), (SHOP, ORDERS)]
    found = [
        told(loaded(tmp_path / str(turn), list(order))) for turn, order in enumerate(itertools.permutations(loads))
    ]
    assert all(one == found[0] for one in found[1:])


@pytest.mark.parametrize("seed", range(2))
def test_many_random_events_give_the_same_in_any_number_of_loads(tmp_path, seed):
    chance = random.Random(seed)
    log = [
        {
            "device": chance.choice([None, "d1", "d2", "d3"]),
            "person": chance.choice([None, None, None, "anna", "bram", "carla"]),
            "i.email": chance.choice([None, None, "a@x", "b@x"]),
            "at": at / 3,
            "event": chance.choice(["view", "login", "order"]),
        }
        for at in chance.sample(range(400), 120)
    ]
    log = [row for row in log if row["device"] or row["person"] or row["i.email"]]
    once = told(loaded(tmp_path / "once", [(WEB, log)]))
    chance.shuffle(log)
    store = loaded(tmp_path / "parts", [(WEB, log[:40])])
    for part in (log[40:90], log[90:]):
        loaded(store.folder, [(WEB, part)])
    assert told(store) == once
    assert store.verify() == ()


def test_a_link_undone_and_made_good_again_gives_back_every_bit(tmp_path):
    store = loaded(tmp_path, [(WEB, LOG), (SHOP, ORDERS)])
    before, arrays = told(store), array_bytes(store)
    engine = DuckDbEngine(threads=1)
    link = next(one for one in person(store.folder, engine, "anna", store.rules).links if one.kind == "device").link
    undo(store.folder, engine, link, store.rules)
    assert place(store) == 1
    assert owners(store)["device:d1"] == ["view"]
    assert owners(store)["anna"] == ["login", "mail_open", "order"]
    undo(store.folder, engine, link, store.rules, back=True)
    place(store)
    assert told(store) == before
    assert array_bytes(store) == arrays
    engine.close()


def array_bytes(store):
    """Returns the files of the journeys: name -> bytes."""
    return {path.name: path.read_bytes() for path in (store.folder / "journeys").rglob("*.npy")}


def test_an_unknown_link_and_one_undone_twice_are_refused(tmp_path):
    store = loaded(tmp_path, [(WEB, LOG)])
    engine = DuckDbEngine(threads=1)
    with pytest.raises(OptionError, match="no link"):
        undo(store.folder, engine, "abc", store.rules)
    link = person(store.folder, engine, "bram", store.rules).links[0].link
    with pytest.raises(OptionError, match="not undone"):
        undo(store.folder, engine, link, store.rules, back=True)
    undo(store.folder, engine, link, store.rules)
    with pytest.raises(OptionError, match="already undone"):
        undo(store.folder, engine, link, store.rules)
    engine.close()


def test_a_late_login_makes_only_the_buckets_of_those_it_touches(tmp_path, monkeypatch):
    monkeypatch.setattr(appending, "bucket_bits", lambda count: 6)
    crowd = [{"person": f"p{n}", "device": f"e{n}", "at": n, "event": "view"} for n in range(60)]
    store = loaded(tmp_path, [(WEB, [*crowd, {"device": "d9", "at": 1, "event": "view"}])])
    engine = DuckDbEngine(threads=1)
    late = {"person": "zoe", "device": "d9", "at": 2, "event": "login"}
    store.append(engine, rows([late]), WEB)
    engine.close()
    assert 1 <= place(store) <= 2
    assert owners(store)["zoe"] == ["view", "login"]


def test_other_rules_are_seen_and_journeys_made_anew(tmp_path):
    store = loaded(tmp_path, [(WEB, LOG)])
    strict = Store(store.folder, Rules(within=0))
    assert store.current(MAP)
    assert not strict.current(MAP)
    place(strict)
    assert owners(strict)["device:d1"] == ["view", "search"]


def test_a_store_without_other_ids_has_no_files_of_people(tmp_path):
    plain = CheckedRows(rows(ORDERS).query.then("plain", 'SELECT * EXCLUDE (device, "i.email") FROM rows'), (), ())
    store = Store(tmp_path)
    engine = DuckDbEngine(threads=1)
    store.append(engine, plain, SHOP)
    engine.close()
    place(store)
    assert not (tmp_path / "people").exists()
    assert store.open_journeys(MAP).about.identity is None
    assert store.verify() == ()


def test_files_of_people_that_are_gone_are_made_again(tmp_path):
    store = loaded(tmp_path, [(WEB, LOG)])
    before = owners(store)
    for path in [*(tmp_path / "people").rglob("*.parquet"), *(tmp_path / "journeys").rglob("*.npy")]:
        path.unlink()
    assert not store.current(MAP)
    place(store)
    assert owners(store) == before


def forget(store, who):
    engine = DuckDbEngine(threads=1)
    found = store.forget(engine, who)
    engine.close()
    return found


def test_forgetting_leaves_no_byte_and_gives_the_past_to_nobody_else(tmp_path):
    log = [{**row, "person": "anna-4711"} if row.get("person") == "anna" else row for row in LOG]
    orders = [{**row, "person": "anna-4711"} if row["person"] == "anna" else row for row in ORDERS]
    log[1] = {**log[1], "detail": "schoenen voor anna-4711"}
    store = loaded(tmp_path, [(WEB, log), (SHOP, orders)])
    refused = tmp_path / "rejected" / "web-1.csv"
    refused.parent.mkdir()
    refused.write_text(
        "file,line,record,reason,text_nl,text_en,seen,fields\n"
        'x.csv,2,1,bad_time,a,b,soon,"{""who"": ""Anna-4711 "", ""t"": ""soon""}"\n'
        'x.csv,3,2,bad_time,a,b,soon,"{""who"": ""bram"", ""t"": ""soon""}"\n'
        'x.csv,4,3,bad_row,a,b,"1;anna@x.nl","{""row"": ""1;anna@x.nl""}"\n',
        encoding="utf-8-sig",
    )
    gone = forget(store, "anna-4711")
    assert gone.to_dict() == {"events": 3, "links": 2, "unstitched": 1, "refused_rows": 2}
    place(store)
    assert owners(store) == {"bram": ["search", "login", "order"], "device:d1": ["view"], "device:d2": ["view"]}
    for path, content in bytes_of(store).items():
        assert b"4711" not in content, path
        assert b"anna" not in content.lower(), path
    assert b"bram" in refused.read_bytes()
    assert store.verify() == ()
    # The same files again: refused, counted, and still no byte.
    counts = [
        store.append(DuckDbEngine(threads=1), store.remembered(rows(part)), one)
        for one, part in ((WEB, log), (SHOP, orders))
    ]
    assert [(load.stored, load.duplicate, load.rejected) for load in counts] == [(0, 4, 2), (0, 1, 1)]
    place(store)
    assert all(b"4711" not in content for content in bytes_of(store).values())
    assert owners(store)["device:d1"] == ["view"]
    assert store.verify() == ()


def test_a_device_is_forgotten_by_its_own_name(tmp_path):
    store = loaded(tmp_path, [(WEB, LOG)])
    assert forget(store, "device:d2").events == 1
    place(store)
    assert "device:d2" not in owners(store)
    assert all(b"d2" not in content for path, content in bytes_of(store).items() if path.suffix == ".parquet")


def test_forgetting_works_where_events_only_name_their_person(tmp_path):
    plain = rows([*ORDERS, {"person": "carla", "at": 9, "event": "vertrek"}])
    plain = CheckedRows(plain.query.then("plain", 'SELECT * EXCLUDE (device, "i.email") FROM rows'), (), ())
    store = Store(tmp_path)
    engine = DuckDbEngine(threads=1)
    store.append(engine, plain, SHOP)
    place(store)
    assert store.forget(engine, "carla").events == 1
    place(store)
    assert read_manifest(tmp_path).names["events"] == ("order",)
    assert sum(bucket.touches for bucket in store.open_journeys(MAP).buckets) == 2
    assert all(b"carla" not in content and b"vertrek" not in content for content in bytes_of(store).values())
    assert store.append(engine, store.remembered(plain), SHOP).rejected == 1
    assert store.verify() == ()
    engine.close()


def test_everybody_may_be_forgotten(tmp_path):
    store = loaded(tmp_path, [(SHOP, ORDERS)])
    for who in ("anna", "bram", "nobody-known"):
        forget(store, who)
    place(store)
    assert store.open_journeys(MAP).journeys == 0
    assert store.verify() == ()


def test_the_ledger_counts_links_and_names_shared_devices(tmp_path):
    store = loaded(tmp_path, [(WEB, LOG), (SHOP, ORDERS)])
    engine = DuckDbEngine(threads=1)
    found = ledger(store.folder, engine, store.rules)
    assert found.counts == (("device", "used", 2), ("email", "used", 1))
    assert found.shared == (("d1", 2, 1),)
    anna = person(store.folder, engine, "anna", store.rules)
    assert [(link.kind, link.key, link.source, link.valid_from, link.reason) for link in anna.links] == [
        ("device", "d1", "web", 2 * DAY, "login"),
        ("email", "anna@x.nl", "web", 2 * DAY, "together"),
    ]
    assert dict(anna.events) == {"by_device": 1, "by_id": 1, "person": 2}
    assert person(store.folder, engine, "device:d1", store.rules).links[0].who == "anna"
    engine.close()
