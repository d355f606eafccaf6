"""The example maps tell what the articles tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from klantreis.map.model import JourneyMap
from klantreis.map.path import Choice, Exit, Repeat
from klantreis.map.read import read_map

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "maps"


def example(name: str) -> JourneyMap:
    return read_map(FOLDER / f"{name}.reis.yaml")


def test_the_football_boot_breaks_and_doing_nothing_is_a_way_out() -> None:
    # Acceptance E8: a trigger event, and an exit that is counted, not shown as failure.
    real = next(one for one in example("voetbalschoen").scenarios if one.kind == "realistic")
    assert "zool" in real.trigger.text("nl")
    assert any(isinstance(part, Choice) and Exit("niets doen") in part.options for part in real.path.parts)
    assert any(isinstance(part, Repeat) for part in real.path.parts)


def test_the_farmer_and_the_stylist_share_a_template_but_not_a_clock() -> None:
    # Acceptance E10: two personas, two urgencies, the same template.
    tractor, lamp = example("urgentie-tractor"), example("urgentie-nagellamp")
    assert tractor.template == lamp.template
    assert (tractor.personas[0].urgency, lamp.personas[0].urgency) == ("hours", "weeks")
    for hasty, calm in zip(tractor.phases[:3], lamp.phases[:3], strict=True):
        assert (hasty.expected_seconds or 0) < (calm.expected_seconds or 0)


@pytest.mark.parametrize(("name", "type_"), [("klacht", "complaint"), ("retour", "return"), ("reparatie", "repair")])
def test_the_other_journeys_have_their_type_and_fill_every_phase(name: str, type_: str) -> None:
    found = example(name)
    assert found.type == type_
    assert all(phase.steps for phase in found.phases)
    assert found.journey.timeout_seconds


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.reis.yaml")), ids=lambda file: file.name)
def test_an_example_is_named_after_its_file_and_speaks_both_languages(file: Path) -> None:
    found = read_map(file)
    assert file.name == f"{found.id}.reis.yaml"
    assert found.title.nl
    assert found.title.en
    labels = [step.label for _, step in found.steps()]
    assert all(label.nl and label.en for label in labels)
