"""A marked map: each kind of difference has its sign, word and outline, and the table says the same in words."""

from pathlib import Path

import pytest

from klantreis.documents import edited
from klantreis.exporters.svg import svg
from klantreis.map.both import united
from klantreis.map.diff import differences
from klantreis.map.read import map_of
from klantreis.scenes.difference import difference_scene
from klantreis.scenes.journey.marked import SIGNS
from klantreis.scenes.model import Box, Curve, Line, Words, walk

MAPS = Path(__file__).resolve().parents[2] / "examples" / "maps"
IKEA = (MAPS / "ikea-stoel.reis.yaml").read_text(encoding="utf-8")
OLD = map_of(IKEA)


def changed(*edits, text=IKEA):
    for path, value in edits:
        text = edited(text, path.split("/"), value)
    return map_of(text)


def without(id_, after):
    start, stop = IKEA.index(f"    {id_}:"), IKEA.index(after)
    return map_of((IKEA[:start] + IKEA[stop:]).replace(f", {id_}", "").replace(f', "{id_}?"', ""))


def shown(scene, id_):
    return [line for one in walk(named(scene, id_)[0].children) if isinstance(one, Words) for line in one.lines]


def named(scene, id_, kind="step"):
    return [one for one in walk(scene.elements) if getattr(one, "kind", "") == kind and one.id == id_]


@pytest.mark.parametrize(
    ("path", "value", "kind", "id_", "text"),
    [
        ("phases/orientatie/parkeren", {"do": "Ik parkeer"}, "step", "parkeren", "+ nieuw"),
        ("phases/aankoop/kar/feel", 0, "step", "kar", "± gewogen"),
        ("kpis/zoektijd/target", "<= 3", "kpi", "zoektijd", "≥ ander doel"),
        ("phases/aankoop/kar/word", "boos", "step", "kar", "~ verwoord"),
        ("opportunities/vak_op_telefoon/impact", 5, "opportunity", "vak_op_telefoon", "±"),
        ("phases/gebruik/goal", "Zitten", "phase", "gebruik", "~ verwoord"),
        ("phases/aankoop/kassa/match", "betaald", "touchpoint", "kassa", "≠ veranderd"),
    ],
)
def test_each_kind_of_difference_is_marked_where_it_is(path, value, kind, id_, text, sound):
    scene = difference_scene(OLD, changed((path, value)), language="nl")
    sound(scene)
    marks = [one for one in walk(tuple(named(scene, id_, kind))) if isinstance(one, Words)]
    assert any(line.startswith(text) for one in marks for line in one.lines)
    assert not [one for one in walk(scene.elements) if getattr(one, "id", "") == "difference-beside"]


def test_what_is_gone_stands_struck_through_where_it_was_and_is_not_on_the_curve(sound):
    new = without("balletjes", "  aankoop:\n")
    scene = difference_scene(OLD, new, language="en")
    sound(scene)
    (step,) = named(scene, "balletjes")
    assert any(isinstance(one, Line) for one in walk(step.children))
    assert "× gone" in shown(scene, "balletjes")
    assert next(one for one in step.children if isinstance(one, Box)).dash == "dashed"
    order = [one.id for one in walk(scene.elements) if getattr(one, "kind", "") == "step"]
    assert order[3:7] == ["proberen", "balletjes", "magazijn", "kar"]
    assert [step.feel for _, step in united(OLD, new).steps() if step.id == "balletjes"] == [None]


def test_a_step_that_moved_is_marked_once_and_stands_where_it_is_now(sound):
    start, middle, stop = (IKEA.index(f"    {one}:") for one in ("gevonden", "kassa", "ijsje"))
    stop = IKEA.index("    ijsje:\n")
    new = map_of(IKEA[:start] + IKEA[middle:stop] + IKEA[start:middle] + IKEA[stop:])
    scene = difference_scene(OLD, new, language="nl")
    sound(scene)
    (step,) = named(scene, "kassa")
    assert "→ verplaatst" in shown(scene, "kassa")
    assert next(one for one in step.children if isinstance(one, Box)).dash == "dotted"
    assert "→ verplaatst" not in shown(scene, "gevonden")


def test_the_feeling_as_it_was_is_a_line_of_its_own_with_its_name_in_the_legend():
    one = difference_scene(OLD, changed(("phases/aankoop/kar/feel", 0)), language="nl")
    other = difference_scene(OLD, changed(("owner", "een ander")), language="nl")

    def curves(scene):
        return [one for one in walk(scene.elements) if isinstance(one, Curve) and one.stroke == "good"]

    def told(scene):
        return " ".join(line for one in walk(scene.elements) if isinstance(one, Words) for line in one.lines)

    assert len(curves(one)) == 2
    assert "zoals het was" in told(one)
    assert not curves(other)
    assert "zoals het was" not in told(other)


def test_what_has_no_place_on_the_map_is_told_under_it():
    new = changed(("personas/lisa/tone", "warm"), ("segments/gezinnen", "customer.household >= 4"))
    scene = difference_scene(OLD, new, language="nl")
    (row,) = named(scene, "difference-beside", "lane")
    told = " ".join(line for one in walk(row.children) if isinstance(one, Words) for line in one.lines)
    assert "persona 'lisa'" in told
    assert "segment 'gezinnen'" in told


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_table_and_the_description_are_the_difference_in_words(language):
    new = changed(("phases/aankoop/kar/feel", 0), ("phases/aankoop/kar/word", "boos"), ("title", "Anders"))
    scene = difference_scene(OLD, new, language=language, names=("a.yaml", "b.yaml"))
    assert [row[-1] for row in scene.table.rows] == [one.text.text(language) for one in differences(OLD, new)]
    assert scene.description.startswith("3 ")
    assert "a.yaml" in scene.description


def test_no_difference_says_so(sound):
    scene = difference_scene(OLD, OLD, language="nl", names=("oud", "nieuw"))
    sound(scene)
    assert scene.description == "Geen verschil tussen oud en nieuw"
    assert scene.table.rows == ()


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("other", ["klacht", "retour", "voorkeur", "sieraden-ring", "voetbalschoen"])
def test_any_two_maps_can_be_drawn(other, language, sound):
    two = map_of((MAPS / f"{other}.reis.yaml").read_text(encoding="utf-8"))
    for pair in ((OLD, two), (two, OLD)):
        scene = difference_scene(*pair, language=language)
        sound(scene)
        assert len(scene.table.rows) == len(differences(*pair))


def test_a_sign_needs_no_colour_and_every_kind_has_its_own():
    assert len(set(SIGNS.values())) == len(SIGNS)
    text = svg(difference_scene(OLD, changed(("phases/aankoop/kar/feel", 0)), language="nl"), theme="print")
    assert "± gewogen" in text


def test_two_maps_that_share_no_phase_are_two_stories():
    assert united(map_of("klantreis: 1\nid: a\ntitle: A\nphases: {x: {s: {}}}\n"), OLD) == OLD
