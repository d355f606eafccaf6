"""`klantreis fit`: how well journeys follow a path."""

from __future__ import annotations

from typing import Annotated

import typer

from klantreis.cli import fit_view
from klantreis.cli.asking import Answer, Asked, asks
from klantreis.errors import OptionError, did_you_mean
from klantreis.labels import Label
from klantreis.verbs.fit import fit

Drawn = Annotated[str | None, typer.Option("--path", help="'a, b|c, d?, (e, f)+, g&h'. Default: the map's ideal.")]
Scenario = Annotated[str | None, typer.Option(help="An ideal scenario of the map, by its id. Default: its first.")]
Only = Annotated[str | None, typer.Option(help="Events in scope: a,b,c. Default: every event counts.")]
Each = Annotated[bool, typer.Option("--per-journey", help="Also give a row for each journey.")]


@asks
def run(
    asked: Asked, path: Drawn = None, scenario: Scenario = None, only: Only = None, per_journey: Each = False
) -> Answer:
    """How well journeys follow a path, and where they deviate (optimal alignments).

    Example: klantreis fit orders.xes.gz --path "ordered, paid, (packed & billed), sent, returned?"
    """
    if path is not None:
        return Answer(fit(asked.data, path, only=only, per_journey=per_journey), fit_view.fit)
    return Answer(asked.planned(f"fit:{_ideal(asked, scenario)}"), fit_view.fit)


def _ideal(asked: Asked, scenario: str | None) -> str:
    if asked.map is None:
        raise OptionError(
            Label("Welk pad?", "Which path?"),
            where="path",
            mend=Label("Teken het: --path 'a, b|c, d?'", "Draw it: --path 'a, b|c, d?'"),
        )
    known = [one.id for one in asked.map.scenarios if one.kind == "ideal"]
    if scenario is None and known:
        return known[0]
    if scenario not in known:
        what = Label("De kaart heeft geen ideaal scenario.", "The map has no ideal scenario.")
        if scenario:
            what = Label(f"Het ideale scenario {scenario!r} is er niet.", f"There is no ideal scenario {scenario!r}.")
        raise OptionError(
            what,
            where=Label(f"kaart {asked.map.id}", f"map {asked.map.id}"),
            mend=did_you_mean(scenario or "", known) or Label("Geef --path.", "Give --path."),
        )
    return scenario
