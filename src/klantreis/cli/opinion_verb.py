"""`klantreis opinion`: whether customers with a high score buy again more often."""

from __future__ import annotations

from typing import Annotated

import typer

from klantreis.analyses.opinion import asked_by
from klantreis.cli import loyal_view
from klantreis.cli.asking import Answer, Asked, asks
from klantreis.cli.rfm_verb import Orders, orders_of
from klantreis.errors import OptionError, did_you_mean
from klantreis.labels import Label
from klantreis.map.model import JourneyMap, Survey
from klantreis.verbs.opinion import opinion

Answers = Annotated[
    str | None,
    typer.Option(help="Event with the score, or a survey of the map. Default: the one that asks after the purchase."),
]
Scale = Annotated[str, typer.Option(help="Lowest and highest score as asked. A survey of a map says it itself.")]
Reverse = Annotated[bool, typer.Option("--reverse", help="A low score is the good one.")]
Within = Annotated[
    str | None, typer.Option(help="The time for the next order, such as 365d. Default: until the end of the data.")
]
Least = Annotated[int, typer.Option(help="How many people each group needs.", min=1)]


@asks
def run(
    asked: Asked,
    answers: Answers = None,
    scale: Scale = "1..5",
    reverse: Reverse = False,
    orders: Orders = None,
    within: Within = None,
    least: Least = 25,
) -> Answer:
    """Whether customers with a high score bought again more often than those who scored lower; no cause.

    Example: klantreis opinion --map ring-kopen
    Example: klantreis opinion web.csv --person user_id --at timestamp --event event --answers view --orders buy
    """
    planned = None if any((answers, orders, within, least != 25)) else asked.planned("opinion")
    if planned is not None:
        return Answer(planned, loyal_view.opinion)
    survey = None if asked.map is None else _survey(asked.map, answers)
    if survey is None and answers is None:
        raise OptionError(
            Label("Bij welke gebeurtenis staat de score?", "Which event carries the score?"),
            mend=Label("Noem haar: --answers review --scale 1..5.", "Name it: --answers review --scale 1..5."),
        )
    low, high = _scale(scale) if survey is None else (survey.low, survey.high)
    found = opinion(
        asked.data, answers=survey.id if survey else answers or "", scale=(low, high),
        reverse=survey.reverse if survey else reverse, orders=orders_of(asked, orders), within=within, least=least,
    )  # fmt: skip
    return Answer(found, loyal_view.opinion)


def _survey(map_: JourneyMap, id_: str | None) -> Survey:
    """Returns the survey that was named, else the one that the map asks of."""
    known = {survey.id: survey for survey in map_.surveys}
    if id_ is None:
        chosen = asked_by(map_)
        if chosen is None:
            raise OptionError(
                Label(
                    "Geen meetvraag van deze kaart vraagt naar een mening na de aankoop.",
                    "No survey of this map asks for an opinion after the purchase.",
                ),
                mend=Label("Noem er een: --answers, of voeg er een toe.", "Name one: --answers, or add it."),
            )
        return known[chosen.survey]
    if id_ not in known:
        raise OptionError(
            Label(f"De meetvraag {id_!r} staat niet op de kaart.", f"There is no survey {id_!r} on the map."),
            mend=did_you_mean(id_, known),
        )
    return known[id_]


def _scale(text: str) -> tuple[float, float]:
    low, _, high = text.partition("..")
    try:
        return float(low), float(high)
    except ValueError as error:
        raise OptionError(
            Label(f"{text!r} is geen schaal.", f"{text!r} is no scale."),
            where="--scale",
            mend=Label("Schrijf het als 1..5.", "Write it as 1..5."),
        ) from error
