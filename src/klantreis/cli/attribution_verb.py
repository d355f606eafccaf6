"""`klantreis attribution`: which channels come before a conversion, by every model beside the others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import typer

from klantreis.analyses import channel_mix
from klantreis.analyses.attribution import Attribution
from klantreis.cli.asking import Answer, Asked, asks
from klantreis.cli.attribution_views import attribution as show
from klantreis.errors import OptionError
from klantreis.labels import Label, Language
from klantreis.map.goal import goal
from klantreis.scenes.attribution import names_in
from klantreis.verbs.attribution import attribution

Conversions = Annotated[
    str | None, typer.Option(help="Events that are the conversion: buy or signup,buy. Default: the goal of the map.")
]
Kind = Literal["channel", "drawn", "detail", "touchpoint", "event"]
By = Annotated[
    Kind | None,
    typer.Option(help="What a channel is. Default: the channel of the data; on a map whose channels it lacks: drawn."),
]
Only = Annotated[str | None, typer.Option(help="Only these channels: mail,web. Default: all.")]
Within = Annotated[str, typer.Option(help="How long before the conversion a touch may lie; none: no limit.")]
Per = Annotated[Literal["person", "journey"], typer.Option(help="Whose paths: a person's, or each journey's.")]
Own = Annotated[bool, typer.Option("--own", help="The conversion is itself the last touch of its path.")]
Position = Annotated[str, typer.Option(help="What the first and the last touch get in the position model.")]
HalfLife = Annotated[str, typer.Option(help="In which time a touch loses half its weight in the decay model.")]
Order = Annotated[int, typer.Option(help="The highest Markov order.", min=0, max=3)]

USUAL = (None, None, None, "30d", "person", False, "0.4,0.4", "7d", 3)
"""The options as nobody changed them: then a map is asked what its report shows."""


@asks
def run(
    asked: Asked,
    conversions: Conversions = None,
    by: By = None,
    only: Only = None,
    within: Within = "30d",
    per: Per = "person",
    own: Own = False,
    position: Position = "0.4,0.4",
    half_life: HalfLife = "7d",
    order: Order = 3,
) -> Answer:
    """Which channels come before a conversion: first, last, linear, position, decay, Shapley, Markov.

    It says what goes with a conversion, not what causes it.

    Example: klantreis attribution web.csv --person user_id --at timestamp --event event --conversions buy
    """
    plain = (conversions, by, only, within, per, own, position, half_life, order) == USUAL
    if plain and (planned := asked.planned("attribution")) is not None:
        return Answer(planned, _shown(asked))
    wanted = conversions or ",".join(goal(asked.map) if asked.map is not None else ())
    if not wanted:
        raise OptionError(
            Label("Welke gebeurtenis is de conversie?", "Which event is the conversion?"),
            where="conversions",
            mend=Label("Noem haar: --conversions buy", "Name it: --conversions buy"),
        )
    kind = by or _usual(asked)
    called = {one.id: one.channel for one in asked.map.touchpoints if one.channel} if asked.map is not None else {}
    if kind == "drawn" and not called:
        raise OptionError(
            Label("Hier zijn geen kanalen getekend.", "No channels are drawn here."),
            where="by",
            mend=Label(
                "Vraag het aan een kaart die ze heeft, of met --by event.", "Ask a map that has them, or --by event."
            ),
        )
    found = attribution(
        asked.data,
        wanted,
        by="touchpoint" if kind == "drawn" else kind,
        called=called if kind == "drawn" else None,
        only=only,
        within=None if within == "none" else within,
        per=per,
        own=own,
        position=shares(position),
        half_life=half_life,
        order=order,
    )
    return Answer(found, _shown(asked))


def _shown(asked: Asked) -> Any:
    """Returns how the answer is shown: channels by the map's words; a touchpoint may have the same id."""

    def shown(result: Attribution, said: Language, names: Mapping[str, str]) -> None:
        show(result, said, names_in(result, asked.map, said))

    return shown


def _usual(asked: Asked) -> Kind | None:
    """Returns 'drawn' on a map none of whose channels the data has a word for; else None: the question decides."""
    drawn = channel_mix.asked_by(asked.map) if asked.map is not None else None
    if drawn is None:
        return None
    known = channel_mix.canonical(asked.data.about.names.channels, drawn)
    return None if any(channel in known for _, channel in (*drawn.drawn, *drawn.unseen)) else "drawn"


def shares(text: str) -> tuple[float, float]:
    """Returns '0.4,0.4' as two numbers; raises OptionError when it is not two."""
    try:
        first, last = (float(part) for part in text.split(","))
    except ValueError as error:
        raise OptionError(
            Label(f"{text!r} zijn geen twee aandelen.", f"{text!r} is not two shares."),
            where="position",
            mend=Label("Bijvoorbeeld: --position 0.4,0.4", "For example: --position 0.4,0.4"),
        ) from error
    return first, last
