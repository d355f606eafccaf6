"""A check of whose words the map speaks: those of the customer or those of the firm."""

from __future__ import annotations

import re
from collections.abc import Iterator

from klantreis.labels import LANGUAGES, Label
from klantreis.map.checks.company_words import WORDS
from klantreis.map.checks.contract import Check, Options, Remark
from klantreis.map.model import JourneyMap
from klantreis.map.templates import template


def company_language(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """A phase or step whose name is a word of the firm, not of the customer.

    A map is drawn from where the customer stands. Who calls a step 'Leadkwalificatie' is looking at the firm. Names of
    phases that come from a template are left alone. Words of your own are added with `company_words`.

    Fires:

        phases: {afweging: {kwalificatie: {do: Leadkwalificatie}}}

    Does not fire:

        phases: {afweging: {offerte: {do: Ik vraag een offerte}}}
    """
    known = {phase.id: phase.label for phase in template(map_.template).phases} if map_.template else {}
    phases = [(phase.id, phase.label) for phase in map_.phases if known.get(phase.id) != phase.label]
    for id_, label in (*phases, *((step.id, step.label) for _, step in map_.steps())):
        found = _found(label, options.company_words)
        if found is not None:
            word, instead = found
            yield Remark(
                id_,
                Label(f"'{word}' is een woord van het bedrijf", f"'{word}' is a word of the firm"),
                Label("Een klantreis spreekt de taal van de klant.", "A journey speaks the customer's language."),
                Label(
                    f"Wat doet de klant hier? Bijvoorbeeld: {instead.nl}.",
                    f"What does the customer do here? For example: {instead.en}.",
                )
                if instead
                else Label("Schrijf wat de klant hier doet.", "Write what the customer does here."),
            )


def _found(label: Label, own: tuple[str, ...]) -> tuple[str, Label] | None:
    texts = dict.fromkeys(label.text(language) for language in LANGUAGES)
    listed = {**WORDS, **{word.casefold(): Label() for word in own}}
    for text in texts:
        for word in re.findall(r"[\w\-]+", text.casefold()):
            if f"{word}." in listed:
                return word, listed[f"{word}."]
            start = next((one for one in listed if not one.endswith(".") and word.startswith(one)), None)
            if start is not None:
                return word, listed[start]
    return None


CHECKS = (Check("hint", company_language),)
