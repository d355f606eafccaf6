"""The text of a new map: commented, so that filling it in teaches the format, and valid from the start."""

from __future__ import annotations

from klantreis.documents.forms import ID
from klantreis.errors import OptionError
from klantreis.labels import LANGUAGES, Language
from klantreis.map.init_words import WORDS, Words
from klantreis.map.model import Phase
from klantreis.map.templates import Template
from klantreis.map.templates import template as found


def new_map(template: str, id: str, language: Language = "nl") -> str:  # noqa: A002
    """Returns the YAML text of a new map called `id` with the phases of a template ('nl-5').

    It holds one example of everything, in `language`, as an assumption; it reads and checks without an error or
    warning. Raises OptionError for an unknown template (with the nearest), a bad id or an unknown language.
    """
    model = found(template)
    if not ID.fullmatch(id):
        raise OptionError(f"{id!r} cannot be the id of a map", mend="Use letters, digits, '_', '-' and '.'.")
    if language not in LANGUAGES:
        raise OptionError(f"{language!r} is not a language of Klantreis", mend="Use 'nl' or 'en'.")
    words = WORDS[language]
    parts = (_head(model, id, words, language), words.people, _phases(model, words, language), _rest(model, words))
    return "\n".join(part.strip("\n") + "\n" for part in parts)


def _head(model: Template, id_: str, words: Words, language: Language) -> str:
    title = _quoted(f"{model.label.text(language)} ({id_})")
    return words.head.format(id=id_, title=title, type=model.type, template=model.id, language=language)


def _phases(model: Template, words: Words, language: Language) -> str:
    lines = [words.phases.strip("\n"), "phases:"]
    for number, phase in enumerate(model.phases):
        lines += [f"  # {phase.label.text(language)}: {phase.goal.text(language)}", f"  {phase.id}:"]
        lines += _step(phase, number, model, words)
    return "\n".join(lines)


def _step(phase: Phase, number: int, model: Template, words: Words) -> list[str]:
    """The first phase shows a full step, the last one a survey, the rest a step to fill in."""
    if number == 0:
        return [line.format(step=_first(model)) for line in words.full_step.strip("\n").split("\n")]
    if number == len(model.phases) - 1:
        return [words.last_step.strip("\n").format(step=_last(model))]
    return [words.step.strip("\n").format(step=f"{phase.id}_1")]


def _rest(model: Template, words: Words) -> str:
    middle = model.phases[len(model.phases) // 2]
    return words.rest.format(first=_first(model), last=_last(model), middle=middle.id, touch=f"{middle.id}_moment")


def _first(model: Template) -> str:
    return f"{model.phases[0].id}_1"


def _last(model: Template) -> str:
    return f"{model.phases[-1].id}_1"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
