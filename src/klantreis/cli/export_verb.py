"""`klantreis export`: write a map as pdf, slides, a workbook and more."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from klantreis.cli import columns, speak
from klantreis.workspace import open_workspace
from klantreis.workspace.exchange import export_map, report_of_file

To = Annotated[str, typer.Option("--to", help="svg, png, pdf, pptx, xlsx, csv, md, mermaid, ojf, html or json.")]
File = Annotated[Path | None, typer.Argument(help="A map file; no workspace needed.", show_default=False)]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="Where to write. Default: <map>.<language>.<ending>.")]
Theme = Annotated[Literal["light", "dark", "print"] | None, typer.Option(help="light, dark, or print (greyscale).")]
Paper = Annotated[Literal["A3", "A4"] | None, typer.Option(help="pdf: A3 on one page, or A4 pages cut by phase.")]
Card = Annotated[bool, typer.Option("--card", help="png: 1200 x 630, the preview of a link.")]


def run(
    to: To,
    file: File = None,
    out: Out = None,
    theme: Theme = None,
    paper: Paper = None,
    card: Card = False,
    workspace: columns.Workspace = None,
    map_: columns.OneMap = None,
    language: columns.Said = None,
    json: columns.Json = False,
) -> None:
    """Write a map in another format, and say what of it stayed behind.

    Example: klantreis export --to markdown --language en

    Example: klantreis export maps/ring-kopen.reis.yaml --to mermaid
    """
    if file is not None:
        said, report = speak.language(language), report_of_file(file)
    else:
        shop = open_workspace(workspace)
        said = speak.language(language, shop.languages)
        with speak.progress("export") as tell:
            report = shop.shared(shop.reports(shop.map(map_).id, tell=tell)[0])
    done = export_map(report, to, language=said, out=out, theme=theme, paper=paper, card=card or None)
    if json:
        speak.as_json(done.to_dict())
        return
    speak.findings(done.findings, said, to=speak.err)
    speak.line(str(done.path))
