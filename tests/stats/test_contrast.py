"""Two groups beside each other, against tea-tasting 1.14.0 and statsmodels 0.15.0."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from klantreis.stats.compare import difference
from klantreis.stats.contrast import (
    changed_more,
    compare_estimates,
    compare_ratios,
    compare_shares,
    is_share,
    since_before,
)
from klantreis.stats.intervals import Estimate
from klantreis.stats.sums import Sums, sums_of, sums_of_rows

I = np.arange(400)  # noqa: E741
ARM = I % 3 == 0
PRE, PRE_DEN = (I * 37 % 101) // 25, 1 + (I * 53 % 97) // 30
DEN = 1 + (I * 29 % 89) // 25
NUM = (DEN * 2 + PRE + ARM * DEN) // 2 + (I * 71 % 83) // 30
ONE = np.ones(400, np.int64)

# tea-tasting 1.14.0, Experiment(mean=Mean("num"), cuped=Mean("num", "pre"), ratio=RatioOfMeans("num", "den"),
# rcuped=RatioOfMeans("num", "den", "pre", "pre_d")).analyze(table): treatment, control, effect_size with its interval,
# rel_effect_size with its interval, pvalue.
TEA = {
    "mean": [
        4.880597014925373, 3.7518796992481205, 1.1287173156772523,
        0.7596968479208781, 1.4977377834336265, 0.3008404869440371,
        0.1994909117051451, 0.4107534754617357, 7.263013010835498e-09,
    ],
    "cuped": [
        4.8794851741598615, 3.7524397994833785, 1.127045374676483,
        0.7786559523970753, 1.4754347969558907, 0.3003500215597463,
        0.20448572539253473, 0.40384409953831146, 1.1222116817293479e-09,
    ],
    "ratio": [
        2.116504854368932, 1.62012987012987, 0.4963749842390619,
        0.3884805851987825, 0.6042693832793413, 0.3063797497908438,
        0.23542936012353222, 0.3814048020462617, 4.4732267059098596e-17,
    ],
    "rcuped": [
        2.115829040760239, 1.6204695585166649, 0.49535948224357407,
        0.3980401220215811, 0.592678842465567, 0.30568885397453127,
        0.2410245286019188, 0.3737225526991803, 3.644523033402218e-20,
    ],
}  # fmt: skip
COLUMNS = {
    "mean": (NUM, ONE, PRE, ONE),
    "cuped": (NUM, ONE, PRE, ONE),
    "ratio": (NUM, DEN, PRE, PRE_DEN),
    "rcuped": (NUM, DEN, PRE, PRE_DEN),
}


def groups(columns):
    return tuple(sums_of([np.asarray(column)[mine] for column in columns]) for mine in (ARM, ~ARM))


@pytest.mark.parametrize("kind", TEA)
def test_a_comparison_is_that_of_tea_tasting(kind):
    found = compare_ratios(*groups(COLUMNS[kind]), cuped=kind.endswith("cuped"))
    told = (
        found.treated, found.control, found.gap.value, found.gap.low, found.gap.high,
        found.lift.value, found.lift.low, found.lift.high,
    )  # fmt: skip
    assert told == pytest.approx(TEA[kind][:8], rel=1e-9)
    assert found.p == pytest.approx(TEA[kind][8], rel=1e-7)


def test_earlier_days_leave_less_variance_and_the_same_effect():
    plain, sharper = (compare_ratios(*groups(COLUMNS["mean"]), cuped=cuped) for cuped in (False, True))
    assert sharper.kept == pytest.approx((sharper.error / plain.error) ** 2)
    assert 0.8 < sharper.kept < 0.95
    assert plain.kept == 1


def test_shares_are_those_of_statsmodels():
    # statsmodels 0.15.0: proportions_ztest([120, 90], [1000, 950]) and
    # confint_proportions_2indep(120, 1000, 90, 950, method='newcomb').
    found = compare_shares((120, 1000), (90, 950))
    assert found.p == pytest.approx(0.0720505892213869, rel=1e-9)
    assert (found.gap.low, found.gap.high) == pytest.approx((-0.002329193845624876, 0.05277267941966397), rel=1e-9)


def test_a_difference_in_differences_is_that_of_statsmodels_clustered_by_person():
    # statsmodels 0.15.0: OLS(y, [1, g, post, g * post]).fit(cov_type='cluster', groups=person) has 1.1251262484569664
    # with error 0.18662219659894866, where its small-sample factor is that of 400 clusters and 800 rows; ours counts
    # n - 1 per group.
    found = changed_more(*groups((NUM, ONE, PRE, ONE)))
    assert found.gap.value == pytest.approx(1.1251262484569664, rel=1e-12)
    spread = dict.fromkeys((134, 266), 0.0)
    for mine in (ARM, ~ARM):
        moved = (NUM - PRE)[mine]
        spread[len(moved)] = float(((moved - moved.mean()) ** 2).sum())
    ours = sum(total / n / (n - 1) for n, total in spread.items())
    theirs = sum(total / n / n for n, total in spread.items()) * (400 / 399) * (799 / 796)
    assert found.error == pytest.approx(ours**0.5, rel=1e-12)
    assert theirs**0.5 == pytest.approx(0.18662219659894866, rel=1e-12)


def test_a_crowd_is_compared_with_itself_before():
    side = sums_of([NUM, ONE, PRE, ONE])
    found = since_before(side)
    moved = NUM - PRE
    assert found.gap.value == pytest.approx(moved.mean())
    assert found.error == pytest.approx(moved.std(ddof=1) / 20)
    assert found.control == pytest.approx(PRE.mean())


def test_medians_are_compared_by_the_squares_of_their_sides():
    found = compare_estimates(Estimate(10.0, 50, 8.0, 13.0), Estimate(7.0, 40, 6.0, 11.0))
    assert (found.gap.low, found.gap.high) == pytest.approx((3 - (4 + 16) ** 0.5, 3 + (9 + 1) ** 0.5))
    assert compare_estimates(Estimate(10.0, 5, None, 13.0), Estimate(7.0, 40, 6.0, 11.0)) is None


def test_nothing_to_compare_is_none():
    nobody, one = sums_of([np.empty(0, np.int64)] * 4), sums_of([np.array([1])] * 4)
    many = sums_of([NUM, DEN, PRE, PRE_DEN])
    for other in (nobody, one):
        assert compare_ratios(many, other) is None
        assert changed_more(many, other) is None
    assert compare_shares((0, 0), (1, 3)) is None
    assert since_before(nobody) is None


def test_groups_without_any_spread_have_no_doubt():
    same = sums_of([np.full(40, 3), np.ones(40, np.int64), np.zeros(40, np.int64), np.ones(40, np.int64)])
    found = compare_ratios(same, same, cuped=True)
    assert (found.gap.value, found.gap.low, found.gap.high, found.p) == (0, 0, 0, 1)


def test_earlier_days_that_tell_nothing_are_not_used():
    """All alike (thrice as many below the line as above it for everybody), and none at all in one of the groups."""
    third, none = np.column_stack([PRE + 1, 3 * (PRE + 1)]).T, np.zeros(400, np.int64)
    plain = compare_ratios(*groups((NUM, DEN, *third)))
    for before in (third, (none, none), (PRE * ARM, PRE_DEN * ARM)):
        found = compare_ratios(*groups((NUM, DEN, *before)), cuped=True)
        assert (found.method, found.kept) == ("welch", 1.0)
        assert found.gap == plain.gap
    # Who had no earlier day weighs nothing below the line: the answer is that of a ratio of means, as without them.
    some = np.where(I % 5 > 1, 1, 0)
    found = compare_ratios(*groups((NUM, DEN, PRE * some, PRE_DEN * some)), cuped=True)
    assert found.method == "cuped"
    assert 0.5 < found.kept < 1


def test_a_small_group_beside_a_large_one_does_not_seem_sure():
    """A tenth held out, one in fifty buys, and nothing differs: Welch's variance of a group without buyers is 0."""
    chance = np.random.default_rng(5)
    claims = np.zeros(2, np.int64)
    for _ in range(300):
        sides = []
        for n in (540, 60):
            spent = np.where(chance.random(n) < 0.02, chance.lognormal(3.5, 1.0, n), 0).astype(np.int64)
            sides.append(sums_of([spent, np.ones(n, np.int64), *np.zeros((2, n), np.int64)]))
        found = [compare_ratios(*sides, wary=wary) for wary in (False, True)]
        claims += [one.gap.low > 0 or one.gap.high < 0 for one in found]
        assert found[1].error == pytest.approx(max(found[0].error, found[0].alike))
    assert claims[0] > 60, "or plain Welch would do"
    assert claims[1] <= 15


