"""Asks before something goes for good; where nobody can be asked, it does not go."""

from __future__ import annotations

import sys

import typer

from klantreis.errors import OptionError
from klantreis.labels import Label, Language

CHOICE = Label("[j/N]", "[y/N]")
AGREED = {"j", "ja", "y", "yes"}
UNASKED = Label(
    "Dit vraagt eerst of het zeker is, en hier is niemand om het aan te vragen.",
    "This asks first whether it is sure, and there is nobody here to ask.",
)


def agreed(question: str, said: Language, *, yes: bool) -> bool:
    """Returns whether somebody at the terminal agrees; `yes` answers for them.

    Any answer but j, ja, y or yes is a no, in both languages.

    Raises:
        OptionError: no terminal is there, as in a pipe or a script, and no `yes`; nothing was done.
    """
    if yes:
        return True
    if not sys.stdin.isatty():
        raise OptionError(UNASKED, where=question, mend=Label("Er is niets gedaan. Wil je het, zeg dan --yes.",
                          "Nothing was done. If you want it, say --yes."))  # fmt: skip
    told = typer.prompt(f"{question} {CHOICE.text(said)}", default="", show_default=False, err=True)
    return str(told).strip().casefold() in AGREED
