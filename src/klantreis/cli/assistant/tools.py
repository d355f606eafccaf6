"""A tool of an assistant: its name, what it takes, and what it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from klantreis.cli.assistant.answers import MOST_ROWS, ROWS
from klantreis.errors import OptionError, did_you_mean
from klantreis.labels import Label, plain

Schema = Mapping[str, Any]
KINDS: Mapping[str, type | tuple[type, ...]] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "object": dict,
    "array": list,
}

MAP: Schema = {"type": "string", "description": "The id of a map, from list_maps. Default: the one that knows most."}
PARTS: Mapping[str, Schema] = {
    "segment": {"type": "string", "description": "One segment of the map, by its id. Default: everybody."},
    "since": {"type": "string", "description": "Journeys that began on or after this date (2026-06-01)."},
    "until": {"type": "string", "description": "Journeys that began before this date."},
}
SHOWN: Schema = {
    "type": "integer",
    "minimum": 1,
    "maximum": MOST_ROWS,
    "default": ROWS,
    "description": "How many items a list shows.",
}


@dataclass(frozen=True, slots=True)
class Tool:
    """One thing an assistant can do. `takes`: the JSON Schema of each argument; `needs`: those that must be given.

    `does` is called with the arguments by name; `writes`: it changes files.
    """

    name: str
    title: str
    means: str
    does: Callable[..., dict[str, Any]]
    takes: Mapping[str, Schema] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    writes: bool = False

    def schema(self) -> dict[str, Any]:
        """Returns what the tool takes as a JSON Schema."""
        properties = {name: dict(schema) for name, schema in self.takes.items()}
        return {"type": "object", "properties": properties, "required": list(self.needs), "additionalProperties": False}


def fitting(tool: Tool, given: Any) -> dict[str, Any]:
    """Returns the arguments of a tool; null counts as not given.

    Raises OptionError for one that it does not take, that is missing, or that has another kind or value than told.
    """
    if not isinstance(given, Mapping):
        raise OptionError(
            Label("De argumenten zijn één object.", "The arguments are one object."),
            where=tool.name,
            mend=Label("Geef namen en waarden.", "Give names and values."),
        )
    told = {name: value for name, value in given.items() if value is not None}
    for name, value in told.items():
        if name not in tool.takes:
            mend = did_you_mean(name, tool.takes) or Label(
                "Hij heeft er geen: laat het weg.", "It takes none: leave it out."
            )
            raise OptionError(
                Label(f"De tool {tool.name!r} heeft geen {name!r}.", f"The tool {tool.name!r} takes no {name!r}."),
                where=name,
                mend=mend,
            )
        _check(name, value, tool.takes[name])
    for name in tool.needs:
        if name not in told:
            raise OptionError(
                Label(f"Welke {name}?", f"Which {name}?"),
                where=tool.name,
                mend=plain(str(tool.takes[name].get("description", ""))),
            )
    return told


def _check(name: str, value: Any, schema: Schema) -> None:
    kind = schema["type"]
    if not isinstance(value, KINDS[kind]) or isinstance(value, bool):
        raise OptionError(
            Label(f"{value!r} kan niet bij {name}.", f"{value!r} cannot be the {name}."),
            where=name,
            mend=Label(f"Geef er een van de soort {kind}.", f"Give one of type {kind}."),
        )
    if "enum" in schema and value not in schema["enum"]:
        raise OptionError(
            Label(f"{name} {value!r} is er niet.", f"There is no {name} {value!r}."),
            where=name,
            mend=did_you_mean(str(value), schema["enum"]),
        )
    if kind == "integer" and not schema["minimum"] <= value <= schema["maximum"]:
        mend = Label(
            f"Van {schema['minimum']} tot {schema['maximum']}.", f"From {schema['minimum']} to {schema['maximum']}."
        )
        raise OptionError(
            Label(f"{value} kan niet bij {name}.", f"{value} cannot be the {name}."), where=name, mend=mend
        )
