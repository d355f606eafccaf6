"""What did not change is not measured again, and what is kept is never trusted further than its bytes."""

from __future__ import annotations

import json
import os
import pickle
from collections import Counter
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.journeys import append as appending
from klantreis.journeys import parts as keeping
from klantreis.journeys.encoded import NotPlain, decoded, encoded, fingerprint
from klantreis.journeys.manifest import Manifest, read_manifest, write_manifest
from klantreis.labels import Label, plain
from klantreis.map.measures import Kpi
from klantreis.measure import measured
from klantreis.stats.means import Moments
from stored import MAP, log, touch

BUCKETS = 8
KPI = Kpi("paid", plain("Paid"), "people", at="pay")
ASKED = replace(MAP, kpis=(KPI,))


@pytest.fixture
def shop(store, engine, rows, source, monkeypatch):
    """A store of 200 people in 8 buckets, and what measures a map on it: the results, and what was made anew."""
    monkeypatch.setattr(appending, "bucket_bits", lambda touches: 3)
    return Shop(store, engine, rows, source())


@dataclass
class Shop:
    store: object
    engine: object
    rows: object
    source: object

    def append(self, *events):
        return self.store.append(self.engine, self.rows(list(events)), self.source)

    def measure(self, map_=ASKED, exchanged=True):
        """Measures; `exchanged` False: as analyses do that cannot exchange who changed."""
        self.placed = self.store.place(self.engine, map_)
        journeys, kept = self.store.open_journeys(map_), self.store.parts()
        journeys = journeys if exchanged else replace(journeys, earlier=None)
        found = json.dumps(measured(map_, journeys, kept=kept).to_dict(), sort_keys=True)
        kept.settle()
        assert found == json.dumps(measured(map_, journeys).to_dict(), sort_keys=True), "kept or not, one answer"
        return found, kept


def people(number=200):
    return log(people=number)


def test_nothing_is_measured_twice(shop):
    shop.append(*people())
    first, kept = shop.measure()
    assert set(kept.made.values()) == {BUCKETS}
    assert not kept.kept
    made = kept.made
    again, kept = shop.measure()
    assert shop.placed == 0
    assert not kept.made
    assert not kept.kept, "the whole was kept too, so no bucket is asked for"
    assert set(kept.whole) == set(made)
    assert again == first


def test_new_events_of_one_person_touch_one_bucket(shop):
    shop.append(*people())
    shop.measure()
    shop.append({"person": "u7", "at": 900, "event": "paid"})
    _, kept = shop.measure(exchanged=False)
    assert shop.placed == 1
    assert set(kept.made.values()) == {1}
    assert set(kept.kept.values()) == {BUCKETS - 1}


def test_new_events_of_a_few_people_touch_their_buckets_only(shop):
    shop.append(*people())
    shop.measure()
    before = {event.bucket: event.sign for event in read_manifest(shop.store.folder).events}
    shop.append(*({"person": f"u{who}", "at": 900 + who, "event": "view"} for who in (3, 50, 120, 3)))
    files = [event for event in read_manifest(shop.store.folder).events if event.sign not in before.values()]
    touched = {event.bucket for event in files}
    _, kept = shop.measure(exchanged=False)
    assert 1 <= len(touched) <= 3
    assert shop.placed == len(touched)
    assert set(kept.made.values()) == {len(touched)}


def test_other_words_in_a_map_make_nothing_anew(shop):
    shop.append(*people())
    shop.measure()
    _, kept = shop.measure(replace(ASKED, title=plain("Other"), kpis=(replace(KPI, label=Label("Betaald", "Paid")),)))
    assert shop.placed == 0
    assert not kept.made


def test_another_kpi_makes_only_the_kpis_anew(shop):
    shop.append(*people())
    shop.measure()
    _, kept = shop.measure(replace(ASKED, kpis=(KPI, Kpi("seen", plain("Seen"), "people", at="look"))))
    assert shop.placed == 0
    assert kept.made == {"kpis": BUCKETS}


def test_another_matcher_matches_anew_from_the_stored_events(shop):
    shop.append(*people())
    shop.measure()
    _, kept = shop.measure(replace(ASKED, touchpoints=(touch("look", "search"), touch("pay", "paid"))))
    assert shop.placed == BUCKETS
    assert set(kept.made.values()) == {BUCKETS}
    assert len(shop.store.log().sources) == 1
    assert shop.store.log().read == len(people()), "no source was read again"


def test_a_new_search_word_leaves_the_measures_that_know_no_words(shop):
    shop.append(*({**event, "detail": f"word {event['at']}"} for event in people()))
    shop.measure()
    shop.append({"person": "u7", "at": 900, "event": "search", "detail": "never heard of"})
    _, kept = shop.measure(exchanged=False)
    assert kept.made["funnel"] == 1
    assert kept.made["coverage"] == BUCKETS


