"""Which questions can be asked of a map, with which options: read off the verbs of the command line."""

from __future__ import annotations

import contextlib
import importlib
import inspect
import io
import json
import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import typer

from klantreis import cli
from klantreis.cli.verbs import VERBS
from klantreis.errors import OptionError, did_you_mean
from klantreis.labels import Label

PERSONS = {"per_customer", "per_journey"}
"""Options that list people or journeys one by one: those stay on the machine."""
KINDS: Mapping[Any, str] = {bool: "boolean", int: "integer", float: "number", str: "string"}
KIND_WORDS = {
    "boolean": Label("true of false", "true or false"),
    "array": Label("een lijst teksten", "a list of texts"),
    "integer": Label("een geheel getal", "an integer"),
    "number": Label("een getal", "a number"),
    "string": Label("een tekst", "a string"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """One question that a map can be asked: its name, what it tells, and the schema of each option."""

    name: str
    tells: str
    options: Mapping[str, dict[str, Any]]
    words: Mapping[str, str]
    """Option -> the word of the command line: 'step_within' -> '--step-within'."""
    required: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Returns the question, and its options as a JSON Schema."""
        schema = {"type": "object", "properties": dict(self.options), "additionalProperties": False}
        return {"question": self.name, "tells": self.tells, "options": schema | {"required": list(self.required)}}


def names() -> tuple[str, ...]:
    """Returns the names of all questions, in the order of the command line."""
    return tuple(name for name in VERBS if hasattr(_run(name), "question"))


def question(name: str) -> Question:
    """Returns a question by its name; raises OptionError with the nearest one."""
    if name not in VERBS or not hasattr(_run(name), "question"):
        raise OptionError(
            Label(f"De vraag {name!r} is er niet.", f"There is no question {name!r}."),
            where="question",
            mend=did_you_mean(name, names()),
        )
    run = _run(name)
    own = list(inspect.signature(run.question).parameters)[1:]
    hints = get_type_hints(run.question)
    command: Any = typer.main.get_command(cli.app(name)).commands[name]  # type: ignore[attr-defined]
    given = [one for one in command.params if one.name in own and _askable(one, hints[one.name])]
    tells = re.sub(r"\s*Example: .*", "", inspect.cleandoc(run.question.__doc__ or ""), flags=re.DOTALL)
    return Question(
        name,
        " ".join(tells.split()),
        {_called(one): _schema(one, hints[one.name]) for one in given},
        {_called(one): next(word for word in one.opts if word.startswith("--")) for one in given},
        tuple(_called(one) for one in given if one.required),
    )


def words_of(asked: Question, options: Mapping[str, Any]) -> list[str]:
    """Returns the words of the command line that give these options.

    Raises OptionError for an option that the question has not, or a value of a kind that it does not take.
    """
    words: list[str] = []
    for given, value in options.items():
        name = given.strip("-").replace("-", "_")
        if name not in asked.options:
            raise OptionError(
                Label(
                    f"De vraag {asked.name!r} heeft geen optie {given!r}.",
                    f"The question {asked.name!r} has no option {given!r}.",
                ),
                where=f"options.{given}",
                mend=did_you_mean(name, asked.options)
                or Label("Hij heeft er geen: laat het weg.", "It has none: leave it out."),
            )
        word = asked.words[name]
        for one in value if isinstance(value, list) else [value]:
            words += _word(asked.options[name], word, one, given)
    return words


def answered(words: list[str]) -> tuple[dict[str, Any], list[str]]:
    """Returns what a verb answers with --json, and what it warned of; raises the errors of the verb."""
    said = io.StringIO()
    with warnings.catch_warnings(record=True) as warned, contextlib.redirect_stdout(said):
        warnings.simplefilter("always", UserWarning)
        cli.ran(cli.app(words[0]), words, words[0])
    answer: dict[str, Any] = json.loads(said.getvalue())
    return answer, [str(one.message) for one in warned if issubclass(one.category, UserWarning)]


def _run(name: str) -> Any:
    return importlib.import_module(f"klantreis.cli.{name}_verb").run


def _called(parameter: Any) -> str:
    """Returns how an option is called: 'with', which Python itself writes as with_."""
    return str(parameter.name).rstrip("_")


def _askable(parameter: Any, hint: Any) -> bool:
    """Says whether an assistant may give an option: none that names a file, none that lists people."""
    worded = any(word.startswith("--") for word in parameter.opts)
    return worded and parameter.name not in PERSONS and Path not in (hint, *get_args(hint))


def _schema(parameter: Any, hint: Any) -> dict[str, Any]:
    arms = [one for one in (get_args(hint) or (hint,)) if one is not type(None)]
    several = next((get_args(one)[0] for one in arms if get_origin(one) is list), None)
    if get_origin(hint) is list:
        several = get_args(hint)[0]
    told: dict[str, Any] = _one(parameter, hint, arms) if several is None else {
        "type": "array", "items": {"type": KINDS.get(several, "string")},
    }  # fmt: skip
    told["description"] = getattr(parameter, "help", None) or ""
    if isinstance(parameter.default, str | int | float) and parameter.default is not False:
        told["default"] = parameter.default
    return told


def _one(parameter: Any, hint: Any, arms: list[Any]) -> dict[str, Any]:
    choices = next((get_args(one) for one in (hint, *arms) if get_origin(one) is Literal), None)
    if choices is not None:
        return {"type": "string", "enum": list(choices)}
    told: dict[str, Any] = {"type": next((KINDS[one] for one in arms if one in KINDS), "string")}
    for bound, word in (("min", "minimum"), ("max", "maximum")):
        value = getattr(parameter, bound, None)
        if isinstance(value, int | float):
            told[word] = value
    return told


def _word(schema: Mapping[str, Any], word: str, value: Any, given: str) -> list[str]:
    if value is None or value is False:
        return []
    if value is True:
        if schema["type"] == "boolean":
            return [word]
    elif isinstance(value, str | int | float) and schema["type"] != "boolean":
        # With the sign in between, a value can never be read as another option.
        return [f"{word}={value}"]
    kind = KIND_WORDS[schema["type"]]
    raise OptionError(
        Label(f"{value!r} kan niet bij {given}.", f"{value!r} cannot be the {given}."),
        where=f"options.{given}",
        mend=Label(f"Geef {kind.text('nl')}.", f"Give {kind.text('en')}."),
    )
