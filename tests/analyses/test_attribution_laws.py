"""The laws of attribution: any split and order, credits that add up, a chain that keeps the observed rate."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.analyses import attribution
from klantreis.analyses.attribution import Options, PathCount
from klantreis.analyses.fold import fold
from klantreis.testing import Touch, Trip, journeys_of, split

touch = st.builds(
    lambda channel, at, buy, value: (
        Touch("buy", at, channel=channel, value=value) if buy else Touch("visit", at, channel=channel)
    ),
    st.sampled_from([None, "mail", "web", "shop"]),
    st.integers(0, 90).map(lambda day: day * 86_400.0),
    st.sampled_from([False, False, True]),
    st.sampled_from([None, 0.0, 19.95, -5.0, 1e9]),
)
people = st.lists(
    st.builds(
        Trip, st.sampled_from([f"p{number}" for number in range(9)]), st.lists(touch, min_size=1, max_size=6).map(tuple)
    ),
    max_size=9,
)
asked = st.builds(
    Options,
    conversions=st.just(("buy",)),
    within=st.sampled_from([None, 0, 10 * 86_400_000_000]),
    grain=st.sampled_from(["person", "journey"]),
    own=st.booleans(),
    order=st.integers(0, 3),
    first_share=st.sampled_from([0.0, 0.4, 1.0]),
    last_share=st.just(0.0),
)


@settings(deadline=None, max_examples=60)
@given(people, asked, st.integers(1, 5), st.randoms())
def test_any_split_and_any_order_of_merging_give_the_same_result(log, options, buckets, chance):
    whole = journeys_of(log)
    parts = [attribution.measure(bucket, options) for bucket in split(whole, log, buckets).buckets]
    while len(parts) > 1:
        chance.shuffle(parts)
        parts.append(attribution.merge(parts.pop(), parts.pop()))
    assert attribution.finish(parts[0], options, whole.about) == fold(attribution, whole, options)


def test_rests_are_carried_at_each_merge_so_that_many_merges_never_overflow():
    (bucket,) = journeys_of(
        [Trip("a", (Touch("v", 0, channel="x"), Touch("v", 1, channel="y"), Touch("buy", 2)))]
    ).buckets
    part = attribution.measure(bucket, Options(("buy",)))
    for _ in range(5):
        part = attribution.merge(part, part)
    assert part.credits[..., 1::2].max() < 1 << 40
    assert part.credits[2, ..., 0].sum() == 32


@settings(deadline=None, max_examples=60)
@given(people, asked)
def test_the_credits_of_every_model_add_up_to_the_conversions_and_their_value(log, options):
    result = fold(attribution, journeys_of(log), options)
    for model in result.models:
        if result.attributed:
            assert sum(one.conversions for one in model.credits) == pytest.approx(result.attributed, abs=1e-9)
            assert all(-1e-9 <= one.conversions <= result.attributed + 1e-9 for one in model.credits)
        else:
            assert model.credits == ()
        if model.nulls is None and result.attributed and result.value is not None:
            assert sum(one.value for one in model.credits) == pytest.approx(result.value, rel=1e-12, abs=1e-6)


rows = st.lists(
    st.builds(
        PathCount,
        st.lists(st.sampled_from("abcd"), min_size=1, max_size=6).map(tuple),
        st.integers(0, 5),
        st.integers(0, 5),
        st.sampled_from([None, 12.5]),
    ),
    min_size=1,
    max_size=8,
)


@settings(deadline=None, max_examples=80)
@given(rows, st.integers(1, 3))
def test_the_chain_keeps_the_observed_rate_at_any_order(paths, order):
    result = attribution.of_paths(paths, Options((), order=3))
    if result.attributed:
        assert result.model(f"markov_{order}").chance == pytest.approx(result.rate.value, abs=1e-12)
        assert result.model(f"markov_{order}_no_null").chance == pytest.approx(1, abs=1e-12)


@settings(deadline=None, max_examples=80)
@given(rows)
def test_a_chain_of_order_one_stays_the_same_when_repeats_are_collapsed(paths):
    short = [
        PathCount(tuple(key for key, _ in itertools.groupby(one.channels)), one.conversions, one.nulls) for one in paths
    ]
    whole, collapsed = (attribution.of_paths(listed, Options((), order=1)) for listed in (paths, short))
    effects = [{one.channel: one.removal for one in each.model("markov_1").credits} for each in (whole, collapsed)]
    assert effects[0] == pytest.approx(effects[1], abs=1e-9)


def simulated_loss(paths, gone, order):
    """What is left of the chance, by following every way through the chain for 400 steps; no linear algebra."""
    counts: dict[tuple[str, ...], dict[str, int]] = {}
    for one in paths:
        state: tuple[str, ...] = ()
        for step in (*one.channels, None):
            into = counts.setdefault(state, {})
            if step is None:
                into["+"] = into.get("+", 0) + one.conversions
                into["-"] = into.get("-", 0) + one.nulls
            else:
                into[step] = into.get(step, 0) + one.conversions + one.nulls
                state = (*state, step)[-order:]
    at, won = {(): 1.0}, 0.0
    for _ in range(400):
        later: dict[tuple[str, ...], float] = {}
        for state, chance in at.items():
            total = sum(counts[state].values())
            for step, times in counts[state].items():
                part = chance * times / total if total else 0.0
                if step == "+":
                    won += part
                elif step not in {"-", gone} and part:
                    spot = (*state, step)[-order:]
                    later[spot] = later.get(spot, 0.0) + part
        at = later
    return won


@settings(deadline=None, max_examples=25)
@given(rows, st.integers(1, 3), st.sampled_from("abcd"))
def test_a_removal_effect_equals_following_the_chain_step_by_step(paths, order, gone):
    result = attribution.of_paths(paths, Options((), order=order))
    effects = {one.channel: one.removal for one in result.model(f"markov_{order}").credits}
    if result.attributed and gone in effects:
        whole = simulated_loss(paths, None, order)
        assert effects[gone] == pytest.approx(1 - simulated_loss(paths, gone, order) / whole, abs=1e-6)


@settings(deadline=None, max_examples=40)
@given(rows)
def test_shapley_equals_the_definition_over_all_coalitions(paths):
    result = attribution.of_paths(paths, Options((), order=0))
    names = sorted({channel for one in paths for channel in one.channels})

    def worth(team):
        return sum(one.conversions for one in paths if set(one.channels) <= set(team))

    for one in result.model("shapley").credits:
        others = [name for name in names if name != one.channel]
        value = sum(
            math.factorial(size) * math.factorial(len(others) - size) / math.factorial(len(names))
            * (worth({*team, one.channel}) - worth(team))
            for size in range(len(others) + 1)
            for team in itertools.combinations(others, size)
        )  # fmt: skip
        assert one.conversions == pytest.approx(value, abs=1e-9)


def shop(people, seed=5):
    rng = np.random.default_rng(seed)
    trips = []
    for person in range(people):
        at, touches = 0.0, []
        for _ in range(int(rng.integers(1, 6))):
            at += float(rng.exponential(86_400 * 3))
            touches.append(Touch("visit", at, channel=str(rng.choice(["mail", "web", "shop"], p=[0.2, 0.5, 0.3]))))
        if rng.random() < 0.3 + 0.3 * (touches[-1].channel == "mail"):
            touches.append(Touch("buy", at + 60, value=float(rng.integers(10, 90))))
        trips.append(Trip(f"p{person}", tuple(touches)))
    return trips


@pytest.mark.parametrize("many", [False, True])
def test_compiled_kernels_equal_plain_python(many, monkeypatch):
    trips = [
        Trip(trip.person, tuple(Touch(t.touchpoint, t.at, channel=f"{t.channel}{i * 7 % 120}", value=t.value)
                                for i, t in enumerate(trip.touches, start=number)))
        for number, trip in enumerate(shop(300))
    ] if many else shop(300)  # fmt: skip
    options = Options(("buy",))
    plain = fold(attribution, journeys_of(trips), options)
    monkeypatch.setenv("KLANTREIS_KERNELS", "compiled")
    assert fold(attribution, journeys_of(trips), options) == plain


def test_a_chain_too_large_for_one_matrix_gives_the_same(monkeypatch):
    from klantreis.analyses.attribution import chain

    options = Options(("buy",))
    dense = fold(attribution, journeys_of(shop(400)), options)
    monkeypatch.setattr(chain, "MOST_STATES", 1)
    swept = fold(attribution, journeys_of(shop(400)), options)
    for model in dense.models:
        for one, other in zip(model.credits, swept.model(model.model).credits, strict=True):
            assert other.share.value == pytest.approx(one.share.value, abs=1e-12)
            assert other.value == pytest.approx(one.value, rel=1e-9)
    monkeypatch.setattr(chain, "MOST_SPARSE", 1)
    refused = fold(attribution, journeys_of(shop(400)), options).model("markov_3")
    assert not refused.computed
    assert refused.credits == ()
    assert "lower order" in refused.why.text("en")


def test_a_sum_of_moves_equals_leaving_groups_out():
    """The derivative that intervals are made of, against the difference when one group of people is left out."""
    from klantreis.stats.groups import group_of

    trips = shop(3000)
    options = Options(("buy",))
    whole = journeys_of(trips)
    (bucket,) = whole.buckets
    groups = group_of(bucket.keys)
    part = attribution.measure(bucket, options)
    from klantreis.analyses.attribution.chain import solved
    from klantreis.analyses.attribution.grams import lowered

    for order, nulls in itertools.product([1, 2, 3], [True, False]):
        found = solved(lowered(part.chain, order), nulls, lowered(part.grouped, order), 32)
        assert found.moves.sum(0) == pytest.approx(np.zeros(3), abs=1e-9)
        for group in (0, 17):
            rest = [trip for trip, own in zip(trips, groups, strict=True) if own != group]
            less = attribution.measure(split(whole, rest, 1).buckets[0], options)
            left = solved(lowered(less.chain, order), nulls)
            told = found.effect - left.effect
            assert found.moves[group] == pytest.approx(told, abs=0.15 * float(np.abs(told).max()) + 2e-4)
