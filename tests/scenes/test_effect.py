"""The picture of effects: within its width, every change a stop, and the same in its table."""

from dataclasses import replace

import pytest

from klantreis.analyses.effect import Day, Effect, Effects, Reason
from klantreis.journeys.model import About, Names
from klantreis.labels import Label
from klantreis.scenes.effect import effect_scene
from klantreis.scenes.model import Group, walk
from klantreis.scenes.pen import bounds
from klantreis.stats.intervals import Estimate

ABOUT = About(Names((), ()), last=20_000 * 86_400_000_000)
LONG = Label(nl="Arbeidsongeschiktheidsverzekeringsaanvraagformulier vooraf ingevuld", en="A form that is filled in")
EFFECT = Effect(
    change="knop", kpi="koopt", design="ab", rung="A", verdict="improved",
    reasons=(Reason("interval", Label("Het interval ligt naast nul.", "The interval lies beside zero.")),),
    label=LONG, kpi_label=LONG, treated=0.36, control=0.31, gap=Estimate(0.05, 400, 0.02, 0.08), smallest=0.031,
    n=(400, 410),
)  # fmt: skip
DAYS = tuple(Day(f"2026-05-{k:02d}", 0.3 + k / 100, 0.3, *((0.2, 0.4) if k > 20 else ())) for k in range(1, 31))
EVERY = (
    EFFECT,
    replace(EFFECT, change="reeks", rung="C", days=DAYS, verdict="worse"),
    replace(EFFECT, change="vroeg", verdict="too_soon", gap=Estimate(None, 0), treated=None, control=None),
    replace(EFFECT, change="tijd", unit="seconds", treated=3_000.0, control=9_000.0, gap=Estimate(-6e3, 9, -9e3, -3e3)),
    replace(EFFECT, change="stil", gap=Estimate(0.0, 400, 0.0, 0.0), smallest=0.0, verdict="no_difference"),
)


@pytest.mark.parametrize("width", [320, 960])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_everything_stays_on_the_sheet(width, language):
    scene = effect_scene(Effects(ABOUT, EVERY), language=language, width=width)
    for element in walk(scene.elements):
        if not isinstance(element, Group):
            rect = bounds(element)
            assert rect.x >= -1
            assert rect.x + rect.width <= width + 1


def test_each_change_is_a_stop_that_says_it_all():
    scene = effect_scene(Effects(ABOUT, EVERY), language="nl")
    stops = [one for one in walk(scene.elements) if isinstance(one, Group) and one.focus]
    assert [stop.id for stop in stops] == [effect.change for effect in EVERY]
    assert "verbeterd. +5,0 procentpunt (2,0 tot 8,0)" in stops[0].label
    assert [row[1] for row in scene.table.rows] == ["verbeterd", "slechter", "te vroeg", "verbeterd", "geen verschil"]


def test_without_a_change_it_says_so():
    scene = effect_scene(Effects(ABOUT), language="en")
    assert "No change with a date" in " ".join(
        line for one in walk(scene.elements) for line in getattr(one, "lines", ())
    )
