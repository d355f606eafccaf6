"""Every view with the hardest texts and sizes: compounds, emoji, right to left, Chinese, nothing, one, crowds."""

from dataclasses import replace

import pytest

from furnished import furnished
from klantreis.labels import plain
from klantreis.map.model import JourneyMap
from klantreis.scenes.compare import compare_scene
from klantreis.scenes.journey import blueprint_scene, journey_scene
from klantreis.scenes.matrix import matrix_scene
from klantreis.scenes.paths import paths_scene
from klantreis.scenes.portfolio import Entry, portfolio_scene

HARD = {
    "compounds": "klanttevredenheidsonderzoeksresultaten arbeidsongeschiktheidsverzekeringsmaatschappij",
    "one-word": "x" * 160,
    "emoji": "👩‍👩‍👧‍👦 blij 😀🏳️‍🌈 heel erg 🇳🇱",
    "rtl": "מסע לקוח של טבעת עם הרבה מילים قياس الخاتم",
    "cjk": "在线购买戒指而不试戴的顾客旅程以及所有相关的接触点",
    "script": "<script>alert(1)</script> & \"' ]]> %s {0}",
    "controls": "a\u202eb\x00c\ud800d\nregel twee\n\n\nregel vijf",
    "blank": " ",
}
VIEWS = {
    "map": lambda m, r, f: journey_scene(m, r, f, language="nl"),
    "compact": lambda m, r, f: journey_scene(m, r, f, language="en", density="compact"),
    "print": lambda m, r, f: journey_scene(m, r, f, language="nl", density="print"),
    "time": lambda m, r, f: journey_scene(m, r, f, language="nl", columns="time"),
    "blueprint": lambda m, r, f: blueprint_scene(m, r, f, language="nl"),
    "compare": lambda m, r, f: compare_scene(m, r, language="nl"),
    "matrix": lambda m, r, f: matrix_scene(m, r, language="nl"),
    "portfolio": lambda m, r, f: portfolio_scene([Entry(m, r), Entry(m)], language="en"),
    "paths": lambda m, r, f: paths_scene(r.paths, language="nl", map_=m),
}


def relabelled(thing, text):
    """The same map with `text` as every label, wherever one stands."""
    names = [name for name in getattr(thing, "__dataclass_fields__", {}) if name not in {"id", "spots"}]
    changes = {}
    for name in names:
        value = getattr(thing, name)
        if type(value).__name__ == "Label":
            changes[name] = plain(text) if value else value
        elif isinstance(value, tuple) and any(hasattr(one, "__dataclass_fields__") for one in value):
            changes[name] = tuple(relabelled(one, text) if not _label(one) else plain(text) for one in value)
    return replace(thing, **changes)


def _label(one):
    return type(one).__name__ == "Label"


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("text", HARD)
def test_the_hardest_texts_overlap_nothing_and_leave_nothing(ring, view, text, sound):
    map_, results, findings = ring
    sound(VIEWS[view](relabelled(furnished(map_), HARD[text]), results, findings))


@pytest.mark.parametrize("view", [name for name in VIEWS if name != "paths"])
@pytest.mark.parametrize("size", [(9, 12), (1, 1), (1, 40), (9, 1), (3, 0)])
def test_any_size_is_sound(giant, view, size, sound):
    sound(VIEWS[view](giant(*size, label=HARD["compounds"]), None, ()))


@pytest.mark.parametrize("view", [name for name in VIEWS if name != "paths"])
def test_an_empty_map_is_sound(view, sound):
    scene = VIEWS[view](JourneyMap("leeg", plain("")), None, ())
    sound(scene)
    assert scene.title


@pytest.mark.parametrize("view", VIEWS)
def test_a_picture_drawn_twice_is_the_same(ring, view):
    map_, results, findings = ring
    full = furnished(map_)
    assert VIEWS[view](full, results, findings) == VIEWS[view](full, results, findings)


@pytest.mark.parametrize("view", VIEWS)
def test_one_person_is_enough(ring, view, sound):
    map_, results, findings = ring
    coverage = replace(
        results.coverage, journeys=1, people=1,
        touchpoints=tuple(replace(one, people=1, journeys=1) for one in results.coverage.touchpoints),
    )  # fmt: skip
    sound(VIEWS[view](furnished(map_), replace(results, coverage=coverage), findings))


@pytest.mark.parametrize("view", [name for name in VIEWS if name != "paths"])
def test_every_view_has_a_table_of_full_rows(ring, view):
    map_, results, findings = ring
    scene = VIEWS[view](furnished(map_), results, findings)
    assert all(len(row) == len(scene.table.header) for row in scene.table.rows)
    assert scene.table.rows
