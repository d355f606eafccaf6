"""`steps`: at which touchpoint journeys are at step 1, 2, ... n."""

from __future__ import annotations

from typing import Any, Literal

from klantreis.analyses import steps as analysis
from klantreis.analyses.fold import fold
from klantreis.analyses.steps import StepMatrix
from klantreis.kinds import held
from klantreis.verbs.data import Data, opened, warn_unknown
from klantreis.verbs.ways import Row, row


@held
def steps(
    data: Data,
    anchor: Row = None,
    *,
    forward: int = 10,
    backward: int | None = None,
    occurrence: Literal["first", "last", "every"] = "first",
    collapse: bool = False,
    unmapped: bool = False,
    **columns: Any,
) -> StepMatrix:
    """Returns which share of the journeys is at which touchpoint at each step, who ended shown.

    `anchor`: the touchpoint of step 0, such as 'cart', 'cart|basket' (either), 'cart,pay' (directly in a row); None:
    the start of the journey. `forward`, `backward`: how many steps to look (`backward` None: with an anchor as many as
    forward, at most 5). `occurrence`: which time the anchor is met. `collapse`: repeats in a row count once.
    `unmapped`: also events that the map does not know. `columns`: as for `read`.
    """
    journeys = opened(data, **columns)
    places = row(anchor, "anchor")
    warn_unknown(journeys, [] if unmapped else [name for names in places for name in names])
    options = analysis.Options(
        forward=forward,
        backward=(min(forward, 5) if places else 0) if backward is None else backward,
        anchor=places,
        occurrence=occurrence,
        unmapped=unmapped,
        collapse=collapse,
    )
    answer: StepMatrix = fold(analysis, journeys, options)
    return answer
