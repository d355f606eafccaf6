"""`klantreis draw`: draw a map, measured where there is data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from klantreis.cli import columns, speak, trail_view
from klantreis.errors import OptionError
from klantreis.labels import Label
from klantreis.log.files import existing
from klantreis.map.scope import Stretch
from klantreis.scenes.names import names_of
from klantreis.workspace import Workspace, drawn_file, open_workspace

File = Annotated[Path | None, typer.Argument(help="A map file; no workspace needed.", show_default=False)]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="Where to write. Default: <map>.svg here.")]
View = Annotated[
    Literal[
        "map", "compact", "print", "time", "ideal", "blueprint", "matrix", "strengths", "means", "portfolio"
    ],
    typer.Option(help="Which picture: the map, another view of it, or a portfolio of all maps."),
]  # fmt: skip
Model = Annotated[
    str | None, typer.Option("--as", help="Show it in another phase model: nl-5, funnel-3, journey-7, stdc, race ...")
]
Only = Annotated[
    str | None, typer.Option(help="portfolio: maps that fit these words, as 'prijsklasse hoog'; means: one phase.")
]
Persona = Annotated[
    str | None, typer.Option(help="As this persona of the map feels it, by its id; not in ideal, blueprint and matrix.")
]
Owner = Annotated[str | None, typer.Option(help="Only the work of this team: its steps, actions, KPIs, opportunities.")]
Ours = Annotated[bool, typer.Option("--ours", help="Only steps where we have influence; the head says what is left.")]
Scope = Annotated[Stretch, typer.Option(help="Which stretch: up to paying, from paying on, or the whole journey.")]
Journey = Annotated[
    str | None, typer.Option(help="One journey on top of the map, by the name that examples give: p3f9c2a1b-2.")
]
All = Annotated[bool, typer.Option("--all", help="Every map, each in a file of its own that leads to the others.")]
Theme = Annotated[Literal["light", "dark", "print"], typer.Option(help="light, dark, or print (greyscale).")]
TRAILS = ("map", "compact", "print", "time")
"""Views that a journey can be drawn on."""
OF_ONE = ("map", "compact", "print", "time", "strengths")
"""Views that can be of one persona, or of a part of the map."""


def run(
    file: File = None,
    out: Out = None,
    view: View = "map",
    model: Model = None,
    only: Only = None,
    persona: Persona = None,
    owner: Owner = None,
    ours: Ours = False,
    scope: Scope = "whole",
    journey: Journey = None,
    every: All = False,
    theme: Theme = "light",
    workspace: columns.Workspace = None,
    map_: columns.OneMap = None,
    language: columns.Said = None,
    json: columns.Json = False,
) -> None:
    """Draw a map as SVG: measured where there is data, assumed elsewhere, and never the two alike.

    Example: klantreis draw maps/ring-kopen.reis.yaml --view print --out ring.svg
    Example: klantreis draw --view strengths --map ring-kopen
    Example: klantreis draw --view portfolio --only sieraden
    """
    _fits(file, view, only, persona=persona, part=ours or owner is not None or scope != "whole")
    if journey is not None and (file is not None or every or view not in TRAILS):
        raise OptionError(
            Label("Een reis wordt getekend op één gemeten kaart.", "A journey is drawn on one measured map."),
            mend=Label(
                f"Neem --map van een werkmap, met --view {', '.join(TRAILS)}.",
                f"Take --map of a workspace, with --view {', '.join(TRAILS)}.",
            ),
        )
    asked: dict[str, Any] = {
        "model": model,
        "persona": persona,
        "owner": owner,
        "ours": ours,
        "theme": theme,
        "scope": scope,
    }
    asked |= {"view": view} | ({"only": only} if view == "means" else {})
    if file is not None:
        if every:
            raise OptionError(
                Label(
                    "--all hoort bij een werkmap, en dit is één bestand.",
                    "--all is of a workspace, and this is one file.",
                ),
                mend=Label("Laat een van beide weg.", "Leave one of them out."),
            )
        id_, text = drawn_file(existing(file, (".yaml", ".yml")), language=speak.language(language), **asked)
        drawn = [_written(out or Path(f"{id_}.svg"), id_, text)]
    else:
        shop = open_workspace(workspace)
        said = speak.language(language, shop.languages)
        with speak.progress("draw") as tell:
            if view == "portfolio":
                text = shop.portfolio(only or "", language=said, theme=theme, tell=tell)
                drawn = [_written(out or Path("portfolio.svg"), "portfolio", text)]
            elif every:
                drawn = _all(shop, out or Path(), language=said, tell=tell, **asked)
            else:
                id_, text = shop.draw(map_, language=said, tell=tell, journey=journey, **asked)
                drawn = [_written(out or Path(f"{id_}.svg"), id_, text)]
    if json:
        told = [{"map": id_, "path": str(path)} for id_, path in drawn]
        speak.as_json(told if every else told[0])
    else:
        for _, path in drawn:
            speak.line(str(path))
        if journey is not None and file is None:
            one = shop.map(map_)
            trail_view.show(shop.trail(one, journey), said, names_of(one, said))


def _fits(file: Path | None, view: str, only: str | None, *, persona: str | None, part: bool) -> None:
    """Raises OptionError when an option does not fit the view."""
    if file is not None and view == "portfolio":
        raise OptionError(
            Label(
                "Een overzicht gaat over alle kaarten, niet over één bestand.",
                "A portfolio is of all maps, not of one file.",
            ),
            mend=Label("Laat het bestand weg.", "Leave the file out."),
        )
    if only is not None and view not in {"portfolio", "means"}:
        raise OptionError(
            Label(
                "--only kiest kaarten voor het overzicht, of een fase voor de middelen.",
                "--only chooses maps for the portfolio, or a phase for the means.",
            ),
            mend=Label(
                "Zet --view portfolio of --view means erbij, of noem een kaart: --map.",
                "Add --view portfolio or --view means, or name a map: --map.",
            ),
        )
    if persona is not None and view not in OF_ONE:
        raise OptionError(
            Label(f"De weergave {view} gaat niet over één persona.", f"The view {view} is not of one persona."),
            mend=Label(f"Neem --view {', '.join(OF_ONE)}.", f"Take --view {', '.join(OF_ONE)}."),
        )
    if part and view not in OF_ONE:
        raise OptionError(
            Label(f"De weergave {view} is altijd van de hele kaart.", f"The view {view} is always of the whole map."),
            mend=Label(f"Neem --view {', '.join(OF_ONE)}.", f"Take --view {', '.join(OF_ONE)}."),
        )


def _all(shop: Workspace, folder: Path, **asked: Any) -> list[tuple[str, Path]]:
    """Draws every map into a folder; each knows where the others are."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {map_.id: f"{map_.id}.svg" for map_ in shop.maps()}
    return [_written(folder / file, *shop.draw(id_, files=files, **asked)) for id_, file in files.items()]


def _written(path: Path, id_: str, text: str) -> tuple[str, Path]:
    path.write_text(text, encoding="utf-8")
    return id_, path
