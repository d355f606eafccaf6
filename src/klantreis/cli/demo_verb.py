"""`klantreis demo`: make a demo shop, measure it, and write its report."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from klantreis.cli import columns, speak
from klantreis.cli.report_verb import show
from klantreis.cli.words import text
from klantreis.demo import make

Folder = Annotated[Path, typer.Argument(help="Where the shop is made.")]
Size = Annotated[int, typer.Option("--journeys", help="How many people come by.", min=1_000, max=10_000_000)]
Seed = Annotated[int, typer.Option(help="Another number draws other people at the same rates.")]


def run(
    folder: Folder = Path("klantreis-demo"), journeys: Size = 20_000, seed: Seed = 1, language: columns.Said = None
) -> None:
    """Make a demo shop (a jewellery webshop with invented customers), measure it, and write its report.

    Example: klantreis demo ring-shop --journeys 2000 --language nl
    """
    said = speak.language(language)
    with speak.progress("demo") as tell:
        shop = make(folder, journeys=journeys, seed=seed, language=said, tell=tell)
        shop.load(tell=tell)
        written = shop.report(language=said, tell=tell)
    show(shop, written, said)
    speak.line()
    speak.line(text("truths", said, folder / "data" / "truths.json"))
    speak.line(text("further", said, shlex.quote(str(folder)), speak.command(folder)))
