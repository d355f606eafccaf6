"""What an assistant asks without any map: how many people a test needs, and credit for paths that it has itself."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from klantreis.cli.assistant.answers import ROWS, shortened
from klantreis.cli.assistant.questions import answered
from klantreis.errors import OptionError
from klantreis.labels import Label
from klantreis.verbs.attribution import path_attribution

POWER: Mapping[str, Mapping[str, Any]] = {
    "base": {"type": "number", "description": "What it is now: a share (0.05), or a mean, with deviation."},
    "lift": {"type": "number", "default": 0.1, "description": "The relative lift to find: 0.1 is 10% of the base."},
    "deviation": {"type": "number", "description": "The standard deviation, when the base is a mean."},
    "split": {"type": "number", "default": 0.5, "description": "The share that gets the change."},
    "power": {"type": "number", "default": 0.8, "description": "How sure to find the lift when it is there."},
    "alpha": {"type": "number", "default": 0.05, "description": "How often to find one that is not there."},
    "per_day": {"type": "number", "description": "How many people come in on a day: gives how long it takes."},
    "days": {
        "type": "integer", "minimum": 1, "maximum": 36_500, "description": "Also tell what so many days can show.",
    },
}  # fmt: skip
PATHS: Mapping[str, Mapping[str, Any]] = {
    "paths": {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                "path": {"type": "string", "description": "The channels in order: 'mail > web > shop'."},
                "conversions": {"type": "number", "description": "How often the path converted."},
                "value": {"type": "number", "description": "What those conversions were worth."},
                "nulls": {"type": "number", "description": "How often the path led to none."},
            },
            "required": ["path", "conversions"],
        },
        "description": "One object for each path, as counted elsewhere.",
    },
}
COLUMNS = ("path", "conversions", "value", "nulls")


@dataclass(frozen=True, slots=True)
class Table:
    """Objects as columns: what a data frame is to who reads paths."""

    rows: Sequence[Mapping[str, Any]]

    columns = COLUMNS

    def __getitem__(self, name: str) -> list[Any]:
        """The values of a column; None where a row has none."""
        return [row.get(name) for row in self.rows]


def power(**given: float) -> dict[str, Any]:
    """Returns how many people a test needs, and what to type to have it again."""
    words = ["power", *(f"--{name.replace('_', '-')}={_plain(value)}" for name, value in given.items()), "--json"]
    answer, warned = answered(words)
    return {"answer": answer, "warnings": warned, "cite": {"command": shlex.join(["klantreis", *words])}}


def credit(*, paths: Sequence[Any], rows: int = ROWS) -> dict[str, Any]:
    """Returns the conversions of paths, divided over their channels."""
    for place, row in enumerate(paths):
        if not isinstance(row, Mapping) or not {"path", "conversions"} <= set(row) <= set(COLUMNS):
            raise OptionError(
                Label(f"Rij {place + 1} is geen pad.", f"Row {place + 1} is no path."),
                where=f"paths[{place}]",
                mend=Label(
                    "Geef path en conversions, en als je ze hebt value en nulls.",
                    "Give path and conversions, and value and nulls when you have them.",
                ),
            )
    found = path_attribution(Table(paths), conversions="conversions", value="value", nulls="nulls")
    short, cut = shortened(found.to_dict(), rows)
    return {"answer": short, "cut": cut, "cite": {"paths": len(paths)}}


def _plain(value: float) -> str:
    """Returns a number without an exponent: 0.00001, not 1e-05."""
    return f"{Decimal(str(value)):f}"
