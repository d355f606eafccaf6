"""`times`: how long journeys and the ways between events take."""

from __future__ import annotations

from typing import Any

from klantreis.analyses import times as analysis
from klantreis.analyses.fold import fold
from klantreis.analyses.times import Times
from klantreis.kinds import held
from klantreis.verbs.data import Data, opened


@held
def times(data: Data, **columns: Any) -> Times:
    """Returns how long whole journeys take, and the ways between events. `columns`: as for `read`."""
    answer: Times = fold(analysis, opened(data, **columns), analysis.Options())
    return answer
