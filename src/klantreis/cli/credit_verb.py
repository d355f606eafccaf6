"""`klantreis credit`: attribution of paths that were counted elsewhere, one row per path."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from klantreis.cli import columns, speak
from klantreis.cli.attribution_verb import Order, Position, shares
from klantreis.cli.attribution_views import attribution as show
from klantreis.log.files import existing
from klantreis.verbs.attribution import path_attribution
from klantreis.verbs.picture import picture

File = Annotated[Path, typer.Argument(help="CSV with one row per path; .gz allowed.", show_default=False)]
PathColumn = Annotated[str, typer.Option("--path", help="Column with the path: mail > web > shop.")]
Conversions = Annotated[str, typer.Option(help="Column with how often the path converted.")]
Value = Annotated[str, typer.Option(help="Column with what those conversions were worth; may be absent.")]
Nulls = Annotated[str, typer.Option(help="Column with how often the path led to none; may be absent.")]
Separator = Annotated[str, typer.Option(help="The sign between the channels of a path.")]
Drawn = Annotated[Path | None, typer.Option("--svg", help="Also draw the answer, in this file.")]


def run(
    file: File,
    path: PathColumn = "path",
    conversions: Conversions = "total_conversions",
    value: Value = "total_conversion_value",
    nulls: Nulls = "total_null",
    separator: Separator = ">",
    position: Position = "0.4,0.4",
    order: Order = 3,
    language: columns.Said = None,
    json: columns.Json = False,
    svg: Drawn = None,
) -> None:
    """Divide conversions over the channels of paths that were counted elsewhere, one row per path.

    Such paths have no persons and no times, so there is no look-back, no decay and no interval.

    Example: klantreis credit path-counts.csv --conversions total_conversions --nulls total_null
    """
    said = speak.language(language)
    found = path_attribution(
        existing(file),
        path=path,
        conversions=conversions,
        value=value,
        nulls=nulls,
        separator=separator,
        position=shares(position),
        order=order,
    )
    if svg is not None:
        picture(found, language=said).save(svg)
    if json:
        speak.as_json(found.to_dict())
        return
    show(found, said)
    if svg is not None:
        speak.line(str(svg))
