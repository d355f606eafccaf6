"""The pictures of who comes back and who goes quiet: empty where nothing is known, and the table says the same."""

import pytest

from klantreis.analyses import lifecycle, retention
from klantreis.analyses.fold import fold
from klantreis.scenes.model import Box, Group, walk
from klantreis.scenes.pictured import result_scene
from klantreis.testing import journeys_of, trips

DAY = 86_400
LOG = {
    "ann": [("look", 0), ("look", 1.5 * DAY), ("look", 9 * DAY)],
    "bob": [("look", 0.5 * DAY), ("look", 8 * DAY)],
    "cas": [("look", 8.5 * DAY)],
}


def scene(log=LOG, analysis=retention, width=960, language="nl", **options):
    found = fold(analysis, journeys_of(trips(log), last=9.5 * DAY), analysis.Options(**options))
    return result_scene(found, language=language, width=width)


def groups(drawn, kind):
    return [element for element in walk(drawn.elements) if isinstance(element, Group) and element.kind == kind]


def test_a_cell_that_is_not_over_is_empty_and_says_so():
    cells = {cell.id: cell for cell in groups(scene(intervals=3, cohorts="week"), "cell")}
    assert cells["1970-01-05@1"].label == "1970-01-05, dag 1: nog niet voorbij"
    assert not [part for part in cells["1970-01-05@1"].children if isinstance(part, Box)]
    assert cells["1969-12-29@1"].label.startswith("1969-12-29, dag 1: 50%")


def test_of_many_intervals_the_first_one_after_the_start_is_always_drawn():
    found = fold(retention, journeys_of(trips(LOG), last=90 * DAY), retention.Options(intervals=30))
    drawn = result_scene(found, language="nl", width=960)
    everybody = [cell.label for cell in groups(drawn, "cell") if cell.label.startswith("Iedereen, dag ")]
    shown = [int(label.removeprefix("Iedereen, dag ").partition(":")[0]) for label in everybody]
    assert (shown[:2], shown[-1], len(shown)) == ([0, 1], 29, 16)


def test_the_table_holds_every_cell_that_has_begun():
    table = scene(intervals=3, cohorts="week").table
    assert [row[:3] for row in table.rows][:3] == [("Iedereen", "3", "dag 0"), ("Iedereen", "3", "dag 1"),
                                                  ("Iedereen", "3", "dag 2")]  # fmt: skip
    assert ("1970-01-05", "1", "dag 1", "0", "0", "") in table.rows


def test_below_the_line_stand_those_who_went_quiet():
    drawn = scene(analysis=lifecycle, unit="day")
    bars = groups(drawn, "bar")
    assert len(bars) == 10
    assert [sum(isinstance(part, Box) and part.pattern == "hatch" for part in bar.children) for bar in bars] == [
        0, 1, 1, 0, 0, 0, 0, 0, 0, 0,
    ]  # fmt: skip
    assert bars[-1].label.endswith("loopt nog")
    assert [row[0] for row in drawn.table.rows] == [bar.id for bar in bars]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("analysis", [retention, lifecycle])
def test_nobody_is_said(analysis, language):
    told = {
        "retention": ("Niemand is begonnen", "Nobody began"),
        "lifecycle": ("Niemand was actief", "Nobody was active"),
    }
    assert told[analysis.name][language == "en"] in str(scene({}, analysis, language=language))


@pytest.mark.parametrize("width", [320, 960, 1600])
@pytest.mark.parametrize("analysis", [retention, lifecycle])
def test_a_picture_keeps_within_its_width(analysis, width):
    long = {str(who): [("look", who * DAY / 7), ("look", (who % 9) * DAY)] for who in range(90)}
    assert scene(long, analysis, width=width).width <= max(width, 400)
