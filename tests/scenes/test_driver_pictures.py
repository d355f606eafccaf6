"""The pictures of drivers and contacts: nothing outside the sheet, the table says all, nothing is said."""

import pytest

from klantreis.analyses import contacts, drivers
from klantreis.analyses.fold import fold
from klantreis.scenes.model import Group, Mark, Words, walk
from klantreis.scenes.pen import bounds
from klantreis.scenes.pictured import result_scene
from klantreis.testing import Touch, Trip, journeys_of

LONG = "een_heel_lang_contactmoment_waarvan_de_naam_niet_past_op_een_regel"
CALLS = contacts.Options(contacts=("call",), outcome=("paid",))
PAID = drivers.Options(outcome=("paid",))


def shop(size=60):
    trips = []
    for n in range(size):
        way = [Touch("look", 0), Touch(LONG if n % 3 else "cart", 60)]
        way += [Touch("call", 600)] if n % 2 else []
        way += [Touch("paid", 900)] if n % 4 == 0 or n % 7 == 0 else []
        trips.append(Trip(f"p{n}", tuple(way)))
    return journeys_of(trips, last=10_000_000)


def groups(drawn, kind):
    return [one for one in walk(drawn.elements) if isinstance(one, Group) and one.kind == kind]


@pytest.mark.parametrize("width", [320, 960])
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(("analysis", "options"), [(drivers, PAID), (contacts, CALLS)])
def test_no_word_and_no_mark_leaves_the_sheet(analysis, options, language, width):
    drawn = result_scene(fold(analysis, shop(), options), language=language, width=width)
    for element in walk(drawn.elements):
        if isinstance(element, Words | Mark):
            room = bounds(element)
            assert room.x >= -1
            assert room.right <= drawn.width + 1, element


def test_a_driver_left_of_one_goes_with_leaving():
    result = fold(drivers, shop(), PAID)
    drawn = result_scene(result, language="nl")
    (call,) = [one for one in groups(drawn, "driver") if one.id == "touchpoint call"]
    marks = [one for one in call.children if isinstance(one, Mark)]
    driver = result.driver("touchpoint", "call")
    assert (marks[1].x < marks[0].x) is (driver.alike.value < driver.odds.value)
    assert len(drawn.table.rows) == len(result.drivers)


def test_a_bar_tells_its_share_and_n():
    drawn = result_scene(fold(contacts, shop(), CALLS), language="nl")
    shown = groups(drawn, "cause")
    assert len(shown) == len(drawn.table.rows) == 2
    assert all("n = " in one.label.replace("\u00a0", " ") for one in shown)


@pytest.mark.parametrize(("analysis", "options"), [(drivers, PAID), (contacts, CALLS)])
def test_nobody_is_said(analysis, options):
    assert "niemand" in str(result_scene(fold(analysis, journeys_of([]), options), language="nl")).casefold()