@pytest.mark.parametrize("exchanged", [True, False])
def test_a_new_word_has_a_place_too_among_those_who_said_none(shop, exchanged):
    """What goes with the goal is counted per word of the log, in every bucket."""
    aimed = replace(ASKED, journey=replace(ASKED.journey, goal=("pay",)))
    shop.append(*people(), {"person": "u7", "at": 800, "event": "search", "detail": "socks"})
    _, kept = shop.measure(aimed, exchanged)
    assert kept.made["drivers"] == BUCKETS
    shop.append({"person": "u7", "at": 900, "event": "search", "detail": "hats"})
    shop.measure(aimed, exchanged)


def test_only_who_changed_is_looked_at_new_words_or_not(shop):
    shop.append(*({**event, "detail": f"word {event['at']}"} for event in people()))
    shop.measure()
    shop.append({"person": "u7", "at": 900, "event": "search", "detail": "never heard of"})
    _, kept = shop.measure()
    assert not kept.made
    assert not kept.kept


def test_silence_that_ends_a_journey_elsewhere_is_seen(shop):
    timed = replace(ASKED, journey=replace(ASKED.journey, timeout_seconds=3600))
    shop.append(*people())
    shop.measure(timed)
    shop.append({"person": "u7", "at": 50_000, "event": "view"})
    _, kept = shop.measure(timed)  # which compares with what is measured without anything kept
    assert shop.placed == 1
    assert not kept.made, "of whom the journeys went silent only"


def test_other_code_never_meets_old_parts(shop, monkeypatch):
    shop.append(*people())
    shop.measure()
    monkeypatch.setattr(keeping, "our_code", lambda: "changed")
    _, kept = shop.measure()
    assert not kept.kept
    assert {path.name for path in (shop.store.folder / "parts").iterdir()} == {"changed"}, "old code's are gone"


def zeroes(data, other):
    return bytes(len(data))


def cut(data, other):
    return data[:-1]


def flipped(data, other):
    return data[:-1] + bytes([data[-1] ^ 1])


def another(data, other):
    return other


def nothing(data, other):
    return b""


class Evil:
    def __reduce__(self):
        return os.abort, ()


def pickled(data, other):
    return pickle.dumps(Evil())


@pytest.mark.parametrize("harm", [zeroes, cut, flipped, another, nothing, pickled])
def test_what_cannot_be_trusted_is_made_again(shop, harm):
    shop.append(*people())
    first, _ = shop.measure()
    files = sorted(shop.store.folder.glob("parts/*/*/*.part"))
    whole = [path.read_bytes() for path in files]
    for path, data, other in zip(files, whole, whole[1:] + whole[:1], strict=True):
        path.write_bytes(harm(data, other))
    again, kept = shop.measure()
    assert again == first
    assert not kept.kept
    assert [path.read_bytes() for path in files] == whole


def test_a_folder_that_cannot_be_written_keeps_nothing_and_measures_all_the_same(shop):
    shop.append(*people())
    shop.store.place(shop.engine, ASKED)
    (shop.store.folder / "parts").write_text("in the way")
    _, kept = shop.measure()
    assert set(kept.made.values()) == {BUCKETS}


def test_parts_of_buckets_that_are_no_longer_there_go(shop):
    shop.append(*people())
    shop.measure()
    (old,) = [bucket.made_from for bucket in read_manifest(shop.store.folder).maps[0].buckets[:1]]
    shop.append(*({"person": f"u{who}", "at": 900, "event": "paid"} for who in range(200)))
    shop.measure()
    assert not list(shop.store.folder.glob(f"parts/*/{old}"))


def test_a_reader_that_opened_before_a_bucket_was_taken_away_brings_nothing_back(shop):
    shop.append(*people())
    shop.store.place(shop.engine, ASKED)
    journeys, kept = shop.store.open_journeys(ASKED), shop.store.parts()
    shop.append(*({"person": f"u{who}", "at": 900, "event": "paid"} for who in range(200)))
    shop.store.place(shop.engine, ASKED)
    measured(ASKED, journeys, kept=kept)
    assert not list(shop.store.folder.glob("parts/*/*/*"))


