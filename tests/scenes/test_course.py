"""Lanes of what is meant for each phase: approach, per persona, offers, influence, maps that go on, how often."""

from __future__ import annotations

from dataclasses import replace

import pytest

from klantreis.labels import plain
from klantreis.map.contact import Cap, Touchpoint
from klantreis.map.people import Persona, PhaseNeed
from klantreis.map.work import Offer
from klantreis.scenes.journey import journey_scene
from klantreis.scenes.model import Group, walk

LONG = "Klantvriendelijkheidsverwachtingen in de bewustwordingsfase van tweedehandsvoetbalschoenenkopers"


def meant(map_, text="kort"):
    """The ring map with an approach in every phase, a persona who has one need, an offer and a limit on one mail."""
    first = map_.phases[0]
    phases = tuple(
        replace(
            phase, strategy=plain(text), problem=plain(text), means=(plain(text), plain(text)),
            levers=("depth", "fit"),
            steps=tuple(replace(step, influence="none", opens="klacht") for step in phase.steps),
        )
        for phase in map_.phases
    )  # fmt: skip
    touches = tuple(replace(t, cap=Cap(1, 2_592_000.0, "1 per month"), consent=True) for t in map_.touchpoints)
    persona = Persona("eva", plain("Eva"), per_phase=(PhaseNeed(first.id, plain(text), plain(text)),))
    offer = Offer("actie", plain(text), first.steps[0].id, plain(text), "tijd", "2026-05-01", "2026-06-01")
    return replace(map_, phases=phases, touchpoints=touches, personas=(persona,), offers=(offer,))


@pytest.mark.parametrize("density", ["comfortable", "compact", "print"])
@pytest.mark.parametrize("text", [LONG, "kort", "מסע לקוח"])
def test_what_is_meant_overlaps_nothing(ring, text, density, sound):
    map_, results, findings = ring
    sound(journey_scene(meant(map_, text), results, findings, language="nl", density=density))


def test_each_lane_is_drawn_and_told_in_the_table(ring, said):
    map_, results, findings = ring
    scene = journey_scene(meant(map_), results, findings, language="nl")
    told = " ".join(" ".join(row) for row in scene.table.rows)
    for words in (
        "Probleem: kort",
        "diepte van het assortiment",
        "toon: kort",
        "vanaf 1 mei 2026",
        "niet van ons",
        "→ verder op kaart klacht",
    ):
        assert words in said(scene), words
    assert "max. 1 per maand · opt-in" in " ".join(said(scene).split())
    for words in ("Probleem: kort", "Eva: kort (toon: kort)", "vanaf 1 mei 2026", "niet van ons", "max. 1 per maand"):
        assert words in told, words


def test_a_cell_that_nobody_filled_says_so(ring, said):
    map_, results, findings = ring
    scene = journey_scene(meant(map_), results, findings, language="nl")
    assert said(scene).count("nog leeg") == len(map_.phases) - 1


def test_an_ideal_customer_of_whom_nothing_is_written_has_empty_cells_where_there_is_room(ring, said):
    # Requirement E5: empty cells of persona by phase are highlighted; who is not the ideal customer is left alone.
    map_, results, findings = ring

    def empty(kind, density="comfortable"):
        own = replace(map_, personas=(Persona("eva", plain("Eva"), kind=kind),))
        return said(journey_scene(own, results, findings, language="nl", density=density)).count("Eva: nog leeg")

    assert empty("ideal") == sum(bool(phase.steps) for phase in map_.phases) > 1
    assert empty("typical") == empty("ideal", "compact") == empty("ideal", "print") == 0


def test_a_map_that_says_none_of_it_has_none_of_these_lanes(ring):
    map_, results, findings = ring
    scene = journey_scene(map_, results, findings, language="nl")
    kinds = {one.kind for one in walk(scene.elements) if isinstance(one, Group)}
    ids = {getattr(one, "id", "") for one in scene.elements}
    assert not (kinds | ids) & {"approach", "wish", "offer"}


def test_every_way_to_make_contact_is_named_and_very_many_are_counted(ring, said, sound):
    # Requirement E21: the options for contact stand under the step of the complaint.
    map_, results, findings = ring
    first, *rest = map_.phases
    ways = tuple(Touchpoint(f"weg{n}", plain(f"Weg {n}"), first.id) for n in range(20))

    def scene(count):
        own = replace(first.steps[0], touchpoints=tuple(one.id for one in ways[:count]))
        phases = (replace(first, steps=(own, *first.steps[1:])), *rest)
        shown = journey_scene(
            replace(map_, phases=phases, touchpoints=map_.touchpoints + ways), results, findings, language="nl"
        )
        sound(shown)
        return " ".join(said(shown).split())

    assert "+ Weg 3, Weg 4" in scene(5)
    assert "+ 17 meer" in scene(20)


def test_a_cell_that_is_half_filled_says_which_half_is_empty(ring):
    map_, results, findings = ring
    first, second, third = (phase.id for phase in map_.phases[:3])
    cells = (PhaseNeed(first, need=plain("rust")), PhaseNeed(second, tone=plain("kort")))
    eva = Persona("eva", plain("Eva"), kind="ideal", per_phase=cells)
    scene = journey_scene(replace(map_, personas=(eva,)), results, findings, language="en")
    wishes = {one.id: one.label for one in walk(scene.elements) if isinstance(one, Group) and one.kind == "wish"}
    assert wishes[f"eva-{first}"].endswith("Eva. rust. tone: still empty")
    assert wishes[f"eva-{second}"].endswith("Eva. still empty. tone: kort")
    assert wishes[f"eva-{third}"].endswith("Eva. still empty")
