"""How an answer is given: with where it comes from, and long lists cut short with their counts."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from klantreis.analyses.result import about_dict
from klantreis.journeys.model import Journeys

ROWS, MOST_ROWS, FEWEST = 40, 500, 5
MOST_SIGNS = 60_000
"""An answer that is longer is cut further: an assistant pays for every sign and loses its way in long ones."""


def command(folder: Path, *words: str) -> str:
    """Returns what to type, from any folder, to have an answer again: a verb and its words."""
    return shlex.join(["klantreis", words[0], f"--workspace={folder}", *words[1:]])


def source(journeys: Journeys, typed: str, recipe: object = None) -> dict[str, Any]:
    """Returns what an assistant cites: the command that gives it again, the data, its period, how many."""
    told = about_dict(journeys.about)
    return {
        "command": typed,
        "map": told["map"],
        "segment": told["segment"],
        "version": told["version"],
        "period": {word: told[word] for word in ("first_event", "last_event", "since", "until")},
        "n": {"people": journeys.people, "journeys": journeys.journeys, "events": journeys.touches},
        "recipe": recipe,
    }


def shortened(answer: Any, rows: int) -> tuple[Any, list[dict[str, Any]]]:
    """Returns an answer whose lists have at most `rows` items, and what was cut: where, how many are shown of all.

    When it is still too long, lists are cut further, to no fewer than five items.
    """
    while True:
        cut: list[dict[str, Any]] = []
        short = _cut(answer, rows, "", cut)
        if rows <= FEWEST or len(json.dumps(short, default=str)) <= MOST_SIGNS:
            return short, cut
        rows = max(rows // 2, FEWEST)


def as_text(answer: Any) -> str:
    """Returns an answer as one JSON document: whatever somebody wrote in a map stays a value in it."""
    return json.dumps(answer, ensure_ascii=False, allow_nan=False, default=str)


def _cut(value: Any, rows: int, at: str, cut: list[dict[str, Any]]) -> Any:
    if isinstance(value, Mapping):
        return {key: _cut(one, rows, f"{at}.{key}" if at else str(key), cut) for key, one in value.items()}
    if isinstance(value, list | tuple):
        if len(value) > rows:
            cut.append({"at": at, "shown": rows, "of": len(value)})
        return [_cut(one, rows, f"{at}[{place}]", cut) for place, one in enumerate(value[:rows])]
    return value
