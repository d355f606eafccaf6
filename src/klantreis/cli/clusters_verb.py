"""`klantreis clusters`: groups of journeys that go alike."""

from __future__ import annotations

from typing import Annotated

import typer

from klantreis.cli import ways
from klantreis.cli.asking import Answer, Asked, asks
from klantreis.verbs.clusters import clusters

Groups = Annotated[
    int | None, typer.Option(help="How many groups. Default: the number of 2 to 8 that parts them best.")
]
Most = Annotated[int, typer.Option(help="How many distinct routes to lay beside each other: the most taken.", min=1)]
Longest = Annotated[int, typer.Option(help="Leave out routes of more touchpoints than this.", min=1)]
Repeats = Annotated[bool, typer.Option("--repeats", help="Keep repeats of one touchpoint in a row.")]


@asks
def run(
    asked: Asked,
    groups: Groups = None,
    most: Most = 300,
    longest: Longest = 100,
    repeats: Repeats = False,
    unmapped: ways.Unmapped = False,
) -> Answer:
    """Groups of journeys that go alike, each shown by the journey in its middle.

    Example: klantreis clusters web.csv --person user_id --at timestamp --event event
    """
    found = clusters(asked.data, groups, most=most, longest=longest, collapse=not repeats, unmapped=unmapped)
    return Answer(found, ways.clusters)
