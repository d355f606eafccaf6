"""Asking a person: who puts the questions, answers that are asked again until the map can hold them, names and ids."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

from klantreis.labels import Label, Language
from klantreis.map.naming import free

Change = tuple[tuple[str, ...], object]
"""The path of keys, and the value that goes there."""


class Asker(Protocol):
    """Who puts the questions."""

    def one(self, question: Label, usual: str = "") -> str:
        """Returns one answer, `usual` when only Enter was pressed."""

    def many(self, question: Label) -> Sequence[str]:
        """Returns the lines of an answer, such as a pasted list; empty lines left out."""

    def wrong(self, change: Change) -> Label | None:
        """Returns what is wrong with an edit, None when the map can hold it."""

    def say(self, text: Label) -> None:
        """Tells something."""


def slug(text: str, taken: Sequence[str] = ()) -> str:
    """Returns an id made of a text: 'Ik betaal!' gives 'ik_betaal'; with a number behind it when it is taken."""
    words = re.sub(r"[^\w]+", "_", text.casefold()).strip("_")[:40].strip("_") or "naamloos"
    words = f"nr_{words}" if words.isdecimal() else words
    return free(words, tuple(taken))


def feeling(ask: Asker, name: Label) -> float | None:
    """Returns a feeling, asked until it is one; None for no answer."""
    question = Label(
        f"Hoe voelt {name.nl}? Van -2 (heel slecht) tot 2 (heel goed)",
        f"How does {name.en} feel? From -2 (very bad) to 2 (very good)",
    )
    while said := ask.one(question).replace(",", "."):
        if re.fullmatch(r"[-+−]?(2(\.0)?|[01](\.\d)?)", said):
            value = float(said.replace("−", "-"))
            return int(value) if value == int(value) else value
        ask.say(Label("Dat is geen getal van -2 tot 2.", "That is no number from -2 to 2."))
    return None


def called(nouns: Iterable[Any], id_: str) -> Label:
    """Returns what a person calls something of the map, in quotes; its id when it has no name."""
    label = next((one.label for one in nouns if one.id == id_), Label())
    return Label(f"'{label.text('nl') or id_}'", f"'{label.text('en') or id_}'")


def right(ask: Asker, question: Label, made: Callable[[str], Change]) -> str:
    """Returns an answer of which the map can hold what is made of it, asked until it is one; '' for no answer."""
    while answer := ask.one(question):
        why = ask.wrong(made(answer))
        if why is None:
            return answer
        ask.say(why)
    return ""


def number(ask: Asker, question: Label) -> int:
    """Returns a whole number from 1 to 5, 3 for no answer."""
    while (said := ask.one(question, "3")) not in {"1", "2", "3", "4", "5"}:
        ask.say(Label("Een heel getal van 1 tot 5.", "A whole number from 1 to 5."))
    return int(said)


def choice(ask: Asker, question: Label, known: Mapping[str, Label], usual: str) -> str:
    """Returns one of the known keys, named by its key or what it is called; the usual one for no answer."""

    def told(word: str, language: Language) -> str:
        listed = ", ".join(label.text(language) or key for key, label in known.items())
        return f"{question.text(language)} {word}: {listed} (Enter: {known[usual].text(language) or usual})"

    folded = {
        name.casefold(): key for key, label in known.items() for name in (label.en, label.nl, label.anyway, key) if name
    }
    while said := ask.one(Label(told("Kies uit", "nl"), told("Choose from", "en"))):
        if said.casefold() in folded:
            return folded[said.casefold()]
        ask.say(Label(f"'{said}' staat er niet bij.", f"'{said}' is not among them."))
    return usual
