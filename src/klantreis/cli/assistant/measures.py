"""The measures, as an assistant asks them: which there are, one of them, and one again from its recipe."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from klantreis.cli.assistant import questions
from klantreis.cli.assistant.answers import ROWS, command, shortened, source
from klantreis.cli.assistant.small import without_few
from klantreis.verbs.again import again
from klantreis.workspace import open_workspace


def known(*, question: str | None = None) -> dict[str, Any]:
    """Returns every question with the names of its options, or one with their schemas."""
    if question is not None:
        return questions.question(question).to_dict()
    asked = [questions.question(name) for name in questions.names()]
    return {"questions": [{"question": one.name, "tells": one.tells, "options": list(one.options)} for one in asked]}


def measure(
    folder: Path,
    *,
    question: str,
    map: str | None = None,  # noqa: A002 - the tool's word
    options: Mapping[str, Any] | None = None,
    segment: str | None = None,
    since: str | None = None,
    until: str | None = None,
    rows: int = ROWS,
) -> dict[str, Any]:
    """Returns the answer to one question about a map, and what to cite with it."""
    asked, shop = questions.question(question), open_workspace(folder)
    map_ = shop.map(map)
    part = {"segment": segment, "since": since, "until": until}
    given = [f"--{word}={value}" for word, value in part.items() if value is not None]
    words = [
        asked.name,
        f"--workspace={folder}",
        f"--map={map_.id}",
        *given,
        *questions.words_of(asked, options or {}),
        "--json",
    ]
    answer, warned = questions.answered(words)
    about = answer.get("about") or {}
    recipe = about.pop("recipe", None)
    if recipe is not None:
        recipe |= {"data": {word: about[word] for word in ("version", "map", "grain", "segment", "since", "until")}}
    cite = source(
        shop.slice(map_, segment=segment, since=since, until=until), command(folder, words[0], *words[2:]), recipe
    )
    told = {"question": asked.name, "answer": answer, "warnings": warned, "cite": cite}
    return _whole(told, rows, shop.settings.least)


def measured_again(folder: Path, *, recipe: Mapping[str, Any], rows: int = ROWS) -> dict[str, Any]:
    """Returns the answer that a recipe tells of, and what there is to say when the data is not what it was."""
    shop, data = open_workspace(folder), recipe.get("data")
    journeys = shop.journeys(shop.map(data.get("map") if isinstance(data, Mapping) else None))
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always", UserWarning)
        result = again(recipe, journeys)
    answer = result.to_dict()
    answer["about"].pop("recipe", None)
    version = journeys.about.version
    same = isinstance(data, Mapping) and data.get("version") == version
    cite = {"version": version, "map": journeys.about.map, "recipe": result.recipe}
    words = [str(one.message) for one in warned]
    told = {"same_data": same, "answer": answer, "warnings": words, "cite": cite}
    return _whole(told, rows, shop.settings.least)


def _whole(answer: dict[str, Any], rows: int, least: int) -> dict[str, Any]:
    """Returns an answer with its long lists cut, and what was cut; what is cited stays whole.

    Numbers about fewer than `least` people are None, and `not_shared` says how many those are.
    """
    told, out = without_few(answer["answer"], least)
    short, cut = shortened(told, rows)
    return {**answer, "answer": short, "cut": cut, "not_shared": {"fewer_than": least, "numbers": out}}
