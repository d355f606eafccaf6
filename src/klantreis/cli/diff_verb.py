"""`klantreis diff`: what differs between two versions of a map."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from klantreis.cli import columns, speak
from klantreis.exporters.svg import svg
from klantreis.log.files import existing
from klantreis.map.diff import difference_dict, differences
from klantreis.map.read import read_map
from klantreis.scenes.difference import difference_scene

Old = Annotated[Path, typer.Argument(help="The older map file.", show_default=False)]
New = Annotated[Path, typer.Argument(help="The newer map file, or another map.", show_default=False)]
MARKS = {"added": "[green]+[/]", "removed": "[red]-[/]", "moved": "[blue]→[/]"}


Drawn = Annotated[
    Path | None,
    typer.Option("--svg", "--draw", help="Also draw the newer map here, as SVG, with each difference marked."),
]


def run(old: Old, new: New, drawn: Drawn = None, json: columns.Json = False, language: columns.Said = None) -> None:
    """Tell what was added, removed, moved, rescored, retargeted and reworded between two maps, by id.

    Example: klantreis diff maps/klacht.reis.yaml maps/retour.reis.yaml --svg difference.svg
    """
    before, after = (read_map(existing(file, (".yaml", ".yml"))) for file in (old, new))
    found = differences(before, after)
    if drawn is not None:
        names = (old.name, new.name) if old.name != new.name else (str(old), str(new))
        told = speak.language(language, after.languages)
        drawn.write_text(svg(difference_scene(before, after, language=told, names=names)), encoding="utf-8")
    if json:
        speak.as_json([difference_dict(one) for one in found])
        return
    said = speak.language(language, after.languages)
    for one in found:
        speak.out.print(f"{MARKS.get(one.kind, '[yellow]~[/]')} {escape(one.text.text(said))}")
    if not found:
        speak.out.print("Geen verschil." if said == "nl" else "No difference.")
    if drawn is not None:
        speak.out.print(escape(str(drawn)))