def test_no_more_is_kept_than_was_agreed_and_the_oldest_goes_first(shop):
    shop.append(*people())
    shop.measure()
    files = sorted(shop.store.folder.glob("parts/*/*/*.part"))
    size = sum(path.stat().st_size for path in files)
    for place, path in enumerate(files):
        os.utime(path, ns=(place * 10**9, place * 10**9))
    keeping.Parts(shop.store.folder, most=size * 3 // 4).settle()
    left = sorted(shop.store.folder.glob("parts/*/*/*.part"))
    whole = [path for path in files if path.parent.name.startswith("all")]
    of_buckets = [path for path in files if path not in whole]
    assert left == sorted([*of_buckets[len(files) - len(left) :], *whole])
    assert 0.4 * size < sum(path.stat().st_size for path in left) <= 0.75 * size


def test_parts_of_all_buckets_go_last_as_a_refresh_stands_on_them(shop):
    shop.append(*people())
    shop.measure()
    whole = sorted(shop.store.folder.glob("parts/*/all*/*.part"))
    for place, path in enumerate(whole):
        os.utime(path, ns=(place, place))
    keeping.Parts(shop.store.folder, most=sum(path.stat().st_size for path in whole) * 5 // 4).settle()
    assert sorted(shop.store.folder.glob("parts/*/*/*.part")) == whole
    _, kept = shop.measure()
    assert not kept.made
    assert kept.whole


def test_a_large_store_keeps_as_much_of_what_it_measured_as_it_takes_itself(shop, monkeypatch):
    shop.append(*people())
    shop.measure()
    every = sum(path.stat().st_size for path in shop.store.folder.glob("parts/*/*/*.part"))
    itself = sum(file.size for file in read_manifest(shop.store.folder).files())
    monkeypatch.setattr(keeping, "LEAST", 1)
    shop.store.parts().settle()
    kept = sum(path.stat().st_size for path in shop.store.folder.glob("parts/*/*/*.part"))
    assert 0 < kept <= itself < every


# As bytes

numbers = st.one_of(st.integers(), st.floats(), st.booleans(), st.none(), st.text())
values = st.recursive(
    st.one_of(numbers, st.builds(Moments, st.integers(), st.integers(), st.integers())),
    lambda inner: st.one_of(
        st.lists(inner), st.lists(inner).map(tuple), st.dictionaries(st.tuples(st.integers(), st.text()), inner)
    ),
    max_leaves=20,
)


@settings(max_examples=100, deadline=None)
@given(values)
def test_a_value_comes_back_as_it_was(value):
    assert repr(decoded(encoded(value, "k"), "k", ("klantreis",))) == repr(value)


row = st.tuples(st.integers(), st.one_of(st.none(), st.text()))


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(
        st.dictionaries(st.integers(), st.integers(), min_size=8),
        st.dictionaries(row, st.builds(Moments, st.integers(), st.integers(), st.integers()), min_size=8),
        st.lists(st.one_of(st.integers(), st.booleans()), min_size=8).map(tuple),
        st.lists(st.tuples(st.integers(-5, 5), st.integers(0, 1)), min_size=8).map(Counter),
        st.lists(st.lists(st.integers(0, 9)).map(tuple), min_size=8),
        st.lists(st.just(()), min_size=8),
    )
)
def test_many_alike_values_come_back_as_they_were(value):
    found = decoded(encoded(value, "k"), "k", ("klantreis",))
    assert repr(found) == repr(value)
    assert type(found) is type(value)


@pytest.mark.parametrize("kind", [np.int64, np.int8, np.float64, np.bool_, np.uint64])
@pytest.mark.parametrize("shape", [(0,), (3,), (2, 3), (), (0, 4)])
def test_arrays_come_back_as_they_were_and_may_be_written_to(kind, shape):
    array = np.arange(np.prod(shape, dtype=int)).reshape(shape).astype(kind)
    found, counted = decoded(encoded((array, Counter({(1, None): 2})), "k"), "k", ("klantreis",))
    assert (found.dtype, found.shape) == (array.dtype, array.shape)
    np.testing.assert_array_equal(found, array)
    found += found.dtype.type(0) if kind is not np.bool_ else True
    assert type(counted) is Counter


@dataclass
class Ours:
    one: int


@pytest.mark.parametrize(
    "value", [object(), Label("a", "b"), np.array(["id"], object), np.array(["x"]), {1: [Label()]}]
)
def test_only_plain_values_are_written(value):
    with pytest.raises(NotPlain):
        encoded(value, "k")


def test_a_class_of_another_package_is_refused():
    data = encoded(Ours(1), "k")
    assert decoded(data, "k", (Ours.__module__,)) == Ours(1)
    with pytest.raises(NotPlain, match="not one of ours"):
        decoded(data, "k", ("klantreis",))


def test_bytes_belong_to_their_key():
    with pytest.raises(NotPlain, match="something else"):
        decoded(encoded(1, "k"), "l", ("klantreis",))


def test_a_fingerprint_knows_values_and_no_words():
    assert fingerprint(KPI) == fingerprint(replace(KPI, label=plain("else")))
    assert fingerprint(KPI) != fingerprint(replace(KPI, at="look"))
    assert fingerprint({1: 2, 3: 4}) == fingerprint({3: 4, 1: 2})
    assert fingerprint(1) != fingerprint(1.0) != fingerprint(True)
    assert fingerprint((1,)) != fingerprint([1])


def test_who_writes_in_a_part_that_was_read_does_not_write_on_the_disk(tmp_path):
    path = tmp_path / "one.part"
    path.write_bytes(encoded((np.arange(4),), "k"))
    whole = path.read_bytes()
    (array,) = decoded(keeping._bytes(path), "k", ())
    array += 1
    assert array.tolist() == [1, 2, 3, 4]
    assert path.read_bytes() == whole


def test_a_list_of_the_store_is_read_again_only_when_it_says_something_else(tmp_path):
    write_manifest(tmp_path, Manifest(generation=1))
    first = read_manifest(tmp_path)
    assert read_manifest(tmp_path) is first
    write_manifest(tmp_path, Manifest(generation=2))
    assert read_manifest(tmp_path) == Manifest(generation=2)
    assert first == Manifest(generation=1)
