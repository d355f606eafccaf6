"""`klantreis draw`: draw a map, measured where there is data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from klantreis.cli import columns, loss, speak, trail_view
from klantreis.cli.picturing import Model, Only, Ours, Owner, Persona, Scope, View, fits
from klantreis.errors import OptionError
from klantreis.exporters.svg import theirs
from klantreis.labels import Label, Language
from klantreis.log.files import existing
from klantreis.scenes.names import names_of
from klantreis.workspace import Workspace, drawn_alone, open_workspace
from klantreis.workspace.drawing import file_name
from klantreis.workspace.exchange import placed, report_of_file

File = Annotated[Path | None, typer.Argument(help="A map file; no workspace needed.", show_default=False)]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="Where to write. Default: <map>.<view>.svg here.")]
Journey = Annotated[
    str | None, typer.Option(help="One journey on top of the map, by the name that examples give: p3f9c2a1b-2.")
]
All = Annotated[bool, typer.Option("--all", help="Every map, each in a file of its own that leads to the others.")]
Theme = Annotated[Literal["light", "dark", "print"], typer.Option(help="light, dark, or print (greyscale).")]
TRAILS = ("map", "compact", "print", "time")
"""Views that a journey can be drawn on."""


def run(
    file: File = None,
    out: Out = None,
    view: View = "map",
    model: Model = None,
    only: Only = None,
    persona: Persona = None,
    segment: columns.Segment = None,
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
    Example: klantreis draw --view time --map ring-kopen --segment bestaand
    Example: klantreis draw --view portfolio --only sieraden
    """
    fits(file, view, only, persona=persona, part=ours or owner is not None or scope != "whole")
    _one_map(file, view, journey, every=every)
    _with_data(file, view, journey, segment)
    asked: dict[str, Any] = {
        "model": model,
        "persona": persona,
        "owner": owner,
        "ours": ours,
        "theme": theme,
        "scope": scope,
    }
    _svg(out)
    asked |= {"view": view} | ({"only": only} if view == "means" else {})
    named = asked | {"only": only, "journey": journey, "segment": segment, "language": language}

    def called(id_: str) -> str:
        return file_name(id_, **named)

    if file is not None:
        alone = report_of_file(existing(file, (".yaml", ".yml")), asked.pop("model"))
        said = speak.language(language, alone.map.languages)
        text = drawn_alone(alone, language=said, **asked)
        drawn = [_written(placed(out, called(alone.map.id)), alone.map.id, text, said)]
    else:
        shop = open_workspace(workspace)
        said = speak.language(language, shop.languages)
        with speak.progress("draw") as tell:
            if view == "portfolio":
                text = shop.portfolio(only or "", language=said, theme=theme, tell=tell)
                drawn = [_written(placed(out, called("portfolio")), "portfolio", text, said)]
            elif every:
                drawn = _all(shop, out or Path(), called, language=said, tell=tell, segment=segment, **asked)
            else:
                id_, text = shop.draw(map_, language=said, tell=tell, journey=journey, segment=segment, **asked)
                drawn = [_written(placed(out, called(id_)), id_, text, said)]
    if json:
        told = [{"map": id_, "path": str(path)} for id_, path in drawn]
        speak.as_json(told if every else told[0])
    else:
        for _, path in drawn:
            speak.line(str(path))
        if journey is not None and file is None:
            one = shop.map(map_)
            trail_view.show(shop.trail(one, journey), said, names_of(one, said))


def _one_map(file: Path | None, view: str, journey: str | None, *, every: bool) -> None:
    """Raises OptionError when a journey is asked on anything but one measured map, or every map of one file."""
    if journey is not None and (file is not None or every or view not in TRAILS):
        raise OptionError(
            Label("Een reis wordt getekend op één gemeten kaart.", "A journey is drawn on one measured map."),
            mend=Label(
                f"Neem --map van een werkmap, met --view {', '.join(TRAILS)}.",
                f"Take --map of a workspace, with --view {', '.join(TRAILS)}.",
            ),
        )
    if file is not None and every:
        raise OptionError(
            Label(
                "--all hoort bij een werkmap, en dit is één bestand.",
                "--all is of a workspace, and this is one file.",
            ),
            mend=Label("Laat een van beide weg.", "Leave one of them out."),
        )


def _with_data(file: Path | None, view: str, journey: str | None, segment: str | None) -> None:
    """Raises OptionError when a segment is asked where none can be measured."""
    if segment is not None and (file is not None or view == "portfolio" or journey is not None):
        raise OptionError(
            Label("Van een segment wordt een gemeten kaart getekend.", "Of a segment a measured map is drawn."),
            mend=Label(
                "Neem --map van een werkmap, zonder --journey en --view portfolio.",
                "Take --map of a workspace, without --journey and --view portfolio.",
            ),
        )


def _all(shop: Workspace, folder: Path, called: Callable[[str], str], **asked: Any) -> list[tuple[str, Path]]:
    """Draws every map into a folder; each knows where the others are."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {map_.id: called(map_.id) for map_ in shop.maps()}
    said = asked["language"]
    return [_written(folder / file, *shop.draw(id_, files=files, **asked), said) for id_, file in files.items()]


def _svg(out: Path | None) -> None:
    """Raises OptionError when the file that is asked for is of another format."""
    ending = out.suffix.casefold() if out is not None else ""
    if ending in {".pdf", ".png", ".pptx", ".xlsx", ".html", ".json"}:
        raise OptionError(
            Label(f"draw schrijft SVG, geen {ending}.", f"draw writes SVG, no {ending}."),
            mend=Label(f"Neem: klantreis export --out {out}", f"Take: klantreis export --out {out}"),
        )


def _written(path: Path, id_: str, text: str, said: Language) -> tuple[str, Path]:
    path.write_text(text, encoding="utf-8")
    loss.told(theirs(text, id_), said)
    return id_, path
