"""`paths`: what follows what, and whole routes."""

from __future__ import annotations

from typing import Any

from klantreis.analyses import paths as analysis
from klantreis.analyses.fold import fold
from klantreis.analyses.paths import Paths
from klantreis.errors import OptionError
from klantreis.kinds import held
from klantreis.labels import Label
from klantreis.verbs.data import Data, opened


@held
def paths(data: Data, *, collapse: bool = False, top: int = 10_000, **columns: Any) -> Paths:
    """Returns what follows what, and the whole routes (variants), most frequent first.

    `collapse`: repeats of one event in a row count once. `top`: how many variants to keep. `columns`: as for `read`.
    Raises OptionError for a `top` below 1.
    """
    if top < 1:
        raise OptionError(
            Label(f"Met top {top} blijft er niets over.", f"With a top of {top} nothing is left."),
            where="top",
            mend=Label("Geef 1 of meer.", "Give 1 or more."),
        )
    answer: Paths = fold(analysis, opened(data, **columns), analysis.Options(collapse=collapse, top=top))
    return answer
