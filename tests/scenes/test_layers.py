"""Graphs in rows: boxes never overlap, arrows mostly go down."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.scenes.layers import layered, natural_order

NAMES = "abcdefgh"
GRAPHS = st.dictionaries(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), st.floats(1, 100), min_size=1, max_size=20
)


@settings(max_examples=80, deadline=None)
@given(GRAPHS)
def test_nodes_of_a_row_never_overlap(weights):
    layout = layered(natural_order(NAMES, weights), weights, node=100, bend=20, gap=10)
    rows = {}
    for name, x in layout.x.items():
        row = int(name.rsplit("\x00", 1)[1]) if "\x00" in name else layout.rank[name]
        rows.setdefault(row, []).append((x, 20 if "\x00" in name else 100))
    for row in rows.values():
        for (x1, w1), (x2, w2) in pairwise(sorted(row)):
            assert x2 - x1 >= (w1 + w2) / 2 + 10 - 1e-6
    assert all(0 <= x <= layout.width for x in layout.x.values())


@settings(max_examples=80, deadline=None)
@given(GRAPHS)
def test_every_edge_has_a_chain_that_steps_one_row_at_a_time(weights):
    layout = layered(natural_order(NAMES, weights), weights, node=100, bend=20, gap=10)
    for (source, target), chain in layout.chains.items():
        assert (chain[0], chain[-1]) == (source, target)
        ranks = [int(n.rsplit("\x00", 1)[1]) if "\x00" in n else layout.rank[n] for n in chain]
        step = -1 if (source, target) in layout.back else 1
        assert all(b - a == step for a, b in pairwise(ranks))


def test_the_lighter_way_of_two_goes_back():
    weights = {("a", "b"): 5.0, ("b", "a"): 9.0, ("b", "c"): 4.0}
    assert natural_order("abc", weights) == ("b", "a", "c")
    assert layered(("b", "a", "c"), weights, node=10, bend=2, gap=1).back == {("a", "b")}


def test_an_order_that_is_good_is_kept():
    assert natural_order("abcd", {("a", "b"): 3.0, ("b", "c"): 2.0}) == tuple("abcd")
