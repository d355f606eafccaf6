"""`paths`: what follows what, and whole routes."""

from __future__ import annotations

from typing import Any

from klantreis.analyses import paths as analysis
from klantreis.analyses.fold import fold
from klantreis.analyses.paths import Paths
from klantreis.verbs.data import Data, opened


def paths(data: Data, *, collapse: bool = False, top: int = 10_000, **columns: Any) -> Paths:
    """Returns what follows what, and the whole routes (variants), most frequent first.

    `collapse`: repeats of one event in a row count once. `top`: how many variants to keep. `columns`: as for `read`.
    """
    answer: Paths = fold(analysis, opened(data, **columns), analysis.Options(collapse=collapse, top=top))
    return answer
