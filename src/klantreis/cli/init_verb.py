"""`klantreis init`: make a workspace here."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from klantreis.cli import columns, speak
from klantreis.cli.words import TEXTS
from klantreis.workspace import begin

Folder = Annotated[Path, typer.Argument(help="Where the workspace is made.")]
Template = Annotated[str, typer.Option(help="Phase model of the first map: nl-5, journey-7, stdc, klacht, retour ...")]
Events = Annotated[Path | None, typer.Option(help="A file with events to connect; its columns are guessed.")]


def run(
    folder: Folder = Path(), template: Template = "nl-5", events: Events = None, language: columns.Said = None
) -> None:
    """Make a workspace: klantreis.yaml and a first map that explains itself. Nothing that exists is overwritten.

    Example: klantreis init my-shop --template journey-7 --events web.csv --language en
    """
    said = speak.language(language)
    for path in begin(folder, template=template, events=events, language=said):
        speak.line(f"+ {path}")
    speak.line(TEXTS["begun"].text(said))
