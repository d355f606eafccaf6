"""`drivers`: what goes with reaching the outcome, and with leaving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

from klantreis.analyses import drivers as analysis
from klantreis.analyses.drivers import Drivers
from klantreis.analyses.fold import fold
from klantreis.errors import OptionError
from klantreis.kinds import held
from klantreis.labels import Label
from klantreis.map.model import JourneyMap
from klantreis.verbs.answers import answering, question
from klantreis.verbs.data import Data, listed, opened, warn_unknown


@held
def drivers(
    data: Data,
    outcome: str | Sequence[str] | None = None,
    *,
    unit: Literal["person", "journey"] = "person",
    n_min: int = 25,
    share_min: float = 0.02,
    scale: str | None = None,
    reverse: bool = False,
    map_: JourneyMap | None = None,
    **columns: Any,
) -> Drivers:
    """Returns what goes with reaching the outcome and with leaving; it proves no cause.

    `outcome`: the events that mean success, 'buy' or a list (None: the goal of `map_`). `unit`: whom to count, by what
    they do before the first outcome. `n_min` people and `share_min` of all, below which nothing is compared. `map_`:
    the map that the journeys lie on. `scale`: of the column `score`, '1..5' or as for `emotion`, `reverse` when low is
    good: then what goes with the last score of each is told too, with or without an outcome. Of a map its surveys are
    asked. `columns`: as for `read`; --channel and --detail are compared too.

    Raises OptionError without an outcome and a scale.
    """
    journeys = opened(data, **columns)
    aims = listed(outcome)
    options = (analysis.asked_by(map_) if map_ is not None else None) or analysis.Options()
    if aims is not None:
        options = replace(options, outcome=aims)
        warn_unknown(journeys, aims)
    if scale is not None:
        journeys = answering(journeys)
        options = replace(options, questions=(question(scale, reverse=reverse),))
    if not options.outcome and not options.questions:
        raise OptionError(
            Label("Er is niet gezegd wat succes is.", "It was not said what success is."),
            where="outcome",
            mend=Label(
                "Noem de gebeurtenis: outcome='buy', --outcome buy; of geef de kaart een doel.",
                "Name the event: outcome='buy', --outcome buy; or give the map a goal.",
            ),
        )
    options = replace(options, unit=unit, n_min=n_min, share_min=share_min)
    answer: Drivers = fold(analysis, journeys, options)
    return answer
