"""Coverage by hand, against a plain count, and as a law."""

from __future__ import annotations

import json
from collections import Counter
from functools import reduce
from pathlib import Path as File

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.analyses import coverage
from klantreis.analyses.fold import fold
from klantreis.stats.association import odds_ratio
from klantreis.testing import Touch, Trip, journeys_of, split


def off(event: str, at: float, detail: str | None = None) -> Touch:
    return Touch(None, at, event=event, detail=detail)


def covered(made: list[Trip], *outcome: str, buckets: int = 1, **more: object) -> coverage.Coverage:
    found: coverage.Coverage = fold(coverage, journeys_of(made, buckets=buckets, **more), coverage.Options(outcome))
    return found


def test_behaviour_off_the_map_is_counted_by_event_journey_and_person() -> None:
    found = covered(
        [
            Trip("ann", (Touch("a", 0), off("zoek", 1), off("zoek", 2), Touch("b", 3))),
            Trip("ann", (off("zoek", 10),)),
            Trip("bob", (off("chat", 0), Touch("a", 1))),
            Trip("cas", (Touch("a", 0),)),
        ]
    )
    rows = [(b.event, b.events, b.journeys, b.people) for b in found.behaviours]
    assert rows == [("chat", 1, 1, 1), ("zoek", 3, 2, 1)]
    zoek = next(b for b in found.behaviours if b.event == "zoek")
    assert (zoek.share.value, zoek.share.n) == (2 / 4, 4)
    assert (zoek.people_share.value, zoek.people_share.n) == (1 / 3, 3)
    assert (found.journeys, found.people) == (4, 3)
    assert (found.mapped.value, found.mapped.n) == (4 / 8, 8)


def test_the_most_people_come_first_and_ties_go_by_name() -> None:
    made = [Trip(p, (off(e, 0),)) for p, e in [("1", "b"), ("2", "a"), ("3", "c"), ("4", "c")]]
    assert [b.event for b in covered(made).behaviours] == ["c", "a", "b"]


def test_the_place_of_a_behaviour_is_between_the_nearest_touchpoints() -> None:
    made = [Trip(str(n), (Touch("filter", 0), off("zoek", 1), off("chat", 2), Touch("product", 3))) for n in range(2)]
    made.append(Trip("z", (Touch("home", 0), off("zoek", 1))))
    found = {b.event: (b.after, b.before) for b in covered(made).behaviours}
    assert found == {"zoek": ("filter", "product"), "chat": ("filter", "product")}


def test_neighbours_never_come_from_another_journey() -> None:
    made = [Trip("p", (Touch("a", 0),)), Trip("p", (off("zoek", 1),)), Trip("p", (Touch("b", 2),))]
    assert [(b.after, b.before) for b in covered(made).behaviours] == [(None, None)]
    trailing = covered([Trip("p", (Touch("a", 0), off("zoek", 1)))]).behaviours[0]
    assert (trailing.after, trailing.before) == ("a", None)


def test_the_ten_most_used_words_stand_with_a_behaviour() -> None:
    touches = [off("zoek", n, f"maat {n % 12}") for n in range(30)] + [Touch("a", 99, detail="maat 1")]
    words = covered([Trip("p", tuple(touches))]).behaviours[0].words
    assert words == tuple([(f"maat {n}", 3) for n in range(6)] + [(f"maat {n}", 2) for n in (10, 11, 6, 7)])


def test_touchpoints_tell_when_they_were_last_seen_and_which_never_were() -> None:
    made = [Trip("p", (Touch("a", 5), Touch("a", 7))), Trip("q", (Touch("a", 6),))]
    found = covered(made, touchpoints=("a", "folder"))
    assert [(t.touchpoint, t.events, t.journeys, t.people, t.last) for t in found.touchpoints] == [
        ("a", 3, 2, 2, 7_000_000),
        ("folder", 0, 0, 0, None),
    ]
    assert found.to_dict()["touchpoints"][0]["last"] == "1970-01-01T00:00:07Z"


