"""Pictures use the room there is, and words that are long go on over more lines."""

import pytest

from klantreis.analyses.drift import Drift, Series
from klantreis.analyses.mood import Mood, Point
from klantreis.analyses.mood import Series as Question
from klantreis.journeys.model import About, Names
from klantreis.scenes.drift import drift_scene
from klantreis.scenes.model import Group, Mark, Words, walk
from klantreis.scenes.mood import mood_scene
from klantreis.stats.intervals import Estimate, share

ABOUT = About(Names((), ()))
GOOD = Estimate(0.5, 40, 0.2, 0.8)
LONG = "Tevredenheidsonderzoeksresponspercentage van terugkerende bestellers in de ervaringsfase"


@pytest.mark.parametrize("width", [320, 640, 960])
@pytest.mark.parametrize("alarm", [False, True])
def test_the_name_of_a_chart_is_never_cut(width, alarm, sound):
    values = tuple(share(n, 40) for n in (10, 12, 11, 30))
    series = tuple(Series("kpi", name, "share", values, alarm=alarm) for name in (LONG, "kort", LONG + " twee"))
    drift = Drift(ABOUT, "week", ("2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26"), (40,) * 4, series=series)
    scene = drift_scene(drift, language="nl", width=width)
    sound(scene)
    charts = [one for one in walk(scene.elements) if isinstance(one, Group) and one.kind == "series"]
    told = [one for chart in charts for one in walk(chart.children) if isinstance(one, Words)]
    assert len(charts) == 3
    assert not [one for one in told if one.full or any("…" in line for line in one.lines)]


@pytest.mark.parametrize("periods", [1, 2, 7, 30])
def test_the_dots_of_a_mood_reach_from_left_to_right(periods):
    points = tuple(Point(f"2026-{n:02d}", GOOD, GOOD, enough=True) for n in range(1, periods + 1))
    scene = mood_scene(
        Mood(ABOUT, series=(Question("q", "CSAT", 30, points, Estimate(None, 0), 0),)), language="nl", width=960
    )
    spots = [one.x for one in walk(scene.elements) if isinstance(one, Mark)]
    step = (spots[-1] - spots[0]) / (periods - 1) if periods > 1 else 0
    assert 960 - spots[-1] <= 24 + step / 2 + 1 or periods == 1
    assert periods > 1 or abs(spots[0] - 506) < 30
