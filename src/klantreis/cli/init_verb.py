"""`klantreis init`: make a workspace here."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from klantreis.cli import columns, speak
from klantreis.cli.words import TEXTS, text
from klantreis.labels import Language
from klantreis.log.guess import Guess
from klantreis.map.init import Meant
from klantreis.map.scope import OfferKind, Stretch
from klantreis.workspace import add_map, begin
from klantreis.workspace.settings import FILE

Folder = Annotated[Path, typer.Argument(help="Where the workspace is made.")]
Template = Annotated[
    str | None,
    typer.Option(
        help="Phase model of the map: nl-5, journey-7, stdc, klacht, retour ... Default: nl-5.", show_default=False
    ),
]
As = Annotated[
    str | None, typer.Option("--as", help="The id of the map. Default: that of the template.", show_default=False)
]
Events = Annotated[Path | None, typer.Option(help="A file with events to connect; its columns are guessed.")]


Scope = Annotated[
    Stretch, typer.Option(help="Which stretch the map is of: from the problem to paying, from paying on, or all of it.")
]
Offer = Annotated[OfferKind | None, typer.Option(help="What is offered: a product or a service.")]


def run(
    folder: Folder = Path(),
    template: Template = None,
    id_: As = None,
    scope: Scope = "whole",
    offer: Offer = None,
    events: Events = None,
    language: columns.Said = None,
) -> None:
    """Make a workspace: klantreis.yaml and a first map that explains itself. Nothing that exists is overwritten.

    In a workspace, --template puts one more map in it.

    Example: klantreis init my-shop --template journey-7 --events web.csv --language en
    Example: klantreis init . --template retour --as ring-terug
    Example: klantreis init my-service --template journey-7 --scope to_purchase --offer service
    """
    said = speak.language(language)
    meant = Meant(scope, offer)
    if template is not None and events is None and (folder / FILE).exists():
        begun = add_map(folder, template, id_, meant=meant, language=said)
    else:
        begun = begin(folder, template=template or "nl-5", id=id_, meant=meant, events=events, language=said)
    for path in begun.files:
        speak.line(f"+ {path}")
    if begun.guess is not None:
        _connected(begun.guess, folder / FILE, said)
    speak.line(TEXTS["begun"].text(said))


def _connected(guess: Guess, settings: Path, said: Language) -> None:
    """Prints which column seems to play which part, and what a person still has to fill in."""
    for role, column in guess.found.items():
        both = f"{column}' + '{guess.clock}" if role == "at" and guess.clock is not None else column
        speak.line(text("guessed", said, role, both))
    for wide in guess.events:
        both = wide.at if wide.clock is None else f"{wide.at}' + '{wide.clock}"
        speak.line(text("guessed_event", said, wide.event, both))
    if guess.missing:
        speak.warn(text("unguessed", said, ", ".join(guess.missing), settings))
        speak.line(text("columns", said, ", ".join(guess.columns)))
