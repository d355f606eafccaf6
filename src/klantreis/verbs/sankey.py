"""`sankey`: where people go from a touchpoint, and where they came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

from klantreis.analyses import sankey as analysis
from klantreis.analyses import steps as matrix
from klantreis.analyses.fold import fold
from klantreis.analyses.sankey import Sankey
from klantreis.analyses.steps import StepMatrix
from klantreis.errors import OptionError
from klantreis.journeys.model import Journeys
from klantreis.kinds import held
from klantreis.labels import Label
from klantreis.verbs.data import Data, listed, opened, warn_unknown
from klantreis.verbs.ways import Row, row


@held
def sankey(
    data: Data,
    anchor: Row = None,
    *,
    forward: int = 3,
    backward: int = 0,
    occurrence: Literal["every", "first", "last"] = "every",
    top: int = 8,
    shown: str | Sequence[str] | None = None,
    collapse: bool = False,
    unmapped: bool = False,
    **columns: Any,
) -> Sankey:
    """Returns the streams from a touchpoint, and to it, for some steps; drop-out and what is not shown included.

    `anchor`: where to begin, such as 'cart', 'cart|basket' (either), 'cart,pay' (directly in a row); None: the start of
    the journey. `forward`, `backward`: how many steps to follow. `occurrence`: every time the anchor is met, or the
    first or last in a journey. `top`: how many touchpoints get a stop of their own, the most met ones; the others go
    together as 'other'. `shown`: name them instead. `collapse`: repeats in a row count once. `unmapped`: also events
    that the map does not know. `columns`: as for `read`.
    """
    if top < 0:
        raise OptionError(
            Label(f"{top} contactmomenten zijn niet te tonen.", f"{top} touchpoints cannot be shown."),
            where="top",
            mend=Label("Vraag er 0 of meer.", "Ask for 0 or more."),
        )
    journeys = opened(data, **columns)
    places = row(anchor, "anchor")
    asked = [*(name for names in places for name in names), *(listed(shown) or ())]
    warn_unknown(journeys, [] if unmapped else asked)
    options = analysis.Options(
        anchor=places,
        forward=forward,
        backward=backward,
        occurrence=occurrence,
        unmapped=unmapped,
        collapse=collapse,
    )
    kept = listed(shown) if shown is not None else _most_met(journeys, options, top)
    answer: Sankey = fold(analysis, journeys, replace(options, shown=kept))
    return answer


def _most_met(journeys: Journeys, options: analysis.Options, top: int) -> tuple[str, ...]:
    """Returns the touchpoints that are met most within the steps that are followed."""
    asked = matrix.Options(
        forward=options.forward,
        backward=options.backward,
        anchor=options.anchor,
        occurrence=options.occurrence,
        unmapped=options.unmapped,
        collapse=options.collapse,
    )
    found: StepMatrix = fold(matrix, journeys, asked)
    met = {
        line.id: sum(cell.count for cell in line.cells if cell.step)
        for line in found.table
        if line.id not in {found.start, found.end}
    }
    return tuple(sorted(met, key=lambda name: (-met[name], name))[:top])
