"""The lane of votes: how many viewers recognise a step, apart from what customers did."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from klantreis.map.read import read_map
from klantreis.map.votes import Recognised, walked
from klantreis.scenes.model import Group, Words, walk
from klantreis.scenes.views import view_scene
from klantreis.stats.untold import Untold

MAP = read_map(Path(__file__).resolve().parents[2] / "examples" / "maps" / "sieraden-ring.reis.yaml")
FIRST, SECOND, THIRD, *_ = walked(MAP)
VOTES = {FIRST: Recognised(7, 9), SECOND: Recognised(2, 3), THIRD: Recognised(Untold(10), 40), "weg": Recognised(9, 9)}


def drawn(votes: Any = VOTES, language: Any = "nl", view: Any = "map") -> Any:
    return view_scene(view, MAP, None, (), language=language, made=datetime(2026, 11, 22, tzinfo=UTC), votes=votes)


def told(scene: Any) -> list[str]:
    groups = [one for one in walk(scene.elements) if isinstance(one, Group) and one.kind == "vote"]
    return [" ".join(line for word in walk(one.children) if isinstance(word, Words) for line in word.lines).replace(
        "\u00a0", " ") for one in groups]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", ["herkenbaar 7 van 9 45–94%", "te weinig stemmen (n = 3, nodig 5)", "herkenbaar < 10 van 40"]),
        ("en", ["recognisable 7 of 9 45–94%", "too few votes (n = 3, need 5)", "recognisable < 10 of 40"]),
    ],
)
def test_each_step_with_votes_says_how_many_of_how_many_with_the_interval(language: str, said: list[str]) -> None:
    assert [" ".join(one.split()) for one in told(drawn(language=language))] == said


def test_the_table_beside_the_picture_says_the_same() -> None:
    scene = drawn()
    spot = scene.table.header.index("Herkenbaar?")
    assert [row[spot].replace("\u00a0", " ") for row in scene.table.rows if row[spot]] == [
        "herkenbaar 7 van 9 · 45–94%", "te weinig stemmen (n = 3, nodig 5)", "herkenbaar < 10 van 40",
    ]  # fmt: skip


def test_a_map_that_nobody_voted_on_has_no_lane() -> None:
    assert told(drawn({})) == []
    assert "Herkenbaar?" not in drawn({}).table.header


@pytest.mark.parametrize("view", ["map", "time"])
def test_the_map_and_the_map_by_time_have_it(view: str) -> None:
    assert len(told(drawn(view=view))) == 3
