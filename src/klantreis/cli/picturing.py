"""Which picture of a map: the options that `draw` and `export` share, and what fits together."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from klantreis.errors import OptionError
from klantreis.labels import Label
from klantreis.map.scope import Stretch

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
OF_ONE = ("map", "compact", "print", "time", "strengths")
"""Views that can be of one persona, or of a part of the map."""


def fits(file: Path | None, view: str, only: str | None, *, persona: str | None, part: bool) -> None:
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
