"""Where people go, in Python: words in, Results out, and what cannot be is refused with what to do."""

import pandas
import pytest

import klantreis
from klantreis.errors import OptionError
from klantreis.testing import Touch, Trip, journeys_of, trips
from klantreis.verbs.contrast import of_segments

LOG = trips(
    {
        "ann": [("home", 0), ("look", 10), ("look", 20), ("pay", 40)],
        "bob": [("home", 0), ("look", 30)],
        "cas": [("look", 5), ("help", 6), ("look", 8)],
    }
)
SHOP = journeys_of(LOG)


def test_steps_take_an_anchor_in_words():
    assert klantreis.steps(SHOP).steps == tuple(range(1, 11))
    around = klantreis.steps(SHOP, "look|pay", forward=2)
    assert (around.steps, around.of) == ((-2, -1, 0, 1, 2), 3)
    assert klantreis.steps(SHOP, "look,pay", forward=1, backward=0).of == 1
    assert klantreis.steps(SHOP, [["look", "pay"]], forward=2).of == 3


def test_a_sankey_shows_the_most_met_and_puts_the_rest_together():
    found = klantreis.sankey(SHOP, "home", forward=3, top=1)
    assert {stop.id for stop in found.stops} == {"home", "look", "other", "end"}
    assert {stop.id for stop in klantreis.sankey(SHOP, "home", shown="pay").stops} == {"home", "other", "pay", "end"}
    assert {stop.id for stop in klantreis.sankey(SHOP, "home", top=0).stops} == {"home", "other", "end"}


def test_follows_take_pairs_and_an_order_in_words():
    found = klantreis.follows(SHOP, order="home|help,look,pay", between=["home,pay", ("look", "pay")])
    assert (found.pair("home", "pay").median_seconds, found.pair("look", "pay").n) == (40.0, 1)
    assert found.backs.count == 1
    assert klantreis.follows(SHOP, between="all").pair("look", "help").n == 1
    assert klantreis.follows(SHOP, between="home,pay").pair("home", "pay").n == 1


def test_the_reach_of_a_pair_is_retentioneerings_conversion_rate(shared):
    # retentioneering 5.2.4, get_conversion_rate(cart -> purchase): per user 277 of 489, per session 349 of 1,022
    file = shared / "data/ecom_clickstream/ecom.csv.gz"
    for grain, told in (("person", (489, 277)), ("session_id", (1022, 349))):
        found = klantreis.follows(file, person="user_id", at="timestamp", event="event", grain=grain)
        pair = found.pair("cart", "purchase")
        assert (pair.reached.n, pair.later_journeys) == told


def test_clusters_and_frames_of_any_answer():
    found = klantreis.clusters(SHOP, 2)
    assert sum(one.journeys for one in found.clusters) == 3
    for answer in (found, klantreis.steps(SHOP), klantreis.sankey(SHOP), klantreis.follows(SHOP)):
        assert isinstance(answer.to_frame(), pandas.DataFrame)
        assert "<table>" in answer._repr_html_()


def test_two_answers_of_one_kind_make_a_contrast():
    other = journeys_of([Trip("dot", (Touch("pay", 0),))])
    found = klantreis.contrast(klantreis.steps(SHOP), klantreis.steps(other), names=("shop", "other"))
    assert found.n == (3, 1)
    assert klantreis.contrast(klantreis.follows(SHOP), klantreis.follows(other)).kind == "follows"
    with pytest.raises(OptionError, match="StepMatrix and a Follows"):
        klantreis.contrast(klantreis.steps(SHOP), klantreis.follows(other))


def test_a_name_that_nobody_has_is_warned_of():
    with pytest.warns(UserWarning, match="'lok'.*'look'") as said:
        assert klantreis.steps(SHOP, "lok").of == 0
    assert said[0].filename == __file__  # the line that asks, not one of ours
    with pytest.warns(UserWarning, match="'hom'"):
        assert klantreis.sankey(SHOP, "hom").links == ()
    with pytest.warns(UserWarning, match="'payy'"):
        assert klantreis.follows(SHOP, between=["home,payy"]).unknown == ("payy",)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: klantreis.steps(SHOP, "look,,pay"),
        lambda: klantreis.steps(SHOP, ""),
        lambda: klantreis.steps(SHOP, forward=-1),
        lambda: klantreis.steps(SHOP, "look", occurrence="frist"),
        lambda: klantreis.sankey(SHOP, top=-1),
        lambda: klantreis.sankey(SHOP, forward=0),
        lambda: klantreis.follows(SHOP, between=["home"]),
        lambda: klantreis.clusters(SHOP, 0),
    ],
)
def test_what_cannot_be_asked_says_how_to_ask(wrong):
    with pytest.raises(OptionError) as refused:
        wrong()
    assert refused.value.mend


def test_segments_are_laid_beside_each_other_and_overlap_is_said():
    made = [
        Trip(str(n), (Touch("home", 0), Touch("pay" if n < 4 else "look", 1)), segments=("new",) if n < 6 else ("old",))
        for n in range(10)
    ]
    found = of_segments(journeys_of(made), "new,old", klantreis.steps)
    pay = next(cell for cell in found.gaps if (cell.touchpoint, cell.step) == ("pay", 2))
    assert (pay.one.value, pay.one.n, pay.other.value, pay.other.n) == (4 / 6, 6, 0.0, 4)
    assert (found.names, found.about.segment) == (("new", "old"), None)
    mixed = [*made, Trip("x", (Touch("home", 0),), segments=("new", "old"))]
    with pytest.warns(UserWarning, match="1 journeys are both in 'new' and in 'old'") as said:
        of_segments(journeys_of(mixed), "new,old", klantreis.follows)
    assert said[0].message.text.nl.startswith("1 reizen zitten zowel in 'new' als in 'old'")
    with pytest.raises(OptionError, match="no segment 'nw'"):
        of_segments(journeys_of(made), "nw,old", klantreis.steps)
