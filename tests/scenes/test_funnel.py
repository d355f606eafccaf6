"""The picture of a funnel says what its rules did: optional steps, excluded people, sessions, groups."""

from __future__ import annotations

from dataclasses import replace

from klantreis.analyses import funnel
from klantreis.analyses.fold import fold
from klantreis.labels import Label, plain
from klantreis.map.stages import Action
from klantreis.scenes.funnel import funnel_scene
from klantreis.scenes.model import Group
from klantreis.testing import SECOND, Touch, Trip, journeys_of

LOG = [
    Trip("u", (Touch("a", 0, channel="web"), Touch("b", 1), Touch("c", 2))),
    Trip("v", (Touch("a", 0), Touch("c", 2))),
    Trip("w", (Touch("a", 0, channel="web"), Touch("x", 2))),
]
STEPS = tuple((name, (name,)) for name in "abc")
ASKED = funnel.Options(STEPS, optional=("b",), exclude=(funnel.Exclusion(("x",), 0, 2),), by="channel")


def said(scene):
    return str(scene).replace("\\xa0", " ")


def test_an_optional_step_loses_nobody_and_the_excluded_are_told():
    told = said(funnel_scene(fold(funnel, journeys_of(LOG), ASKED), language="nl"))
    assert "optioneel: 50%" in told
    assert "1 uitgesloten" in told
    assert "50% niet" not in told


def test_groups_stand_in_the_table():
    table = funnel_scene(fold(funnel, journeys_of(LOG), ASKED), language="en").table
    assert table is not None
    assert table.header[0] == "Group"
    assert [(row[0], row[1], row[2]) for row in table.rows if row[1] == "a"] == [
        ("", "a", "2"), ("no value", "a", "1"), ("web", "a", "1"),
    ]  # fmt: skip


def test_each_group_is_drawn_with_how_long_it_took():
    log = [
        *(Trip(f"u{n}", (Touch("a", 0, channel="web"), Touch("b", 10 + n, channel="web"))) for n in range(9)),
        *(Trip(f"v{n}", (Touch("a", 0, channel="app"), Touch("b", 40 + n, channel="app"))) for n in range(9)),
        Trip("w", (Touch("a", 95, channel="app"),)),
    ]
    asked = funnel.Options(STEPS[:2], within=60 * SECOND, by="channel")
    scene = funnel_scene(fold(funnel, journeys_of(log, last=100), asked), language="nl")
    assert "web: 14 s (10 s tot 17 s, n = 9)" in said(scene)
    assert "Iedereen: 18 s" in said(scene)
    assert scene.table is not None
    assert scene.table.header[-2:] == ("Mediaan tot het einde", "Ook wie nog bezig kan zijn (Kaplan-Meier)")
    assert [row[-2][:4] for row in scene.table.rows if row[1] == "b"] == ["29\xa0s", "44\xa0s", "14\xa0s"]
    assert {row[-1] for row in scene.table.rows if row[1] == "a"} == {""}


def test_sessions_are_called_sessions():
    found = replace(fold(funnel, journeys_of(LOG), ASKED), grain="session")
    assert "2 sessies" in said(funnel_scene(found, language="nl"))


def test_what_is_done_in_a_phase_stands_under_its_name(ring, sound):
    # Requirement E7: the funnel shows what runs in each phase beside what comes of it.
    map_, results, _ = ring
    long = plain("Herinnering bij een openstaande offerteaanvraag van tweedehandsvoetbalschoenen " * 3)
    first, second, *rest = map_.phases
    first = replace(first, actions=(Action("tips", Label("Tips per mail", "Tips by mail")), Action("bellen", long)))
    second = replace(second, label=long, actions=(Action("kaart", plain("Spaarkaart")),))
    busy = replace(map_, phases=(first, second, *rest))
    scene = funnel_scene(results.funnel, language="nl", map_=busy)
    sound(scene)
    bar = next(one for one in scene.elements if isinstance(one, Group) and one.id == first.id)
    assert "Draaiboek: Tips per mail; Herinnering bij" in bar.label
    assert scene.table.header[-1] == "Draaiboek"
    assert [row[-1] for row in scene.table.rows][1] == "Spaarkaart"
    assert funnel_scene(results.funnel, language="nl", map_=map_).table.header[-1] != "Draaiboek"


def test_without_a_window_the_shares_are_those_so_far():
    """Of four two got there and are still open: 50 % so far, and one more may come."""
    on = [Trip(who, (Touch("a", 0), Touch("b", 1)), state=0) for who in "uv"]
    log = [*on, Trip("w", (Touch("a", 0),)), Trip("x", (Touch("a", 0),), state=0)]
    scene = funnel_scene(fold(funnel, journeys_of(log), funnel.Options(STEPS[:2], grain="journey")), language="nl")
    assert "50% (15–85%, n = 4) tot nu toe" in said(scene)
    assert "1 kan nog verder komen" in said(scene)
    assert "50% (nog) niet" in said(scene)
    assert "onderweg" not in said(scene)
    assert scene.table is not None
    assert (scene.table.header[2], scene.table.rows[1][2]) == ("Afgelopen", "0")
