"""Two versions of a map as one picture: the newer map, with what was added, taken away or changed marked on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from klantreis.documents.words import NAMES
from klantreis.labels import Language, plain
from klantreis.map.both import united
from klantreis.map.diff import KINDS, Difference, differences
from klantreis.map.model import JourneyMap
from klantreis.scenes.journey import marked
from klantreis.scenes.journey.columns import columns_of
from klantreis.scenes.journey.marks import Key
from klantreis.scenes.journey.page import MAP, scene_of
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.journey.stack import Plan
from klantreis.scenes.model import Element, Group, Scene, walk
from klantreis.scenes.table import table
from klantreis.scenes.words import say

MARKED = Plan(upper=(marked.key, *MAP.upper), lower=(*MAP.lower, marked.beside))


def difference_scene(
    old: JourneyMap,
    new: JourneyMap,
    *,
    language: Language,
    width: float = 1680,
    names: tuple[str, str] = ("", ""),
) -> Scene:
    """Returns the newer map with its differences from the older one marked: sign, word and outline, and a key.

    What was taken away stands, struck through, where it was; the feeling as it was is a thin line under the curve.
    What differs and has no place on the map (a persona, a segment, a path) is told in sentences under it. The table
    beside the picture is the difference in words, one row each. `names` are what the two are called; '' takes their
    titles. `width` in pixels as for the map. No difference: the map, and a line that says so.
    """
    found = differences(old, new)
    called = (names[0] or old.title.shown(language) or old.id, names[1] or new.title.shown(language) or new.id)
    both = united(old, new)
    before = {step.id: step.feel for _, step in old.steps() if step.feel is not None}
    now = {step.id: step.feel for _, step in new.steps() if step.feel is not None}
    sheet = Sheet(
        both, None, (), (), columns_of(both, None, ()), language, ideal=before if before != now else {},
        ideal_is="legend-before", marks=marked.marks_of(found, called),
    )  # fmt: skip
    drawn = _drawn(scene_of(sheet, MARKED, width, name=f"difference-{new.id}").elements)
    left = tuple(one for one in found if marked.key_of(one) not in drawn)
    assert sheet.marks is not None
    whole = replace(sheet, marks=replace(sheet.marks, beside=left))
    scene = scene_of(whole, MARKED, width, name=f"difference-{new.id}")
    return replace(
        scene,
        title=say("difference-title", language, title=scene.title),
        description=_described(found, called, language),
        table=table(say("difference", language), [say(key, language) for key in _HEAD], _rows(found, language)),
    )


_HEAD = ("difference", "difference-what", "difference-id", "difference-said")


def _rows(found: Sequence[Difference], language: Language) -> list[list[str]]:
    return [
        [
            say(f"difference.{one.kind}", language),
            NAMES.get(one.what, plain(one.what)).text(language),
            one.id,
            one.text.text(language),
        ]
        for one in found
    ]


def _described(found: Sequence[Difference], names: tuple[str, str], language: Language) -> str:
    old, new = names
    if not found:
        return say("difference-none", language, old=old, new=new)
    kinds = [one.kind for one in found]
    counts = [f"{kinds.count(kind)} {say(f'difference.{kind}', language)}" for kind in KINDS if kind in kinds]
    head = say(
        "difference-one" if len(found) == 1 else "difference-many", language, n=str(len(found)), old=old, new=new
    )
    return f"{head}: {', '.join(counts)}."


def _drawn(elements: Sequence[Element]) -> set[Key]:
    """What has a mark on the picture: things that have a group of their own."""
    return {
        key
        for one in walk(tuple(elements))
        if isinstance(one, Group) and one.id
        for key in ((one.kind, one.id), (_cell(one), one.id.rpartition("-")[0]))
    } | {("touchpoint", one.id) for one in walk(tuple(elements)) if isinstance(one, Group) and one.kind == "step"}


def _cell(group: Group) -> str:
    return group.id.rpartition("-")[2] if group.kind == "cell" else ""