def shoppers(searched_bought: int, searched: int, bought: int, neither: int) -> list[Trip]:
    ways = [
        (searched_bought, (Touch("a", 0), off("zoek", 1), Touch("buy", 2))),
        (searched, (Touch("a", 0), off("zoek", 1))),
        (bought, (Touch("a", 0), Touch("buy", 1))),
        (neither, (Touch("a", 0),)),
    ]
    return [Trip(f"{kind}-{n}", touches) for kind, (count, touches) in enumerate(ways) for n in range(count)]


def test_what_goes_with_success_is_an_odds_ratio_over_people() -> None:
    success = covered(shoppers(30, 10, 20, 40), "buy").behaviours[0].success
    told = odds_ratio((30, 10, 20, 40))
    assert success is not None
    assert (success.odds_ratio, success.low, success.high) == (told.value, told.low, told.high)
    assert (success.with_it.value, success.without_it.value) == (30 / 40, 20 / 60)
    assert (success.q, success.lopsided) == (told.p, False)


def test_what_follows_the_outcome_is_no_part_of_it() -> None:
    after = [Trip(f"late-{n}", (Touch("buy", 0), off("zoek", 1))) for n in range(50)]
    same_moment = [Trip(f"tie-{n}", (off("zoek", 0), Touch("buy", 0))) for n in range(2)]
    success = covered(shoppers(30, 10, 20, 40) + after + same_moment, "buy").behaviours[0].success
    assert success is not None
    assert (success.with_it.value, success.with_it.n) == (32 / 42, 42)
    assert success.without_it.n == 60 + 50


def test_a_later_journey_of_the_same_person_is_cut_at_the_first_outcome_too() -> None:
    again = [Trip(f"3-{n}", (Touch("a", 50), off("zoek", 51), Touch("buy", 52))) for n in range(5)]
    bought = [Trip(f"2-{n}", (Touch("a", 50), off("zoek", 51))) for n in range(5)]
    success = covered(shoppers(30, 10, 20, 40) + again + bought, "buy").behaviours[0].success
    assert success is not None
    assert (success.with_it.value, success.with_it.n) == (35 / 45, 45)


def test_journeys_that_overlap_in_time_are_cut_by_the_clock_not_by_their_place() -> None:
    before = [Trip(f"in-{n}", way) for n in range(30) for way in [(Touch("a", 0), Touch("buy", 9)), (off("zoek", 5),)]]
    after = [Trip(f"out-{n}", way) for n in range(40) for way in [(Touch("a", 0), off("zoek", 7)), (Touch("buy", 3),)]]
    success = covered(before + after + shoppers(0, 10, 0, 0), "buy").behaviours[0].success
    assert success is not None
    assert (success.with_it.value, success.with_it.n, success.without_it.n) == (30 / 40, 40, 40)


def test_an_outcome_that_failed_is_not_reached() -> None:
    made = [Trip(f"f{n}", (off("zoek", 0), Touch("buy", 1, failed=True))) for n in range(40)]
    success = covered(shoppers(10, 0, 40, 40) + made, "buy").behaviours[0].success
    assert success is not None
    assert success.with_it.value == 10 / 50


@pytest.mark.parametrize(
    "made",
    [shoppers(20, 4, 30, 30), shoppers(20, 10, 1000, 1000), shoppers(30, 30, 5, 5), shoppers(0, 40, 0, 40)],
    ids=["under 25 people", "under 2 % of people", "under 25 without it", "nobody succeeds"],
)
def test_too_little_to_compare_is_not_compared(made: list[Trip]) -> None:
    assert covered(made, "buy").behaviours[0].success is None


def test_groups_over_one_to_ten_are_called_lopsided() -> None:
    success = covered(shoppers(20, 10, 200, 200), "buy").behaviours[0].success
    assert success is not None
    assert success.lopsided