def test_a_share_is_seen_as_one():
    ones, zeros = np.array([1, 0, 1, 1]), np.zeros(4, np.int64)
    share = sums_of([ones, np.ones(4, np.int64), zeros, zeros])
    assert is_share(share, share)
    assert not is_share(share, sums_of([ones * 2, np.ones(4, np.int64), zeros, zeros]))
    assert difference((3, 4), (3, 4)).value == compare_shares((3, 4), (3, 4)).gap.value


rows = st.lists(st.tuples(*[st.integers(-(10**12), 10**12)] * 3), max_size=12)


@settings(max_examples=60, deadline=None)
@given(rows, rows)
def test_sums_of_parts_are_the_sums_of_the_whole(one, other):
    def told(listed) -> Sums:
        return sums_of([np.array([row[k] for row in listed], np.int64) for k in range(3)])

    assert told(one) + told(other) == told(other) + told(one) == told(one + other)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(*(st.integers(-(2**most), 2**most) for most in (3, 3, 31, 40))), max_size=8))
def test_sums_of_a_row_per_person_are_those_of_its_columns_whatever_their_size(listed):
    rows = np.array(listed, np.int64).reshape(-1, 4)
    assert sums_of_rows(rows) == sums_of(list(rows.T))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=20))
def test_covariances_are_those_of_numpy(listed):
    columns = [np.array(column, np.int64) for column in zip(*listed, strict=True)]
    found = sums_of([*columns, columns[0] + 2 * columns[1]])
    expected = np.cov(np.array([*columns, columns[0] + 2 * columns[1]]))
    for one in range(3):
        for other in range(3):
            assert found.covariance(one, other) == pytest.approx(expected[one, other], abs=1e-9)


