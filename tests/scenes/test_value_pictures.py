"""The pictures of what customers bring: nothing outside the sheet, figures in every cell, the table says the same."""

import numpy as np
import pytest

from klantreis.analyses import clv, concentration, rfm
from klantreis.analyses.fold import fold
from klantreis.scenes.model import Group, Words, walk
from klantreis.scenes.pen import bounds
from klantreis.scenes.pictured import result_scene
from klantreis.testing import Touch, Trip, journeys_of

DAY = 86_400


def shop(customers=80):
    chance = np.random.default_rng(2)
    return journeys_of(
        [
            Trip(
                f"c{who}",
                tuple(
                    Touch("order", int(day) * DAY, value=round(float(chance.lognormal(9, 2)), 2))
                    for day in chance.integers(0, 300, 1 + chance.poisson(1.5))
                ),
            )
            for who in range(customers)
        ]
    )


def scene(analysis, journeys, language="nl", width=960):
    return result_scene(fold(analysis, journeys, analysis.Options()), language=language, width=width)


def groups(drawn, kind):
    return [element for element in walk(drawn.elements) if isinstance(element, Group) and element.kind == kind]


@pytest.mark.parametrize("width", [320, 960])
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("analysis", [clv, concentration, rfm])
def test_no_word_leaves_the_sheet(analysis, language, width):
    drawn = scene(analysis, shop(), language, width)
    for element in walk(drawn.elements):
        if isinstance(element, Words):
            room = bounds(element)
            assert room.x >= -1, element.lines
            assert room.right <= drawn.width + 1, element.lines


def test_every_cell_tells_how_many_customers_and_they_add_up():
    drawn = scene(rfm, shop())
    cells = groups(drawn, "cell")
    assert len(cells) == 25
    assert sum(int(cell.children[1].lines[0]) for cell in cells if len(cell.children) > 1) == 80
    assert sum(int(row[1]) for row in drawn.table.rows) == 80


def test_the_curve_ends_where_everybody_brings_everything():
    drawn = scene(concentration, shop())
    assert drawn.table.rows[-1] == ("100%", "100%")
    (answer,) = groups(drawn, "answer")
    assert answer.label.endswith("n = 80)".replace(" ", "\u00a0"))


def test_bars_stand_beside_what_the_model_expects():
    drawn = scene(clv, shop())
    assert [row[0] for row in drawn.table.rows] == ["0", "1", "2", "3", "4", "5", "6", "7+"]
    assert [group.id for group in groups(drawn, "repeats")] == [row[0] for row in drawn.table.rows]


@pytest.mark.parametrize("analysis", [clv, concentration, rfm])
def test_nobody_is_said(analysis):
    assert "Niemand heeft iets besteld" in str(scene(analysis, journeys_of([])))