def test_long_journeys_do_not_pass_for_success_when_like_is_compared_with_like() -> None:
    # Short journeys seldom search and seldom buy, long ones do both; within a length the two have nothing to do.
    def trip(name: str, length: int, search: bool, buy: bool) -> Trip:
        way = [Touch("a", at) for at in range(length - search)] + [off("zoek", length)] * search
        return Trip(name, (*way, *[Touch("buy", length + 1)] * buy))

    made = [
        trip(f"{length}-{search}-{buy}-{n}", length, search, buy)
        for length, search, buy, count in [
            (2, True, True, 5), (2, True, False, 20), (2, False, True, 40), (2, False, False, 160),
            (8, True, True, 80), (8, True, False, 20), (8, False, True, 40), (8, False, False, 10),
        ]
        for n in range(count)
    ]  # fmt: skip
    success = covered(made, "buy").behaviours[0].success
    assert success is not None
    assert success.odds_ratio > 3
    assert success.alike is not None
    assert success.alike.value == pytest.approx(1.0)


def test_no_outcome_asked_no_outcome_told_and_no_journeys_is_an_answer() -> None:
    assert covered(shoppers(30, 10, 20, 40)).behaviours[0].success is None
    empty = covered([])
    assert (empty.journeys, empty.people, empty.mapped.n, empty.behaviours) == (0, 0, 0, ())


def test_the_dictionary_has_its_published_shape_and_the_rows_are_the_behaviours() -> None:
    schema = json.loads((File(coverage.__file__).parents[1] / "schemas/coverage.schema.json").read_text("utf-8"))
    searched = [Trip("w", (off("chat", 0, "maat"),))]
    for found in (covered(shoppers(30, 10, 20, 40) + searched, "buy"), covered([])):
        told = json.loads(json.dumps(found.to_dict()))
        jsonschema.Draft202012Validator(schema).validate(told)
        assert set(told) == set(schema["properties"])
        assert [row["event"] for row in found.rows()] == [one["event"] for one in told["behaviours"]]


touches = st.builds(
    Touch,
    st.sampled_from(["a", "b", None]),
    st.integers(0, 6).map(float),
    event=st.sampled_from(["zoek", "chat", "mail"]),
    detail=st.sampled_from([None, "maat", "ring", "prijs"]),
    failed=st.booleans(),
)
many = st.lists(
    st.builds(
        Trip,
        st.sampled_from([f"p{number}" for number in range(8)]),
        st.lists(touches, min_size=1, max_size=5).map(tuple),
    ),
    max_size=14,
)


@settings(max_examples=60, deadline=None)
@given(many, st.sampled_from([(), ("b",)]), st.integers(2, 5), st.randoms())
def test_any_split_and_any_merge_order_give_the_same_result(
    made: list[Trip], outcome: tuple[str, ...], buckets: int, chance: object
) -> None:
    fixed = [*made, Trip("first", tuple(off(event, 0) for event in ("zoek", "chat", "mail")))][::-1]
    options = coverage.Options(outcome)
    whole = journeys_of(fixed, touchpoints=("a", "b"))
    cut = split(whole, fixed, buckets)
    parts = [coverage.measure(bucket, options) for bucket in cut.buckets]
    chance.shuffle(parts)  # type: ignore[attr-defined]
    assert coverage.finish(reduce(coverage.merge, parts), options, whole.about) == fold(coverage, whole, options)


@settings(max_examples=60, deadline=None)
@given(many)
def test_counts_equal_a_plain_count(made: list[Trip]) -> None:
    found = covered(made, buckets=3)
    plain = Counter(touch.event for trip in made for touch in trip.touches if touch.touchpoint is None)
    assert {b.event: b.events for b in found.behaviours} == plain
    for one in found.behaviours:
        having = [t for t in made if any(x.touchpoint is None and x.event == one.event for x in t.touches)]
        assert (one.journeys, one.people) == (len(having), len({trip.person for trip in having}))
        assert len(one.examples) == min(5, len(having))
    assert found.people == len({trip.person for trip in made})


def test_plain_and_compiled_kernels_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    made = shoppers(30, 10, 20, 40)
    plain = covered(made, "buy")
    monkeypatch.setenv("KLANTREIS_KERNELS", "compiled")
    assert covered(made, "buy", buckets=3) == plain
