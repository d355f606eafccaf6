"""Row D22: the strong and the weak steps on one sheet of A4, measured and assumed apart."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from klantreis.analyses.results import Results
from klantreis.exporters.svg import svg
from klantreis.findings import Finding
from klantreis.map.model import JourneyMap
from klantreis.map.read import map_of, read_map
from klantreis.scenes.model import Group, Mark, Scene, Words, walk
from klantreis.scenes.pen import bounds
from klantreis.scenes.strengths import HIGH, WIDE, strengths_scene

MAPS = sorted((Path(__file__).resolve().parents[2] / "examples" / "maps").glob("*.reis.yaml"))
LONG = "Bewustwordingsfaseklantreisverantwoordelijkheidsonderzoek " * 9


def told(scene: Scene) -> str:
    return " ".join(" ".join(one.lines) for one in walk(scene.elements) if isinstance(one, Words))


def cards(scene: Scene) -> list[Group]:
    return [one for one in walk(scene.elements) if isinstance(one, Group) and one.kind == "strength"]


def crowded() -> JourneyMap:
    text = ["klantreis: 1", "id: vol", f'title: "{LONG}"', "phases:"]
    for phase in range(6):
        text.append(f"  f{phase}:\n    label: '{LONG}'")
        for step in range(4):
            feel = (phase + step) % 5 - 2
            grave = "workaround" if feel > 0 else "abandon"
            text.append(
                f"    s{phase}_{step}: {{do: '{LONG}', feel: {feel}, word: '{LONG}', think: '{LONG}', "
                f"barrier: {{id: b{phase}{step}, severity: {grave}, text: '{LONG}', quote: '{LONG}'}}}}"
            )
    return map_of("\n".join(text) + "\n")


def test_a_step_that_makes_customers_leave_is_weak_only() -> None:
    text = "klantreis: 1\nid: x\ntitle: X\nphases: {p: {s: {do: Ik koop, feel: 1, barrier: {severity: abandon}}}}\n"
    (card,) = cards(strengths_scene(map_of(text), None, language="nl"))
    assert card.label.startswith("Zwak")


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("file", MAPS, ids=lambda file: file.name)
def test_every_example_fits_on_one_sheet_of_a4(file: Path, language: str) -> None:
    scene = strengths_scene(read_map(file), None, language=language)  # type: ignore[arg-type]
    assert (scene.width, scene.height) == (WIDE, HIGH)
    for one in walk(scene.elements):
        room = bounds(one)
        assert room.x >= 0
        assert room.right <= WIDE + 0.5
        assert room.bottom <= HIGH


def test_the_longest_words_still_fit_and_nothing_overlaps_the_foot() -> None:
    scene = strengths_scene(crowded(), None, language="nl")
    foot = scene.elements[-1]
    rooms = [bounds(one) for one in cards(scene)]
    assert len(rooms) >= 6
    assert max(room.bottom for room in rooms) < bounds(foot).y
    for one, other in pairwise(rooms):
        assert not one.meets(other)


def test_strong_is_over_neutral_and_weak_is_under_it() -> None:
    scene = strengths_scene(read_map(next(file for file in MAPS if "ikea" in file.name)), None, language="nl")
    rows = [(row[0], row[1]) for row in scene.table.rows]
    assert rows[0] == ("Sterk", "Ik probeer de stoel rustig uit")
    assert next(row for row in rows if row[0] == "Zwak") == ("Zwak", "Ik ben de kar vergeten")


def test_a_step_where_customers_drop_out_is_weak_whatever_it_feels_like() -> None:
    text = (
        "klantreis: 1\nid: x\ntitle: X\nphases:\n  a:\n    goed: {do: Prima, feel: 1}\n"
        "    weg: {do: Weg, feel: 0, barrier: {id: b, severity: abandon}}\n"
        "    omweg: {do: Omweg, feel: 0, barrier: {id: c, severity: workaround}}\n"
    )
    scene = strengths_scene(map_of(text), None, language="nl")
    assert [(row[0], row[1]) for row in scene.table.rows] == [("Sterk", "Prima"), ("Zwak", "Weg")]


def test_measured_comes_first_is_filled_and_has_its_n_and_interval(
    ring: tuple[JourneyMap, Results, tuple[Finding, ...]],
) -> None:
    map_, results, findings = ring
    scene = strengths_scene(map_, results, findings, language="nl")
    found = cards(scene)
    words = told(scene)
    assert "gemeten" in words
    assert "aanname was" in words
    marks = [next(one for one in walk(card.children) if isinstance(one, Mark)) for card in found]
    measured = ["gemeten" in card.label for card in found]
    assert [mark.fill is not None for mark in marks] == measured
    strong = [one for one, card in zip(measured, found, strict=True) if card.label.startswith("Sterk")]
    assert strong == sorted(strong, reverse=True)
    assert all("n\u00a0=" in card.label for card, sure in zip(found, measured, strict=True) if sure)


def test_a_map_without_feelings_says_what_to_do() -> None:
    bare = map_of("klantreis: 1\nid: x\ntitle: X\nphases: {a: {kassa: {do: Ik betaal}}}\n")
    scene = strengths_scene(bare, None, language="nl")
    assert "koppel een meetvraag" in told(scene)
    assert scene.table.rows == ()


def test_a_persona_has_a_sheet_of_their_own() -> None:
    laptop = read_map(next(file for file in MAPS if "voorkeur" in file.name))
    anne, bas = (strengths_scene(laptop, None, language="nl", persona=one) for one in ("anne", "bas"))
    assert anne.table.rows != bas.table.rows


def test_the_sheet_is_greyscale_in_the_theme_for_print() -> None:
    text = svg(strengths_scene(read_map(MAPS[0]), None, language="nl"), theme="print", embed_font=False)
    colours = {text[spot + 1 : spot + 7] for spot in range(len(text)) if text[spot] == "#"}
    assert all(one[:2] == one[2:4] == one[4:6] for one in colours if all(sign in "0123456789abcdef" for sign in one))


def test_a_weak_step_names_the_opportunity_with_the_best_score() -> None:
    scene = strengths_scene(read_map(next(file for file in MAPS if "ring" in file.name)), None, language="nl")
    assert "Kans: Beoordelingen" in told(scene)
