"""The example maps tell what the articles tell."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from klantreis.labels import Label
from klantreis.map.check import check
from klantreis.map.checks.contract import Options
from klantreis.map.duration import expected_seconds
from klantreis.map.guide import guide
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
    nothing = Exit("niets doen", Label("niets doen", "does nothing"))
    assert any(isinstance(part, Choice) and nothing in part.options for part in real.path.parts)
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


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.reis.yaml")), ids=lambda file: file.name)
def test_an_example_leaves_nothing_to_mend(file: Path) -> None:
    assert [one.id for one in check(read_map(file), Options(today=date(2026, 11, 22)))] == []


def test_a_strong_preference_makes_the_same_journey_shorter() -> None:
    # Acceptance E13: the segment with a preference is expected to be faster; both are on one map, one curve each.
    laptop = example("voorkeur")
    anne, bas = laptop.personas
    assert (anne.brand_preference, bas.brand_preference) == ("strong", "none")
    weighing = laptop.phases[1]
    fast, slow = (expected_seconds(laptop, weighing, urgency=one.urgency) or 0 for one in (anne, bas))
    assert fast < (weighing.expected_seconds or 0) < slow
    steps = [step for phase, step in laptop.steps() if phase is weighing]
    assert all((step.feeling("anne") or 0) > (step.feeling("bas") or 0) for step in steps)
    assert {segment.id for segment in laptop.segments} == set(next(kpi.by for kpi in laptop.kpis if kpi.by))


def test_the_preference_map_is_done_on_all_nine_steps_and_has_no_remark() -> None:
    laptop = example("voorkeur")
    assert [step.key for step in guide(laptop) if not step.done] == []
    assert [one.rule for one in check(laptop, Options(today=date(2026, 11, 21)))] == []


def test_the_weighing_tables_compare_us_with_the_others() -> None:
    # Requirements A8 and E12: competitors, criteria with weights, pros and cons.
    for name in ("ikea-stoel", "voetbalschoen", "voorkeur"):
        found = example(name)
        known = {criterion.id for criterion in found.criteria}
        assert [one.us for one in found.alternatives].count(True) == 1
        assert all(score[0] in known for one in found.alternatives for score in one.scores)
        assert all(one.pros and one.cons for one in found.alternatives if not one.us)
