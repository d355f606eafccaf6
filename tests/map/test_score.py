"""One formula ranks opportunities, price bands and urgency scale durations, and cells count how sure a map is."""

from __future__ import annotations

import pytest

from klantreis.labels import Label
from klantreis.map.certainty import cells, shares
from klantreis.map.duration import expected_seconds
from klantreis.map.model import JourneyMap
from klantreis.map.read import map_of
from klantreis.map.score import ranked, score
from klantreis.map.work import Opportunity
from klantreis.spans import DAY, HOUR

HEAD = "klantreis: 1\nid: x\ntitle: X\ntemplate: nl-5\n"


def small(text: str) -> JourneyMap:
    return map_of(HEAD + text)


@pytest.mark.parametrize(
    ("numbers", "reach", "expected"),
    [((5, 2, 4), None, 10.0), ((5, 2, 4), 0.41, 4.1), ((1, 5, 1), 0, 0), ((None, 2, 4), None, None)],
)
def test_a_score_is_impact_times_confidence_over_effort_times_reach(
    numbers: tuple[int | None, int, int], reach: float | None, expected: float | None
) -> None:
    impact, effort, confidence = numbers
    idea = Opportunity("o", Label(), impact=impact, effort=effort, confidence=confidence)
    assert score(idea, reach) == (None if expected is None else pytest.approx(expected))


IDEAS = (
    "phases: {aankoop: {kassa: {barrier: {id: rij}}, weer: {influence: none, barrier: {id: regen}}}}\n"
    "opportunities:\n"
    "  blog: {solves: rij, impact: 2, effort: 1, confidence: 3}\n"
    "  pagina: {solves: rij, impact: 5, effort: 2, confidence: 4}\n"
    "  paraplu: {solves: regen, impact: 5, effort: 1, confidence: 5}\n"
    "  later: {solves: rij, impact: 5}\n"
    "  nee: {solves: rij, impact: 5, effort: 1, confidence: 5, status: rejected}\n"
)


def test_the_better_idea_ranks_first_and_the_reason_shows() -> None:
    # Requirement B11: the explanation on the page ranks above the blog; E15: what is not ours is left out but visible.
    found = ranked(small(IDEAS))
    assert [(one.id, one.value) for one in found] == [
        ("pagina", 10), ("blog", 6), ("paraplu", None), ("later", None), ("nee", None),
    ]  # fmt: skip
    assert found[0].shown.text("nl") == "5 × 4 ÷ 2 = 10,0"
    assert [one.why.en for one in found[2:]] == [
        "that is not ours to change",
        "impact, effort or confidence is missing",
        "rejected",
    ]


def test_reach_from_the_data_moves_the_ranking() -> None:
    (first, *_) = ranked(small(IDEAS), {"rij": 0.5})
    assert (first.value, first.reach, first.shown.text("en")) == (5, 0.5, "5 × 4 ÷ 2 × 50% = 5.0")


SPANS = (
    "price_bands: {duur: {from: 10000, times: 6}, goedkoop: {to: 100}}\n"
    "phases:\n"
    "  orientatie: {expected: 2 days}\n"
    "  afweging: {expected: {usual: 3 days, urgency: {hours: 2 hours}, price_band: {duur: 60 days}}}\n"
)


def test_an_expensive_thing_takes_longer_and_a_hurry_less() -> None:
    # Requirements C10 and E9.
    map_ = small(SPANS)
    first, second = map_.phases[:2]
    assert expected_seconds(map_, first) == 2 * DAY
    assert expected_seconds(map_, first, price_band="duur") == 12 * DAY
    assert expected_seconds(map_, second, price_band="duur") == 60 * DAY
    assert expected_seconds(map_, second, price_band="duur", urgency="hours") == 2 * HOUR
    assert expected_seconds(map_, second, urgency="weeks") == 3 * DAY
    assert expected_seconds(map_, map_.phases[2]) is None
    dear = small(SPANS + "context: {price_band: duur}\n")
    assert expected_seconds(dear, dear.phases[0]) == 12 * DAY


def test_cells_are_counted_by_how_sure_they_are() -> None:
    map_ = small(
        "phases:\n  aankoop:\n    provenance: confirmed\n"
        "    a: {do: A, think: T, feel: 1, provenance: {all: observed, feel: measured}}\n"
    )
    of_step = {cell.cell: cell.provenance for cell in cells(map_) if cell.at == "a"}
    assert of_step == {"do": "observed", "think": "observed", "feel": "measured"}
    assert sum(shares(map_).values()) == pytest.approx(1)
    assert {cell.at for cell in cells(map_) if cell.unconfirmed} == {"orientatie", "afweging", "gebruik", "loyaliteit"}


def test_the_feeling_of_a_persona_in_a_scenario_is_the_one_that_says_most() -> None:
    map_ = small(
        "personas: {lisa: {}, tom: {}}\n"
        "phases: {aankoop: {a: {feel: {all: {echt: -1}, lisa: 1, tom: {echt: -2}}}, b: {feel: {all: 2}}}}\n"
        "scenarios: {echt: {kind: realistic, path: [a]}}\n"
    )
    one, two = (step for _, step in map_.steps())
    assert one.feel is None
    assert [one.feeling(*who) for who in (("lisa",), ("tom", "echt"), ("tom",), (None, "echt"), ("lisa", "echt"))] == [
        1, -2, None, -1, 1,
    ]  # fmt: skip
    assert two.feeling("lisa", "echt") == two.feel == 2
