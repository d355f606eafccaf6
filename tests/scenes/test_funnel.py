"""The picture of a funnel says what its rules did: optional steps, excluded people, sessions, groups."""

from __future__ import annotations

from dataclasses import replace

from klantreis.analyses import funnel
from klantreis.analyses.fold import fold
from klantreis.scenes.funnel import funnel_scene
from klantreis.testing import Touch, Trip, journeys_of

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


def test_sessions_are_called_sessions():
    found = replace(fold(funnel, journeys_of(LOG), ASKED), grain="session")
    assert "2 sessies" in said(funnel_scene(found, language="nl"))
