"""`klantreis draw`: draw a map, measured where there is data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from klantreis.cli import columns, speak
from klantreis.errors import OptionError
from klantreis.workspace import drawn_file, open_workspace

File = Annotated[Path | None, typer.Argument(help="A map file; no workspace needed.", show_default=False)]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="Where to write. Default: <map>.svg here.")]
View = Annotated[
    Literal["map", "compact", "print", "time", "ideal", "blueprint", "matrix", "portfolio"],
    typer.Option(help="Which picture: the map, another view of it, or a portfolio of all maps."),
]
Model = Annotated[
    str | None, typer.Option("--as", help="Show it in another phase model: nl-5, funnel-3, journey-7, stdc, race ...")
]
Only = Annotated[
    str | None, typer.Option(help="With --view portfolio: only maps that fit these words, as 'prijsklasse hoog'.")
]
Persona = Annotated[
    str | None, typer.Option(help="As this persona of the map feels it, by its id; not in ideal, blueprint and matrix.")
]
Theme = Annotated[Literal["light", "dark", "print"], typer.Option(help="light, dark, or print (greyscale).")]
OF_ONE = ("map", "compact", "print", "time")


def run(
    file: File = None,
    out: Out = None,
    view: View = "map",
    model: Model = None,
    only: Only = None,
    persona: Persona = None,
    theme: Theme = "light",
    workspace: columns.Workspace = None,
    map_: columns.OneMap = None,
    language: columns.Said = None,
    json: columns.Json = False,
) -> None:
    """Draw a map as SVG: measured where there is data, assumed elsewhere, and never the two alike.

    Example: klantreis draw maps/ring-kopen.reis.yaml --view print --out ring.svg
    Example: klantreis draw --view portfolio --only sieraden
    """
    if file is not None and view == "portfolio":
        raise OptionError("A portfolio is of all maps, not of one file.", mend="Leave the file out.")
    if only is not None and view != "portfolio":
        raise OptionError("--only chooses maps for the portfolio.", mend="Add --view portfolio, or name one: --map.")
    if persona is not None and view not in OF_ONE:
        raise OptionError(f"The view {view} is not of one persona.", mend=f"Take --view {', '.join(OF_ONE)}.")
    if file is not None and view != "portfolio":
        said = speak.language(language)
        one = columns.existing(file)
        id_, text = drawn_file(one, language=said, theme=theme, view=view, model=model, persona=persona)
    else:
        shop = open_workspace(workspace)
        with speak.progress("draw") as tell:
            said = speak.language(language, shop.languages)
            if view == "portfolio":
                id_, text = "portfolio", shop.portfolio(only or "", language=said, theme=theme, tell=tell)
            else:
                asked = {"model": model, "persona": persona}
                id_, text = shop.draw(map_, language=said, theme=theme, view=view, tell=tell, **asked)
    path = out or Path(f"{id_}.svg")
    path.write_text(text, encoding="utf-8")
    if json:
        speak.as_json({"map": id_, "path": str(path)})
    else:
        speak.line(str(path))
