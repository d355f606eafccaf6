"""What the map says of people: who is in a phase now, who is reached at first, fans at the end, and the arrow back."""

from dataclasses import replace

import pytest

from klantreis.analyses.advocates import Advocates
from klantreis.analyses.audience import Aimed, Audience
from klantreis.analyses.opinion import Opinion
from klantreis.analyses.standing import NO_END, Stand, Standing
from klantreis.labels import plain
from klantreis.map.focus import WHOLE, Focus
from klantreis.map.model import Survey
from klantreis.scenes.journey import journey_scene
from klantreis.scenes.model import Area, Curve, walk
from klantreis.stats.compare import difference
from klantreis.stats.intervals import Estimate, share
from klantreis.stats.untold import Untold


def opinion(about, high, low, survey="tevreden"):
    few = min(high[1], low[1]) < 25
    gap = Estimate(None, min(high[1], low[1])) if few else difference(high, low)
    return Opinion(about, survey, share(*high), share(*low), gap)


@pytest.fixture
def people(ring):
    """The ring map with made-up people: `people(name=Result)` replaces one answer, None takes it out."""
    map_, results, findings = ring
    about = results.about
    asked = replace(
        map_,
        phases=tuple(replace(one, classes=("BU",)) if one.id == "aankoop" else one for one in map_.phases),
        journey=replace(map_.journey, goal=(map_.touchpoints[-6].id,)),
        surveys=(Survey("tevreden", plain("Tevreden?"), about=(map_.touchpoints[-2].id,)),),
    )
    first, *_, last = (phase.id for phase in map_.phases)
    given = {
        "standing": Standing(about, (Stand(first, 310, 312), Stand(last, 1, 1)), 320, 322, 9, 900, about.last),
        "audience": Audience(about, share(620, 1000), (Aimed("nieuw", 620, share(620, 1000)),)),
        "advocates": Advocates(about, people=900, answered=400, fans=share(60, 400)),
        "opinion": opinion(about, (80, 212), (16, 80)),
    }

    def made(language="nl", focus=WHOLE, **changed):
        more = {name: one for name, one in (given | changed).items() if one is not None}
        return journey_scene(asked, replace(results, more=more), findings, language=language, focus=focus)

    return made


def test_each_phase_says_who_is_there_now_and_when(people, groups, said, sound):
    scene = people()
    sound(scene)
    heard = [phase.label for phase in groups(scene, "phase")]
    assert "nu in deze fase: 310 van 320 personen met een open reis, op 31 okt 2026" in heard[0]
    assert "nu in deze fase: 1 van 320" in heard[-1]
    assert "op 31 okt 2026 (n = 320)" in said(scene).replace("\u00a0", " ")
    assert not any("nu in deze fase" in one for one in heard[1:-1])


def test_how_many_are_there_now_may_be_just_a_bound(people, ring, said):
    few = Standing(
        ring[1].about, (Stand(ring[0].phases[0].id, Untold(10), 1),), Untold(10), 1, 0, 900, ring[1].about.last
    )
    assert "op 31 okt 2026 (n < 10)" in said(people(standing=few)).replace("\u00a0", " ")


def test_the_first_phase_says_who_is_reached_and_the_last_how_many_fans(people, groups):
    heard = [phase.label.replace("\u00a0", " ") for phase in groups(people("en"), "phase")]
    assert "of the first contacts 62% (59–65%, n = 1,000) are in the target group" in heard[0]
    assert "fans, who recommend and bought more than once: 60, 15% (12–19%, n = 400) of who answered" in heard[-1]
    assert not any("fans" in one for one in heard[:-1])
    assert not any("target" in one for one in heard[1:])


@pytest.mark.parametrize(("scope", "first", "last"), [("to_purchase", True, False), ("from_purchase", False, True)])
def test_one_stretch_of_the_journey_says_only_what_is_at_its_own_ends(people, groups, scope, first, last):
    heard = " ".join(phase.label for phase in groups(people(focus=Focus(scope=scope)), "phase"))
    assert ("doelgroep" in heard, "fans" in heard) == (first, last)
    assert "nu in deze fase" in heard


@pytest.mark.parametrize("name", ["standing", "audience", "advocates", "opinion"])
def test_what_was_not_asked_is_not_said(people, name, groups, sound, said):
    scene = people(**{name: None})
    sound(scene)
    word = {"standing": "nu in deze", "audience": "doelgroep:", "advocates": "fans", "opinion": "opnieuw"}[name]
    assert word not in said(scene)
    assert all(word not in phase.label for phase in groups(scene, "phase"))


def test_journeys_without_an_end_put_nobody_in_a_phase(people, ring, said):
    assert "nu in deze fase" not in said(people(standing=Standing(ring[1].about, (), why=NO_END)))


@pytest.mark.parametrize(
    ("high", "low", "words", "dash"),
    [
        ((80, 212), (16, 80), "koopt vaker opnieuw: +18 procentpunt (+6 tot +28, n = 80)", "solid"),
        ((10, 212), (40, 80), "koopt minder vaak opnieuw: −45 procentpunt", "solid"),
        ((20, 100), (19, 100), "geen duidelijk verschil, +1,0 procentpunt", None),
        ((2, 3), (0, 2), "te weinig om te zeggen (kleinste groep n = 2, nodig 25)", "dotted"),
    ],
)  # fmt: skip
def test_the_arrow_says_how_strong_it_is_and_that_it_is_no_cause(people, ring, groups, high, low, words, dash):
    scene = people(opinion=opinion(ring[1].about, high, low))
    (arrow,) = groups(scene, "loyal")
    told = arrow.label.replace("\u00a0", " ")
    assert words in told
    assert "geen oorzaak" in told
    assert dash is None or [one.dash for one in walk(arrow.children) if isinstance(one, Curve)] == [dash]
    (head,) = (one for one in walk(arrow.children) if isinstance(one, Area))
    tip, *back = (point for command, point in head.path if command != "Z")
    assert all(tip[0] < point[0] for point in back)  # it leads back to the purchase


def test_an_opinion_that_stands_nowhere_on_the_map_is_told_without_an_arrow(people, ring, groups, sound):
    scene = people(opinion=opinion(ring[1].about, (80, 212), (16, 80), survey="elders"))
    sound(scene)
    (arrow,) = groups(scene, "loyal")
    assert not [one for one in walk(arrow.children) if isinstance(one, Curve)]
    assert "+18 procentpunt" in arrow.label


def test_an_opinion_on_a_map_that_knows_no_goal_is_told_all_the_same(ring, groups, sound):
    map_, results, _ = ring
    more = {"opinion": opinion(results.about, (80, 212), (16, 80), survey="elders")}
    scene = journey_scene(replace(map_, scenarios=()), replace(results, more=more), (), language="en")
    sound(scene)
    assert len(groups(scene, "loyal")) == 1


def test_the_table_says_the_same(people):
    told = people("nl").table
    column = told.header.index("Wie er is")
    assert "310 van 320" in told.rows[0][column]
    assert any("+18 procentpunt" in row[told.header.index("Mening en terugkomen")] for row in told.rows)
