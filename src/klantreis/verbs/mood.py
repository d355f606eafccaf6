"""`mood`: how the feeling goes over time, from the scores in a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from klantreis.analyses import mood as analysis
from klantreis.analyses.fold import fold
from klantreis.analyses.mood import Mood
from klantreis.kinds import held
from klantreis.stats.calendar import Unit
from klantreis.verbs.answers import answering, question
from klantreis.verbs.data import Data, opened


@held
def mood(
    data: Data,
    *,
    scale: str = "1..5",
    reverse: bool = False,
    answers: str | Sequence[str] | None = None,
    unit: Unit = "month",
    zone: str | None = None,
    n_min: int = 30,
    **columns: Any,
) -> Mood:
    """Returns how the feeling goes over time, per 'day', 'week' (from Monday) or 'month'.

    `scale`, `reverse`, `answers` and `n_min`: as for `emotion`. `zone`: by whose clock (None: that of the data).
    `columns`: as for `read`; `score` must be among them. No answers: no line. Raises OptionError for a scale or a zone
    that is none.
    """
    asked = question(scale, reverse=reverse, n_min=n_min)
    found: Mood = fold(analysis, answering(opened(data, **columns), answers), analysis.Options((asked,), unit, zone))
    return found
