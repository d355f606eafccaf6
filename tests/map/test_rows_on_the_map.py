"""Rows of the requirements that a reader sees on a drawn map: each on one of the examples, in Dutch."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from klantreis.map.crosswalk import shown_as
from klantreis.map.focus import Focus, owner_called
from klantreis.map.model import JourneyMap
from klantreis.map.read import read_map
from klantreis.scenes.compare import compare_scene
from klantreis.scenes.journey import journey_scene
from klantreis.scenes.matrix import matrix_scene
from klantreis.scenes.means import means_scene
from klantreis.scenes.model import Group, Scene, Words, walk
from klantreis.scenes.strengths import strengths_scene

MAPS = Path(__file__).resolve().parents[2] / "examples" / "maps"


def example(name: str) -> JourneyMap:
    return read_map(MAPS / f"{name}.reis.yaml")


@cache
def told(name: str) -> str:
    return words(journey_scene(example(name), None, (), language="nl", width=2400))


def words(scene: Scene) -> str:
    return " ".join(" ".join(one.lines) for one in walk(scene.elements) if isinstance(one, Words)).replace(
        "\u00a0", " "
    )


@pytest.mark.parametrize(
    ("row", "name", "text"),
    [
        ("A4", "ikea-stoel", "niet gemeten"),
        ("A5", "ikea-stoel", "Enthousiast"),
        ("A5", "ikea-stoel", "Teleurgesteld"),
        ("A8", "ikea-stoel", "De woonwinkel in de stad"),
        ("A9", "ikea-stoel", "doel ≤ 5 min"),
        ("A10", "voetbalschoen", "verrassing"),
        ("A12", "ikea-stoel", "Ik ben de kar vergeten"),
        ("A13", "ikea-stoel", "Begint +1 · laagste −2 bij ‘Ik ben de kar vergeten’"),
        ("B2", "klacht", "Draaiboek"),
        ("B4", "klacht", "doel ≥ 80%"),
        ("B9", "sieraden-ring", "Hoe bereken ik mijn ringmaat?"),
        ("B10", "sieraden-ring", "Blog over ringmaten"),
        ("B12", "sieraden-ring", "paskamer"),
        ("B13", "voetbalschoen", "loopt"),
        ("C1", "ikea-stoel", "Vraag"),
        ("D13", "ikea-stoel", "9% waargenomen"),
        ("D14", "klacht", "Barrière"),
        ("D15", "ikea-stoel", "Verwacht"),
        ("D17", "ikea-stoel", "score 20,0"),
        ("D18", "ikea-stoel", "Verandering"),
        ("E4", "voetbalschoen", "niet van ons"),
        ("E5", "voorkeur", "toon: zakelijk"),
        ("E8", "voetbalschoen", "→ niets doen"),
        ("E14", "voetbalschoen", "→ naar een winkel in de stad"),
        ("E16", "voorkeur", "diepte van het assortiment"),
        ("E16", "voorkeur", "breedte van het assortiment"),
        ("E24", "voorkeur", "max. 1 per maand · opt-in"),
        ("E11", "urgentie-tractor", "Wat wij zeggen bij haast"),
        ("E12", "voetbalschoen", "+ Meteen passen"),
        ("E19", "voetbalschoen", "moment van de waarheid"),
        ("E23", "klacht", "€ 900"),
    ],
)
def test_a_row_is_seen_on_its_map(row: str, name: str, text: str) -> None:
    assert text.casefold() in told(name).casefold(), row


def test_b5_ideal_and_real_stand_beside_each_other_with_what_is_skipped_and_extra() -> None:
    said = words(compare_scene(example("ikea-stoel"), None, language="nl"))
    assert "In één keer goed" in said
    assert "Terug voor de kar" in said


def test_b11_the_explanation_on_the_product_page_ranks_above_the_blog() -> None:
    scene = matrix_scene(example("sieraden-ring"), None, language="nl")
    order = [" ".join(row).casefold() for row in scene.table.rows]
    page, blog = (next(spot for spot, row in enumerate(order) if word in row) for word in ("pagina", "blog"))
    assert page < blog


def test_c5_sales_sees_its_work_per_phase() -> None:
    map_ = example("urgentie-tractor")
    said = words(journey_scene(map_, None, (), language="nl", focus=Focus(owner_called(map_, "verkoop"))))
    assert "Winterbeurt aanbieden" in said
    assert "alleen het werk van verkoop" in said
    assert "Leentractor" not in said
    assert all(phase.label.text("nl") in said for phase in map_.phases)


def test_d22_the_strong_and_the_weak_stand_on_one_sheet() -> None:
    said = words(strengths_scene(example("ikea-stoel"), None, language="nl"))
    assert "Ik neem een ijsje" in said
    assert "Ik ben de kar vergeten" in said


def test_e3_the_means_of_one_phase() -> None:
    said = words(means_scene(example("voorkeur"), language="nl", only="overweging"))
    assert "Keuzehulp in vijf vragen" in said
    assert "Inruilwaarde" not in said


def test_e4_only_where_we_have_influence() -> None:
    said = words(journey_scene(example("voetbalschoen"), None, (), language="nl", focus=Focus(ours=True)))
    assert "alleen waar wij invloed hebben" in said
    assert "Scant het bord" in said


@pytest.mark.parametrize("model", ["stdc", "funnel-3", "nl-5", "race", "journey-7"])
def test_b15_every_step_keeps_a_place_in_another_phase_model(model: str) -> None:
    map_ = example("ikea-stoel")
    shown = shown_as(map_, model)
    assert {step.id for _, step in shown.steps()} == {step.id for _, step in map_.steps()}


@pytest.mark.parametrize("key", [f.name.removesuffix(".reis.yaml") for f in sorted(MAPS.glob("*.reis.yaml"))])
def test_d16_picture_and_table_have_the_same_steps(key: str) -> None:
    scene = journey_scene(example(key), None, (), language="nl")
    steps = [one for one in walk(scene.elements) if isinstance(one, Group) and one.kind == "step"]
    assert len(steps) == sum(row[1] != "Nog geen stappen" for row in scene.table.rows)


def test_a8_e12_criteria_with_their_weight_and_scores_stand_beside_the_alternatives() -> None:
    said = told("voetbalschoen")
    assert "Waarop wordt gekozen" in said
    assert "Voor zaterdag in huis: belang 5" in said
    assert "Liever naar een winkel: belang 2 · niet van ons" in said
    assert "Of hij past 5" in said.replace("\u00a0", " ")
    assert "gewogen 5,0 van 5 · op 2 van 3 punten" in said
    rows = " ".join(
        " ".join(row) for row in journey_scene(example("voetbalschoen"), None, (), language="nl").table.rows
    )
    assert "Lijmen en doorspelen. gewogen 5,0 van 5 · op 2 van 3 punten" in rows
