"""`klantreis find`: what stands out, most important first; and accept what it proposes."""

from __future__ import annotations

from typing import Annotated

import typer

from klantreis.cli import columns, speak
from klantreis.cli.words import TEXTS, text
from klantreis.findings import finding_dict
from klantreis.map.turning import may_turn
from klantreis.workspace import open_workspace

Accept = Annotated[str | None, typer.Option(help="Carry out the edit that this finding proposes.", show_default=False)]
Turn = Annotated[
    str | None,
    typer.Option("--opportunity", help="Turn this finding into an opportunity on the map.", show_default=False),
]
Top = Annotated[int, typer.Option(help="How many to show.", min=1)]


def run(
    workspace: columns.Workspace = None,
    map_: columns.Map = None,
    segment: columns.Segment = None,
    accept: Accept = None,
    opportunity: Turn = None,
    top: Top = 20,
    language: columns.Said = None,
    json: columns.Json = False,
) -> None:
    """List what stands out on a map, most important first, each with its evidence and advice.

    Example: klantreis find --map ring-kopen
    Example: klantreis find --map ring-kopen --segment nieuw
    Example: klantreis find --accept unmapped_behaviour/ring-kopen/site_search
    """
    shop = open_workspace(workspace)
    said = speak.language(language, shop.languages)
    with speak.progress("find") as tell:
        reports = shop.reports(map_, segment=segment, tell=tell)
    found = [finding for report in reports for finding in report.findings]
    if accept or opportunity:
        file, note = shop.accept(found, accept) if accept else shop.turn(found, opportunity or "")
        speak.done(f"{file}: {note.text(said)}")
    elif json:
        speak.as_json([finding_dict(finding) for finding in found[:top]])
    else:
        turns = {one.id for report in reports for one in report.findings if may_turn(report.map, one)}
        speak.findings(found[:top], said, workspace=workspace, turns=turns, segment=segment)
        if len(found) > top:
            speak.line(text("more", said, len(found) - top, len(found)), style="dim")
        if not found:
            speak.line(TEXTS["nothing_found"].text(said))
