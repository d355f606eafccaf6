"""The text of a new map: commented, so that filling it in teaches the format, and valid from the start."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from klantreis.documents.forms import ID
from klantreis.errors import OptionError
from klantreis.labels import LANGUAGES, Label, Language
from klantreis.map.init_words import WORDS, Words
from klantreis.map.model import Phase
from klantreis.map.scope import OfferKind, Stretch, inside
from klantreis.map.templates import Template
from klantreis.map.templates import template as found

EXAMPLES = ("{event: session_start, where: {medium: [social, organic]}}", "page_view")
"""What the two examples of a matcher say when nothing is known of the data."""

TROUBLE = {"complaint", "service", "repair", "return"}
"""Journeys that begin because something is wrong."""

SHOWN = 40
"""How many events of the data a new map lists."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What a new map is about: which stretch of the journey, and what is offered (None: nobody said)."""

    scope: Stretch = "whole"
    offer: OfferKind | None = None


ALL = Meant()
"""The whole journey."""


def stretch(model: Template, meant: Meant) -> Template:
    """Returns a template with only the phases of the stretch that is meant.

    Raises OptionError when the template has no phase of the purchase to tell by.
    """
    phases = inside(model.phases, meant.scope)
    if phases is None:
        raise OptionError(
            Label(
                f"Het sjabloon {model.id!r} heeft geen fase van de aankoop, dus ook geen deel {meant.scope!r}.",
                f"The template {model.id!r} has no phase of the purchase, so it has no part {meant.scope!r}.",
            ),
            where="--scope",
            mend=Label(
                "Neem een ander sjabloon (nl-5, funnel-3, journey-7 ...), of laat --scope weg.",
                "Take another template (nl-5, funnel-3, journey-7 ...), or leave --scope out.",
            ),
        )
    return replace(model, phases=phases)


def new_map(
    template: str,
    id: str,  # noqa: A002
    language: Language = "nl",
    *,
    meant: Meant = ALL,
    events: Sequence[tuple[str, int]] = (),
) -> str:
    """Returns the YAML text of a new map called `id` with the phases of a template ('nl-5').

    It holds one example of everything, in `language`, as an assumption; it reads and checks without an error or
    warning. `events` are those in the data with how many people each has, most first: they are listed, and the
    examples of a matcher name the first two. `meant`: the stretch and the offer it is about. Raises OptionError for an
    unknown template (with the nearest), a bad id or an unknown language.
    """
    model = stretch(found(template), meant)
    if not ID.fullmatch(id):
        raise OptionError(
            Label(f"{id!r} kan niet de id van een kaart zijn.", f"{id!r} cannot be the id of a map"),
            mend=Label("Gebruik letters, cijfers, '_', '-' en '.'.", "Use letters, digits, '_', '-' and '.'."),
        )
    if language not in LANGUAGES:
        raise OptionError(
            Label(f"{language!r} is geen taal van Klantreis.", f"{language!r} is not a language of Klantreis"),
            mend=Label("Gebruik 'nl' of 'en'.", "Use 'nl' or 'en'."),
        )
    words = WORDS[language]
    matches = [*(_quoted(name) for name, _ in events[:2]), *EXAMPLES[len(events[:2]) :]]
    parts = (
        _head(model, id, words, language) + _meant(meant),
        words.people,
        _seen(events, words),
        _phases(model, words, language, matches[0]),
        _rest(model, words, matches[1]),
    )
    return "\n".join(part.strip("\n") + "\n" for part in parts if part)


def _head(model: Template, id_: str, words: Words, language: Language) -> str:
    name = model.label.text(language)
    title = _quoted(name if name.casefold() == id_.casefold() else f"{name} ({id_})")
    return words.head.format(id=id_, title=title, type=model.type, template=model.id, language=language)


def _meant(meant: Meant) -> str:
    """The lines that say which stretch the map is of and what is offered; '' for all of it and nobody said."""
    scope = f"scope: {{preset: {meant.scope}}}\n" if meant.scope != "whole" else ""
    return scope + (f"context: {{offer: {meant.offer}}}\n" if meant.offer else "")


def _seen(events: Sequence[tuple[str, int]], words: Words) -> str:
    """Returns the events of the data as comments; '' when none are known."""
    shown = [f"#   {_quoted(name)} ({people})" for name, people in events[:SHOWN]]
    more = ["#   ..."] if len(events) > SHOWN else []
    return "\n".join([words.events.strip("\n"), *shown, *more]) if shown else ""


def _phases(model: Template, words: Words, language: Language, match: str) -> str:
    lines = [words.phases.strip("\n"), "phases:"]
    for number, phase in enumerate(model.phases):
        lines += [f"  # {phase.label.text(language)}: {phase.goal.text(language)}", f"  {phase.id}:"]
        lines += _step(phase, number, model, words, match)
    return "\n".join(lines)


def _step(phase: Phase, number: int, model: Template, words: Words, match: str) -> list[str]:
    """The first phase shows a full step, the last one a survey, the rest a step to fill in."""
    lines: list[str] = []
    if number == 0:
        said = dict(zip(("do", "think", "expect", "feel", "word"), _begins(model, words), strict=True))
        lines = words.full_step.strip("\n").format(step=_first(model), match=match, **said).split("\n")
    if number == len(model.phases) - 1:
        done = words.buys if "BU" in phase.classes else words.looks_back
        lines.append(words.last_step.strip("\n").format(step=_last(model), do=done))
    return lines or [words.step.strip("\n").format(step=f"{phase.id}_1")]


def _begins(model: Template, words: Words) -> tuple[str, str, str, int, str]:
    return words.troubled if model.type in TROUBLE else words.arrives


def _rest(model: Template, words: Words, match: str) -> str:
    middle = model.phases[len(model.phases) // 2]
    touch = f"{middle.id}_moment"
    return words.rest.format(first=_first(model), last=_last(model), middle=middle.id, touch=touch, match=match)


def _first(model: Template) -> str:
    return f"{model.phases[0].id}_1"


def _last(model: Template) -> str:
    return f"{model.phases[-1].id}_{1 if len(model.phases) > 1 else 2}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=not text.isprintable())
