"""The journey as a walk: each step in order, in words, with its place on the curve, and no script."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from klantreis.exporters.html import html
from klantreis.labels import plain
from klantreis.map.model import Barrier, JourneyMap, Phase, Step
from klantreis.report import Report


def steps_of(page: str) -> list[str]:
    """What each step of the walk says, as plain text, in order."""
    found = re.split(r'<input type="radio"', page)[1:]
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", one.split("</fieldset>")[0])) for one in found]


@pytest.mark.parametrize("view", ["map", "report"])
def test_each_step_of_the_map_is_walked_past_in_order_without_a_script(report: Report, view: str) -> None:
    page = html(report, view=view)  # type: ignore[arg-type]
    steps = steps_of(page)
    doing = [step.label.shown("nl") for _, step in report.map.steps()]
    assert [name for told in steps for name in doing if f"{name} " in told.split("Gevoel")[0]] == doing
    assert "<script" not in page
    assert page.count('id="walk"') == 1


def test_a_step_says_its_phase_thought_feeling_with_n_and_how_many_came(report: Report) -> None:
    told = next(one for one in steps_of(html(report)) if "Ik bekijk de ring" in one)
    for part in (
        "Besluit",
        "Hoe bereken ik mijn ringmaat?",
        "−0,3",
        "n = 640",
        "gemeten",
        "+1, aanname",
        "9.120 personen",
    ):
        assert part in told


def test_measured_and_assumed_have_a_mark_of_their_own(report: Report) -> None:
    page = html(report, view="map")
    assert re.search(r'<dd class="measured"><span aria-hidden="true">▼ ', page)
    assert re.search(r'<dd class="assumed"><span aria-hidden="true">△ ', page)


def test_too_few_answers_are_no_feeling(report: Report) -> None:
    assert "te weinig antwoorden (n = 12, nodig 30)" in steps_of(html(report))[-1]


def walked(*feels: float | None) -> list[str]:
    """The steps of a map of one phase whose steps feel like this."""
    steps = tuple(Step(f"s{spot}", plain(f"Ik doe {spot}"), feel=feel) for spot, feel in enumerate(feels))
    map_ = JourneyMap("m", plain("M"), phases=(Phase("f", plain("Fase"), steps=steps),))
    return steps_of(html(Report(map_, None, (), datetime(2026, 11, 21, tzinfo=UTC)), view="map"))


def test_the_curve_says_where_it_starts_is_lowest_is_highest_and_ends() -> None:
    steps = walked(0, None, -2, 2, 1)
    places = ("begin van de curve", "laagste punt", "hoogste punt", "einde van de curve")
    assert [[place for place in places if place in one] for one in steps] == [
        [places[0]], [], [places[1]], [places[2]], [places[3]],
    ]  # fmt: skip
    assert "nog niet bekend" in steps[1]
    assert [("Stap 3 van 5" in one) for one in steps] == [False, False, True, False, False]
    assert "Begint 0 · laagste −2 bij ‘Ik doe 2’" in steps[-1]


def test_a_level_curve_has_no_lowest_or_highest_point() -> None:
    assert not any("laagste punt" in one or "hoogste punt" in one for one in walked(1, 1, 1))


@pytest.mark.parametrize("feels", [(), (1,)])
def test_one_step_or_none_is_no_walk(feels: tuple[float, ...]) -> None:
    assert walked(*feels) == []


def test_what_stands_in_the_way_is_told_where_it_stands(report: Report) -> None:
    barrier = Barrier("duur", plain("De verzending is duur"), "mandje")
    steps = steps_of(html(replace(report, map=replace(report.map, barriers=(barrier,)))))
    assert ["De verzending is duur" in one for one in steps] == ["Toch maar proberen" in one for one in steps]


def test_a_touchpoint_of_its_own_is_walked_past_unless_it_is_only_planned(report: Report) -> None:
    planned = replace(report.map, touchpoints=tuple(
        replace(one, planned=one.id in {"chat", "folder"}) for one in report.map.touchpoints
    ))  # fmt: skip
    assert any("Chat" in one for one in steps_of(html(report, view="map")))
    steps = steps_of(html(replace(report, map=planned), view="map"))
    assert not any("Chat" in one for one in steps)


def test_other_views_have_no_walk(report: Report) -> None:
    assert 'id="walk"' not in html(report, view="matrix")
    assert "Walk the journey" in html(report, language="en", view="map")
