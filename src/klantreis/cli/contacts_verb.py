"""`klantreis contacts`: which touchpoint makes people call, chat or write, and who has to do so again."""

from __future__ import annotations

from typing import Annotated

import typer

from klantreis.cli.asking import Answer, Asked, asks
from klantreis.cli.barrier_views import contacts as show
from klantreis.verbs.contacts import contacts

Contact = Annotated[
    str | None,
    typer.Option(help="Events or channels that are a contact: call,chat. Default: the map's.", show_default=False),
]
First = Annotated[
    str | None, typer.Option(help="Where contacts may come from: web. Default: all else.", show_default=False)
]
Within = Annotated[str, typer.Option(help="How soon a contact follows what it is charged to.")]
Again = Annotated[str, typer.Option(help="Within what time a next contact is a repeat.")]
Outcome = Annotated[
    str | None, typer.Option(help="Events that mean success. Default: the goal of the map.", show_default=False)
]
Scale = Annotated[str | None, typer.Option(help="Of --score: 1..5, csat, ces; tells how much lower they score too.")]
Reverse = Annotated[bool, typer.Option("--reverse", help="A low score is good.")]


@asks
def run(
    asked: Asked,
    contact: Contact = None,
    first: First = None,
    within: Within = "72h",
    again: Again = "7d",
    outcome: Outcome = None,
    scale: Scale = None,
    reverse: Reverse = False,
) -> Answer:
    """Which touchpoint makes people call, chat or write, and who has to do so again.

    Example: klantreis contacts --map ring-kopen --contact klacht
    """
    found = contacts(
        asked.data, contact, first=first, within=within, again=again, outcome=outcome, scale=scale, reverse=reverse,
        map_=asked.map,
    )  # fmt: skip
    return Answer(found, show)
