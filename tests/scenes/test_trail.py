"""One journey on the map: each touch at its column, downwards in time, and the same in the table."""

import pytest

from klantreis.journeys.trail import Stop, Trail
from klantreis.scenes.journey import journey_scene
from klantreis.scenes.model import Line, Mark, Words, walk
from klantreis.scenes.pen import bounds

BEGUN = 1_790_000_000_000_000


@pytest.fixture
def drawn(ring, sound):
    """The ring map with a journey along these touchpoints (None: an event off the map)."""
    map_, results, findings = ring

    def made(ids, language="nl", density="comfortable", alike=1):
        stops = tuple(
            Stop(id_, id_ or "zoekt_iets", BEGUN + n * 60_000_000, failed=n == 1) for n, id_ in enumerate(ids)
        )
        trail = Trail("p3f9c2a1b-2", stops, "open", "Europe/Amsterdam", alike)
        scene = journey_scene(map_, results, findings, language=language, density=density, trail=trail)
        sound(scene)
        return scene

    return made


@pytest.fixture
def ids(ring):
    """Touchpoints of the ring map in the order of the journey."""
    return [touch.id for touch in ring[0].touchpoints]


@pytest.mark.parametrize("density", ["comfortable", "compact", "print"])
def test_each_touch_stands_under_its_own_column_one_below_the_other(drawn, ids, groups, density):
    scene = drawn([ids[0], ids[3], ids[1], ids[1]], density=density)
    stops = groups(scene, "stop")
    marks = [next(one for one in walk(stop.children) if isinstance(one, Mark)) for stop in stops]
    assert marks[0].x < marks[2].x < marks[1].x
    assert marks[2].x == marks[3].x
    assert [mark.y for mark in marks] == sorted(mark.y for mark in marks)
    assert [stop.label.split(".")[0] for stop in stops] == ["1", "2", "3", "4"]


def test_moments_stand_along_it_and_what_the_map_does_not_know_is_open(drawn, ids, groups):
    first, wrong, off = groups(drawn([ids[0], ids[1], None]), "stop")
    assert "21 sep 2026" in first.label
    assert "+ 1 min" in wrong.label.replace("\u00a0", " ")
    assert "mislukt" in wrong.label
    assert "zoekt_iets" in off.label
    assert next(one for one in walk(off.children) if isinstance(one, Mark)).fill == "paper"


def test_no_line_runs_through_the_words_of_a_stop(drawn, ids, groups):
    scene = drawn([ids[-1], ids[0], ids[4], ids[2], ids[2], ids[-1], ids[0]])
    (trail,) = groups(scene, "trail")
    lines = [one for one in trail.children if isinstance(one, Line)]
    texts = [one for one in walk(trail.children) if isinstance(one, Words)]
    assert len(texts) == 7
    for text in texts:
        room = bounds(text)
        for line in lines:
            crosses = min(line.x1, line.x2) < room.right - 1 and max(line.x1, line.x2) > room.x + 1
            assert not (crosses and room.y + 3 < max(line.y1, line.y2) and min(line.y1, line.y2) < room.bottom - 3)


def test_a_long_journey_says_what_is_left_to_the_table(drawn, ids, said):
    scene = drawn([ids[n % 5] for n in range(42)])
    assert "nog 12 contacten in de tabel" in said(scene)
    column = scene.table.header.index("Eén reis p3f9c2a1b-2")
    told = " ".join(row[column] for row in scene.table.rows)
    assert "42: + 1 min" in told.replace("\u00a0", " ")


def test_the_rail_says_which_journey_and_how_it_stands(drawn, ids, groups):
    (trail,) = groups(drawn([ids[0], ids[1]], language="en", alike=2), "trail")
    assert "p3f9c2a1b-2: 2 touches, 1 min, still going, the first of 2 with this name" in trail.label.replace(
        "\u00a0", " "
    )


def test_without_a_journey_nothing_of_it_is_drawn(ring, groups):
    scene = journey_scene(*ring, language="nl")
    assert not groups(scene, "trail")
    assert not [head for head in scene.table.header if head.startswith("Eén reis")]


def test_one_touch_is_one_contact_that_took_no_time(drawn, ids, groups, said):
    (alone,) = groups(drawn([ids[0]]), "trail")
    assert alone.label == "Eén reis p3f9c2a1b-2: 1 contact, nog bezig"
    (alone,) = groups(drawn([ids[0]], language="en"), "trail")
    assert alone.label == "One journey p3f9c2a1b-2: 1 touch, still going"
    assert "nog 1 contact in de tabel" in said(drawn([ids[n % 5] for n in range(31)]))