@pytest.mark.parametrize(
    ("sizes", "spreads"), [((30, 2000), (4.0, 1.0)), ((2000, 30), (1.0, 4.0)), ((40, 400), (1, 9))]
)
def test_groups_of_uneven_size_and_spread_do_not_differ_more_often_than_chance(sizes, spreads):
    """1,000 A/A comparisons of each kind were called different in 4 to 6.5 of 100."""
    chance, wrong, runs = np.random.default_rng(9), 0, 300
    for _ in range(runs):
        sides = []
        for n, spread in zip(sizes, spreads, strict=True):
            usual = chance.normal(1000, 100 * spread, n)
            after, before = (np.round(usual + chance.normal(0, 100 * spread, n)).astype(np.int64) for _ in range(2))
            sides.append(sums_of([after, np.ones(n, np.int64), before, np.ones(n, np.int64)]))
        gap = changed_more(*sides).gap
        wrong += gap.low > 0 or gap.high < 0
    assert wrong <= binom.ppf(1 - 1e-4, runs, 0.05)


def test_few_answers_that_are_all_alike_leave_no_variance_and_not_less_than_none():
    for people in range(30, 60):
        for often in range(2, people, 3):
            asked = (np.arange(people) < often).astype(np.int64)
            one = sums_of([asked * 3000, asked, asked * 0, asked * 0])
            found = compare_ratios(one, one, wary=True)
            assert found is not None
            assert (found.gap.value, found.gap.low) == (0.0, pytest.approx(0.0, abs=1e-2))
            assert since_before(sums_of([asked * 3000, asked, asked * 3000, asked])) is not None
