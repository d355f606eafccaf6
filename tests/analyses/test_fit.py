"""Fit against a brute-force search, by hand, and as a law."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import reduce
from itertools import permutations
from pathlib import Path as File

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.analyses import fit
from klantreis.analyses.fold import fold
from klantreis.errors import OptionError
from klantreis.journeys.model import ENDED, OPEN, TIMED_OUT
from klantreis.map.path import AnyOrder, Choice, Exit, Maybe, Path, Repeat, Sequence, Visit
from klantreis.map.path_text import parse
from klantreis.testing import Touch, Trip, journeys_of, split, trips


def scored(path: str, *ways: str, state: int = ENDED, **options: object) -> fit.Fit:
    """Returns the fit of journeys written as 'a b c!' (a ! marks a failed touch), one person each."""

    def touch(word: str, at: int) -> Touch:
        return Touch(word.rstrip("!"), at, failed=word.endswith("!"))

    made = [
        Trip(f"p{number}", tuple(touch(word, at) for at, word in enumerate(way.split())), state=state)
        for number, way in enumerate(ways)
    ]
    found: fit.Fit = fold(fit, journeys_of(made), fit.Options(path=parse(path), **options))
    return found


def kinds(found: fit.Fit) -> dict[tuple[str, str], int]:
    return {(one.touchpoint, one.kind): one.moves for one in found.deviations}


def test_a_journey_that_follows_the_path_costs_nothing() -> None:
    found = scored("a, b|c, d?", "a b d", "a c")
    assert (found.journeys, found.conforming, found.cost, found.mean_fitness) == (2, 2, 0, 1.0)
    assert found.deviations == ()


def test_fitness_is_one_minus_cost_over_events_and_fewest_required() -> None:
    found = scored("a, b, c, d", "a b d", "x")
    assert found.cost == 1 + 5
    assert found.mean_fitness == pytest.approx((1 - 1 / 7 + 0) / 2)
    assert found.pooled_fitness == pytest.approx(1 - 6 / (7 + 5))


def test_missing_and_unplanned_of_one_touchpoint_is_one_out_of_order_of_two_moves() -> None:
    found = scored("a, b, c", "a c b")
    assert kinds(found) == {("b", "out_of_order"): 2}
    assert (found.deviations[0].journeys, found.cost) == (1, 2)


def test_a_second_meeting_of_a_drawn_touchpoint_is_a_repeat_and_the_first_is_the_match() -> None:
    assert kinds(scored("a, b", "a a b")) == {("a", "repeat"): 1}
    assert kinds(scored("a, b", "b a b")) == {("b", "repeat"): 1}


def test_a_touchpoint_off_the_path_is_ad_hoc_and_a_second_time_a_repeat_when_the_map_knows_it() -> None:
    assert kinds(scored("a, b", "a x x b")) == {("x", "ad_hoc"): 2}
    known = scored("a, b", "a x x b", phases=(("a", "one"), ("x", "one"), ("b", "one")))
    assert kinds(known) == {("x", "ad_hoc"): 1, ("x", "repeat"): 1}


def test_a_match_that_failed_is_told_at_no_cost() -> None:
    found = scored("a, pay", "a pay!", "a pay! pay")
    assert kinds(found) == {("pay", "failed"): 2, ("pay", "repeat"): 1}
    assert (found.cost, found.conforming) == (1, 1)
    (phase,) = scored("a, pay", "a pay!", phases=(("a", "buy"), ("pay", "buy"))).phases
    assert (phase.cost, phase.journeys) == (0, 0)


def test_of_two_cheapest_ways_the_missing_one_comes_before_the_unplanned_one() -> None:
    assert kinds(scored("a, b", "b a")) == {("a", "out_of_order"): 2}
    assert kinds(scored("a, b|c, d", "a d")) == {("b", "missing"): 1}


def test_an_exit_may_end_the_journey_and_ends_its_branch() -> None:
    assert scored("a, b|!twijfel, c", "a", "a b c").cost == 0
    assert kinds(scored("a, b|!, c", "a c")) == {("b", "missing"): 1}
    assert scored("a, !weg, b, c", "a").cost == 0
    assert kinds(scored("a, !weg, b", "a b")) == {("b", "ad_hoc"): 1}


def test_parts_in_any_order_interleave() -> None:
    assert scored("a&(b, c)", "a b c", "b a c", "b c a").cost == 0
    assert scored("a&(b, c)", "c b a").cost == 2


def test_a_loop_with_something_between_two_times_is_exact() -> None:
    assert scored("(a, b)+[r], c", "a b c", "a b r a b c", "a b r a b r a b c").cost == 0
    assert kinds(scored("(a, b)+[r], c", "a b a b c")) == {("r", "missing"): 1}


def test_a_loop_over_what_may_be_skipped_still_has_its_step_between() -> None:
    assert scored("a?+[r], c", "r c", "a r c", "r r a c").cost == 0
    assert scored("a?+[!weg], b", "x").cost == 1


def test_an_open_and_an_ended_journey_of_the_same_steps_are_scored_apart() -> None:
    made = [Trip(f"p{state}", (Touch("a", 0),), state=state) for state in (OPEN, ENDED)]
    found: fit.Fit = fold(fit, journeys_of(made), fit.Options(path=parse("a, b")))
    assert (found.open_journeys, found.conforming, found.cost) == (1, 1, 1)


def test_an_open_journey_is_not_charged_for_what_may_still_come() -> None:
    found = scored("a, b, c, d", "a b", "a c", state=OPEN)
    assert (found.journeys, found.open_journeys, found.conforming) == (2, 2, 1)
    assert kinds(found) == {("b", "missing"): 1}
    # "a b" reached b: 2 required, 2 events. "a c" reached c: 3 required, 2 events, 1 missing.
    assert found.mean_fitness == pytest.approx((1 + (1 - 1 / 5)) / 2)
    assert scored("a, b, c, d", "a b", state=TIMED_OUT).cost == 2


@pytest.mark.parametrize(
    ("path", "way", "needed"),
    [
        ("b?, a", "x b", 0),
        ("c, a, c?", "x c a c", 2),
        ("a?, b?, c", "x a b", 0),
        ("a?&b, c", "x a", 0),
        ("a?&b, c", "x a b", 1),
        ("(a?, b)?, c", "x b", 0),
        ("(a?, b)+, c", "x a b", 1),
        ("a|(b, c), d", "x b c", 1),
        ("a, b?, c, d", "x a c", 2),
    ],
)
def test_what_may_be_skipped_is_not_required_of_an_open_journey_that_met_it(path: str, way: str, needed: int) -> None:
    """Nobody drew x; `needed` is counted by hand: the fewest that cannot be skipped on any way to that spot."""
    found = scored(path, way, state=OPEN)
    assert (found.cost, found.mean_fitness) == (1, pytest.approx(1 - 1 / (len(way.split()) + needed)))


def test_an_open_journey_that_did_all_scores_as_one_that_ended() -> None:
    both = [scored("c, a, c?", "b c a c", state=state).mean_fitness for state in (OPEN, ENDED)]
    assert both[0] == both[1]


def test_a_journey_without_events_in_scope_misses_the_whole_path() -> None:
    found = scored("a, b", "x", only=("a", "b"))
    assert (found.journeys, found.cost, found.mean_fitness) == (1, 2, 0.0)
    assert scored("a?", "x", only=("a",)).mean_fitness == 1.0


def test_unmapped_events_are_ignored_or_counted_by_their_name() -> None:
    trip = Trip("p", (Touch("a", 0), Touch(None, 1, event="zoek"), Touch("b", 2), Touch(None, 3, event="b")))
    journeys = journeys_of([trip])
    ignored = fold(fit, journeys, fit.Options(path=parse("a, b")))
    counted = fold(fit, journeys, fit.Options(path=parse("a, b"), unmapped="count"))
    assert (ignored.cost, counted.cost) == (0, 1 + 1)


def test_only_keeps_other_touchpoints_out_and_must_hold_the_path() -> None:
    assert scored("a, b", "a x b y", only=("a", "b")).cost == 0
    with pytest.raises(OptionError, match="'b', but `only` leaves it out"):
        scored("a, b", "a b", only=("a",))


def test_touchpoints_that_no_data_tells_of_are_left_out_of_the_path() -> None:
    assert scored("a, (poster, b)|poster, c+[poster]", "a b c c", unseen=("poster",)).cost == 0


def test_each_move_falls_in_one_phase_and_the_phases_add_up() -> None:
    phases = (("a", "see"), ("b", "buy"), ("c", "use"), ("z", "use"))
    found = scored("a, b, c", "x a y c a", "z a b", phases=phases)
    assert {one.phase: (one.cost, one.journeys) for one in found.phases} == {
        "see": (4, 2),
        "buy": (1, 1),
        "use": (1, 1),
    }
    assert sum(one.cost for one in found.phases) == found.cost
    where = {(one.touchpoint, one.kind): one.phase for one in found.deviations}
    assert where == {
        ("x", "ad_hoc"): "see",  # nothing matched yet: the first phase
        ("y", "ad_hoc"): "see",  # the last match was a
        ("z", "ad_hoc"): "see",
        ("a", "repeat"): "see",
        ("b", "missing"): "buy",
        ("c", "missing"): "use",
    }


def test_people_are_counted_once_however_many_journeys_they_make() -> None:
    made = [Trip("ann", (Touch("a", at),)) for at in (0, 10, 20)] + [Trip("bob", (Touch("a", 5),))]
    found: fit.Fit = fold(fit, journeys_of(made), fit.Options(path=parse("a, b"), per_journey=True))
    assert [(d.touchpoint, d.moves, d.journeys, d.people, d.share.value) for d in found.deviations] == [
        ("b", 4, 4, 2, 1)
    ]
    journeys = journeys_of(made)
    names = {bucket.journey_name(j) for bucket in journeys.buckets for j in range(bucket.journeys)}
    assert set(found.deviations[0].examples) == names == {row.journey for row in found.per_journey}


def test_a_path_that_is_too_wide_says_so_instead_of_guessing() -> None:
    found = scored("&".join(f"s{number}" for number in range(14)), "s1 s2")
    assert (found.computed, found.mean_fitness, found.journeys) == (False, None, 0)
    assert "any-order" in found.why


def test_ten_parts_in_any_order_are_still_exact() -> None:
    parts = [f"s{number}" for number in range(10)]
    assert scored("&".join(parts), " ".join(reversed(parts)), " ".join(parts[1:])).cost == 1


def test_no_journeys_is_an_answer_with_n_zero() -> None:
    found = scored("a, b")
    assert (found.journeys, found.mean_fitness, found.pooled_fitness, found.share.n) == (0, None, None, 0)
    assert found.computed


def test_the_dictionary_has_its_published_shape_and_the_rows_are_the_deviations() -> None:
    schema = json.loads((File(fit.__file__).parents[1] / "schemas/fit.schema.json").read_text("utf-8"))
    phases = (("a", "see"), ("b", "buy"))
    for found in (scored("a, b", "b a! x", "a", phases=phases, per_journey=True), scored("a")):
        told = json.loads(json.dumps(found.to_dict()))
        jsonschema.Draft202012Validator(schema).validate(told)
        assert set(told) == set(schema["properties"]) - {"quality"}  # `quality` is what the command line adds
        assert [row["moves"] for row in found.rows()] == [one["moves"] for one in told["deviations"]]


# The brute force: every word of the path up to a length, and for each the distance n + m - 2 LCS.


def words(path: Path, times: int = 3) -> Iterator[tuple[tuple[str, ...], bool]]:  # noqa: C901 - one case a part
    """Yields (touchpoints, left) of every way through a path; loops up to `times` times."""
    match path:
        case Visit(name):
            yield (name,), False
        case Exit():
            yield (), True
        case Maybe(part):
            yield (), False
            yield from words(part, times)
        case Choice(options):
            for option in options:
                yield from words(option, times)
        case Sequence(parts):
            yield from _line(parts, times)
        case Repeat(part, redo):
            for count in range(1, times + 1):
                between = [part] + [step for _ in range(count - 1) for step in ([redo, part] if redo else [part])]
                yield from _line(tuple(between), times)
        case AnyOrder(parts):
            for order in permutations(parts):
                yield from _line(order, times)


def _line(parts: tuple[Path, ...], times: int) -> Iterator[tuple[tuple[str, ...], bool]]:
    if not parts:
        yield (), False
        return
    for word, left in words(parts[0], times):
        if left:
            yield word, True
        else:
            for rest, gone in _line(parts[1:], times):
                yield word + rest, gone


def distance(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        before, row = row, [i]
        for j, right in enumerate(other, 1):
            row.append(before[j - 1] if left == right else 1 + min(before[j], row[j - 1]))
    return row[-1]


letters = st.sampled_from("abcd")
singles = letters.map(Visit)
paths = st.recursive(
    singles | st.just(Exit("")),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: Sequence(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: Choice(tuple(parts))),
        st.lists(singles | singles.map(Maybe), min_size=2, max_size=3).map(lambda parts: AnyOrder(tuple(parts))),
        inner.map(Maybe),
        st.builds(Repeat, singles | st.lists(singles, min_size=2, max_size=2).map(lambda p: Sequence(tuple(p)))),
        st.builds(Repeat, singles, singles),
    ),
    max_leaves=5,
)
ways = st.lists(st.sampled_from("abcdx"), min_size=1, max_size=4).map(tuple)


@settings(max_examples=150, deadline=None)
@given(paths, ways, st.booleans())
def test_cost_and_size_equal_a_search_through_every_word_of_the_path(
    path: Path, way: tuple[str, ...], is_open: bool
) -> None:
    made = [Trip("p", tuple(Touch(name, at) for at, name in enumerate(way)), state=OPEN if is_open else ENDED)]
    found: fit.Fit = fold(fit, journeys_of(made), fit.Options(path=path, per_journey=True))
    whole = {word for word, _ in words(path, max(3, len(way)))}
    every = {word[:n] for word in whole for n in range(len(word) + 1)} if is_open else whole
    assert found.cost == min(distance(way, word) for word in every)
    if not is_open:
        assert found.per_journey[0].fitness == pytest.approx(1 - found.cost / (len(way) + min(map(len, whole)) or 1))
    assert sum(one.moves for one in found.deviations) == found.cost


touches = st.builds(
    Touch,
    st.sampled_from(["a", "b", "c", "x", None]),
    st.integers(0, 5).map(float),
    event=st.sampled_from(["a", "zoek", "chat"]),
    failed=st.booleans(),
)
many = st.lists(
    st.builds(
        Trip,
        st.sampled_from([f"p{number}" for number in range(9)]),
        st.lists(touches, min_size=1, max_size=5).map(tuple),
        state=st.sampled_from([OPEN, ENDED, TIMED_OUT]),
    ),
    max_size=14,
)
asked = st.builds(
    fit.Options,
    path=st.sampled_from(["a, b, c", "a|b, c?", "(a, b)+, c", "a&b&c", "a, b|!, c"]).map(parse),
    phases=st.sampled_from([(), (("a", "one"), ("b", "two"), ("c", "two"))]),
    unmapped=st.sampled_from(["ignore", "count"]),
    per_journey=st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(many, asked, st.integers(2, 6), st.randoms())
def test_any_split_and_any_merge_order_give_the_same_result(
    made: list[Trip], options: fit.Options, buckets: int, chance: object
) -> None:
    whole = journeys_of(made, touchpoints=("a", "b", "c", "x"))
    parts = [fit.measure(bucket, options) for bucket in split(whole, made, buckets).buckets]
    chance.shuffle(parts)  # type: ignore[attr-defined]
    assert fit.finish(reduce(fit.merge, parts), options, whole.about) == fold(fit, whole, options)


def test_plain_and_compiled_kernels_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    log = trips({f"p{n}": [("abcx"[(n * 7 + k * k) % 4], k) for k in range(n % 6 + 1)] for n in range(60)})
    made = [replace(trip, state=n % 3) for n, trip in enumerate(log)]
    options = fit.Options(path=parse("a, (b|c)+[x], c?&a"), phases=(("a", "one"), ("b", "two")), per_journey=True)
    plain = fold(fit, journeys_of(made), options)
    monkeypatch.setenv("KLANTREIS_KERNELS", "compiled")
    assert fold(fit, journeys_of(made, buckets=3), options) == plain
    assert plain.cost > 0
