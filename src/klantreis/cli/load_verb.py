"""`klantreis load`: read the sources into the store."""

from __future__ import annotations

from typing import Annotated

import typer

from klantreis.cli import columns, speak
from klantreis.cli.words import TEXTS, text
from klantreis.workspace import open_workspace

MISUSED = 2
"""The exit code for wrong input."""


def run(
    workspace: columns.Workspace = None,
    again: Annotated[bool, typer.Option("--again", help="Read all of every source, also what did not change.")] = False,
    language: columns.Said = None,
    json: columns.Json = False,
) -> int:
    """Read what is new of the sources into the store. Rows that were read before change nothing.

    Bad rows are kept with their reason. What did not change since the last load is not read again.

    Exit code 2 when of a source not one row can be used, or when nothing at all is stored.

    Example: klantreis load --workspace my-shop
    """
    shop = open_workspace(workspace)
    said = speak.language(language, shop.languages)
    with speak.progress("load") as tell:
        loaded = shop.load(again=again, tell=tell)
    nothing = bool(loaded.sources) and not shop.store.log().stored
    code = MISUSED if nothing or any(one.level == "error" for one in loaded.findings) else 0
    if json:
        speak.as_json(loaded.to_dict())
        return code
    if not loaded.sources:
        speak.line(TEXTS["no_sources"].text(said))
    speak.table(loaded.rows(), said)
    same = [one.source for one in loaded.sources if one.unchanged]
    if same:
        speak.say(TEXTS["unchanged"].text(said).format(", ".join(same)))
    speak.findings(loaded.findings, said)
    for one in loaded.sources:
        if one.rejected_file is not None:
            speak.line(f"→ {one.rejected_file}", style="dim")
    if nothing:
        speak.warn(text("nothing_stored", said))
    return code
