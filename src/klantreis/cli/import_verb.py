"""`klantreis import`: make a map from a file of another tool."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from klantreis.cli import columns, loss, speak
from klantreis.workspace.exchange import import_map

File = Annotated[Path, typer.Argument(help="Mermaid (.mmd), .xlsx, .csv with a row a step, or .ojf.")]
As = Annotated[str | None, typer.Option("--as", help="The id of the new map. Default: from the name of the file.")]
From = Annotated[str | None, typer.Option("--from", help="mermaid, xlsx, csv or ojf. Default: by the ending.")]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="Where to write. Default: maps/<id>.reis.yaml.")]


def run(
    file: File,
    as_: As = None,
    from_: From = None,
    out: Out = None,
    language: columns.Said = None,
    json: columns.Json = False,
) -> None:
    """Make a map from a file of another tool: all of it assumed, and what stayed behind is told.

    Example: klantreis import reis.mmd --as nieuwe-ring

    Example: klantreis import reis.mmd --out uit-mermaid.reis.yaml
    """
    said = speak.language(language)
    done = import_map(file, as_, out=out, kind=from_, language=said)
    if json:
        speak.as_json(done.to_dict())
        return
    loss.told(done.findings, said)
    speak.line(str(done.path))
