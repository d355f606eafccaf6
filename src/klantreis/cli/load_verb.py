"""`klantreis load`: read the sources into the store."""

from __future__ import annotations

from klantreis.cli import columns, speak
from klantreis.cli.words import TEXTS
from klantreis.workspace import open_workspace


def run(workspace: columns.Workspace = None, language: columns.Said = None, json: columns.Json = False) -> None:
    """Read the sources into the store. Rows that were read before change nothing; bad rows are kept with their reason.

    Example: klantreis load --workspace my-shop
    """
    shop = open_workspace(workspace)
    said = speak.language(language, shop.languages)
    with speak.progress("load") as tell:
        loaded = shop.load(tell=tell)
    if json:
        speak.as_json(loaded.to_dict())
        return
    if not loaded.sources:
        speak.line(TEXTS["no_sources"].text(said))
    speak.table(loaded.rows(), said)
    speak.findings(loaded.findings, said)
    for one in loaded.sources:
        if one.rejected_file is not None:
            speak.line(f"→ {one.rejected_file}", style="dim")
