"""`klantreis export`: write a map as pdf, slides, a workbook and more."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from klantreis.cli import columns, loss, speak
from klantreis.cli.picturing import Model, Only, Ours, Owner, Persona, Scope, View, fits
from klantreis.errors import OptionError
from klantreis.labels import Label, Language
from klantreis.log.files import existing
from klantreis.workspace import open_workspace
from klantreis.workspace.exchange import ENDINGS, Exchanged, export_map, export_scene, format_of, report_of_file

To = Annotated[
    str | None,
    typer.Option(
        "--to", help="svg, png, pdf, pptx, xlsx, csv, md, mermaid, ojf, html or json. Default: as --out ends."
    ),
]
File = Annotated[Path | None, typer.Argument(help="A map file; no workspace needed.", show_default=False)]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="Where to write. Default: <map>.<language>.<ending>.")]
Theme = Annotated[Literal["light", "dark", "print"] | None, typer.Option(help="light, dark, or print (greyscale).")]
Paper = Annotated[Literal["A3", "A4"] | None, typer.Option(help="pdf: A3 on one page, or A4 pages cut by phase.")]
Card = Annotated[bool, typer.Option("--card", help="png: 1200 x 630, the preview of a link.")]


def run(
    to: To = None,
    file: File = None,
    out: Out = None,
    view: View = "map",
    model: Model = None,
    only: Only = None,
    persona: Persona = None,
    owner: Owner = None,
    ours: Ours = False,
    scope: Scope = "whole",
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

    Example: klantreis export --map ring-kopen --view strengths --out sterk.svg
    """
    kind = to or format_of(out)
    if kind is None:
        raise OptionError(
            Label("Welk formaat moet het worden?", "Which format is it to be?"),
            mend=Label(f"Zet erbij: --to {'|'.join(ENDINGS)}", f"Add: --to {'|'.join(ENDINGS)}"),
        )
    fits(file, view, only, persona=persona, part=ours or owner is not None or scope != "whole")
    asked: dict[str, Any] = {"theme": theme, "paper": paper, "card": card or None, "out": out}
    part: dict[str, Any] = {"persona": persona, "owner": owner, "ours": ours or None}
    part |= {"view": None if view == "map" else view, "scope": None if scope == "whole" else scope}
    if file is not None:
        report = report_of_file(existing(file, (".yaml", ".yml")), model)
        said = speak.language(language, report.map.languages)
    else:
        shop = open_workspace(workspace)
        said = speak.language(language, shop.languages)
        with speak.progress("export") as tell:
            if view == "portfolio":
                scene = shop.shared_portfolio(only or "", language=said, tell=tell)
                return _told(export_scene(scene, kind, language=said, only=only, **asked), said, json)
            report = shop.shared(shop.reports(shop.map(map_).id, model=model, tell=tell)[0])
    _told(export_map(report, kind, language=said, model=model, only=only, **asked, **part), said, json)


def _told(done: Exchanged, said: Language, json: bool) -> None:
    if json:
        speak.as_json(done.to_dict())
        return
    loss.told(done.findings, said)
    speak.line(str(done.path))
